from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.types import FULL_INSPECTIONS, VISITS, Kind, Report
from qa_service.understanding.relative_times import RelativeTime, find_relative_time, resolve
from qa_service.understanding.times.period import Period, closeness
from qa_service.understanding.times.wording import when

MakeReport = Callable[..., Report]
ANCHOR = date(2019, 5, 10)
DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


def the_relative(text: str) -> RelativeTime:
    told = find_relative_time(text)
    assert told is not None
    return told


def resolved(text: str, reports: list[Report], anchor: date = ANCHOR, kinds: tuple[Kind, ...] = ()) -> Period | None:
    return resolve(the_relative(text), anchor, ("Westmarsh",), kinds, reports)


@pytest.fixture(scope="module")
def inspected(make_report: MakeReport) -> Callable[..., Report]:
    """Return a function that makes a report on an inspection on a given day. It is about Westmarsh by default."""

    def make(day: date, kind: Kind = Kind.ILACS, authority: str = "Westmarsh") -> Report:
        file = f"{authority}{day}{kind}.txt"
        return make_report(file, authority=authority, kind=kind, inspected_from=day, inspected_to=day)

    return make


@pytest.mark.parametrize("text", ["", "???", "2019"])
def test_a_text_without_such_words_has_no_relative_time(text: str) -> None:
    assert find_relative_time(text) is None


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 99),
    st.sampled_from(["later", "on", "after", "afterwards"]),
    st.sampled_from(["earlier", "before", "previously"]),
)
def test_any_number_of_years_is_understood_forwards_and_backwards(count: int, on: str, back: str) -> None:
    assert the_relative(f"and {count} years {on}?").years == count
    assert the_relative(f"and {count} years {back}?").years == -count


FRAGMENTS = (
    "a year later", "two years before that", "the one before", "the next inspection", "since then", "that year",
    "been put right", "it", "before", "after", "a few months earlier", "years", "20", "the", "one", "?", "  ", "2019", "İ",
)  # fmt: skip


@example(["it", "before"], " ")
@example(["the", "one", "before", "?"], "  ")
@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8), st.sampled_from([" ", "\n", ", ", ""]))
def test_the_place_of_a_relative_time_gives_its_words(parts: list[str], between: str) -> None:
    text = between.join(parts)
    told = find_relative_time(text)
    if told is not None:
        assert 0 <= told.start < told.end <= len(text)
        assert told.words == text[told.start : told.end]


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["How were they housed ", "Was that so, ", "İİ ", "and "]),
    st.sampled_from(["a year later", "the previous inspection", "since then", "a few months earlier", "the same year"]),
    st.sampled_from(["", "?", " in Westmarsh", ", or not?"]),
)
def test_a_relative_time_is_found_anywhere_in_the_text(before: str, phrase: str, after: str) -> None:
    assert the_relative(before + phrase + after).words == phrase
    assert the_relative(before + phrase + after).start == len(before)


def test_the_first_of_two_times_counts() -> None:
    assert the_relative("a year later and two years before that").years == 1
    assert the_relative("two years before and a year later").years == -2


def test_a_very_long_text_is_read_to_its_end() -> None:
    text = "why " * 500 + "a year later"
    told = the_relative(text)
    assert (told.start, told.end) == (len(text) - len("a year later"), len(text))


def test_a_number_of_years_away_means_that_calendar_year(inspected: Callable[..., Report]) -> None:
    reports = [inspected(ANCHOR), inspected(date(2021, 11, 3))]
    period = resolved("and two years later?", reports)
    assert period is not None
    assert (period.first, period.last, period.exact) == (date(2021, 1, 1), date(2021, 12, 31), True)
    assert period.words == "two years later (2021)"
    assert when(period) == "in 2021 (two years later)"


def test_the_same_year_is_the_year_of_the_anchor(inspected: Callable[..., Report]) -> None:
    period = resolved("and that year?", [inspected(ANCHOR)])
    assert period is not None
    assert (period.first, period.last) == (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("text", "year"),
    [("a year later", 2020), ("a year earlier", 2018), ("9 years before", 2010), ("99 years later", 2118)],
)
def test_a_year_without_a_report_is_still_a_period_so_that_the_answer_can_name_it(
    inspected: Callable[..., Report], text: str, year: int
) -> None:
    for reports in ([inspected(ANCHOR)], []):
        period = resolved(text, reports)
        assert period is not None
        assert (period.first, period.last) == (date(year, 1, 1), date(year, 12, 31))
        assert period.of_report


def test_the_next_one_and_the_one_before_are_the_nearest_reports(inspected: Callable[..., Report]) -> None:
    reports = [inspected(date(year, 5, 10)) for year in (2023, 2016, 2019, 2013, 2021)]
    after, before = resolved("the next one", reports), resolved("the one before", reports)
    assert after is not None
    assert before is not None
    assert (after.first, after.last, after.words) == (
        date(2021, 5, 10),
        date(2021, 5, 10),
        "the next one (10 May 2021)",
    )
    assert (before.first, before.last, before.words) == (
        date(2016, 5, 10),
        date(2016, 5, 10),
        "the one before (10 May 2016)",
    )
    assert (when(after), when(before)) == ("on 10 May 2021 (the next one)", "on 10 May 2016 (the one before)")


