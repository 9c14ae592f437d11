"""Tests of answers from the facts of reports: lists, counts, dates, people, changes, and yes or no."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.types import Kind, Report
from index.storage.store import Store
from qa_service.answering.facts.answer import answer_from_facts
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.types import FactName
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

REPORTS = (
    inspection("Orle", "2016-03-04", "overall=i leaders=i", lead="Ann Bell"),
    inspection("Orle", "2019-05-17", "overall=r leaders=r help=g joint=r", published="2019-07-01", lead="Cy Dane"),
    inspection(
        "Orle", "2023-06-16", "overall=g leaders=o help=g care=g leavers=r", published="2023-08-02", lead="Di Pell"
    ),
    inspection("Orle", "2024-02-07", kind=Kind.FOCUSED_VISIT, published="2024-03-18", lead="Jo Vane"),
    inspection("Hesk", "2018-11-09", "overall=g leaders=g"),
    inspection("Hesk", "2022-10-21", "overall=i leaders=i care=i leavers=i", published="2023-01-09"),
    inspection("Hesk", "2023-09-13", kind=Kind.MONITORING_VISIT),
    inspection("Hesk", "2024-06-05", kind=Kind.MONITORING_VISIT),
    inspection("Tolland", "2023-02-10", "overall=g leaders=g care=r leavers=g"),
    inspection("Wexcombe", "2025-01-24", "overall=r leaders=g"),
    inspection("Arnby", "2026-02-13", "overall=g leaders=g care=o leavers=g"),
    inspection("Fenwold", "2021-07-02", "overall=o leaders=o"),
    inspection("Fenwold", "2026-06-12", "leaders=g help=g"),
)
"""Fenwold's report of June 2026 prints no overall grade. No report has printed one since April 2026."""
Ask = Callable[..., FactAnswer | None]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("facts")))


@pytest.fixture
def ask(store: Store) -> Ask:
    """Answer a question from the facts of the reports above."""

    def answer(text: str, *history: str) -> FactAnswer | None:
        question = interpret_in_context(text, history, store.reports, TODAY)
        return answer_from_facts(FactScope(question, store.reports, store))

    return answer


def authorities(answer: FactAnswer | None) -> list[str | None]:
    """Return the authority of each item."""
    assert answer is not None
    return [item[0].report.authority for item in answer.items]


def days(answer: FactAnswer | None) -> list[str]:
    """Return the last day of the inspection in each row."""
    assert answer is not None
    return [row.report.inspected_to.isoformat() for item in answer.items for row in item if row.report.inspected_to]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which authorities are rated good?", ["Arnby", "Orle", "Tolland"]),
        ("Which authorities were not rated good?", ["Hesk", "Wexcombe"]),
        ("Which authorities are less than good?", ["Hesk", "Wexcombe"]),
        ("Which councils are neither good nor outstanding?", ["Hesk", "Wexcombe"]),
        ("Which are anything but good for leaders?", ["Hesk", "Orle"]),
        ("Which authorities are at least good for leaders?", ["Arnby", "Fenwold", "Orle", "Tolland", "Wexcombe"]),
        ("Which councils require improvement?", ["Wexcombe"]),
        ("Which authorities were rated good before 2022?", ["Hesk"]),
        ("Which authorities were rated good since 2024?", ["Arnby"]),
        ("Which authorities were rated good in the last two years?", ["Arnby"]),
        ("Which authorities were rated outstanding in 2021?", ["Fenwold"]),
        ("Which authorities were rated inadequate in reports published in 2023?", ["Hesk"]),
        ("Which authorities other than Orle are good?", ["Arnby", "Tolland"]),
        ("Which authorities have ever been inadequate?", ["Hesk", "Orle"]),
        ("Which authorities have never been inadequate?", ["Arnby", "Fenwold", "Tolland", "Wexcombe"]),
        ("Which authorities are good for leaders but require improvement overall?", ["Wexcombe"]),
        ("Which authorities are better for care leavers than for children in care?", ["Tolland"]),
        ("Which authorities are worse for care leavers than overall?", ["Orle"]),
        ("Which authorities went from good to inadequate?", ["Hesk"]),
        ("Which authorities improved since 2022?", ["Orle"]),
        ("Which authorities got worse for leaders?", ["Fenwold", "Hesk"]),
        ("Which authorities have had more than one monitoring visit?", ["Hesk"]),
        ("Which authorities have not been inspected since 2024?", ["Tolland"]),
        ("Which authorities were inspected in 2024?", ["Hesk", "Orle"]),
    ],
)
def test_every_condition_limits_a_list(ask: Ask, text: str, expected: list[str]) -> None:
    answer = ask(text)
    assert authorities(answer) == expected
    assert answer is not None
    assert answer.total == answer.summary.count == len(expected)


