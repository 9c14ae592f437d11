"""Lists and counts of authorities by their grades, or by changes of grade."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.grades import OVERALL, Area, Grade, grade_of
from corpus.types import Judgement, Report
from index.search.filtering import report_day
from index.storage.fact_query import Change
from qa_service.answering.facts.authorities.inspected import by_inspection
from qa_service.answering.facts.authorities.list_sentences import (
    NONE,
    areas_of_conditions,
    counts_visits,
    grades_asked,
    includes_better,
    of_each_grade,
    shared_words,
    time_of_inspections,
    which_inspection,
    why_apart,
    why_unread,
)
from qa_service.answering.facts.changes import (
    asks_about_latest,
    change_rows,
    changes_in_more_steps,
    changes_in_time,
    changes_that_fit,
    unread_inspections,
)
from qa_service.answering.facts.grades import any_unread, meets_all, shown
from qa_service.answering.facts.inspections import all_inspections, graded_inspections, picked_inspections
from qa_service.answering.facts.times import in_words, says_now, tense_of
from qa_service.answering.facts.types import AUTHORITIES, FactAnswer, FactRow, FactScope
from qa_service.answering.facts.wording import (
    apart_words,
    others_words,
    plural,
    share_words,
    with_article,
    with_time_first,
)
from qa_service.types import Summary
from qa_service.understanding.conditions.types import (
    Condition,
    CountCondition,
    GradeChange,
    GradeCondition,
    Steps,
    Truth,
)
from qa_service.understanding.conditions.wording import (
    area_words,
    change_noun,
    grade_noun,
    grade_words,
    had,
    sentence_words,
    without_area,
)
from qa_service.understanding.times.wording import Tense
from qa_service.wording import in_list, number_of_verb

_TWO = 2
_NAMES_WORST_FIRST = re.compile(r"\binadequate\b.*\boutstanding\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The authorities that we checked, grouped by whether they fit, with the rows that show this."""

    fitting: Mapping[str, tuple[FactRow, ...]]
    others: Mapping[str, tuple[FactRow, ...]]
    apart: tuple[str, ...]
    """Authorities whose inspection does not grade what the question asks about."""
    unread: tuple[str, ...]
    """Authorities whose inspection should grade it, but whose grade we could not read."""


def list_authorities(scope: FactScope) -> FactAnswer | None:
    """Return the authorities that a question asks for. None if the reports have nothing to count."""
    conditions = scope.question.conditions
    changes = [condition for condition in conditions.grades if isinstance(condition, GradeChange)]
    if changes:
        answer = _by_change(scope, changes[0])
    elif conditions.grades:
        answer = _by_grade(scope, conditions.grades)
    else:
        answer = by_inspection(scope)
    return _yes_or_no_answer(answer, of_all=conditions.of_all) if answer and conditions.asserts else answer


def _yes_or_no_answer(answer: FactAnswer, *, of_all: bool) -> FactAnswer:
    """Turn a list into the answer to a question such as "Is there a council that …?" or "Is every council …?"."""
    yes = answer.summary.count == answer.summary.of if of_all else bool(answer.summary.count)
    sentence = f"{'Yes' if yes else 'No'}. {answer.summary.sentence.removeprefix(f'{NONE} ')}"
    others = others_words(answer.others) if of_all and answer.summary.count else ""
    note = " ".join(filter(None, (others, answer.note)))
    return replace(answer, summary=replace(answer.summary, sentence=sentence, yes=yes), note=note)


def authorities_that_fit(scope: FactScope) -> set[str]:
    """Return the authorities whose grades meet the conditions of a question that is answered with quotes."""
    conditions = [c for c in scope.question.conditions.grades if not isinstance(c, GradeChange)]
    return set(_count(scope, conditions).fitting) if conditions else set(scope.authorities)


