"""Tests of comparisons: which report and sentences a cell quotes, and that it quotes no other authority's report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.quotes.originals import Originals
from corpus.types import OWN_ACCOUNT
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.search.text_analysis import terms, words_are_together
from index.storage.data_folder import DataFolder
from index.types import Stance
from qa_service.analysis.themes import themes_of
from qa_service.answering.overviews.comparison import (
    LEAST_CERTAINTY,
    MAX_ASPECTS,
    MAX_AUTHORITIES,
    MAX_QUOTES,
    Aspect,
    ComparisonCell,
    compare,
    latest_with_words,
)
from qa_service.answering.overviews.comparison_table import NOT_STATED, comparison_table
from qa_service.answering.pipeline import Answerer
from qa_service.answering.sentences.subjects import judged, sentences_about
from qa_service.understanding.subjects import subjects_of


@pytest.fixture(scope="module")
def index(answerer: Answerer) -> SearchIndex:
    return answerer.index


def theme(index: SearchIndex, theme_id: str) -> Aspect:
    return Aspect.of_theme(next(each for each in themes_of(index) if each.id == theme_id))


@pytest.fixture(scope="module")
def rows(index: SearchIndex):
    """All authorities of the samples on all kinds of aspects."""
    names = sorted({report.authority for report in index.store.reports if report.authority})
    aspects = [theme(index, "supervision"), theme(index, "caseloads"), theme(index, "plans"), Aspect("social workers")]
    return compare(index, index.store.reports, names, aspects)


def test_each_cell_quotes_one_report_of_its_own_authority(rows) -> None:
    cells = [(row.authority, cell) for row in rows for cell in row.cells]
    assert sum(bool(cell.quotes) for _, cell in cells) >= len(cells) // 2
    for authority, cell in cells:
        assert len(cell.quotes) <= MAX_QUOTES
        for quote in cell.quotes:
            assert quote.citation.report == cell.report
            assert quote.citation.report.authority == authority


def test_each_quote_is_word_for_word_on_its_page(rows, index: SearchIndex) -> None:
    with Originals() as originals:
        for quote in (quote for row in rows for cell in row.cells for quote in cell.quotes):
            for part in quote.statement.quotes:
                report = quote.citation.report
                [place] = originals.locate(part.text, index.source(report).original, report.media_type, (part.page,))
                assert place.page == part.page


def test_the_latest_report_that_says_something_is_quoted(rows, index: SearchIndex) -> None:
    aspect = rows[0].cells[1].aspect
    remarks = {
        index.report_at(each.row).id for each in index.remarks.find("caseloads") if each.certainty >= LEAST_CERTAINTY
    }
    assert aspect.name == "Caseloads"
    for row in rows:
        cell = row.cells[1]
        own = [r for r in index.store.reports if r.authority == row.authority and r.superseded_by is None]
        saying = [report for report in own if report.id in remarks]
        assert bool(saying) == bool(cell.quotes)
        if saying:
            assert cell.report == max(saying, key=lambda each: (each.form in OWN_ACCOUNT, report_day(each), each.id))
            searched = [each for each in own if each.form in OWN_ACCOUNT or cell.report.form not in OWN_ACCOUNT]
            assert cell.later == sum(report_day(each) > report_day(cell.report) for each in searched)
        assert cell.reports == len(own)


def test_both_stances_are_quoted_if_the_report_takes_both(rows, index: SearchIndex) -> None:
    both = 0
    for cell in (row.cells[2] for row in rows if row.cells[2].quotes):
        remarks = [each for each in index.remarks.find("plans") if each.certainty >= LEAST_CERTAINTY]
        stances = {each.stance for each in remarks if index.report_at(each.row).id == cell.report.id}
        assert {quote.stance for quote in cell.quotes} == stances
        both += stances == set(Stance)
    assert both >= 1


def test_own_words_count_in_this_order_and_in_the_plural(rows, index: SearchIndex) -> None:
    names = [row.authority for row in rows]
    single = compare(index, index.store.reports, names, [Aspect("social worker"), Aspect("worker, social")])
    for row, of_single in zip(rows, single, strict=True):
        assert [quote.statement.text for quote in of_single.cells[0].quotes] == [
            quote.statement.text for quote in row.cells[3].quotes
        ]
        assert of_single.cells[1].quotes == ()
    for quote in (quote for row in rows for quote in row.cells[3].quotes):
        assert words_are_together(terms("social workers"), terms(quote.statement.text))
        assert quote.stance is None
    [nothing, *_] = compare(index, index.store.reports, names, [Aspect("xylophone lessons")])
    own = [report for report in index.store.reports if report.authority == names[0] and report.superseded_by is None]
    assert nothing.cells == (ComparisonCell(Aspect("xylophone lessons"), None, (), 0, len(own)),)


def test_other_names_of_the_same_thing_are_found_and_named(index: SearchIndex) -> None:
    names = sorted({report.authority for report in index.store.reports if report.authority})
    asked, other = (
        compare(index, index.store.reports, names, [Aspect(words)]) for words in ("foster families", "foster carers")
    )
    by_name = [quote for row in asked for quote in row.cells[0].quotes if quote.other_words]
    assert by_name
    for quote in by_name:
        assert quote.other_words == "foster carers"
        assert words_are_together(terms("foster carers"), terms(quote.statement.text))
    assert all(
        not quote.other_words
        for row in other
        for quote in row.cells[0].quotes
        if "foster carer" in quote.statement.text
    )


def test_without_an_encoder_own_words_are_quoted_in_the_order_of_the_report(sample_index: DataFolder, rows) -> None:
    plain = SearchIndex.open(sample_index, None)
    [row] = compare(plain, plain.store.reports, ["Westmarsh"], [Aspect("social workers")])
    places = [
        (quote.citation.scored.row, quote.citation.scored.passage.text.find(quote.statement.text))
        for quote in row.cells[0].quotes
    ]
    assert places == sorted(places)
    assert places


def test_an_item_that_must_improve_is_marked(rows) -> None:
    items = [quote for row in rows for cell in row.cells for quote in cell.quotes if quote.is_item]
    assert items
    for quote in items:
        assert any(quote.statement.text in each.text for each in quote.citation.report.improvements)
        assert quote.stance in (Stance.WEAKNESS, None)


def test_the_grade_beside_is_the_latest_overall_one(rows) -> None:
    grades = {row.authority: row.grade and (row.grade.judgement.grade, row.grade.day.year) for row in rows}
    assert grades["Westmarsh"] == ("Good", 2023)


def test_only_the_given_reports_count(index: SearchIndex) -> None:
    older = [report for report in index.store.reports if report_day(report) < date(2020, 1, 1)]
    [westmarsh] = compare(index, older, ["Westmarsh"], [theme(index, "caseloads")])
    assert westmarsh.grade is None or westmarsh.grade.day.year < 2020
    assert all(quote.citation.report in older for quote in westmarsh.cells[0].quotes)
    assert westmarsh.cells[0].reports == sum(report.authority == "Westmarsh" for report in older)


def test_the_table_has_a_row_for_each_quote(rows) -> None:
    table = comparison_table(rows, "https://reports.example/", "b1")
    lines = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    cells = [cell for row in rows for cell in row.cells]
    assert len(lines) == sum(max(1, len(cell.quotes)) for cell in cells)
    assert sum(line["Text"] == NOT_STATED for line in lines) == sum(not cell.quotes for cell in cells)
    assert all(str(line["Link"]).startswith("https://reports.example/reports/") for line in lines if line["Report"])
    assert {line["Says"] for line in lines} >= {"Praises", "Criticises", ""}


def test_too_many_or_none_are_refused(index: SearchIndex) -> None:
    aspect = theme(index, "plans")
    for authorities, aspects in (
        ([], [aspect]),
        ([f"A{n}" for n in range(MAX_AUTHORITIES + 1)], [aspect]),
        (["Westmarsh"], []),
        (["Westmarsh"], [aspect] * (MAX_ASPECTS + 1)),
    ):
        with pytest.raises(ValueError, match="authorities and 1 to"):
            compare(index, [], authorities, aspects)


def test_impossible_cells_are_refused(rows) -> None:
    full = next(cell for row in rows for cell in row.cells if cell.quotes)
    for wrong in ({"quotes": ()}, {"report": None}, {"quotes": full.quotes * 3}):
        with pytest.raises(ValueError, match="or neither"):
            replace(full, **wrong)
    other = next(cell for row in rows for cell in row.cells if cell.quotes and cell.report != full.report)
    with pytest.raises(ValueError, match="from its report"):
        replace(full, report=other.report)


def quoted_of(index: SearchIndex, authority: str, words: str) -> list[tuple[str, str]]:
    reports = [report for report in index.store.reports if report.authority == authority]
    found = latest_with_words(index, reports, words)
    return [(report_day(each.scored.report).isoformat(), each.text) for each in found]


def test_a_report_that_only_mentions_a_subject_in_passing_is_not_quoted_for_it(index: SearchIndex) -> None:
    # The report of 2023 mentions these children only at the end of a sentence about language schools.
    (quote,) = quoted_of(index, "Westmarsh", "private fostering")
    assert quote[0] == "2019-09-27"
    assert "private fostering" in quote[1]


def test_the_latest_report_is_quoted_if_a_sentence_begins_with_the_subject(index: SearchIndex) -> None:
    days = {day for day, _ in quoted_of(index, "Carrowby", "work on neglect")}
    assert days == {"2023-02-08"}


def test_a_subject_has_the_praise_and_the_criticism_of_its_report_and_its_grade(index: SearchIndex) -> None:
    quotes = [text for _, text in quoted_of(index, "Aldermere", "services for care leavers")]
    assert "Most care leavers live in safe and stable homes." in quotes
    assert any(text.startswith("The help given to care leavers with mental ill health") for text in quotes)
    assert "The experiences and progress of care leavers Good" in quotes


def test_the_cell_of_a_subject_has_praise_and_criticism_if_its_report_has_both(index: SearchIndex) -> None:
    names = sorted({report.authority for report in index.store.reports if report.authority})
    checked = 0
    for words in ("children in care", "care leavers", "social workers", "neglect"):
        for row in compare(index, index.store.reports, names, [Aspect(words)]):
            [cell] = row.cells
            if cell.report is None:
                continue
            subjects = subjects_of(words)
            about = judged(index, sentences_about(index, {cell.report.id}, subjects), subjects)
            wanted = {s for s in Stance if any(each.takes(s) for each in about if words in each.sentence.text.lower())}
            quoted = {quote.statement.text for quote in cell.quotes}
            assert {s for s in Stance for each in about if each.takes(s) and each.sentence.text in quoted} == wanted
            checked += len(wanted) == len(Stance)
    assert checked


def test_words_in_no_report_have_no_quotes(index: SearchIndex) -> None:
    assert quoted_of(index, "Aldermere", "lunar calendars") == []