def test_a_report_without_an_overall_grade_is_named_apart_and_an_older_grade_does_not_stand_in(ask: Ask) -> None:
    answer = ask("Which authorities are outstanding?")
    assert answer is not None
    assert answer.summary.count == 0
    assert answer.summary.of == 5
    shown = {row.report.authority: row.judgement.grade for item in answer.items for row in item if row.judgement}
    assert "Fenwold" not in shown
    assert "Outstanding" not in shown.values()
    assert "Fenwold" in answer.note


def test_care_leavers_graded_together_with_children_in_care_are_named_apart(ask: Ask) -> None:
    answer = ask("Which authorities required improvement for care leavers in 2019?")
    assert answer is not None
    assert answer.items == ()
    assert "Orle" in answer.note
    assert authorities(ask("Which authorities required improvement for children in care in 2019?")) == ["Orle"]


def test_a_change_has_both_grades_the_earlier_first(ask: Ask) -> None:
    answer = ask("Which authorities went from requires improvement to good?")
    assert days(answer) == ["2019-05-17", "2023-06-16"]
    assert answer is not None
    [[before, after]] = answer.items
    assert before.judgement is not None
    assert after.judgement is not None
    assert (before.judgement.grade, after.judgement.grade) == ("Requires improvement to be good", "Good")


def test_a_change_in_more_than_one_step_is_named_and_not_counted(ask: Ask) -> None:
    answer = ask("Which authorities went from inadequate to good?")
    assert answer is not None
    assert answer.total == 0
    assert "went straight from Inadequate to Good overall" in answer.summary.sentence
    assert answer.note == (
        "Orle went from Inadequate to Good, but had another grade in between, so we have not counted it."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Which authorities went all the way from inadequate to good?",
        "Which authorities eventually went from inadequate to good?",
        "Which authorities went from inadequate to good over time?",
        "Has any authority gone from inadequate to good?",
    ],
)
def test_a_change_in_more_than_one_step_is_counted_if_the_question_allows_it(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert authorities(answer) == ["Orle"]
    assert days(answer) == ["2016-03-04", "2023-06-16"]
    assert answer is not None
    assert answer.summary.sentence.removeprefix("Yes. ") == (
        "1 of the 2 authorities with two or more graded inspections went from Inadequate to Good overall, with another "
        "grade in between. We used every graded inspection."
    )
    assert answer.note == ""


@pytest.mark.parametrize(
    "text",
    [
        "Has any authority gone straight from inadequate to good?",
        "Did any authority go from inadequate to good in one step?",
        "Has any authority gone from inadequate to good in one inspection?",
    ],
)
def test_a_change_in_more_than_one_step_is_not_straight(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.summary.yes is False
    assert answer.summary.sentence.startswith("No. Neither of the 2") or "None of the 2" in answer.summary.sentence
    assert "went straight from Inadequate to Good overall" in answer.summary.sentence
    assert answer.note == (
        "Orle went from Inadequate to Good, but had another grade in between, so we have not counted it."
    )


def test_a_change_of_one_authority_may_have_another_grade_in_between(ask: Ask) -> None:
    answer = ask("Has Orle gone from inadequate to good?")
    assert days(answer) == ["2016-03-04", "2023-06-16"]
    assert answer is not None
    assert answer.summary.yes is True
    assert answer.summary.sentence.endswith("It had another grade in between.")
    straight = ask("Has Orle gone straight from inadequate to good?")
    assert straight is not None
    assert straight.summary.sentence == (
        "No. Overall, Orle was rated Inadequate in March 2016, Requires improvement in May 2019 and Good in June 2023."
    )


@pytest.mark.parametrize(
    ("text", "yes", "count", "of"),
    [
        ("Are all authorities good?", False, 3, 5),
        ("Is every authority rated inadequate or better?", True, 5, 5),
        ("Is it true that every authority is good or better?", False, 3, 5),
        ("Have all councils been inadequate at some point?", False, 2, 6),
        ("Did every authority improve?", False, 1, 2),
        ("Has every authority been inspected since 2020?", True, 6, 6),
        ("Were all the inspections of Orle good?", False, 1, 3),
        ("Were all full inspections in 2023 good?", True, 2, 2),
        ("Is leadership good in every authority?", False, 4, 6),
        ("Is any authority good in all areas?", True, 1, 6),
        ("Have any authorities been both inadequate and good?", True, 2, 6),
    ],
)
def test_a_question_about_all_is_answered_yes_only_if_all_fit(
    ask: Ask, text: str, *, yes: bool, count: int, of: int
) -> None:
    answer = ask(text)
    assert answer is not None
    assert (answer.summary.yes, answer.summary.count, answer.summary.of) == (yes, count, of)
    assert answer.summary.sentence.startswith("Yes." if yes else "No.")


@pytest.mark.parametrize(
    "text",
    [
        "Who declined between 2019 and 2023?",
        "Which of them deteriorated since 2020?",
        "Has anyone got worse since 2020?",
        "Have any gone down between 2019 and 2023?",
        "Name the authorities that went downhill between 2019 and 2023",
        "Any that slipped since 2020?",
    ],
)
def test_changes_of_grade_are_recognised_in_other_words(ask: Ask, text: str) -> None:
    assert authorities(ask(text)) == ["Hesk"]


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Is Orle better now than in 2016?", True),
        ("Was Orle worse in 2023 than in 2016?", False),
        ("Is Hesk worse than in 2018?", True),
    ],
)
def test_the_grades_of_two_times_are_compared(ask: Ask, text: str, *, yes: bool) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.summary.yes is yes
    assert len(answer.items) == 1


