"""Answers, reports and figures as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from corpus.types import Report
from index.storage.manifest import Failure, Manifest
from qa_service.export.references import Reference, quoted
from qa_service.types import Answer, Citation, StatementKind

if TYPE_CHECKING:  # they bring what reads reports and builds: a question needs none of it
    from index.building.build import BuildOutcome
    from qa_service.maintenance.updates import BuildChanges
    from qa_service.records.feedback import Feedback

WIDTH = 100
_NAMED = 5
"""Files that are named one by one."""


def answer_text(answer: Answer) -> str:
    """Statements with their citations below, or why there are none."""
    lines = [] if answer.answered else [wrapped(f"Not answered ({answer.status.value}). {answer.reason}"), ""]
    lines += [wrapped(f"- {choice.label} ({choice.count} reports): {choice.question}") for choice in answer.choices]
    for statement in answer.statements:
        marks = "".join(f"[{number}]" for number in statement.citations)
        words = statement.text if statement.kind is StatementKind.FINDING else quoted(statement.text)
        lines.append(wrapped(f"{words} {marks}"))
    cited = sorted({number for statement in answer.statements for number in statement.citations})
    shown = [answer.citations[number - 1] for number in cited] or list(answer.citations[:3])
    if shown:
        lines += ["", "Sources:" if cited else "Nearest passages, which may not answer it:"]
        lines += [_source(citation) for citation in shown]
    return "\n".join(lines)


def feedback_list(every: Sequence[Feedback]) -> str:
    """What people said of answers, one after another."""
    if not every:
        return "Nobody has said anything of an answer yet."
    lines = []
    for number, said in enumerate(every, 1):
        lines.append(wrapped(f"{number}. {said.given} {said.verdict.value} ({said.status.value}, build {said.build})"))
        lines.append(wrapped(f"   Asked: {said.question}"))
        if said.note:
            lines.append(wrapped(f"   Note: {said.note}"))
        lines += [wrapped(f"   Shown: “{quote.text}” ({quote.file}, page {quote.page})") for quote in said.quotes]
    return "\n".join(lines)


def build_summary(outcome: BuildOutcome, seconds: float, changes: BuildChanges | None = None) -> str:
    """What a build did, in a few lines."""
    manifest = outcome.manifest
    if not outcome.changed:
        return f"Up to date: build {manifest.build}, {manifest.reports} reports. Nothing was read or embedded again."
    words = (
        f"Build {manifest.build}: {manifest.reports} reports, {manifest.passages} passages, "
        f"{manifest.sentences} sentences; {manifest.embedded} texts embedded ({manifest.precision}) in {seconds:.0f} s."
    )
    lines = [words]
    if manifest.reread:
        lines.append(f"All files were read again: {manifest.reread.rstrip('.')}.")
    for what, files in _changed(changes):
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        lines.append(f"{what}: {', '.join(files[:_NAMED])}{more}")
    lines += [f"Left out, since it was removed (“qa-service add” brings it back): {file}" for file in manifest.removed]
    lines += [f"Same content as {same}, indexed once: {file}" for file, same in manifest.duplicates]
    return "\n".join(lines)


def _changed(changes: BuildChanges | None) -> list[tuple[str, tuple[str, ...]]]:
    if changes is None:
        return []
    told = (
        ("Added", changes.added),
        ("Gone", changes.gone),
        ("Renamed", changes.renamed),
        ("Superseded by a later issue of the same report", changes.superseded),
    )
    return [(what, files) for what, files in told if files]


def failure_list(failures: Sequence[Failure]) -> str:
    """The files that were left out, each with the reason and what to do."""
    lines = [f"{len(failures)} files were not indexed:" if len(failures) > 1 else "1 file was not indexed:"]
    lines += [f"  {failure.file}: {failure.reason}. {failure.remedy}" for failure in failures]
    return "\n".join(lines)


def report_table(reports: Sequence[Report], counts: Mapping[str, int], manifest: Manifest) -> str:
    """A line a report, then the files left out."""
    lines = [f"{'authority':<28}{'kind':<20}{'inspected':<12}{'published':<12}{'passages':>8}  file"]
    for report in reports:
        kind = report.kind.value if report.kind else report.form.value
        days = [_day(report.inspected_to), _day(report.published)]
        lines.append(
            f"{(report.authority or '–')[:27]:<28}{kind:<20}{days[0]:<12}{days[1]:<12}"
            f"{counts.get(report.id, 0):>8}  {report.file}"
        )
    lines.append(f"{len(reports)} reports in build {manifest.build}")
    if manifest.failures:
        lines.append(failure_list(manifest.failures))
    return "\n".join(lines)


def _source(citation: Citation) -> str:
    """Return the reference of a cited passage, then its section and its file."""
    section = citation.scored.passage.section[-1:]
    parts = (Reference.build(citation).text, *section, citation.report.file)
    return wrapped(f"[{citation.number}] {', '.join(parts)}", "    ")


def wrapped(text: str, indent: str = "") -> str:
    """Text in lines no longer than a terminal shows, the later ones indented."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"
