"""Draw flame graphs: python -m benchmarks.measurements.flames DATA, where DATA is a data folder with an index.

py-spy samples two processes a hundred times a second. One answers the development questions, and the other builds an
index of a dozen reports. The graphs go to ``docs/flame-question.svg`` and ``docs/flame-build.svg``. The width of a bar
shows its share of the time. Each bar is on top of the function that called it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.service import ROOT, development_questions, require_real_reports

_RATE = 100
"""Samples per second."""
_TITLES = {"question": "Questions, one after another", "build": "A build of a dozen reports"}
_ROUNDS = 3
"""How many times we ask the whole set of questions."""


def main() -> None:
    """Draw both graphs, or do the work that py-spy samples."""
    if len(sys.argv) < 2:
        sys.exit("Name a data folder that holds an index of the real reports, such as “make flames DATA=FOLDER”.")
    work, *arguments = sys.argv[1:]
    match work:
        case "question":
            _ask(Path(arguments[0]))
        case "build":
            _build(Path(arguments[0]))
        case _:
            require_real_reports()
            with tempfile.TemporaryDirectory() as folder:
                for name, data in (("question", work), ("build", folder)):
                    _sample(name, data)


def _sample(work: str, data: str) -> None:
    """Run this module in another process, sample it as it works, and draw the graph."""
    picture = ROOT / "docs" / f"flame-{work}.svg"
    record = ["py-spy", "record", "--output", str(picture), "--rate", str(_RATE), "--subprocesses", "--threads"]
    command = [sys.executable, "-m", "benchmarks.measurements.flames", work, data]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([*record, "--", *command], cwd=ROOT, env={**os.environ, "PATH": path}, check=True)
    drawing = picture.read_text(encoding="utf-8")
    drawing = re.sub(r'(<text id="title"[^>]*>)[^<]*', rf"\1{_TITLES[work]}", drawing)
    drawing = re.sub(r"process (\d+):&quot;[^<(]*", r"process \1 ", drawing)  # leave out this machine's paths
    for path_here, replacement in ((f"{ROOT}/", ""), (str(ROOT), "."), (sys.base_prefix, "python")):
        drawing = drawing.replace(path_here, replacement)
    picture.write_text(drawing, encoding="utf-8")


def _ask(data: Path) -> None:
    from index.encoding.encoders import open_encoder
    from index.storage.data_folder import DataFolder
    from qa_service.answering.pipeline import Answerer
    from qa_service.types import Question

    answerer = Answerer.open(DataFolder(data), open_encoder(), remembered=0)
    for question in development_questions() * _ROUNDS:
        answerer.answer(Question(question["question"]))


def _build(data: Path) -> None:
    from benchmarks.harness.builders import builder_of
    from benchmarks.proofs.speed.corpus import reports
    from index.encoding.encoders import open_encoder

    encoder = open_encoder()
    builder_of(data, encoder, encoder.precision).build(reports(12))


if __name__ == "__main__":
    main()
