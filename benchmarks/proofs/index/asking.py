"""Ask a running service questions while its index changes, and check that each reply comes from one build."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.harness.service import post

QUESTIONS = (
    "What was Westmarsh judged overall?",
    "Was Aldermere judged good overall?",
    "Are caseloads manageable in Westmarsh?",
    "How long do young people wait for a flat in Northwold?",
    "What was Carrowby judged overall in 2015?",
    "Why do foster carers leave in Dudley?",
)
"""Questions about the samples: some on grades, some on findings, and one that no report answers."""


@dataclass(slots=True)
class Replies:
    """The replies from a service, by question and by the build that each reply names."""

    failed: list[str] = field(default_factory=list)
    answers: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Ids of the reports that the replies cited or showed, by build."""
    count: int = 0

    def take(self, question: str, status: int, reply: dict[str, Any]) -> None:
        """Record one reply."""
        self.count += 1
        if status != 200:
            self.failed.append(f"{status} {reply.get('detail')}")
            return
        statements = [(s["text"], [q["text"] for q in s["quotes"]]) for s in reply["answer"]]
        self.answers[question, reply["build"]].add(json.dumps([reply["status"], statements, reply["reason"]]))
        self.shown[reply["build"]] |= {p["report"]["id"] for p in reply["passages"]}

    def wrong(self, contents: dict[str, frozenset[str]]) -> list[str]:
        """Describe the replies that do not match the build they name.

        ``contents`` maps each build to the ids of its reports.
        """
        wrong = [f"no build is named {build}" for build in self.shown if build not in contents]
        for build, shown in self.shown.items():
            if strangers := shown - contents.get(build, frozenset()):
                wrong.append(f"build {build} does not hold {sorted(strangers)}")
        by_content: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
        for (question, build), answers in self.answers.items():
            by_content[question, contents.get(build, frozenset())] |= answers
        return wrong + [f"{q}: {len(answers)} answers" for (q, _), answers in by_content.items() if len(answers) > 1]


@contextmanager
def asking(url: str, threads: int = 2, questions: Sequence[str] = QUESTIONS) -> Iterator[Replies]:
    """Ask continuously from several threads until the block ends."""
    replies, stop, lock = Replies(), threading.Event(), threading.Lock()

    def ask(number: int) -> None:
        turn = number
        while not stop.is_set():
            question = questions[turn % len(questions)]
            turn += 1
            try:
                status, reply = post(url, {"question": question})
            except OSError as error:
                status, reply = 0, {"detail": f"{type(error).__name__}: {error}"}
                time.sleep(0.05)
            with lock:
                replies.take(question, status, reply)

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(threads)]
    for thread in askers:
        thread.start()
    try:
        yield replies
    finally:
        stop.set()
        for thread in askers:
            thread.join()


def add_contents(data: Path, contents: dict[str, frozenset[str]]) -> None:
    """Add each complete build that is now in a data folder, with the ids of its reports."""
    for manifest in (data / "index").glob("*/manifest.json"):
        if not manifest.parent.name.endswith(".partial"):
            facts = json.loads(manifest.read_text(encoding="utf-8"))
            contents[facts["build"]] = frozenset(sha256[:16] for sha256 in facts["originals"])
