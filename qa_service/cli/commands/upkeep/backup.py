"""The commands ``qa-service backup`` and ``qa-service restore``."""

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
from qa_service.backup.inventory import CACHE, REPORTS, SESSION_KEY, Inventory
from qa_service.backup.restore import RestoredBackup, restore
from qa_service.cli.commands.upkeep.updating import user
from qa_service.cli.progress import ProgressBars
from qa_service.cli.rendering import counted
from qa_service.installation import Installation
from qa_service.records import conversations, feedback, saved_questions, tokens
from qa_service.wording import in_list

_PRODUCT = "inspection-qa"


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@click.option("--without-cache", is_flag=True, help="Leave out the embeddings. The next build then takes longer.")
@click.option("--no-wait", is_flag=True, help="Fail at once if a build is running, instead of waiting for it.")
@click.option("--quiet", is_flag=True, help="Hide the progress bars.")
def backup_command(file: Path, *, force: bool, without_cache: bool, no_wait: bool, quiet: bool) -> None:
    """Back up all data to one file.

    FILE is a .tar or .tar.gz archive. The service can continue to answer questions while you back it up.

    The archive contains people's questions and the secrets that give access to the service. Only you can read it. Keep
    it as safe as the data itself.
    """
    data = DataFolder(Installation.from_environment().data_dir)
    with ProgressBars(quiet=quiet) as bars:
        on_wait = None if no_wait else _report_waiting
        backup = Backup(data, version(_PRODUCT), bars.update, on_wait, with_cache=not without_cache)
        inventory = backup.write(file, datetime.now(UTC), replaces=force)
    audit.record(data, user(), AuditAction.BACKED_UP, file.name)
    click.echo(f"Backed up to {file} ({file.stat().st_size / 1e6:.1f} MB).")
    click.echo(_contents(inventory))
    _warn_of_other_folders(inventory)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--into",
    required=True,
    type=click.Path(path_type=Path),
    help="Restore into this folder. It must be empty, or not exist yet.",
)
@click.option("--quiet", is_flag=True, help="Hide the progress bars.")
def restore_command(file: Path, into: Path, *, quiet: bool) -> None:
    """Restore a backup into a new folder.

    Every byte of FILE is checked. The command then says how to serve the restored data.

    Restore only backups that you made yourself. An archive is checked against its own list, which is not signed.
    """
    with ProgressBars(quiet=quiet) as bars:
        restored = restore(file, into, bars.update)
    inventory = restored.inventory
    click.echo(f"Restored to {restored.into}. Version {inventory.version} made this backup on {inventory.made}.")
    click.echo(_contents(inventory))
    if restored.rows:
        click.echo(_rows(restored))
    _warn_of_other_folders(inventory)
    click.echo(
        "Changes made after the backup are lost: tokens revoked since then work again, and reports that were "
        "restricted or removed since then are visible again. To see these changes, run “qa-service audit” on the old "
        "data.",
        err=True,
    )
    data_dir = f"QA_DATA_DIR={shlex.quote(str(restored.into))}"
    if restored.outdated:
        click.echo("This version cannot read the restored build. Build again before you serve it.", err=True)
        click.echo(f"To build again, run: {data_dir} qa-service build")
    click.echo(f"To serve this data, run: {data_dir} qa-service serve")


def _report_waiting() -> None:
    click.echo("A build or another backup is running. Waiting for it to end.", err=True)


def _contents(inventory: Inventory) -> str:
    """Return a sentence that says what a backup contains."""
    names = [member.name for member in inventory.members]
    labels = {
        CACHE: "embeddings",
        conversations.NAME: "conversations",
        feedback.NAME: "feedback",
        saved_questions.NAME: "saved questions",
        tokens.NAME: "access tokens",
        SESSION_KEY: "the secret that signs sessions",
    }
    build = f"build {inventory.build} with {counted(inventory.reports, 'report')}" if inventory.build else "no build"
    files = counted(sum(name.startswith(f"{REPORTS}/") for name in names), "file")
    parts = [build, f"{files} from the reports folder", *(label for name, label in labels.items() if name in names)]
    return f"The backup contains {in_list(parts)}."


def _rows(restored: RestoredBackup) -> str:
    """Return a sentence that says how many conversations, pieces of feedback and saved questions were restored."""
    nouns = {
        conversations.NAME: ("conversation", ""),
        feedback.NAME: ("piece", " of feedback"),
        saved_questions.NAME: ("saved question", ""),
    }
    parts = [counted(rows, nouns[name][0]) + nouns[name][1] for name, rows in restored.rows.items()]
    return f"Restored {in_list(parts)}."


def _warn_of_other_folders(inventory: Inventory) -> None:
    for folder in inventory.elsewhere:
        click.echo(f"Not in the backup: {folder}. Builds read reports from it, so back it up separately.", err=True)
