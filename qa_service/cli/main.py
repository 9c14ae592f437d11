"""The command ``qa-service``: its subcommands, and how it reports errors.

Settings are read in only two places: these commands and ``web.app``.
"""

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
from qa_service.errors import QaServiceError, UnknownAuthority

_OVERVIEWS = ("briefing", "compare", "grades", "improvements", "new", "summary", "themes")
_UPKEEP = {
    "add": "add", "audit": "maintain", "backup": "backup", "build": "build", "purge": "maintain", "remove": "maintain",
    "restore": "backup", "rollback": "maintain", "verify": "maintain", "watch": "watch",
}  # fmt: skip
_COMMANDS = {
    "ask": "ask", "collection": "collection", "evaluate": "evaluate", "feedback": "feedback", "reports": "reports",
    "save": "saved", "saved": "saved", "serve": "serve", "token": "token", "verify-citations": "verify_citations",
    **{name: f"overviews.{name}" for name in _OVERVIEWS},
    **{name: f"upkeep.{module}" for name, module in _UPKEEP.items()},
}  # fmt: skip
"""The module that contains each command. Only the module of the command being run is loaded, so that the
command starts quickly."""
STOPPED = 130
"""Exit status after Ctrl-C, as in shells: 128 + SIGINT."""


class _Command(click.Group):
    """Prints an error from our packages as one line on standard error, and exits with status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click passes it
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"qa_service.cli.commands.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnknownAuthority as error:
            raise click.ClickException(f"{error} “qa-service reports” lists the authorities.") from error
        except (SearchIndexError, CorpusError, QaServiceError) as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'A file'}: {error.strerror or error}.") from error
        except KeyboardInterrupt:
            click.echo("\nStopped. If a build was running, the index has not changed.", err=True)
            sys.exit(STOPPED)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="inspection-qa", prog_name="qa-service")
def main() -> None:
    """Answer questions in the words of inspection reports, and give the page that each sentence comes from.

    Data is kept in the var folder. To use another folder, set QA_DATA_DIR.
    """
    if not os.access(os.curdir, os.X_OK):  # no process can start here, such as in root's home under “runuser”
        os.chdir(os.sep)


def run() -> None:
    """Run the program. After ``ask``, it exits without cleaning up, because cleaning up is slower than answering."""
    if sys.argv[1:2] != ["ask"]:
        main()
        return
    gc.disable()  # collecting garbage took a tenth of the time, and a single question leaves little to collect
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
    with suppress(BrokenPipeError):  # the program that was reading our output has ended
        sys.stdout.flush()
    os._exit(0)  # otherwise OpenVINO frees its models one by one


if __name__ == "__main__":
    run()
