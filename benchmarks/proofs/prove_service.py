"""Run again what an operator must be able to trust of the service. “make prove-service”.

About an hour on two cores: ten minutes of load, some fifteen of schemathesis, the index of the real reports beside the
checkout. With an argument, the data folder of an index of them made before; with more, only the parts named.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, SHARED, run

PARTS = ("access", "hostile", "contract", "backup", "load")


def main() -> None:
    """Build an index of the real reports and one of the samples, and try them."""
    if not (SHARED / "reports").is_dir():
        sys.exit(f"The real reports are not at {SHARED}: this proof needs them.")
    parts = sys.argv[2:] or PARTS
    proof = Proof("service")
    with tempfile.TemporaryDirectory(prefix="prove-service-") as name:
        folder = Path(name)
        for part in parts:
            _prove(proof, part, folder)
    if set(parts) != set(PARTS):
        proof.add("parts that were left out", ", ".join(part for part in PARTS if part not in parts))
    proof.finish()


def _prove(proof: Proof, part: str, folder: Path) -> None:
    """One part. Each is imported where it is run: the clients of the load start this module again."""
    match part:
        case "access":
            from benchmarks.proofs.service import access
            from index.encoding.encoders import open_encoder
            from qa_service.samples import sample_folder

            encoder = open_encoder()
            access.prove(proof, folder / "access", sample_folder(), encoder, encoder.precision)
        case "hostile":
            from benchmarks.proofs.service import hostile

            hostile.prove(proof, folder)
        case "contract":
            from benchmarks.proofs.service import contract

            contract.prove(proof, _samples(proof, folder), folder)
        case "backup":
            from benchmarks.proofs.service import backup

            backup.prove(proof, _real(proof, folder), folder)
        case "load":
            from benchmarks.proofs.service import load

            load.prove(proof, _real(proof, folder))
        case _:
            sys.exit(f"There is no part {part!r}: {', '.join(PARTS)}.")


def _samples(proof: Proof, folder: Path) -> Path:
    """An index of the samples."""
    data = folder / "samples"
    proof.add("build of the samples: exit status", run([*QA_SERVICE, "build", "--quiet"], data).returncode, "=", 0)
    return data


def _real(proof: Proof, folder: Path) -> Path:
    """An index of the real reports: a copy of that named, else made once."""
    data = folder / "real"
    if not data.exists():
        if len(sys.argv) > 1:
            shutil.copytree(sys.argv[1], data)
        else:
            reports, seeds = str(SHARED / "reports"), str(SHARED / "seeds")
            built = run([*QA_SERVICE, "build", "--quiet", "--reports", reports, "--reports", seeds], data)
            proof.add("build of the real reports: exit status", built.returncode, "=", 0)
    return data


if __name__ == "__main__":
    main()
