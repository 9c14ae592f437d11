"""Tests of who a letter is addressed to, and who an area SEND report names for the local authority."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.facts.post_holder import PostHolder, find_post_holder
from corpus.facts.printed_facts import find_name_and_post
from corpus.reading import read
from corpus.types import BlockKind, Document, Form, Kind, Page

SENDER = "Ofsted\nPiccadilly Gate\nT 0300 000 0000\nwww.example.org\n4 March 2024"
BELOW = "The Cloth Hall\nFuller’s Row\nAldermere AL4 2QT"


def document(opening: str, text: str = "Children are safe.") -> Document:
    draft = Draft(BlockKind.PARAGRAPH, (Piece(text, 1),))
    return assemble([draft], pages=(Page(1),), media_type="application/pdf", opening=opening, closing="")


def addressee(address: str, greeting: str = "Dear Ms Marchbanks") -> PostHolder | None:
    opening = f"{SENDER}\n{address}\n{BELOW}\n{greeting}\nFocused visit to Aldermere children’s services"
    return find_post_holder(document(opening), Form.LETTER, Kind.FOCUSED_VISIT)


def in_table(*lines: str) -> PostHolder | None:
    text = "\n".join(("Local area partnership details", "Local authority", "Integrated care board", *lines))
    return find_post_holder(document("Area SEND inspection of Aldermere", text), Form.REPORT, Kind.AREA_SEND)


@pytest.mark.parametrize(
    ("address", "greeting", "name", "post"),
    [
        ("Rosalind Marchbanks\nDirector of Children’s Services", "Dear Ms Marchbanks", "Rosalind Marchbanks", None),
        ("Ms Rosalind Marchbanks\nDirector of Children’s Services", "Dear Rosalind,", "Rosalind Marchbanks", None),
        ("Dr Rosalind Marchbanks Director of Children’s Services", "Dear Rosalind", "Rosalind Marchbanks", None),
        ("Rosalind Marchbanks, Director of Children’s Services", "Dear Dr Marchbanks", "Rosalind Marchbanks", None),
        ("Rosalind Marchbanks OBE\nDirector of Children’s Services", "Dear Rosalind", "Rosalind Marchbanks OBE", None),
        ("Ann Le-Marchbanks\nDirector of Children’s Services", "Dear Ms Le-Marchbanks", "Ann Le-Marchbanks", None),
        (
            "Rosalind Marchbanks\nInterim Corporate Director, Children, Families &\nLearning\nAldermere City Council",
            "Dear Ms Marchbanks",
            "Rosalind Marchbanks",
            "Interim Corporate Director, Children, Families & Learning",
        ),
        (
            "Rosalind Marchbanks\nDirector of Children’s Services, Aldermere City Council",
            "Dear Ms Marchbanks",
            "Rosalind Marchbanks",
            None,
        ),
        (
            "Rosalind Marchbanks\nDirector of Children’s Services",
            "Dear Director",
            "Rosalind Marchbanks",
            None,
        ),
        (
            "Ms Rosalind Marchbanks\nChief Officer for Children’s Services\nand Education",
            "Dear Ms Marchbanks",
            "Rosalind Marchbanks",
            "Chief Officer for Children’s Services and Education",
        ),
    ],
)
def test_a_letter_gives_the_name_and_the_post_above_its_salutation(
    address: str, greeting: str, name: str, post: str | None
) -> None:
    assert addressee(address, greeting) == PostHolder(name, post or "Director of Children’s Services")


def test_a_letter_may_give_no_post() -> None:
    assert addressee("Rosalind Marchbanks\nAldermere City Council") == PostHolder("Rosalind Marchbanks")


@pytest.mark.parametrize(
    ("address", "greeting"),
    [
        ("Director of Children’s Services", "Dear Director"),
        ("Rosalind Marchbanks\nDirector of Children’s Services", "Dear Mr Tarrowfield"),
        ("Aldermere Council\nRosalind", "Dear Rosalind"),
        ("Rosalind Marchbanks\nAldermere City Council", "Dear colleagues"),
    ],
)
def test_no_name_is_read_that_the_salutation_does_not_greet(address: str, greeting: str) -> None:
    assert addressee(address, greeting) is None


def test_a_report_is_addressed_to_nobody() -> None:
    opening = f"{SENDER}\nRosalind Marchbanks\nDirector of Children’s Services\nDear Ms Marchbanks"
    assert find_post_holder(document(opening), Form.REPORT, Kind.ILACS) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Ambrose Tarrowfield, Director of Children’s Services (interim)",
            PostHolder("Ambrose Tarrowfield", "Director of Children’s Services (interim)"),
        ),
        (
            "Mr Ambrose Tarrowfield – Executive Director of Families",
            PostHolder("Ambrose Tarrowfield", "Executive Director of Families"),
        ),
        ("Ambrose Tarrowfield Director of People", PostHolder("Ambrose Tarrowfield", "Director of People")),
        ("Ambrose Tarrowfield", None),
        ("Ambrose Tarrowfield, Chief Executive Officer", None),
        ("The partnership has a Director of Children’s Services.", None),
    ],
)
def test_an_area_send_report_names_the_director_in_its_table(line: str, expected: PostHolder | None) -> None:
    assert in_table("Aldermere Council", "Wold ICB", line, "Orla Penhale, Chief Executive Officer") == expected


def test_a_letter_on_a_web_page_is_addressed_too(tmp_path: Path) -> None:
    lines = (
        "<p>4 March 2024</p><p>Rosalind Marchbanks<br>Director of Children’s Services<br>Aldermere City Council</p>"
        "<p>Dear Ms Marchbanks</p><h1>Focused visit to Aldermere children’s services</h1>"
        "<p>This letter summarises the findings of the focused visit to Aldermere children’s services on 6 and 7 "
        "February 2024.</p>"
    )
    path = tmp_path / "letter.html"
    path.write_text(f"<!doctype html><html><head><title>Letter</title></head><body>{lines}</body></html>", "utf-8")
    report = describe(read(path), file=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    assert (report.post_holder, report.post_held) == ("Rosalind Marchbanks", "Director of Children’s Services")


@pytest.mark.parametrize(
    ("sample", "name", "post"),
    [
        ("aldermere-2024", "Rosalind Marchbanks", "Director of Children’s Services"),
        ("northwold-2025", "Ambrose Tarrowfield", "Corporate Director, Children and Learning"),
        ("carrowby-2023", "Leonie Stackhurst", "Director of Children’s Services"),
        ("westmarsh-2023", None, None),
    ],
)
def test_the_samples_say_whom_they_are_addressed_to(
    sample: str, name: str | None, post: str | None, sample_documents: dict[str, Document]
) -> None:
    report = describe(sample_documents[sample], file=f"{sample}.pdf", sha256="0" * 64)
    assert (report.post_holder, report.post_held) == (name, post)


@pytest.mark.parametrize(
    "printed",
    [
        "Ann Bell\nDirector of\nChildren’s Services",
        "Ann Bell, Director of Children’s Services",
        "Ann Bell – Director of Children’s Services",
    ],
)
def test_the_words_of_the_fact_are_the_name_and_the_post(printed: str) -> None:
    text = f"Dear Ann Bell\n{printed}\nAldermere"
    span = find_name_and_post(text, "Ann Bell", "Director of Children’s Services")
    assert span is not None
    assert text[slice(*span)] == printed


def test_without_a_post_the_words_are_the_name() -> None:
    assert find_name_and_post("To: Ann Bell", "Ann Bell", None) == (4, 12)
    assert find_name_and_post("To: Ann Bell", "Ann Bell", "Director") is None
