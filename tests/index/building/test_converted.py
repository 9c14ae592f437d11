from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from corpus.types import Box, RecognisedPage, RecognisedWord
from index.building.read_pool import ReadReport
from index.building.sources import Source
from index.building.writer import keeping_converted
from index.errors import DamagedIndex
from index.storage.manifest import originals_of
from index.storage.rows import StoredReport, read_recognised, recognised_columns
from index.storage.store import Store
from tests.made_reports import inspection

CONTENT = b"PK\x03\x04 a Word document"
PAGE = RecognisedPage(
    2,
    (
        RecognisedWord("Good", 96, Box(2, 0.1, 0.2, 0.3, 0.4)),
        RecognisedWord("help.", 41, Box(2, 0.3, 0.2, 0.4, 0.4), True),
    ),
)


@pytest.fixture
def converted():
    return replace(inspection("Westmarsh", "2023-05-03"), converted=hashlib.sha256(CONTENT).hexdigest())


def test_a_file_that_was_made_to_read_a_report_is_kept_by_its_own_digest(converted, data, tmp_path):
    source = Source(tmp_path / "a.doc", converted.sha256)
    read = keeping_converted(lambda sources: [ReadReport(source, converted, (), (None,), converted=CONTENT)], data)
    (result,) = read([source])
    assert isinstance(result, ReadReport)
    assert result.converted is None
    assert data.find_original(converted.proof, ".docx").read_bytes() == CONTENT
    assert originals_of([converted]) == (converted.sha256, converted.converted)


def test_recognised_words_are_stored_and_read_again(converted, tmp_path):
    report = replace(converted, recognised=(2,))
    stored = StoredReport(report, (None, None), (), None, "2024-01-01", recognised=(PAGE,))
    Store.write(tmp_path / "store.sqlite", [stored])
    store = Store(tmp_path / "store.sqlite")
    assert store.recognised_pages(report.id) == {2: PAGE}
    assert list(store.stored()) == [stored]
    assert store.without(frozenset({report.id})).recognised_pages(report.id) == {}


def test_a_recognised_page_that_has_changed_is_noticed():
    report_id, number, packed, digest = recognised_columns("0" * 16, PAGE)
    assert read_recognised((report_id, number, packed, digest)) == PAGE
    with pytest.raises(DamagedIndex, match="Page 3 of report 0000"):
        read_recognised((report_id, 3, packed, digest))
