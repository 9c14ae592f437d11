"""Measure the main job on the real reports next to the checkout: ``make prove-main``.

It clones the checkout into an empty folder and installs it there, so it measures the last commit.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
from pathlib import Path

import psutil

from benchmarks.harness.arguments import no_arguments
from benchmarks.harness.figures import Proof
from benchmarks.harness.service import (
    QA_SERVICE,
    ROOT,
    SHARED,
    free_port,
    manifest_of,
    post,
    real_report_folders,
    require_real_reports,
    run,
    score,
    serving,
)
from benchmarks.proofs.main import bad_input

_SCORED = {"cited": 1.0, "quoted": 1.0, "genuine": 0.99, "recall@5": 0.60}
_SAMPLE_QUESTION = "How was Westmarsh rated at its latest inspection?"
# Questions about the five seed documents, each with the file and the digest of a sentence in the right passage. We are
# not allowed to keep the documents' own words in this repository.
_SEED_QUESTIONS = (
    (
        (
            "Do children's centre staff in Bromley work with social workers when a child is on a child protection plan "
            "(sixth monitoring visit)?"
        ),
        "000_8a1d7cf1c289a85d.txt",
        "136b165c56ca8d7b",
    ),
    (
        (
            "How well do family support workers in Dudley's hubs know the children they work with, at the sixth "
            "monitoring visit?"
        ),
        "001_43ddc0e17f19c81d.txt",
        "2d3c8a4449426ba3",
    ),
    (
        "In the thematic report on early help, did assessments include the views of the children?",
        "002_254824e627673c45.txt",
        "ed94ee86e9e33cb7",
    ),
    (
        "What did the news article on Barking and Dagenham say about staff enjoying working there?",
        "003_4ac8c513b60c8980.txt",
        "2ab415e5427c8e4e",
    ),
    (
        (
            "At South Gloucestershire's sixth monitoring visit, were children being assessed by the access and "
            "response teams seen promptly?"
        ),
        "004_4a2ef94e669efbfc.txt",
        "fa92ef8ac0ea09cb",
    ),
)


def main() -> None:
    """Measure everything. The longest part comes last."""
    no_arguments(__doc__)
    require_real_reports()
    proof = Proof("main")
    with tempfile.TemporaryDirectory(prefix="prove-main-") as folder:
        data = Path(folder) / "data"
        _build(proof, data)
        with serving(data) as url:
            _score(proof, url)
            _seeds(proof, url)
            bad_input.requests(proof, url)
        bad_input.commands(proof, Path(folder))
        bad_input.files(proof, Path(folder))
        _tooling(proof, Path(folder))
        _fresh_clone(proof, Path(folder))
    proof.finish()


def _build(proof: Proof, data: Path) -> None:
    """Index all the reports from scratch, and measure the memory used by all the processes in the build."""
    command = [*QA_SERVICE, "build", *real_report_folders()]
    peak = [0]
    done = threading.Event()

    def watch() -> None:
        me = psutil.Process()
        while not done.wait(0.2):
            total = 0
            for child in me.children(recursive=True):
                with contextlib.suppress(psutil.Error):  # a process can end after it is listed
                    total += child.memory_info().rss
            peak[0] = max(peak[0], total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    built = run(command, data)
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    manifest = manifest_of(data)
    expected = sum(1 for name in ("reports", "seeds") for path in (SHARED / name).iterdir() if path.is_file())
    proof.add("build: exit status", built.returncode, "=", 0)
    proof.add("build: files in the folders", expected)
    proof.add("build: reports indexed", manifest["reports"], "=", expected)
    proof.add("build: files left out", len(manifest["failures"]) + len(manifest["duplicates"]), "=", 0)
    proof.add("build: passages", manifest["passages"])
    proof.add("build: seconds", round(seconds, 1))
    proof.add("build: peak memory of all its processes, MB", peak[0] >> 20)
    began = time.perf_counter()
    again = run(command, data)
    proof.add("build again: reads and embeds nothing", int("Up to date" in again.stdout), "=", 1)
    proof.add("build again: seconds", round(time.perf_counter() - began, 1))


def _score(proof: Proof, url: str) -> None:
    for name, value in score(url, SHARED / "eval" / "dev.jsonl").items():
        bound = _SCORED.get(name)
        proof.add(f"score: {name}", value, "" if bound is None else "=" if bound == 1 else "≥", bound)


def _seeds(proof: Proof, url: str) -> None:
    right = 0
    for question, file, digest in _SEED_QUESTIONS:
        _, reply = post(url, {"question": question})
        first = reply["passages"][0] if reply["passages"] else None
        is_right = first is not None and first["report"]["file"] == file and digest in _sentence_digests(first["text"])
        if not (is_right and reply["answered"]):
            print(f"  not first: {question}")
        right += is_right and reply["answered"]
    proof.add("questions on seeds: right passage first, and answered", right, "=", len(_SEED_QUESTIONS))


def _sentence_digests(text: str) -> set[str]:
    """Return a digest of the letters and digits in each sentence of a text."""
    return {_digest(sentence) for sentence in re.split(r"(?<=[.!?])\s+|\n+", text)}


def _digest(sentence: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKC", sentence).lower() if c.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()[:16]


def _tooling(proof: Proof, folder: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    listed = run(["make", "--no-print-directory", "help"], folder).stdout
    missing = [target for target in targets if f"make {target}" not in listed]
    proof.add("make help: targets that it does not list", len(missing), "=", 0)
    checked = run(["make", "--no-print-directory", "check"], folder)
    proof.add("make check: exit status", checked.returncode, "=", 0)
    copy = folder / "upward"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", "var", ".*cache"))
    types = copy / "corpus" / "types.py"
    types.write_text(types.read_text() + "\nimport web.app\n")
    linted = run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"],
        folder,
        cwd=copy,
        extra={"PYTHONPATH": str(copy)},
    )
    proof.add("the import check fails on an upward import", int(linted.returncode != 0), "=", 1)


def _fresh_clone(proof: Proof, folder: Path) -> None:
    """Clone the checkout, run ``make run`` twice (each time until the service answers), and then run ``make test``."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    data = clone / "var"
    began = time.perf_counter()
    installed = run(["make", "setup"], data, cwd=clone)
    proof.add("fresh clone: make setup, exit status", installed.returncode, "=", 0)
    proof.add("fresh clone: seconds of make setup, as part of make run", round(time.perf_counter() - began, 1))
    for name in ("fresh clone: make run", "second make run"):
        started = began if name.startswith("fresh") else time.perf_counter()
        with serving(data, ("make", "run"), cwd=clone, port=free_port()) as url:
            _, reply = post(url, {"question": _SAMPLE_QUESTION})
            seconds = time.perf_counter() - started
        proof.add(f"{name} answers the question", int(bool(reply.get("answered"))), "=", 1)
        proof.add(f"{name}: seconds to the answer", round(seconds, 1))
    builds = [path.name for path in (data / "index").iterdir() if path.is_dir()]
    proof.add("second make run: number of builds so far", len(builds), "=", 1)
    began = time.perf_counter()
    tested = run(["make", "test"], folder / "unused", cwd=clone)
    print("  " + "\n  ".join(line for line in tested.stdout.splitlines() if re.search(r"\d passed", line)))
    proof.add("fresh clone: make test, exit status", tested.returncode, "=", 0)
    proof.add("fresh clone: make test, seconds", round(time.perf_counter() - began, 1))


if __name__ == "__main__":
    main()
