"""Answers to download as Markdown, CSV or Word, with a reference for each sentence."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa_service.export.docx_footnotes import Footnote, Paragraph, Run, document
from qa_service.export.references import Reference, quoted
from qa_service.types import Answer, Statement, StatementKind

_COLUMNS = (
    "Question", "Outcome", "Text", "Report", "Authority", "Date", "Page", "Paragraph", "Link", "Note", "Answered",
    "Build",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\u2212")
"""Characters that start a formula, in any width. The last is the typographic minus sign."""
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Categories of characters that a spreadsheet skips when it looks for a formula."""
_SIGNS = "\\`*_[]<>#|~&$"
_OPENS = re.compile(r"^(\d*)([-+=.)])")
"""Signs that start a list, or underline a heading, at the start of a line."""


@dataclass(frozen=True, slots=True)
class ExportedStatement:
    """A sentence or a grade in an answer, with its reference."""

    text: str
    quoted: bool
    reference: Reference


@dataclass(frozen=True, slots=True)
class ExportedAnswer:
    """A question and its answer, ready to write in any format."""

    question: str
    outcome: str
    """The heading above the answer on the page."""
    notes: tuple[str, ...]
    """Sentences about the answer: its reason, its filters, and what was carried over from earlier questions."""
    statements: tuple[ExportedStatement, ...]
    answered: str
    """The day on which the answer was given, such as "2 May 2026"."""
    build: str


def export_answer(
    answer: Answer, outcome: str, answered: str, host: str, grade: Callable[[str], str], limits: Sequence[str] = ()
) -> ExportedAnswer:
    """Prepare an answer for export.

    ``host`` is the start of each link, ``grade`` returns the wording for a grade, and ``limits`` describes the filters.
    """
    notes = [answer.reason] if answer.reason else []
    notes += [f"Carried over from earlier questions: {', '.join(answer.carried_over)}."] if answer.carried_over else []
    notes += [f"Filters used: {', '.join(limits)}."] if limits else []
    statements = tuple(_export_statement(statement, answer, host, grade) for statement in answer.statements)
    return ExportedAnswer(answer.question, outcome, tuple(notes), statements, answered, answer.build)


def as_markdown(title: str, answers: Sequence[ExportedAnswer]) -> str:
    """Write answers in Markdown, with footnotes numbered from 1."""
    lines, footnotes = [f"# {_plain(title)}", ""], list[str]()
    for answer in answers:
        notes = _plain(" ".join(answer.notes))
        lines += [f"## {_plain(answer.question)}", "", f"**{answer.outcome}.** {notes}".rstrip(), ""]
        for statement in answer.statements:
            reference = statement.reference
            footnotes.append(f"[^{len(footnotes) + 1}]: {_plain(reference.text)}. <{reference.link}>")
            mark = "> " if statement.quoted else "- "
            lines += [f"{mark}{_plain(_with_quotation_marks(statement))}[^{len(footnotes)}]", ""]
        lines += [f"*{_footer(answer)}*", ""]
    return "\n".join([*lines, *footnotes]) + "\n"


def as_csv(answers: Sequence[ExportedAnswer]) -> str:
    """Write answers as a table with one row for each statement. An answer without statements has one row."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(_COLUMNS)
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)  # in some countries a semicolon separates cells
    for answer in answers:
        start, end = (answer.question, answer.outcome), (" ".join(answer.notes), answer.answered, answer.build)
        for statement in answer.statements:
            ref = statement.reference
            middle = (statement.text, ref.report, ref.authority, ref.date, ref.page, ref.paragraph, ref.link)
            writer.writerow(map(_cell, (*start, *middle, *end)))
        if not answer.statements:
            writer.writerow(map(_cell, (*start, *[""] * 7, *end)))
    return "\ufeff" + buffer.getvalue()  # Excel recognises UTF-8 by this mark


def as_word(title: str, answers: Sequence[ExportedAnswer]) -> bytes:
    """Write answers as a Word document with real footnotes."""
    paragraphs = [Paragraph("Title", (Run(title),))]
    for answer in answers:
        paragraphs.append(Paragraph("Heading 1", (Run(answer.question),)))
        paragraphs.append(Paragraph("Normal", (Run(f"{answer.outcome}. ", bold=True), Run(" ".join(answer.notes)))))
        for statement in answer.statements:
            style = "Quote" if statement.quoted else "List Bullet"
            text = Run(_with_quotation_marks(statement))
            paragraphs.append(Paragraph(style, (text,), Footnote(str(statement.reference))))
        paragraphs.append(Paragraph("Normal", (Run(_footer(answer), italic=True),)))
    return document(paragraphs)


def _export_statement(
    statement: Statement, answer: Answer, host: str, grade: Callable[[str], str]
) -> ExportedStatement:
    reference = Reference.build(answer.citations[statement.citations[0] - 1], statement, host)
    judgement = statement.judgement
    if statement.kind is StatementKind.FINDING and judgement is not None:
        return ExportedStatement(f"{judgement.area}: {grade(judgement.grade)}", quoted=False, reference=reference)
    return ExportedStatement(statement.text, quoted=True, reference=reference)


def _with_quotation_marks(statement: ExportedStatement) -> str:
    return quoted(statement.text) if statement.quoted else statement.text


def _footer(answer: ExportedAnswer) -> str:
    return f"Answered on {answer.answered} from build {answer.build} of the index. Quotes are word for word."


def _plain(text: str) -> str:
    """Put a text on one line and escape it, so that Markdown shows it as plain text."""
    line = " ".join(_without_controls(text).split())
    for sign in _SIGNS:
        line = line.replace(sign, f"\\{sign}")
    return _OPENS.sub(r"\1\\\2", line)


def _cell(text: str) -> str:
    """Start a cell with an apostrophe if a spreadsheet would read its text as a formula."""
    first = next((sign for sign in text if unicodedata.category(sign) not in _UNSEEN), "")
    is_formula = unicodedata.normalize("NFKC", first).startswith(_FORMULA) or text.startswith(("\t", "\r"))
    return f"'{_without_controls(text)}" if is_formula else _without_controls(text)


def _without_controls(text: str) -> str:
    """Remove control characters, which a terminal would obey, and lone surrogates, which cannot be encoded."""
    kept = (
        sign if sign in "\t\n\r" or unicodedata.category(sign) not in ("Cc", "Cs") else " " if sign.isspace() else ""
        for sign in text
    )
    return "".join(kept)
