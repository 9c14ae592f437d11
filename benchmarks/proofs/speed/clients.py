"""Many who ask at once: how many answers a second they get, none of them remembered."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import QA_SERVICE, SHARED, serving
from benchmarks.proofs.service.load import CLIENTS, WORKERS, send

_SECONDS, _WARM = 40, 10


def prove(proof: Proof, data: Path) -> None:
    """On the service as it is run for several people, with a worker for each processor."""
    questions = [json.loads(line)["question"] for line in (SHARED / "eval" / "dev.jsonl").open(encoding="utf-8")]
    with serving(data, (*QA_SERVICE, "serve", "--workers", str(WORKERS))) as url:
        send(url, questions, CLIENTS, _WARM)
        sent = send(url, questions, CLIENTS, _SECONDS)
    took = sorted(one.seconds for one in sent)
    proof.add(f"{CLIENTS} clients: answers a second", len(sent) / _SECONDS)
    proof.add(f"{CLIENTS} clients: p50, seconds", took[len(took) // 2])
    proof.add(f"{CLIENTS} clients: p95, seconds", took[len(took) * 95 // 100])
    proof.add(f"{CLIENTS} clients: errors", sum(one.status != 200 for one in sent), "=", 0)
