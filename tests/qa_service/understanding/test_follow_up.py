from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import FULL_INSPECTIONS, VISITS, Kind
from qa_service.types import AnswerStatus
from qa_service.understanding.follow_up import interpret_in_context
from qa_service.understanding.grade_questions import asks_for_grade
from qa_service.understanding.interpretation import interpret


@pytest.fixture
def after(known, make_report):
    """The last of some questions, asked after the others."""
    reports = [make_report(f"{name}.txt", authority=name) for name in known]
    return lambda *questions: interpret_in_context(questions[-1], questions[:-1], reports)


@pytest.fixture(scope="module")
def after_dated(known, make_report):
    """The last of some questions, asked after the others of reports with days: Westmarsh's of four, others' of 2023."""
    held = [
        ("Westmarsh", Kind.SINGLE_INSPECTION, date(2016, 5, 13)),
        ("Westmarsh", Kind.ILACS, date(2019, 5, 10)),
        ("Westmarsh", Kind.FOCUSED_VISIT, date(2021, 11, 3)),
        ("Westmarsh", Kind.ILACS, date(2023, 9, 22)),
        *((name, Kind.ILACS, date(2023, 3, 3)) for name in known if name != "Westmarsh"),
    ]
    reports = [
        make_report(f"{name}{day}", authority=name, kind=kind, inspected_from=day, inspected_to=day)
        for name, kind, day in held
    ]
    return lambda *questions: interpret_in_context(questions[-1], questions[:-1], reports)


HOUSED = "How are care leavers housed in Westmarsh?"
HOUSED_2019 = "How are care leavers housed in Westmarsh in 2019?"
HOUSED_IN_TWO = "How are care leavers housed in Westmarsh and Aldermere?"
GRADED = "What grade did Westmarsh get for leadership?"
SUBJECT = "How are care leavers housed?"


def years(standalone):
    return [period.first.year for period in standalone.periods]


def test_a_comparison_with_a_subject_of_its_own_stands_alone(after):
    made = after(HOUSED, "Compare supervision of social workers in Aldermere and Carrowby")
    assert made.authorities == ("Aldermere", "Carrowby")
    assert made.carried_over == ()
    between = after(HOUSED, HOUSED.replace("Westmarsh", "Aldermere"), "Which was better, Westmarsh or Aldermere?")
    assert between.search_text.startswith(interpret(HOUSED, ("Westmarsh",)).search_text)


def test_what_was_taken_off_is_not_carried_over(known, make_report):
    reports = [make_report(f"{name}.txt", authority=name) for name in known]
    asked = ("And how many move far away?", [HOUSED_2019], reports)
    assert years(interpret_in_context(*asked)) == [2019]
    assert years(interpret_in_context(*asked, rejected_before=[("2019",)])) == []
    taken_off = interpret_in_context(HOUSED_2019, [], reports, ("2019", "Westmarsh"))
    assert (taken_off.authorities, taken_off.periods) == ((), ())


def test_a_first_question_stands_alone(after, known):
    text = "and what about them there?"
    assert after(text) == interpret(text, known)
    assert after(text).carried_over == ()


def test_the_authority_is_carried_over_and_said(after):
    made = after("How are care leavers housed in Westmarsh?", "How many social workers hold too many cases there?")
    assert made.authorities == ("Westmarsh",)
    assert made.parts[0].authorities == ("Westmarsh",)
    assert "about Westmarsh" in made.carried_over
    assert "care leavers" not in made.search_text


def test_the_time_and_the_kind_are_carried_over_with_the_authority(after):
    made = after("What did the 2019 inspection of Westmarsh find on neglect?", "and what about dental checks?")
    assert years(made) == [2019]
    assert made.parts[0].periods == made.periods
    assert Kind.ILACS in made.kinds
    assert "in 2019" in made.carried_over


