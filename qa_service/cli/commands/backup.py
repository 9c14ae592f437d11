"""qa-service backup and restore."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from qa_service.backup.create import Backup
from qa_service.backup.inventory import CACHE, REPORTS, SESSION_KEY, Contents
from qa_service.backup.restore import Restored, restore
from qa_service.cli.commands.changing import user
from qa_service.cli.progress import Bars
from qa_service.installation import Installation
from qa_service.records import conversations, feedback, tokens

_PRODUCT = "inspection-qa"


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file where it is there already.")
@click.option("--without-cache", is_flag=True, help="Leave out the embeddings: the next build takes longer.")
@click.option("--no-wait", is_flag=True, help="Fail at once where a build is at work.")
@click.option("--quiet", is_flag=True, help="No progress bars.")
def backup_command(file: Path, *, force: bool, without_cache: bool, no_wait: bool, quiet: bool) -> None:
    """Write all data into FILE, a .tar or .tar.gz, while the service goes on answering.

    It holds people's questions and what opens the service, so only you may read it: keep it as safe as the data.
    """
    data = DataFolder(Installation.from_environment().data_dir)
    with Bars(quiet=quiet) as bars:
        made = Backup(data, version(_PRODUCT), bars.update, None if no_wait else _waiting, with_cache=not without_cache)
        contents = made.write(file, datetime.now(UTC), replaces=force)
    audit.record(data, user(), AuditAction.BACKED_UP, file.name)
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB. {_held(contents)}")
    _name_elsewhere(contents)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into", required=True, type=click.Path(path_type=Path), help="A folder that is absent or empty.")
@click.option("--quiet", is_flag=True, help="No progress bars.")
def restore_command(file: Path, into: Path, *, quiet: bool) -> None:
    """Unpack the backup FILE into a folder, check every byte, and say how to serve it.

    Restore only what you backed up yourself: the archive is checked against its own list, and nobody has signed it.
    """
    with Bars(quiet=quiet) as bars:
        restored = restore(file, into, bars.update)
    click.echo(f"{restored.into}: as of {restored.contents.made}, backed up by version {restored.contents.version}.")
    click.echo(_held(restored.contents) + _people(restored))
    _name_elsewhere(restored.contents)
    click.echo(
        "What was closed since then is open again: tokens revoked, reports limited or removed. “qa-service audit” of "
        "the old data names those.",
        err=True,
    )
    if restored.outdated:
        click.echo("This version reads builds of another format: build again before you serve.", err=True)
        click.echo(f"Build it: QA_DATA_DIR={shlex.quote(str(restored.into))} qa-service build")
    click.echo(f"Serve it: QA_DATA_DIR={shlex.quote(str(restored.into))} qa-service serve")


def _waiting() -> None:
    click.echo("A build or another backup is at work: waiting until it has ended.", err=True)


def _held(contents: Contents) -> str:
    """What a backup holds, in words."""
    names = [member.name for member in contents.members]
    own = sum(name.startswith(f"{REPORTS}/") for name in names)
    told = {
        CACHE: "embeddings",
        conversations.NAME: "conversations",
        feedback.NAME: "feedback",
        tokens.NAME: "access tokens",
        SESSION_KEY: "the secret of sessions",
    }
    build = f"Build {contents.build} of {contents.reports} reports" if contents.build else "No build"
    parts = [build, f"{own} files of the reports folder", *(told[name] for name in told if name in names)]
    return ", ".join(parts) + "."


def _people(restored: Restored) -> str:
    """How much of what people wrote there is, in words."""
    rows = [f"{rows} {Path(name).stem}" for name, rows in restored.rows.items()]
    return f" Kept of people: {', '.join(rows)}." if rows else ""


def _name_elsewhere(contents: Contents) -> None:
    """Name the folders with reports that no backup holds."""
    for folder in contents.elsewhere:
        click.echo(f"Not in the backup: {folder}, which builds read reports from. Keep it by itself.", err=True)