def test_the_grades_of_two_times_are_compared_over_all_authorities(ask: Ask) -> None:
    answer = ask("Which authorities are better now than in 2016?")
    assert authorities(answer) == ["Orle"]
    assert days(answer) == ["2016-03-04", "2023-06-16"]
    assert answer is not None
    assert (
        "with an overall grade in 2016 and now had a better overall grade at the later time" in answer.summary.sentence
    )


def test_a_list_of_changes_that_nothing_fits_shows_what_was_checked(ask: Ask) -> None:
    answer = ask("Which authorities got worse before 2020?")
    assert authorities(answer) == ["Orle"]
    assert answer is not None
    assert answer.summary.count == 0


def test_the_authorities_that_do_not_fit_are_named(ask: Ask) -> None:
    answer = ask("Are all authorities good?")
    assert answer is not None
    assert answer.note.startswith("The others are Hesk and Wexcombe.")


@pytest.mark.parametrize("text", ["Are all councils that were inadequate good?", "Do all inadequate councils improve?"])
def test_all_of_a_group_that_a_grade_limits_is_answered_neither_yes_nor_no(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is None or answer.summary.yes is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How was Orle rated overall?", ["2023-06-16"]),
        ("How was Orle rated before 2022?", ["2019-05-17"]),
        ("How was Orle rated overall up to 2016?", ["2016-03-04"]),
        ("What was Orle's grade at the inspection before last?", ["2019-05-17"]),
        ("How was Orle first rated?", ["2016-03-04"]),
        ("How was Orle rated at each inspection?", ["2016-03-04", "2019-05-17", "2023-06-16"]),
        ("How was Orle rated before the 2023 inspection?", ["2019-05-17"]),
        ("How was Orle rated at the inspection after the 2016 inspection?", ["2019-05-17"]),
        ("How was Orle rated overall other than in 2023?", ["2019-05-17"]),
        ("How has Orle's overall grade changed?", ["2016-03-04", "2019-05-17", "2023-06-16"]),
        ("When was Orle first rated good?", ["2023-06-16", "2023-06-16"]),  # the date and the grade
        ("When was the 2019 inspection of Orle?", ["2019-05-17"]),
        ("When was Orle last inspected?", ["2023-06-16"]),
        ("When was the focused visit to Orle published?", ["2024-02-07"]),
        ("Who was the lead inspector of the 2019 inspection of Orle?", ["2019-05-17"]),
        ("Which reports do you have on Orle?", ["2024-02-07", "2023-06-16", "2019-05-17", "2016-03-04"]),
        ("How many monitoring visits has Hesk had?", ["2024-06-05", "2023-09-13"]),
        ("Which monitoring visits were there since 2024?", ["2024-06-05"]),
        ("What is the latest report on Hesk?", ["2024-06-05"]),
        ("How many times has Orle improved?", ["2016-03-04", "2019-05-17", "2019-05-17", "2023-06-16"]),
    ],
)
def test_the_inspections_are_those_that_the_question_is_about(ask: Ask, text: str, expected: list[str]) -> None:
    assert days(ask(text)) == expected


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Is Orle good?", True),
        ("Is Orle outstanding?", False),
        ("Was Orle ever inadequate?", True),
        ("Has Orle never been inadequate?", False),
        ("Was Orle good at every inspection?", False),
        ("Was every report on Orle good?", False),
        ("Has Tolland always been good?", True),
        ("Are all of Orle's areas good?", False),
        ("Are any of Orle's areas outstanding?", True),
        ("Have all of Orle's inspections been good?", False),
        ("Has Orle ever had an outstanding grade in any area?", True),
        ("Is Orle rated better than Hesk?", True),
        ("Is Hesk better than Orle for leaders?", False),
        ("Has Hesk improved?", False),
        ("Did Orle get better between 2018 and 2023?", True),
        ("Is Orle rated better for leaders than overall?", True),
        ("Are both Orle and Tolland good?", True),
        ("Has Orle had a monitoring visit?", False),
        ("Has Hesk had at least two monitoring visits?", True),
    ],
)
def test_yes_and_no(ask: Ask, text: str, *, yes: bool) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.summary.yes is yes
    assert answer.summary.sentence.startswith("Yes." if yes else "No.")
    assert answer.items


