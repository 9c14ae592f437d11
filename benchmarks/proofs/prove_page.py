"""Measure the chat page in a real browser, on the real reports next to the checkout: ``make prove-page``.

It takes about fifteen minutes on two cores, and spends most of this time on building the index. Name a data folder with
an index of the real reports to skip the build. ``make test-e2e`` tests what people do on the page.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.harness.arguments import data_and_parts
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import build_real_reports, require_real_reports, serving
from benchmarks.proofs.page import barriers, marks, pace
from benchmarks.proofs.page.browsing import browser
from index.storage.data_folder import DataFolder


def main() -> None:
    """Build an index of the real reports, serve it, and measure the page in a browser."""
    given, _ = data_and_parts(__doc__)
    require_real_reports()
    proof = Proof("page")
    with tempfile.TemporaryDirectory(prefix="prove-page-") as folder:
        data = given or Path(folder) / "data"
        if given is None:
            proof.add("build: exit status", build_real_reports(data).returncode, "=", 0)
        with serving(data) as url, browser() as chromium:
            barriers.prove(proof, url, chromium)
            marks.prove(proof, url, chromium, DataFolder(data))
            pace.prove(proof, url, chromium)
    proof.finish()


if __name__ == "__main__":
    main()
