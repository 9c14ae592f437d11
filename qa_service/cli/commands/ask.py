"""qa-service ask."""

from __future__ import annotations

import json
import time

import click

from qa_service.cli.commands.opening import begin_opening
from qa_service.installation import Installation
from qa_service.types import Question


@click.command("ask")
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, as the service gives it.")
@click.option("--after", multiple=True, help="An earlier question that this one follows; can be given again.")
@click.option("--top-k", default=8, show_default=True, type=click.IntRange(1, 50), help="Passages shown.")
def ask_command(question: str, *, as_json: bool, after: tuple[str, ...], top_k: int) -> None:
    """Answer one QUESTION from the reports."""
    try:
        asked = Question(question, history=after, top_k=top_k)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    opened = begin_opening(Installation.from_environment())
    from qa_service.answer_json import answer_json
    from qa_service.cli import rendering  # these load while the encoder does

    answerer = opened()
    began = time.perf_counter()
    answer = answerer.answer(asked)
    took = (time.perf_counter() - began) * 1000
    if as_json:
        click.echo(json.dumps(answer_json(answer, took), ensure_ascii=False, indent=1))
    else:
        click.echo(rendering.answer_text(answer))
