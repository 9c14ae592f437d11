from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.types import Answer
from qa_service.understanding.mentions import names_of
from qa_service.understanding.requirements import Requirements, asks_for_writing, requirements_of

QUANTITY, MONEY, ON_OTHERS = Requirements(quantity=True), Requirements(money=True), Requirements(on_others=True)
WEAKNESS, STRENGTH = Requirements(weakness=True), Requirements(strength=True)


def test_an_empty_question_demands_nothing() -> None:
    assert requirements_of("") == requirements_of("?") == Requirements()
    assert not asks_for_writing("")


def test_a_missing_figure_costs_more_than_praise_and_less_than_a_missing_sum() -> None:
    praise, fault = "Care leavers receive excellent help.", "Caseloads are too high."
    assert WEAKNESS.penalty(praise) == STRENGTH.penalty(fault) > 0
    assert WEAKNESS.penalty(fault) == STRENGTH.penalty(praise) == 0
    assert WEAKNESS.penalty(praise) < QUANTITY.penalty(praise) < MONEY.penalty(praise) == ON_OTHERS.penalty(praise)


def test_an_empty_sentence_lacks_every_figure_and_takes_no_side() -> None:
    assert 0 < QUANTITY.penalty("") < 0.5 <= MONEY.penalty("") == ON_OTHERS.penalty("")
    assert WEAKNESS.penalty("") == STRENGTH.penalty("") == 0


def test_a_question_may_demand_two_things() -> None:
    found = requirements_of("How many children's homes does Aldermere run itself, and what are their ratings?")
    assert replace(found, mentions=()) == Requirements(quantity=True, counts=True, on_others=True)
    lacking_both = found.penalty("The homes that the council runs are cosy.")
    assert lacking_both == pytest.approx(QUANTITY.penalty("no figure") + ON_OTHERS.penalty("no verdict"))


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=300))
def test_a_question_without_demands_gives_no_penalty(sentence: str) -> None:
    assert Requirements().penalty(sentence) == 0.0


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 1899), st.lists(st.sampled_from(["in 2019", "aged 16", "of", "section 47", "calm"]), max_size=5))
def test_a_count_is_found_among_years_and_ages(count: int, words: list[str]) -> None:
    around = " ".join(words)
    assert QUANTITY.penalty(f"Workers {around} hold {count:,} cases {around}.") == 0.0
    assert QUANTITY.penalty(f"Workers {around} hold cases {around}.") > 0.0


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["", "Help is good.", "Caseloads are too high.", "£3", "A school was judged good."]), st.data())
def test_more_demands_never_lower_the_penalty(sentence: str, data: st.DataObject) -> None:
    names = ["quantity", "money", "on_others", "weakness", "strength"]
    more = data.draw(st.sets(st.sampled_from(names)))
    less = data.draw(st.sets(st.sampled_from(sorted(more)))) if more else set()
    demands: list[dict[str, Any]] = [dict.fromkeys(names, True) for names in (less, more)]
    lost = [Requirements(**demanded).penalty(sentence) for demanded in demands]
    assert 0.0 <= lost[0] <= lost[1]


@pytest.mark.parametrize(
    "question",
    [
        "Write me a story about a care leaver in Westmarsh",
        "How much does Westmarsh pay its foster carers each week?",
        "How many children's homes does Aldermere run itself, and what are their ratings?",
    ],
)
def test_a_question_about_something_the_samples_do_not_state_is_not_answered(
    ask: Callable[..., Answer], question: str
) -> None:
    assert not ask(question).answered


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much did the council add to the base budget in Westmarsh in 2018?", r"£4\.2 million"),
        ("How many staff does Aldermere have on duty after midnight?", r"a single social worker"),
        ("How much do care leavers in Westmarsh get to set up home?", r"£3,000"),
    ],
)
def test_a_question_about_a_figure_in_the_samples_is_answered_with_it(
    ask: Callable[..., Answer], question: str, told: str
) -> None:
    answer = ask(question)
    assert answer.answered
    assert any(re.search(told, statement.text) for statement in answer.statements)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many care leavers are parents?", "Care leavers who are parents are well supported."),
        ("What proportion of visits are on time?", "Most visits in 2023 are on time."),
        ("What percentage of staff are agency workers?", "Managers want fewer agency workers."),
        ("How many children wait?", "Children aged 16 and 17 wait longest."),
        ("How many children wait?", "Care leavers over 21 wait longest."),
        ("Northwold, 2023: in how many places is this recorded?", "It is recorded in several places."),
        ("Is it quick, and how many children wait?", "Care leavers wait longest."),
    ],
)
def test_a_sentence_without_a_number_does_not_say_how_many(question: str, sentence: str) -> None:
    assert requirements_of(question).lacks_number(sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many languages are spoken?", "Families speak over 100 languages."),
        ("How many children were excluded?", "There have been no permanent exclusions."),
        ("How many have apprenticeships?", "Only one care leaver is an apprentice."),
        ("How many people were trained?", "Over one thousand practitioners were trained."),
        ("How many weeks do they wait?", "Waits of over 40 weeks are common."),
        ("How often are they visited?", "They are visited regularly."),
        ("Why are so many late?", "Staff are overloaded."),
        ("Were targets based on how many carers are needed?", "Targets were based on what was done before."),
        ("Where is it known how many children wait?", "Managers in the hub know it."),
    ],
)
def test_a_number_in_words_counts_and_other_questions_need_none(question: str, sentence: str) -> None:
    assert not requirements_of(question).lacks_number(sentence)


def test_the_long_form_of_a_mention_brings_no_further_mentions() -> None:
    asked = requirements_of("How do the ASYEs feel?").mentions  # "assessed and supported year in employment"
    assert names_of(asked) == ["newly qualified workers or students"]


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("How many children wait for a wheelchair?", "Some wait for over 12 months, and are seen weekly.", True),
        ("How many children wait for a wheelchair?", "A total of 30 children wait for over 12 months.", False),
        ("How many weeks do children wait?", "They wait for two weeks.", False),
        ("How many of the children’s homes are good?", "It took six months.", False),
    ],
)
def test_a_length_of_time_is_no_number_of_people(question: str, sentence: str, lacks: bool) -> None:
    assert requirements_of(question).lacks_number(sentence) is lacks
