"""Run again what the chat page must show, on the real reports beside the checkout. “make prove-page”.

About fifteen minutes on two cores, most of it the index. The journeys themselves are browser tests: “make test-e2e”.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, SHARED, run, serving
from benchmarks.proofs.page import barriers, marks, pace
from benchmarks.proofs.page.browsing import browser
from index.storage.data_folder import DataFolder


def main() -> None:
    """Build an index of the real reports, serve it, and look at it in a browser."""
    if not (SHARED / "reports").is_dir():
        sys.exit(f"The real reports are not at {SHARED}: this proof needs them.")
    proof = Proof("page")
    with tempfile.TemporaryDirectory(prefix="prove-page-") as folder:
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "data"
        if len(sys.argv) == 1:
            reports, seeds = str(SHARED / "reports"), str(SHARED / "seeds")
            built = run([*QA_SERVICE, "build", "--quiet", "--reports", reports, "--reports", seeds], data)
            proof.add("build: exit status", built.returncode, "=", 0)
        with serving(data) as url, browser() as chromium:
            barriers.prove(proof, url, chromium)
            marks.prove(proof, url, chromium, DataFolder(data))
            pace.prove(proof, url, chromium)
    proof.finish()


if __name__ == "__main__":
    main()
