from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.types import Answer
from qa_service.understanding.requirements import Requirements, asks_for_writing, requirements_of

QUANTITY, MONEY, ON_OTHERS = Requirements(quantity=True), Requirements(money=True), Requirements(on_others=True)


@pytest.mark.parametrize(
    "question",
    [
        "How many staff are on duty at night in Aldermere?",
        "how long is the autism queue in pellbrook",
        "HOW OFTEN DO STAFF HAVE SUPERVISION?",
        "What proportion of care leavers are in work?",
        "Which percentage of conferences was on time?",
        "What number of children wait?",
        "The number of children in care in Westmarsh?",
        "How many cases does a worker hold on average?",
        "By how much did caseloads fall?",
        "How much money do care leavers get to set up home?",
        "How much of the budget goes on agency staff?",
        "How much time do workers spend on the road?",
        "What percent of care leavers are in work?",
        "How frequently are children seen?",
        "How much attention is paid to health?",
    ],
)
def test_a_question_for_a_quantity_demands_one_and_no_sum_of_money(question: str) -> None:
    assert requirements_of(question) == QUANTITY


@pytest.mark.parametrize(
    "question",
    [
        "How much does Westmarsh pay its foster carers each week?",
        "HOW MUCH ARE FOSTER CARERS PAID?",
        "how much do unregistered placements cost",
        "How much was spent on agency staff in Carrowby?",
        "What salary do new social workers get?",
    ],
)
def test_a_question_for_a_price_demands_a_sum_of_money(question: str) -> None:
    assert requirements_of(question) == MONEY


@pytest.mark.parametrize(
    "question",
    [
        "Which children's homes were rated inadequate?",
        "Which children’s homes were rated inadequate?",
        "Were any residential homes in Westmarsh suspended?",
        "Is the fostering agency judged good?",
        "Was a school in Northwold shut down?",
    ],
)
def test_a_question_for_a_verdict_on_a_home_or_a_school_demands_one(question: str) -> None:
    assert requirements_of(question).on_others


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "Are care leavers well housed?",
        "Who chairs the corporate parenting board?",
        "How do leaders pay attention to neglect?",
        "How are schools told of decisions?",
        "Was Westmarsh judged good in 2023?",
        "Many children wait; how?",
        "How did school closures affect children?",
        "What was the attendance rate at school?",
        "What are the strengths and weaknesses of Westmarsh?",
        "What is good and bad about help for care leavers?",
    ],
)
def test_any_other_question_demands_nothing(question: str) -> None:
    assert requirements_of(question) == Requirements()


WEAKNESS, STRENGTH = Requirements(weakness=True), Requirements(strength=True)


@pytest.mark.parametrize(
    ("question", "demanded"),
    [
        ("What are the weaknesses of help for care leavers in Westmarsh?", WEAKNESS),
        ("WHAT WENT WRONG IN CARROWBY?", WEAKNESS),
        ("What did inspectors criticise in Aldermere?", WEAKNESS),
        ("Why are health assessments late?", WEAKNESS),
        ("What is not working in Northwold?", WEAKNESS),
        ("What are the strengths of Westmarsh?", STRENGTH),
        ("What is Westmarsh good at?", STRENGTH),
        ("what did inspectors praise in aldermere", STRENGTH),
        ("What isn’t working well in Westmarsh?", WEAKNESS),
        ("What does Westmarsh not do well?", WEAKNESS),
    ],
)
def test_a_question_for_what_is_wrong_or_for_what_is_good_demands_that(question: str, demanded: Requirements) -> None:
    assert requirements_of(question) == demanded


@pytest.mark.parametrize(
    ("sentence", "other_way_for"),
    [
        ("Care leavers receive excellent help.", WEAKNESS),
        ("Neglect is now identified well.", WEAKNESS),
        ("Caseloads are too high.", STRENGTH),
        ("PRACTICE IS INCONSISTENT.", STRENGTH),
        ("Help is good, but it comes too late.", None),
        ("Not all plans are good.", None),
        ("The authority looks after 436 children.", None),
        ("", None),
    ],
)
def test_a_sentence_loses_a_little_where_it_tells_only_of_the_other(
    sentence: str, other_way_for: Requirements | None
) -> None:
    for demanded in (WEAKNESS, STRENGTH):
        assert (demanded.penalty(sentence) > 0) is (demanded is other_way_for)
        assert demanded.penalty(sentence) < QUANTITY.penalty("no figure")


def test_a_question_may_demand_two_things() -> None:
    found = requirements_of("How many children's homes does Aldermere run itself, and what are their ratings?")
    assert found == Requirements(quantity=True, on_others=True)
    lacking_both = found.penalty("The homes that the council runs are cosy.")
    assert lacking_both == pytest.approx(QUANTITY.penalty("no figure") + ON_OTHERS.penalty("no verdict"))


