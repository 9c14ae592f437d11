from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Form, Improvement, ImprovementKind, Kind, Report
from index.search.filtering import report_day
from index.types import ScoredPassage
from qa_service import calibration
from qa_service.answering.kinds.summary import main_sentences
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.headlines import own_summary
from qa_service.types import Answer, StatementKind

Ask = Callable[..., Answer]
MakeReport = Callable[..., Report]
MakeScored = Callable[..., ScoredPassage]


def quoted(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


@pytest.mark.parametrize(
    "text",
    [
        "Summarise the Westmarsh report",
        "Give me an overview of Westmarsh please",
        "Westmarsh key findings",
        "What did inspectors find in Westmarsh?",
        "Give me a summary of where Westmarsh stands today",
        "Where does Westmarsh stand now?",
        "Tell me about the 2023 Westmarsh inspection in a few lines",
        "Tell me about Westmarsh",
        "What's the latest on Westmarsh?",
    ],
)
def test_a_summary_has_the_grades_of_the_latest_full_inspection_and_its_main_sentences(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.confidence == calibration.HEADLINES_CONFIDENCE
    assert "Westmarsh’s inspection of 11 to 22 September 2023" in answer.reason
    grades = [s.text for s in answer.statements if s.kind is StatementKind.FINDING]
    assert "Overall effectiveness: Good" in grades
    assert len(grades) == 5
    assert any("Services for children in care have not kept pace." in text for text in quoted(answer))
    assert "Care leavers, who already did well, now receive help of the highest quality." in " ".join(quoted(answer))
    assert {answer.citations[s.citations[0] - 1].report.id for s in answer.statements} == {
        answer.citations[answer.statements[0].citations[0] - 1].report.id
    }


def test_the_report_of_the_time_named_is_summed_up(ask: Ask) -> None:
    answer = ask("Summary of the 2019 Westmarsh report")
    assert "Westmarsh’s inspection of 16 to 27 September 2019" in answer.reason
    assert "Overall effectiveness: Requires improvement to be good" in quoted(answer)
    assert "items in the list" not in answer.reason  # all six are shown
    assert "These parts sum up the report." in answer.note


def test_two_authorities_are_each_summed_up(ask: Ask) -> None:
    answer = ask("overview of Aldermere and Northwold")
    names = {answer.citations[s.citations[0] - 1].report.authority for s in answer.statements}
    assert names == {"Aldermere", "Northwold"}
    assert "Aldermere’s inspection of 15 to 26 June 2026 and Northwold’s focused visit" in answer.reason


@pytest.mark.parametrize(
    "text",
    [
        "Summarise what inspectors said about care leavers in Westmarsh",
        "What did inspectors find about supervision in Westmarsh?",
        "Summarise the reports",
        "Tell me about care leavers in Westmarsh",
        "Where do care leavers in Westmarsh stand today?",
        "What's the latest on supervision in Westmarsh?",
        "Tell me in a few lines about fostering in Westmarsh",
    ],
)
def test_a_question_about_a_subject_or_about_all_reports_is_no_summary(ask: Ask, text: str) -> None:
    assert "summary of" not in ask(text).reason


@pytest.mark.parametrize(
    ("text", "report"),
    [
        (
            "Summarise the Pellbrook SEND inspection for me please",
            "area SEND inspection of 26 February to 1 March 2024",
        ),
        ("tldr of the northwold letter", "focused visit of 4 to 5 March 2025"),
    ],
)
def test_a_kind_of_inspection_may_be_named(ask: Ask, text: str, report: str) -> None:
    assert report in ask(text).reason


def test_a_visit_is_summed_up_from_its_own_letter_and_not_from_the_news(ask: Ask) -> None:
    answer = ask("Summarise Carrowby's monitoring visit in 2023")
    assert "monitoring visit of 7 to 8 February 2023" in answer.reason
    assert {answer.citations[s.citations[0] - 1].report.form for s in answer.statements} == {Form.LETTER}
    assert "its grades" not in answer.reason


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Summarise the Westmarsh report",
            "in its own words: its grades, its own overview and what must improve.",
        ),
        (
            "Summarise the Aldermere and Westmarsh reports",
            (
                "in their own words: their grades, their own overview, sentences that we read as praise, sentences that "
                "we read as criticism and what must improve."
            ),
        ),
    ],
)
def test_the_reason_names_only_what_the_summary_has(ask: Ask, text: str, contents: str) -> None:
    assert contents in ask(text).reason


def sentences(scored: ScoredPassage) -> list[Evidence]:
    return [Evidence(scored, at, *span, 1.0, 1.0, 1.0) for at, span in enumerate(scored.passage.sentences)]


def with_items(make_report: MakeReport, *items: str) -> Report:
    listed = (Improvement(ImprovementKind.IMPROVEMENT, text, 2, "Areas for improvement", 0, 9) for text in items)
    return make_report("visit.pdf", improvements=tuple(listed))


