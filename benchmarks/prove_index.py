"""Run again what keeping the index must show. “make prove-index”, about forty minutes on two cores.

The parts that need the real reports use those beside the checkout; the disk that is filled is a tmpfs, which needs the
right to mount one.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.figures import Proof
from benchmarks.index_proofs import damage, disk, kills, one_more, sequences, swaps
from benchmarks.service import SHARED

_PARTS: dict[str, Callable[[Proof, Path], None]] = {
    "sequences": sequences.prove,
    "damage": damage.prove,
    "disk": disk.prove,
    "kills": kills.prove,
    "swaps": swaps.prove,
    "one-more": one_more.prove,
}


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
            _PARTS[name](proof, Path(folder))
    proof.finish()


if __name__ == "__main__":
    main()
