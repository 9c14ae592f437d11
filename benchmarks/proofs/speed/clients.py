"""Measure how many answers per second 32 clients get if the service does not remember answers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, development_questions, serving
from benchmarks.proofs.service.load import CLIENTS, WORKERS, send

_SECONDS, _WARM = 40, 10


def prove(proof: Proof, data: Path) -> None:
    """Serve with two workers, as a team would."""
    questions = [question["question"] for question in development_questions()]
    with serving(data, (*QA_SERVICE, "serve", "--workers", str(WORKERS))) as url:
        send(url, questions, CLIENTS, _WARM)
        sent = send(url, questions, CLIENTS, _SECONDS)
    seconds = sorted(request.seconds for request in sent)
    proof.add(f"{CLIENTS} clients: answers per second", len(sent) / _SECONDS)
    proof.add(f"{CLIENTS} clients: p50, seconds", seconds[len(seconds) // 2])
    proof.add(f"{CLIENTS} clients: p95, seconds", seconds[len(seconds) * 95 // 100])
    proof.add(f"{CLIENTS} clients: errors", sum(request.status != 200 for request in sent), "=", 0)