def _by_grade(scope: FactScope, conditions: Sequence[Condition]) -> FactAnswer | None:
    counted = _count(scope, conditions)
    looked_at = len(counted.fitting) + len(counted.others)
    left_out = (
        apart_words(counted.apart, why_apart(scope, conditions, len(counted.apart))),
        apart_words(counted.unread, why_unread(conditions, len(counted.unread))),
    )
    apart = " ".join(filter(None, left_out))
    if not looked_at:
        then = time_of_inspections(scope)
        return _none_to_count(f"We have no inspection{then} that gives {grades_asked(conditions)}.", apart)
    if counts_visits(scope):
        counted = _with_inspections(scope, counted)
    total = len(counted.fitting)
    if of_each_grade(scope, conditions):
        return _grades_of_all(scope, conditions, counted, apart)
    said, by = shared_words(scope, conditions, total, looked_at), which_inspection(scope, conditions)
    share = (
        f" That is {round(100 * total / looked_at)} per cent." if scope.question.conditions.share and looked_at else ""
    )
    now = " or now" * (bool(scope.question.periods) and says_now(scope.question))
    sentence = f"{said}{in_words(scope.question)}{now}.{share} {by}"
    note = " ".join(filter(None, (includes_better(scope, conditions, counted.fitting), apart)))
    # If no authority fits, list the ones that we checked, to show this.
    listed = counted.fitting or counted.others
    items = tuple(listed[name] for name in sorted(listed))
    summary = Summary(sentence, total, looked_at, AUTHORITIES)
    return FactAnswer(items, summary, note, total=total, answered=bool(items), others=tuple(sorted(counted.others)))


def _grades_of_all(scope: FactScope, conditions: Sequence[Condition], counted: _Counted, apart: str) -> FactAnswer:
    """Return all authorities with their grades.

    The best come first, or the worst if the question names that grade first.
    """
    order = list(Grade)
    worst_first = _NAMES_WORST_FIRST.search(scope.question.text) is not None
    if worst_first:
        order.reverse()
    grades = {
        name: min((grade_of(row.judgement) for row in rows if row.judgement), key=list(Grade).index)
        for name, rows in counted.fitting.items()
    }
    listed = sorted(counted.fitting, key=lambda name: (order.index(grades[name]), name))
    total, numbers = len(listed), Counter(grades.values())
    grade_counts = in_list([f"{numbers[grade]} {grade.capitalize()}" for grade in order if numbers[grade]])
    whom = f"{plural(total, 'authority has', 'authorities have')} {grades_asked(conditions)}{in_words(scope.question)}"
    first = f"They are listed with the {'worst' if worst_first else 'best'} grade first. " * (total > 1)
    sentence = f"{whom}: {grade_counts}. {first}{which_inspection(scope, conditions)}"
    items = tuple(counted.fitting[name] for name in listed)
    summary = Summary(sentence, total, total, AUTHORITIES)
    return FactAnswer(items, summary, apart, total=total, answered=bool(items))


def _count(scope: FactScope, conditions: Sequence[Condition]) -> _Counted:
    """Group authorities by whether they meet the conditions, do not meet them, or have no grade that shows this."""
    number = None if counts_visits(scope) else scope.question.conditions.number
    every = graded_inspections(scope, all_of_them=True)
    picked = picked_inspections(scope, every)
    fitting: dict[str, tuple[FactRow, ...]] = {}
    others: dict[str, tuple[FactRow, ...]] = {}
    apart: list[str] = []
    unread: list[str] = []
    for name in every:
        if number:
            met = [_meeting(every[name], conditions, number)]
        else:
            met = [holds(condition, picked.get(name, []), every[name]) for condition in conditions]
        verdicts = [verdict for verdict, _ in met]
        rows = tuple(dict.fromkeys(row for _, shown_rows in met for row in shown_rows))
        if scope.question.conditions.any_of:
            fits = True if True in verdicts else None if None in verdicts else False
        else:
            fits = False if False in verdicts else None if None in verdicts else True
        if fits is None:
            used = every[name] if number else picked.get(name, [])
            lacks = any(any_unread(report, areas_of_conditions(conditions)) for report in used)
            (unread if lacks else apart).append(name)
        else:
            (fitting if fits else others)[name] = rows
    return _Counted(fitting, others, tuple(apart), tuple(unread))


_Verdict = tuple[bool | None, tuple[FactRow, ...]]
"""Whether an inspection meets a condition (None if it has no grade for it), and the rows that show this."""


def holds(condition: Condition, picked: Sequence[Report], every: Sequence[Report]) -> _Verdict:
    """Return whether an authority meets a condition, according to the inspections that the condition is about."""
    truth = condition.truth if isinstance(condition, GradeCondition) else Truth.PICKED
    reports = picked if truth is Truth.PICKED else every
    met = {report.id: meets_all(report, [condition]) for report in reports}
    judged = [report for report in reports if met[report.id] is not None]
    meeting = [report for report in judged if met[report.id]]
    if not judged:
        return None, ()
    holds = {Truth.NEVER: not meeting, Truth.ALWAYS: len(meeting) == len(judged)}.get(truth, bool(meeting))
    evidence = judged if truth in (Truth.NEVER, Truth.ALWAYS) or not meeting else meeting
    return holds, tuple(row for report in evidence for row in _rows(report, shown(report, [condition])))


