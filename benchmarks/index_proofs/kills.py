"""Builds killed at random moments under questions: no request fails, no answer is mixed, the next build completes."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from benchmarks.figures import Proof
from benchmarks.index_proofs.asking import asking, contents
from benchmarks.index_proofs.builders import keeper_of
from benchmarks.service import QA_SERVICE, run, serving
from qa_service.samples import sample_folder

KILLS = 100
_LONGEST = 120.0
"""Seconds that a build may take that is left alone."""


def prove(proof: Proof, folder: Path) -> None:
    """On the samples, one of which comes and goes."""
    root, reports = folder / "data", folder / "reports"
    reports.mkdir()
    samples = [path for path in sorted(sample_folder().iterdir()) if path.is_file()]
    for path in samples:
        (reports / path.name).write_bytes(path.read_bytes())
    built = run([*QA_SERVICE, "build", "--quiet", "--reports", str(reports)], root)
    proof.add("the first build: exit status", built.returncode, "=", 0)
    chance = random.Random(9)  # noqa: S311 - the same moments each time, as far as the machine allows
    comes_and_goes = reports / samples[0].name
    known: dict[str, frozenset[str]] = {}
    contents(root, known)
    killed, completed, longest = 0, 0, 1.0
    with serving(root) as url, asking(url) as replies, _Forge(root) as forge:
        for _ in range(KILLS):
            if comes_and_goes.exists():
                comes_and_goes.unlink()
            else:
                comes_and_goes.write_bytes(samples[0].read_bytes())
            killed += forge.build(kill_after=chance.uniform(0, longest)) is None
            contents(root, known)
            took = forge.build(kill_after=None)
            completed += took is not None
            longest = max(0.3, took or longest)
            contents(root, known)
    now = json.loads((root / "index" / (root / "index" / "current").read_text().strip() / "manifest.json").read_text())
    proof.add("builds killed (SIGKILL) at a random moment", killed, "≥", KILLS * 0.8)
    proof.add("builds started to be killed", KILLS, "≥", 100)
    proof.add("builds after them that completed", completed, "=", KILLS)
    proof.add("questions asked meanwhile", replies.count)
    proof.add("requests that failed", len(replies.failed), "=", 0)
    proof.add("answers that were wrong or of two builds", len(wrong := replies.mixed(known)), "=", 0)
    proof.add("reports in the last build", now["reports"], "=", sum(1 for _ in reports.iterdir()))
    for line in (*replies.failed[:5], *wrong[:5]):
        print("  ", line)


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
            os.killpg(pid, signal.SIGKILL)  # its readers with it
        ended_well = self._pipe.recv() == 0
        return time.perf_counter() - began if ended_well else None


def _forge(root: Path, pipe: Connection) -> None:
    """Runs in a process of its own: each build in a fork of it, which no thread has been started in."""
    import torch

    from index.embedding import SentenceEncoder

    torch.set_num_threads(1)
    encoder = SentenceEncoder.open()
    pipe.send("ready")
    while True:
        pipe.recv()
        pid = os.fork()
        if pid == 0:
            os.setsid()
            status = 1
            try:
                keeper_of(root, encoder, encoder.precision).build()
                status = 0
            finally:
                os._exit(status)
        pipe.send(pid)
        pipe.send(os.waitpid(pid, 0)[1])
