"""qa-service feedback."""

from __future__ import annotations

import json
from pathlib import Path

import click

from index.storage.data_folder import DataFolder
from qa_service.cli.rendering import feedback_list
from qa_service.installation import Installation
from qa_service.records.feedback import FeedbackStore, golden_line


@click.command("feedback")
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write those that say which words are right as lines for “qa-service evaluate”.",
)
@click.option("--clear", is_flag=True, help="Delete all of it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def feedback_command(target: Path | None, *, clear: bool, yes: bool) -> None:
    """List what people said of answers: right, wrong or something missing, with their notes.

    An answer called right is exported with the words that it showed. Of one called wrong or incomplete nobody has said
    what would be right: find its evidence in the reports, and write its line by hand.
    """
    store = FeedbackStore.open(DataFolder(Installation.from_environment().data_dir).root)
    every = store.every()
    if target is not None:
        lines = [line for number, said in enumerate(every, 1) if (line := golden_line(number, said))]
        target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        click.echo(f"{len(lines)} of {len(every)} written to {target}; the others need evidence found by a person.")
    elif clear:
        if not yes:
            click.confirm(f"Delete all {len(every)}?", abort=True)
        click.echo(f"{store.clear()} deleted.")
    else:
        click.echo(feedback_list(every))
