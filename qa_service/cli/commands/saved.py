"""The commands ``qa-service save`` and ``qa-service saved``. “qa-service new” says which answers are different."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from index.storage.data_folder import DataFolder
from qa_service.cli.commands.answering import open_answerer
from qa_service.errors import QaServiceError
from qa_service.export.references import dated
from qa_service.installation import Installation
from qa_service.records.answer_snapshots import AnswerChange, Trace, change_since, differences
from qa_service.records.saved_questions import COMMAND_LINE, SavedQuestion, SavedQuestions, whole
from qa_service.settings import Settings
from qa_service.types import Question
from qa_service.wording import kind_words

if TYPE_CHECKING:
    from qa_service.answering.pipeline import Answerer


@click.command("save")
@click.argument("question")
@click.option("--after", multiple=True, help="Give an earlier question that this one follows. You can repeat this.")
def save_command(question: str, after: tuple[str, ...]) -> None:
    """Save a question, so that “qa-service new” shows when its answer is different.

    The saved questions belong to the command line. They are not shown on the page.
    """
    try:
        asked = whole(Question(question, history=after))
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    installation = Installation.from_environment()
    answer = open_answerer(installation).answer(asked)
    saved_questions(installation).save(COMMAND_LINE, asked, answer)
    count = len(answer.statements)
    click.echo(
        f"Saved. The answer has {count} quote{'' if count == 1 else 's'} and fact{'' if count == 1 else 's'} now."
    )


@click.command("saved")
@click.option("--read", type=click.IntRange(1), metavar="NUMBER", help="From now on, compare with today's answer.")
@click.option("--delete", type=click.IntRange(1), metavar="NUMBER", help="Delete the question with this number.")
def saved_command(read: int | None, delete: int | None) -> None:
    """List the saved questions of the command line, with their numbers."""
    installation = Installation.from_environment()
    store = saved_questions(installation)
    found = store.owned_by(COMMAND_LINE)
    if delete is not None:
        store.delete(COMMAND_LINE, _question_with_number(found, delete).id)
        click.echo("Deleted.")
    elif read is not None:
        chosen = _question_with_number(found, read)
        store.mark_read(COMMAND_LINE, chosen.id, open_answerer(installation).answer(chosen.question))
        click.echo("From now on, its answer is compared with today's answer.")
    elif found:
        click.echo("\n".join(f"{number}. {each.question.text}" for number, each in enumerate(found, 1)))
    else:
        click.echo("There are no saved questions. Save one with “qa-service save”.")


def saved_questions(installation: Installation) -> SavedQuestions:
    """Return the store of saved questions. Raises UnusableSetting."""
    return SavedQuestions.open(DataFolder(installation.data_dir).root, Settings.read().keep_saved_days)


def lines_of_different(answerer: Answerer, found: list[SavedQuestion]) -> Iterator[str]:
    """Yield the differences in the answers to saved questions, and where words that are no longer there came from."""
    find = answerer.index.store.report
    for number, saved in enumerate(found, 1):
        change = change_since(saved.snapshot, answerer.answer(saved.question), find)
        if not change.comparable:
            yield f"{number}. {saved.question.text}: a model is missing, so we cannot compare its answer."
        elif change.is_different:
            yield f"{number}. {saved.question.text}"
            yield from (f"  {sentence}" for sentence in differences(change))
            yield from (f"  + {_statement_with_source(change, at)}" for at in range(len(change.added)))
            yield from (f"  - {_place(answerer, trace)}" for trace in change.gone)


def _statement_with_source(change: AnswerChange, at: int) -> str:
    statement = change.added[at]
    cited = change.now.citations[statement.citations[0] - 1]
    page = statement.quotes[0].page if statement.quotes else cited.page
    return f"{statement.text} ({cited.report.authority or cited.report.title}, {dated(cited.report)}, page {page})"


def _place(answerer: Answerer, trace: Trace) -> str:
    report = answerer.index.store.report(trace.report_id)
    if report is None:
        return "in a report that was removed"
    return f"{report.authority or report.title}, {kind_words(report)}, {dated(report)}, page {trace.page}"


def _question_with_number(found: list[SavedQuestion], number: int) -> SavedQuestion:
    if number > len(found):
        raise QaServiceError(f"There is no saved question {number}. “qa-service saved” lists them with their numbers.")
    return found[number - 1]
