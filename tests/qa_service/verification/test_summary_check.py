from __future__ import annotations

import copy
import json
import shutil

import pytest

from qa_service.errors import UnusableAnswer
from qa_service.verification.citation_check import CheckedItem
from qa_service.verification.quote_check import FaultKind
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles

pytestmark = pytest.mark.thorough

CHANGED = "Has Westmarsh improved?"
CHANGED_AREAS = "Which areas of Westmarsh improved?"
CHANGED_AUTHORITIES = "Which authorities improved?"
GRADED = "Which authorities were rated good?"
NONE_HELD = "How many monitoring visits has Westmarsh had?"
REPORTS = "Which reports do you hold?"
SAID = "How many reports criticise supervision?"
LISTED = "How many reports list supervision under what needs to improve?"
WHO = "Which authorities were told to improve assessments?"
MENTIONED = "Which reports mention private fostering?"
PRAISED = "Which authorities have been praised for quality assurance?"
RECOMMENDED = "How many reports make recommendations?"


def of_summary(items):
    """Return the faults of the summary itself."""
    return [fault for item in items if item.statement is None and item.passage is None for fault in item.faults]


def kinds(items):
    return {fault.kind for fault in of_summary(items)}


def reasons(items):
    return " ".join(f"{fault.why}. {fault.remedy}" for fault in of_summary(items))


@pytest.mark.parametrize(
    "question",
    [CHANGED, CHANGED_AREAS, CHANGED_AUTHORITIES, GRADED, NONE_HELD, REPORTS, "Was Westmarsh ever inadequate?"],
)
def test_a_list_a_count_a_change_or_a_verdict_is_proved(reply, checked, question):
    given = reply(question)
    assert given["summary"]["changes"] is (question in (CHANGED, CHANGED_AREAS, CHANGED_AUTHORITIES))
    items = checked(given)
    assert [item for item in items if not item.proved] == []
    assert {item.statement for item in items} == set(range(1, len(given["answer"]) + 1))


@pytest.mark.parametrize("question", [MENTIONED, PRAISED, RECOMMENDED])
def test_a_count_of_reports_that_are_quoted_is_proved(reply, checked, question):
    items = checked(reply(question))
    assert [item for item in items if not item.proved] == []


@pytest.mark.parametrize("question", [MENTIONED, PRAISED, RECOMMENDED])
@pytest.mark.parametrize("more", [1, 9])
def test_a_wrong_count_of_reports_that_are_quoted_is_detected(reply, checked, question, more):
    given = reply(question)
    count = given["summary"]["count"] + more
    given["summary"] |= {"count": count, "of": 10, "sentence": "The reports say so."}
    given["total"] = count
    assert FaultKind.NOT_COUNTED in kinds(checked(given))


def test_a_count_above_what_was_looked_at_is_detected(reply, checked):
    given = reply(GRADED)
    given["summary"] |= {"count": 3, "sentence": "3 of the 2 authorities are rated Good."}
    given["total"] = 3
    assert "the count is 3, but the total is only 2" in reasons(checked(given))


@pytest.mark.parametrize("change", [{"count": 9}, {"count": 11}, {"count": 10**400}, {"count": -1}])
def test_a_wrong_count_is_detected(reply, checked, change):
    given = reply(REPORTS)
    given["summary"] |= change | {"of": None, "sentence": f"We have {change['count']} reports."}
    given["total"] = change["count"]
    assert FaultKind.NOT_COUNTED in kinds(checked(given))


def test_a_sentence_with_another_number_is_detected(reply, checked):
    for question, sentence in (
        (REPORTS, "We have 9 reports."),
        (REPORTS, "We have no reports on visits."),
        (REPORTS, "There are 9 reports in the index."),
        (GRADED, "2 of the 2 authorities are rated Good."),
        (GRADED, "None of the 2 authorities is rated Good."),
        (GRADED, "1 of the 8 authorities is rated Good."),
        (GRADED, "In 2022 and in 2023, 2 of the 2 authorities were rated Good."),
        (GRADED, "Since 2021, none of the 2 authorities have been rated Good."),
        (GRADED, "Both authorities with an overall grade are rated Good."),
        (GRADED, "All 2 authorities with an overall grade are rated Good."),
        (GRADED, "Both areas are rated Good."),
        (GRADED, "Neither of the 2 authorities is rated Good."),
        (GRADED, "No authority with an overall grade is rated Good."),
        (GRADED, "The one authority with an overall grade is rated Good."),
        (GRADED, "None. Both authorities with an overall grade are rated Good."),
        (NONE_HELD, "The one report is on a visit."),
    ):
        given = reply(question)
        given["summary"]["sentence"] = sentence
        assert kinds(checked(given)) == {FaultKind.NOT_SAID}, sentence


