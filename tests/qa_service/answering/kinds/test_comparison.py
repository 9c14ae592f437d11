from __future__ import annotations

import pytest

from corpus.themes import known_themes
from corpus.types import FULL_INSPECTIONS
from index.search.filtering import report_day
from qa_service.answering.overviews.comparison import MAX_QUOTES
from qa_service.types import AnswerStatus


def quoted_reports(answer):
    return [answer.citations[statement.citations[0] - 1].report for statement in answer.statements]


def with_text(index, remarks):
    """Return remarks, each with its sentence."""
    passages = {scored.row: scored.passage for scored in index.passages_at(sorted({each.row for each in remarks}))}
    spans = ((each, passages[each.row], passages[each.row].sentences[each.sentence]) for each in remarks)
    return [(each, passage.text[start:end]) for each, passage, (start, end) in spans]


def test_each_authority_is_quoted_from_its_latest_report_on_the_theme(ask):
    answer = ask("Westmarsh vs Northwold: supervision")
    assert answer.status is AnswerStatus.ANSWERED
    assert [report.authority for report in quoted_reports(answer)] == ["Westmarsh", "Northwold"]
    assert [report_day(report).isoformat() for report in quoted_reports(answer)] == ["2023-09-22", "2025-03-05"]
    assert all("supervision" in statement.text.lower() for statement in answer.statements)
    assert "The reports do not compare the authorities." in answer.note  # which the page shows


def test_an_authority_whose_reports_say_nothing_is_named(ask):
    answer = ask("Compare Westmarsh and Northwold on caseloads")
    assert {(report.authority, report_day(report).year) for report in quoted_reports(answer)} == {("Westmarsh", 2023)}
    assert "We found no such sentence in the reports about Northwold." in answer.note


def test_the_answer_has_no_more_than_the_closest_quotes_of_each_authority(ask):
    answer = ask("Compare Westmarsh and Carrowby on assessments")
    authorities = [report.authority for report in quoted_reports(answer)]
    assert set(authorities) == {"Westmarsh", "Carrowby"}
    assert all(authorities.count(name) <= MAX_QUOTES for name in set(authorities))
    for name in set(authorities):
        assert len({report.id for report in quoted_reports(answer) if report.authority == name}) == 1


@pytest.mark.parametrize(
    "theme", ["assessments", "children's plans", "supervision", "permanence", "management oversight"]
)
def test_a_report_that_praises_and_criticises_a_theme_is_quoted_for_both(ask, answerer, theme):
    answer = ask(f"Compare Westmarsh and Carrowby on {theme}")
    names = {known.id for known in known_themes().themes_of(theme)}
    remarks = [each for name in names for each in answerer.index.remarks.find(name) if each.certainty >= 0.5]
    for authority in ("Westmarsh", "Carrowby"):
        quoted = [
            s
            for s, report in zip(answer.statements, quoted_reports(answer), strict=True)
            if report.authority == authority
        ]
        if not quoted:
            continue
        cited = {answer.citations[s.citations[0] - 1].report.id for s in quoted}
        said = [
            (each, text)
            for each, text in with_text(answerer.index, remarks)
            if answerer.index.report_at(each.row).id in cited
        ]
        shown = {each.stance for each, text in said if text in {statement.text for statement in quoted}}
        assert shown == {each.stance for each, _ in said}


def test_an_authority_whose_reports_lack_a_term_of_other_reports_is_named(ask):
    answer = ask("Compare Westmarsh and Carrowby on language schools")
    assert {report.authority for report in quoted_reports(answer)} == {"Westmarsh"}
    assert "We found no such sentence in the reports about Carrowby." in answer.note


def test_if_no_report_about_the_authorities_has_a_term_of_other_reports_nothing_is_quoted(ask):
    answer = ask("Compare Aldermere and Carrowby on language schools")
    assert (answer.status, answer.statements) == (AnswerStatus.NOT_IN_REPORTS, ())
    assert "no sentence about “language schools” in the reports about Aldermere or Carrowby" in answer.reason


def test_words_that_name_no_theme_are_found_word_for_word(ask):
    answer = ask("Compare Westmarsh and Carrowby on strategy meetings")
    assert {report.authority for report in quoted_reports(answer)} == {"Westmarsh", "Carrowby"}
    assert all("strategy" in statement.text.lower() for statement in answer.statements)  # also "strategy discussion"
    assert "with the words “strategy meetings”" in answer.reason


def test_a_comparison_without_a_subject_compares_grades(ask):
    answer = ask("How do Westmarsh and Carrowby compare?")
    assert answer.status is AnswerStatus.ANSWERED
    assert all(statement.judgement or statement.text.startswith("Overall") for statement in answer.statements)


def test_who_does_better_is_answered_from_the_latest_report_of_each(ask):
    answer = ask("Is Westmarsh or Northwold better at supervising its social workers?")
    assert answer.status is AnswerStatus.ANSWERED
    assert [report.authority for report in quoted_reports(answer)] == ["Westmarsh", "Northwold"]
    assert "The reports do not compare the authorities." in answer.note
    assert not answer.not_applied


def test_amounts_that_no_report_gives_are_not_compared(ask):
    answer = ask("Are foster carers in Westmarsh paid more than in Northwold?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert not answer.statements
    assert (
        "no figure next to the words “foster carers paid” in the reports about Westmarsh or Northwold" in answer.reason
    )


def test_a_subject_in_no_report_is_refused(ask):
    assert ask("Compare Westmarsh and Northwold on unicorns").status is not AnswerStatus.ANSWERED


def test_the_latest_report_of_a_kind_is_compared_if_the_question_names_it(ask):
    answer = ask("Westmarsh v Northwold on supervision, latest full inspections")
    assert answer.status is AnswerStatus.ANSWERED
    for report in quoted_reports(answer):
        assert report.kind in FULL_INSPECTIONS


@pytest.mark.parametrize(
    "question",
    ["Westmarsh and Carrowby - assessments: same problem or different?", "Westmarsh v Carrowby on assessments"],
)
def test_notes_that_compare_are_comparisons(ask, question):
    assert "The reports do not compare the authorities." in ask(question).note
