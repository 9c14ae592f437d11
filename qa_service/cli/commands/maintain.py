"""qa-service remove, purge, rollback, verify and audit."""

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
from qa_service.cli.commands.updating import updater, user
from qa_service.cli.progress import Bars
from qa_service.installation import Installation
from qa_service.maintenance.updates import find_files

DAMAGED = 4
"""Exit status where something on the disk is not what was written."""


@click.command("remove")
@click.argument("names", nargs=-1, required=True)
@click.option("--purge", is_flag=True, help="Leave nothing of them anywhere at once: the builds before go, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_command(names: tuple[str, ...], *, purge: bool, yes: bool) -> None:
    """Take reports out of the index: NAMES are ids or file names, as “qa-service reports” lists them.

    Files in the data's own reports folder are deleted; those in other folders stay, and are left out from now on.
    Without --purge the build before still holds them, for “qa-service rollback”, for at most 30 days.
    """
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    for report in find_files(data, names):
        click.echo(f"{report.id}  {report.file}  {report.title}")
    if not yes:
        click.confirm("Remove them from the index?", abort=True)
    with Bars(quiet=False) as bars:
        removed = updater(installation, data, bars.update).remove(names, purge=purge)
    kept = "Nothing of them is left." if purge else "“qa-service purge” leaves nothing of them."
    click.echo(f"{len(removed)} removed. {kept}")


@click.command("purge")
def purge_command() -> None:
    """Leave nothing of what was removed: all builds but the current one go, and what only they held."""
    installation = Installation.from_environment()
    data = DataFolder.prepare(installation.data_dir)
    with Bars(quiet=True) as bars:
        updater(installation, data, bars.update).purge()
    click.echo("Nothing of what was removed is left.")


@click.command("rollback")
def rollback_command() -> None:
    """Go back to the last good build before the current one."""
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    build = roll_back(data)
    audit.record(data, user(), AuditAction.ROLLED_BACK, build.name)
    click.echo(f"Build {build.name} answers now. “qa-service build” makes a new one from the reports as they are.")


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def verify_command(*, as_json: bool) -> None:
    """Check every byte of the builds and the kept reports. Exit status 4 where something is damaged: it is named."""
    data = DataFolder(Installation.from_environment().data_dir)
    with Bars(quiet=as_json) as bars:
        found = find_damage(data, lambda done, total: bars.update("Checking", done, total))
    if as_json:
        click.echo(json.dumps({"damaged": [asdict(one) | {"path": str(one.path)} for one in found]}, indent=1))
    else:
        lines = [f"{one.path}: {one.what}. {one.remedy}" for one in found]
        click.echo("\n".join(lines) if lines else "All that is kept is what was written.")
    if found:
        sys.exit(DAMAGED)


@click.command("audit")
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a line.")
def audit_command(*, as_json: bool) -> None:
    """Who added, removed and rebuilt, oldest first."""
    for entry in audit.entries(DataFolder(Installation.from_environment().data_dir)):
        if as_json:
            click.echo(json.dumps(asdict(entry), ensure_ascii=False))
        else:
            click.echo(f"{entry.when}  {entry.who}  {entry.what}  {entry.subject}  {entry.detail}".rstrip())