def test_what_holds_of_all_may_explain_that_a_denial_holds_of_none(reply, checked):
    given = reply(NONE_HELD)
    for sentence in ("None. All {of} reports are on inspections.", "No. All {of} reports are on inspections."):
        given["summary"]["sentence"] = sentence.format(of=given["summary"]["of"])
        given["summary"]["yes"] = False if sentence.startswith("No.") else None
        assert FaultKind.NOT_SAID not in kinds(checked(given)), sentence
    given["summary"] |= {"sentence": f"All {given['summary']['of']} reports are on visits.", "yes": None}
    assert FaultKind.NOT_SAID in kinds(checked(given))


def test_a_sentence_that_says_that_there_is_no_such_report_states_no_count(reply, checked):
    given = reply("When was Westmarsh inspected in 2020?")
    assert given["summary"]["sentence"].startswith("We have no report on Westmarsh from 2020.")
    assert not kinds(checked(given))


def test_a_total_that_is_not_the_count_is_detected(reply, checked):
    given = reply(REPORTS)
    given["total"] += 1
    assert kinds(checked(given)) == {FaultKind.NOT_COUNTED}


@pytest.mark.parametrize("question", [REPORTS, GRADED, CHANGED_AUTHORITIES])
def test_a_missing_row_of_a_list_is_detected(reply, checked, question):
    given = reply(question)
    rows = 2 if question == CHANGED_AUTHORITIES else 1
    del given["answer"][:rows]
    items = checked(given)
    assert kinds(items) == {FaultKind.NOT_COUNTED}
    assert "there are rows for" in reasons(items)


@pytest.mark.parametrize("question", [SAID, LISTED, WHO])
def test_a_count_of_what_reports_say_is_proved_by_a_quote_of_each(reply, checked, question):
    given = reply(question)
    assert given["summary"]["count"] > 0
    assert [item for item in checked(given) if not item.proved] == []
    first = given["passages"][given["answer"][0]["citations"][0] - 1]["report"]["authority"]
    of_others = [
        each for each in given["answer"] if given["passages"][each["citations"][0] - 1]["report"]["authority"] != first
    ]
    assert of_others
    given["answer"] = of_others
    assert kinds(checked(given)) == {FaultKind.NOT_COUNTED}


def test_a_count_of_what_reports_say_above_its_total_is_detected(reply, checked):
    given = reply(LISTED)
    count = given["summary"]["of"] + 1
    given["summary"] |= {"count": count, "sentence": f"{count} of the {count - 1} reports list it."}
    assert FaultKind.NOT_COUNTED in kinds(checked(given))


def test_a_row_given_twice_does_not_stand_for_a_missing_row(reply, checked):
    given = reply(REPORTS)
    given["answer"][-1] = copy.deepcopy(given["answer"][0])
    assert kinds(checked(given)) == {FaultKind.NOT_COUNTED}


def test_the_rows_of_each_page_of_a_list_must_fit_its_place(reply, checked):
    given = reply(REPORTS, offset=7)
    assert (given["offset"], given["next_offset"], len(given["answer"])) == (7, None, 3)
    assert kinds(checked(given)) == set()
    for change in ({"offset": 6}, {"offset": 8}, {"next_offset": 9}, {"next_offset": 11}):
        assert kinds(checked(given | change)) == {FaultKind.NOT_COUNTED}, change


def test_a_reply_that_does_not_say_which_page_it_is_needs_no_more_rows_than_its_count(reply, checked):
    given = reply(REPORTS)
    del given["offset"], given["next_offset"]
    del given["answer"][5:]
    assert kinds(checked(given)) == set()
    given["summary"] |= {"count": 4, "sentence": "We have 4 reports."}
    given["total"] = 4
    assert kinds(checked(given)) == {FaultKind.NOT_COUNTED}


def test_a_count_of_none_must_cite_what_was_searched(reply, checked):
    given = reply(NONE_HELD)
    assert given["summary"]["count"] == 0
    given |= {"answer": [], "passages": []}
    [item] = checked(given)
    assert (item.words, kinds([item])) == (given["summary"]["sentence"], {FaultKind.NO_CITATION})
    assert "does not cite what was searched" in reasons([item])
    assert "Ask about one authority at a time." in reasons([item])


