"""Tests of quoting remarks: each quote is proved in the stored file, and each report has at most three."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from corpus.quotes.originals import locate
from corpus.themes import known_themes
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Stance
from qa_service.analysis.themes import ReportRemarks, find_theme, study_theme
from qa_service.answering.overviews.remark_quotes import MAX_QUOTES, quote_remarks
from qa_service.answering.overviews.remark_table import NO_QUOTE, remark_table
from qa_service.answering.pipeline import Answerer
from qa_service.export.tables import table_as_csv

THEME = next(theme for theme in known_themes().themes if theme.id == "caseloads")


@pytest.fixture
def listed(answerer: Answerer) -> tuple[ReportRemarks, ...]:
    index = answerer.index
    listed = study_theme(index, find_theme(index, "quality_assurance"), index.store.reports).listed
    assert len(listed) >= 3
    return listed


def test_every_quote_is_word_for_word_on_its_page(answerer: Answerer, listed: tuple[ReportRemarks, ...]) -> None:
    quoted = quote_remarks(answerer.index, listed)
    assert [each.report for each in quoted] == [each.report for each in listed]
    quotes = [(each.report, part) for each in quoted for quote in each.quotes for part in quote.statement.quotes]
    assert len(quotes) >= len(listed)
    for report, part in quotes:
        original = answerer.index.source(report).original
        assert original
        assert locate(part.text, original, report.media_type, (part.page,))


def test_a_report_has_at_most_three_different_quotes(answerer: Answerer, listed: tuple[ReportRemarks, ...]) -> None:
    quoted = quote_remarks(answerer.index, listed)
    assert max(len(each.quotes) for each in quoted) == MAX_QUOTES
    for each in quoted:
        texts = [(quote.statement.text, quote.remark.stance) for quote in each.quotes]
        assert len(texts) == len(set(texts))
        assert {quote.remark for quote in each.quotes} <= set(each.found.remarks)


def test_a_sentence_that_praises_and_criticises_is_quoted_for_both(
    answerer: Answerer, listed: tuple[ReportRemarks, ...]
) -> None:
    both = [each for each in listed if {remark.stance for remark in each.remarks} == set(Stance)]
    assert both
    for each in quote_remarks(answerer.index, both):
        assert {quote.remark.stance for quote in each.quotes} == set(Stance)


def test_without_the_stored_file_nothing_is_quoted(
    sample_index: DataFolder, listed: tuple[ReportRemarks, ...], tmp_path: Path
) -> None:
    shutil.copytree(sample_index.root / "index", tmp_path / "index")
    index = SearchIndex.open(DataFolder(tmp_path), None)
    quoted = quote_remarks(index, listed)
    assert [each.quotes for each in quoted] == [()] * len(listed)
    rows = list(
        csv.DictReader(
            io.StringIO(table_as_csv(remark_table(THEME, quoted, len(quoted), "", "b")).removeprefix("\ufeff"))
        )
    )
    assert [(row["Text"], row["Note"]) for row in rows] == [("", NO_QUOTE)] * len(listed)


def test_the_table_has_a_row_for_each_quote(answerer: Answerer, listed: tuple[ReportRemarks, ...]) -> None:
    quoted = quote_remarks(answerer.index, listed)
    text = table_as_csv(remark_table(THEME, quoted, len(quoted), "https://reports.example/", "build-1"))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    quotes = [quote for each in quoted for quote in each.quotes]
    assert [row["Text"] for row in rows] == [quote.statement.text for quote in quotes]
    assert {row["Says"] for row in rows} == {"Praises", "Criticises"}
    assert all(row["Link"].startswith("https://reports.example/reports/") for row in rows)
    assert all(row["Theme"] == "Caseloads" and row["Build"] == "build-1" and row["Page"] for row in rows)


def test_a_table_that_is_cut_says_so(answerer: Answerer, listed: tuple[ReportRemarks, ...]) -> None:
    text = table_as_csv(remark_table(THEME, quote_remarks(answerer.index, listed[:1]), len(listed), "", "b"))
    last = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))[-1]
    assert last["Note"] == f"This table has the first 1 of {len(listed)} reports. Use filters to get the others."
