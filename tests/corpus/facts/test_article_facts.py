from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts.article_facts import follows_judgement, visit_of, visited_on

DAYS = st.dates(date(2012, 1, 1), date(2029, 12, 1))
FILLER = "Families in Westmarsh speak well of their social workers. "


@pytest.mark.parametrize(
    ("text", "visit"),
    [
        ("Inspectors were in Westmarsh for the second monitoring visit.", "second monitoring visit"),
        ("Its SIXTH Monitoring Visit", "sixth monitoring visit"),
        ("It was the third quarterly monitoring visit to Westmarsh.", "third monitoring visit"),
        ("the first focused visit", "first focused visit"),
        ("the final monitoring visits", "final monitoring visit"),
        ("the fifth\nmonitoring visit", "fifth monitoring visit"),
        ("Much has changed since the first monitoring visit, says the letter on the second monitoring visit.", "second monitoring visit"),
    ],
)  # fmt: skip
def test_an_article_is_about_the_last_visit_that_it_names_by_number(text, visit):
    assert visit_of(text) == visit


@pytest.mark.parametrize(
    "text",
    ["", "Inspectors made a monitoring visit.", "its second inspection", "the third visit", "two monitoring visits"],
)
def test_a_visit_without_a_number_stays_unknown(text):
    assert visit_of(text) is None


@pytest.mark.parametrize(
    "to_come",
    [
        "A third monitoring visit is expected in the autumn.",
        "A third monitoring visit is planned.",
        "The third monitoring visit will take place in the autumn.",
        "The third monitoring visit will be held in the autumn.",
        "The third monitoring visit will follow.",
        "A third monitoring visit has been planned.",
        "The third monitoring visits are due in May.",
    ],
)
def test_a_future_visit_is_not_the_one_reported(to_come):
    assert visit_of(f"The second monitoring visit found progress. {to_come}") == "second monitoring visit"
    assert visit_of(f"{to_come} The second monitoring visit found progress.") == "second monitoring visit"
    assert visit_of(f"Inspectors made a monitoring visit. {to_come}") is None


@pytest.mark.parametrize(
    "phrase", ["was expected to be hard", "has found progress", "is over", "and the plan it led to"]
)
def test_a_past_visit_is_the_one_reported(phrase):
    assert visit_of(f"The third monitoring visit {phrase}.") == "third monitoring visit"


FOUND = "The second monitoring visit on 7 and 8 May 2024 found progress."


def test_only_the_opening_says_what_an_article_is_about():
    late = FILLER * 60 + "The second monitoring visit on 7 and 8 May 2024 follows a judgement: inadequate in June 2022."
    assert (visit_of(late), visited_on(late), follows_judgement(late)) == (None, None, None)


@given(
    DAYS,
    st.integers(1, 20),
    st.sampled_from([" and ", " to ", " – "]),
    st.sampled_from(["on", "between", "from", "of"]),
)
def test_the_days_of_a_visit_are_read_from_a_sentence(first, days, joint, word):
    last = first + timedelta(days)
    begun = f"{first.day} {first:%B} {first.year}" if first.month != last.month else f"{first.day}"
    text = f"{FILLER}Inspectors made a monitoring visit {word} {begun}{joint}{last.day} {last:%B} {last.year}. {FILLER}"
    assert visited_on(text) == (first, last)


@pytest.mark.parametrize(
    "printed",
    [
        "7 and 8 May 2024",
        "7th and 8th May 2024",
        "Tuesday 7 and Wednesday 8 May 2024",
        "Tuesday, 7 May and Wednesday, 8 May 2024",
        "Tuesday 7th to Wednesday 8th May, 2024",
        "7–8 May 2024, 14 months after it began",
    ],
)
def test_the_days_of_a_visit_are_read_in_every_printed_form(printed):
    assert visited_on(f"The visit took place on {printed}. {FILLER}") == (date(2024, 5, 7), date(2024, 5, 8))


def test_the_dates_of_an_inspection_are_not_taken_for_those_of_the_visit():
    inspection, visit = "The inspection on 3 May 2022 found harm.", "The visit on 7 May 2024 found progress."
    assert visited_on(f"{inspection} {visit}") == visited_on(f"{visit} {inspection}") == (date(2024, 5, 7),) * 2
    assert visited_on(f"{inspection} Inspectors came back for a visit in the spring.") is None
    assert visited_on(f"{inspection} {FILLER}") == (date(2022, 5, 3),) * 2


