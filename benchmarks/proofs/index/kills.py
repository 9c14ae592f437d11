"""Builds killed at random moments under questions: no request fails, no answer is mixed, the next build completes."""

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

from benchmarks.harness.builders import keeper_of
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, run, serving
from benchmarks.proofs.index.asking import asking, contents
from index.building.sources import find_sources
from qa_service.samples import sample_folder

KILLS = 100
_MOST_STARTED = 300
"""Builds started to be killed, at most: some end before their moment comes."""
_LONGEST = 120.0
"""Seconds that a build may take that is left alone."""


def prove(proof: Proof, folder: Path) -> None:
    """On the samples, one of which comes and goes: read and embedded anew each time, purged when it has gone."""
    root, reports = folder / "data", folder / "reports"
    reports.mkdir()
    samples = find_sources([sample_folder()])
    for path in samples:
        (reports / path.name).write_bytes(path.read_bytes())
    built = run([*QA_SERVICE, "build", "--quiet", "--reports", str(reports)], root)
    proof.add("the first build: exit status", built.returncode, "=", 0)
    whole = _current(root)["reports"]
    rounds = _Rounds(root, reports / samples[0].name, samples[0].read_bytes())
    with serving(root) as url, asking(url) as replies, _Forge(root) as forge:
        rounds.rehearse(forge)
        while rounds.killed < KILLS and rounds.started < _MOST_STARTED:
            rounds.take(forge)
    proof.add("builds killed (SIGKILL) at a random moment", rounds.killed, "≥", KILLS)
    proof.add("of them before the new build was there", rounds.absent)
    proof.add("builds started to be killed", rounds.started)
    proof.add("builds after them that completed", rounds.completed, "=", rounds.started)
    proof.add("seconds of a build that reads and embeds the report", rounds.takes[True])
    proof.add("seconds of a build that drops and purges it", rounds.takes[False])
    proof.add("questions asked meanwhile", replies.count)
    proof.add("builds that replies named", len(replies.cited))
    proof.add("requests that failed", len(replies.failed), "=", 0)
    proof.add("answers that were wrong or of two builds", len(wrong := replies.mixed(rounds.known)), "=", 0)
    there = whole - (not rounds.comes_and_goes.exists())
    proof.add("reports in the last build", _current(root)["reports"], "=", there)
    for line in (*replies.failed[:5], *wrong[:5]):
        print("  ", line)


def _current(root: Path) -> dict[str, Any]:
    name = (root / "index" / "current").read_text().strip()
    facts: dict[str, Any] = json.loads((root / "index" / name / "manifest.json").read_text())
    return facts


@dataclass
class _Rounds:
    """A build killed, then one left alone, again and again; what came of it."""

    root: Path
    comes_and_goes: Path
    content: bytes
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    """The reports of each build that was there."""
    takes: dict[bool, float] = field(default_factory=dict)
    """Seconds of a build, by whether the report is there."""
    killed: int = 0
    absent: int = 0
    started: int = 0
    completed: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(9))  # noqa: S311 - the same moments each time

    def rehearse(self, forge: _Forge) -> None:
        """See how long builds take that nobody kills."""
        contents(self.root, self.known)
        for _ in range(4):
            self._turn()
            self.takes[self.comes_and_goes.exists()] = forge.build(kill_after=None) or _LONGEST
            contents(self.root, self.known)

    def take(self, forge: _Forge) -> None:
        """Kill one, and have the next complete."""
        self._turn()
        before, there = (self.root / "index" / "current").read_text(), self.comes_and_goes.exists()
        self.started += 1
        if forge.build(kill_after=self._chance.uniform(0, self.takes[there])) is None:
            self.killed += 1
            self.absent += (self.root / "index" / "current").read_text() == before
        contents(self.root, self.known)
        self.completed += forge.build(kill_after=None) is not None and self._is_right(there=there)
        contents(self.root, self.known)

    def _turn(self) -> None:
        if self.comes_and_goes.exists():
            self.comes_and_goes.unlink()
        else:
            self.comes_and_goes.write_bytes(self.content)

    def _is_right(self, *, there: bool) -> bool:
        """Whether the current build holds the report just when its file is there."""
        return (hashlib.sha256(self.content).hexdigest() in _current(self.root)["originals"]) == there


class _Forge:
    """Starts builds at once, the encoder loaded already, so that a kill falls into the build and not the loading."""

    def __init__(self, root: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_forge, args=(root, there))

    def __enter__(self) -> Self:
        self._process.start()
        self._pipe.recv()  # it is loaded
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.join()

    def build(self, kill_after: float | None) -> float | None:
        """Seconds that a build took; None where it was killed before its end."""
        began = time.perf_counter()
        self._pipe.send("go")
        pid: int = self._pipe.recv()
        if not self._pipe.poll(_LONGEST if kill_after is None else kill_after):
            with contextlib.suppress(ProcessLookupError):  # it ended in this very moment
                os.killpg(pid, signal.SIGKILL)  # its readers with it
        ended_well = self._pipe.recv() == 0
        return time.perf_counter() - began if ended_well else None


def _forge(root: Path, pipe: Connection) -> None:
    """Runs in a process of its own: each build in a fork of it, which no thread has been started in."""
    import torch

    from index.encoding.sentence_transformer import SentenceEncoder

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
                keeper_of(root, encoder, encoder.precision).build(purge=True)
                status = 0
            finally:
                os._exit(status)
        with contextlib.suppress(PermissionError, ProcessLookupError):  # it did so itself, and went on
            os.setpgid(pid, pid)
        pipe.send(pid)
        pipe.send(os.waitpid(pid, 0)[1])
