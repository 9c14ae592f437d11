"""Fixtures for a real server with the sample index, and for the system's own Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.storage.data_folder import DataFolder

ROOT = Path(__file__).resolve().parents[2]
_READY_WITHIN = 120.0


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch options for Debian's Chromium, without the background traffic that needs a network."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium: run “make test”, which installs it, or install Debian's package chromium")
    arguments = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # without this, Chromium refuses to start as root
    return {**browser_type_launch_args, "executable_path": found, "args": arguments}


@pytest.fixture(scope="session")
def service(sample_index: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running “qa-service serve” with the sample index."""
    with serving(sample_index, tmp_path_factory.mktemp("service") / "log") as url:
        yield url


@pytest.fixture(scope="session")
def many_service(many_index: DataFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running “qa-service serve” with short reports about many authorities."""
    with serving(many_index, tmp_path_factory.mktemp("many_service") / "log") as url:
        yield url


@contextmanager
def serving(data: DataFolder, log: Path) -> Iterator[str]:
    """Run “qa-service serve” on a free port, and yield its address when it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "qa_service.cli.main", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, "QA_DATA_DIR": str(data.root), "HF_HUB_OFFLINE": "1"},
            stdout=output,
            stderr=output,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    began = time.monotonic()
    while process.poll() is None and time.monotonic() - began < _READY_WITHIN:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the service did not get ready:\n{log.read_text()}")
