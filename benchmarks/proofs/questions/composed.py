"""Compose questions from random clauses, nested and in any order, and ask all of them.

Most of them make sense, but some do not. No question may raise an error or take too long. The questions may run only
the SQL statements that ordinary questions also run. We compare the statements without their values.
"""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import post
from benchmarks.proofs.questions.key import load
from benchmarks.proofs.questions.replies import Ask
from qa_service.types import MAX_QUESTION

_SEED, _QUESTIONS, _OVER_HTTP = 29, 2000, 100
_LIMIT = 10.0
"""The maximum time that a question may take, in seconds, while other work runs on the same machine."""
_WANTED = (
    "Which authorities", "which councils", "How many LAs", "What share of authorities", "Which reports",
    "When", "Who", "In which areas", "How", "Did {name}", "Has {name} ever", "Is {name} or {name} the one that",
    "How many times", "List the inspections that", "", "name the first authority that",
)  # fmt: skip
_CLAUSES = (
    "were rated {grade} {area}", "were not {grade}", "are {compare} {grade} {area}", "went from {grade} to {grade}",
    "neither {grade} nor {grade} {area}", "improved {area} {time}", "got worse than {name}", "{time}",
    "{time} and {time}", "had {number} {kind}", "other than {name}", "except {name} and {name}", "{area} than {area}",
    "but not {time}", "whose {area} was {grade} at the {which} inspection", "that were published {time}",
    "in the {which} {kind}", "unless {clause}", "and that {clause}", "or ({clause})", "but not those that {clause}",
    "“{clause}”", "have never been {grade}", "not not {clause}", "led by {name}", "in more than {number} areas",
)  # fmt: skip
_PARTS = {
    "grade": ("good", "outstanding", "inadequate", "requires improvement", "good or better", "ungood"),
    "area": ("overall", "for leaders", "for care leavers", "for children in care", "help and protection", "for pets"),
    "compare": ("better than", "worse than", "at least", "no better than", "not less than", "between"),
    "time": (
        "before 2022", "since 2019", "in 2023", "between 2018 and 2021", "from 2020 to 2019", "2019–20", "2023/24",
        "in the last two years", "until March 2021", "after 31 February 2020", "before the 2023 inspection", "recently",
        "in Q3 2022", "on 99 May 20255", "since the inspection before last", "in the year 0", "in 1e9 years",
    ),
    "number": ("more than one", "at most 3", "exactly two", "no", "-1", "1,000,000,000", "one in four", "fewer than ½"),
    "kind": ("focused visits", "monitoring visits", "inspections", "reports", "SEND inspections", "visits"),
    "which": ("first", "latest", "previous", "second last", "next", "99th"),
}  # fmt: skip
_HOSTILE = ("'; DROP TABLE reports; --", '" OR 1=1', "%_%", "\\x00", "{}", "?1", "NULL", "🙂", "((((", "SELECT")
"""Words that would break a query if they became part of it."""
_DEEPEST, _MOST_CLAUSES, _HOSTILE_SHARE = 3, 5, 0.2
_SERVER_ERROR, _SHOWN = 500, 10


@contextmanager
def sql_shapes() -> Iterator[set[str]]:
    """Record the SQL statements that run on each connection opened in this block, without their values."""
    shapes: set[str] = set()
    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(lambda statement: shapes.add(shape(statement)))
        return connection

    sqlite3.connect = traced  # type: ignore[assignment]  # it takes the same arguments as connect
    try:
        yield shapes
    finally:
        sqlite3.connect = connect


def shape(statement: str) -> str:
    """Return a statement with one question mark instead of each value or list of values."""
    bare = re.sub(r"[xX]?'(?:[^']|'')*'", "?", statement)
    bare = re.sub(r"\b\d+(?:\.\d+)?\b|\bNULL\b", "?", bare)
    return " ".join(re.sub(r"\?(?:\s*,\s*\?)+", "?", bare).split())


def prove(proof: Proof, ask: Ask, shapes: set[str], ordinary: Sequence[str], url: str) -> None:
    """Ask the questions in this process, and some of them over HTTP.

    The ``ordinary`` questions are ones that people wrote.
    """
    ask_each(ordinary, ask)
    known = frozenset(shapes)
    questions = list(composed(_SEED, _QUESTIONS))
    errors, slowest = ask_each(questions, ask)
    proof.add("random questions", len(set(questions)), "≥", _QUESTIONS)
    proof.add("random questions: errors", len(errors), "=", 0)
    proof.add("random questions: longest time, seconds", slowest, "≤", _LIMIT)
    proof.add("SQL statements of questions that people wrote", len(known), "≥", 1)
    new = sorted(shapes - known)
    proof.add("random questions: other SQL statements", len(new), "=", 0)
    for line in (*errors[:_SHOWN], *new[:_SHOWN]):
        print(f"    {line[:300]}")
    statuses = [post(url, {"question": text})[0] for text in questions[:: _QUESTIONS // _OVER_HTTP]]
    failures = sum(status >= _SERVER_ERROR for status in statuses)
    proof.add(f"random questions over HTTP: status 500 or more, of {len(statuses)}", failures, "=", 0)


def composed(seed: int, count: int) -> Iterator[str]:
    """Yield distinct questions. The same seed always produces the same questions."""
    chance = random.Random(seed)  # noqa: S311 - the same questions each time
    names = tuple(sorted({report.authority for report in load()}))
    given: set[str] = set()
    while len(given) < count:
        clauses = [chance.choice(_CLAUSES) for _ in range(chance.randint(1, _MOST_CLAUSES))]
        words = [chance.choice(_WANTED), *clauses]
        parts = [_filled(part, chance, names, depth=0) for part in words]
        if chance.random() < _HOSTILE_SHARE:
            parts.insert(chance.randint(0, len(parts)), chance.choice(_HOSTILE))
        text = (" ".join(parts).strip() + chance.choice(("?", "", "?!", " please")))[:MAX_QUESTION]
        if text not in given:
            given.add(text)
            yield text


def _filled(text: str, chance: random.Random, names: Sequence[str], depth: int) -> str:
    """Replace each name in braces with words. Clauses are nested only to a fixed depth."""

    def words(match: re.Match[str]) -> str:
        if match[1] == "name":
            return chance.choice(names)
        if match[1] != "clause":
            return chance.choice(_PARTS[match[1]])
        clause = chance.choice(_CLAUSES if depth < _DEEPEST else _PARTS["time"])
        return _filled(clause, chance, names, depth + 1)

    return re.sub(r"\{(\w+)\}", words, text)


def ask_each(questions: Sequence[str], ask: Ask) -> tuple[list[str], float]:
    """Ask questions. Return those that raise an error, each with its error, and the longest time in seconds.

    A question that takes longer than the limit is asked again, because other work may have slowed down the machine.
    """
    errors, slowest = [], 0.0
    for text in questions:
        try:
            seconds = _seconds(text, ask)
            if seconds > _LIMIT:
                seconds = min(seconds, _seconds(text, ask))
        except Exception as error:  # noqa: BLE001 - every error is counted and printed
            errors.append(f"{text!r}: {type(error).__name__}: {error}")
        else:
            slowest = max(slowest, seconds)
    return errors, slowest


def _seconds(text: str, ask: Ask) -> float:
    began = time.perf_counter()
    ask(text, 0)
    return time.perf_counter() - began
