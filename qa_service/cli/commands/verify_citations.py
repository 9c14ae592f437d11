"""The command ``qa-service verify-citations``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from qa_service.cli.rendering import counted, wrapped
from qa_service.errors import UnusableAnswer
from qa_service.verification.citation_check import CheckedItem, check
from qa_service.verification.saved_answer import MAX_BYTES, read_answers
from qa_service.verification.source_files import SourceFiles

NOT_PROVED = 4
"""Exit status if a quote, fact or count is not proved."""
_MAX_WORDS, _MAX_REASON = 60, 500
"""Maximum number of characters to print from a quote, and from a reason."""


@click.command("verify-citations")
@click.argument("answer", type=click.Path(allow_dash=True))
@click.option(
    "--reports",
    "folders",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Look for the reports in this folder and its subfolders. You can repeat this.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify_citations_command(answer: str, folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Check a saved answer against the reports.

    ANSWER is a file that contains a JSON reply from the service, or “-” for standard input. Each quote, grade, date and
    lead inspector is looked up in the report files. The counts in the answer must match its rows. You do not need an
    index or a network connection.

    A second program, which is not used to build the index, reads each page that an answer quotes. Words are proved if
    that program reads the same words. If it does not find the words, they are not confirmed and not proved. Look for
    such words on the page yourself. Words that were read from the picture of a page are never proved.

    Exit status 4 means that something is not proved or not confirmed. The command names it and says what to do.
    """
    try:
        with click.open_file(answer, "rb") as file:
            answers = read_answers(file.read(MAX_BYTES + 1))
    except UnusableAnswer as error:
        raise click.ClickException(f"{answer}: {error}") from error
    items = list(check(answers, SourceFiles.below(folders)))
    proved = sum(item.proved for item in items)
    if as_json:
        failed = [row for item in items for row in _rows(item)]
        not_confirmed = sum(item.only_unconfirmed for item in items)
        click.echo(json.dumps({"proved": proved, "not_confirmed": not_confirmed, "failed": failed}, indent=1))
    else:
        for item in items:
            click.echo("\n".join(_lines(item)))
        click.echo(_summary(proved, items))
    if proved < len(items):
        sys.exit(NOT_PROVED)


def _rows(item: CheckedItem) -> list[dict[str, Any]]:
    """Return each fault in an item as a JSON object that includes the item's place in the answer."""
    place = {name: value for name, value in asdict(item).items() if name != "faults"}
    return [place | asdict(fault) for fault in item.faults]


def _lines(item: CheckedItem) -> list[str]:
    parts = (("answer", item.answer), ("statement", item.statement), ("quote", item.quote))
    place = ", ".join(f"{name} {number}" for name, number in parts if number is not None)
    if item.statement is None:
        place += f", passage {item.passage}" if item.passage else ", summary"
    page = f", page {item.page}" if item.page else ""
    source = f" {item.report}{page}:" if item.report else ""
    outcome = "proved" if item.proved else "NOT CONFIRMED" if item.only_unconfirmed else "NOT PROVED"
    head = _printable(f"{place}: {outcome}.{source} “{_cut(item.words, _MAX_WORDS)}”", _MAX_REASON)
    reasons = (f"{_sentence(_cut(fault.why, _MAX_REASON))} {_cut(fault.remedy, _MAX_REASON)}" for fault in item.faults)
    return [
        wrapped(head, "    "),
        *(wrapped(f"    {_printable(reason, 2 * _MAX_REASON)}", "    ") for reason in reasons),
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _summary(proved: int, items: Sequence[CheckedItem]) -> str:
    if not items:
        return "There is nothing to prove, because no answer states anything."
    faults = Counter(fault.kind.value for item in items for fault in item.faults)
    facts = sum(item.proved and item.fact is not None for item in items)
    numbers = [counted(proved - facts, "quote")] if proved > facts or not facts else []
    numbers += [counted(facts, "fact")] if facts else []
    if not faults:
        return f"{' and '.join(numbers)} proved. Everything in the answer is proved."
    unconfirmed = sum(item.only_unconfirmed for item in items)
    outcomes = [f"{' and '.join(numbers)} proved"]
    outcomes += [f"{unconfirmed} not confirmed by a second program"] if unconfirmed else []
    if failed := len(items) - proved - unconfirmed:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(faults.items()))
        outcomes.append(f"{failed} not proved ({kinds})")
    return f"{', '.join(outcomes)}."


def _printable(text: str, limit: int) -> str:
    """Shorten a text to a given length, and replace any characters that could control a terminal."""
    return "".join(character if character.isprintable() else " " for character in _cut(text, limit))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
