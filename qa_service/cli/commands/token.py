"""qa-service token."""

from __future__ import annotations

import click

from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from qa_service.access import Scope
from qa_service.cli.commands.changing import user
from qa_service.installation import Installation
from qa_service.records.tokens import Token, Tokens


@click.group("token")
def token_command() -> None:
    """Make, list and revoke access tokens, for people and programs that ask from elsewhere."""


@token_command.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=["ask"],
    show_default=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it allows: ask; add reports; admin, all of it; metrics, and nothing else. May be given more than once.",
)
@click.option("--group", "groups", multiple=True, help="A group whose collections its holder sees; can be given again.")
@click.option("--days", type=click.IntRange(1, 3650), help="Days until it expires.  [default: it does not]")
def add_command(name: str, scopes: tuple[str, ...], groups: tuple[str, ...], days: int | None) -> None:
    """Make a token called NAME and print it, once: it is kept nowhere, only its digest is."""
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    token, text = Tokens(data.root).make(name, map(Scope, scopes), groups, days)
    audit.record(data, user(), AuditAction.ACCESS_GIVEN, token.name, f"{token.id} {', '.join(sorted(token.scopes))}")
    click.echo("Keep it as you would a password; it cannot be shown again.", err=True)
    click.echo(text)


@token_command.command("list")
def list_command() -> None:
    """List the tokens: names, scopes, groups, days. The tokens themselves are not kept."""
    every = Tokens(Installation.from_environment().data_dir).every()
    click.echo("\n".join(map(_line, every)) or "There are no tokens yet: “qa-service token add NAME” makes one.")


@token_command.command("revoke")
@click.argument("name")
def revoke_command(name: str) -> None:
    """Have the token with a NAME or id open nothing any more, from the next request on."""
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    token = Tokens(data.root).revoke(name)
    audit.record(data, user(), AuditAction.ACCESS_TAKEN, token.name, token.id)
    click.echo(f"The token “{token.name}” opens nothing any more.")


def _line(token: Token) -> str:
    groups = f"  groups {', '.join(sorted(token.groups))}" if token.groups else ""
    until = f"  until {token.expires:%Y-%m-%d}" if token.expires else ""
    return f"{token.id}  {token.name}  {', '.join(sorted(token.scopes))}{groups}  made {token.made:%Y-%m-%d}{until}"
