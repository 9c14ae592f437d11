"""Reads facts from the head and the text of a letter: its date, and the days of the visit."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import DATE, find_date, find_range

_LETTER_DATES = re.compile(
    r"(?:visit|inspection)\b(?:(?!\b(?:publish|replac|supersed|(?:re)?issued|amend|correct(?:ed|ion)))[^.]){0,120}?"
    r"\b(?:on|between|from)\s+([^.]{5,90})",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"^Dear\b", re.MULTILINE)
_DATE_LABEL = re.compile(rf"(?<![A-Za-z]\s)(?<![\w-])Dated?\s?:\s*(?=(?P<day>(?i:{DATE.pattern})))")
"""The label of a letter's date, which may have other labels before it on its line. "Due date" is another label."""
_BESIDE_DATE = 12
"""A date in a letter is the letter's own date if its line has fewer other characters than this. Chosen by eye."""


def is_letter(opening: str) -> bool:
    """Return whether a text is a letter: whether a line at its start begins with "Dear"."""
    return _SALUTATION.search(opening) is not None


def written_on(opening: str) -> date | None:
    """Return the date of a letter: the date on a line before the salutation that contains little else."""
    salutation = _SALUTATION.search(opening)
    for line in opening[: salutation.start() if salutation else 0].splitlines():
        if labelled := _DATE_LABEL.search(line):
            return find_date(labelled["day"])
        day = DATE.search(line)
        if day and len(line.strip()) - len(day.group()) < _BESIDE_DATE:
            return find_date(line)
    # The letterhead may come after the text in the file.
    return next((find_date(line) for line in opening.splitlines() if DATE.fullmatch(line.strip())), None)


def visited_on(opening: str, written: date | None) -> tuple[date, date] | None:
    """Return the first and last day of the visit that a letter names. The letter's date gives a missing year."""
    flat = re.sub(r"\s+", " ", opening)
    days = _LETTER_DATES.search(flat[flat.find("Dear") :])
    return find_range(days.group(1), written) if days else None
