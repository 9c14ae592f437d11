"""Measure the index as it changes: ``make prove-index``, about forty minutes on two cores.

To run only some parts, name them. One part adds the real reports that are kept next to the checkout. Another fills up a
disk, and needs permission to mount a tmpfs.
"""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.harness.arguments import parts_named
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import require_real_reports

_PARTS = ("sequences", "damage", "disk", "kills", "swaps", "one-more")


def main() -> None:
    """Run all parts, or the parts named on the command line."""
    parts = parts_named(__doc__, list(_PARTS))
    require_real_reports()
    proof = Proof("index")
    for name in parts:
        with tempfile.TemporaryDirectory(prefix=f"prove-index-{name}-") as folder:
            # Spawned processes import this module again. Importing the part here saves them from loading a model.
            part = import_module(f"benchmarks.proofs.index.{name.replace('-', '_')}")
            part.prove(proof, Path(folder))
    proof.finish()


if __name__ == "__main__":
    main()
