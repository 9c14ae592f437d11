"""Tests of the answers about the grades of an authority over time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.grades import Grade
from corpus.types import Kind
from index.storage.store import Store
from qa_service.answering.facts.history import history_answer
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.conversation.several_questions import several_questions
from qa_service.understanding.histories.types import Form, PastGrades
from tests.made_reports import inspection, store_of
from tests.qa_service.conftest import TODAY

REPORTS = (
    inspection("Orle", "2015-06-12", "overall=r leaders=r joint=g", kind=Kind.SINGLE_INSPECTION),
    inspection("Orle", "2018-06-15", "overall=i leaders=i leavers=g"),
    inspection("Orle", "2020-02-14", "overall=i leaders=r leavers=g"),
    inspection("Orle", "2023-05-19", "overall=g leaders=g leavers=o"),
    inspection("Orle", "2024-05-22", kind=Kind.FOCUSED_VISIT),
    inspection("Orle", "2026-06-12", "leaders=o leavers=g"),
    inspection("Hesk", "2019-10-04", "overall=g leaders=g"),
    inspection("Hesk", "2023-03-03", "overall=i leaders=i"),
    inspection("Tolland", "2021-07-02", "overall=g leaders=g"),
    inspection("Fenwold", "2021-07-02", "leaders=g", unread="overall"),
)
"""Orle’s first report grades care leavers together with children in care. Its last one gives no overall grade."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of the reports above."""
    return store_of(REPORTS, Path(tmp_path_factory.mktemp("history")))


@pytest.fixture(scope="module")
def answered(store: Store):
    """Return a function that answers a question about past grades, or returns None if it cannot."""

    def answer(text: str) -> FactAnswer | None:
        question = interpret_in_context(text, (), store.reports, TODAY)
        assert question.past_grades, text
        return history_answer(FactScope(question, store.reports, store), question.past_grades)

    return answer


def rows(answer: FactAnswer) -> list[tuple[str, int, str]]:
    return [
        (row.report.authority, row.report.inspected_to.year, row.judgement.grade)
        for item in answer.items
        for row in item
    ]


def test_the_record_has_each_grade_and_the_inspections_without_one(answered):
    answer = answered("What is Orle's track record with Ofsted?")
    assert answer.summary.sentence == (
        "Overall, Orle was rated Requires improvement in June 2015, Inadequate in June 2018, Inadequate in February "
        "2020 and Good in May 2023."
    )
    assert answer.note == "Orle’s inspection of 12 June 2026 gave no overall grade, so we list its grades."
    assert [(year, grade) for _, year, grade in rows(answer)] == [
        (2015, "Requires improvement to be good"),
        (2018, "Inadequate"),
        (2020, "Inadequate"),
        (2023, "Good"),
        (2026, "Outstanding"),
        (2026, "Good"),
    ]


def test_a_grade_for_two_areas_together_is_not_counted_as_the_grade_of_one(answered):
    answer = answered("How has Orle been rated for care leavers over time?")
    assert answer.summary.sentence == (
        "For care leavers, Orle was rated Good in June 2018, Good in February 2020, Outstanding in May 2023 and Good in "
        "June 2026."
    )
    assert "inspection of 12 June 2015 gave no separate grade for care leavers" in answer.note