@pytest.mark.parametrize(
    "sentence",
    [
        "Caseloads average 17 children.",
        "The longest wait is 19.",
        "In 2023, 84 families were waiting.",
        "Only 58% of children had seen a dentist.",
        "Only 58 % of children had seen a dentist.",
        "In 2024, 1,240 children were waiting.",
        "They receive £3,000 to set up home.",
        "Forty-one per cent of social workers are from agencies.",
        "Almost a third of cases lack a reason.",
        "The number has doubled since the inspection of 2019.",
        "SEVEN WORKERS HAVE LEFT.",
        "Supervision takes place monthly.",
        "Children aged 16 wait for seven weeks.",
        "Under section 20, 14 children came into care.",
        "3. Twelve contacts were unread.",
        "The council spent £3m on it.",
        "One child waited in a hotel.",
        "Supervision takes place fortnightly.",
    ],
)
def test_a_figure_in_digits_or_words_is_a_quantity(sentence: str) -> None:
    assert QUANTITY.penalty(sentence) == 0.0


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Social workers enjoy working here.",
        "The team was set up in September 2023.",
        "Between 2019 and 2023 practice improved.",
        "14-year-olds are seen alone.",
        "Homes are found for 16 to 18-year-olds.",
        "Children aged 16 are seen alone.",
        "Advisers help until they turn 25.",
        "12. Managers had spotted this.",
        "Enquiries under section 47 are thorough.",
        "The children often attend tennis lessons.",
        "Children aged 16 and 17 are seen alone.",
        "Help is for young people 16 to 24.",
        "16- and 17-year-olds are seen alone.",
    ],
)
def test_a_year_an_age_or_the_number_of_a_paragraph_is_no_quantity(sentence: str) -> None:
    assert 0 < QUANTITY.penalty(sentence) < 0.5


@pytest.mark.parametrize(
    "sentence",
    ["They receive £3,000.", "They get £ 40 a week.", "It costs a MILLION a year.", "It is free of charge."],
)
def test_a_sum_of_money_is_found_however_it_is_written(sentence: str) -> None:
    assert MONEY.penalty(sentence) == 0.0


@pytest.mark.parametrize("sentence", ["", "Foster carers feel respected.", "There are 140 foster carers."])
def test_without_a_sum_no_sentence_tells_a_price(sentence: str) -> None:
    assert MONEY.penalty(sentence) > QUANTITY.penalty(sentence)


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("One of the children’s homes was judged inadequate.", True),
        ("One of the children's homes that it runs was suspended.", True),
        ("Inspectors judged both schools good.", True),
        ("The homes are near the sea.", False),
        ("Pupils were suspended from two schools.", False),
        ("Children visit schools. The authority was judged good.", False),
        ("", False),
    ],
)
def test_a_verdict_and_what_it_is_on_stand_in_one_sentence(sentence: str, tells: bool) -> None:
    assert (ON_OTHERS.penalty(sentence) == 0.0) is tells


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=300))
def test_who_demands_nothing_misses_nothing(sentence: str) -> None:
    assert Requirements().penalty(sentence) == 0.0


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 1899), st.lists(st.sampled_from(["in 2019", "aged 16", "of", "section 47", "calm"]), max_size=5))
def test_a_count_is_found_among_years_and_ages_that_are_none(count: int, words: list[str]) -> None:
    around = " ".join(words)
    assert QUANTITY.penalty(f"Workers {around} hold {count:,} cases {around}.") == 0.0
    assert QUANTITY.penalty(f"Workers {around} hold cases {around}.") > 0.0


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["", "Help is good.", "Caseloads are too high.", "£3", "A school was judged good."]), st.data())
def test_to_demand_more_never_costs_a_sentence_less(sentence: str, data: st.DataObject) -> None:
    names = ["quantity", "money", "on_others", "weakness", "strength"]
    more = data.draw(st.sets(st.sampled_from(names)))
    less = data.draw(st.sets(st.sampled_from(sorted(more)))) if more else set()
    lost = [Requirements(**dict.fromkeys(demanded, True)).penalty(sentence) for demanded in (less, more)]
    assert 0.0 <= lost[0] <= lost[1]


@pytest.mark.parametrize(
    "question",
    [
        "Write me a letter to my councillor",
        "write",
        "PLEASE WRITE A SUMMARY OF WESTMARSH",
        "Please, can you draft an email?",
        "Could you help me to write a complaint?",
        "Will you translate this into Polish?",
        "ok so compose a poem about social work",
        "Rewrite the 2019 report in plain English",
        "Hello! Write me a poem",
        "can u write a summary",
    ],
)
def test_what_asks_for_writing_is_seen(question: str) -> None:
    assert asks_for_writing(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Do social workers write letters to children?",
        "Who writes the plans in Westmarsh?",
        "What do care plans create for children?",
        "Are assessments well written?",
        "Are you able to say how plans are drafted?",
        "Draft care plans are late in Westmarsh",
        "Write-ups of visits in Westmarsh",
        "Design of services in Westmarsh",
    ],
)
def test_a_question_about_writing_is_none_for_it(question: str) -> None:
    assert not asks_for_writing(question)


@pytest.mark.parametrize(
    "question",
    [
        "Write me a story about a care leaver in Westmarsh",
        "How much does Westmarsh pay its foster carers each week?",
        "How many children's homes does Aldermere run itself, and what are their ratings?",
    ],
)
def test_what_the_samples_do_not_state_is_refused(ask: Callable[..., Answer], question: str) -> None:
    assert not ask(question).answered


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much did the council add to the base budget in Westmarsh in 2018?", r"£4\.2 million"),
        ("How many staff does Aldermere have on duty after midnight?", r"a single social worker"),
        ("How much do care leavers in Westmarsh get to set up home?", r"£3,000"),
    ],
)
def test_what_the_samples_state_is_answered_with_the_figure(
    ask: Callable[..., Answer], question: str, told: str
) -> None:
    answer = ask(question)
    assert answer.answered
    assert any(re.search(told, statement.text) for statement in answer.statements)
