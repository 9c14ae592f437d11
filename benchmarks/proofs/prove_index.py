"""Measure the index as it changes: ``make prove-index``, about forty minutes on two cores.

To run only some parts, name them. One part adds the real reports that are kept next to the checkout. Another fills up a
disk, and needs permission to mount a tmpfs.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import require_real_reports

_PARTS = ("sequences", "damage", "disk", "kills", "swaps", "one-more")


def main() -> None:
    """Run all parts, or the parts named on the command line."""
    require_real_reports()
    parts = sys.argv[1:] or list(_PARTS)
    if unknown := set(parts) - set(_PARTS):
        sys.exit(f"This proof has no part named {', '.join(sorted(unknown))}. Its parts are {', '.join(_PARTS)}.")
    proof = Proof("index")
    for name in parts:
        with tempfile.TemporaryDirectory(prefix=f"prove-index-{name}-") as folder:
            # Spawned processes import this module again. Importing the part here saves them from loading a model.
            part = import_module(f"benchmarks.proofs.index.{name.replace('-', '_')}")
            part.prove(proof, Path(folder))
    proof.finish()


if __name__ == "__main__":
    main()
