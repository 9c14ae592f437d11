"""Measure start-up, questions asked one after another, memory use and disk use, on an index of the real reports."""

from __future__ import annotations

import statistics
import subprocess
import time
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, ROOT, SHARED, development_questions, environment
from benchmarks.proofs.speed.corpus import write_passages, write_vectors
from benchmarks.proofs.speed.processes import OURS, PEERS, Worker, worker

_STARTS, _QUESTIONS, _K = 5, 60, 8
_RIVAL = "txtai_hybrid"


def prove(proof: Proof, folder: Path, data: Path) -> None:
    """Give all systems the same passages, and let them take turns in each part."""
    write_vectors(data, folder / "vectors.npz")
    count = write_passages(data, sorted((SHARED / "reports").iterdir()), folder / "passages.json")
    for name in PEERS:
        with worker(name, folder / name) as working:
            working.do("look_up_vectors", vectors=str(folder / "vectors.npz"))
            working.do("load")
            working.do("build", file=str(folder / "passages.json"))
    questions = [question["question"] for question in development_questions()]
    _starting(proof, folder, data, questions)
    _one_after_another(proof, folder, data, questions[:_QUESTIONS], questions[_QUESTIONS:])
    _disk(proof, folder, data, count)


def _starting(proof: Proof, folder: Path, data: Path, questions: list[str]) -> None:
    """Time each system from the start of its process to its first answer."""
    times: dict[str, list[float]] = {}
    for run in range(_STARTS):
        times.setdefault(OURS, []).append(_command(data, questions[run]))
        for name in PEERS:
            with worker(name, folder / name) as working:
                working.do("load")
                working.do("ask", question=questions[run], k=_K)
                times.setdefault(name, []).append(time.perf_counter() - working.began)
    for name, seconds in times.items():
        proof.add(f"start: {name}, seconds to the first answer", statistics.median(seconds))
    ratios = [min(times[name][run] for name in PEERS) / times[OURS][run] for run in range(_STARTS)]
    proof.add("start: time of the best other system / ours", statistics.median(ratios), "≥", 8.0)
    proof.add(f"start: the ratio, over {_STARTS} runs", f"{min(ratios):.2f} to {max(ratios):.2f}")


def _command(data: Path, question: str) -> float:
    """Return how many seconds ``qa-service ask`` takes."""
    began = time.perf_counter()
    subprocess.run(
        [*QA_SERVICE, "ask", "--json", question], cwd=ROOT, env=environment(data), check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def _one_after_another(proof: Proof, folder: Path, data: Path, questions: list[str], before: list[str]) -> None:
    """Ask our service and txtai each question in turn, after other questions have warmed them up."""
    with worker(OURS, data) as ours, worker(_RIVAL, folder / _RIVAL) as rival:
        times: dict[str, list[float]] = {OURS: [], _RIVAL: []}
        for working in (ours, rival):
            working.do("load")
            for question in before:
                _ask(working, question)
        for question in questions:
            times[OURS].append(_ask(ours, question))
            times[_RIVAL].append(_ask(rival, question))
        memory = {OURS: ours.memory(), _RIVAL: rival.memory()}
    for share in (50, 95):
        percentile = {name: _percentile(seconds, share) for name, seconds in times.items()}
        for name, seconds in percentile.items():
            proof.add(f"a question: {name}, p{share}, milliseconds", 1000 * seconds)
        proof.add(f"a question: p{share} of txtai / ours", percentile[_RIVAL] / percentile[OURS], "≥", 1.0)
    for name in PEERS:
        if name not in memory:
            with worker(name, folder / name) as working:
                working.do("load")
                for question in questions[:10]:
                    _ask(working, question)
                memory[name] = working.memory()
    for name, size in memory.items():
        proof.add(f"memory: {name}, MB", size / 1e6)
    least = min(memory[name] for name in PEERS)
    proof.add("memory: ours / the best other system", memory[OURS] / least, "≤", 0.5)


def _ask(working: Worker, question: str) -> float:
    return working.do("ask", question=question, k=_K).wall


def _percentile(seconds: list[float], share: int) -> float:
    return sorted(seconds)[min(len(seconds) - 1, len(seconds) * share // 100)]


def _disk(proof: Proof, folder: Path, data: Path, count: int) -> None:
    """Compare the size of the index used for answers.

    We leave out our originals and cache, because the others have none.
    """
    current = data / "index" / (data / "index" / "current").read_text().strip()
    ours = _size(current) / count
    proof.add("disk: ours, bytes per passage", ours)
    for name in PEERS:
        proof.add(f"disk: {name}, bytes per passage", _size(folder / name) / count)
    proof.add("disk: ours, with the cache of embeddings, bytes per passage", ours + _size(data / "cache") / count)
    proof.add("disk: ours / txtai", ours / (_size(folder / _RIVAL) / count), "≤", 1.0)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
