"""Finds the possible meanings of an ambiguous question: the authorities, reports or years to choose from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.types import Choice
from qa_service.understanding.conversation import follow_up_cues
from qa_service.understanding.interpretation import Interpretation, without_authorities, without_kinds
from qa_service.understanding.relative_times import find_relative_time
from qa_service.understanding.report_preference import reports_of_time
from qa_service.wording import named_by_date

_SEVERAL = 2
_MOST_CHOICES = 6
"""Maximum number of authorities that we offer for one name."""
_HALF_NAMED = re.compile(r"\b(?:in|at|for|about)\s+(\w+)\W*$", re.IGNORECASE)
"""A place name at the end of a question, which may be the first word of several authorities' names."""


def possible_meanings(
    now: Interpretation, earlier: Sequence[Interpretation], reports: Sequence[Report]
) -> tuple[Choice, ...]:
    """Return the possible meanings of a question that depends on the one before it. Empty if the meaning is clear."""
    before = earlier[-1]
    if now.authorities:
        return ()
    if partly_named := _partly_named(now.text, reports):
        return _of_authorities(now.text, partly_named, reports, before)
    if follow_up_cues.means_the_other(now.text):
        mentioned = list(dict.fromkeys(name for question in earlier for name in question.authorities))
        return _of_authorities(now.text, mentioned, reports, before) if len(mentioned) >= _SEVERAL else ()
    if len(before.authorities) >= _SEVERAL:
        one = follow_up_cues.means_one_of_several(now.text)
        return _of_authorities(now.text, before.authorities, reports, before) if one else ()
    if now.periods:
        return ()
    return _of_years(now.text, earlier) or _of_reports(now.text, before, reports)


def meanings_of_names(
    question: Interpretation, earlier: Sequence[Interpretation], reports: Sequence[Report]
) -> Interpretation:
    """Return a question with a choice of the authorities that share the first ambiguous name in it.

    If earlier questions are about only one of them, the question means that one.
    """
    before = {name for other in earlier if not other.choices for name in other.authorities}
    counts = Counter(report.authority for report in reports)
    for name in question.ambiguous:
        meant = before.intersection(name.names)
        if len(meant) == 1:
            question = without_authorities(question, set(name.names) - meant)
            continue
        before_it, after_it = question.text[: name.start], question.text[name.end :]
        offered = name.names[:_MOST_CHOICES]
        choices = tuple(Choice(one, f"{before_it}{one}{after_it}", counts[one]) for one in offered)
        return replace(question, choices=choices)
    return question


def _partly_named(text: str, reports: Sequence[Report]) -> list[str]:
    """Return the authorities whose names begin with the place at the end of a question, if there are several."""
    match = _HALF_NAMED.search(text)
    names = sorted({report.authority for report in reports if report.authority})
    matching = [name for name in names if match and name.lower().startswith(f"{match.group(1).lower()} ")]
    return matching if len(matching) >= _SEVERAL else []


def _of_authorities(
    text: str, names: Iterable[str], reports: Sequence[Report], before: Interpretation
) -> tuple[Choice, ...]:
    counts = Counter(report.authority for report in reports)
    return tuple(Choice(name, _standalone(text, name, before), counts[name]) for name in names)


def _of_years(text: str, earlier: Sequence[Interpretation]) -> tuple[Choice, ...]:
    """Offer the years mentioned before, if "that year" may refer to any of them and the last question named no year."""
    relative = find_relative_time(text)
    if relative is None or relative.years != 0 or any(period.exact for period in earlier[-1].periods):
        return ()
    place = "".join(f"{name}, " for name in earlier[-1].authorities)
    years = sorted({period.first.year for question in earlier for period in question.periods if period.exact})
    return (
        tuple(Choice(str(year), _standalone(text, f"{place}{year}", earlier[-1]), 1) for year in years)
        if len(years) >= _SEVERAL
        else ()
    )


def _of_reports(text: str, before: Interpretation, reports: Sequence[Report]) -> tuple[Choice, ...]:
    """Offer the reports of the time and kind mentioned before, if "that one" may refer to any of them."""
    then = reports_of_time(before.parts[-1], reports) or set()
    meant = [r for r in reports if r.id in then and (not before.kinds or r.kind in before.kinds)]
    if len(meant) < _SEVERAL or not follow_up_cues.means_that_one(text):
        return ()
    meant.sort(key=report_day)
    named = [named_by_date(report) for report in meant]
    place = "".join(f"{name}, " for name in before.authorities)
    return tuple(Choice(name, _standalone(text, f"{place}{name}", before), 1) for name in named)


def _standalone(text: str, meaning: str, before: Interpretation) -> str:
    """Return the question with the given meaning.

    If the question has no subject of its own, add the earlier subject.
    """
    subject = text if follow_up_cues.subject_terms(without_kinds(text)) else before.search_text
    return f"{subject.rstrip(' ?.')} ({meaning})?"
