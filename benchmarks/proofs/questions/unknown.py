"""Ask questions with one condition that the service does not know. Each reply must say that it was not applied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.proofs.questions.facts import cases
from benchmarks.proofs.questions.grading import SURE
from benchmarks.proofs.questions.replies import Ask

CUES = ("time", "number", "comparison", "denial", "order", "quantity", "place", "person")
"""The words that show that a condition limits an answer, for each group of questions."""
_QUESTIONS = 60
_FUNCTION_WORDS = frozenset((
    "a", "an", "and", "as", "at", "by", "does", "for", "from", "had", "has", "have", "in", "is", "its", "of", "on",
    "or", "that", "the", "to", "was", "who",
))  # fmt: skip


def prove(proof: Proof, ask: Ask, *, show: bool) -> None:
    """Ask each question."""
    asked = cases("unknown")
    proof.add("questions with an unknown condition", len(asked), "=", _QUESTIONS)
    proof.add("kinds of unknown condition", len({case["cue"] for case in asked}), "=", len(CUES))
    replies = [(case, ask(case["question"], 0)) for case in asked]
    faults = [(case, fault, reply) for case, reply in replies if (fault := fault_of(case, reply))]
    for about in ("facts", "sentences"):
        part = [case for case in asked if case["about"] == about]
        named = len(part) - sum(case["about"] == about for case, _, _ in faults)
        proof.add(f"unknown condition, {about}: named as not applied, of {len(part)}", named, "=", len(part))
    second = cases("unknown_second")
    named_second = sum(not fault_of(case, ask(case["question"], 0)) for case in second)
    proof.add(f"unknown condition, second set: named as not applied, of {len(second)}", named_second)
    if show:
        for case, fault, reply in faults:
            print(f"{case['id']} {case['question']}\n    {fault} · {reply['status']} · {reply['reason'][:160]}")


def fault_of(case: dict[str, Any], reply: dict[str, Any]) -> str:
    """Return what is wrong with a reply, or an empty string if it says that the condition was not applied."""
    if not names(case["words"], reply["not_applied"]):
        return f"“{case['words']}” is not named: {reply['not_applied']}, at {reply['confidence']}"
    return f"the confidence is {reply['confidence']}" if reply["confidence"] >= SURE else ""


def names(words: str, not_applied: Iterable[str]) -> bool:
    """Return whether the reply names any of the words as not applied."""
    wanted = _words(words)
    return any(wanted & _words(named) for named in not_applied)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’-]+", text.lower())) - _FUNCTION_WORDS
