"""Answers, reports and builds as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from corpus.types import Report
from index.storage.manifest import Failure, Manifest
from qa_service.export.references import Reference, quoted
from qa_service.types import Answer, Citation, StatementKind

if TYPE_CHECKING:  # these modules load the code that reads reports and builds, which “qa-service ask” does not need
    from index.building.build import BuildOutcome
    from qa_service.maintenance.updates import BuildChanges
    from qa_service.records.feedback import Feedback

WIDTH = 100
"""Number of characters in a line."""
_MAX_NAMES = 5
"""Maximum number of files to list by name. Any others are only counted."""
_MAX_NEAREST = 3
"""Maximum number of passages to show if there is no answer."""


def answer_text(answer: Answer) -> str:
    """Return an answer with its sources, or the reason why there is no answer and the nearest passages."""
    lines = [] if answer.answered else [wrapped(f"Not answered ({answer.status.value}). {answer.reason}"), ""]
    lines += [
        wrapped(f"- {choice.label} ({counted(choice.count, 'report')}): {choice.question}") for choice in answer.choices
    ]
    for statement in answer.statements:
        marks = "".join(f"[{number}]" for number in statement.citations)
        words = statement.text if statement.kind is StatementKind.FINDING else quoted(statement.text)
        lines.append(wrapped(f"{words} {marks}"))
    cited = sorted({number for statement in answer.statements for number in statement.citations})
    shown = [answer.citations[number - 1] for number in cited] or list(answer.citations[:_MAX_NEAREST])
    if shown:
        lines += ["", "Sources:" if cited else "Nearest passages (they may not answer the question):"]
        lines += [_source(citation) for citation in shown]
    return "\n".join(lines)


def feedback_list(feedback: Sequence[Feedback]) -> str:
    """Return feedback as a numbered list."""
    if not feedback:
        return "There is no feedback yet."
    lines = []
    for number, entry in enumerate(feedback, 1):
        outcome = f"{entry.verdict.value} ({entry.status.value}, build {entry.build})"
        lines.append(wrapped(f"{number}. {entry.given} {outcome}"))
        lines.append(wrapped(f"   Question: {entry.question}"))
        if entry.note:
            lines.append(wrapped(f"   Note: {entry.note}"))
        lines += [
            wrapped(f"   Shown: {quoted(quote.text)} ({quote.file}, page {quote.page})") for quote in entry.quotes
        ]
    return "\n".join(lines)


def build_summary(outcome: BuildOutcome, seconds: float, changes: BuildChanges | None = None) -> str:
    """Return a few lines about a build: its figures, and the files that changed or were left out."""
    manifest = outcome.manifest
    reports = counted(manifest.reports, "report")
    if not outcome.changed:
        return f"Up to date: build {manifest.build}, {reports}. Nothing was read or embedded again."
    counts = f"{reports}, {counted(manifest.passages, 'passage')}, {counted(manifest.sentences, 'sentence')}"
    embedded = f"{counted(manifest.embedded, 'text')} embedded ({manifest.precision}) in {seconds:.0f} s"
    lines = [f"Build {manifest.build}: {counts}. {embedded}."]
    if manifest.reread:
        lines.append(f"All files were read again, because {manifest.reread.rstrip('.')}.")
    lines += [f"{label}: {_names(files)}" for label, files in _labelled(changes)]
    lines += [f"{file} was left out because it was removed. To use it again, add it." for file in manifest.removed]
    lines += [f"{file} has the same content as {same}, so it is indexed once." for file, same in manifest.duplicates]
    return "\n".join(lines)


def _labelled(changes: BuildChanges | None) -> list[tuple[str, tuple[str, ...]]]:
    if changes is None:
        return []
    labelled = (
        ("Added", changes.added),
        ("No longer there", changes.gone),
        ("Renamed", changes.renamed),
        ("Superseded by a later issue of the same report", changes.superseded),
    )
    return [(label, files) for label, files in labelled if files]


def _names(files: Sequence[str]) -> str:
    others = f" and {len(files) - _MAX_NAMES} more" if len(files) > _MAX_NAMES else ""
    return ", ".join(files[:_MAX_NAMES]) + others


def failure_list(failures: Sequence[Failure]) -> str:
    """Return the files that could not be read, each with the reason and what to do."""
    lines = [f"{counted(len(failures), 'file')} could not be read:"]
    lines += [f"  {failure.file}: {failure.reason}. {failure.remedy}" for failure in failures]
    return "\n".join(lines)


def report_table(reports: Sequence[Report], counts: Mapping[str, int], manifest: Manifest) -> str:
    """Return a table of reports, then the files that were left out.

    ``counts`` gives the number of passages in each report, by report id.
    """
    lines = [f"{'authority':<28}{'kind':<20}{'inspected':<12}{'published':<12}{'passages':>8}  file"]
    for report in reports:
        kind = report.kind.value if report.kind else report.form.value
        days = [_day(report.inspected_to), _day(report.published)]
        lines.append(
            f"{(report.authority or '–')[:27]:<28}{kind:<20}{days[0]:<12}{days[1]:<12}"
            f"{counts.get(report.id, 0):>8}  {report.file}"
        )
    lines.append(f"{counted(len(reports), 'report')} in build {manifest.build}.")
    if manifest.failures:
        lines.append(failure_list(manifest.failures))
    return "\n".join(lines)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 report", "2 reports"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _source(citation: Citation) -> str:
    """Return the reference for a cited passage, followed by the passage's section and file."""
    section = citation.scored.passage.section[-1:]
    parts = (Reference.build(citation).text, *section, citation.report.file)
    return wrapped(f"[{citation.number}] {', '.join(parts)}", "    ")


def wrapped(text: str, indent: str = "") -> str:
    """Wrap a text at :data:`WIDTH` characters, and indent every line after the first."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"