def test_a_time_of_its_own_replaces_the_one_before(after):
    made = after("How are care leavers housed in Westmarsh in 2019?", "and in 2023?")
    assert made.authorities == ("Westmarsh",)
    assert years(made) == [2023]
    assert "care leavers housed" in made.search_text
    assert "in 2019" not in made.carried_over


def test_a_new_authority_takes_the_old_subject_but_not_the_old_time(after):
    made = after("How are care leavers housed in Westmarsh in 2019?", "What about Aldermere?")
    assert made.authorities == ("Aldermere",)
    assert made.parts[0].authorities == ("Aldermere",)
    assert years(made) == []
    assert made.search_text == "How are care leavers housed?"
    assert made.carried_over == ("“How are care leavers housed?”",)


def test_a_short_question_that_names_no_authority_is_about_the_one_before(after):
    made = after("How are care leavers housed in Westmarsh?", "Are caseloads manageable for social workers?")
    assert made.authorities == ("Westmarsh",)


@pytest.mark.parametrize(
    "text",
    [
        "Is fostering in Northwold well run?",
        "Which councils pay a setting-up allowance of over two thousand pounds for young adults?",
    ],
)
def test_a_new_topic_carries_nothing_over(after, known, text):
    made = after("How are care leavers housed in Westmarsh in 2019?", text)
    assert made == interpret(text, known)
    assert made.carried_over == ()


@pytest.mark.parametrize(
    "text",
    [
        "What do grandparents and other kinship carers across England say that they most want from their council?",
        "Which councils make sure that children see a dentist before their first review in care?",
    ],
)
def test_a_whole_new_question_with_a_pronoun_inside_carries_nothing_over(after, text):
    made = after("How are care leavers housed in Westmarsh in 2019?", text)
    assert made.authorities == ()


def test_a_chain_of_three_keeps_the_subject_through_two_authorities(after):
    made = after("How are care leavers housed in Westmarsh?", "What about Aldermere?", "and Northwold?")
    assert made.authorities == ("Northwold",)
    assert made.search_text == "How are care leavers housed?"


def test_a_chain_of_three_keeps_the_authority_and_the_last_time(after):
    made = after("Are caseloads manageable in Westmarsh in 2019?", "and in 2023?", "and what about supervision?")
    assert made.authorities == ("Westmarsh",)
    assert years(made) == [2023]
    assert "supervis" in made.search_text


def test_a_chain_is_broken_by_a_new_topic(after):
    made = after(
        "How are care leavers housed in Westmarsh in 2019?", "Is fostering in Northwold well run?", "and adoption?"
    )
    assert made.authorities == ("Northwold",)
    assert years(made) == []


@pytest.mark.parametrize("text", ["why?", "and?", "there?", "???", "Westmarsh"])
def test_the_shortest_follow_up_has_words_to_search(after, text):
    assert after("How are care leavers housed in Westmarsh?", text).search_text.strip()


@pytest.mark.parametrize("text", ["and what about drugs and county lines?", "why?"])
def test_a_time_carried_over_is_told_as_it_was_written(after, text):
    made = after("What was found in Westmarsh on exploitation in 2019?", text)
    assert made.labels == ("Westmarsh", "2019")


def test_a_time_carried_over_twice_is_told_as_it_was_written(after):
    made = after("Are caseloads manageable in Westmarsh in 2019?", "and dental checks?", "and supervision?")
    assert years(made) == [2019]
    assert "in 2019" in made.carried_over


@pytest.mark.parametrize(
    "text",
    ["and there?", "What about that one?", "Is it better there?", "and the other one?", "Is the council good?",
     "AND THERE???", "What happened at the inspection?", "and the one before?", "and before?", "THERE"],
)  # fmt: skip
def test_what_may_mean_either_of_two_authorities_is_asked_back(after, text):
    made = after(HOUSED_IN_TWO, text)
    assert [(choice.label, choice.count) for choice in made.choices] == [("Westmarsh", 1), ("Aldermere", 1)]
    assert made.authorities == ("Westmarsh", "Aldermere")
    assert made.carried_over == ()


