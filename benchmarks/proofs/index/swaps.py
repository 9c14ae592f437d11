"""Publish builds while several worker processes are busy. No request may fail, and each reply must match its build."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from benchmarks.harness.builders import upkeep_of
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, run, serving
from benchmarks.proofs.index.asking import add_contents, asking
from index.building.sources import find_sources
from index.encoding.encoders import open_encoder
from index.errors import BuildRunning
from qa_service.maintenance.updates import Updater
from qa_service.samples import sample_folder

SWAPS, QUESTIONS, WORKERS = 20, 5000, 4


def prove(proof: Proof, folder: Path) -> None:
    """Build the samples again and again, adding or removing one of them each time."""
    root, reports = folder / "data", folder / "reports"
    reports.mkdir()
    samples = find_sources([sample_folder()])
    for path in samples:
        (reports / path.name).write_bytes(path.read_bytes())
    run([*QA_SERVICE, "build", "--quiet", "--reports", str(reports)], root)
    encoder = open_encoder()
    upkeep = upkeep_of(root, encoder, encoder.precision)
    known: dict[str, frozenset[str]] = {}
    add_contents(root, known)
    swapped = 0
    with serving(root, (*QA_SERVICE, "serve", "--workers", str(WORKERS))) as url, asking(url, threads=8) as replies:
        while swapped < SWAPS or replies.count < QUESTIONS:
            if swapped < SWAPS:
                _toggle(reports / samples[0].name, samples[0])
                built = upkeep.build()
                swapped += built is not None and built.outcome.changed
                add_contents(root, known)
            time.sleep(1)
    refusals = _two_at_once(upkeep_of(root, encoder, encoder.precision), reports, samples)
    proof.add("worker processes", WORKERS, "≥", 4)
    proof.add("builds published under load", swapped, "≥", SWAPS)
    proof.add("questions asked under load", replies.count, "≥", QUESTIONS)
    proof.add("builds that replies named under load", len(replies.shown), "≥", SWAPS * 0.5)
    proof.add("requests that failed under load", len(replies.failed), "=", 0)
    proof.add("replies that do not match the build they name", len(wrong := replies.wrong(known)), "=", 0)
    proof.add("builds refused when two start at once", refusals, "=", 1)
    for line in (*replies.failed[:5], *wrong[:5]):
        print("  ", line)


def _toggle(path: Path, sample: Path) -> None:
    if path.exists():
        path.unlink()
    else:
        path.write_bytes(sample.read_bytes())


def _two_at_once(upkeep: Updater, reports: Path, samples: list[Path]) -> int:
    """Start two builds together, and return how many were refused because another was running."""
    _toggle(reports / samples[0].name, samples[0])
    refused: list[str] = []
    both = threading.Barrier(2)

    def build() -> None:
        both.wait()
        try:
            upkeep.build()
        except BuildRunning as error:
            refused.append(str(error))

    threads = [threading.Thread(target=build) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)
