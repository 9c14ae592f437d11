"""Time every figure over 918 reports, each as the first request to a service that has just started."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import psutil

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, ROOT, command_of, environment, manifest_of, post, serving
from benchmarks.proofs.questions.copies import invented_names, write_copies

_SECONDS = 1.0
_MEMORY = 1.15
_PLAIN = (
    "How well are social workers supervised?",
    "What do children say about their foster carers?",
    "Is the front door safe?",
)
_QUESTIONS = (
    "How many full inspections since 2022 criticise supervision?",
    "Who has been praised for the voice of the child?",
    "Which authorities went from inadequate to good since 2020?",
    "How many authorities were rated good each year?",
)


def prove(proof: Proof, data: Path, folder: Path, before: Path | None) -> None:
    """Index six copies of each report under invented names, and ask a service for each figure.

    ``before`` is an earlier checkout, whose workers' memory we compare with ours.
    """
    count = write_copies(data, folder / "reports")
    names = invented_names(2)
    systems = {"now": (ROOT, list(QA_SERVICE)), **({"before": (before, command_of(before))} if before else {})}
    memory: dict[str, float] = {}
    for name, (checkout, command) in systems.items():
        shutil.copytree(data / "cache", folder / name / "cache")
        subprocess.run(
            [*command, "build", "--quiet", "--reports", str(folder / "reports")],
            cwd=checkout,
            env=environment(folder / name),
            check=True,
        )
        if name == "now":
            proof.add("scale: reports in the index", manifest_of(folder / name)["reports"], "=", count)
            _first_requests(proof, folder / name, names)
        memory[name] = _memory(folder / name, checkout, command, names if name == "now" else ())
    proof.add("scale: memory of a worker after these requests, MB", memory["now"])
    if before:
        proof.add("scale: memory of a worker at the earlier commit, MB", memory["before"])
        proof.add("scale: memory against the earlier commit", memory["now"] / memory["before"], "≤", _MEMORY)


def _first_requests(proof: Proof, data: Path, names: Sequence[str]) -> None:
    """Ask for each figure from a service that has so far answered only one plain question."""
    for path in _paths(names):
        with serving(data) as url:
            post(url, {"question": _PLAIN[0]})
            started = time.perf_counter()
            with urllib.request.urlopen(f"{url}{path}", timeout=60) as reply:
                reply.read()
            proof.add(f"scale: seconds, {path[:44]}", time.perf_counter() - started, "≤", _SECONDS)
    for question in _QUESTIONS:
        with serving(data) as url:
            post(url, {"question": _PLAIN[0]})
            started = time.perf_counter()
            post(url, {"question": question})
            proof.add(f"scale: seconds, {question[:44]}", time.perf_counter() - started, "≤", _SECONDS)


def _paths(names: Sequence[str]) -> list[str]:
    first, second = (urllib.parse.quote(name) for name in names)
    return [
        "/grades",
        "/grades/movements",
        "/themes",
        "/themes/supervision",
        f"/authorities/{first}/summary",
        f"/authorities/{first}/improvements",
        f"/compare?authority={first}&authority={second}&theme=supervision",
        "/new",
    ]


def _memory(data: Path, checkout: Path, command: Sequence[str], names: Sequence[str]) -> float:
    """Return the resident memory of the largest process of a service, in MB, after some requests."""
    with ExitStack() as running:
        url = running.enter_context(serving(data, [*command, "serve"], cwd=checkout))
        for question in _PLAIN:
            post(url, {"question": question})
        for path in _paths(names) if names else ():
            with urllib.request.urlopen(f"{url}{path}", timeout=60) as reply:
                reply.read()
        port = urllib.parse.urlsplit(url).port
        workers = [
            each for each in psutil.process_iter(["cmdline"]) if f"{port}" in " ".join(each.info["cmdline"] or ())
        ]
        family = {each.pid: each for one in workers for each in (one, *one.children(recursive=True))}
        return max(each.memory_info().rss for each in family.values()) / 2**20
