"""qa-service serve."""

from __future__ import annotations

import ipaddress
import os
import subprocess
import sys
from contextlib import suppress

import click

from index import retention
from index.errors import DamagedIndex, NoIndex
from index.folders import DataFolder
from index.manifest import Manifest
from qa_service.settings import Settings


@click.command("serve")
@click.option("--host", help="Address to serve on. Only loopback addresses, until there is access control.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on.  [default: 8000]")
@click.option("--workers", type=click.IntRange(1, 32), help="Processes that answer.  [default: 1]")
@click.option("--watch", is_flag=True, help="Build whenever files come, change or go in the folders of the reports.")
def serve_command(host: str | None, port: int | None, workers: int | None, *, watch: bool) -> None:
    """Serve the chat page and the JSON service."""
    settings = Settings()
    host, port = host or settings.host, port or settings.port
    _refuse_unless_loopback(host)
    data = DataFolder.prepare(settings.data_dir)
    with suppress(OSError):  # a disk that takes no writing can still be answered from
        retention.tidy(data)
    try:
        Manifest.read(data.current())
    except NoIndex:
        click.echo(f"There is no index yet: add reports at http://{_in_url(host)}:{port}/reports/add", err=True)
    except DamagedIndex as error:
        click.echo(f"The current build is damaged, so the last good one answers. {error}", err=True)
    click.echo(f"Starting: http://{_in_url(host)}:{port}/ answers in a few seconds. Stop with Ctrl-C.", err=True)
    if watch:  # this process becomes the server, and stays the watch's parent
        arguments = ["-m", "qa_service.cli", "watch", f"--parent={os.getpid()}"]
        subprocess.Popen([sys.executable, *arguments], stdin=subprocess.DEVNULL)  # noqa: S603 - fixed arguments
    # The web package is above this one, so it is named to the server, never imported.
    if sys.platform == "win32":
        arguments = ["-m", "waitress", f"--host={host}", f"--port={port}", f"--threads={settings.threads}"]
        arguments += ["--call", "web.app:create_app"]
    else:
        arguments = ["-m", "gunicorn", f"--bind={_in_url(host)}:{port}", f"--threads={settings.threads}"]
        arguments += [
            f"--workers={workers or settings.workers}",
            "--worker-class=gthread",
            "--timeout=60",
            "--graceful-timeout=10",
            "--log-level=warning",
        ]
        arguments += ["web.app:create_app()"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - our own interpreter and fixed modules


def _refuse_unless_loopback(host: str) -> None:
    try:
        loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise click.ClickException(
            f"{host} is not a loopback address. There is no access control yet, so the service answers this machine "
            "only: use 127.0.0.1, and a tunnel (ssh -L) to reach it from elsewhere."
        )


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
