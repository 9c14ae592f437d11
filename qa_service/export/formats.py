"""Answers to download as Markdown, CSV or Word, with a reference for each sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa_service.export.docx_footnotes import Footnote, Paragraph, Run, document
from qa_service.export.references import (
    Reference,
    corrected,
    counted_from,
    not_applied,
    other_time,
    quoted,
    subject,
)
from qa_service.export.tables import Table, table_as_csv, without_controls
from qa_service.types import Answer, AnsweredPart, AnswerStatus, Statement, StatementKind, Summary
from qa_service.wording import READINGS

_COLUMNS = (
    "Question", "Outcome", "Text", "Report", "Authority", "Date", "Page", "Paragraph", "Link", "Note", "Answered",
    "Build",
)  # fmt: skip
_SIGNS = "\\`*_[]<>#|~&$"
_OPENS = re.compile(r"^(\d*)([-+=.)])")
"""Signs at the start of a line that start a list or underline a heading."""


@dataclass(frozen=True, slots=True)
class ExportedStatement:
    """A sentence, a grade or another fact in an answer, with its reference."""

    text: str
    quoted: bool
    reference: Reference
    subject: str = ""
    """What the text is about, such as "Bolton, focused visit, 28 to 29 May 2025". Empty if this is already clear."""
    note: str = ""
    """What to check, if a second program did not confirm the words on the page. Empty if it did."""


@dataclass(frozen=True, slots=True)
class ExportedPart:
    """One of several questions in a message, and its answer."""

    question: str
    outcome: str
    """The heading that gives the outcome of the question."""
    note: str
    """A summary of the answer, or the reason why there is none."""
    statements: tuple[ExportedStatement, ...]


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """A question and its answer, ready to write in any format."""

    question: str
    outcome: str
    """The heading above the answer on the page."""
    notes: tuple[str, ...]
    """Sentences about the answer: its summary, the words of the question that were not applied, its filters, and the
    details carried over from earlier questions."""
    statements: tuple[ExportedStatement, ...]
    answered: str
    """The day on which the answer was given, such as "2 May 2026"."""
    build: str
    parts: tuple[ExportedPart, ...] = ()
    """The questions in the message, if there are several. Each statement then belongs to one of them."""


Outcome = Callable[[AnswerStatus | None, Summary | None], str]
"""Returns the heading that gives the outcome of a question. The status is None if we did not try to answer the
question."""


def export_answer(
    answer: Answer, outcome: Outcome, answered: str, host: str, grade: Callable[[str], str], limits: Sequence[str] = ()
) -> ExportedAnswer:
    """Prepare an answer for export.

    ``host`` is the start of each link, ``grade`` returns the wording for a grade, and ``limits`` describes the filters.
    """
    notes = [answer.reason] if answer.reason and not answer.parts else []
    taken, typed = corrected(answer.corrections)
    notes += [f"These are results for {taken} instead of {typed}."] if taken else []
    notes += [other_time(time) for time in answer.other_times]
    notes += [counted_from(answer.as_of)] if answer.as_of else []
    is_told = answer.statements or answer.summary
    notes += [not_applied(answer.not_applied)] if answer.not_applied and is_told else []
    notes += [f"Carried over from earlier questions: {', '.join(answer.carried_over)}."] if answer.carried_over else []
    notes += [f"Filters used: {', '.join(limits)}."] if limits else []
    is_row = answer.summary is not None or answer.total is not None
    statements = tuple(
        _export_statement(statement, answer, host, grade, is_row=is_row) for statement in answer.statements
    )
    heading = outcome(answer.status, answer.summary)
    parts = tuple(_export_part(part, answer, outcome, host, grade) for part in answer.parts)
    return ExportedAnswer(answer.question, heading, tuple(notes), statements, answered, answer.build, parts)


def _export_part(
    part: AnsweredPart, answer: Answer, outcome: Outcome, host: str, grade: Callable[[str], str]
) -> ExportedPart:
    is_row = part.summary is not None or part.total is not None
    stated = (answer.statements[index] for index in part.statements)
    statements = tuple(_export_statement(statement, answer, host, grade, is_row=is_row) for statement in stated)
    return ExportedPart(part.question, outcome(part.status, part.summary), part.reason, statements)


def as_markdown(title: str, answers: Sequence[ExportedAnswer]) -> str:
    """Write answers in Markdown, with footnotes numbered from 1."""
    lines, footnotes = [f"# {_plain(title)}", ""], list[str]()
    for answer in answers:
        notes = _plain(" ".join(answer.notes))
        lines += [f"## {_plain(answer.question)}", ""]
        if answer.parts:
            lines += [notes, ""] if notes else []
        else:
            lines += [f"**{answer.outcome}.** {notes}".rstrip(), ""]
        for part in _parts(answer):
            if answer.parts:
                note = f"**{part.outcome}.** {_plain(part.note)}".rstrip()
                lines += [f"### {_plain(part.question)}", "", note, ""]
            for statement in part.statements:
                reference = statement.reference
                footnotes.append(f"[^{len(footnotes) + 1}]: {_plain(reference.text)}. <{reference.link}>")
                mark = "> " if statement.quoted else "- "
                note = f" ({_plain(statement.note)})" if statement.note else ""
                lines += [f"{mark}{_plain(_in_full(statement))}[^{len(footnotes)}]{note}", ""]
        lines += [f"*{_footer(answer)}*", ""]
    return "\n".join([*lines, *footnotes]) + "\n"


def as_csv(answers: Sequence[ExportedAnswer]) -> str:
    """Write answers as a table with one row for each statement. An answer without statements has one row.

    If a message has several questions, each has its own rows, which show only that question.
    """
    rows: list[tuple[str, ...]] = []
    for answer in answers:
        for part in _parts(answer):
            notes = " ".join(filter(None, (part.note, *answer.notes)))
            start, end = (part.question, part.outcome), (answer.answered, answer.build)
            for statement in part.statements:
                ref, note = statement.reference, " ".join(filter(None, (statement.note, notes)))
                middle = (statement.text, ref.report, ref.authority, ref.date, ref.page, ref.paragraph, ref.link)
                rows.append((*start, *middle, note, *end))
            if not part.statements:
                rows.append((*start, *[""] * 7, notes, *end))
    return table_as_csv(Table(_COLUMNS, tuple(rows)))


def as_word(title: str, answers: Sequence[ExportedAnswer]) -> bytes:
    """Write answers as a Word document with real footnotes."""
    paragraphs = [Paragraph("Title", (Run(title),))]
    for answer in answers:
        paragraphs.append(Paragraph("Heading 1", (Run(answer.question),)))
        notes = " ".join(answer.notes)
        if not answer.parts:
            paragraphs.append(_outcome(answer.outcome, notes))
        elif notes:
            paragraphs.append(Paragraph("Normal", (Run(notes),)))
        for part in _parts(answer):
            if answer.parts:
                paragraphs += [Paragraph("Heading 2", (Run(part.question),)), _outcome(part.outcome, part.note)]
            for statement in part.statements:
                style = "Quote" if statement.quoted else "List Bullet"
                runs = [Run(_in_full(statement))]
                runs += [Run(f" ({statement.note})", italic=True)] if statement.note else []
                paragraphs.append(Paragraph(style, tuple(runs), Footnote(str(statement.reference))))
        paragraphs.append(Paragraph("Normal", (Run(_footer(answer), italic=True),)))
    return document(paragraphs)


def _parts(answer: ExportedAnswer) -> tuple[ExportedPart, ...]:
    """Return the questions in a message. If there is only one, it has the notes of the whole answer."""
    return answer.parts or (ExportedPart(answer.question, answer.outcome, "", answer.statements),)


def _outcome(heading: str, notes: str) -> Paragraph:
    return Paragraph("Normal", (Run(f"{heading}. ", bold=True), Run(notes)))


def _export_statement(
    statement: Statement, answer: Answer, host: str, grade: Callable[[str], str], *, is_row: bool
) -> ExportedStatement:
    cited = answer.citations[statement.citations[0] - 1]
    reference, judgement = Reference.build(cited, statement, host), statement.judgement
    note = READINGS[statement.reading]
    if statement.kind is not StatementKind.FINDING:
        about = ". ".join(filter(None, (statement.heading, statement.label)))
        return ExportedStatement(statement.text, quoted=True, reference=reference, subject=about, note=note)
    text = f"{judgement.area}: {grade(judgement.grade)}" if judgement else statement.text
    about = subject(statement, cited.report) if is_row else ""
    return ExportedStatement(text, quoted=False, reference=reference, subject=about, note=note)


def _in_full(statement: ExportedStatement) -> str:
    """Return a quote in quotation marks, or a fact with its subject in front."""
    text = quoted(statement.text) if statement.quoted else statement.text
    return f"{statement.subject}{':' if statement.quoted else '.'} {text}" if statement.subject else text


def _footer(answer: ExportedAnswer) -> str:
    checked = "Quotes are word for word"
    if any(statement.note for statement in answer.statements):
        checked += ", except where a note asks you to check them"
    return f"Answered on {answer.answered} from build {answer.build} of the index. {checked}."


def _plain(text: str) -> str:
    """Put a text on one line and escape it, so that Markdown shows it as plain text."""
    line = " ".join(without_controls(text).split())
    for sign in _SIGNS:
        line = line.replace(sign, f"\\{sign}")
    return _OPENS.sub(r"\1\\\2", line)