def test_each_of_three_authorities_is_offered_with_its_reports(after_dated):
    made = after_dated("How are care leavers housed in Northwold, Westmarsh and Pellbrook?", "and there?")
    assert [(choice.label, choice.count) for choice in made.choices] == [
        ("Northwold", 1),
        ("Westmarsh", 4),
        ("Pellbrook", 1),
    ]


@pytest.mark.parametrize("text", ["and there?", "What about that one?", "and there in 2019?", "AND THERE  ?"])
def test_a_choice_asks_of_its_authority_alone_and_leaves_nothing_to_choose(after, text):
    for choice in after(HOUSED_IN_TWO, text).choices:
        made = after(HOUSED_IN_TWO, choice.question)
        assert made.authorities == (choice.label,)
        assert made.search_text == SUBJECT
        assert made.choices == ()


def test_a_choice_reads_as_one_question(after):
    assert [choice.question for choice in after(HOUSED_IN_TWO, "and there?").choices] == [
        "How are care leavers housed (Westmarsh)?",
        "How are care leavers housed (Aldermere)?",
    ]


@pytest.mark.parametrize(
    ("text", "authorities"),
    [
        ("and there in Westmarsh?", ("Westmarsh",)),
        ("What about Northwold?", ("Northwold",)),
        ("and neglect?", ("Westmarsh", "Aldermere")),
        ("and in 2019?", ("Westmarsh", "Aldermere")),
        ("why?", ("Westmarsh", "Aldermere")),
        ("Which one is better?", ("Westmarsh", "Aldermere")),
    ],
)
def test_nothing_is_asked_back_where_one_is_named_or_all_are_meant(after, text, authorities):
    made = after(HOUSED_IN_TWO, text)
    assert made.choices == ()
    assert made.authorities == authorities


@pytest.mark.parametrize("text", ["and there?", "What about that one?", "and before?"])
def test_nothing_is_asked_back_after_one_authority_or_none(after, text):
    assert after(HOUSED, text).choices == ()
    assert after(HOUSED, "What about Aldermere?", text).choices == ()
    assert after("How are care leavers housed?", text).choices == ()
    assert after(text).choices == ()


def test_an_answer_that_asks_back_shows_the_choices(ask):
    answer = ask("and there?", HOUSED_IN_TWO)
    assert answer.status is AnswerStatus.CLARIFICATION
    assert [choice.label for choice in answer.choices] == ["Westmarsh", "Aldermere"]
    assert all(choice.count > 0 for choice in answer.choices)
    assert answer.statements == ()


@pytest.mark.parametrize(
    "second", ["How are care leavers housed in Aldermere?", "What about Aldermere?", "and aldermeer?"]
)
@pytest.mark.parametrize(
    "text",
    ["Which is better?", "which one is worse", "Which of the two is better?", "Compare the two", "compare them!",
     "Are both good?", "How do they differ?", "What is the difference?", "Which of them has more?", "Who does better?"],
)  # fmt: skip
def test_the_last_two_questions_are_compared_on_their_subject(after, second, text):
    made = after(HOUSED, second, text)
    assert made.authorities == ("Westmarsh", "Aldermere")
    assert [part.authorities for part in made.parts] == [("Westmarsh",), ("Aldermere",)]
    assert SUBJECT.rstrip("?") in made.search_text
    assert made.choices == ()


def test_which_of_three_compares_all_three_and_which_of_two_the_last_two(after):
    chain = (HOUSED, "and Aldermere?", "and Northwold?")
    assert after(*chain, "Which is better?").authorities == ("Westmarsh", "Aldermere", "Northwold")
    assert after(*chain, "Which of the two is better?").authorities == ("Aldermere", "Northwold")
    assert after(*chain, "Are both good?").authorities == ("Aldermere", "Northwold")


def test_a_comparison_leaves_out_an_earlier_question_on_another_subject(after):
    made = after("Is fostering good in Pellbrook?", HOUSED, "and Aldermere?", "Which is better?")
    assert made.authorities == ("Westmarsh", "Aldermere")


