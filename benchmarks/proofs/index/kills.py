"""Kill builds at random moments while clients ask questions. No request may fail, and the next build must complete."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import random
import signal
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from benchmarks.harness.builders import upkeep_of
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, run, serving
from benchmarks.proofs.index.asking import add_contents, asking
from index.building.sources import find_sources
from qa_service.samples import sample_folder

KILLS = 100
_MOST_STARTED = 300
"""The maximum number of builds to start. Some finish before they can be killed."""
_LONGEST = 120.0
"""The maximum number of seconds to wait for a build."""


def prove(proof: Proof, folder: Path) -> None:
    """Build the samples again and again, adding or removing one of them each time.

    Each build reads and embeds that report, or drops and purges it.
    """
    root, reports = folder / "data", folder / "reports"
    reports.mkdir()
    samples = find_sources([sample_folder()])
    for path in samples:
        (reports / path.name).write_bytes(path.read_bytes())
    built = run([*QA_SERVICE, "build", "--quiet", "--reports", str(reports)], root)
    proof.add("the first build: exit status", built.returncode, "=", 0)
    all_reports = _current(root)["reports"]
    rounds = _Rounds(root, reports / samples[0].name, samples[0].read_bytes())
    with serving(root) as url, asking(url) as replies, _BuildProcess(root) as process:
        rounds.rehearse(process)
        while rounds.killed < KILLS and rounds.started < _MOST_STARTED:
            rounds.kill_one(process)
    proof.add("builds killed (SIGKILL) at a random moment", rounds.killed, "≥", KILLS)
    proof.add("killed builds that had not published their index", rounds.absent)
    proof.add("builds started in order to be killed", rounds.started)
    proof.add("next builds that completed", rounds.completed, "=", rounds.started)
    proof.add("seconds of a build that reads and embeds the report", rounds.seconds[True])
    proof.add("seconds of a build that drops and purges the report", rounds.seconds[False])
    proof.add("questions asked during the builds", replies.count)
    proof.add("builds that replies named", len(replies.shown))
    proof.add("requests that failed during the builds", len(replies.failed), "=", 0)
    proof.add("answers that were wrong or from two builds", len(wrong := replies.wrong(rounds.known)), "=", 0)
    expected = all_reports - (not rounds.comes_and_goes.exists())
    proof.add("reports in the last build", _current(root)["reports"], "=", expected)
    for line in (*replies.failed[:5], *wrong[:5]):
        print("  ", line)


def _current(root: Path) -> dict[str, Any]:
    name = (root / "index" / "current").read_text().strip()
    facts: dict[str, Any] = json.loads((root / "index" / name / "manifest.json").read_text())
    return facts


@dataclass
class _Rounds:
    """Rounds of two builds each. We kill the first build, and let the second one end."""

    root: Path
    comes_and_goes: Path
    content: bytes
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    """The ids of the reports in each build so far."""
    seconds: dict[bool, float] = field(default_factory=dict)
    """How many seconds a build takes with the report and without it."""
    killed: int = 0
    absent: int = 0
    started: int = 0
    completed: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(9))  # noqa: S311 - the same moments each time

    def rehearse(self, process: _BuildProcess) -> None:
        """Measure how long a build takes if it is not killed."""
        add_contents(self.root, self.known)
        for _ in range(4):
            self._toggle()
            self.seconds[self.comes_and_goes.exists()] = process.build(kill_after=None) or _LONGEST
            add_contents(self.root, self.known)

    def kill_one(self, process: _BuildProcess) -> None:
        """Kill one build, and let the next one complete."""
        self._toggle()
        before, present = (self.root / "index" / "current").read_text(), self.comes_and_goes.exists()
        self.started += 1
        if process.build(kill_after=self._chance.uniform(0, self.seconds[present])) is None:
            self.killed += 1
            self.absent += (self.root / "index" / "current").read_text() == before
        add_contents(self.root, self.known)
        self.completed += process.build(kill_after=None) is not None and self._is_right(present=present)
        add_contents(self.root, self.known)

    def _toggle(self) -> None:
        if self.comes_and_goes.exists():
            self.comes_and_goes.unlink()
        else:
            self.comes_and_goes.write_bytes(self.content)

    def _is_right(self, *, present: bool) -> bool:
        """Whether the current build contains the report if and only if the report's file is present."""
        return (hashlib.sha256(self.content).hexdigest() in _current(self.root)["originals"]) == present


class _BuildProcess:
    """A process that has already loaded the encoder, so that a kill interrupts the build and not the loading."""

    def __init__(self, root: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, far_end = context.Pipe()
        self._process = context.Process(target=_serve_builds, args=(root, far_end))

    def __enter__(self) -> Self:
        self._process.start()
        self._pipe.recv()  # the encoder is loaded
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.join()

    def build(self, kill_after: float | None) -> float | None:
        """Run a build and return how many seconds it took. Returns None if it was killed before it ended."""
        began = time.perf_counter()
        self._pipe.send("go")
        pid: int = self._pipe.recv()
        if not self._pipe.poll(_LONGEST if kill_after is None else kill_after):
            with contextlib.suppress(ProcessLookupError):  # the build may have just ended
                os.killpg(pid, signal.SIGKILL)  # this also kills the processes that read reports
        succeeded = self._pipe.recv() == 0
        return time.perf_counter() - began if succeeded else None


def _serve_builds(root: Path, pipe: Connection) -> None:
    """Run each build in a fork of this process, which has not started any threads."""
    import torch

    from index.encoding.torch_models.sentence_transformer import SentenceEncoder

    torch.set_num_threads(1)
    encoder = SentenceEncoder.open()
    pipe.send("ready")
    while True:
        pipe.recv()
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            status = 1
            try:
                upkeep_of(root, encoder, encoder.precision).build(purge=True)
                status = 0
            finally:
                os._exit(status)
        with contextlib.suppress(PermissionError, ProcessLookupError):  # the child has already done this
            os.setpgid(pid, pid)
        pipe.send(pid)
        pipe.send(os.waitpid(pid, 0)[1])
