"""Starts the service, and runs its commands as a person would."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
"""The folder next to the checkout that contains the real reports and the questions about them, if it exists."""
QA_SERVICE = [sys.executable, "-m", "qa_service.cli.main"]
_READY_WITHIN = 120.0
"""Seconds to wait for a service to become ready."""


def environment(data: Path) -> dict[str, str]:
    """Return this process's environment for a command that uses another data folder.

    The result leaves out the variables that ``make`` sets when it runs this process. It also turns off the
    service's memory of answers, so that the service works out every answer that we measure.
    """
    outer = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return {**outer, "QA_DATA_DIR": str(data), "QA_REMEMBER": "0", "HF_HUB_OFFLINE": "1"}


def command_of(checkout: Path) -> list[str]:
    """Return the command that runs a checkout. It uses the checkout's own interpreter if there is one."""
    own = checkout / ".venv" / "bin" / "python"
    python = str(own) if own.is_file() else sys.executable
    if (checkout / "qa_service" / "cli" / "main.py").is_file():
        return [python, "-m", "qa_service.cli.main"]
    return [python, "-c", "from qa_service.cli import run; run()"]


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    data: Path,
    command: Sequence[str] = (*QA_SERVICE, "serve"),
    cwd: Path = ROOT,
    port: int | None = None,
    probe: str = "/readyz",
    extra: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Serve an index, yield the address once the probe succeeds, and stop the service at the end."""
    port = port or free_port()
    arguments = [*command, "--port", str(port)] if command[0] != "make" else [*command, f"QA_PORT={port}"]
    process = subprocess.Popen(
        arguments,
        cwd=cwd,
        env={**environment(data), **(extra or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}{probe}", process)
        yield url
    finally:
        with contextlib.suppress(ProcessLookupError):  # the service may have stopped already
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def post(url: str, body: Any) -> tuple[int, dict[str, Any]]:
    """Send a query and return the status and JSON of the reply. A ``body`` of bytes is sent unchanged."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/api/v1/query", data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return int(reply.status), json.load(reply)
    except urllib.error.HTTPError as error:
        return int(error.code), {**json.load(error), "content_type": error.headers["Content-Type"]}


def run(arguments: Sequence[str], data: Path, cwd: Path = ROOT, extra: Mapping[str, str] | None = None) -> Any:
    """Run a command until it ends, and return the finished command with its output as text."""
    return subprocess.run(
        arguments, cwd=cwd, env={**environment(data), **(extra or {})}, capture_output=True, text=True, check=False
    )


def score(url: str, questions: Path, *more: str) -> dict[str, float]:
    """Score a running service with the scorer that is kept next to the reports.

    Print its table and return its figures.
    """
    shared = SHARED / "eval"
    scored = subprocess.run(
        [
            sys.executable,
            str(shared / "score.py"),
            *("--url", url, "--questions", str(questions), "--pages-dir", str(SHARED / "pages")),
            *("--files", str(shared / "files.json"), "--judgements", str(shared / "judgements-dev.jsonl"), *more),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    print(scored.stdout.rsplit("\n", 2)[0])
    values: dict[str, float] = json.loads(scored.stdout.strip().splitlines()[-1])
    return values


def require_real_reports() -> None:
    """Exit with a message if the real reports are missing."""
    if not (SHARED / "reports").is_dir():
        sys.exit(f"This command needs the real reports, and {SHARED} does not have them.")


def real_report_folders() -> list[str]:
    """Return the options for ``qa-service build`` that name the folders of real reports."""
    return ["--reports", str(SHARED / "reports"), "--reports", str(SHARED / "seeds")]


def build_real_reports(data: Path) -> Any:
    """Index the real reports into a data folder, and return the finished command."""
    return run([*QA_SERVICE, "build", "--quiet", *real_report_folders()], data)


def index_real_reports(proof: Proof, data: Path, given: Path | None) -> None:
    """Index the real reports into a data folder, and record the exit status.

    If a data folder is given, start with a copy of it. The build then reads and embeds only what is new or what this
    code reads in another way, so that a proof never measures an index that is out of date or lacks some reports.
    """
    if given:
        shutil.copytree(given, data)
    proof.add("build of the real reports: exit status", build_real_reports(data).returncode, "=", 0)


def development_questions() -> list[dict[str, Any]]:
    """Return the development questions, which are kept next to the checkout."""
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def manifest_of(data: Path) -> dict[str, Any]:
    """Return the manifest of the current build."""
    folder = data / "index"
    build = folder / (folder / "current").read_text(encoding="utf-8").strip()
    manifest: dict[str, Any] = json.loads((build / "manifest.json").read_text(encoding="utf-8"))
    return manifest


def _wait(probe: str, process: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < _READY_WITHIN:
        if process.poll() is not None:
            raise RuntimeError(f"the service stopped with status {process.returncode} before it was ready")
        try:
            with urllib.request.urlopen(probe, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise RuntimeError(f"the service was not ready within {_READY_WITHIN:.0f} seconds")