@pytest.mark.parametrize("text", ["What changed?", "which was better?", "compare the two", "How do they differ?"])
def test_two_times_of_one_authority_are_compared(after_dated, text):
    made = after_dated(HOUSED_2019, "and in 2023?", text)
    assert made.authorities == ("Westmarsh",)
    assert years(made) == [2019, 2023]
    assert [part.periods[0].first.year for part in made.parts] == [2019, 2023]
    assert made.search_text == SUBJECT


@pytest.mark.parametrize(
    "text",
    ["Compare that with Aldermere", "How does it compare with Aldermere?", "How does that differ from Aldermere?",
     "Which is better, that or Aldermere?"],
)  # fmt: skip
def test_the_authority_before_is_compared_with_the_one_named_now(after, text):
    made = after(HOUSED_2019, text)
    assert made.authorities == ("Westmarsh", "Aldermere")
    assert made.search_text == SUBJECT
    assert years(made) == [2019]


@pytest.mark.parametrize("text", ["Which is better?", "Compare them", "Are both good?"])
def test_a_comparison_of_one_thing_stays_with_it(after, text):
    made = after(HOUSED, text)
    assert made.authorities == ("Westmarsh",)
    assert made.choices == ()


FOSTERING = "Is fostering in Northwold well run?"


@pytest.mark.parametrize(
    "text",
    ["back to Westmarsh", "Going back to Westmarsh.", "OK, coming back to Westmarsh please", "BACK TO WESTMARSH!",
     "go back to westmrash"],
)  # fmt: skip
def test_going_back_takes_up_the_last_question_on_that_authority(after, text):
    made = after("Are caseloads high in Westmarsh?", HOUSED_2019, FOSTERING, text)
    assert made.authorities == ("Westmarsh",)
    assert made.search_text == SUBJECT
    assert years(made) == [2019]


def test_going_back_with_another_time_or_subject_keeps_the_rest(after):
    made = after(HOUSED_2019, FOSTERING, "Back to Westmarsh, and in 2023?")
    assert (made.search_text, years(made)) == (SUBJECT, [2023])
    made = after(HOUSED_2019, FOSTERING, "Back to Westmarsh, is neglect dealt with?")
    assert "neglect" in made.search_text
    assert "care leavers" not in made.search_text
    assert years(made) == [2019]


def test_going_back_to_an_authority_that_nothing_was_asked_of_carries_nothing_over(after):
    made = after(HOUSED_2019, FOSTERING, "Back to Carrowby: how are caseloads?")
    assert made.authorities == ("Carrowby",)
    assert made.carried_over == ()
    assert years(made) == []


@pytest.mark.parametrize(
    "text",
    ["Sorry, I meant Aldermere", "sorry i meant aldermere", "I mean Aldermere", "Aldermere, I mean", "SORRY ALDERMERE!",
     "sorry, aldermeer"],
)  # fmt: skip
def test_another_authority_for_a_slip_keeps_the_subject_and_the_time(after, text):
    made = after(HOUSED_2019, text)
    assert made.authorities == ("Aldermere",)
    assert made.search_text == SUBJECT
    assert years(made) == [2019]


def test_a_slip_put_right_may_name_two_authorities(after):
    made = after(HOUSED_2019, "Sorry, I meant Aldermere and Northwold")
    assert made.authorities == ("Aldermere", "Northwold")
    assert [part.periods[0].first.year for part in made.parts] == [2019, 2019]


@pytest.mark.parametrize("text", ["I meant in 2023", "sorry I meant 2023", "Sorry, 2023"])
def test_another_time_for_a_slip_keeps_the_subject_and_the_authority(after, text):
    made = after(HOUSED_2019, text)
    assert made.authorities == ("Westmarsh",)
    assert made.search_text == SUBJECT
    assert years(made) == [2023]


