"""The command line: its commands, and what their errors become. One of the two places that read settings."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from corpus.errors import CorpusError
from index.errors import SearchIndexError
from qa_service.errors import QaServiceError

_COMMANDS = {
    "build": "build", "ask": "ask", "serve": "serve", "reports": "reports", "add": "add",
    "remove": "maintain", "purge": "maintain", "verify": "maintain", "rollback": "maintain", "audit": "maintain",
    "watch": "watch", "evaluate": "evaluate", "feedback": "feedback", "token": "token", "collection": "collection",
    "verify-citations": "verify_citations", "backup": "backup", "restore": "backup",
}  # fmt: skip
"""The commands, each with its module: only that of the one called is loaded, so that it starts at once."""
STOPPED = 130
"""Exit status after Ctrl-C, as shells have it: 128 + SIGINT."""


class _Command(click.Group):
    """Turns the errors that the packages raise into one line on standard error and exit status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it over
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"qa_service.cli.commands.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SearchIndexError, CorpusError, QaServiceError) as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror or error}.") from error
        except KeyboardInterrupt:
            click.echo("\nStopped. The index that answered before still does.", err=True)
            sys.exit(STOPPED)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="inspection-qa", prog_name="qa-service")
def main() -> None:
    """Ask inspection reports a question; get an answer in their own words, each sentence cited to its page.

    The data live in ./var, or where QA_DATA_DIR says.
    """
    if not os.access(os.curdir, os.X_OK):  # as after “runuser” in root's home: the readers' processes could not start
        os.chdir(os.sep)


def run() -> None:
    """What the shell starts. A command that asks ends with its last word: nothing need be taken apart first."""
    if sys.argv[1:2] != ["ask"]:
        main()
        return
    gc.disable()  # one question leaves little behind: a tenth of the command went into looking for it
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
    with suppress(BrokenPipeError):  # whoever reads it has seen enough
        sys.stdout.flush()
    os._exit(0)  # else OpenVINO gives back each of its parts, which takes longer than the answer


if __name__ == "__main__":
    run()
