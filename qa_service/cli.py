"""The command line: its commands, and what their errors become. One of the two places that read settings."""

from __future__ import annotations

import os
import sys
from typing import Any

import click
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from corpus.errors import CorpusError
from index.errors import SearchIndexError
from qa_service.backup_contents import BackupError
from qa_service.commands.add import add_command
from qa_service.commands.ask import ask_command
from qa_service.commands.backup import backup_command, restore_command
from qa_service.commands.build import build_command
from qa_service.commands.collection import collection_command
from qa_service.commands.evaluate import evaluate_command
from qa_service.commands.feedback import feedback_command
from qa_service.commands.mending import (
    audit_command,
    purge_command,
    remove_command,
    rollback_command,
    verify_command,
)
from qa_service.commands.reports import reports_command
from qa_service.commands.serve import serve_command
from qa_service.commands.token import token_command
from qa_service.commands.verify_citations import verify_citations_command
from qa_service.commands.watch import watch_command
from qa_service.evaluation import EvaluationError
from qa_service.tokens import TokenError

STOPPED = 130
"""Exit status after Ctrl-C, as shells have it: 128 + SIGINT."""


class _Command(click.Group):
    """Turns the errors that the packages raise into one line on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SearchIndexError, CorpusError, EvaluationError, TokenError, BackupError) as error:
            raise click.ClickException(str(error)) from error
        except ValidationError as error:
            wrong = "; ".join(map(_wrong, error.errors()))
            raise click.ClickException(f"A setting cannot be used: {wrong}. See docs/operations.md.") from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror or error}.") from error
        except KeyboardInterrupt:
            click.echo("\nStopped. The index that answered before still does.", err=True)
            sys.exit(STOPPED)


def _wrong(fault: ErrorDetails) -> str:
    """A setting that cannot be used, with its value; where several do not go together, what would be right."""
    told = fault["msg"].removeprefix("Value error, ")
    return f"QA_{str(fault['loc'][0]).upper()}={fault['input']}: {told}" if fault["loc"] else told


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="inspection-qa", prog_name="qa-service")
def main() -> None:
    """Ask inspection reports a question; get an answer in their own words, each sentence cited to its page.

    The data live in ./var, or where QA_DATA_DIR says.
    """
    if not os.access(os.curdir, os.X_OK):  # as after “runuser” in root's home: the readers' processes could not start
        os.chdir(os.sep)


for command in (
    build_command, ask_command, serve_command, reports_command, add_command, remove_command, purge_command,
    verify_command, rollback_command, watch_command, audit_command, evaluate_command, feedback_command,
    token_command, collection_command, verify_citations_command,
    backup_command, restore_command,
):  # fmt: skip
    main.add_command(command)


if __name__ == "__main__":
    main()