@pytest.mark.parametrize(
    ("question", "yes", "said"),
    [
        ("Has Orle ever been inadequate?", True, "Yes. Overall, Orle was rated Requires improvement in June 2015"),
        ("Has Orle ever been outstanding?", False, "No. Overall, Orle was rated Requires improvement in June 2015"),
        (
            "Has Orle ever been inadequate, and has it improved since?",
            True,
            "It has improved since: Good in May 2023.",
        ),
        ("Was Hesk ever good, and has it improved since?", True, "It has got worse since: Inadequate in March 2023."),
        (
            "Has Hesk ever been inadequate, and has it improved since?",
            True,
            "We have no later report that gives an overall grade, so the grades do not show if it has improved since.",
        ),
        (
            "Has Orle improved since it was inadequate?",
            True,
            "Yes. Orle was last rated Inadequate overall in February 2020. It has improved since: Good in May 2023.",
        ),
        ("Has Hesk improved since it was good?", False, "No. Hesk was last rated Good overall in October 2019."),
        (
            "Has Hesk improved since it was inadequate?",
            None,
            "Hesk was last rated Inadequate overall in March 2023. We have",
        ),
        ("Has Tolland improved since it was inadequate?", None, "No graded inspection in our reports rated Tolland"),
        (
            "Has Orle been inadequate more than once?",
            True,
            "Yes. Orle was rated Inadequate overall at 2 of its 4 graded inspections",
        ),
        (
            "Has Hesk been inadequate twice?",
            False,
            "No. Hesk was rated Inadequate overall at 1 of its 2 graded inspections",
        ),
        ("Has Orle been inadequate three times?", False, "No. Orle was rated Inadequate overall at 2 of its 4"),
        (
            "How many times has Orle been inadequate?",
            None,
            "Orle was rated Inadequate overall at 2 of its 4 graded inspections: in June 2018 and in February 2020.",
        ),
        (
            "How long was Orle inadequate for?",
            None,
            (
                "Orle was rated Inadequate overall at its inspection of 15 June 2018, and had this grade until its inspection "
                "of 19 May 2023, which rated it Good: 4 years 11 months later."
            ),
        ),
        (
            "How long has Hesk been inadequate?",
            None,
            (
                "Hesk was rated Inadequate overall at its inspection of 3 March 2023. This is the latest grade overall that "
                "we have for it."
            ),
        ),
        ("When did Orle stop being inadequate?", None, "until its inspection of 19 May 2023, which rated it Good"),
        (
            "Since when has Orle been good?",
            None,
            (
                "Orle was rated Good overall from its inspection of 19 May 2023. It was rated Inadequate before that, in "
                "February 2020."
            ),
        ),
        (
            "Is Hesk still inadequate?",
            True,
            "Yes. Overall, Hesk was rated Good in October 2019 and Inadequate in March",
        ),
        ("Is Tolland still inadequate?", False, "No. Overall, Tolland was rated Good in July 2021."),
        ("Is Orle still good?", None, "Overall, Orle was rated Requires improvement"),  # the last gave no such grade
        (
            "What is the best grade Orle has ever had?",
            None,
            "The highest overall grade of Orle was Good, in May 2023.",
        ),
        (
            "What's the lowest grade that Orle has had?",
            None,
            "The lowest overall grade of Orle was Inadequate, in June 2018 and in February 2020.",
        ),
        (
            "What was Orle's grade in 2018 and what is it now?",
            None,
            "Overall, Orle was rated Requires improvement in June 2015, Inadequate in June 2018",
        ),
        ("What was Orle before it was good?", None, "It was rated Inadequate before that, in February 2020."),
        (
            "Since when has Tolland been good?",
            None,
            (
                "Tolland was rated Good overall from its inspection of 2 July 2021. We have no earlier report that gives "
                "this grade."
            ),
        ),
    ],
)
def test_the_sentence_answers_the_question(answered, question, yes, said):
    summary = answered(question).summary
    assert summary.yes is yes
    assert said in summary.sentence


def test_authorities_that_differ_get_no_common_yes_or_no(answered):
    summary = answered("Have Orle and Tolland ever been inadequate?").summary
    assert summary.yes is None
    assert summary.sentence.startswith("Overall, Orle was rated")
    assert "Overall, Tolland was rated Good in July 2021." in summary.sentence


def test_a_grade_that_could_not_be_read_is_named(answered):
    assert answered("What is Fenwold's track record?") is None  # no overall grade is left to state
    answer = answered("What is the grade history of Tolland and Fenwold?")
    assert "No report about Fenwold gives an overall grade." in answer.note


def test_past_grades_without_a_grade_ask_for_the_whole_record():
    with pytest.raises(ValueError, match="names some"):
        PastGrades(Form.EVER)
    with pytest.raises(ValueError, match="about all of them"):
        PastGrades(Form.RECORD, frozenset({Grade.GOOD}))


def test_what_changed_has_the_areas_of_the_last_two_inspections(answered):
    answer = answered("What changed in Hesk between its last two inspections?")
    assert answer.summary.sentence == (
        "From Hesk’s inspection of 4 October 2019 to its inspection of 3 March 2023: Leadership went from Good to "
        "Inadequate and Overall went from Good to Inadequate."
    )
    assert [(year, grade) for _, year, grade in rows(answer)] == [
        (2019, "Good"),
        (2019, "Good"),
        (2023, "Inadequate"),
        (2023, "Inadequate"),
    ]
    assert answered("What changed in Tolland between its last two inspections?") is None
    earlier = answered("Did any areas go down at the 2020 inspection of Orle?")
    assert [year for _, year, _ in rows(earlier)] == [2018, 2018, 2018, 2020, 2020, 2020]
    assert "Leadership went from Inadequate to Requires improvement" in earlier.summary.sentence


