"""Compare what the OpenAPI document promises with what the service does, with schemathesis and a live gunicorn.

The first requests come from an administrator. Deletions run after those, because they remove what the first requests
read. The last requests come without a token. We count requests in schemathesis' own record.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import ROOT, serving
from benchmarks.proofs.service.schemathesis_hooks import KNOWN_IDS
from qa_service.access import Scope
from qa_service.records.tokens import Tokens
from web.client import Client

REQUESTS = 20_000
_SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
_CONFIG = Path(__file__).with_name("schemathesis.toml")
_LEFT_OUT = "ensure_resource_availability"
"""This check asks for a report right after the 202 reply to its upload. The build that adds it has not run yet, and a
refused file never gets an id."""
_EXAMPLES = {"authorised": 380, "deleting": 40, "nobody": 800}
"""The most random requests for each address. schemathesis also sends requests that it makes by rule."""
_DELETING = ("api_conversations_delete_all", "api_conversations_delete", "upkeep_api_remove")
"""Operations that delete what the others ask for. They run separately, after the others."""
_CHOSEN = {
    "authorised": [f"--exclude-operation-id={name}" for name in _DELETING],
    "deleting": [f"--include-operation-id={name}" for name in _DELETING],
}


def prove(proof: Proof, data: Path, folder: Path, examples: dict[str, int] | None = None) -> None:
    """Run schemathesis on a copy of an index, once for each kind of caller."""
    copy = folder / "contract"
    shutil.copytree(data, copy)
    _, token = Tokens(copy).make("contract", [Scope.ADMIN])
    sent, failures = 0, 0
    with serving(copy, extra={"QA_ACCESS": "tokens", "QA_RATE": "1000000"}) as url:
        known = _known(url, token)
        for who, most in (examples or _EXAMPLES).items():
            record = folder / f"{who}.ndjson"
            chosen = _CHOSEN.get(who, [])
            header = ["-H", f"Authorization: Bearer {token}"] if chosen else []
            run = _run(url, most, record, [*chosen, *header], known)
            counted, failed, answered = _counted(record)
            proof.add(f"contract: requests, {who}", counted)
            proof.add(f"contract: failures, {who}", failed, "=", 0)
            proof.add(f"contract: exit status, {who}", run.returncode, "=", 0)
            sent, failures = sent + counted, failures + failed
            if who == "authorised":
                unanswered = _to_be_answered(url) - answered
                print("".join(f"   never answered: {name}\n" for name in sorted(unanswered)), end="")
                proof.add("contract: operations that ask or read, with no 2xx reply", len(unanswered), "=", 0)
            if run.returncode:
                print(run.stdout[-6000:])
    if examples is None:
        proof.add("contract: requests in total", sent, "≥", REQUESTS)


def _run(
    url: str, most: int, record: Path, more: list[str], known: dict[str, list[Any]]
) -> subprocess.CompletedProcess[str]:
    # Only one worker, because two sometimes cause an error in the parser of Python 3.11.
    arguments = [
        str(_SCHEMATHESIS), f"--config-file={_CONFIG}", "run", f"{url}/api/v1/openapi.json",
        f"--max-examples={most}", "--checks=all", "--continue-on-failure", "--no-color", "--seed=7", "--workers=1",
        "--report=ndjson",
        f"--report-ndjson-path={record}", "--generation-database=none", "--suppress-health-check=all",
        "--request-timeout=60", f"--exclude-checks={_LEFT_OUT}", *more,
    ]  # fmt: skip
    hooks = {
        "SCHEMATHESIS_HOOKS": "benchmarks.proofs.service.schemathesis_hooks",
        KNOWN_IDS: json.dumps(known),
    }
    return subprocess.run(arguments, cwd=ROOT, env={**os.environ, **hooks}, capture_output=True, text=True, check=False)


def _known(url: str, token: str) -> dict[str, list[Any]]:
    """Return ids that exist, by the name of the parameter that takes them."""
    client = Client(url, token)
    begun = client.ask("What do Westmarsh care leavers get to set up home?", remember=True)
    reports = [report["id"] for report in client.reports()]
    return {
        "report_id": reports,
        "conversation_id": [begun["conversation_id"]],
        "number": [1, 2],
        "turn": [1],
        "job_id": [client.build()["id"]],
    }


def _to_be_answered(url: str) -> set[str]:
    """Return the operations that ask or read, such as “GET /path”. Each must get a 2xx reply at least once.

    The OpenAPI document itself is left out, because schemathesis does not ask for it again.
    """
    with urllib.request.urlopen(f"{url}/api/v1/openapi.json", timeout=60) as reply:
        paths: dict[str, dict[str, Any]] = json.load(reply)["paths"]
    reading = {f"GET {path}" for path, operations in paths.items() if "get" in operations}
    return reading - {"GET /api/v1/openapi.json"} | {"POST /api/v1/query", "POST /api/v1/queries"}


def _counted(record: Path) -> tuple[int, int, set[str]]:
    """Count the requests and the failed checks in schemathesis' record, and list the operations with a 2xx reply."""
    sent, failed, answered = 0, Counter[str](), set[str]()
    for line in record.open(encoding="utf-8"):
        event: dict[str, Any] = json.loads(line)
        for case in _cases(event):
            sent += 1
            if 200 <= case["status"] < 300 and case["operation"].startswith(f"{case['method']} "):
                answered.add(case["operation"])
            failed.update(check["name"] for check in case.get("checks", ()) if check.get("status") == "failure")
    for name, count in failed.most_common():
        print(f"   {name}: {count}")
    return sent, failed.total(), answered


def _cases(event: dict[str, Any]) -> list[dict[str, Any]]:
    """List the requests that an event reports, with their replies and checks."""
    recorder = (event.get("ScenarioFinished") or {}).get("recorder") or {}
    interactions, checks = recorder.get("interactions", {}), recorder.get("checks", {})
    return [
        {
            "checks": checks.get(case, ()),
            "operation": recorder.get("label", ""),
            "method": (interaction.get("request") or {}).get("method", ""),
            "status": (interaction.get("response") or {}).get("status_code") or 0,
        }
        for case, interaction in interactions.items()
    ]
