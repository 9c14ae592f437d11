"""Decide whether a reply is right, is wrong, or names words that it could not apply."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from benchmarks.harness.reports import digest
from benchmarks.proofs.questions.key import OVERALL, SAFEGUARDING_BOARD, Expected, area_of, grade_of
from benchmarks.proofs.questions.replies import Reply

SURE = 0.75
"""A reply with at least this confidence must be right."""


class Verdict(StrEnum):
    """Whether a reply is right, is wrong, or names words that it did not apply."""

    RIGHT = "right"
    NOT_APPLIED = "not applied"
    """The reply names words that it did not apply, or has no answer. It gives no wrong answer with high confidence."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Graded:
    """A verdict, with the expected answer and the answer that we got."""

    verdict: Verdict
    expected: str = ""
    got: str = ""


def grade(want: Expected, reply: Reply) -> Graded:
    """Compare a reply with the right answer."""
    return graded(fault_of(want, reply), shown(want), reply)


def graded(fault: str, expected: str, reply: Reply) -> Graded:
    """Return the verdict on a reply. ``fault`` says what is wrong with it, and is empty if the reply is right."""
    if not fault and not reply.not_applied:
        return Graded(Verdict.RIGHT)
    modest = bool(reply.not_applied) or (not reply.answered and not reply.sentence)
    if modest and (reply.confidence < SURE or not fault):
        return Graded(Verdict.NOT_APPLIED, expected, f"{fault} · not applied: {', '.join(reply.not_applied)}")
    return Graded(Verdict.WRONG, expected, fault)


def fault_of(want: Expected, reply: Reply) -> str:
    """Return what is wrong with a reply, or an empty string if it is right."""
    if want.yes is not None:
        return "" if reply.yes is want.yes else f"yes: {reply.yes} · {reply.reason[:160]}"
    if want.authorities is not None:
        return _authorities_fault(want.authorities, reply)
    if want.winners is not None:
        return _winners_fault(want.winners, reply)
    if want.rows is not None:
        return _rows_fault(want.rows, want.count, reply)
    if want.days is not None:
        return _days_fault(want.days, reply)
    if want.people is not None:
        got = {(row.sha256, digest(row.value)) for row in reply.rows if row.name == "lead-inspector"}
        return "" if got == want.people else f"{len(got & want.people)} of {len(want.people)} · {_said(reply)}"
    if want.reports is not None:
        return _reports_fault(want.reports, reply)
    if (reply.count, want.of and reply.of) != (want.count, want.of):
        return f"count: {reply.count} of {reply.of} · {_said(reply)}"
    return ""


def shown(want: Expected) -> str:
    """Return the right answer in a few words."""
    for value in (want.authorities, want.winners):
        if value is not None:
            return f"{len(value)}: {', '.join(sorted(value))}" + (
                f" (apart: {', '.join(sorted(want.apart))})" if want.apart else ""
            )
    if want.rows is not None:
        return "; ".join(sorted(f"{area}: {grade}" for _, area, grade in want.rows))
    if want.days is not None:
        return "; ".join(sorted(f"{name} {value}" for _, name, value in want.days))
    if want.people is not None:
        return f"{len(want.people)} people"
    if want.reports is not None:
        return f"{len(want.reports)} reports"
    return f"yes: {want.yes}" if want.yes is not None else f"{want.count} of {want.of}"


def _authorities_fault(want: frozenset[str], reply: Reply) -> str:
    if not want:
        return "" if reply.sentence and reply.count == 0 else f"not empty · {_said(reply)}"
    got = {row.authority for row in reply.rows} if reply.answered and reply.count else set()
    if got == want and reply.count == len(want):
        return ""
    missing, extra = ", ".join(sorted(want - got)), ", ".join(sorted(got - want))
    return f"count {reply.count}; missing: {missing}; extra: {extra} · {_said(reply)}"


