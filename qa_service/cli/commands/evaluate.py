"""qa-service evaluate."""

from __future__ import annotations

import json
from pathlib import Path

import click

from qa_service.answering.ablation import Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.cli.commands.answering import open_answerer
from qa_service.cli.progress import Bars
from qa_service.evaluation import tables
from qa_service.evaluation.metrics import differences, figures
from qa_service.evaluation.results import read_run, write_run
from qa_service.evaluation.run import GoldenQuestion, Result, evaluate, load_questions
from qa_service.installation import Installation


@click.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Keep the results, one line a question.")
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with results that --out kept earlier.",
)
@click.option(
    "--detail", type=click.Path(dir_okay=False, path_type=Path), help="Write each question and answer to read."
)
@click.option("--ablation", is_flag=True, help="Also leave out each part in turn, and show what is lost.")
@click.option(
    "--without",
    multiple=True,
    type=click.Choice([mechanism.value for mechanism in Mechanism]),
    help="Leave out a part. May be given more than once.",
)
def evaluate_command(
    file: Path, out: Path | None, against: Path | None, detail: Path | None, *, ablation: bool, without: tuple[str, ...]
) -> None:
    """Ask the questions of FILE (one JSON object a line) and compare the answers with their evidence.

    What the columns mean, and the form of a line, are told in docs/evaluation.md.
    """
    for written in (out, detail):
        if written and (not written.parent.is_dir() or written.resolve() == file.resolve()):
            raise click.BadParameter(f"{written} cannot be written: its folder must be there, and it is not FILE.")
    questions = load_questions(file)
    before = read_run(against) if against else None
    answerer = open_answerer(Installation.from_environment()).leaving_out(*map(Mechanism, without))
    with Bars(quiet=False) as bars:
        results = _asked(answerer, questions, "Asking", bars)
        lost = {}
        for mechanism in Mechanism if ablation else ():
            partial = _asked(answerer.leaving_out(mechanism), questions, f"Without {mechanism}", bars)
            lost[mechanism.value] = differences(results, partial)
    if out:
        write_run(out, results)
    if detail:
        detail.write_text(tables.detail(results), encoding="utf-8")
    click.echo(tables.figures_table(results))
    if before is not None:
        click.echo(f"\nGained since {against}:\n{tables.difference_table(differences(before, results))}")
    if lost:
        click.echo(f"\n{tables.ablation_table(lost)}")
    click.echo(json.dumps(figures(results)))


def _asked(answerer: Answerer, questions: list[GoldenQuestion], stage: str, bars: Bars) -> list[Result]:
    results = []
    for done, result in enumerate(evaluate(answerer, questions), 1):
        results.append(result)
        bars.update(stage, done, len(questions))
    return results
