"""The commands ``qa-service remove``, ``purge``, ``rollback``, ``verify`` and ``audit``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from index.building.rollback import roll_back
from index.building.verification import find_damage
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from qa_service.cli.commands.upkeep.updating import updater, user
from qa_service.cli.progress import ProgressBars
from qa_service.cli.rendering import counted
from qa_service.installation import Installation
from qa_service.maintenance.updates import find_files

DAMAGED = 4
"""Exit status if a stored file has changed since it was written."""


@click.command("remove")
@click.argument("names", nargs=-1, required=True)
@click.option("--purge", is_flag=True, help="Delete every trace of the reports at once, along with all earlier builds.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def remove_command(names: tuple[str, ...], *, purge: bool, yes: bool) -> None:
    """Remove reports from the index.

    NAMES are ids or file names from “qa-service reports”. Files in the reports folder of the service are deleted. Files
    in other folders stay, but builds leave them out. “qa-service add” brings a removed report back.

    Without --purge, earlier builds keep the reports for up to 30 more days. “qa-service rollback” never goes back to a
    build that contains a removed report.
    """
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    for report in find_files(data, names):
        click.echo(f"{report.id}  {report.file}  {report.title}")
    if not yes:
        click.confirm("Remove these reports from the index?", abort=True)
    with ProgressBars(quiet=False) as bars:
        removed = updater(installation, data, bars.update).remove(names, purge=purge)
    rest = "No trace of them is left." if purge else "To delete every trace of them, run “qa-service purge”."
    click.echo(f"Removed {counted(len(removed), 'report')}. {rest}")


@click.command("purge")
def purge_command() -> None:
    """Delete every trace of removed reports.

    This deletes all builds except the current one, and all files that only those builds use.
    """
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    with ProgressBars(quiet=True) as bars:
        updater(installation, data, bars.update).purge()
    click.echo("No trace of removed reports is left.")


@click.command("rollback")
def rollback_command() -> None:
    """Go back to an earlier build of the index.

    It goes back to the most recent earlier build that is undamaged and contains no removed report.
    """
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    build = roll_back(data)
    audit.record(data, user(), AuditAction.ROLLED_BACK, build.name)
    click.echo(
        f"The service now uses build {build.name}. To make a new build from the current files, run “qa-service build”."
    )


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify_command(*, as_json: bool) -> None:
    """Check every byte of the builds and stored reports.

    Exit status 4 means that something is damaged. The command names it and says what to do.
    """
    data = DataFolder(Installation.from_environment().data_dir)
    with ProgressBars(quiet=as_json) as bars:
        damaged = find_damage(data, lambda done, total: bars.update("Checking", done, total))
    if as_json:
        rows = [asdict(damage) | {"path": str(damage.path)} for damage in damaged]
        click.echo(json.dumps({"damaged": rows}, indent=1))
    else:
        lines = [f"{damage.path}: {damage.what.rstrip('.')}. {damage.remedy}" for damage in damaged]
        click.echo("\n".join(lines) if lines else "No damage found. No file has changed since it was written.")
    if damaged:
        sys.exit(DAMAGED)


@click.command("audit")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with one object on each line.")
def audit_command(*, as_json: bool) -> None:
    """List who changed what, oldest first.

    This covers reports, builds, collections, backups and access tokens.
    """
    for entry in audit.entries(DataFolder(Installation.from_environment().data_dir)):
        if as_json:
            click.echo(json.dumps(asdict(entry), ensure_ascii=False))
        else:
            click.echo(f"{entry.when}  {entry.who}  {entry.what}  {entry.subject}  {entry.detail}".rstrip())
