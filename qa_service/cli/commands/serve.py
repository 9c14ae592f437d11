"""qa-service serve."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from index.building import retention
from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import DataFolder
from index.storage.manifest import Manifest
from qa_service.access import Mode
from qa_service.installation import Installation
from qa_service.records.tokens import Tokens
from qa_service.settings import Settings, is_loopback

_MEASURES = "PROMETHEUS_MULTIPROC_DIR"


@click.command("serve")
@click.option("--host", help="Address to serve on. Others than loopback only with access control.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 32), help="Processes that answer.  [default: 1]")
@click.option("--watch", is_flag=True, help="Build whenever files come, change or go in the folders of the reports.")
def serve_command(host: str | None, port: int | None, workers: int | None, *, watch: bool) -> None:
    """Serve the chat page and the JSON service.

    On this machine alone nothing needs to be set. To serve others, set QA_ACCESS to tokens, proxy or oidc, and QA_URL
    to the address that they use: docs/operations.md tells how.
    """
    settings = Settings.read()
    host, port = host or settings.host, port or settings.port
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    _refuse_strangers(settings, host, data)
    with suppress(OSError):  # a disk that takes no writing can still be answered from
        retention.tidy(data)
    _tell(settings, data, host, port)
    if watch:  # this process becomes the server, and stays the watch's parent
        arguments = ["-m", "qa_service.cli.main", "watch", f"--parent={os.getpid()}"]
        subprocess.Popen([sys.executable, *arguments], stdin=subprocess.DEVNULL)  # noqa: S603 - fixed arguments
    arguments = _arguments(settings, host, port, workers or settings.workers)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own interpreter and fixed modules


def _arguments(settings: Settings, host: str, port: int, workers: int) -> list[str]:
    """The server's command line. The web package is above this one, so it is named to the server, never imported."""
    if sys.platform == "win32":
        arguments = ["-m", "waitress", f"--host={host}", f"--port={port}", f"--threads={settings.threads}"]
        return [*arguments, "--call", "web.app:create_app"]
    _share_measures()
    # Each worker computes with its share of the processors: with more they would wait for one another.
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // workers)))
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # else each thread's memory stays with it
    arguments = ["-m", "gunicorn", "--config=python:web.gunicorn_conf", f"--bind={_in_url(host)}:{port}"]
    return [*arguments, f"--threads={settings.threads}", f"--workers={workers}", "web.app:create_app()"]


def _share_measures() -> None:
    """Name a folder through which the workers share what they measure; without one each tells its own alone.

    In memory where that can be: a full or read-only disk then stops no answer. The server removes it as it ends.
    """
    folder = None
    memory = Path("/dev/shm")  # noqa: S108 - its folder is made by mkdtemp, for this user alone
    try:
        folder = tempfile.mkdtemp(prefix="qa-service-", dir=memory if os.access(memory, os.W_OK) else None)
        (Path(folder) / "probe").write_bytes(bytes(1 << 16))  # as large as a worker's first file
    except OSError as error:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        click.echo(f"Each worker tells its own measurements only: {error.strerror}.", err=True)
        return
    (Path(folder) / "probe").unlink()
    os.environ[_MEASURES] = folder


def _refuse_strangers(settings: Settings, host: str, data: DataFolder) -> None:
    """Serve nobody but this machine before it is set how others are known."""
    if settings.access is Mode.OPEN and not is_loopback(host):
        raise click.ClickException(
            f"{host} is not a loopback address, and anybody who reaches it could ask, add and remove reports. Set "
            "QA_ACCESS to “tokens” (made with “qa-service token add”), “proxy” (with QA_PROXIES) or “oidc” (with "
            "QA_OIDC_ISSUER), or serve on 127.0.0.1. docs/operations.md tells how."
        )
    if settings.access is Mode.TOKENS and not Tokens(data.root).every():
        raise click.ClickException("QA_ACCESS is “tokens” and there is none yet: make one with “qa-service token add”.")
    if settings.access is not Mode.OPEN and not is_loopback(host) and not settings.url:
        raise click.ClickException(
            "Set QA_URL to the address that people use, such as https://reports.example.gov.uk: requests under any "
            "other name are refused."
        )


def _tell(settings: Settings, data: DataFolder, host: str, port: int) -> None:
    """Say where it answers, and what of it may be amiss."""
    own = f"http://{_in_url(host)}:{port}"
    try:
        Manifest.read(data.current())
    except NoIndex:
        click.echo(f"There is no index yet: add reports at {settings.url or own}/reports/add", err=True)
    except DamagedIndex as error:
        click.echo(f"The current build is damaged, so the last good one answers. {error}", err=True)
    if settings.url and settings.url.startswith("http://") and not is_loopback(host):
        click.echo(
            "QA_URL is not https: tokens and sessions can be read on their way. Put a reverse proxy with TLS in front.",
            err=True,
        )
    click.echo(f"Starting: {settings.url or own}/ answers in a few seconds. Stop with Ctrl-C.", err=True)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
