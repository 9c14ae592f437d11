"""Run again what keeping the index must show. “make prove-index”, about forty minutes on two cores.

The parts that need the real reports use those beside the checkout; the disk that is filled is a tmpfs, which needs the
right to mount one.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import SHARED

_PARTS = ("sequences", "damage", "disk", "kills", "swaps", "one-more")


def main() -> None:
    """Prove all parts, or those named."""
    if not (SHARED / "reports").is_dir():
        sys.exit(f"The real reports are not at {SHARED}: this proof needs them.")
    named = sys.argv[1:] or list(_PARTS)
    if unknown := set(named) - set(_PARTS):
        sys.exit(f"{', '.join(sorted(unknown))}: no part of this proof. The parts are {', '.join(_PARTS)}.")
    proof = Proof("index")
    for name in named:
        with tempfile.TemporaryDirectory(prefix=f"prove-index-{name}-") as folder:
            # Here, so that processes started by spawning, which import this module again, do not load a model each.
            part = import_module(f"benchmarks.proofs.index.{name.replace('-', '_')}")
            part.prove(proof, Path(folder))
    proof.finish()


if __name__ == "__main__":
    main()
