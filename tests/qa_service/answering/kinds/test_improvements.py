"""Tests that answers quote a report's own list of improvements in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.types import Improvement, ImprovementKind, Kind
from qa_service import calibration
from qa_service.answering.sentences.own_list import CutList, cut_lists, cut_words, own_list_words, says_own_list


def an_item(text):
    return Improvement(ImprovementKind.RECOMMENDATION, text, 5, "Recommendations", 0, 9)


def test_a_long_list_is_whole_and_in_order(ask):
    answer = ask("List all the areas for improvement in Carrowby's 2015 inspection")
    report = answer.citations[answer.statements[0].citations[0] - 1].report
    asked = [item.text for item in report.improvements if item.section == "Recommendations"]
    assert len(asked) == 9
    assert [statement.text for statement in answer.statements] == asked
    assert answer.reason.startswith("This is the list of what needs to improve in the report on Carrowby’s inspection")
    assert "of which" not in answer.reason


def test_another_wording_gives_the_same_list(ask):
    first = ask("List all the areas for improvement in Carrowby's 2015 inspection")
    second = ask("What were the recommendations of the 2015 inspection of Carrowby?")
    assert [s.text for s in first.statements] == [s.text for s in second.statements]


def test_a_cut_list_is_counted(make_report):
    report = make_report(improvements=(an_item("Act now."), an_item("Write it down."), an_item("Check it.")))
    [cut] = cut_lists([(report, "Act now."), (report, "Check it.")])
    assert (cut.report, cut.shown, cut.total) == (report, 2, 3)
    assert cut_lists([(report, "Act now"), (report, "Write  it down."), (report, "Check it.")]) == []
    assert cut_lists([(report, "Something else.")]) == cut_lists([]) == []


def test_a_list_that_is_shown_whole_is_not_called_a_part_of_another(make_report):
    items = (
        replace(an_item("Act now."), section="Areas for priority action"),
        replace(an_item("Write it down."), section="What needs to improve"),
        replace(an_item("Check it."), section="What needs to improve:"),
    )
    report = make_report("Orle", authority="Orle", kind=Kind.FOCUSED_VISIT, improvements=items)
    cut = cut_lists([(report, "Act now.")])
    assert cut_words(cut, 1) == (
        "The list has 1 item. The report has 2 other items under “What needs to improve”. The report’s page has all of "
        "them."
    )
    assert cut_words(cut, 2).startswith("The list in the report on Orle’s undated focused visit has 1")
    assert cut_words(cut_lists([(report, "Check it.")]), 1).startswith("We show 1 of the 3 items in the list.")


def test_a_time_does_not_drop_the_list(ask):
    """ "Improvement" in "areas for improvement" does not mean a change, so the question has one part."""
    for text in (
        "What are the areas for improvement in Carrowby 2015?",
        "List the areas for improvement in the 2015 Carrowby report",
    ):
        answer = ask(text)
        assert says_own_list(answer.reason), text
        assert {citation.report.inspected_to.year for citation in answer.citations if citation.highlights} == {2015}


def test_lists_from_two_times_are_both_quoted(ask):
    answer = ask("What did Westmarsh need to improve in 2019 and 2023?")
    assert answer.reason.startswith("These are the lists of what needs to improve in the reports on Westmarsh’s insp")
    assert {citation.report.inspected_to.year for citation in answer.citations if citation.highlights} == {2019, 2023}


def test_the_reports_of_the_lists_are_named(make_report):
    reports = [
        make_report(name, authority=name, kind=Kind.FOCUSED_VISIT, inspected_to=date(2024, 9, 18))
        for name in ("Orle", "Ince")
    ]
    one, both = own_list_words(reports[:1]), own_list_words(reports)
    assert (
        one == "This is the list of what needs to improve in the report on Orle’s focused visit of 18 September 2024."
    )
    assert both.startswith("These are the lists of what needs to improve in the reports on Orle’s focused visit of 18 ")
    assert says_own_list(one)
    assert says_own_list(both)
    cut = CutList(reports[0], 5, 6)
    assert cut_words([cut], 1) == "We show 5 of the 6 items in the list. The report’s page has all of them."
    assert cut_words([cut], 2).startswith(
        "We show 5 of the 6 items in the list in the report on Orle’s focused visit of"
    )
    assert cut_words([], 2) == ""


@pytest.mark.parametrize(
    "question",
    [
        "What must Westmarsh improve?",
        "What are the areas for improvement in Westmarsh?",
        "What should Westmarsh focus on next?",
    ],
)
def test_a_general_question_gets_the_list_of_the_latest_report(ask, question):
    answer = ask(question)
    assert {answer.citations[s.citations[0] - 1].report.inspected_to.year for s in answer.statements} == {2023}
    assert "inspection of 11 to 22 September 2023" in answer.reason


def test_the_list_of_the_time_named_is_kept(ask):
    answer = ask("What was Westmarsh told to improve in 2019?")
    assert {answer.citations[s.citations[0] - 1].report.inspected_to.year for s in answer.statements} == {2019}


def test_no_list_is_quoted_for_a_subject_that_none_of_its_items_is_about(ask):
    answer = ask("What was Westmarsh told to fix about fostering panels?")
    assert answer.reason.startswith("We found no item about “fostering panels” in the 2 lists of what must improve in ")
    assert answer.confidence <= calibration.NOT_APPLIED_CONFIDENCE
    assert {statement.heading for statement in answer.statements} <= {"What the reports find", ""}


@pytest.mark.parametrize(
    "question", ["What did Ofsted tell Westmarsh to improve?", "What does Westmarsh need to improve?"]
)
def test_a_list_with_the_subject_or_for_a_general_question_has_no_such_note(ask, question):
    answer = ask(question)
    assert says_own_list(answer.reason)
    assert "None of these items" not in answer.reason


@pytest.mark.parametrize(
    "text",
    ["What do councils need to improve most often?", "Which councils have been told twice to improve supervision?"],
)
def test_the_list_of_one_report_does_not_answer_for_all(ask, text):
    assert "This is the list of what needs to improve in the report on" not in ask(text).reason
