"""Check that bad input leads to a clear error and the right status, and that nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, ROOT, manifest_of, post, run
from index.storage.data_folder import DataFolder
from index.storage.manifest import Manifest


def requests(proof: Proof, url: str) -> None:
    """Send invalid requests, and check the replies."""
    cases = {
        "empty question": {"question": "  "},
        "3,000 characters": {"question": "a" * 3000},
        "invalid JSON": b'{"question": ',
        "unknown field": {"question": "Early help?", "colour": "red"},
        "question is a number": {"question": 3},
        "dates the wrong way round": {
            "question": "Early help?",
            "filters": {"inspected_from": "2024-01-01", "inspected_to": "2020-01-01"},
        },
    }
    clear = 0
    for name, body in cases.items():
        status, problem = post(url, body)
        ok = 400 <= status < 500 and "problem+json" in problem.get("content_type", "") and bool(problem.get("detail"))
        print(f"  {name}: {status} {problem.get('detail')}")
        clear += ok
    proof.add("bad requests with a clear problem+json", clear, "=", len(cases))


def commands(proof: Proof, folder: Path) -> None:
    """Run commands that must fail, and check the errors."""
    empty = folder / "empty"
    empty.mkdir()
    data = folder / "data"
    other = folder / "other-encoder"
    shutil.copytree(data / "index", other / "index")
    build = DataFolder(other).current()
    replace(Manifest.read(build), revision="0" * 16).write(build)
    cases = (
        ("ask with an empty question", ["ask", " "], data, 1, "empty"),
        ("ask with 3,000 characters", ["ask", "a" * 3000], data, 1, "2000"),
        ("build on a folder with no reports", ["build", "--reports", str(empty)], folder / "none", 1, "no reports"),
        ("build on a missing folder", ["build", "--reports", str(empty / "x")], folder / "none", 1, "exist"),
        ("ask with no index", ["ask", "Early help?"], folder / "none", 1, "qa-service build"),
        ("ask an index built by another encoder", ["ask", "Early help?"], other, 1, "another"),
        ("serve on an address that is not loopback", ["serve", "--host", "0.0.0.0"], data, 1, "loopback"),  # noqa: S104
    )
    right = 0
    for name, arguments, where, status, words in cases:
        done = run([*QA_SERVICE, *arguments], where)
        explained = words in done.stderr or (words == "another" and "was built with" in done.stderr)
        clear = done.returncode == status and explained and "Traceback" not in done.stderr
        print(f"  {name}: {done.returncode} {done.stderr.strip().splitlines()[-1:]}")
        right += clear
    proof.add("bad commands with the right exit status and a clear error", right, "=", len(cases))


def files(proof: Proof, folder: Path) -> None:
    """Index a good report and four bad files: a cut-off PDF, a web page named .pdf, binary data and an empty DOCX."""
    reports, data = folder / "mixed", folder / "mixed-data"
    reports.mkdir()
    good = min((ROOT / "corpus" / "samples").glob("*.pdf"))
    shutil.copy(good, reports)
    (reports / "truncated.pdf").write_bytes(good.read_bytes()[:4000])
    (reports / "page.pdf").write_text("<!DOCTYPE html><html><body><h1>Not found</h1></body></html>")
    (reports / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (reports / "empty.docx").write_bytes(b"")
    first = run([*QA_SERVICE, "build", "--reports", str(reports)], data)
    manifest = manifest_of(data)
    proof.add("bad files: exit status of the build", first.returncode, "=", 3)
    proof.add("bad files named with a reason", len(manifest["failures"]), "=", 4)
    proof.add("good files among them that are indexed", manifest["reports"], "=", 1)
    before = (data / "index" / "current").read_text()
    for path in reports.glob("*.pdf"):
        path.unlink()
    failed = run([*QA_SERVICE, "build", "--reports", str(reports)], data)
    kept = failed.returncode == 1 and (data / "index" / "current").read_text() == before
    proof.add("a failed build changes nothing", int(kept), "=", 1)