def test_of_two_authorities_the_better_is_named(ask: Ask) -> None:
    answer = ask("Which is rated better, Orle or Hesk?")
    assert answer is not None
    assert answer.summary.sentence == (
        "Orle has the better overall grade. Orle was rated Good in June 2023 and Hesk was rated Inadequate in October 2022."
    )
    assert authorities(answer) == ["Orle", "Hesk"]
    worse = ask("Which is rated worse, Orle or Hesk?")
    assert worse is not None
    assert worse.summary.sentence.startswith("Hesk has the lower overall grade. Hesk was rated Inadequate in October")


def test_a_share_is_given_in_per_cent(ask: Ask) -> None:
    answer = ask("What proportion of authorities are good?")
    assert answer is not None
    assert answer.summary.sentence.startswith(
        "3 of the 5 authorities with an overall grade are rated Good. That is 60 per cent."
    )


def test_a_count_of_none_shows_the_reports_that_were_looked_at(ask: Ask) -> None:
    answer = ask("How many monitoring visits has Orle had?")
    assert answer is not None
    assert answer.summary.count == 0
    assert len(answer.items) == 4
    assert answer.answered


def test_the_inspections_that_someone_led_are_listed_with_their_name(ask: Ask) -> None:
    answer = ask("Which inspections were led by Cy Dane?")
    assert answer is not None
    assert days(answer) == ["2019-05-17"]
    assert {row.fact for item in answer.items for row in item} == {FactName.LEAD_INSPECTOR}
    assert answer.summary.sentence == "We have 1 report on an inspection led by Cy Dane."


def test_an_inspection_that_someone_led_may_be_a_visit(ask: Ask) -> None:
    answer = ask("Which inspection was led by Jo Vane?")
    assert answer is not None
    assert days(answer) == ["2024-02-07"]
    assert answer.summary.sentence == "We have 1 report on a focused visit led by Jo Vane."


def test_who_led_an_inspection_limits_a_list_of_grades(ask: Ask) -> None:
    answer = ask("Which authorities were rated good in inspections led by Di Pell?")
    assert authorities(answer) == ["Orle"]


