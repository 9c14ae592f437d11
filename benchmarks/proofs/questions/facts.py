"""Ask the questions about facts, and count the replies that are right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.proofs.questions.grading import Graded, Verdict, described, grade, shares, tally
from benchmarks.proofs.questions.key import expected, load
from benchmarks.proofs.questions.replies import Ask, Reply, whole_reply

HERE = Path(__file__).parent
TAGS = ("time", "grade", "area", "not", "than", "count", "change", "date", "name")
"""What a question can depend on. Any two of these make sense together, so we leave out no pair."""
FILES = ("first", "second", "third")
"""The files of questions. The writers of each file had not seen the earlier ones. We have used all three to improve the
rules."""
RIGHT, WRONG, NOT_APPLIED = 0.97, 0.005, 0.1
_LEAST_QUESTIONS, _LEAST_PAIRS, _SHOWN = 400, 5, 30


@dataclass(frozen=True, slots=True)
class AskedCase:
    """A question with its reply, and whether the reply is right."""

    case: dict[str, Any]
    reply: Reply
    graded: Graded


def cases(name: str) -> list[dict[str, Any]]:
    """Read a file of cases. Returns an empty list if the file does not exist."""
    path = HERE / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def all_cases() -> list[dict[str, Any]]:
    """Read the cases in all files."""
    return [case for name in FILES for case in cases(name)]


def ask_all(asked: Iterable[dict[str, Any]], ask: Ask) -> Iterator[AskedCase]:
    """Ask each question, and compare its reply with the facts."""
    reports = load()
    for case in asked:
        reply = whole_reply(case["question"], ask)
        yield AskedCase(case, reply, grade(expected(case["spec"], reports), reply))


def prove(proof: Proof, ask: Ask, *, show: bool) -> list[AskedCase]:
    """Ask the questions in all files. Return them with their replies."""
    by_file = {name: cases(name) for name in FILES}
    everything = all_cases()
    proof.add("questions from facts", len(everything), "≥", _LEAST_QUESTIONS)
    proof.add("fewest questions with a pair of tags", min(pairs(everything).values()), "≥", _LEAST_PAIRS)
    results = []
    for name, part in by_file.items():
        done = list(ask_all(part, ask))
        _print_shares(proof, name, done)
        results += done
    _print_shares(proof, "facts", results, bounds=True)
    if show:
        wrong = [one for one in results if one.graded.verdict is not Verdict.RIGHT]
        wrong.sort(key=lambda one: one.graded.verdict is Verdict.NOT_APPLIED)
        print("\n".join(described(one.case, one.graded) for one in wrong[:_SHOWN]))
    return results


def pairs(asked: Iterable[dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Count, for each pair of tags, the questions that have both."""
    counts = dict.fromkeys(combinations(TAGS, 2), 0)
    for case in asked:
        for pair in combinations([tag for tag in TAGS if tag in case["tags"]], 2):
            counts[pair] += 1
    return counts


def _print_shares(proof: Proof, name: str, done: list[AskedCase], *, bounds: bool = False) -> None:
    if not done:
        proof.add(f"{name}: questions", 0)
        return
    verdicts = {one.case["id"]: one.graded for one in done}
    counts = tally(verdicts, {one.case["id"]: one.case["tags"] for one in done})
    everything = shares(counts.pop("all"))
    if not bounds:
        for verdict, share in everything.items():
            proof.add(f"{name}, {len(done)} questions: {verdict}", share)
        return
    proof.add(f"{name}: right", everything[Verdict.RIGHT], "≥", RIGHT)
    proof.add(f"{name}: wrong", everything[Verdict.WRONG], "≤", WRONG)
    for tag in TAGS:
        number = sum(counts[tag].values())
        of_tag = shares(counts[tag])
        proof.add(f"{name}, {tag}, {number} questions: right", of_tag[Verdict.RIGHT])
        proof.add(f"{name}, {tag}, {number} questions: wrong", of_tag[Verdict.WRONG])
        proof.add(f"{name}, {tag}: not applied", of_tag[Verdict.NOT_APPLIED], "≤", NOT_APPLIED)
