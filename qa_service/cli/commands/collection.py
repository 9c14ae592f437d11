"""qa-service collection."""

from __future__ import annotations

from pathlib import Path

import click

from index.digests import file_digest
from index.errors import UnknownReport
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.cli.commands.updating import user
from qa_service.installation import Installation
from qa_service.maintenance.updates import find_files

_NAMES = click.argument("names", nargs=-1, required=True)


@click.group("collection")
def collection_command() -> None:
    """Limit reports to groups of people. A report in no collection is seen by everybody who may ask."""


@collection_command.command("make")
@click.argument("collection")
@click.option("--group", "groups", multiple=True, required=True, help="A group that sees it; can be given again.")
def make_command(collection: str, groups: tuple[str, ...]) -> None:
    """Make a COLLECTION that some groups see, or have other groups see it."""
    data = _data()
    Collections.change(data, lambda held: held.with_collection(collection, groups))
    audit.record(data, user(), AuditAction.LIMITED, collection, f"seen by {', '.join(sorted(groups))}")
    click.echo(f"“{collection}” is seen by {', '.join(sorted(groups))}. Put reports into it with “collection put”.")


@collection_command.command("put")
@click.argument("collection")
@_NAMES
def put_command(collection: str, names: tuple[str, ...]) -> None:
    """Put reports into a COLLECTION: NAMES are ids or file names, as “qa-service reports” lists them.

    Or files that are yet to be added: put them in first, so that nobody else sees them for a moment.
    """
    _move(collection, names, into=True)


@collection_command.command("take")
@click.argument("collection")
@_NAMES
def take_command(collection: str, names: tuple[str, ...]) -> None:
    """Take reports out of a COLLECTION; those in no other are seen by everybody from then on."""
    _move(collection, names, into=False)


@collection_command.command("delete")
@click.argument("collection")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete_command(collection: str, *, yes: bool) -> None:
    """Delete a COLLECTION. Its reports stay, and are seen by everybody where they are in no other."""
    data = _data()
    if not yes:
        click.confirm(f"Have everybody who may ask see the reports that only “{collection}” holds?", abort=True)
    Collections.change(data, lambda held: held.without_collection(collection))
    audit.record(data, user(), AuditAction.LIMITED, collection, "deleted")
    click.echo(f"“{collection}” is deleted.")


@collection_command.command("list")
def list_command() -> None:
    """List the collections, their groups and how many reports are in each."""
    named = Collections.read(DataFolder(Installation.from_environment().data_dir)).named
    lines = [
        f"{n}: {len(c.contents)} report{'' if len(c.contents) == 1 else 's'}, seen by {', '.join(sorted(c.groups))}"
        for n, c in sorted(named.items())
    ]
    click.echo("\n".join(lines) or "There are no collections: everybody who may ask sees every report.")


def _move(collection: str, names: tuple[str, ...], *, into: bool) -> None:
    data = _data()
    found = [one for name in names for one in _contents_of(data, name)]
    contents = [sha256 for _, sha256 in found]
    Collections.change(
        data, lambda c: c.with_contents(collection, contents) if into else c.without_contents(collection, contents)
    )
    for file, _ in found:
        audit.record(data, user(), AuditAction.LIMITED, file, f"{'put into' if into else 'taken out of'} {collection}")
    click.echo(f"{len(found)} {'put into' if into else 'taken out of'} “{collection}”, from the next question on.")


def _contents_of(data: DataFolder, name: str) -> list[tuple[str, str]]:
    """File name and sha256 of what a name means: a report held, else a file that is yet to be added."""
    try:
        return [(one.file, one.sha256) for one in find_files(data, [name])]
    except UnknownReport:
        path = Path(name)
        if not path.is_file():
            raise
        return [(path.name, file_digest(path))]


def _data() -> DataFolder:
    return DataFolder.prepare(Installation.from_environment().data_dir)