def test_a_footnote_among_the_items_is_not_what_must_improve(make_report: MakeReport, make_scored: MakeScored) -> None:
    report = with_items(make_report, "Life-story work.", "Responses to children who go missing.")
    texts = (
        "Life-story work.",
        "1 The items are numbered as in the framework.",
        "Responses to children who go missing.",
    )
    passage = make_scored(report, [(text, 1.0) for text in texts], section=("What needs to improve",))
    main = main_sentences(report, sentences(passage))
    assert [evidence.text for evidence in main.must_improve] == [texts[0], texts[2]]
    assert main.criticism == main.praise == []


def test_a_section_without_items_criticises_and_does_not_say_what_must_improve(
    make_report: MakeReport, make_scored: MakeScored
) -> None:
    report = with_items(make_report, "Annual reviews of plans.")
    criticism = "Too many children wait too long for a plan."
    section = make_scored(report, [(criticism, 1.0)], section=("What does the partnership need to do better?",))
    main = main_sentences(report, sentences(section))
    assert [evidence.text for evidence in main.criticism] == [criticism]
    assert main.must_improve == []
    listed = make_scored(report, [("Annual reviews of plans.", 1.0)], start=99, section=("Areas for improvement",))
    main = main_sentences(report, [*sentences(section), *sentences(listed)])
    assert [evidence.text for evidence in main.must_improve] == ["Annual reviews of plans."]


def test_how_things_stand_now_has_the_latest_full_inspection_and_the_visit_after_it(ask: Ask) -> None:
    now, latest = ask("Where does Carrowby stand today?"), ask("Summarise the latest report on Carrowby")
    assert {report_day(citation.report).year for citation in now.citations if citation.report} >= {2015, 2023}
    assert "reports on Carrowby’s inspection of" in now.reason
    assert "Carrowby’s monitoring visit of" in now.reason
    assert latest.reason.startswith("This is a summary of the report on Carrowby’s monitoring visit of")


def paragraphs(passage: ScoredPassage, report: Report) -> list[str]:
    return [paragraph.text for paragraph in own_summary(report, [passage])]


def test_a_report_sums_itself_up_before_its_first_heading(make_report: MakeReport, make_scored: MakeScored) -> None:
    report = make_report("inspection.pdf", kind=Kind.ILACS)
    texts = (
        "Inspection of Orle children’s services",
        "Overall effectiveness Good",
        "Services have improved since the last inspection.",
        "They are now good in most areas.",
    )
    opening = make_scored(report, [(text, 1.0) for text in texts])
    assert paragraphs(opening, report) == [" ".join(texts[2:])]
    assert paragraphs(opening, make_report("visit.pdf", kind=Kind.FOCUSED_VISIT)) == []  # a letter starts with findings
    later = make_scored(report, [("Leaders know their services well.", 1.0)], start=99, section=("Leadership",))
    assert paragraphs(later, report) == []
    named = make_scored(report, [("Leaders know their services well.", 1.0)], start=99, section=("Headline findings",))
    assert [each.text for each in own_summary(report, [opening, named])] == ["Leaders know their services well."]


def test_a_summary_of_several_reports_takes_only_the_start_of_each_overview(ask: Ask) -> None:
    answer = ask("Summarise the Aldermere and Westmarsh reports")
    by_authority: dict[str | None, list[str]] = {}
    for statement in answer.statements:
        if statement.kind is StatementKind.QUOTE:
            by_authority.setdefault(answer.citations[statement.citations[0] - 1].report.authority, []).append(
                statement.text
            )
    assert set(by_authority) == {"Aldermere", "Westmarsh"}
    assert all(len(texts) == len(set(texts)) for texts in by_authority.values())


@pytest.mark.parametrize(
    "text",
    ["Why is Carrowby inadequate?", "Why was Carrowby judged inadequate?", "What led to Carrowby being inadequate?"],
)
def test_why_an_authority_has_its_grade_is_summed_up_by_the_report_that_gave_it(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert "summary of the report on Carrowby’s inspection of" in answer.reason
    grades = [statement for statement in answer.statements if statement.judgement]
    assert any(statement.judgement and statement.judgement.grade.lower() == "inadequate" for statement in grades)


def test_why_a_service_has_a_weakness_is_no_summary(ask: Ask) -> None:
    assert "summary of" not in ask("Why are assessments in Carrowby inadequate?").reason


@pytest.mark.parametrize(
    "text",
    [
        "Why did Westmarsh fall to RI in 2019 - was it the reorganisation that caused it?",
        "I need a briefing for our board on Westmarsh's 2023 inspection: what held up and what inspectors want next",
        "summarise the Westmarsh 2023 report for a new lead member, one side of A4, plain english",
        "Westmarsh - 5 bullet points for the corporate parenting panel",
    ],
)
def test_a_request_may_say_how_long_and_what_for(ask: Ask, text: str) -> None:
    assert "summary of the report on Westmarsh’s inspection" in ask(text).reason
