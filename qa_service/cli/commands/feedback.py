"""The command ``qa-service feedback``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from index.storage.data_folder import DataFolder
from qa_service.cli.rendering import counted, feedback_list
from qa_service.installation import Installation
from qa_service.records.feedback import FeedbackStore, golden_line


@click.command("feedback")
@click.option(
    "--export",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Save the answers marked as right in a file for “qa-service evaluate”.",
)
@click.option("--clear", is_flag=True, help="Delete all feedback.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
def feedback_command(target: Path | None, *, clear: bool, yes: bool) -> None:
    """List the feedback that people gave on answers.

    People marked each answer as right, wrong or missing something, and could add a note.

    --export writes each answer that was marked as right, with the words that it showed. The other feedback does not say
    what the right answer would have been. For those questions, find the evidence in the reports and write the lines
    yourself.
    """
    store = FeedbackStore.open(DataFolder(Installation.from_environment().data_dir).root)
    feedback = store.read_all()
    if target is not None:
        lines = [line for number, entry in enumerate(feedback, 1) if (line := golden_line(number, entry))]
        target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        click.echo(f"Wrote {len(lines)} of {counted(len(feedback), 'answer')} to {target}.")
        if len(lines) < len(feedback):
            click.echo("For the others, find the evidence in the reports and write the lines yourself.")
    elif clear and feedback:
        if not yes:
            click.confirm(f"Delete the feedback on {counted(len(feedback), 'answer')}?", abort=True)
        click.echo(f"Deleted the feedback on {counted(store.clear(), 'answer')}.")
    else:
        click.echo(feedback_list(feedback))