def test_another_subject_for_a_slip_keeps_the_authority_and_the_time(after):
    made = after(HOUSED_2019, "Sorry, I meant disabled children")
    assert made.authorities == ("Westmarsh",)
    assert "disabled children" in made.search_text
    assert "housed" not in made.search_text
    assert years(made) == [2019]


@pytest.mark.parametrize(
    "text",
    [
        "and care leavers?",
        "And for children in care?",
        "What about help and protection?",
        "and overall",
        "and adoption?",
    ],
)
def test_another_graded_area_after_a_grade_asks_for_its_grade(after, text):
    made = after(GRADED, text)
    assert asks_for_grade(made)
    assert made.authorities == ("Westmarsh",)
    assert "the grade" in made.carried_over
    assert "leadership" not in made.text


def test_grades_are_asked_for_through_a_chain_of_areas_authorities_and_times(after):
    made = after(GRADED, "and care leavers?", "and adoption?")
    assert asks_for_grade(made)
    made = after(GRADED, "and Aldermere?")
    assert asks_for_grade(made)
    assert made.authorities == ("Aldermere",)
    made = after(GRADED, "and in 2019?")
    assert asks_for_grade(made)
    assert years(made) == [2019]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (GRADED, "and dental checks?"),
        (GRADED, "Why?"),
        (GRADED, "How do social workers help care leavers to find a flat?"),
        (HOUSED, "and children in care?"),
        ("Why was Westmarsh graded inadequate for leadership?", "and care leavers?"),
    ],
)
def test_no_grade_is_asked_for_where_a_finding_is(after, before, text):
    made = after(before, text)
    assert not asks_for_grade(made)
    assert "the grade" not in made.carried_over


@pytest.mark.parametrize(
    "text",
    ["Do they feel safe?", "How long do they wait?", "Who helps them?", "How many of them are in education?",
     "Who holds their records?", "Is there enough of it?", "how often do social workers see THEM?"],
)  # fmt: skip
def test_a_pronoun_brings_the_subject_before_its_own_words(after, text):
    made = after(HOUSED_2019, text)
    assert made.search_text == f"{SUBJECT} {text}"
    assert made.authorities == ("Westmarsh",)
    assert f"“{SUBJECT}”" in made.carried_over


@pytest.mark.parametrize(
    "text", ["What do they say?", "Why is that?", "tell me more", "Which ones?", "what else?", "that?"]
)
def test_a_question_of_pronouns_alone_is_on_the_subject_before(after, text):
    assert after(HOUSED_2019, text).search_text == SUBJECT


@pytest.mark.parametrize(
    "text",
    [
        "How many social workers hold too many cases there?",
        "and dental checks that year?",
        "Are foster carers trained?",
    ],
)
def test_a_word_for_the_place_or_the_time_brings_no_subject(after, text):
    made = after(HOUSED_2019, text)
    assert "housed" not in made.search_text
    assert made.authorities == ("Westmarsh",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("and two years later?", "2021-01-01", "2021-12-31"),
        ("AND TWO YEARS LATER???", "2021-01-01", "2021-12-31"),
        ("four years on?", "2023-01-01", "2023-12-31"),
        ("three years before that?", "2016-01-01", "2016-12-31"),
        ("and that year?", "2019-01-01", "2019-12-31"),
        ("the one before?", "2016-05-13", "2016-05-13"),
        ("and the one after that?", "2023-09-22", "2023-09-22"),
        ("the next visit?", "2021-11-03", "2021-11-03"),
        ("and the next full inspection", "2023-09-22", "2023-09-22"),
        ("has that been put right?", "2023-09-22", "2023-09-22"),
        ("and since then?", "2019-05-11", "9999-12-31"),
        ("Was it like that before?", "0001-01-01", "2019-05-09"),
    ],
)
def test_a_time_is_told_by_the_time_before(after_dated, text, first, last):
    made = after_dated(HOUSED_2019, text)
    [period] = made.periods
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert made.authorities == ("Westmarsh",)
    assert made.search_text == SUBJECT
    assert made.parts[0].periods == (period,)
    assert any(period.words in told for told in made.carried_over)


