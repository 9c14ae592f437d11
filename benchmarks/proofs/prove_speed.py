"""Run again what speed must show. “make prove-speed”, about half an hour on two cores; “make peers” before it, once.

It needs the real reports beside the checkout. Each figure against another system is a ratio taken in turns, in one run,
on one machine. A run of all parts writes its table and picture into ``docs/``. Name parts to run those alone, and an
index of the real reports before them where one is there already.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, ROOT, SHARED, environment
from benchmarks.proofs.speed import report
from benchmarks.proofs.speed.processes import PEERS_PYTHON

_PARTS = ("embedding", "build", "adding", "asking", "batching", "clients", "recall")
_RECALL = 0.921
"""recall@5 on the development questions before this proof was first written."""


def main() -> None:
    """Prove all parts, or those named."""
    data, parts = _arguments()
    if not (SHARED / "reports").is_dir():
        sys.exit(f"The real reports are not at {SHARED}: this proof needs them.")
    if not PEERS_PYTHON.is_file():
        sys.exit("The other systems are not installed. Run “make peers”: it takes some minutes and two gigabytes.")
    proof = Proof("speed")
    with tempfile.TemporaryDirectory(prefix="prove-speed-") as folder:
        if data is None:
            data = Path(folder) / "data"
            command = [*QA_SERVICE, "build", "--quiet", "--reports", str(SHARED / "reports"), "--reports"]
            subprocess.run([*command, str(SHARED / "seeds")], cwd=ROOT, env=environment(data), check=False)
        for part in parts:
            _prove(proof, part, Path(folder) / part, data)
    if set(parts) == set(_PARTS):
        report.write(proof, ROOT / "docs")
    else:
        proof.add("parts that were left out", ", ".join(part for part in _PARTS if part not in parts))
    proof.finish()


def _prove(proof: Proof, part: str, folder: Path, data: Path) -> None:
    """One part; what it needs is loaded where it is run."""
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


def _arguments() -> tuple[Path | None, list[str]]:
    named = sys.argv[1:]
    data = Path(named.pop(0)) if named and named[0] not in _PARTS else None
    if unknown := set(named) - set(_PARTS):
        sys.exit(f"{', '.join(sorted(unknown))}: no part of this proof. The parts are {', '.join(_PARTS)}.")
    return data, named or list(_PARTS)


if __name__ == "__main__":
    main()
