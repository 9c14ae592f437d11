"""Time lists, counts and changes over 918 reports, and compare them with plain questions and an earlier commit."""

from __future__ import annotations

import random
import shutil
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, ROOT, command_of, environment, manifest_of, post, serving
from benchmarks.proofs.questions.copies import invented_names, write_copies

_ROUNDS, _EACH = 3, 30
_TIMES_FASTER = 10.0
_GRADES = ("good", "outstanding", "inadequate", "requires improvement")
_AREAS = ("overall", "for leaders", "for children in care", "for help and protection")
_SUBJECTS = (
    "supervision", "caseloads", "return home interviews", "neglect", "foster carers", "pathway plans", "early help",
    "private fostering", "the front door", "children missing from home", "life-story work", "adoption",
    "strategy meetings", "staff turnover", "health assessments", "exploitation", "placement moves",
    "domestic abuse", "advocacy", "audits",
)  # fmt: skip


def prove(proof: Proof, data: Path, folder: Path, before: Path | None) -> None:
    """Index the copies of the reports, then ask the same questions at both commits in turn."""
    count = write_copies(data, folder / "reports")
    cache = data / "cache"
    systems = {"now": (ROOT, list(QA_SERVICE))}
    if before:
        systems["before"] = (before, command_of(before))
    with ExitStack() as running:
        urls = {}
        for name, (checkout, command) in systems.items():
            # We time only the answers, so the builds share a cache and do not embed any sentence twice.
            cache = Path(shutil.copytree(cache, folder / name / "cache"))
            _build(checkout, command, folder / "reports", folder / name)
            urls[name] = running.enter_context(serving(folder / name, [*command, "serve"], cwd=checkout))
        proof.add("speed: reports in the index", manifest_of(folder / "now")["reports"], "=", count)
        times = _times(urls)
    plain = p95(times["now", "plain"])
    proof.add("speed: p95 of a plain question, ms", plain)
    for kind in ("list", "count", "change"):
        ours = p95(times["now", kind])
        proof.add(f"speed: p95 of a {kind}, ms", ours, "≤", plain)
        if before:
            earlier = p95(times["before", kind])
            proof.add(f"speed: p95 of a {kind} at the earlier commit, ms", earlier)
            proof.add(f"speed: {kind}, times faster than the earlier commit", earlier / ours, "≥", _TIMES_FASTER)
        else:
            proof.add(f"speed: {kind}, times faster than the earlier commit", "not run", "≥", _TIMES_FASTER)


def questions() -> dict[str, list[str]]:
    """Return distinct questions of each kind. They are the same each time."""
    chance = random.Random(918)  # noqa: S311 - the same questions each time
    names, years = invented_names(100), range(2015, 2026)
    asked: dict[str, set[str]] = defaultdict(set)
    while min(map(len, asked.values()), default=0) < _EACH or not asked:
        grade, area, year = chance.choice(_GRADES), chance.choice(_AREAS), chance.choice(years)
        later = chance.choice(_GRADES)
        asked["list"].add(f"Which authorities were rated {grade} {area} since {year}?")
        asked["count"].add(f"How many authorities were rated {grade} {area} before {year}?")
        asked["change"].add(f"Which authorities went from {grade} to {later} {area} since {year}?")
        asked["plain"].add(f"What do inspectors say about {chance.choice(_SUBJECTS)} in {chance.choice(names)}?")
    return {kind: sorted(texts)[:_EACH] for kind, texts in asked.items()}


def p95(milliseconds: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(milliseconds, n=20)[-1]


def _times(urls: dict[str, str]) -> dict[tuple[str, str], list[float]]:
    """Ask each system each question in turn, and return the milliseconds by system and kind of question."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for round_number in range(_ROUNDS + 1):
        for kind, texts in questions().items():
            for text in texts:
                for name, url in urls.items():
                    began = time.perf_counter()
                    status, _ = post(url, {"question": text})
                    if status != 200:
                        raise RuntimeError(f"{name} replied with status {status} to {text!r}")
                    if round_number:  # the first round only fills the operating system's caches
                        times[name, kind].append((time.perf_counter() - began) * 1000)
    return times


def _build(checkout: Path, command: Sequence[str], reports: Path, data: Path) -> None:
    subprocess.run(
        [*command, "build", "--quiet", "--reports", str(reports)], cwd=checkout, env=environment(data), check=True
    )
