"""The command ``qa-service serve``."""

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

_MEASUREMENTS = "PROMETHEUS_MULTIPROC_DIR"


@click.command("serve")
@click.option("--host", help="Serve on this address. Any address other than loopback needs access control.")
@click.option("--port", type=click.IntRange(1, 65535), help="Serve on this port.  [default: 8000]")
@click.option(
    "--workers", type=click.IntRange(1, 32), help="Run this many processes to answer questions.  [default: 1]"
)
@click.option("--watch", is_flag=True, help="Build whenever files in the reports folders change.")
def serve_command(host: str | None, port: int | None, workers: int | None, *, watch: bool) -> None:
    """Serve the chat page and the JSON API.

    You do not need to change any settings to use it on this machine. To serve other people, set QA_ACCESS to tokens,
    proxy or oidc, and set QA_URL to the address that they use. docs/operations.md explains how.
    """
    settings = Settings.read()
    host, port = host or settings.host, port or settings.port
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    _check_access(settings, host, data)
    with suppress(OSError):  # the service can still answer questions if the disk is read-only
        retention.tidy(data)
    _report_start(settings, data, host, port)
    if watch:  # this process becomes the server, and stays the parent of the watching process
        arguments = ["-m", "qa_service.cli.main", "watch", f"--parent={os.getpid()}"]
        subprocess.Popen([sys.executable, *arguments], stdin=subprocess.DEVNULL)  # noqa: S603 - fixed arguments
    arguments = _server_arguments(settings, host, port, workers or settings.workers)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own interpreter and fixed modules


def _server_arguments(settings: Settings, host: str, port: int, workers: int) -> list[str]:
    """Return the arguments for the server. They name the web package, because this package must not import it."""
    if sys.platform == "win32":
        arguments = ["-m", "waitress", f"--host={host}", f"--port={port}", f"--threads={settings.threads}"]
        return [*arguments, "--call", "web.app:create_app"]
    _share_measurements()
    # Each worker gets its share of the processors. With more threads, the workers would wait for one another.
    os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // workers)))
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # otherwise each thread keeps the memory that it has used
    arguments = ["-m", "gunicorn", "--config=python:web.gunicorn_conf", f"--bind={_url_host(host)}:{port}"]
    return [*arguments, f"--threads={settings.threads}", f"--workers={workers}", "web.app:create_app()"]


def _share_measurements() -> None:
    """Create a folder in which the workers share their measurements, and set the environment variable that names it.

    The folder is in memory if possible, so that a full or read-only disk does not stop answers. The server removes it
    when it ends.
    """
    folder = None
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder in it for this user only
    try:
        folder = tempfile.mkdtemp(prefix="qa-service-", dir=memory if os.access(memory, os.W_OK) else None)
        (Path(folder) / "probe").write_bytes(bytes(1 << 16))  # the size of a worker's first file
    except OSError as error:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        click.echo(f"Each worker reports only its own measurements, because of this error: {error.strerror}.", err=True)
        return
    (Path(folder) / "probe").unlink()
    os.environ[_MEASUREMENTS] = folder


def _check_access(settings: Settings, host: str, data: DataFolder) -> None:
    """Refuse to serve other machines until the settings say how people are identified."""
    if settings.access is Mode.OPEN and not is_loopback(host):
        raise click.ClickException(
            f"{host} is not a loopback address, so anyone who can reach it could ask questions and add or remove "
            "reports. Set QA_ACCESS to “tokens” (run “qa-service token add”), “proxy” (with QA_PROXIES) or “oidc” "
            "(with QA_OIDC_ISSUER), or serve on 127.0.0.1. docs/operations.md explains how."
        )
    if settings.access is Mode.TOKENS and not Tokens(data.root).read_all():
        raise click.ClickException("QA_ACCESS is “tokens”, but there are no tokens. Run “qa-service token add NAME”.")
    if settings.access is not Mode.OPEN and not is_loopback(host) and not settings.url:
        raise click.ClickException(
            "QA_URL is not set. Set it to the address that people use, such as https://reports.example.gov.uk. "
            "Requests for any other host name are refused."
        )


def _report_start(settings: Settings, data: DataFolder, host: str, port: int) -> None:
    """Print the address of the service, and any problem with its index or its settings."""
    address = settings.url or f"http://{_url_host(host)}:{port}"
    try:
        Manifest.read(data.current())
    except NoIndex:
        click.echo(f"There is no index yet. Add reports at {address}/reports/add.", err=True)
    except DamagedIndex as error:
        click.echo(f"The current build is damaged, so the service is using an earlier build. {error}", err=True)
    if settings.url and settings.url.startswith("http://") and not is_loopback(host):
        click.echo(
            "QA_URL does not start with https, so others on the network can read tokens and sessions. Put a reverse "
            "proxy with TLS in front of the service.",
            err=True,
        )
    click.echo(f"Starting. Open {address}/ in a few seconds. Stop the service with Ctrl-C.", err=True)


def _url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
