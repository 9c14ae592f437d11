"""Adding one report to 153, embedding apart: all vectors are there before, and looked up."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import SHARED
from benchmarks.proofs.speed.corpus import write_passages, write_vectors
from benchmarks.proofs.speed.processes import OURS, PEERS, worker

_RUNS = 3


def prove(proof: Proof, folder: Path, data: Path) -> None:
    """The report of middling size, added to the index of the others."""
    files = sorted((SHARED / "reports").glob("*.pdf"), key=lambda path: path.stat().st_size)
    late = files.pop(len(files) // 2)
    write_vectors(data, folder / "vectors.npz")
    write_passages(data, files, folder / "most.json")
    write_passages(data, [late], folder / "late.json")
    took: dict[str, list[float]] = {}
    for run in range(_RUNS):
        for name in PEERS:
            took.setdefault(name, []).append(_other(name, folder / f"{name}-{run}", folder, late))
        took.setdefault(OURS, []).append(_ours(folder / "ours", files, late))
    for name, seconds in took.items():
        proof.add(f"adding one: {name}, seconds", statistics.median(seconds))
    ratios = [min(took[name][run] for name in PEERS) / took[OURS][run] for run in range(_RUNS)]
    proof.add("adding one: the best of the others' seconds, as a multiple of ours", statistics.median(ratios), "≥", 1.0)
    proof.add(f"adding one: the same, over {_RUNS} runs", f"{min(ratios):.2f} to {max(ratios):.2f}")


def _other(name: str, folder: Path, shared: Path, late: Path) -> float:
    with worker(name, folder) as working:
        working.do("embed_nothing", vectors=str(shared / "vectors.npz"))
        working.do("load")
        working.do("build", file=str(shared / "most.json"))
        read = working.do("read_pdfs", paths=[str(late)]).wall
        return read + working.do("add", file=str(shared / "late.json")).wall


def _ours(folder: Path, files: list[Path], late: Path) -> float:
    """With all of them first, so that what is added is embedded already; then without it, then with it."""
    most, every = [str(path) for path in files], [str(path) for path in (*files, late)]
    with worker(OURS, folder) as working:
        working.do("load_builder")
        working.do("build", files=every)
        working.do("build", files=most)
        return working.do("build", files=every).wall
