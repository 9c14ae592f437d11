"""A backup taken while people ask, restored in an empty folder: the same answers, and what was kept before it began."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, SHARED, post, run, serving

_ASKED = 30
"""Questions whose answers are compared."""
_CLIENTS = 4


def prove(proof: Proof, data: Path, folder: Path) -> None:
    """Back up under load, restore, ask again."""
    every = [json.loads(line)["question"] for line in (SHARED / "eval" / "dev.jsonl").open(encoding="utf-8")]
    archive, restored = folder / "backup.tar", folder / "restored"
    with serving(data) as url:
        before = [_answer(url, question) for question in every[:_ASKED]]
        _, begun = post(url, {"question": every[0], "remember": True})
        done, statuses = threading.Event(), list[int]()
        clients = [threading.Thread(target=_load, args=(url, every, n, done, statuses)) for n in range(_CLIENTS)]
        for client in clients:
            client.start()
        backed_up = run([*QA_SERVICE, "backup", str(archive), "--quiet"], data)
        done.set()
        for client in clients:
            client.join()
    unpacked = run([*QA_SERVICE, "restore", str(archive), "--into", str(restored), "--quiet"], folder / "unused")
    proof.add("backup: exit status, under load", backed_up.returncode, "=", 0)
    proof.add("backup: questions answered meanwhile", len(statuses), "≥", 1)
    proof.add("backup: of them failed", sum(status != 200 for status in statuses), "=", 0)
    proof.add("restore: exit status", unpacked.returncode, "=", 0)
    with serving(restored) as url:
        after = [_answer(url, question) for question in every[:_ASKED]]
        went_on, _ = post(url, {"question": "And what else?", "conversation_id": begun["conversation_id"]})
    same = sum(one == other for one, other in zip(before, after, strict=True))
    proof.add("restore: answers the same to the byte", same, "=", _ASKED)
    proof.add("restore: a conversation begun before goes on (status)", went_on, "=", 200)
    built = run([*QA_SERVICE, "build", "--quiet"], restored)
    proof.add("restore: a build has nothing to do", int("Up to date" in built.stdout), "=", 1)


def _answer(url: str, question: str) -> str:
    """All of an answer but the time that it took."""
    _, told = post(url, {"question": question})
    told.pop("took_ms")
    return json.dumps(told, sort_keys=True)


def _load(url: str, questions: list[str], number: int, done: threading.Event, statuses: list[int]) -> None:
    turn = number
    while not done.is_set():
        body: dict[str, Any] = {"question": questions[turn % len(questions)], "remember": turn % 5 == 0}
        statuses.append(post(url, body)[0])
        turn += _CLIENTS
