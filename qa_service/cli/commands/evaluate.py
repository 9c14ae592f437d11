"""The command ``qa-service evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qa_service.answering.ablation import Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.cli.commands.answering import open_answerer
from qa_service.cli.progress import ProgressBars
from qa_service.evaluation import tables
from qa_service.evaluation.metrics import differences, figures
from qa_service.evaluation.reliability import diagram
from qa_service.evaluation.results import read_run, write_run
from qa_service.evaluation.run import GoldenQuestion, Result, evaluate, load_questions
from qa_service.installation import Installation


@click.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Save the results to a file, with one line for each question.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with results that --out saved earlier.",
)
@click.option(
    "--detail",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the questions and answers to a Markdown file.",
)
@click.option("--ablation", is_flag=True, help="Also leave out each part of the search in turn, and show what is lost.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice([mechanism.value for mechanism in Mechanism]),
    help="Leave out this part of the search. You can repeat this.",
)
def evaluate_command(
    file: Path, out: Path | None, against: Path | None, detail: Path | None, *, ablation: bool, without: tuple[str, ...]
) -> None:
    """Score the answers to questions with known evidence.

    FILE contains one question on each line, as a JSON object. docs/evaluation.md explains this format and what the
    columns of the results mean.
    """
    for target in (out, detail):
        if target and (not target.parent.is_dir() or target.resolve() == file.resolve()):
            raise click.BadParameter(f"{target} cannot be written. Its folder must exist, and it must not be FILE.")
    questions = load_questions(file)
    before = read_run(against) if against else None
    answerer = open_answerer(Installation.from_environment()).leaving_out(*map(Mechanism, without))
    with ProgressBars(quiet=False) as bars:
        results = _ask_all(answerer, questions, "Asking", bars)
        losses = {}
        for mechanism in Mechanism if ablation else ():
            partial = _ask_all(answerer.leaving_out(mechanism), questions, f"Without {mechanism}", bars)
            losses[mechanism.value] = differences(results, partial)
    if out:
        write_run(out, results)
    if detail:
        detail.write_text(tables.detail(results), encoding="utf-8")
    click.echo(tables.figures_table(results))
    click.echo(f"\n{diagram(results)}")
    if before is not None:
        click.echo(f"\nChange since {against}:\n{tables.difference_table(differences(before, results))}")
    if losses:
        click.echo(f"\n{tables.ablation_table(losses)}")
    click.echo(json.dumps(figures(results)))


def _ask_all(answerer: Answerer, questions: list[GoldenQuestion], stage: str, bars: ProgressBars) -> list[Result]:
    results = []
    for done, result in enumerate(evaluate(answerer, questions), 1):
        results.append(result)
        bars.update(stage, done, len(questions))
    return results
