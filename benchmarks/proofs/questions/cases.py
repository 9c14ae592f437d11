"""Ask questions about short reports on invented authorities. People worked out the right answers by hand.

Each line of ``cases.jsonl`` contains a question, any history, the case that it belongs to, and some of these fields in
``expected``. Reports are identified by the names of their files in ``documents``.

- ``authorities``, ``winners``, ``count``, ``of`` and ``yes``: as in :class:`Expected`.
- ``grades``: file, area and grade. ``dates``: file, "inspected" or "published", and the day or days. ``people``: file
  and name. ``reports``: files.
- ``says``: words that the answer must quote, each in one statement. ``only``: the files that it must cite. It must not
  cite any others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.harness.reports import digest
from benchmarks.harness.service import QA_SERVICE, run
from benchmarks.proofs.questions.asking import asked_as_json, open_answerer
from benchmarks.proofs.questions.facts import HERE, cases
from benchmarks.proofs.questions.grading import Graded, Verdict, described, fault_of, graded, shown
from benchmarks.proofs.questions.key import Expected
from benchmarks.proofs.questions.replies import Reply, whole_reply

DOCUMENTS = HERE / "documents"
_KINDS, _QUESTIONS, _RIGHT = 14, 84, 80


def prove(proof: Proof, folder: Path, *, show: bool) -> None:
    """Index the small reports, and ask each question."""
    proof.add("small reports: exit status of the build", build(folder), "=", 0)
    asked = cases("cases")
    answerer = open_answerer(folder, every_report=True)
    done = []
    for case in asked:
        ask = asked_as_json(answerer, tuple(case.get("history", ())))
        done.append((case, grade_case(case["expected"], whole_reply(case["question"], ask))))
    verdicts = [one.verdict for _, one in done]
    proof.add("kinds of case", len({case["case"] for case in asked}), "=", _KINDS)
    proof.add("questions of the cases", len(asked), "≥", _QUESTIONS)
    proof.add("questions of the cases: right", verdicts.count(Verdict.RIGHT), "≥", _RIGHT)
    proof.add("questions of the cases: not applied", verdicts.count(Verdict.NOT_APPLIED))
    proof.add("questions of the cases: wrong", verdicts.count(Verdict.WRONG), "=", 0)
    if show:
        print("\n".join(described(case, one) for case, one in done if one.verdict is not Verdict.RIGHT))


def build(folder: Path) -> int:
    """Index the small reports into a data folder, and return the exit status."""
    return int(run([*QA_SERVICE, "build", "--quiet", "--reports", str(DOCUMENTS)], folder).returncode)


def grade_case(by_hand: dict[str, Any], reply: Reply) -> Graded:
    """Compare a reply with the answer that people worked out by hand."""
    want = expected_of(by_hand)
    faults = [] if want == Expected() else [fault_of(want, reply)]
    faults += _missing(by_hand.get("says", ()), reply)
    if "only" in by_hand and {row.sha256 for row in reply.rows} != {_sha256(file) for file in by_hand["only"]}:
        faults.append(f"cites {sorted({row.authority for row in reply.rows})} in {len(reply.rows)} rows")
    fault = "; ".join(filter(None, faults)) + (f" · {reply.reason[:120]}" if any(faults) else "")
    return graded(fault, shown(want) if want != Expected() else str(by_hand), reply)


def expected_of(by_hand: dict[str, Any]) -> Expected:
    """Return the fields of an answer worked out by hand that depend on the facts of reports."""
    return Expected(
        authorities=_set(by_hand.get("authorities")),
        count=by_hand.get("count"),
        of=by_hand.get("of"),
        reports=_set(_sha256(file) for file in by_hand["reports"]) if "reports" in by_hand else None,
        rows=_set((_sha256(file), area, grade) for file, area, grade in by_hand["grades"])
        if "grades" in by_hand
        else None,
        days=_set((_sha256(file), name, days) for file, name, days in by_hand["dates"]) if "dates" in by_hand else None,
        people=_set((_sha256(file), digest(name)) for file, name in by_hand["people"]) if "people" in by_hand else None,
        yes=by_hand.get("yes"),
        winners=_set(by_hand.get("winners")),
    )


def _set(values: Any) -> frozenset[Any] | None:
    return None if values is None else frozenset(values)


def _missing(says: Sequence[str], reply: Reply) -> list[str]:
    return [f"does not say “{words}”" for words in says if not any(words in row.text for row in reply.rows)]


def _sha256(file: str) -> str:
    return hashlib.sha256((DOCUMENTS / file).read_bytes()).hexdigest()
