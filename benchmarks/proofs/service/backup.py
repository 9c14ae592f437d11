"""Back up a busy service, restore it into an empty folder, and check that answers and conversations are the same."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, development_questions, post, run, serving

_COMPARED = 30
"""How many answers to compare before the backup and after the restore."""
_CLIENTS = 4


def prove(proof: Proof, data: Path, folder: Path) -> None:
    """Back up under load, restore, and ask the questions again."""
    questions = [question["question"] for question in development_questions()]
    archive, restored = folder / "backup.tar", folder / "restored"
    with serving(data) as url:
        before = [_answer(url, question) for question in questions[:_COMPARED]]
        _, begun = post(url, {"question": questions[0], "remember": True})
        done, statuses = threading.Event(), list[int]()
        clients = [threading.Thread(target=_load, args=(url, questions, n, done, statuses)) for n in range(_CLIENTS)]
        for client in clients:
            client.start()
        backed_up = run([*QA_SERVICE, "backup", str(archive), "--quiet"], data)
        done.set()
        for client in clients:
            client.join()
    unpacked = run([*QA_SERVICE, "restore", str(archive), "--into", str(restored), "--quiet"], folder / "unused")
    proof.add("backup: exit status, under load", backed_up.returncode, "=", 0)
    proof.add("backup: questions answered during it", len(statuses), "≥", 1)
    proof.add("backup: questions that failed during it", sum(status != 200 for status in statuses), "=", 0)
    proof.add("restore: exit status", unpacked.returncode, "=", 0)
    with serving(restored) as url:
        after = [_answer(url, question) for question in questions[:_COMPARED]]
        continued, _ = post(url, {"question": "And what else?", "conversation_id": begun["conversation_id"]})
    same = sum(first == second for first, second in zip(before, after, strict=True))
    proof.add("restore: answers that are the same, byte for byte", same, "=", _COMPARED)
    proof.add("restore: status of the next question in an old conversation", continued, "=", 200)
    built = run([*QA_SERVICE, "build", "--quiet"], restored)
    proof.add("restore: a build has nothing to do", int("Up to date" in built.stdout), "=", 1)


def _answer(url: str, question: str) -> str:
    """Return an answer as JSON, without the time that it took."""
    _, answer = post(url, {"question": question})
    answer.pop("took_ms")
    return json.dumps(answer, sort_keys=True)


def _load(url: str, questions: list[str], number: int, done: threading.Event, statuses: list[int]) -> None:
    turn = number
    while not done.is_set():
        body: dict[str, Any] = {"question": questions[turn % len(questions)], "remember": turn % 5 == 0}
        statuses.append(post(url, body)[0])
        turn += _CLIENTS
