"""What we keep from an answer, so that we can say later how the answer differs. None of a report's words are kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from corpus.grades import AREAS_BY_KEY, Area, Grade, areas_of, grade_named
from corpus.types import Report
from qa_service.types import Answer, AnswerStatus, Statement
from qa_service.wording import HEADINGS

_CHECKED = re.compile(r"\b(of (?:the )?)\d+", re.IGNORECASE)
"""The numbers of reports checked: "3 of 152", "of the 152 reports"."""
FindReport = Callable[[str], Report | None]
"""Returns the report with the given id, if the person may see it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What we keep from a statement: a digest of its words, the place of the words, and the grade if it states one."""

    digest: str
    report_id: str
    page: int
    areas: tuple[str, ...] = ()
    """The keys of the areas that the statement grades."""
    grade: Grade | None = None


_FORGOTTEN = Trace("", "", 1)
"""The value that replaces a statement when its report is purged. No later answer contains it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What we keep from an answer."""

    status: AnswerStatus
    traces: tuple[Trace, ...]
    count: int | None
    of: int | None
    total: int | None
    reason: str
    """A digest of the sentences around the statements. Empty if these sentences depend on the day of the question."""
    degraded: bool
    """Whether models were missing, so that we cannot compare another answer with this one."""

    @property
    def counts(self) -> tuple[int | None, int | None, int | None]:
        """How many items match, how many were checked, and how many are in the list."""
        return self.count, self.of, self.total

    def only_of(self, kept: Collection[str]) -> Snapshot:
        """Return a snapshot that says nothing about reports without one of these ids."""
        traces = (trace if trace.report_id in kept else _FORGOTTEN for trace in self.traces)
        return replace(self, traces=tuple(traces))


@dataclass(frozen=True, slots=True)
class GradeMove:
    """A grade in an answer that is different from the grade in the earlier one."""

    authority: str
    area: Area
    before: Grade
    after: Grade
    trace: Trace
    """The earlier grade. The person may no longer be allowed to see its report."""
    statement: Statement
    """The grade now."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What is different in an answer."""

    before: Snapshot
    now: Answer
    added: tuple[Statement, ...]
    """The statements that were not in the earlier answer."""
    gone: tuple[Trace, ...]
    """The statements of the earlier answer that are no longer in it."""
    grades: tuple[GradeMove, ...]
    """Grades that are different. Their statements are in ``added``, and the earlier ones in ``gone``."""
    comparable: bool = True
    """Whether both answers were found with all models."""

    @property
    def status_is_different(self) -> bool:
        """Whether the outcome is different, such as an answer instead of none."""
        return self.before.status is not self.now.status

    @property
    def count_is_different(self) -> bool:
        """Whether the number of items that match is different.

        The number of items that we checked does not count, because almost every build changes it.
        """
        count, _, total = _counts(self.now)
        return (count, total) != (self.before.count, self.before.total)

    @property
    def words_are_different(self) -> bool:
        """Whether the sentences around the statements are different. They do not count if they depend on the day."""
        return bool(self.before.reason) and not self.now.as_of and _reason_digest(self.now) != self.before.reason

    @property
    def is_different(self) -> bool:
        """Whether the answer is different in any way."""
        return self.comparable and bool(
            self.added or self.gone or self.status_is_different or self.count_is_different or self.words_are_different
        )


def differences(change: AnswerChange) -> list[str]:
    """Say what is different in an answer, in sentences. Empty if nothing is different."""
    if not change.is_different:
        return []
    before, now = change.before, change.now
    said = [
        f"{move.authority}, {move.area.name.lower()}: {move.after.capitalize()}. Before, it was "
        f"{move.before.capitalize()}."
        for move in change.grades
    ]
    if change.status_is_different:
        said.append(f"The outcome is “{HEADINGS[now.status]}”. Before, it was “{HEADINGS[before.status]}”.")
    if change.count_is_different and (counted := _count_words(*_counts(now))) != (was := _count_words(*before.counts)):
        said.append(f"The answer counts {counted}. Before, it counted {was}.")
    if change.added:
        said.append(f"{_items(len(change.added))} in the answer that {_was(len(change.added))} not there before.")
    if change.gone:
        said.append(f"{_items(len(change.gone))} no longer in the answer.")
    return said or ["The sentences around the quotes are different."]