def test_a_message_about_past_grades_is_one_question():
    text = "Has Orle ever been inadequate? Has it got better since then?"
    assert several_questions(text, ("Orle",), TODAY) == (text,)


def test_a_time_that_an_earlier_question_names_does_not_hide_grades(store):
    asked = "How long was Orle inadequate for in 2020?", "And before that?"
    question = interpret_in_context(asked[1], (asked[0],), store.reports, TODAY)
    assert question.past_grades is None or not question.periods


def test_a_number_of_times_is_a_count_that_its_rows_prove(answered):
    answer = answered("How many times has Orle been inadequate?")
    assert (answer.summary.count, answer.summary.of, answer.total) == (2, 4, 2)
    assert [(year, grade) for _, year, grade in rows(answer)] == [(2018, "Inadequate"), (2020, "Inadequate")]
    none = answered("How many times has Tolland been inadequate?")
    assert (none.summary.count, len(none.items)) == (0, 1)  # the list shows what was looked at


def test_which_authority_has_the_best_grade_is_another_question(store):
    text = "Which of Orle, Hesk and Tolland has the best overall grade?"
    assert interpret_in_context(text, (), store.reports, TODAY).past_grades is None


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Did Hesk lose its good?", True),
        ("Has Orle got out of inadequate?", True),
        ("Did Tolland lose its good?", False),
    ],
)
def test_a_grade_is_lost_if_a_later_inspection_gave_another(store: Store, text: str, yes: bool) -> None:
    question = interpret_in_context(text, (), store.reports, TODAY)
    assert question.past_grades is not None
    answer = history_answer(FactScope(question, store.reports, store), question.past_grades)
    assert answer is not None
    assert answer.summary.yes is yes
    assert answer.summary.sentence.startswith("Yes." if yes else "No.")


def test_the_areas_that_changed_when_the_overall_grade_moved_are_those_of_that_inspection(answered):
    answer = answered("Which areas changed when Orle went from inadequate to good?")
    assert answer.summary.sentence == (
        "From Orle’s inspection of 14 February 2020 to its inspection of 19 May 2023: Care leavers went from Good to "
        "Outstanding, Leadership went from Requires improvement to Good and Overall went from Inadequate to Good."
    )
    assert {year for _, year, _ in rows(answer)} == {2020, 2023}


def test_a_move_that_never_happened_in_one_step_has_no_such_areas(answered):
    assert answered("Which areas changed when Orle went from requires improvement to good?") is None


def test_a_grade_for_two_areas_together_is_said_to_be_for_both(answered):
    answer = answered("Which areas changed when Orle went from requires improvement to inadequate?")
    assert answer.summary.sentence.endswith(
        "Care leavers had a grade of their own only at the later inspection: Good. The earlier inspection graded them "
        "with children in care: Good."
    )


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("orle - full history of ofsted grades, all of them", None),
        ("Orle: every grade", None),
        ("all of Orle's grades ever", None),
        ("Orle overall grade - whats happened to it since 2014", "overall"),
        ("what's happened to Orle's leadership grade since 2014?", "leaders"),
        ("Orle leadership grade: how has it changed?", "leaders"),
        ("care leavers in Orle: what grade did they get each time", "care-leavers"),
        ("show me Orle's grades each time", None),
    ],
)
def test_notes_ask_for_the_whole_record(store, text, area):
    question = interpret_in_context(text, (), store.reports, TODAY)
    assert question.past_grades, text
    assert question.past_grades.form is Form.RECORD
    assert (question.past_grades.area.key if question.past_grades.area else None) == area


def test_a_report_published_in_the_time_counts_although_the_inspection_was_before(tmp_path):
    made = store_of(
        (
            inspection("Orle", "2016-12-09", "overall=o", published="2017-02-13"),
            inspection("Orle", "2023-02-10", "overall=r", published="2023-03-24"),
        ),
        tmp_path,
    )
    question = interpret_in_context("What's happened to Orle's overall grade since 2017?", (), made.reports, TODAY)
    answer = history_answer(FactScope(question, made.reports, made), question.past_grades)
    assert [year for _, year, _ in rows(answer)] == [2016, 2023]
