"""Comparisons and summaries of authorities as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.analysis.grade_history import months_between
from qa_service.analysis.register import OUTCOME_WORDS
from qa_service.answering.overviews.comparison import ComparisonCell, ComparisonRow
from qa_service.answering.overviews.comparison_table import NOT_STATED, by_words, says
from qa_service.answering.overviews.profile import Profile
from qa_service.cli.grade_rendering import history_text
from qa_service.cli.rendering import wrapped
from qa_service.export.references import Reference, dated
from qa_service.export.references import quoted as in_marks
from qa_service.wording import READINGS, capitalised, kind_words, length_of_time, month_of


def comparison_text(rows: Sequence[ComparisonRow]) -> Iterator[str]:
    """Yield the lines for each authority: its grade, and a cell for each aspect."""
    for row in rows:
        grade = f"{capitalised(row.grade.judgement.grade)} {month_of(row.grade.report)}" if row.grade else "none found"
        yield f"{row.authority} (overall grade: {grade})"
        for cell in row.cells:
            yield from _cell(cell)
        yield ""


def _cell(cell: ComparisonCell) -> Iterator[str]:
    if cell.report is None:
        yield f"  {cell.aspect.name}: {NOT_STATED[0].lower()}{NOT_STATED[1:]} ({cell.reports})"
        return
    yield f"  {cell.aspect.name}: {kind_words(cell.report)}, {dated(cell.report)}"
    for quote in cell.quotes:
        page = Reference.build(quote.citation, quote.statement).page
        label = f"{says(quote)}: " if says(quote) else ""
        note = " ".join(filter(None, (READINGS[quote.statement.reading], by_words(quote))))
        yield "    " + wrapped(f"{label}{in_marks(quote.statement.text)} (page {page}) {note}".strip(), "    ")


def profile_text(profile: Profile, today: date) -> Iterator[str]:
    """Yield the lines of a summary: grades, visits, what must improve, and quotes by theme."""
    full = profile.last_full
    if full:
        ago = length_of_time(months_between(report_day(full), today))
        yield f"{profile.authority}: the last full inspection ended {ago} ago ({dated(full)})."
    else:
        yield f"{profile.authority}: we have no full inspection."
    for area, history in profile.histories:
        yield f"\n{area.name}"
        yield from history_text(history)
    yield "\nVisits since then"
    yield from (f"  {_report_name(visit)}{f': {visit.visit}' if visit.visit else ''}" for visit in profile.visits)
    yield from [] if profile.visits else ["  We have no reports on later visits."]
    if profile.asked:
        yield f"\nWhat must improve ({_report_name(profile.asked[0].report)})"
    for item in profile.asked:
        became = f" [{OUTCOME_WORDS[item.outcome]}]" if item.outcome else ""
        yield "  " + wrapped(f"{item.improvement.text} (page {item.improvement.page}){became}", "  ")
    yield "\nWhat its reports say, by theme"
    for cell in profile.themes:
        yield from _cell(cell)


def _report_name(report: Report) -> str:
    return f"{kind_words(report)}, {dated(report)}"
