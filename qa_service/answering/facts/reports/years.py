"""The years that a question about numbers by year asks for, and the numbers of reports in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.answering.facts.times import left_out, windows
from qa_service.answering.facts.types import FactScope
from qa_service.understanding.conditions.types import Extreme
from qa_service.wording import in_list, the_reports


def years_asked(scope: FactScope, first_counted: date, days: Sequence[date]) -> set[int]:
    """Return the years in a question's time, up to the year of our latest report.

    If the time has no first day, the years begin with ``first_counted``. ``days`` are the days of all our reports.
    """
    asked: set[int] = set()
    for window in windows(scope.question):
        first, last = window.days
        since = first_counted if first == date.min else max(first, min(days))
        asked |= set(range(since.year, min(last, max(days)).year + 1))
    for first, last in left_out(scope.question):
        asked -= {year for year in asked if first <= date(year, 1, 1) and date(year, 12, 31) <= last}
    return asked


def day_counted(scope: FactScope, report: Report) -> date:
    """Return the day that decides the year of a report. It is the earliest date if we do not know it."""
    if scope.question.conditions.date_of == "published":
        return report.published or date.min
    return report_day(report)


def numbers_words(scope: FactScope, reports: Sequence[Report], sentence: str) -> str:
    """Return a sentence that counts reports, with the number of each year, and how we counted."""
    dated = [day for report in reports if (day := day_counted(scope, report)) > date.min]
    if not dated:
        return sentence
    days = [day for report in scope.reports if (day := day_counted(scope, report)) > date.min]
    found = Counter(day.year for day in dated)
    years = sorted(years_asked(scope, min(dated), days) | set(found))
    numbers = in_list(_numbers(years, found))
    by = "its report was published" if scope.question.conditions.date_of == "published" else "it ended"
    counted = f"We counted each inspection or visit in the year in which {by}."
    if by == "it ended" and any(report.inspected_to is None for report in reports):
        counted += " If we do not know when it ended, we used the year in which its report was published."
    words = (
        f"{_extreme_words(scope, {year: found[year] for year in years})}{sentence.rstrip('.')}: {numbers}. {counted}"
    )
    undated = [report for report in reports if day_counted(scope, report) == date.min]
    return f"{words} We do not know the year of {the_reports(undated)}." if undated else words


def _numbers(years: Sequence[int], found: Mapping[int, int]) -> list[str]:
    """Return the number of each year in words.

    Several years in a row that have none share one text: "none from 2019 to 2022".
    """
    words: list[str] = []
    for number, same in groupby(years, lambda year: found.get(year, 0)):
        run = list(same)
        if number == 0 and len(run) > 1:
            words.append(f"none from {run[0]} to {run[-1]}")
        else:
            words += [f"{number or 'none'} in {year}" for year in run]
    return words


def _extreme_words(scope: FactScope, numbers: Mapping[int, int]) -> str:
    """Say in which years the number was highest or lowest. Empty if a question does not ask for them."""
    extreme = scope.question.conditions.extreme
    if extreme is None:
        return ""
    value = max(numbers.values()) if extreme is Extreme.MOST else min(numbers.values())
    rank = "highest" if extreme is Extreme.MOST else "lowest"
    when = in_list([str(year) for year, number in numbers.items() if number == value])
    return f"The {rank} number was {value}, in {when}. "
