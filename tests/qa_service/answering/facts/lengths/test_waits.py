"""Tests of the lengths of time that follow from the dates of reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.types import Form, Kind, Report
from index.storage.store import Store
from qa_service.answering.facts.lengths.waits import wait_answer
from qa_service.answering.facts.types import FactAnswer, FactScope
from qa_service.types import FactName
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.made_reports import inspection, store_of

TODAY = date(2026, 11, 30)
REPORTS = (
    inspection("Orle", "2016-05-05", kind=Kind.SINGLE_INSPECTION, published="2016-06-27"),
    inspection("Orle", "2023-11-17", published="2024-01-12"),
    inspection("Orle", "2025-03-05", kind=Kind.FOCUSED_VISIT, published="2025-04-04"),
    inspection("Hesk", "2022-11-11", published="2023-01-20"),
    inspection("Tolland", "2026-05-22", published="2026-08-20"),
    inspection("Wexcombe", "2024-02-29", published="2024-02-29"),
    inspection("Arnby", "2023-03-01", published="2023-02-01"),
    inspection("Fenwold", "2026-11-30", kind=Kind.FOCUSED_VISIT),
)
"""Wexcombe's report was published on the day on which its inspection ended, a leap day. Arnby's report gives a date of
publication before its inspection. Fenwold has no full inspection."""
Ask = Callable[..., FactAnswer | None]


def asker(reports: Sequence[Report], store: Store) -> Ask:
    """Return a function that answers a question about lengths of time from the given reports."""

    def answer(text: str, *history: str, today: date = TODAY) -> FactAnswer | None:
        question = interpret_in_context(text, history, store.reports, today)
        assert question.wait is not None
        return wait_answer(FactScope(question, tuple(reports), store), question.wait, today)

    return answer


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    store = store_of(REPORTS, Path(tmp_path_factory.mktemp("waits")))
    return asker(store.reports, store)


@pytest.fixture
def ask_about(tmp_path: Path) -> Callable[..., Ask]:
    """Return a function that makes a store of the given reports."""

    def make(*reports: Report) -> Ask:
        store = store_of(reports, tmp_path)
        return asker(store.reports, store)

    return make


def said(answer: FactAnswer | None) -> str:
    assert answer is not None
    return answer.summary.sentence


def authorities(answer: FactAnswer | None) -> list[str | None]:
    assert answer is not None
    return [item[0].report.authority for item in answer.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "How long is it since Orle had a full inspection?",
            "Orle’s last full inspection ended on 17 November 2023, 3 years before 30 November 2026.",
        ),
        (
            "How long ago was Orle last inspected?",
            (
                "Orle’s last inspection or visit was a focused visit that ended on 5 March 2025, 1 year 8 months before "
                "30 November 2026."
            ),
        ),
        (
            "How long ago was the 2016 inspection of Orle?",
            "Orle’s last inspection in 2016 ended on 5 May 2016, 10 years 6 months before 30 November 2026.",
        ),
        (
            "How long is it since Orle's first full inspection?",
            "Orle’s first full inspection ended on 5 May 2016, 10 years 6 months before 30 November 2026.",
        ),
        (
            "How long ago was Fenwold last inspected?",
            "Fenwold’s last inspection or visit was a focused visit that ended on 30 November 2026, which is today.",
        ),
        (
            "How long is it since Fenwold had a full inspection?",
            "We have no dated report on a full inspection for Fenwold.",
        ),
        (
            "How long ago was Orle's report published?",
            (
                "The report on Orle’s focused visit of 5 March 2025 was published on 4 April 2025, 1 year 7 months before "
                "30 November 2026."
            ),
        ),
    ],
)
def test_the_time_since_an_inspection_is_counted_to_the_day_of_asking(ask: Ask, text: str, expected: str) -> None:
    assert said(ask(text)) == expected


def test_a_follow_up_asks_the_same_about_another_authority(ask: Ask) -> None:
    answer = ask("and Hesk?", "How long is it since Orle had a full inspection?")
    assert said(answer) == "Hesk’s last full inspection ended on 11 November 2022, 4 years before 30 November 2026."


def test_several_authorities_are_answered_in_the_order_named_and_those_without_a_report_are_named(ask: Ask) -> None:
    answer = ask("How long is it since Hesk, Fenwold and Orle had a full inspection?")
    assert authorities(answer) == ["Hesk", "Orle"]
    assert answer is not None
    assert answer.note == "We have no dated report on a full inspection for Fenwold."


@pytest.mark.parametrize(
    ("today", "length"),
    [
        (date(2024, 3, 1), "1 day"),
        (date(2024, 3, 28), "28 days"),
        (date(2024, 3, 29), "1 month"),
        (date(2025, 2, 28), "11 months"),
        (date(2025, 3, 1), "1 year"),
        (date(2028, 2, 29), "4 years"),
    ],
)
def test_a_year_from_a_leap_day_ends_on_the_first_of_march(ask: Ask, today: date, length: str) -> None:
    answer = ask("How long is it since Wexcombe had a full inspection?", today=today)
    assert f"ended on 29 February 2024, {length} before" in said(answer)


@pytest.mark.parametrize(
    ("today", "fits"), [(date(2027, 2, 28), False), (date(2027, 3, 1), False), (date(2027, 3, 2), True)]
)
def test_more_than_three_years_is_more_than_the_day_on_which_they_end(ask: Ask, today: date, fits: bool) -> None:
    answer = ask("Which councils have gone more than three years without a full inspection?", today=today)
    assert ("Wexcombe" in authorities(answer)) is fits


def test_the_longest_wait_is_first_and_authorities_without_such_an_inspection_are_named(ask: Ask) -> None:
    answer = ask("List authorities by time since last full inspection")
    assert authorities(answer) == ["Hesk", "Arnby", "Orle", "Wexcombe", "Tolland"]
    assert answer is not None
    assert said(answer).startswith(
        "All 5 authorities with a full inspection are listed, starting with the longest wait."
    )
    assert (answer.summary.count, answer.summary.of, answer.total) == (5, 5, 5)
    assert answer.note == "We did not count Fenwold, because we have no dated report on a full inspection for it."


@pytest.mark.parametrize(
    ("text", "authority", "words"),
    [
        ("Which authority has waited longest for a full inspection?", "Hesk", "has waited longest"),
        (
            "Which council has waited the shortest time since a full inspection?",
            "Tolland",
            "has waited the shortest time",
        ),
        ("Of Orle and Tolland, which has waited longest for a full inspection?", "Orle", "Of the 2 authorities"),
        ("Which authority other than Hesk has waited longest for a full inspection?", "Arnby", "Of the 4 authorities"),
    ],
)
def test_one_authority_is_named_if_the_question_asks_for_one(ask: Ask, text: str, authority: str, words: str) -> None:
    answer = ask(text)
    assert authorities(answer) == [authority]
    assert words in said(answer)


def test_authorities_with_the_same_last_day_share_the_longest_wait(ask_about: Callable[..., Ask]) -> None:
    ask = ask_about(*(inspection(name, "2022-06-10") for name in ("Orle", "Hesk")), inspection("Tolland", "2024-06-10"))
    answer = ask("Which authority has waited longest for a full inspection?")
    assert authorities(answer) == ["Hesk", "Orle"]
    assert "Hesk and Orle have waited longest" in said(answer)


def test_if_no_authority_has_waited_so_long_all_that_we_checked_are_listed(ask: Ask) -> None:
    answer = ask("Which councils have gone more than nine years without a full inspection?")
    assert answer is not None
    assert said(answer) == (
        "None of the 5 authorities with a full inspection had its last one more than 9 years before 30 November 2026."
    )
    assert (answer.summary.count, len(answer.items)) == (0, 5)


def test_an_earlier_day_in_the_question_is_the_day_to_which_we_count(ask: Ask) -> None:
    answer = ask("Which councils had gone more than three years without a full inspection by the end of 2025?")
    assert authorities(answer) == ["Hesk"]
    assert "more than 3 years before 31 December 2025" in said(answer)


def test_an_earlier_day_counts_for_one_authority_too(ask_about: Callable[..., Ask]) -> None:
    ask = ask_about(inspection("Orle", "2023-09-22"))
    answer = ask("How long had Orle gone without a full inspection by the end of 2025?")
    assert "2 years 3 months before 31 December 2025" in said(answer)


def test_articles_and_undated_reports_do_not_count(ask_about: Callable[..., Ask]) -> None:
    held = inspection("Orle", "2023-11-17")
    article = replace(inspection("Orle", "2025-11-17"), form=Form.ARTICLE)
    undated = replace(inspection("Orle", "2026-01-01"), inspected_from=None, inspected_to=None)
    answer = ask_about(held, article, undated)("How long is it since Orle had a full inspection?")
    assert "17 November 2023" in said(answer)


def test_a_report_without_the_days_of_its_inspection_counts_from_its_publication(ask_about: Callable[..., Ask]) -> None:
    report = replace(
        inspection("Orle", "2025-01-01", published="2025-05-30"),
        inspected_from=None,
        inspected_to=None,
        published_source="file name",
    )
    answer = ask_about(report)("How long is it since Orle had a full inspection?")
    assert said(answer) == (
        "The report on Orle’s last full inspection does not give the days of the inspection. It was published on 30 May "
        "2025, 1 year 6 months before 30 November 2026. The date of publication comes from the name of the file."
    )
    assert answer is not None
    assert answer.items[0][0].fact is FactName.PUBLISHED


def test_a_report_that_gives_only_the_month_has_no_exact_length(ask_about: Callable[..., Ask]) -> None:
    month = replace(
        inspection("Orle", "2023-03-31", published="2023-05-02"),
        inspected_from=date(2023, 3, 1),
        inspected_as="March 2023",
    )
    ask = ask_about(month)
    assert "took place in the time “March 2023”" in said(ask("How long is it since Orle had a full inspection?"))
    delay = ask("How long did it take to publish Orle's report?")
    assert delay is not None
    assert not delay.answered
    assert "does not give the last day of the inspection" in said(delay)


def test_reports_that_a_person_may_not_see_are_not_counted(tmp_path: Path) -> None:
    store = store_of(REPORTS, tmp_path)
    seen = [report for report in store.reports if report.authority != "Hesk"]
    answer = asker(seen, store)("Which authority has waited longest for a full inspection?")
    assert authorities(answer) == ["Arnby"]
    assert "Of the 4 authorities" in said(answer)


def test_a_question_about_no_authority_in_particular_is_not_answered(ask: Ask) -> None:
    answer = ask("How long is it since the last full inspection?")
    assert answer is not None
    assert not answer.answered
    assert "which authority" in said(answer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "How many days were there between the end of the Tolland 2026 inspection and its publication?",
            (
                "The report on Tolland’s inspection of 22 May 2026 was published on 20 August 2026, 90 days after the "
                "inspection ended on 22 May 2026."
            ),
        ),
        (
            "How long did it take to publish Wexcombe's report?",
            (
                "The report on Wexcombe’s inspection of 29 February 2024 was published on 29 February 2024, the day on "
                "which the inspection ended."
            ),
        ),
        (
            "How long did it take to publish Arnby's report?",
            (
                "The report on Arnby’s inspection of 1 March 2023 gives dates that cannot both be right. They say that it "
                "was published on 1 February 2023, before the inspection ended on 1 March 2023."
            ),
        ),
        (
            "How long did it take to publish Fenwold's report?",
            "We could not find a publication date for the report on Fenwold’s focused visit of 30 November 2026.",
        ),
    ],
)
def test_the_delay_of_a_report_is_counted_in_days(ask: Ask, text: str, expected: str) -> None:
    assert said(ask(text)) == expected


def test_a_delay_has_a_row_for_each_of_its_two_days(ask: Ask) -> None:
    answer = ask("How long did it take to publish Tolland's report?")
    assert answer is not None
    assert [row.fact for item in answer.items for row in item] == [FactName.INSPECTED, FactName.PUBLISHED]


def test_a_day_of_publication_from_the_name_of_the_file_is_said_to_be_from_it(ask_about: Callable[..., Ask]) -> None:
    report = replace(inspection("Orle", "2026-05-22", published="2026-08-20"), published_source="file name")
    answer = ask_about(report)("How long did it take to publish Orle's report?")
    assert said(answer).endswith("The date of publication comes from the name of the file.")


def test_the_slowest_report_is_found_among_those_with_both_days(ask: Ask) -> None:
    answer = ask("Which report took longest to come out?")
    assert authorities(answer) == ["Tolland"]
    assert answer is not None
    assert said(answer).endswith("That is the longest delay of the 6 reports with both days.")
    assert "We did not count 2 other reports" in answer.note
    assert authorities(ask("Which report took longest to come out before 2025?")) == ["Hesk"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which reports took more than 60 days to be published?", ["Tolland", "Hesk"]),
        ("Which reports were published within 30 days of the inspection?", ["Wexcombe", "Orle"]),
        ("Which reports took more than a year to come out?", []),
    ],
)
def test_a_limit_on_the_delay_is_applied(ask: Ask, text: str, expected: list[str]) -> None:
    answer = ask(text)
    assert answer is not None
    assert answer.total == len(expected)
    if expected:
        assert sorted(map(str, authorities(answer))) == sorted(expected)
