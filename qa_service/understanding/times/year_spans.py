"""Recognises financial and school years, such as "2022-23", and sentences about quite another time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qa_service import calibration

_SPAN = re.compile(r"\b(?P<first>(?:19|20)\d\d)\s?(?:[-/–−]|to)\s?(?:19|20)?(?P<last>\d\d)\b(?!\d)")
_OF_REPORT = re.compile(r" (?:[\w’'-]+ ){0,2}(?:inspections?|reports?|visits?|letters?|ILACS|SIF)\b", re.IGNORECASE)
"""Words after the years of an inspection: "the 2016-17 single inspection"."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, order=True)
class YearSpan:
    """A financial or school year, which begins in one calendar year and ends in the next."""

    first: int

    @property
    def last(self) -> int:
        """The calendar year in which it ends."""
        return self.first + 1


def years_asked(question: str) -> tuple[YearSpan, ...]:
    """Return the financial or school years that a question names, but not those of an inspection, earliest first."""
    return _spans(match for match in _SPAN.finditer(question) if not _OF_REPORT.match(question, match.end()))


def _spans(matches: Iterable[re.Match[str]]) -> tuple[YearSpan, ...]:
    following = (match for match in matches if (int(match["first"]) + 1) % 100 == int(match["last"]))
    return tuple(sorted({YearSpan(int(match["first"])) for match in following}))


def is_of_another_time(sentence: str, reported: date, asked: tuple[YearSpan, ...]) -> bool:
    """Whether a sentence cannot be about any of the years asked for.

    It cannot if its report, of the day ``reported``, is older, or if all the years that it states are far from them. If
    the report is much later, the sentence must state a year near them, because it is about the time of the report
    otherwise. A report without a date has the day ``date.min``, and may be of any time.
    """
    if not asked:
        return False
    if date.min < reported < date(asked[0].first, 1, 1):
        return True
    stated = {int(year) for year in _YEAR.findall(sentence)} | {span.last for span in _spans(_SPAN.finditer(sentence))}
    if any(_is_near(year, span) for year in stated for span in asked):
        return False
    return bool(stated) or reported.year > asked[-1].last + calibration.YEARS_NEAR


def _is_near(year: int, span: YearSpan) -> bool:
    return span.first - calibration.YEARS_NEAR <= year <= span.last + calibration.YEARS_NEAR
