"""Measure how long it takes to add a report. All systems look up vectors that were computed beforehand."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import SHARED
from benchmarks.proofs.speed.corpus import write_passages, write_vectors
from benchmarks.proofs.speed.processes import OURS, PEERS, worker

_RUNS = 3


def prove(proof: Proof, folder: Path, data: Path) -> None:
    """Add the report of median size to an index of the others."""
    files = sorted((SHARED / "reports").glob("*.pdf"), key=lambda path: path.stat().st_size)
    late = files.pop(len(files) // 2)
    write_vectors(data, folder / "vectors.npz")
    write_passages(data, files, folder / "most.json")
    write_passages(data, [late], folder / "late.json")
    times: dict[str, list[float]] = {}
    for run in range(_RUNS):
        for name in PEERS:
            times.setdefault(name, []).append(_other(name, folder / f"{name}-{run}", folder, late))
        times.setdefault(OURS, []).append(_ours(folder / "ours", files, late))
    for name, seconds in times.items():
        proof.add(f"adding a report: {name}, seconds", statistics.median(seconds))
    ratios = [min(times[name][run] for name in PEERS) / times[OURS][run] for run in range(_RUNS)]
    proof.add("adding a report: time of the best other system / ours", statistics.median(ratios), "≥", 1.0)
    proof.add(f"adding a report: the ratio, over {_RUNS} runs", f"{min(ratios):.2f} to {max(ratios):.2f}")


def _other(name: str, folder: Path, shared: Path, late: Path) -> float:
    """Return how many seconds another system takes to read the report and add it."""
    with worker(name, folder) as working:
        working.do("look_up_vectors", vectors=str(shared / "vectors.npz"))
        working.do("load")
        working.do("build", file=str(shared / "most.json"))
        read = working.do("read_pdfs", paths=[str(late)]).wall
        return read + working.do("add", file=str(shared / "late.json")).wall


def _ours(folder: Path, files: list[Path], late: Path) -> float:
    """Return how many seconds our build takes to add the report. An earlier build has already embedded it."""
    most, all_files = [str(path) for path in files], [str(path) for path in (*files, late)]
    with worker(OURS, folder) as working:
        working.do("load_builder")
        working.do("build", files=all_files)
        working.do("build", files=most)
        return working.do("build", files=all_files).wall
