from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from corpus.types import Judgement, Reading, Report
from index.types import ScoredPassage
from qa_service.export.references import Reference, dated, place, quoted
from qa_service.types import Citation, Quote, Statement, StatementKind

TEXT = "Care leavers wait seven weeks for a flat."


@pytest.fixture
def cite(make_report: Callable[..., Report], make_scored: Callable[..., ScoredPassage]) -> Callable[..., Citation]:
    """Make a citation of paragraph 14 on page 3 of a report with these facts."""

    def make(page_label: str | None = None, **facts: Any) -> Citation:
        scored = make_scored(make_report("a.pdf", title="Inspection of Northwold", **facts), [(TEXT, 0.8)], label="14")
        return Citation(1, scored, 3, page_label)

    return make


def quotes_on(*pages: tuple[int, str | None]) -> Statement:
    quotes = tuple(Quote(1, 0, len(TEXT), TEXT, page, label, (), reading=Reading.CONFIRMED) for page, label in pages)
    return Statement(StatementKind.QUOTE, TEXT, (1,), quotes)


def test_a_reference_gives_title_authority_dates_printed_page_and_paragraph(cite) -> None:
    citation = cite(authority="Tyneford", inspected_from=date(2023, 9, 11), inspected_to=date(2023, 9, 22))
    reference = Reference.build(citation, quotes_on((3, "2")), "http://h/")
    assert reference.text == (
        "Inspection of Northwold, Tyneford, 11 to 22 September 2023, page 3 (printed page 2), paragraph 14"
    )
    link = (
        f"http://h/reports/{citation.report.id}/pages/3?quote=Care%20leavers%20wait%20seven%20weeks%20for%20a%20flat."
    )
    assert str(reference) == f"{reference.text}. {link}"


def test_an_authority_that_the_title_names_is_not_repeated(cite) -> None:
    reference = Reference.build(cite(authority="Northwold", published=date(2014, 2, 5), published_source="text"))
    assert reference.text == "Inspection of Northwold, published 5 February 2014, page 3, paragraph 14"
    assert reference.authority == "Northwold"


def test_a_reference_without_a_host_has_no_link(cite) -> None:
    reference = Reference.build(cite(page_label="iv"))
    assert reference.link == ""
    assert str(reference) == "Inspection of Northwold, no date found, page 3 (printed page iv), paragraph 14"


def test_a_quote_over_two_pages_names_both(cite) -> None:
    reference = Reference.build(cite(), quotes_on((3, "2"), (4, "3")))
    assert reference.pages == ("3 (printed page 2)", "4 (printed page 3)")
    assert reference.text.endswith("pages 3 (printed page 2) and 4 (printed page 3), paragraph 14")


@pytest.mark.parametrize("quotes", [(), quotes_on((5, "4")).quotes])
def test_a_grade_has_the_page_of_its_table_and_no_paragraph(cite, quotes: tuple[Quote, ...]) -> None:
    grade = Judgement("Overall effectiveness", "Good", 5)
    statement = Statement(StatementKind.FINDING, "Overall effectiveness: Good", (1,), quotes, grade, "r")
    reference = Reference.build(cite(page_label="2"), statement)
    assert reference.page == ("5 (printed page 4)" if quotes else "5")
    assert reference.paragraph == ""


def test_a_report_is_dated_by_its_inspection_before_its_publication(make_report: Callable[..., Report]) -> None:
    published = {"published": date(2014, 2, 5), "published_source": "text"}
    assert dated(make_report("a.pdf", inspected_to=date(2014, 1, 8), **published)) == "8 January 2014"
    assert dated(make_report("a.pdf", **published)) == "published 5 February 2014"
    assert dated(make_report("a.pdf")) == "no date found"


def test_words_that_begin_with_a_quotation_mark_have_single_ones_around_them() -> None:
    assert quoted("It is good.") == "“It is good.”"
    assert quoted("“It is good,” they said.") == "‘“It is good,” they said.’"


def test_a_place_names_the_printed_page_if_it_differs() -> None:
    assert place(3, "2", "14") == "page 3 (printed page 2), paragraph 14"
    assert place(3, "3") == "page 3"
    assert place(3, None) == "page 3"
