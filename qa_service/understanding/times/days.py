"""Calendar arithmetic: the days in a month, a quarter, a season, a term or a year, and how to count back from a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from corpus.dates import days_in_words, in_words

Days = tuple[date, date]
"""A first and a last day. ``date.min`` and ``date.max`` stand for an open end."""
ONE_DAY = timedelta(days=1)
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
"""The first and last month of each season."""
TERMS = {"spring": (1, 3), "summer": (4, 8), "autumn": (9, 12)}
"""The first and last month of each school term, as Ofsted counts them in its statistics."""
_THIRDS = {"early": 0, "start": 0, "beginning": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_MONTHS_IN_YEAR = 12
_YEARS_IN_DECADE = 10


def months(first_year: int, first_month: int, last_year: int, last_month: int) -> Days:
    """Return the days from the start of one month to the end of another."""
    return date(first_year, first_month, 1), end_of_month(last_year, last_month)


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_of(year: int, month: int) -> Days:
    """Return the days of a month."""
    return months(year, month, year, month)


def years(first: int, last: int | None = None) -> Days:
    """Return the days of a calendar year, or of all the years from one to another."""
    return date(first, 1, 1), date(last or first, 12, 31)


def year_from(year: int, month: int) -> Days:
    """Return the twelve months that begin with a given month, such as a financial year from April."""
    first = date(year, month, 1)
    return first, add_months(first, _MONTHS_IN_YEAR) - ONE_DAY


def named_months(bounds: tuple[int, int], year: int) -> Days:
    """Return the days of a season or a term that begins in a year."""
    first, last = bounds
    return months(year, first, year + (first > last), last)


def add_months(day: date, count: int) -> date:
    """Return the same day in another month, or that month's last day if the month is shorter."""
    total = day.year * _MONTHS_IN_YEAR + day.month - 1 + count
    year, month = divmod(total, _MONTHS_IN_YEAR)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def back(today: date, count: int, unit: str) -> date:
    """Return the day that is a given number of days, weeks, months or years before another."""
    if unit in ("day", "week", "fortnight"):
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return today - timedelta(days=days) if days < today.toordinal() else date.min
    return add_months(today, -count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


def unit_around(day: date, unit: str) -> Days:
    """Return the week, month, quarter, year or decade that a day is in. A week begins on Monday."""
    if unit == "day":
        return day, day
    if unit in ("week", "fortnight"):
        monday = day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
        return monday, monday + timedelta(days=6)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return slice_of(years(day.year), (day.month - 1) // 3, 4)
    if unit == "decade":
        start = day.year - day.year % _YEARS_IN_DECADE
        return years(max(start, 1), start + 9)
    return years(day.year)


def slice_of(days: Days, index: int, count: int) -> Days:
    """Divide a period of whole months into equal slices, and return the one with this ``index``, from 0."""
    first, last = days
    total = (last.year - first.year) * _MONTHS_IN_YEAR + last.month - first.month + 1
    start, stop = total * index // count, total * (index + 1) // count
    return add_months(first, start), add_months(first, max(stop, start + 1)) - ONE_DAY


def part_of(days: Days, part: str) -> Days:
    """Return the early, middle or late part of a period.

    For a year or a decade this is a third, and for a shorter period it is all of it.
    """
    first, last = days
    if (last - first).days > 15 * 365 // 2:  # a decade: 2010 to 2013, 2014 to 2016, 2017 to 2019
        start, stop = ((0, 3), (4, 6), (7, 9))[_THIRDS[part]]
        return years(first.year + start, first.year + stop)
    return slice_of(days, _THIRDS[part], 3) if (last - first).days > 300 else days


def latest_begun(bounds: tuple[int, int], today: date, *, ended: bool = False) -> Days:
    """Return some months of a year: the latest year in which they had begun, or ended, by a given day."""
    for year in (today.year, today.year - 1, today.year - 2):
        first, last = named_months(bounds, year)
        if last < today if ended else first <= today:
            return first, last
    raise ValueError(f"no such months before {today}")


def around(days: Days) -> Days:
    """Return a period extended by its own length before and after."""
    first, last = days
    months_long = max((last.year - first.year) * _MONTHS_IN_YEAR + last.month - first.month + 1, 1)
    return add_months(first, -months_long), add_months(last + ONE_DAY, months_long) - ONE_DAY


def days_label(days: Days) -> str:
    """Describe a period in the shortest words that give its days: "2019", "May 2019", "6 to 17 May 2019"."""
    first, last = days
    if first == date.min:
        return f"up to {in_words(last)}"
    if last == date.max:
        return f"since {in_words(first)}"
    if first.day == 1 and last == end_of_month(last.year, last.month):
        if (first.month, last.month) == (1, _MONTHS_IN_YEAR):
            return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%B %Y}"
        return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"
    return days_in_words(first, last) or ""
