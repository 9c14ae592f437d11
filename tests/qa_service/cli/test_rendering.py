from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.types import Judgement, Kind, Reading, Report
from index.building.build import BuildOutcome
from index.storage.manifest import Failure, Manifest
from index.types import Filters, ScoredPassage
from qa_service.answering.pipeline import Answerer
from qa_service.cli.rendering import WIDTH, answer_text, build_summary, failure_list, report_table
from qa_service.types import (
    MAX_ITEMS,
    Answer,
    AnswerStatus,
    Citation,
    Question,
    Quote,
    Statement,
    StatementKind,
)

MakeCitation = Callable[..., Citation]
FAILURE = Failure("scan.pdf", "it has no text", "Recognise its text first.")


def a_manifest(**changes: Any) -> Manifest:
    facts = {
        "build": "b1", "created": "2026-01-01T00:00:00+00:00", "format": 1, "encoder": "e", "revision": "r", "dimension": 3,
        "precision": "float32", "reader": "1", "remarks": "1", "fingerprint": "f", "reports": 2, "passages": 7, "sentences": 31,
        "embedded": 38, "failures": (), "duplicates": (), "removed": (), "superseded": 0,
        "originals": (), "folders": (), "files_read": (), "reread": "", "sizes": {}, "digests": {}, **changes,
    }  # fmt: skip
    return Manifest(**facts)


@pytest.fixture
def citation(make_report: Callable[..., Report], make_scored: Callable[..., ScoredPassage]) -> MakeCitation:
    """Make a citation of a report that has only the facts given by a test."""

    def make(
        number: int = 1,
        *,
        label: str | None = None,
        page_label: str | None = None,
        section: tuple[str, ...] = (),
        **facts: Any,
    ) -> Citation:
        report = make_report(f"{number}.txt", **facts)
        scored = make_scored(report, [("Care leavers wait seven weeks for a flat.", 0.8)], section=section, label=label)
        return Citation(number, scored, 1, page_label)

    return make


def an_answer(
    citations: tuple[Citation, ...],
    statements: tuple[Statement, ...] = (),
    status: AnswerStatus = AnswerStatus.ANSWERED,
    reason: str = "The reports’ own words.",
) -> Answer:
    return Answer(status, statements, citations, 0.9, reason, "q", "q", Filters(), "b")


def a_quote(number: int = 1, text: str = "Care leavers wait seven weeks for a flat.") -> Statement:
    return Statement(
        StatementKind.QUOTE,
        text,
        (number,),
        (Quote(number, 0, len(text), text, 1, None, (), reading=Reading.CONFIRMED),),
    )


def test_an_answer_has_quotes_in_quotation_marks_and_their_sources(citation: MakeCitation) -> None:
    dates = {"inspected_from": date(2023, 8, 28), "inspected_to": date(2023, 9, 2)}
    known = citation(1, label="14", page_label="iv", section=("Care", "Housing"), **dates)
    text = answer_text(an_answer((known, citation(2)), (a_quote(),)))
    assert text.splitlines()[0] == "“Care leavers wait seven weeks for a flat.” [1]"
    source = " ".join(text.split("Sources:")[1].split())
    assert source == (
        "[1] Report 1.txt, 28 August to 2 September 2023, page 1 (printed page iv), paragraph 14, Housing, 1.txt"
    )


def test_a_quote_that_was_not_confirmed_says_so(citation: MakeCitation) -> None:
    quote = a_quote()
    unconfirmed = replace(quote, quotes=(replace(quote.quotes[0], reading=Reading.NOT_CONFIRMED),))
    assert " ".join(answer_text(an_answer((citation(),), (unconfirmed,))).split("\n\n")[0].split()) == (
        "“Care leavers wait seven weeks for a flat.” [1] (A second program could not find these words on the page. "
        "Check them in the report.)"
    )


def test_a_source_without_known_facts_has_title_page_and_file(citation: MakeCitation) -> None:
    text = answer_text(an_answer((citation(),), (a_quote(),)))
    assert text.endswith("[1] Report 1.txt, no date found, page 1, 1.txt")
    assert "None" not in text


def test_a_printed_page_number_equal_to_the_page_is_not_repeated(citation: MakeCitation) -> None:
    assert "(printed" not in answer_text(an_answer((citation(page_label="1"),), (a_quote(),)))


def test_a_finding_is_shown_without_quotation_marks(citation: MakeCitation) -> None:
    grade = Judgement("Overall effectiveness", "Good", 1)
    statement = Statement(StatementKind.FINDING, "Overall effectiveness: Good", (1,), (), grade, "r")
    assert answer_text(an_answer((citation(),), (statement,))).splitlines()[0] == "Overall effectiveness: Good [1]"


def test_an_abstention_has_its_reason_and_the_nearest_passages(citation: MakeCitation) -> None:
    citations = tuple(citation(number) for number in range(1, 6))
    text = answer_text(an_answer(citations, status=AnswerStatus.NOT_IN_REPORTS, reason="Nothing fits."))
    assert text.startswith("The reports do not say. Nothing fits.")
    assert "Nearest passages (they may not answer the question):" in text
    assert text.count("Report ") == 3


def test_an_abstention_without_passages_has_only_its_reason() -> None:
    text = answer_text(an_answer((), status=AnswerStatus.OUT_OF_SCOPE, reason="Not covered."))
    assert text.strip() == "We cannot answer this from these reports. Not covered."


