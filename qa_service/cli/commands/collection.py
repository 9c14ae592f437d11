"""The command ``qa-service collection``."""

from __future__ import annotations

from pathlib import Path

import click

from index.digests import file_digest
from index.errors import UnknownReport
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.cli.commands.upkeep.updating import user
from qa_service.cli.rendering import counted
from qa_service.installation import Installation
from qa_service.maintenance.updates import find_files

_NAMES = click.argument("names", nargs=-1, required=True)


@click.group("collection")
def collection_command() -> None:
    """Limit who can see reports, by group.

    Everyone who can use the service can see a report that is in no collection.
    """


@collection_command.command("make")
@click.argument("collection")
@click.option("--group", "groups", multiple=True, required=True, help="Let this group see it. You can repeat this.")
def make_command(collection: str, groups: tuple[str, ...]) -> None:
    """Make a collection, or change its groups.

    Only people in these groups can see the reports in COLLECTION.
    """
    data = _data()
    Collections.change(data, lambda collections: collections.with_collection(collection, groups))
    names = ", ".join(sorted(groups))
    audit.record(data, user(), AuditAction.LIMITED, collection, f"visible to {names}")
    click.echo(f"Collection “{collection}” is visible to {names}. Add reports to it with “qa-service collection put”.")


@collection_command.command("put")
@click.argument("collection")
@_NAMES
def put_command(collection: str, names: tuple[str, ...]) -> None:
    """Put reports into a collection.

    NAMES are ids or file names from “qa-service reports”. They can also be files that you have not added yet. If you
    put a file into its collection before you add it, nobody else ever sees it.
    """
    _move(collection, names, into=True)


@collection_command.command("take")
@click.argument("collection")
@_NAMES
def take_command(collection: str, names: tuple[str, ...]) -> None:
    """Take reports out of a collection.

    NAMES are ids or file names from “qa-service reports”. Everyone who can use the service can then see the reports
    that are in no other collection.
    """
    _move(collection, names, into=False)


@collection_command.command("delete")
@click.argument("collection")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def delete_command(collection: str, *, yes: bool) -> None:
    """Delete a collection.

    Its reports stay. Everyone who can use the service can then see the reports that are in no other collection.
    """
    data = _data()
    if not yes:
        click.echo(f"Everyone who can use the service will see the reports that are only in “{collection}”.")
        click.confirm("Delete this collection?", abort=True)
    Collections.change(data, lambda collections: collections.without_collection(collection))
    audit.record(data, user(), AuditAction.LIMITED, collection, "deleted")
    click.echo(f"Collection “{collection}” has been deleted.")


@collection_command.command("list")
def list_command() -> None:
    """List the collections.

    Each one is shown with its number of reports and its groups.
    """
    collections = Collections.read(DataFolder(Installation.from_environment().data_dir)).named
    lines = [
        f"{name}: {counted(len(collection.contents), 'report')}, visible to {', '.join(sorted(collection.groups))}"
        for name, collection in sorted(collections.items())
    ]
    click.echo("\n".join(lines) or "There are no collections. Everyone who can use the service can see every report.")


def _move(collection: str, names: tuple[str, ...], *, into: bool) -> None:
    data = _data()
    files = [file for name in names for file in _files_called(data, name)]
    digests = [sha256 for _, sha256 in files]
    Collections.change(
        data, lambda c: c.with_contents(collection, digests) if into else c.without_contents(collection, digests)
    )
    for file, _ in files:
        audit.record(data, user(), AuditAction.LIMITED, file, f"{'put into' if into else 'taken out of'} {collection}")
    action = f"Put {counted(len(files), 'report')} into" if into else f"Took {counted(len(files), 'report')} out of"
    click.echo(f"{action} “{collection}”. This takes effect from the next question.")


def _files_called(data: DataFolder, name: str) -> list[tuple[str, str]]:
    """Return the file name and sha256 of each report with a given name, or of a file that has not been added yet."""
    try:
        return [(known.file, known.sha256) for known in find_files(data, [name])]
    except UnknownReport:
        path = Path(name)
        if not path.is_file():
            raise
        return [(path.name, file_digest(path))]


def _data() -> DataFolder:
    return DataFolder.prepare(Installation.from_environment().data_dir)
