"""Draw flame graphs: python -m benchmarks.measurements.flames DATA, where DATA is a folder that holds an index.

py-spy samples two processes a hundred times a second. One answers the development questions, and the other builds an
index of a dozen reports. The graphs go to ``docs/flame-question.svg`` and ``docs/flame-build.svg``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.harness.service import ROOT, SHARED

_RATE = 100
"""Looks a second."""
_CALLED = {"question": "Questions, one after another", "build": "A build of a dozen reports"}
_ROUNDS = 3
"""Times that the questions are asked."""


def main() -> None:
    """Watch both, or be what is watched."""
    work, *given = sys.argv[1:]
    match work:
        case "question":
            _ask(Path(given[0]))
        case "build":
            _build(Path(given[0]))
        case _:
            with tempfile.TemporaryDirectory() as folder:
                for name, where in (("question", work), ("build", folder)):
                    _watch(name, where)


def _watch(work: str, data: str) -> None:
    picture = ROOT / "docs" / f"flame-{work}.svg"
    record = ["py-spy", "record", "--output", str(picture), "--rate", str(_RATE), "--subprocesses", "--threads"]
    command = [sys.executable, "-m", "benchmarks.measurements.flames", work, data]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([*record, "--", *command], cwd=ROOT, env={**os.environ, "PATH": path}, check=True)
    drawn = picture.read_text(encoding="utf-8")
    told = re.sub(r'(<text id="title"[^>]*>)[^<]*', rf"\1{_CALLED[work]}", drawn)
    told = re.sub(r"process (\d+):&quot;[^<(]*", r"process \1 ", told)  # where this machine has its files is nobody's
    for where, called in ((f"{ROOT}/", ""), (str(ROOT), "."), (sys.base_prefix, "python")):
        told = told.replace(where, called)
    picture.write_text(told, encoding="utf-8")


def _ask(data: Path) -> None:
    from index.encoding.encoders import open_encoder
    from index.storage.data_folder import DataFolder
    from qa_service.answering.pipeline import Answerer
    from qa_service.types import Question

    answerer = Answerer.open(DataFolder(data), open_encoder(), remembered=0)
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    for question in [json.loads(line)["question"] for line in lines] * _ROUNDS:
        answerer.answer(Question(question))


def _build(data: Path) -> None:
    from benchmarks.harness.builders import builder_of
    from benchmarks.proofs.speed.corpus import reports
    from index.encoding.encoders import open_encoder

    encoder = open_encoder()
    builder_of(data, encoder, encoder.precision).build(reports(12))


if __name__ == "__main__":
    main()