@pytest.mark.thorough
def test_each_sample_answer_has_all_its_statements_and_fits_a_terminal(
    sample_answers: Sequence[tuple[object, Answer]],
) -> None:
    for _, answer in sample_answers:
        text = answer_text(answer)
        assert all(len(line) <= WIDTH or " " not in line.strip() for line in text.splitlines())
        flat = " ".join(text.split())
        assert all(" ".join(statement.text.split()) in flat for statement in answer.statements)
        assert "None" not in text.replace("None of ", "")


def test_the_summary_of_a_build_has_its_figures() -> None:
    text = build_summary(BuildOutcome(a_manifest(duplicates=(("copy.pdf", "one.pdf"),)), changed=True), 12.4)
    for part in ("b1", "2 reports", "7 passages", "31 sentences", "38 pieces of text prepared for searching in 12 s"):
        assert part in text
    assert "copy.pdf has the same content as one.pdf, so it is indexed once." in text


def test_the_summary_of_a_build_without_changes_says_so() -> None:
    assert build_summary(BuildOutcome(a_manifest(), changed=False), 0).startswith("Up to date: build b1, 2 reports.")


def test_files_left_out_are_listed_with_reason_and_remedy() -> None:
    assert failure_list([FAILURE]) == "1 file could not be read:\n  scan.pdf: it has no text. Recognise its text first."
    assert failure_list([FAILURE, FAILURE]).startswith("2 files could not be read:")


def test_the_table_has_a_line_for_each_report_even_without_known_facts(make_report: Callable[..., Report]) -> None:
    known = make_report(
        "known.pdf", authority="Westmarsh", kind=Kind.ILACS, inspected_to=date(2023, 9, 2), published=date(2023, 11, 3)
    )
    unknown = make_report("unknown.pdf")
    lines = report_table([known, unknown], {known.id: 41}, a_manifest(failures=(FAILURE,))).splitlines()
    assert lines[1].split() == ["Westmarsh", "ilacs", "2023-09-02", "2023-11-03", "41", "known.pdf"]
    assert lines[2].split() == ["–", "report", "–", "–", "0", "unknown.pdf"]
    assert lines[3] == "2 reports in build b1."
    assert "scan.pdf: it has no text" in lines[5]


def test_a_long_name_keeps_the_columns_aligned(make_report: Callable[..., Report]) -> None:
    long = make_report("long.pdf", authority="Bournemouth, Christchurch and Poole")
    head, line, *_ = report_table([long], {}, a_manifest()).splitlines()
    assert line.index("report") == head.index("type")


def test_an_answer_from_facts_begins_with_its_sentence_and_says_how_to_see_the_rest(many_answerer: Answerer) -> None:
    question = "Which authorities by the sea are rated good?"
    text = answer_text(many_answerer.answer(Question(question)))
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    assert paragraphs[0].startswith("We could not apply these words in your question: “by the sea”.")
    assert paragraphs[1].startswith("All 24 authorities")
    assert paragraphs[2].startswith("Ambleford, inspection, 1 to 5 September 2023. Overall effectiveness: Good [1]")
    assert paragraphs[3] == "The first 20 of 24 items are shown. To show the rest, add --all."
    whole = answer_text(many_answerer.answer(Question(question, items=MAX_ITEMS)))
    assert "--all" not in whole
    assert "Yaxby, inspection, 24 to 28 September 2023. Overall effectiveness: Good [24]" in whole


def test_none_of_them_is_no_failure(many_answerer: Answerer) -> None:
    text = answer_text(many_answerer.answer(Question("Which authorities are rated outstanding?")))
    assert text.startswith("None of the 24 authorities")


def test_a_date_from_the_file_s_name_says_so(many_answerer: Answerer) -> None:
    text = answer_text(many_answerer.answer(Question("When was the 2023 inspection of Dunfold published?")))
    assert "Published: 20 October 2023 (from the file’s name) [1]" in text


def test_each_of_several_questions_is_followed_by_its_own_answer(many_answerer: Answerer) -> None:
    message = "Which authorities are rated good? Which are inadequate? When was Dunfold inspected? Who led it in Yaxby?"
    text = answer_text(many_answerer.answer(Question(message)))
    said, _, sources = text.partition("\n\nSources:\n")
    good, inadequate, inspected = (said.index(q) for q in ("Which authorities are", "Which are", "When was Dunfold"))
    assert good < said.index("All 24 authorities") < inadequate < said.index("None of the 24") < inspected
    assert "The first 20 of 24 items are shown. To show the rest, add --all." in said
    assert said.index("Inspected: 4 to 8 September 2023") > inspected
    assert sources.count("[1]") == 1


def test_an_answer_says_how_its_question_was_read(many_answerer: Answerer) -> None:
    text = answer_text(many_answerer.answer(Question("How is supervison in Yaxby?")))
    assert text.startswith("Showing results for “supervision”. To search for “supervison”, add --verbatim.")
    assert not answer_text(many_answerer.answer(Question("How is supervison in Yaxby?", verbatim=True))).startswith(
        "Sh"
    )
    asked = Question("Which authorities were inspected last year?", today=date(2024, 5, 1))
    text = " ".join(answer_text(many_answerer.answer(asked)).split())
    assert text.startswith("Times such as “last year” and “how long ago” are counted from 1 May 2024.")
    text = answer_text(many_answerer.answer(Question("Which authorities were inspected in 2022/23?")))
    assert "It could also mean “1 April 2022 to 31 March 2023 (financial year)”." in " ".join(text.split())
