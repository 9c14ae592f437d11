"""What a question may mean where nobody could say which: the authorities, reports or years to choose from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.dates import in_words
from corpus.types import Report
from index.search.filtering import report_day
from qa_service.types import Choice
from qa_service.understanding import follow_up_cues
from qa_service.understanding.interpretation import KIND_WORDS, Interpretation, without_kinds
from qa_service.understanding.relative_times import find_relative
from qa_service.understanding.report_preference import reports_of_time

_SEVERAL = 2
_HALF_NAMED = re.compile(r"\b(?:in|at|for|about)\s+(\w+)\W*$", re.IGNORECASE)
"""A question that ends in a place, which may be the first word of several authorities' names."""


def choices(now: Interpretation, earlier: Sequence[Interpretation], reports: Sequence[Report]) -> tuple[Choice, ...]:
    """What a question may mean after those before it, of which it leans on the last; nothing where it is plain."""
    before = earlier[-1]
    if now.authorities:
        return ()
    if half := _half_named(now.text, reports):
        return _of_authorities(now.text, half, reports, before)
    if follow_up_cues.means_the_other(now.text):
        spoken = list(dict.fromkeys(name for question in earlier for name in question.authorities))
        return _of_authorities(now.text, spoken, reports, before) if len(spoken) >= _SEVERAL else ()
    if len(before.authorities) >= _SEVERAL:
        one = follow_up_cues.means_one_of_several(now.text)
        return _of_authorities(now.text, before.authorities, reports, before) if one else ()
    if now.periods:
        return ()
    return _of_years(now.text, earlier) or _of_reports(now.text, before, reports)


def _half_named(text: str, reports: Sequence[Report]) -> list[str]:
    """The authorities held whose names begin with the place that a question ends in, where there are several."""
    match = _HALF_NAMED.search(text)
    names = sorted({report.authority for report in reports if report.authority})
    begun = [name for name in names if match and name.lower().startswith(f"{match.group(1).lower()} ")]
    return begun if len(begun) >= _SEVERAL else []


def _of_authorities(
    text: str, names: Iterable[str], reports: Sequence[Report], before: Interpretation
) -> tuple[Choice, ...]:
    counts = Counter(report.authority for report in reports)
    return tuple(Choice(name, _asked(text, name, before), counts[name]) for name in names)


def _of_years(text: str, earlier: Sequence[Interpretation]) -> tuple[Choice, ...]:
    """The years spoken of, where "that year" comes after several of them and the last question named none."""
    told = find_relative(text)
    if told is None or told.years != 0 or any(period.exact for period in earlier[-1].periods):
        return ()
    place = "".join(f"{name}, " for name in earlier[-1].authorities)
    years = sorted({period.first.year for question in earlier for period in question.periods if period.exact})
    return (
        tuple(Choice(str(year), _asked(text, f"{place}{year}", earlier[-1]), 1) for year in years)
        if len(years) >= _SEVERAL
        else ()
    )


def _of_reports(text: str, before: Interpretation, reports: Sequence[Report]) -> tuple[Choice, ...]:
    """The reports of the time and kind spoken of, where "that one" may be any of them."""
    then = reports_of_time(before.parts[-1], reports) or set()
    meant = [r for r in reports if r.id in then and (not before.kinds or r.kind in before.kinds)]
    if len(meant) < _SEVERAL or not follow_up_cues.means_that_one(text):
        return ()
    meant.sort(key=report_day)
    named = [f"{KIND_WORDS.get(r.kind, 'report') if r.kind else 'report'} of {in_words(report_day(r))}" for r in meant]
    place = "".join(f"{name}, " for name in before.authorities)
    return tuple(Choice(name, _asked(text, f"{place}{name}", before), 1) for name in named)


def _asked(text: str, meaning: str, before: Interpretation) -> str:
    """A question that stands alone: the one asked, of one meaning, with the subject before where it has none."""
    subject = text if follow_up_cues.subject_terms(without_kinds(text)) else before.search_text
    return f"{subject.rstrip(' ?.')} ({meaning})?"
