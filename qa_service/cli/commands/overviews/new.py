"""The command ``qa-service new``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.analysis.news import News, additions, news_of
from qa_service.cli.commands.answering import open_answerer
from qa_service.cli.commands.saved import lines_of_different, saved_questions
from qa_service.cli.options import ADDED_SINCE
from qa_service.export.references import dated
from qa_service.installation import Installation
from qa_service.records.saved_questions import COMMAND_LINE, SavedQuestion
from qa_service.wording import MOVEMENTS, capitalised, kind_words


@click.command("new")
@ADDED_SINCE
def new_command(since: date | None) -> None:
    """Show which reports were added, what they changed, and which saved questions now have a different answer.

    Without --since, it shows only the latest addition. “qa-service save” saves a question.
    """
    installation = Installation.from_environment()
    index = SearchIndex.open(DataFolder(installation.data_dir), None)
    found = additions(index)
    chosen = [each for each in found if each.when.date() >= since] if since else found[:1]
    if chosen:
        click.echo("\n".join(line for each in chosen for line in _lines(news_of(index, each))))
    else:
        click.echo(f"No reports were added since {since}." if since else "There are no reports.")
    if saved := saved_questions(installation).owned_by(COMMAND_LINE):
        click.echo("\n".join(_saved_lines(installation, saved)))


def _saved_lines(installation: Installation, saved: list[SavedQuestion]) -> Iterator[str]:
    lines = list(lines_of_different(open_answerer(installation), saved))
    yield "Saved questions with a different answer:" if lines else f"Saved questions: {len(saved)}, none different."
    yield from lines


def _lines(news: News) -> Iterator[str]:
    added = news.addition
    reports = len(added.reports)
    yield f"{added.when:%d %B %Y, %H:%M} UTC: {reports} report{'' if reports == 1 else 's'} added".lstrip("0")
    for report in added.reports:
        yield f"  {report.authority or report.title}: {kind_words(report)}, {dated(report)}"
    for area, movement in news.movements:
        before, after = (capitalised(each.judgement.grade) for each in (movement.before, movement.after))
        change = MOVEMENTS[movement.relation].lower()
        yield f"  {movement.authority}, {area.name.lower()}: {before} → {after} ({change})"
    yield f"  Items to improve in the new reports: {news.items}"
    for move in news.themes:
        count = move.after
        yield (
            f"  {count.theme.name}: criticised by {count.weaknesses} of {count.reports} (+{move.more_weaknesses}), "
            f"praised by {count.strengths} (+{move.more_strengths})"
        )
    if news.reissued:
        were = "was" if news.reissued == 1 else "were"
        yield f"  {news.reissued} of the new reports {were} replaced later. We count themes in the later issue."
    yield ""