def _winners_fault(want: frozenset[str], reply: Reply) -> str:
    said, has, _ = reply.sentence.partition(" the ")
    names = {row.authority for row in reply.rows}
    if not want:
        return "" if reply.sentence.startswith(("Neither", "They all", "Both")) else _said(reply)
    named = {name for name in names if name in said}
    return "" if has and named == want else _said(reply)


def _rows_fault(want: frozenset[tuple[str, str, str]], count: int | None, reply: Reply) -> str:
    got = {(row.sha256, area_of(row.area), grade_of(row.grade)) for row in reply.rows if row.area}
    if count is not None:
        return _areas_fault(want, count, got, reply)
    if got == want:
        return ""
    missing, extra = (", ".join(sorted(f"{a}: {g}" for _, a, g in part)) for part in (want - got, got - want))
    return f"missing: {missing}; extra: {extra} · {_said(reply)}"


def _areas_fault(
    want: frozenset[tuple[str, str, str]], count: int, got: set[tuple[str, str, str]], reply: Reply
) -> str:
    """Compare areas. The reply may also list the overall grade, and earlier grades if the areas changed."""
    later = {sha256 for sha256, _, _ in want}
    listed = {row for row in got if row[0] in later or not want}
    areas = {row for row in listed if row[1] not in (OVERALL, SAFEGUARDING_BOARD)} if reply.count else set()
    overall = len(listed) - len({row for row in listed if row[1] not in (OVERALL, SAFEGUARDING_BOARD)})
    if areas == want and reply.count is not None and count <= reply.count <= count + overall:
        return ""
    return f"count {reply.count}: {', '.join(sorted(f'{a}: {g}' for _, a, g in got))} · {_said(reply)}"


def _days_fault(want: frozenset[tuple[str, str, str]], reply: Reply) -> str:
    got = {(row.sha256, row.name, _days(row.name, row.value)) for row in reply.rows if row.name}
    if got == want:
        return ""
    cited = {row.sha256 for row in reply.rows}
    said = all(sha256 in cited and _in_words(value) in reply.sentence for sha256, _, value in want)
    if said and not got - want:
        return ""  # the rows may show the grades that changed that day, and the sentence may show the day
    return f"{', '.join(sorted(f'{name} {value}' for _, name, value in got))} · {_said(reply)}"


def _days(name: str, value: str) -> str:
    return f"{value}/{value}" if name == "inspected" and "/" not in value else value


def _in_words(value: str) -> str:
    day = date.fromisoformat(value.rpartition("/")[2])
    return f"{day.day} {day:%B %Y}"


def _reports_fault(want: frozenset[str], reply: Reply) -> str:
    if not want:
        return "" if reply.sentence and reply.count == 0 else f"not empty · {_said(reply)}"
    got = {row.sha256 for row in reply.rows} if reply.answered else set()
    if got == want:
        return ""
    return f"{len(got)} reports, missing {len(want - got)}, extra {len(got - want)} · {_said(reply)}"


def _said(reply: Reply) -> str:
    return f"[{reply.status} {reply.confidence}] {reply.reason[:200]}"


def tally(verdicts: dict[str, Graded], tags: dict[str, list[str]]) -> dict[str, dict[Verdict, int]]:
    """Count the verdicts on the questions with each tag, and the verdicts on all questions."""
    counts: dict[str, dict[Verdict, int]] = {}
    for question, graded in verdicts.items():
        for tag in ("all", *tags[question]):
            counts.setdefault(tag, dict.fromkeys(Verdict, 0))[graded.verdict] += 1
    return counts


def shares(counts: dict[Verdict, int]) -> dict[Verdict, float]:
    """Return each count as a share of the total."""
    total = sum(counts.values())
    return {verdict: count / total if total else 0.0 for verdict, count in counts.items()}


def described(case: dict[str, Any], graded: Graded) -> str:
    """Return a question with the expected answer and the answer that we got."""
    return f"{case['id']} {case['question']}\n    expected: {graded.expected}\n    got:      {graded.got}"