@given(DAYS)
def test_a_day_that_is_repeated_is_still_a_visit_of_one_day(day):
    printed_day = f"{day.day} {day:%B} {day.year}"
    text = f"The visit on {printed_day} was short. {FILLER}The visit to Westmarsh of {printed_day} was welcome."
    assert visited_on(text) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Inspectors were in Westmarsh on 7 and 8 May 2024.",
        "The council met on 7 May 2024 to talk of the visit.",
        "The visit on 7 and 8 May was welcome.",
        "The inspection in May 2024 was welcome.",
        "The visit went well. On 7 May 2024 the council met.",
        "The visit on 31 June 2024 was welcome.",
        "A visit to each of 12 homes in May 2024 followed.",
    ],
)
def test_days_that_may_not_be_those_of_the_visit_are_left_out(text):
    assert visited_on(text) is None


def test_the_days_of_two_visits_leave_both_unknown():
    assert visited_on("The visit on 7 May 2024 went well. The visit on 9 July 2024 went better.") is None


def test_an_article_that_names_two_visits_has_no_days():
    text = "The first monitoring visit on 7 and 8 May 2024 was hard. Staff look back on it after the second monitoring visit."
    assert visited_on(text) is None
    same = "The second monitoring visit on 7 and 8 May 2024 went well. Staff speak of the Second monitoring visit."
    assert visited_on(same) == (date(2024, 5, 7), date(2024, 5, 8))


@pytest.mark.parametrize(
    ("text", "judgement"),
    [
        ("Services were judged inadequate in June 2022.", "inadequate in June 2022"),
        ("Services were rated Inadequate, in June 2022.", "Inadequate in June 2022"),
        ("which was graded as outstanding in March 2019 and", "outstanding in March 2019"),
        ("found to be good in Sept 2021", "good in Sept 2021"),
        ("judged to require improvement. Then rated requires improvement in May 2023.", "requires improvement in May 2023"),
        ("judged as requiring improvement to be good in May 2023", "requiring improvement to be good in May 2023"),
        ("judged inadequate in June 2022, and rated good in May 2024", "inadequate in June 2022"),
        ("was rated ‘inadequate’ in June 2022", "inadequate in June 2022"),
        ("was judged to be “requires improvement”, in June 2022", "requires improvement in June 2022"),
        ('was graded "Outstanding" in June 2022', "Outstanding in June 2022"),
        ("was found to be 'good', in June 2022", "good in June 2022"),
    ],
)  # fmt: skip
def test_the_judgement_before_a_visit_is_read_as_printed_with_its_month(text, judgement):
    assert follows_judgement(text) == judgement


@pytest.mark.parametrize(
    "text",
    ["", "judged inadequate", "judged inadequate in 2022", "judged inadequate last June", "good schools in June 2022"],
)
def test_a_judgement_without_its_month_is_left_out(text):
    assert follows_judgement(text) is None


@pytest.mark.parametrize("phrase", ["has been held", "has been followed by a letter"])
def test_a_visit_that_has_taken_place_is_not_a_future_one(phrase):
    assert visit_of(f"The second monitoring visit {phrase}.") == "second monitoring visit"


@pytest.mark.parametrize("phrase", ["is now planned", "is scheduled for May", "is to take place in May"])
def test_a_future_visit_is_recognised_in_other_words(phrase):
    assert (
        visit_of(f"The second monitoring visit found progress. A third monitoring visit {phrase}.")
        == "second monitoring visit"
    )


def test_a_future_visit_does_not_hide_the_days_of_the_one_reported():
    assert visited_on(f"{FOUND} A third monitoring visit is expected in the autumn.") == (
        date(2024, 5, 7),
        date(2024, 5, 8),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Inspectors made a monitoring visit. The next visit will take place on 5 November 2024.",
        "The monitoring visit found progress since the inspection on 7 May 2022.",
        "The report of the visit was published on 3 June 2024.",
    ],
)
def test_other_dates_in_a_sentence_about_the_visit_are_not_its_days(text):
    assert visited_on(text) is None
