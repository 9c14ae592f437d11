"""Reads the days of an inspection from the labels of a report, or from the text of a letter or an article."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import DATE, DAY, MONTH, STRETCH, find_date, find_range, find_week_or_month
from corpus.facts import article_facts, letter_facts
from corpus.facts.days.told_days import told_days
from corpus.facts.kinds import FoundKind, any_words
from corpus.types import Document, Form, Kind

Title = tuple[Kind, int]
"""The kind that a title names, and the index of its line among the lines with text."""
_VISIT_DATES = (
    r"(?:re-?)?inspection dates?|dates? of (?:the )?(?:re-?)?(?:inspection|(?:focused |monitoring |site )?visit|review)"
    r"(?: visits?)?|(?:visit|fieldwork|on-?site|review) dates?"
)
_LOOSE_VISIT_DATES = r"inspected (?:on|between|from)|inspection period|period of (?:the )?inspection"
"""Labels that may also be about another inspection or about data. They count only if no usual label has days."""
_BARE_LABEL = re.compile(
    r"^\W*(?-i:(?=[A-Z]))(?:(?:ofsted )?(?:re-?)?inspect(?:ed|ion)|visited|field ?work|on[- ]?site)"
    r"(?: (?:was )?(?:took place|held|carried out))?[ \t]*"
    rf"(?::|(?=[ \t](?:w/?c|week (?:commencing|beginning)|{DAY}\s*(?:{MONTH}|[-‐‑‒–—―−/.&,]|to|and|until|of))))",
    re.IGNORECASE | re.MULTILINE,
)
"""A single word at the start of a line that is a label because a day follows it: "Inspected Monday 9th – Friday"."""
_OTHER_DATES = re.compile(r"\b(?:previous|last|earlier|next|first|before)(?: \w+)?\s*$", re.IGNORECASE)
"""Words before a label which show that its dates belong to another inspection."""
_AFTER_LABEL = 90
"""Number of characters after a label that we search for dates. Chosen by eye."""
_BEFORE_DATES = re.compile(r"(?:[^\w?]|\b(?:from|between|on|the|and|start(?:ed)?|team)\b){0,12}", re.IGNORECASE)
"""Text that may come between a label and its dates. Any other words belong to a sentence about something else."""


_LABEL_OF_LINE = re.compile(rf"^\W*(?:{_VISIT_DATES})\s*:", re.IGNORECASE | re.MULTILINE)
_DAY_BY_DAY = re.compile(
    rf"(?P<day>{DATE.pattern})(?:[^\S\n]*\n\W*|[^\S\n]+)"
    rf"(?=(?P<next>{DATE.pattern})(?:[^\S\n]*(?:\n|\Z)|[^\S\n]+{DAY}\b))",
    re.IGNORECASE,
)
"""Two days that follow each other without a word between them. The second ends its line, or a third day follows it."""
_NEXT_DAY = 4
"""Two such days belong to one inspection if they are at most this many days apart. Chosen by eye."""
_BELOW_TITLE = 3
"""Days on a line of their own belong to a title that is at most this many lines above them. Chosen by eye."""
_OF_TITLE = re.compile(
    r"\b(?:council|borough|partnership|trust|local authority|children[’']s services)\b|"
    r"^(?:dates?:?|(?:final |feedback )?(?:report|letter|feedback)|(?:report )?published\b.*)$",
    re.IGNORECASE,
)
"""A line between a title and its days: the name of an authority, or a label."""
_LONGEST_VISIT = 31
"""An inspection does not last longer than this, in days. A longer time may be the time of a plan or of some data."""


def find_visit_days(
    document: Document, opening: str, form: Form, written: date | None, other: FoundKind | None, title: Title | None
) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days of an inspection, and the printed words if they name only a week or a month.

    ``title`` is the kind in the title of the inspection, with the index of its line, if there is one.
    """
    if other and other.entry.dated:
        return None, None
    if form is Form.ARTICLE:
        return _days_of_lines(opening) or article_facts.visited_on(document.text), None
    if form is Form.REPORT:
        days, words = _report_days(opening, other.entry.days if other else ())
        if days or title is None:
            return days, words
        return _days_below(opening, title[1]) or told_days(document, title[0]), None
    if form is not Form.LETTER:
        return None, None
    return letter_facts.visited_on(opening, written) or _days_of_lines(opening), None


def has_own_days(opening: str) -> bool:
    """Return whether a line starts with a usual label and the days of one inspection.

    Only its own report has such a line.
    """
    return _days_of_lines(opening) is not None


def start_of_dates(text: str) -> int:
    """Return where the dates after a label may start, after "on", "the" or a colon."""
    start = _BEFORE_DATES.match(text)
    return start.end() if start else 0


def _report_days(opening: str, labels: tuple[str, ...]) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days after a usual label or, if no usual label has any, after a loose or a bare label.

    Kinds of report may have usual labels of their own.
    """
    usual = "|".join((_VISIT_DATES, *((any_words(labels),) if labels else ())))
    lines = _day_by_day(opening.replace("(s)", "s"))
    days, words = _labelled_days(lines, usual)
    if days:
        return days, words
    return _labelled_days(_BARE_LABEL.sub("\nInspection dates:", lines), f"{usual}|{_LOOSE_VISIT_DATES}")


def _day_by_day(lines: str) -> str:
    """Return lines in which two days with no word between them are joined with "and" if they are near each other."""

    def joint(found: re.Match[str]) -> str:
        first, second = find_date(found["day"]), find_date(found["next"])
        near = first and second and 0 < (second - first).days <= _NEXT_DAY
        return f"{found['day']} and " if near else found.group()

    return _DAY_BY_DAY.sub(joint, lines)


def _days_of_lines(opening: str) -> tuple[date, date] | None:
    """Return the days after a usual label at the start of a line, if all such labels have the same days."""
    lines = _day_by_day(opening.replace("(s)", "s"))
    labels = (_labelled_days(lines[label.start() :], _VISIT_DATES)[0] for label in _LABEL_OF_LINE.finditer(lines))
    days = {span for span in labels if span}
    return days.pop() if len(days) == 1 else None


def _days_below(opening: str, title: int) -> tuple[date, date] | None:
    """Return the days that are alone on a line below a title: "12 to 15 November 2024"."""
    lines = [line.strip(" \t\r.()*_#") for line in opening.splitlines() if line.strip()]
    for line in lines[title + 1 : title + 1 + _BELOW_TITLE]:
        days = find_range(line) if STRETCH.fullmatch(line) else None
        if days and 0 < (days[1] - days[0]).days <= _LONGEST_VISIT:
            return days
        if not _OF_TITLE.search(line):
            return None
    return None


def _labelled_days(lines: str, pattern: str) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days after the first label that has any, and their words if they name only a week or a month."""
    flat = re.sub(r"\s+", " ", lines)
    for label in re.finditer(rf"\b(?:{pattern})\b", flat, re.IGNORECASE):
        if _OTHER_DATES.search(flat[max(label.start() - 30, 0) : label.start()]):
            continue
        after = flat[label.end() : label.end() + _AFTER_LABEL]
        after = after[start_of_dates(after) :]
        if span := find_week_or_month(after):
            return span[:2], span[2]
        if (stretch := STRETCH.match(after)) and (days := find_range(stretch.group())):
            return days, None
    return None, None