def test_a_step_counts_only_reports_of_the_kinds_and_authorities_asked_for(inspected: Callable[..., Report]) -> None:
    visit, full = inspected(date(2021, 3, 2), Kind.FOCUSED_VISIT), inspected(date(2023, 9, 22))
    reports = [inspected(ANCHOR), inspected(date(2020, 2, 2), authority="Aldermere"), visit, full]
    told = the_relative("the next one")
    for kinds, report in ((FULL_INSPECTIONS, full), (VISITS, visit), ((), visit)):
        period = resolve(told, ANCHOR, ("Westmarsh",), kinds, reports)
        assert period is not None
        assert period.first == report.inspected_to
    period = resolve(told, ANCHOR, ("Aldermere", "Westmarsh"), (), reports)
    assert period is not None
    assert period.first == date(2020, 2, 2)


@pytest.mark.parametrize("text", ["a few months later", "a few months earlier"])
def test_months_away_from_the_only_report_mean_nothing(inspected: Callable[..., Report], text: str) -> None:
    assert resolved(text, [inspected(ANCHOR)]) is None
    assert resolved(text, []) is None


@pytest.mark.parametrize("text", ["the next one", "the one before"])
def test_a_step_from_the_only_report_is_a_period_without_it(inspected: Callable[..., Report], text: str) -> None:
    only = inspected(ANCHOR)
    period = resolved(text, [only])
    assert period is not None
    assert period.of_report
    assert when(period) in ("after 10 May 2019 (the next one)", "before 10 May 2019 (the one before)")
    assert closeness(only, period) == 0


@pytest.mark.parametrize("text", ["a year later", "the one before", "since then", "Was it like that before?"])
def test_a_relative_time_from_an_undated_report_means_nothing(inspected: Callable[..., Report], text: str) -> None:
    assert resolved(text, [inspected(ANCHOR)], date.min) is None


@pytest.mark.parametrize(
    ("text", "day"), [("a few months later", date(2020, 2, 11)), ("six months earlier", date(2018, 10, 2))]
)
def test_months_away_reach_a_report_nearby(inspected: Callable[..., Report], text: str, day: date) -> None:
    period = resolved(text, [inspected(ANCHOR), inspected(day)])
    assert period is not None
    assert (period.first, period.last) == (day, day)


@pytest.mark.parametrize(
    ("text", "day"), [("a few months later", date(2021, 5, 10)), ("six months earlier", date(2016, 5, 10))]
)
def test_months_away_do_not_reach_a_report_years_away(inspected: Callable[..., Report], text: str, day: date) -> None:
    assert resolved(text, [inspected(ANCHOR), inspected(day)]) is None


def test_since_then_begins_the_day_after_and_has_no_end(inspected: Callable[..., Report]) -> None:
    period = resolved("and since then?", [inspected(ANCHOR)])
    assert period is not None
    assert (period.first, period.last, period.exact) == (date(2019, 5, 11), date.max, False)


def test_ever_before_ends_the_day_before(inspected: Callable[..., Report]) -> None:
    period = resolved("Was it like that before?", [inspected(ANCHOR)])
    assert period is not None
    assert (period.first, period.last, period.exact) == (date.min, date(2019, 5, 9), False)


@settings(deadline=None, max_examples=60)
@given(days=st.lists(DAYS, max_size=6), anchor=DAYS)
def test_a_step_lands_on_the_nearest_day_on_its_side(
    inspected: Callable[..., Report], days: list[date], anchor: date
) -> None:
    reports = [inspected(day) for day in days]
    after, before = resolved("the next one", reports, anchor), resolved("the one before", reports, anchor)
    assert after is not None
    assert before is not None
    later, earlier = [day for day in days if day > anchor], [day for day in days if day < anchor]
    assert (after.first, after.last) == ((min(later),) * 2 if later else (anchor + timedelta(days=1), date.max))
    assert (before.first, before.last) == ((max(earlier),) * 2 if earlier else (date.min, anchor - timedelta(days=1)))


@settings(deadline=None, max_examples=60)
@given(days=st.lists(DAYS, min_size=2, max_size=6, unique=True))
def test_a_step_forward_and_a_step_back_end_at_the_start(inspected: Callable[..., Report], days: list[date]) -> None:
    reports, first = [inspected(day) for day in days], min(days)
    after = resolved("the next one", reports, first)
    assert after is not None
    back = resolved("the one before", reports, after.first)
    assert back is not None
    assert back.first == first


@settings(deadline=None, max_examples=60)
@given(days=st.lists(DAYS, max_size=6), anchor=DAYS)
def test_months_away_are_never_years_away(inspected: Callable[..., Report], days: list[date], anchor: date) -> None:
    for text in ("a few months later", "a few months earlier"):
        period = resolved(text, [inspected(day) for day in days], anchor)
        assert period is None or timedelta(0) < abs(period.first - anchor) < timedelta(days=2 * 365)


@settings(deadline=None, max_examples=100)
@given(parts=st.lists(st.sampled_from(FRAGMENTS), max_size=5), days=st.lists(DAYS, max_size=3), anchor=DAYS)
def test_a_resolved_time_keeps_the_place_of_its_words(
    inspected: Callable[..., Report], parts: list[str], days: list[date], anchor: date
) -> None:
    told = find_relative_time(" ".join(parts))
    if told is not None:
        period = resolve(told, anchor, ("Westmarsh",), (), [inspected(day) for day in days])
        assert period is None or (period.start, period.end) == (told.start, told.end)
        if period is not None and not (told.since or told.ever):
            assert period.words.startswith(told.label or told.words)
