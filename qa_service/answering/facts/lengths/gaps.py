"""Times between successive inspections of one authority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.dates import in_words as day_in_words
from corpus.types import Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import months_between
from qa_service.answering.facts.inspections import named
from qa_service.answering.facts.lengths.wait_words import bound_words, noun_of, time_words
from qa_service.answering.facts.types import AUTHORITIES, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import apart_words, share_words
from qa_service.types import FactName, Summary
from qa_service.understanding.conditions.types import Which
from qa_service.understanding.waits.types import Order, Wait
from qa_service.wording import in_list, length_of_time

_COUNTED = "We count from the end of one to the end of the next."


@dataclass(frozen=True, slots=True)
class _Gap:
    """Two successive inspections of an authority."""

    before: Report
    after: Report

    @property
    def days(self) -> int:
        """Number of days from the end of the first to the end of the second."""
        return (report_day(self.after) - report_day(self.before)).days

    @property
    def rows(self) -> tuple[FactRow, ...]:
        """The rows with the days of both inspections."""
        return tuple(FactRow(report, fact=FactName.INSPECTED) for report in (self.before, self.after))

    def words(self, noun: str) -> str:
        """Say when both ended, and how long the time between them is."""
        first, last = report_day(self.before), report_day(self.after)
        months = months_between(first, last)
        length = length_of_time(months) if months else f"{self.days} day{'' if self.days == 1 else 's'}"
        ended = f"{self.before.authority}’s {noun} ended on {day_in_words(first)}"
        return f"{ended}, {length} before {day_in_words(last)}, when the next one ended."


def gap_answer(scope: FactScope, wait: Wait, by_authority: Mapping[str, Sequence[Report]]) -> FactAnswer:
    """Return the times between the inspections of each authority, newest first."""
    dated = {
        name: [report for report in reports if report.inspected_to and not report.inspected_as]
        for name, reports in by_authority.items()
    }
    gaps = {
        name: [_Gap(before, after) for after, before in pairwise(reports) if report_day(before) < report_day(after)]
        for name, reports in dated.items()
    }
    gaps = {name: found for name, found in gaps.items() if found}
    return _list(scope, wait, gaps) if wait.lists else _of_named(scope, wait, gaps)


def _of_named(scope: FactScope, wait: Wait, gaps: Mapping[str, Sequence[_Gap]]) -> FactAnswer:
    """Answer for the authorities that a question names, with all the gaps of each or only the latest."""
    asked = named(scope) or scope.authorities
    lacking = [name for name in asked if name not in gaps]
    chosen = [gap for name in asked for gap in gaps.get(name, ())[: 1 if wait.which is Which.LATEST else None]]
    note = ""
    if lacking:
        note = f"We do not have two dated {noun_of(wait)}s of {in_list(lacking, last='or')}{time_words(scope)}."
    if not chosen:
        return FactAnswer((), Summary(note), answered=False)
    sentence = " ".join(gap.words(noun_of(wait)) for gap in chosen)
    items = tuple(gap.rows for gap in chosen)
    return FactAnswer(items, Summary(f"{sentence} {_COUNTED}"), note)


def _list(scope: FactScope, wait: Wait, gaps: Mapping[str, Sequence[_Gap]]) -> FactAnswer:
    """List authorities by their longest gap, or by their shortest.

    If none is within a limit, list all that we checked.
    """
    longest = wait.order is Order.LONGEST
    pick = max if longest else min
    of_each = [pick(found, key=lambda gap: gap.days) for _, found in sorted(gaps.items())]
    of_each.sort(key=lambda gap: gap.days, reverse=longest)
    noun, of = noun_of(wait), len(of_each)
    which = f"with two or more dated {noun}s{time_words(scope)}"
    if not of_each:
        return FactAnswer((), Summary(f"We have no authority {which}.", 0, 0, AUTHORITIES), total=0, answered=False)
    rank = "longest" if longest else "shortest"
    chosen = of_each
    if wait.single:
        chosen = [gap for gap in of_each if gap.days == of_each[0].days]
        names = in_list([str(gap.before.authority) for gap in chosen])
        had = f"{names} had the {rank} time between two of them"
        sentence = f"Of the {of} authorities {which}, {had}. {chosen[0].words(noun)}"
    elif wait.bound:
        chosen = [gap for gap in of_each if wait.bound.allows(report_day(gap.before), report_day(gap.after))]
        sentence = f"{share_words(len(chosen), of, which)} had {bound_words(wait.bound)} between two of them."
    else:
        verb = "is" if of == 1 else "are"
        sentence = f"{share_words(of, of, which)} {verb} listed, each with the {rank} time between two of them."
        sentence += f" {of_each[0].words(noun)}"
    included = [name for name in scope.authorities if name not in scope.question.conditions.excluded]
    note = apart_words([name for name in included if name not in gaps], f"we do not have two dated {noun}s for them")
    items = tuple(gap.rows for gap in chosen or of_each)
    summary = Summary(f"{sentence} {_COUNTED}", len(chosen), of, AUTHORITIES)
    return FactAnswer(items, summary, note, total=len(chosen))