def _items(number: int) -> str:
    return "1 quote or fact is" if number == 1 else f"{number} quotes or facts are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _count_words(count: int | None, of: int | None, total: int | None) -> str:
    if count is not None and of is not None:
        return f"{count} of {of}"
    return str(next((number for number in (count, of, total) if number is not None), "nothing"))


def snapshot_of(answer: Answer) -> Snapshot:
    """Return what we keep from an answer."""
    return Snapshot(
        answer.status,
        tuple(_trace(answer, statement) for statement in answer.statements),
        *_counts(answer),
        reason="" if answer.as_of else _reason_digest(answer),
        degraded=bool(answer.degraded),
    )


def change_since(before: Snapshot, answer: Answer, find: FindReport) -> AnswerChange:
    """Return what is different in an answer. The same words in a later issue of a report do not count as different."""
    traces = [_trace(answer, statement) for statement in answer.statements]
    known, left = Counter(_key(trace, find) for trace in before.traces), Counter(_key(trace, find) for trace in traces)
    added = [
        (trace, statement)
        for trace, statement in zip(traces, answer.statements, strict=True)
        if _key(trace, find) not in known
    ]
    gone = [trace for trace in before.traces if _key(trace, find) not in left]
    return AnswerChange(
        before,
        answer,
        tuple(statement for _, statement in added),
        tuple(gone),
        tuple(_grade_moves(gone, added, find)),
        comparable=not (before.degraded or answer.degraded),
    )


def _grade_moves(gone: Sequence[Trace], added: Sequence[tuple[Trace, Statement]], find: FindReport) -> list[GradeMove]:
    """Return the grades that are different: one grade of an area replaces exactly one other grade."""
    before: dict[tuple[str, Area], list[Trace]] = {}
    for trace in gone:
        for place in _graded_places(trace, find):
            before.setdefault(place, []).append(trace)
    after: dict[tuple[str, Area], list[tuple[Grade, Statement]]] = {}
    for trace, statement in added:
        for place in _graded_places(trace, find):
            if trace.grade:
                after.setdefault(place, []).append((trace.grade, statement))
    return [
        GradeMove(*place, traces[0].grade, after[place][0][0], traces[0], after[place][0][1])
        for place, traces in before.items()
        if len(traces) == len(after.get(place, ())) == 1
        and traces[0].grade
        and traces[0].grade is not after[place][0][0]
    ]


def _graded_places(trace: Trace, find: FindReport) -> list[tuple[str, Area]]:
    """Return the authority and each area whose grade a statement gives. Empty if the person cannot see the report."""
    report = find(trace.report_id)
    if report is None or not report.authority:
        return []
    return [(report.authority, AREAS_BY_KEY[key]) for key in trace.areas if key in AREAS_BY_KEY]


def _trace(answer: Answer, statement: Statement) -> Trace:
    cited = answer.citations[statement.citations[0] - 1]
    report_id = statement.report_id or (statement.fact.report_id if statement.fact else cited.report.id)
    page = statement.quotes[0].page if statement.quotes else cited.page
    judgement = statement.judgement
    return Trace(
        _digest(statement.text),
        report_id,
        page,
        tuple(area.key for area in areas_of(judgement)) if judgement else (),
        grade_named(judgement.grade) if judgement else None,
    )


def _key(trace: Trace, find: FindReport) -> tuple[str, str]:
    """Return a key that is the same for two equal statements: the words, and the report or its latest issue."""
    report = find(trace.report_id)
    return trace.digest, (report.superseded_by if report else None) or trace.report_id


def _counts(answer: Answer) -> tuple[int | None, int | None, int | None]:
    summary = answer.summary
    return (summary.count, summary.of, answer.total) if summary else (None, None, answer.total)


def _reason_digest(answer: Answer) -> str:
    """Return a digest of the sentences around the statements, apart from how many reports or authorities we checked."""
    return _digest(_CHECKED.sub(r"\1", answer.reason))


def _digest(text: str) -> str:
    return hashlib.sha256(json.dumps(text).encode()).hexdigest()
