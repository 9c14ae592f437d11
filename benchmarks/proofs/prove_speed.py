"""Compare speed, memory and disk with other systems: ``make prove-speed``, about half an hour on two cores.

Run ``make peers`` once beforehand. The comparison needs the real reports next to the checkout. Each comparison with
another system is a ratio from one run on one machine, in which the systems take turns. A run of all the parts writes a
table and a picture into ``docs/``. To run only some parts, name them. If you have a data folder with an index of the
real reports, name it first.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.arguments import data_and_parts
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import (
    QA_SERVICE,
    ROOT,
    SHARED,
    build_real_reports,
    environment,
    require_real_reports,
)
from benchmarks.proofs.speed import report
from benchmarks.proofs.speed.processes import PEERS_PYTHON

_PARTS = ("embedding", "build", "adding", "asking", "batching", "clients", "recall")
_RECALL = 0.921
"""Recall@5 on the development questions, as it was before we first measured speed."""


def main() -> None:
    """Run all parts, or the parts named on the command line."""
    data, parts = data_and_parts(__doc__, list(_PARTS))
    require_real_reports()
    if not PEERS_PYTHON.is_file():
        sys.exit("The other systems are not installed. Run “make peers”. It takes some minutes and two gigabytes.")
    proof = Proof("speed")
    with tempfile.TemporaryDirectory(prefix="prove-speed-") as folder:
        if data is None:
            data = Path(folder) / "data"
            build_real_reports(data)
        for part in parts:
            _prove(proof, part, Path(folder) / part, data)
    if set(parts) == set(_PARTS):
        report.write(proof, ROOT / "docs")
    else:
        proof.add("parts left out", ", ".join(part for part in _PARTS if part not in parts))
    proof.finish()


def _prove(proof: Proof, part: str, folder: Path, data: Path) -> None:
    """Run one part. The imports are here so that what one part loads does not affect what another part measures."""
    folder.mkdir()
    match part:
        case "embedding":
            from benchmarks.proofs.speed import embedding

            embedding.prove(proof, data)
        case "build":
            from benchmarks.proofs.speed import building

            building.prove(proof, folder, data)
        case "adding":
            from benchmarks.proofs.speed import adding

            adding.prove(proof, folder, data)
        case "asking":
            from benchmarks.proofs.speed import asking

            asking.prove(proof, folder, data)
        case "batching":
            from benchmarks.proofs.speed import batching

            batching.prove(proof, data)
        case "clients":
            from benchmarks.proofs.speed import clients

            clients.prove(proof, data)
        case "recall":
            command = [*QA_SERVICE, "evaluate", str(SHARED / "eval" / "dev.jsonl")]
            done = subprocess.run(command, cwd=ROOT, env=environment(data), check=True, capture_output=True, text=True)
            figures = json.loads(done.stdout.splitlines()[-1])
            proof.add("recall@5 on the development questions", figures["recall@5"], "≥", _RECALL)


if __name__ == "__main__":
    main()
