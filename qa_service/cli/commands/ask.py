"""The command ``qa-service ask``."""

from __future__ import annotations

import json
import time

import click

from qa_service.cli.commands.answering import start_opening
from qa_service.installation import Installation
from qa_service.types import MAX_ITEMS, Question


@click.command("ask")
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, as the service returns it.")
@click.option("--after", multiple=True, help="Give an earlier question that this one follows. You can repeat this.")
@click.option(
    "--top-k", default=8, show_default=True, type=click.IntRange(1, 50), help="Set how many passages to return."
)
@click.option("--all", "whole_list", is_flag=True, help=f"Show a whole list, up to {MAX_ITEMS} items.")
@click.option("--verbatim", is_flag=True, help="Search for the words as typed, without correcting their spelling.")
def ask_command(
    question: str, *, as_json: bool, after: tuple[str, ...], top_k: int, whole_list: bool, verbatim: bool
) -> None:
    """Answer a question from the reports."""
    try:
        items = MAX_ITEMS if whole_list else None
        asked = Question(question, history=after, top_k=top_k, items=items, verbatim=verbatim)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    wait_for_answerer = start_opening(Installation.from_environment())
    from qa_service.answer_json.answer import answer_json
    from qa_service.cli import rendering  # these imports run while the encoder loads

    answerer = wait_for_answerer()
    began = time.perf_counter()
    answer = answerer.answer(asked)
    milliseconds = (time.perf_counter() - began) * 1000
    if as_json:
        click.echo(json.dumps(answer_json(answer, milliseconds), ensure_ascii=False, indent=1))
    else:
        click.echo(rendering.answer_text(answer))