def test_steps_are_taken_from_where_the_last_one_led(after_dated):
    assert years(after_dated(HOUSED_2019, "the one before?", "and the one after?")) == [2019]
    assert years(after_dated(HOUSED_2019, "and two years later?", "and two years after that?")) == [2023]
    assert years(after_dated(HOUSED, "the one before?", "the one before that?")) == [2016]


def test_a_step_is_taken_from_the_latest_report_where_no_time_was_named(after_dated):
    assert years(after_dated(HOUSED, "and the inspection before?")) == [2019]
    assert years(after_dated(HOUSED, "and the visit before?")) == [2021]


def test_a_step_from_an_inspection_counts_inspections_unless_visits_are_named(after_dated):
    made = after_dated(HOUSED_2019, "and the visit after?")
    assert years(made) == [2021]
    assert made.kinds == VISITS
    made = after_dated(HOUSED_2019, "and the full inspection after?")
    assert years(made) == [2023]
    assert made.kinds == FULL_INSPECTIONS


def test_years_are_counted_for_another_authority_too(after_dated):
    made = after_dated(HOUSED_2019, "and four years later in Aldermere?")
    assert made.authorities == ("Aldermere",)
    assert years(made) == [2023]
    assert made.search_text == SUBJECT


def test_a_question_may_hold_both_the_time_and_how_far_from_it(after_dated):
    made = after_dated("How were care leavers housed in Westmarsh in 2019 and two years later?")
    assert years(made) == [2019, 2021]
    assert [part.periods[0].first.year for part in made.parts] == [2019, 2021]


@pytest.mark.parametrize("text", ["a year later?", "the one before?", "since then?", "and that year?"])
def test_a_time_told_by_another_means_nothing_where_none_was_before(after_dated, text):
    assert after_dated(text).periods == ()
    assert after_dated("How are care leavers housed?", text).periods == ()


@pytest.mark.parametrize("text", ["and " * 200, "x" * 2000, "there " * 60, "?" * 2000, "🙂", "\u0000", " "])
def test_any_follow_up_ends_in_a_question(after_dated, text):
    question = after_dated(HOUSED_2019, text)
    assert question.parts
    assert set(question.authorities) <= {"Westmarsh"}


def test_a_long_conversation_keeps_its_authority(after_dated):
    made = after_dated(HOUSED_2019, *(["and there?"] * 20), "and neglect?")
    assert made.authorities == ("Westmarsh",)
    assert years(made) == [2019]


TURNS = (
    HOUSED, HOUSED_2019, HOUSED_IN_TWO, GRADED, FOSTERING, "and there?", "Which is better?", "back to Westmarsh", "why?",
    "Sorry, I meant Aldermere", "the one before?", "and two years later?", "since then?", "and care leavers?", "hello",
    "Do they feel safe?", "compare the two", "Was it like that before?", "and in 2023?", "and Northwold?", "???",
)  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(turns=st.lists(st.sampled_from(TURNS), min_size=1, max_size=5))
def test_any_conversation_ends_in_one_reading_that_holds_together(after_dated, known, turns):
    made = after_dated(*turns)
    question = made
    assert question.search_text.strip()
    assert set(question.authorities) <= set(known)
    assert {name for part in question.parts for name in part.authorities} == set(question.authorities)
    assert {period for part in question.parts for period in part.periods} <= set(question.periods)
    assert set(interpret(turns[-1], known).authorities) <= set(question.authorities)
    assert len(made.choices) != 1


@settings(deadline=None, max_examples=25)
@given(turns=st.lists(st.sampled_from(TURNS), max_size=4))
def test_what_stands_alone_reads_the_same_after_any_conversation(after_dated, known, turns):
    text = "Which councils pay a setting-up allowance of over two thousand pounds for young adults?"
    assert after_dated(*turns, text) == interpret(text, known)