def test_the_verb_agrees_with_no_authority(ask: Ask) -> None:
    answer = ask("Which authorities went from outstanding to inadequate in 2022?")
    assert answer is not None
    expected = "In 2022, no authority with two or more graded inspections went from Outstanding to Inadequate overall."
    assert answer.summary.sentence.startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which authorities are rated good?", "3 of the 5 authorities with an overall grade are rated Good."),
        ("Which authorities are not rated good?", "2 of the 5 authorities with an overall grade are not rated Good."),
        (
            "Which authorities were rated good before 2024?",
            "2 of the 4 authorities with an overall grade were rated Good before 2024.",
        ),
        (
            "Since 2021, which authorities were good?",
            "3 of the 6 authorities with an overall grade have been rated Good at one or more inspections since 2021.",
        ),
        (
            "Which authorities were rated good, not in 2019?",
            "3 of the 5 authorities with an overall grade were rated Good other than in 2019.",
        ),
        (
            "Which authorities were never good before 2022?",
            "2 of the 3 authorities with an overall grade were never rated Good before 2022.",
        ),
        (
            "Which authorities have a different grade for leaders than overall?",
            "2 of the 5 authorities with both grades have been given a different grade for leadership from the one overall.",
        ),
        (
            "Which authorities are no longer inadequate?",
            (
                "1 of the 6 authorities with an overall grade has been rated Inadequate at one or more inspections and is "
                "not rated Inadequate."
            ),
        ),
        (
            "Which authorities are good and have had at least one focused visit?",
            "1 of the 5 authorities with an overall grade is rated Good and has had 1 or more focused visits.",
        ),
        (
            "Which authorities were good for care leavers in 2016?",
            "We have no inspection in 2016 that gives a grade for care leavers.",
        ),
        (
            "Which authorities were rated good on 22 September 2023?",
            "We have no inspection on 22 September 2023 that gives an overall grade.",
        ),
        (
            "Which authorities moved up from inadequate?",
            "1 of the 2 authorities with two or more graded inspections moved up from Inadequate overall.",
        ),
        (
            "Which authorities changed grade since 2020?",
            (
                "Since 2020, both authorities with two or more graded inspections have had an inspection with a "
                "different overall grade from the one before it."
            ),
        ),
        (
            "Which authorities have got worse?",
            (
                "1 of the 2 authorities with two or more graded inspections has had an inspection with a worse overall "
                "grade than the one before it."
            ),
        ),
        (
            "Which authorities improved at their latest inspection?",
            (
                "1 of the 2 authorities whose last two graded inspections both give an overall grade was rated better "
                "overall than at the previous inspection. We compared each authority’s latest graded inspection with the one before it."
            ),
        ),
        (
            "How many authorities have been rated anything but good at least twice?",
            "1 of the 6 authorities with an overall grade has been rated other than Good at 2 or more inspections.",
        ),
        (
            "Which authorities are not rated good in 2018?",
            "None. The one authority with an overall grade was rated Good in 2018.",
        ),
        (
            "Is there a council that was not rated good in 2018?",
            "No. The one authority with an overall grade was rated Good in 2018.",
        ),
        (
            "Which authorities are good at each inspection?",
            "2 of the 6 authorities with an overall grade have been rated Good at every inspection. We used every graded",
        ),
        (
            "Which authority had the latest inspection led by Cy Dane?",
            "Orle had the most recent inspection or visit led by Cy Dane, according to our reports.",
        ),
        ("How many focused visits were there in 2024?", "We have 1 report on a focused visit in 2024."),
        ("When was Orle last inspected?", "Orle’s latest inspection took place on 16 June 2023."),
        (
            "What were Orle's grades in each area in 2016 and 2019?",
            "These are Orle’s grades from its inspections of 4 March 2016 and 17 May 2019.",
        ),
        (
            "Which areas were not rated good for Tolland in 2022 or 2023?",
            "1 of the 4 grades in the report on Tolland’s inspection of 10 February 2023 is not Good.",
        ),
        (
            "Which areas of Hesk were not good in 2018?",
            "None. Both grades in the report on Hesk’s inspection of 9 November 2018 are Good.",
        ),
        (
            "Which inspections were led by Nobody Known?",
            "We have no reports on inspections led by Nobody Known. We looked at 13 reports.",
        ),
        (
            "Which authorities have had a focused visit?",
            "1 of the 6 authorities in our reports has had a focused visit.",
        ),
        (
            "Which authorities had at most one inspection since 2021?",
            "5 of the 6 authorities in our reports have had at most 1 inspection since 2021.",
        ),
        (
            "Which authorities were inspected on 4 March 2016?",
            "1 of the 6 authorities in our reports had an inspection or a visit on 4 March 2016.",
        ),
        ("Was there a visit to Hesk in 2020?", "No. We have no reports on visits to Hesk in 2020."),
        ("How many visits has Orle had?", "We have 1 report on a visit to Orle."),
        (
            "How many visits has Hesk had since its last full inspection?",
            "We have 2 reports on visits to Hesk since its inspection of 21 October 2022.",
        ),
        (
            "Has Orle had any monitoring visits since the last inspection?",
            (
                "No. We have no reports on monitoring visits to Orle since its inspection of 16 June 2023. We looked at 4 reports "
                "about Orle."
            ),
        ),
        (
            "How many visits have there been since the last full inspection?",
            "We have 3 reports on visits since the last full inspection of each authority.",
        ),
        (
            "How many visits have there been since the last full inspection of each authority?",
            "We have 3 reports on visits since the last full inspection of each authority.",
        ),
        (
            "Which authorities have had a visit since their last full inspection?",
            "2 of the 6 authorities in our reports have had a visit since their last full inspection.",
        ),
        (
            "How many authorities have had a focused visit since their last full inspection?",
            "1 of the 6 authorities in our reports has had a focused visit since its last full inspection.",
        ),
        (
            "Which authorities have had more than one visit since their last full inspection?",
            "1 of the 6 authorities in our reports has had 2 or more visits since its last full inspection.",
        ),
        (
            "Which councils have not had a visit since their last full inspection?",
            "4 of the 6 authorities in our reports have had no visits since their last full inspection.",
        ),
        ("How many reports rated Orle good?", "We have 1 report on Orle that gives Good overall."),
        (
            "What is the latest monitoring visit to Hesk?",
            "In our reports, the latest monitoring visit to Hesk is the one of 5 June 2024.",
        ),
        (
            "How many times has Orle improved since 2019?",
            (
                "We compared each graded inspection of Orle since 2019 with the one before it. We found 2 inspections at which "
                "Orle was rated better overall than at the previous inspection."
            ),
        ),
        ("When was Orle inspected in 2019?", "Orle’s inspection took place on 17 May 2019."),
        (
            "When was Orle inspected in 2020?",
            "We have no report on Orle from 2020. The latest report about Orle is on the focused visit of 7 February 2024.",
        ),
        ("Which is best, Orle, Hesk or Tolland?", "Orle and Tolland have the best overall grade."),
        ("Which is better, Orle or Tolland?", "Neither. Orle and Tolland have the same overall grade."),
        (
            "How has Hesk's grade changed?",
            "Overall, Hesk was rated Good in November 2018 and Inadequate in October 2022.",
        ),
    ],
)
def test_the_sentence_is_grammatical_for_every_condition_and_time(ask: Ask, text: str, expected: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.summary.sentence.startswith(expected)


@pytest.mark.parametrize(
    "text",
    ["Which is better, Orle or Fenwold?", "Is Fenwold better than Orle?", "Is Fenwold better than Orle and Hesk?"],
)
def test_grades_are_not_compared_with_one_that_no_report_gives(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert not answer.answered
    assert "Fenwold’s inspection of 12 June 2026 does not give an overall grade." in answer.summary.sentence


def test_an_inspection_without_a_date_is_compared_as_undated(tmp_path: Path) -> None:
    undated = replace(inspection("Hesk", "2023-02-10", "overall=r"), inspected_from=None, inspected_to=None)
    reports = (inspection("Orle", "2023-06-16", "overall=g"), undated)
    store = store_of(reports, tmp_path)
    question = interpret_in_context("Which is better, Orle or Hesk?", (), reports, TODAY)
    answer = answer_from_facts(FactScope(question, reports, store))
    assert answer is not None
    assert answer.summary.sentence == (
        "Orle has the better overall grade. Orle was rated Good in June 2023 and Hesk was rated Requires improvement at "
        "an undated inspection."
    )


def test_an_authority_left_out_of_a_comparison_is_named(ask: Ask) -> None:
    answer = ask("Which is best, Orle, Hesk or Fenwold?")
    assert answer is not None
    assert answer.summary.sentence.startswith("Orle has the better overall grade.")
    assert answer.note == "We have no overall grade from the latest graded inspection of Fenwold."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What was Orle's grade in reports published in 2019?", "in the reports published in 2019."),
        ("What were Orle's grades in 2016 and 2019?", "the latest graded inspections that ended in 2016 and in 2019."),
        ("What were the grades of Hesk in 2018 and now?", "inspection that ended in 2018, and the most recent one."),
        ("What grade are Fenwold and Orle overall?", "One report does not give an overall grade, so we show all its"),
        (
            "What were Orle's overall grades between 2015 and 2020?",
            "We used every graded inspection that ended between",
        ),
        (
            "What was Orle's grade at its first inspection since 2018?",
            "We used the first graded inspection that ended since",
        ),
        ("How was Orle rated in 2018, since 2020, and now?", "We used the latest graded inspection."),
        ("Which authorities are not rated requires improvement?", "This includes 3 authorities rated Good."),
        ("Which authorities are good?", "We did not count Fenwold, because its latest report gives no overall grade."),
        (
            "Which authorities were good for care leavers before 2020?",
            "We did not count Hesk and Orle, because their reports from that time give no separate grade for care leavers.",
        ),
        (
            "Which authorities are better for care leavers than for leaders?",
            "We did not count Fenwold and Wexcombe, because their latest reports do not give both grades.",
        ),
    ],
)
def test_the_note_says_which_inspections_were_used_and_which_were_not(ask: Ask, text: str, expected: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert expected in answer.note


@pytest.mark.parametrize("text", ["Apart from Orle and Hesk, which is rated best, Orle or Hesk?"])
def test_nothing_is_compared_if_the_authorities_named_are_left_out(ask: Ask, text: str) -> None:
    assert ask(text) is None


def test_an_authority_without_a_graded_inspection_is_not_said_to_lack_one_grade(ask: Ask) -> None:
    answer = ask("Which was best in 2023, Orle, Tolland or Wexcombe?")
    assert answer is not None
    assert answer.note == "We have no graded inspection of Wexcombe in 2023."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Was Orle inspected in 2019?", "Yes. We have the report on Orle’s inspection of 17 May 2019."),
        ("Did Ofsted inspect Orle in 2020?", "No. We have no reports on Orle from 2020."),
        ("Has Hesk been visited since 2023?", "Yes. We have the reports on Hesk’s"),
        ("Do you know if Orle was inspected in 2019?", "Yes. We have the report on Orle’s inspection of 17 May 2019."),
    ],
)
def test_whether_an_authority_was_inspected_is_answered_yes_or_no(ask: Ask, text: str, expected: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.summary.sentence.startswith(expected)


@pytest.mark.parametrize("text", ["How was Orle inspected?", "Why was Orle inspected?"])
def test_how_and_why_an_authority_was_inspected_is_not_a_yes_or_no(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is None or answer.summary.yes is None


def test_only_the_change_to_the_latest_inspection_counts_if_a_question_asks_for_it(ask: Ask) -> None:
    assert authorities(ask("Which authorities improved at their latest inspection?")) == ["Orle"]
    answer = ask("Which authorities went from inadequate to requires improvement at their latest inspection?")
    assert answer is not None
    lacking = "its last two graded inspections do not both give an overall grade"
    assert (answer.total, answer.note) == (0, f"We did not count Fenwold, because {lacking}.")
    assert authorities(ask("Which authorities improved since 2018 and are good now?")) == ["Orle"]


def test_a_question_for_one_date_or_person_asks_for_the_authority(ask: Ask) -> None:
    for text in ("Who was the lead inspector?", "When was the report published?"):
        answer = ask(text)
        assert answer is not None
        assert not answer.answered
        assert "which authority" in answer.summary.sentence


def test_the_authority_comes_from_an_earlier_question(ask: Ask) -> None:
    answer = ask("Who was the lead inspector?", "How was Orle rated overall?")
    assert answer is not None
    assert answer.summary.sentence == "The lead inspector of Orle’s inspection of 16 June 2023 was Di Pell."


@pytest.mark.parametrize(
    "text",
    [
        "Which councils support care leavers?",
        "Which schools are rated good?",
        "Which councils have good practice?",
        "Why are councils good at this?",
        "What needs to improve in councils rated good?",
        "How many children are in care in Orle?",
        "What did inspectors say about supervision in Orle?",
    ],
)
def test_what_reports_say_does_not_follow_from_facts(ask: Ask, text: str) -> None:
    assert ask(text) is None


def test_the_order_of_the_reports_changes_nothing(store: Store) -> None:
    def items(reports: tuple[Report, ...]) -> object:
        question = interpret_in_context("Which authorities were not rated good?", (), reports, TODAY)
        answer = answer_from_facts(FactScope(question, reports, store))
        return answer and answer.items

    assert items(store.reports) == items(store.reports[::-1])


def test_the_history_of_a_grade_has_an_inspection_without_a_date(tmp_path: Path) -> None:
    undated = replace(inspection("Hesk", "2023-02-10", "overall=r"), inspected_from=None, inspected_to=None)
    reports = (inspection("Hesk", "2019-06-14", "overall=g"), undated)
    store = store_of(reports, tmp_path)
    question = interpret_in_context("How has the overall grade of Hesk changed over time?", (), reports, TODAY)
    answer = answer_from_facts(FactScope(question, reports, store))
    assert answer is not None
    assert answer.summary.sentence == "Overall, Hesk was rated Good in June 2019."
    assert answer.note == (
        "Hesk’s undated inspection gave Requires improvement overall. We do not know if it came before or after the "
        "others."
    )
    assert [row.report for item in answer.items for row in item] == [reports[0], undated]


def test_a_date_at_which_a_grade_was_given_has_the_grade(ask: Ask) -> None:
    answer = ask("When was Orle first rated good?")
    assert answer.summary.sentence.endswith("Orle was rated Good overall.")
    (item,) = answer.items
    assert [row.judgement.grade.lower() if row.judgement else row.fact for row in item] == [FactName.INSPECTED, "good"]
    assert len(ask("When was Orle last inspected?").items[0]) == 1


def test_an_authority_without_a_full_inspection_is_named_apart_from_those_since_their_last_one(tmp_path: Path) -> None:
    reports = (
        inspection("Orle", "2019-05-17", "overall=r"),
        inspection("Orle", "2024-02-07", kind=Kind.FOCUSED_VISIT),
        inspection("Hesk", "2024-06-05", kind=Kind.FOCUSED_VISIT),
    )
    store = store_of(reports, tmp_path)
    for text, sentence in (
        (
            "Which authorities have had a visit since their last full inspection?",
            "The one authority in our reports has had a visit since its last full inspection.",
        ),
        (
            "Which authorities have had no visit since their last full inspection?",
            "No authority in our reports has had no visits since its last full inspection.",
        ),
    ):
        question = interpret_in_context(text, (), store.reports, TODAY)
        answer = answer_from_facts(FactScope(question, store.reports, store))
        assert answer is not None
        assert answer.summary.sentence == sentence
        assert answer.note == "We did not count Hesk, because we have no full inspection of it."


@pytest.mark.parametrize(
    ("text", "year", "noun"),
    [
        ("What's the latest report for each authority?", 2024, "inspection or visit"),
        ("When was each council last visited?", 2024, "visit"),
        ("most recent inspection of each council", 2023, "inspection"),
    ],
)
def test_the_latest_report_of_each_authority_may_be_on_a_visit(ask: Ask, text: str, year: int, noun: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.summary.sentence.startswith(f"We list when the latest {noun} took place") or len(answer.items) < 6
    orle = [item[0].report for item in answer.items if item[0].report.authority == "Orle"]
    assert [report.inspected_to.year for report in orle if report.inspected_to] == [year]


def test_a_grade_that_no_inspection_gave_has_no_date(ask: Ask) -> None:
    answer = ask("When was Wexcombe last good?")
    assert answer is not None
    assert answer.summary.sentence == (
        "No graded inspection in our reports rated Wexcombe Good overall. Overall, Wexcombe was rated Requires "
        "improvement in January 2025."
    )


def test_all_areas_of_an_authority_are_not_all_areas_of_england(ask: Ask) -> None:
    answer = ask("give me Orle's grades inspection by inspection, all areas")
    assert answer is not None
    assert [item[0].report.inspected_to.year for item in answer.items if item[0].report.inspected_to] == [
        2016, 2019, 2023,
    ]  # fmt: skip


def test_a_percentage_may_be_asked_with_its_sign(ask: Ask) -> None:
    answer = ask("what % of authorities improved at their last inspection?")
    assert answer is not None
    assert "per cent." in answer.summary.sentence


def test_changes_come_in_the_order_that_is_asked_for(ask: Ask) -> None:
    answer = ask("Which authorities were given a different overall grade? Newest first")
    assert answer is not None
    days = [item[1].report.inspected_to for item in answer.items]
    assert len(days) > 1
    assert days == sorted(days, key=str, reverse=True)


def test_a_list_of_inspections_does_not_ignore_an_area(ask: Ask) -> None:
    question = "Which inspections of Orle since 2018 on leadership?"
    assert interpret_in_context(question, (), REPORTS, TODAY).conditions.wanted is Wanted.SENTENCES


@pytest.mark.parametrize(
    "text",
    [
        "Which authorities improved at their latest inspection compared with the one before?",
        "which councils went up overall at the last full inspection compared to the previous one",
        "for which authorities did the overall grade improve between the last two inspections?",
    ],
)
def test_words_for_the_inspection_before_are_part_of_a_change(ask: Ask, text: str) -> None:
    assert authorities(ask(text)) == ["Orle"]


@pytest.mark.parametrize(
    "text",
    [
        "Which authorities got worse for leaders at their latest inspection, not overall?",
        (
            "For which authorities did the leadership judgement get worse between the last two inspections? not overall, "
            "leadership only"
        ),
    ],
)
def test_an_area_counts_although_the_question_rules_out_the_overall_grade(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer is not None
    assert {row.judgement.area for item in answer.items for row in item if row.judgement} == {
        "The impact of leaders on social work practice with children and families"
    }
