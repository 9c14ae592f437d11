"""Answers, reports and builds as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from corpus.types import Report
from index.storage.manifest import Failure, Manifest
from qa_service.export.references import (
    Reference,
    corrected,
    counted_from,
    not_applied,
    other_time,
    quoted,
    subject,
)
from qa_service.types import MAX_ITEMS, Answer, AnsweredPart, Citation, Statement, StatementKind
from qa_service.wording import HEADINGS, READINGS, outcome

if TYPE_CHECKING:  # these modules load the code for reading reports, which “qa-service ask” does not need
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
    """Return an answer with its sources, or the reason why there is none, with the nearest passages.

    For an answer from facts, the sentence that sums up its rows comes first. If a message has several questions, each
    is followed by its own answer.
    """
    lines = [wrapped(not_applied(answer.not_applied)), ""] if answer.not_applied else []
    lines += [line for note in _how_read(answer) for line in (wrapped(note), "")]
    if not answer.parts:
        lines += _body(_only_part(answer), answer)
    for part in answer.parts:
        lines += [wrapped(part.question), "", *_body(part, answer), ""]
    if answer.parts:
        lines.pop()
        lines += ["", *_choices(answer)] if answer.choices else []
    cited = sorted({number for statement in answer.statements for number in statement.citations})
    shown = [answer.citations[number - 1] for number in cited] or list(answer.citations[:_MAX_NEAREST])
    if shown:
        lines += ["", "Sources:" if cited else "Nearest passages (they may not answer the question):"]
        lines += [_source(citation) for citation in shown]
    return "\n".join(lines)


def _how_read(answer: Answer) -> Iterator[str]:
    """Say how we understood the question, if it has another possible meaning."""
    taken, typed = corrected(answer.corrections)
    if taken:
        yield f"Showing results for {taken}. To search for {typed}, add --verbatim."
    for time in answer.other_times:
        yield f"{other_time(time)} To use that date, ask: {time.question}"
    if answer.as_of:
        yield counted_from(answer.as_of)


def _only_part(answer: Answer) -> AnsweredPart:
    """Return the only question in a message, with its answer."""
    return AnsweredPart(
        question=answer.question,
        reason=answer.reason,
        status=answer.status,
        statements=tuple(range(len(answer.statements))),
        summary=answer.summary,
        total=answer.total,
        next_offset=answer.next_offset,
        note=answer.note,
    )


def _body(part: AnsweredPart, answer: Answer) -> list[str]:
    """Return the lines for a question: its summary, or the reason why there is no answer, then its statements."""
    lines: list[str] = []
    if part.summary:
        lines += [wrapped(part.summary.sentence if part.statements else part.reason), ""]
    elif not part.answered:
        lines += [wrapped(f"{outcome(part.status, part.summary)}. {part.reason}"), ""]
    lines += [] if answer.parts else _choices(answer)
    is_row = part.summary is not None or part.total is not None
    lines += [_statement(answer.statements[index], answer, is_row=is_row) for index in part.statements]
    if part.statements and part.summary and part.note:
        lines += ["", wrapped(part.note)]
    if part.next_offset is not None:
        of = f" of {part.total}" if part.total and part.total > part.next_offset else ""
        rest = "" if part.next_offset >= MAX_ITEMS else " To show the rest, add --all."
        lines += ["", f"The first {part.next_offset}{of} items are shown.{rest}"]
    if answer.parts and lines and not lines[-1]:
        lines.pop()
    return lines


def _choices(answer: Answer) -> list[str]:
    return [
        wrapped(f"- {choice.label} ({counted(choice.count, 'report')}): {choice.question}") for choice in answer.choices
    ]


def feedback_list(feedback: Sequence[Feedback]) -> str:
    """Return feedback as a numbered list."""
    if not feedback:
        return "There is no feedback yet."
    lines = []
    for number, entry in enumerate(feedback, 1):
        answered = f"{quoted(HEADINGS[entry.status])}, build {entry.build}"
        lines.append(wrapped(f"{number}. {entry.given} {entry.verdict.value} ({answered})"))
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
        return f"Up to date: build {manifest.build}, {reports}. Nothing has changed."
    counts = f"{reports}, {counted(manifest.passages, 'passage')}, {counted(manifest.sentences, 'sentence')}"
    prepared = f"{counted(manifest.embedded, 'piece')} of text prepared for searching in {seconds:.0f} s"
    lines = [f"Build {manifest.build}: {counts}. {prepared}."]
    if manifest.reread:
        lines.append(f"All files were read again, because {manifest.reread.rstrip('.')}.")
    lines += [f"{label}: {_names(files)}" for label, files in _labelled_files(changes)]
    lines += [f"{file} was left out because it was removed. To use it again, add it." for file in manifest.removed]
    lines += [f"{file} has the same content as {same}, so it is indexed once." for file, same in manifest.duplicates]
    return "\n".join(lines)


def _labelled_files(changes: BuildChanges | None) -> list[tuple[str, tuple[str, ...]]]:
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
    lines = [f"{'authority':<28}{'type':<20}{'inspected':<12}{'published':<12}{'passages':>8}  file"]
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


def _statement(statement: Statement, answer: Answer, *, is_row: bool) -> str:
    """Return a quote in quotation marks, or a fact with its subject in front. The numbers of its sources follow."""
    marks = "".join(f"[{number}]" for number in statement.citations)
    if note := READINGS[statement.reading]:
        marks = f"{marks} ({note})"
    if statement.kind is not StatementKind.FINDING:
        label = "".join(f"{words}: " for words in (statement.heading, statement.label) if words)
        return wrapped(f"{label}{quoted(statement.text)} {marks}")
    cited = answer.citations[statement.citations[0] - 1]
    about = f"{subject(statement, cited.report)}. " if is_row else ""
    origin = Reference.build(cited, statement).origin
    return wrapped(f"{about}{statement.text} {f'({origin}) ' if origin else ''}{marks}")


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