@pytest.mark.parametrize(("question", "said"), [(CHANGED, "no"), ("Was Westmarsh ever inadequate?", "yes")])
def test_the_opposite_verdict_is_detected_in_the_field_or_in_the_sentence(reply, checked, question, said):
    given = reply(question)
    given["summary"]["yes"] = not given["summary"]["yes"]
    items = checked(given)
    assert kinds(items) == {FaultKind.NOT_SAID}
    assert f"the sentence does not say {said}" in reasons(items)


def test_a_verdict_without_rows_is_detected(reply, checked):
    given = reply(CHANGED)
    given["answer"] = []
    items = checked(given)
    assert FaultKind.NOT_COUNTED in kinds(items)
    assert "no row shows why" in reasons(items)


@pytest.mark.parametrize("question", [CHANGED, CHANGED_AREAS, CHANGED_AUTHORITIES])
def test_a_missing_grade_of_a_change_is_detected(reply, checked, question):
    given = reply(question)
    del given["answer"][1]
    items = checked(given)
    assert FaultKind.NOT_COUNTED in kinds(items)
    assert "one of the two grades of a change is missing" in reasons(items)


def test_a_change_that_shows_the_later_inspection_first_is_detected(reply, checked):
    given = reply(CHANGED)
    given["answer"].reverse()
    items = checked(given)
    assert kinds(items) == {FaultKind.NOT_COUNTED}
    assert "in the wrong order" in reasons(items)


def test_a_change_between_two_areas_is_detected(reply, checked):
    given = reply(CHANGED_AREAS)
    rows = given["answer"]
    rows[1], rows[3] = rows[3], rows[1]
    assert "not grades for the same area" in reasons(checked(given))


def test_facts_other_than_grades_are_no_change(reply, checked):
    given = reply("How many reports on Westmarsh do you have?")
    assert [statement["fact"]["name"] for statement in given["answer"]] == ["inspected", "inspected"]
    given["summary"]["changes"] = True
    assert "not grades for the same area" in reasons(checked(given))


def test_a_part_may_only_have_statements_of_the_answer(reply):
    given = reply("Which authorities are good, and how many are inadequate?")
    given["parts"][1]["statements"] = [2]
    with pytest.raises(UnusableAnswer, match="a part has a statement that is not in the answer"):
        read_answers(json.dumps(given).encode())


def test_a_change_between_two_authorities_is_detected(reply, checked):
    given = reply("Which authorities were rated good or inadequate?")
    assert len(given["answer"]) == 2
    given["summary"]["changes"] = True
    items = checked(given)
    assert FaultKind.WRONG_REPORT in kinds(items)
    assert "are about Carrowby and Westmarsh" in reasons(items)


def test_the_rows_of_a_missing_file_have_the_only_faults(reply, checked, samples, tmp_path):
    given = reply(CHANGED)
    gone = given["passages"][0]["report"]["file"]
    shutil.copytree(samples, tmp_path / "some", ignore=shutil.ignore_patterns(gone))
    items = checked(given, SourceFiles.below([tmp_path / "some"]))
    assert of_summary(items) == []
    assert any(not item.proved for item in items)


def test_the_rows_of_an_unreadable_file_have_the_only_faults(reply, checked, samples, tmp_path):
    given = reply(CHANGED)
    shutil.copytree(samples, tmp_path / "all")
    (tmp_path / "all" / given["passages"][0]["report"]["file"]).rename(tmp_path / "all" / "renamed.txt")
    items = checked(given, SourceFiles.below([tmp_path / "all"]))
    assert of_summary(items) == []
    assert any(not item.proved for item in items)


def test_a_summary_is_an_item_only_if_it_has_faults():
    with pytest.raises(ValueError, match="only if it has faults"):
        CheckedItem(1, "words", ())


@pytest.mark.parametrize(
    ("question", "said", "instead", "why"),
    [
        ("How long is it since Westmarsh had a full inspection?", " before ", " 3 months before ", "but it is"),
        ("How long did it take to publish Westmarsh's report?", " days after", "9 days after", "but it is"),
    ],
)
def test_a_length_of_time_that_does_not_fit_its_days_is_detected(reply, checked, question, said, instead, why):
    given = reply(question)
    assert reasons(checked(given)) == ""
    given["summary"]["sentence"] = given["summary"]["sentence"].replace(said, instead)
    assert why in reasons(checked(given))
    assert FaultKind.NOT_SAID in kinds(checked(given))


def test_a_length_of_time_from_a_day_that_no_row_gives_is_detected(reply, checked):
    given = reply("How long is it since Westmarsh had a full inspection?")
    given["summary"]["sentence"] = "Westmarsh’s last full inspection ended on 1 May 2001, 1 year before 1 May 2002."
    assert "no row gives that day" in reasons(checked(given))
