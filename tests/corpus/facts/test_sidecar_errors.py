from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import UnreadableReport
from corpus.facts.sidecar import corrected, sidecar_of
from corpus.types import Form, Report

SHA = "ab" * 32
READ = Report(
    id=SHA[:16],
    file="westmarsh.pdf",
    title="As read",
    form=Form.REPORT,
    media_type="application/pdf",
    page_count=4,
    sha256=SHA,
    inspected_from=date(2023, 5, 1),
    inspected_to=date(2023, 5, 12),
)


@pytest.fixture
def correct(tmp_path):
    def correct(sidecar: str | bytes) -> Report:
        path = tmp_path / READ.file
        sidecar_of(path).write_bytes(sidecar if isinstance(sidecar, bytes) else sidecar.encode())
        return corrected(READ, path)

    return correct


BAD = [
    ("lead_inspecter = 'A'", ["“lead_inspecter” is not a fact"]),
    ("id = 'abc'", ["“id” is not a fact"]),
    ("published_source = 'text'", ["“published_source” is not a fact"]),
    ("grading = 'graded'", ["“grading” is not a fact"]),
    ("[report]\ntitle = 'A'", ["“report” is not a fact"]),
    ("title = 7", ["title: 7 is not text, or is empty"]),
    ("title = ''", ["title: '' is not text, or is empty"]),
    ("title = ['A']", ["title: ['A'] is not text, or is empty"]),
    ("authority = '  '", ["authority: '  ' is not text, or is empty"]),
    ("lead_inspector = true", ["lead_inspector: True"]),
    ("source_url = 1", ["source_url: 1"]),
    ("form = 'Letter'", ["form: 'Letter' is not one of report, letter, article, thematic"]),
    ("kind = 'monitoring visit'", ["kind: 'monitoring visit'", "monitoring-visit", "area-send"]),
    ("kind = true", ["kind: True"]),
    ("published = 2023", ["published: 2023 is not a date such as 2023-01-31"]),
    ("published = '1 May 2023'", ["published:", "'1 May 2023'"]),
    ("published = 2023-05-01T10:00:00", ["published:", "is not a date"]),
    ("inspected_to = 10:00:00", ["inspected_to:", "is not a date"]),
    ("inspected_to = 2023-04-30", ["inspected from 2023-05-01 to 2023-04-30"]),
    ("inspected_from = 2023-05-13", ["inspected from 2023-05-13 to 2023-05-12"]),
    ("inspected_from = 2023-05-03\ninspected_to = 2023-05-02", ["inspected from 2023-05-03 to 2023-05-02"]),
    ("judgements = 'Good'", ["judgements: it must be a list"]),
    ("judgements = {area = 'Leaders', grade = 'Good'}", ["judgements: it must be a list"]),
    ("judgements = ['Good']", ["judgements: 'Good' is not {area, grade, page}"]),
    ("judgements = [{area = 'Leaders'}]", ["judgements: ", "has no grade"]),
    ("judgements = [{grade = 'Good', page = 2}]", ["judgements: ", "has no area"]),
    ("judgements = [{}]", ["judgements: {} has no area"]),
    ("judgements = [{area = 'Leaders', grade = ' '}]", ["judgements: ' ' is not text, or is empty"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', box = 1}]", ["judgements: ", "'box': 1"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', page = 0}]", ["judgements: page 0 is not a page number"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', page = -1}]", ["judgements: page -1 is not a page number"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', page = 1.5}]", ["judgements: page 1.5"]),
    ("judgements = [{area = 'Leaders', grade = 'Good', page = '2'}]", ["judgements: page '2'"]),
    (
        "judgements = [{area = 'Leaders', grade = 'Good', page = true}]",
        ["judgements: page True is not a page number"],
    ),
    (
        "judgements = [{area = 'Leaders', grade = 'Good', page = 5}]",
        ["judgements: there is no page 5, because the report has 4"],
    ),
    ("title = 'A'\npublished = 'soon'", ["published:", "'soon'"]),
    ("title = ", ["at end of document"]),
    ("published = 2023-02-30", ["line 1"]),
    ("title = 'A'\ntitle = 'B'", ["Cannot overwrite"]),
    ("title: Westmarsh", ["line 1"]),
    ("title = 'Zoë'".encode("cp1252"), ["utf-8"]),
    ("title = 'Zoë'".encode("utf-16"), ["utf-8"]),
    ("title = " + "[" * 20_000, ["recursion"]),
]


@pytest.mark.parametrize(("sidecar", "expected"), BAD, ids=[str(sidecar)[:90] for sidecar, _ in BAD])
def test_an_unusable_sidecar_is_named_with_what_is_wrong(correct, tmp_path, sidecar, expected):
    with pytest.raises(UnreadableReport) as raised:
        correct(sidecar)
    assert raised.value.path == tmp_path / READ.file
    assert raised.value.reason.startswith("its facts file westmarsh.pdf.toml cannot be used: ")
    assert [words for words in expected if words not in raised.value.reason] == []
    assert "facts file" in raised.value.remedy


def test_an_unknown_fact_is_named_with_all_the_known_ones(correct):
    with pytest.raises(UnreadableReport) as raised:
        correct("lead = 'A'")
    assert raised.value.reason.split("It can give ")[1].split(", ") == [
        "title", "authority", "form", "kind", "framework", "inspected_from", "inspected_to", "published",
        "lead_inspector", "post_holder", "post_held", "source_url", "judgements",
    ]  # fmt: skip
