"""qa-service verify-citations."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from qa_service.cli.rendering import wrapped
from qa_service.errors import UnusableAnswer
from qa_service.verification.citation_check import CheckedItem, check
from qa_service.verification.saved_answer import MAX_BYTES, read_answers
from qa_service.verification.source_files import SourceFiles

NOT_PROVED = 4
"""Exit status where something is not proved."""
_WORDS, _REASON = 60, 500
"""Characters shown of a quote, and of why it is not proved."""


@click.command("verify-citations")
@click.argument("answer", type=click.Path(allow_dash=True))
@click.option(
    "--reports",
    "folders",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Folder with the reports' files, searched with those below it. May be given more than once.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def verify_citations_command(answer: str, folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Prove each citation of ANSWER, a JSON reply of the service, from the reports' files; “-” reads standard input.

    Needs no index and no network. Exit status 4 where something is not proved: it is named, with what to do.
    """
    try:
        with click.open_file(answer, "rb") as file:
            answers = read_answers(file.read(MAX_BYTES + 1))
    except UnusableAnswer as error:
        raise click.ClickException(f"{answer}: {error}") from error
    checked = list(check(answers, SourceFiles.below(folders)))
    proved = sum(one.proved for one in checked)
    if as_json:
        failed = [row for one in checked for row in _rows(one)]
        click.echo(json.dumps({"proved": proved, "failed": failed}, indent=1))
    else:
        for one in checked:
            click.echo("\n".join(_lines(one)))
        click.echo(_summary(proved, checked))
    if proved < len(checked):
        sys.exit(NOT_PROVED)


def _rows(checked: CheckedItem) -> list[dict[str, Any]]:
    """What fails of something, a row a reason, with where that is."""
    place = {name: value for name, value in asdict(checked).items() if name != "faults"}
    return [place | asdict(fault) for fault in checked.faults]


def _lines(checked: CheckedItem) -> list[str]:
    parts = (("answer", checked.answer), ("statement", checked.statement), ("quote", checked.quote))
    place = ", ".join(f"{name} {number}" for name, number in parts if number is not None)
    if checked.statement is None:
        place += f", passage {checked.passage}"
    source = f" {checked.report}, page {checked.page}:" if checked.report else ""
    outcome = "proved" if checked.proved else "NOT PROVED"
    head = _shown(f"{place}: {outcome}.{source} “{_cut(checked.words, _WORDS)}”", _REASON)
    reasons = (f"{_cut(fault.why, _REASON)}. {_cut(fault.remedy, _REASON)}" for fault in checked.faults)
    return [wrapped(head, "    "), *(wrapped(f"    {_shown(reason, 2 * _REASON)}", "    ") for reason in reasons)]


def _summary(proved: int, checked: Sequence[CheckedItem]) -> str:
    if not checked:
        return "Nothing to prove: no answer here states anything."
    failed = Counter(fault.kind.value for one in checked for fault in one.faults)
    told = f"{proved} {'quote' if proved == 1 else 'quotes'} proved"
    if not failed:
        return f"{told}: all that is stated."
    return f"{told}, {len(checked) - proved} not: " + ", ".join(f"{kind} {n}" for kind, n in sorted(failed.items()))


def _shown(text: str, most: int) -> str:
    """Text that a terminal shows and does not obey."""
    return "".join(character if character.isprintable() else " " for character in _cut(text, most))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
