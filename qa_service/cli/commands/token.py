"""The command ``qa-service token``."""

from __future__ import annotations

import click

from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.data_folder import DataFolder
from qa_service.access import Scope
from qa_service.cli.commands.upkeep.updating import user
from qa_service.installation import Installation
from qa_service.records.tokens import Token, Tokens


@click.group("token")
def token_command() -> None:
    """Make, list and revoke access tokens.

    People and programs use tokens to reach the service from other machines.
    """


@token_command.command("add")
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    default=["ask"],
    show_default=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What the token allows: asking questions (ask), adding reports (add), everything (admin) or only reading the "
    "metrics (metrics). You can repeat this.",
)
@click.option("--group", "groups", multiple=True, help="Show the collections of this group. You can repeat this.")
@click.option(
    "--days", type=click.IntRange(1, 3650), help="Make it expire after this many days.  [default: it does not expire]"
)
def add_command(name: str, scopes: tuple[str, ...], groups: tuple[str, ...], days: int | None) -> None:
    """Make a token and print it once.

    NAME says who uses it. Only a digest of the token is kept, so it cannot be printed again.
    """
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    token, text = Tokens(data.root).make(name, map(Scope, scopes), groups, days)
    audit.record(data, user(), AuditAction.ACCESS_GIVEN, token.name, f"{token.id} {', '.join(sorted(token.scopes))}")
    click.echo("Keep this token as safe as a password. It cannot be shown again.", err=True)
    click.echo(text)


@token_command.command("list")
def list_command() -> None:
    """List the tokens.

    Each one is shown with its id, name, scopes, groups and dates. The tokens themselves are not kept.
    """
    tokens = Tokens(Installation.from_environment().data_dir).read_all()
    click.echo("\n".join(map(_line, tokens)) or "There are no tokens yet. Run “qa-service token add NAME” to make one.")


@token_command.command("revoke")
@click.argument("name")
def revoke_command(name: str) -> None:
    """Revoke a token. It stops working from the next request.

    NAME is the name or the id of the token.
    """
    data = DataFolder.prepare(Installation.from_environment().data_dir)
    token = Tokens(data.root).revoke(name)
    audit.record(data, user(), AuditAction.ACCESS_TAKEN, token.name, token.id)
    click.echo(f"The token “{token.name}” has been revoked.")


def _line(token: Token) -> str:
    groups = f"  groups {', '.join(sorted(token.groups))}" if token.groups else ""
    expiry = f"  expires {token.expires:%Y-%m-%d}" if token.expires else ""
    return f"{token.id}  {token.name}  {', '.join(sorted(token.scopes))}{groups}  made {token.made:%Y-%m-%d}{expiry}"