def _meeting(every: Sequence[Report], conditions: Sequence[Condition], number: CountCondition) -> _Verdict:
    """Return whether as many of an authority's inspections as a question asks for meet all its conditions."""
    met = {report.id: meets_all(report, conditions) for report in every}
    judged = [report for report in every if met[report.id] is not None]
    meeting = [report for report in judged if met[report.id]]
    fits = number.allows(len(meeting))
    rows = tuple(row for report in meeting or judged[-1:] for row in _rows(report, shown(report, conditions)))
    return (fits, rows) if judged else (None, ())


def _with_inspections(scope: FactScope, counted: _Counted) -> _Counted:
    """Keep the authorities that had as many inspections as a question says, of the kinds that it names."""
    number = scope.question.conditions.number or CountCondition()
    counts = Counter(report.authority for report in all_inspections(scope))
    fitting = {name: rows for name, rows in counted.fitting.items() if number.allows(counts[name])}
    others = {**counted.others, **{name: rows for name, rows in counted.fitting.items() if name not in fitting}}
    return _Counted(fitting, others, counted.apart, counted.unread)


def _by_change(scope: FactScope, change: GradeChange) -> FactAnswer | None:
    area = change.area or OVERALL
    everything = changes_in_time(scope, area, change)
    ungraded: tuple[str, ...] = ()
    if asks_about_latest(scope.question) and not change.than:
        everything, ungraded = _of_last_two(scope, everything, area)
    pairs = changes_that_fit(scope, change, everything)
    if not everything:
        then = time_of_inspections(scope)
        return _none_to_count(f"We have no graded inspection{then} that we can compare with an earlier one.")
    others = [c for c in scope.question.conditions.grades if not isinstance(c, GradeChange)]
    also = _count(_at_any_time(scope), others).fitting if others else None
    longer = changes_in_more_steps(scope, change, everything)
    by_authority = _by_authority(pairs, also)
    in_more_steps = {name: found for name, found in _by_authority(longer, also).items() if name not in by_authority}
    # "Has any gone from … to …?" asks if there was such a change, even over several inspections.
    whether = scope.question.conditions.asserts and change.steps is None and not by_authority
    counts_longer = change.steps is Steps.ANY or whether
    of_longer = in_more_steps if counts_longer else {}
    listed = {**by_authority, **of_longer}
    order = scope.question.conditions.order
    names = sorted(listed)
    if order:
        names.sort(key=lambda name: report_day(scope.report(listed[name][-1].after)), reverse=order.newest_first)
    items = tuple(change_rows(scope, listed[name][-1], area) for name in names)
    looked_at = len({pair.authority for pair in everything})
    total = len(listed)
    latest = asks_about_latest(scope.question)
    count, tense = number_of_verb(total, looked_at), tense_of(scope.question)
    left_out = in_more_steps and not counts_longer
    changed = sentence_words(replace(change, steps=Steps.ONE) if left_out else change, count, tense)
    if change.before == change.after and len(change.before) == 1 and not (latest or change.latest):
        were = "was" if count == 1 else "were"
        changed = f"{were} rated {grade_words(change.before)} {area_words(area)} at two inspections in a row"
    if (grade := change_noun(change)) and not latest:  # the grade may have changed again since then
        changed = f"{had(count, tense)} an inspection with {grade} the one before it"
    if change.than:
        sentence = _compared_words(scope, change, total, looked_at)
    else:
        between = _between_words(len(of_longer), total)
        compared = "with two or more graded inspections"
        if ungraded:
            compared = f"whose last two graded inspections both give {with_article(grade_noun(area))}"
        changed = f"{share_words(total, looked_at, compared)} {changed}{between}."
        changed = with_time_first(in_words(scope.question), changed)
        which = "authority’s latest graded " if latest else ""
        how = "used every graded inspection" if of_longer else f"compared each {which}inspection with the one before it"
        share = f" That is {round(100 * total / looked_at)} per cent." if scope.question.conditions.share else ""
        sentence = f"{changed}{share} We {how}."
    unread = sorted({str(report.authority) for report in unread_inspections(scope, area)} - set(listed))
    more_steps = _not_counted(change, sorted(in_more_steps), also=bool(total)) if left_out else ""
    apart = apart_words([name for name in ungraded if name not in unread], _why_not_compared(area, len(ungraded)))
    note = " ".join(filter(None, (more_steps, apart, apart_words(unread, why_unread([change], len(unread))))))
    summary = Summary(sentence, total, looked_at, AUTHORITIES, changes=True)
    if not items:  # list the last change of each authority that we checked, to show that none fits
        items = tuple(change_rows(scope, pair, area) for pair in {pair.authority: pair for pair in everything}.values())
    left = tuple(sorted({pair.authority for pair in everything} - set(listed)))
    return FactAnswer(items, summary, note, total=total, answered=bool(items), others=left)


