"""Reads the days of an inspection from the labels of a report, or from the text of a letter or an article."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import DAY, MONTH, STRETCH, find_range, find_week_or_month
from corpus.facts import article_facts, letter_facts
from corpus.facts.kinds import FoundKind, any_words
from corpus.types import Document, Form

_VISIT_DATES = (
    r"(?:re-?)?inspection dates?|dates? of (?:the )?(?:re-?)?(?:inspection|(?:focused |monitoring |site )?visit|review)"
    r"(?: visits?)?|(?:visit|fieldwork|on-?site|review) dates?"
)
_LOOSE_VISIT_DATES = r"inspected (?:on|between|from)|inspection period|period of (?:the )?inspection"
"""Labels that may also be about another inspection or about data. They count only if no usual label has days."""
_BARE_LABEL = re.compile(
    r"^\W*(?-i:(?=[A-Z]))(?:(?:ofsted )?(?:re-?)?inspect(?:ed|ion)|visited)"
    r"(?: (?:was )?(?:took place|held|carried out))?[ \t]*"
    rf"(?::|(?=[ \t](?:w/?c|week (?:commencing|beginning)|{DAY}\s*(?:{MONTH}|[-‐‑‒–—―−/.&,]|to|and|until|of))))",
    re.IGNORECASE | re.MULTILINE,
)
"""A single word at the start of a line that is a label because a day follows it: "Inspected Monday 9th – Friday"."""
_OTHER_DATES = re.compile(r"\b(?:previous|last|earlier|next|first|before)(?: \w+)?\s*$", re.IGNORECASE)
"""Words before a label which show that its dates are those of another inspection."""
_AFTER_LABEL = 90
"""Number of characters after a label that we search for dates. Chosen by eye."""
_BEFORE_DATES = re.compile(r"(?:[^\w?]|\b(?:from|between|on|the|and|start(?:ed)?|team)\b){0,12}", re.IGNORECASE)
"""Text that may come between a label and its dates. Any other words belong to a sentence about something else."""


def find_visit_days(
    document: Document, opening: str, form: Form, written: date | None, other: FoundKind | None
) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days of an inspection, and the printed words if they name only a week or a month."""
    if other and other.entry.dated:
        return None, None
    if form is Form.ARTICLE:
        return article_facts.visited_on(document.text), None
    if form is Form.REPORT:
        return _report_days(opening, other.entry.days if other else ())
    return (letter_facts.visited_on(opening, written) if form is Form.LETTER else None), None


def start_of_dates(text: str) -> int:
    """Return where the dates after a label may start, after "on", "the" or a colon."""
    start = _BEFORE_DATES.match(text)
    return start.end() if start else 0


def _report_days(opening: str, labels: tuple[str, ...]) -> tuple[tuple[date, date] | None, str | None]:
    """Return the days after a usual label or, if none has any, after a loose or a bare one.

    Kinds of report may have usual labels of their own.
    """
    usual = "|".join((_VISIT_DATES, *((any_words(labels),) if labels else ())))
    lines = opening.replace("(s)", "s")
    days, words = _labelled_days(lines, usual)
    if days:
        return days, words
    return _labelled_days(_BARE_LABEL.sub("\nInspection dates:", lines), f"{usual}|{_LOOSE_VISIT_DATES}")


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
