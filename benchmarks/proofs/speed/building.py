"""Build an index of a dozen reports, from PDF to disk, taking turns with the other systems."""

from __future__ import annotations

import statistics
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.proofs.speed.corpus import reports, write_passages
from benchmarks.proofs.speed.processes import OURS, PEERS, worker
from benchmarks.proofs.speed.threads import one_thread

_REPORTS, _RUNS = 12, 3
_IN_BF16 = ("txtai_hybrid", "llama_index_simple", "chroma")
"""Systems that have a setting for computing in bf16."""


def prove(proof: Proof, folder: Path, data: Path) -> None:
    """Compare our build with the other systems as installed, and in bf16 for the systems that can compute in it."""
    files = reports(_REPORTS)
    count = write_passages(data, files, folder / "passages.json")
    proof.add("build: passages", count)
    kinds = [(OURS, "default"), *((peer, "default") for peer in PEERS), *((peer, "bf16") for peer in _IN_BF16)]
    rates: dict[tuple[str, str], list[float]] = {kind: [] for kind in kinds}
    for run in range(_RUNS):
        for kind in kinds:
            rates[kind].append(count / _cpu(*kind, folder / f"{kind[0]}-{kind[1]}-{run}", files, folder))
    for (name, precision), values in rates.items():
        proof.add(f"build: {name} ({precision}), passages per CPU second", statistics.median(values))
    for precision, bound in (("default", 2.6), ("bf16", 1.1)):
        best = [max(rates[kind][run] for kind in kinds[1:] if kind[1] == precision) for run in range(_RUNS)]
        ratios = [ours / other for ours, other in zip(rates[kinds[0]], best, strict=True)]
        proof.add(f"build: our rate / the best other system ({precision})", statistics.median(ratios), "≥", bound)
        proof.add(f"build: the ratio ({precision}), over {_RUNS} runs", f"{min(ratios):.2f} to {max(ratios):.2f}")


def _cpu(name: str, precision: str, folder: Path, files: list[Path], shared: Path) -> float:
    """Return the CPU seconds to turn PDFs into an index on disk, on one thread and with the encoder already loaded."""
    paths = [str(path) for path in files]
    with one_thread(), worker(name, folder, precision) as working:
        if name == OURS:
            working.do("load_builder")
            return working.do("build", files=paths).cpu
        working.do("load")
        read = working.do("read_pdfs", paths=paths).cpu
        return read + working.do("build", file=str(shared / "passages.json")).cpu
