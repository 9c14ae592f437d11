"""Run this service and other systems in processes that take one command at a time and report its cost."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.harness.service import ROOT
from index.encoding.encoder_files import default_folder

PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
"""Where ``make peers`` installs the other systems."""
PEERS = ("txtai_hybrid", "haystack_hybrid", "llama_index_simple", "chroma")
OURS = "ours"


@dataclass(frozen=True, slots=True)
class Done:
    """A finished command: how many wall and CPU seconds it took, and its result."""

    wall: float
    cpu: float
    result: Any


class Worker:
    """A process that waits for commands."""

    def __init__(self, process: subprocess.Popen[str], began: float, errors: Path) -> None:
        self._process = process
        self._errors = errors
        self.began = began
        """When it started, according to the performance counter."""

    def do(self, name: str, **arguments: Any) -> Done:
        """Run one command. Raises RuntimeError if the process ends while the command is running."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([name, arguments]) + "\n")
        self._process.stdin.flush()
        reply = self._process.stdout.readline()
        if not reply:
            raise RuntimeError(f"{self._process.args!r} ended at “{name}”:\n{self._errors.read_text()[-2000:]}")
        return Done(**json.loads(reply))

    def memory(self) -> int:
        """Return how many bytes of memory belong to the process alone."""
        return int(psutil.Process(self._process.pid).memory_full_info().uss)


@contextmanager
def worker(name: str, folder: Path, precision: str = "default") -> Iterator[Worker]:
    """Start a process for this service or another system, which keeps the index in the given folder."""
    if name == OURS:
        command = [sys.executable, "-m", "benchmarks.proofs.speed.ours", str(folder)]
    else:
        script = ROOT / "benchmarks" / "peers" / f"{name}.py"
        command = [str(PEERS_PYTHON), str(script), str(folder), str(default_folder()), precision]
    began = time.perf_counter()
    with tempfile.NamedTemporaryFile("w", prefix=f"{name}-") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            yield Worker(process, began, Path(errors.name))
        finally:
            process.kill()
            process.wait()