def _of_last_two(scope: FactScope, pairs: Sequence[Change], area: Area) -> tuple[list[Change], tuple[str, ...]]:
    """Return the pairs that are an authority's last two graded inspections, and the authorities that have no such pair.

    The pair before does not show what changed last. An authority with one graded inspection is in neither list.
    """
    unread = {str(report.authority) for report in unread_inspections(scope, area)}
    every = graded_inspections(_at_any_time(scope), all_of_them=True)
    in_time = graded_inspections(scope, all_of_them=True)
    last_two = {
        name: tuple(report.id for report in every[name] if report_day(report) <= report_day(reports[-1]))[-2:]
        for name, reports in in_time.items()
        if reports and name not in unread
    }
    kept = [
        pair for pair in pairs if last_two.get(pair.authority, (pair.before, pair.after)) == (pair.before, pair.after)
    ]
    found = {pair.authority for pair in kept}
    return kept, tuple(sorted(name for name, ids in last_two.items() if len(ids) == _TWO and name not in found))


def _why_not_compared(area: Area, count: int) -> str:
    """Say which grade is missing from one of the last two inspections of the authorities that we did not count."""
    whose, separate = "its" if count == 1 else "their", "" if area is OVERALL else "separate "
    grade = f"{separate}{grade_noun(area)}"
    return f"{whose} last two graded inspections do not both give {with_article(grade)}"


def _at_any_time(scope: FactScope) -> FactScope:
    """Return a scope without its times, for a condition about the present."""
    return replace(scope, question=replace(scope.question, periods=(), times_left_out=()))


def _by_authority(pairs: Iterable[Change], allowed: Collection[str] | None) -> dict[str, list[Change]]:
    """Group changes by authority. ``allowed`` are the authorities that may be counted, or None if all may."""
    grouped: dict[str, list[Change]] = {}
    for pair in pairs:
        if allowed is None or pair.authority in allowed:
            grouped.setdefault(pair.authority, []).append(pair)
    return grouped


def _compared_words(scope: FactScope, change: GradeChange, total: int, looked_at: int) -> str:
    """Say how many authorities had a better or worse grade than at the earlier time that a question names."""
    now = " and now" if len(scope.question.periods) == 1 else ""
    whom = share_words(total, looked_at, f"with {grades_asked([change])}{in_words(scope.question)}{now}")
    grade = change_noun(change).removesuffix(" than").removesuffix(" as").removesuffix(" from")
    have = had(number_of_verb(total, looked_at), Tense.PAST)
    return f"{whom} {have} {grade} at the later time. We used each authority’s latest graded inspection of each time."


def _between_words(longer: int, total: int) -> str:
    """Say how many of the authorities that we counted had another grade in between. Empty if no authority had."""
    if not longer:
        return ""
    if longer < total:
        return f", {longer} of them with another grade in between"
    return f", {'each ' * (total > 1)}with another grade in between"


def _not_counted(change: GradeChange, names: Sequence[str], *, also: bool) -> str:
    """Name the authorities that went from one grade to the other with another grade in between."""
    if not names:
        return ""
    them = "it" if len(names) == 1 else "them"
    moved = without_area(sentence_words(replace(change, steps=None), len(names), Tense.PAST), OVERALL)
    return f"{in_list(names)} {'also ' * also}{moved}, but had another grade in between, so we have not counted {them}."


def _rows(report: Report, judgements: Iterable[Judgement]) -> tuple[FactRow, ...]:
    return tuple(FactRow(report, judgement) for judgement in judgements)


def _none_to_count(sentence: str, note: str = "") -> FactAnswer:
    """Say why there are no authorities to count."""
    return FactAnswer((), Summary(sentence, 0, 0, AUTHORITIES), note, total=0, answered=False)
