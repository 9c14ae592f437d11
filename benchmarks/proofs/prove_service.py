"""Measure the properties that an operator must be able to rely on: ``make prove-service``.

It takes about an hour on two cores, including ten minutes of load and about fifteen minutes of schemathesis. Name a
data folder with an index of the real reports to save most of the build. Name parts after the folder to run only those
parts.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.harness.arguments import data_and_parts
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, index_real_reports, require_real_reports, run

PARTS = ("access", "hostile", "contract", "backup", "load")


def main() -> None:
    """Run each part on an index of the real reports or of the samples."""
    given, parts = data_and_parts(__doc__, PARTS)
    require_real_reports()
    proof = Proof("service")
    with tempfile.TemporaryDirectory(prefix="prove-service-") as name:
        folder = Path(name)
        for part in parts:
            _prove(proof, part, folder, given)
    if set(parts) != set(PARTS):
        proof.add("parts left out", ", ".join(part for part in PARTS if part not in parts))
    proof.finish()


def _prove(proof: Proof, part: str, folder: Path, given: Path | None) -> None:
    """Run one part. The imports are here because the client processes in the load part import this module again."""
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

            backup.prove(proof, _real(proof, folder, given), folder)
        case "load":
            from benchmarks.proofs.service import load

            load.prove(proof, _real(proof, folder, given))


def _samples(proof: Proof, folder: Path) -> Path:
    """Index the samples and return the data folder."""
    data = folder / "samples"
    proof.add("build of the samples: exit status", run([*QA_SERVICE, "build", "--quiet"], data).returncode, "=", 0)
    return data


def _real(proof: Proof, folder: Path, given: Path | None) -> Path:
    """Return a data folder with an index of the real reports, which is built once."""
    data = folder / "real"
    if not data.exists():
        index_real_reports(proof, data, given)
    return data


if __name__ == "__main__":
    main()
