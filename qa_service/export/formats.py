"""Answers to take away: as Markdown, CSV or Word, each sentence with a footnote that says where it stands.

One style of reference for all: report, authority, date, page, paragraph, link.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.dates import in_words
from corpus.types import Report
from qa_service.addresses import quote_url
from qa_service.export.docx_footnotes import Footnote, Paragraph, Run, document
from qa_service.types import Answer, Statement, StatementKind

_FORMULA = ("=", "+", "-", "@", "\u2212")
"""What a formula begins with, in whatever width; the last is the minus of typesetters."""
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Characters that do not keep a spreadsheet from seeing what follows them."""
_SIGNS = "\\`*_[]<>#|~&$"
_OPENS = re.compile(r"^(\d*)([-+=.)])")
"""What opens a list, or underlines a heading, at a line's beginning."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a sentence stands."""

    report: str
    authority: str
    date: str
    page: str
    paragraph: str
    link: str

    @property
    def words(self) -> str:
        """The reference without its link."""
        place = f"page {self.page}" + (f", paragraph {self.paragraph}" if self.paragraph else "")
        named = self.authority if self.authority and self.authority not in self.report else ""
        return ", ".join(part for part in (self.report, named, self.date, place) if part)

    def __str__(self) -> str:
        return f"{self.words}. {self.link}"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or grade of an answer, with where it stands."""

    text: str
    quoted: bool
    reference: Reference


@dataclass(frozen=True, slots=True)
class Exported:
    """A question and what the reports say to it, to be set in any format."""

    question: str
    outcome: str
    """The answer's heading, as the page has it."""
    notes: tuple[str, ...]
    """What is to be known with it: the reason, what it was limited to, what was carried over or taken off."""
    said: tuple[Said, ...]
    answered: str
    """The day on which the answer was found, in words."""
    build: str


def exported(
    answer: Answer, outcome: str, answered: str, host: str, grade: Callable[[str], str], limits: Sequence[str] = ()
) -> Exported:
    """An answer as it is taken away; ``host`` begins the links, ``grade`` words a grade, ``limits`` tells filters."""
    notes = [answer.reason] if answer.reason else []
    notes += [f"Carried over from earlier: {', '.join(answer.carried_over)}."] if answer.carried_over else []
    notes += [f"Searched with filters: {', '.join(limits)}."] if limits else []
    said = tuple(_said(statement, answer, host, grade) for statement in answer.statements)
    return Exported(answer.question, outcome, tuple(notes), said, answered, answer.build)


def as_markdown(title: str, turns: Sequence[Exported]) -> str:
    """The answers with footnotes, numbered through."""
    lines, notes = [f"# {_plain(title)}", ""], list[str]()
    for turn in turns:
        lines += [f"## {_plain(turn.question)}", "", f"**{turn.outcome}.** {_plain(' '.join(turn.notes))}".rstrip(), ""]
        for said in turn.said:
            notes.append(f"[^{len(notes) + 1}]: {_plain(said.reference.words)}. <{said.reference.link}>")
            lines += [f"{'> ' if said.quoted else '- '}{_plain(_marked(said))}[^{len(notes)}]", ""]
        lines += [f"*{_found(turn)}*", ""]
    return "\n".join([*lines, *notes]) + "\n"


def as_csv(turns: Sequence[Exported]) -> str:
    """The answers as a table, a sentence a row."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow(
        [
            "Question",
            "Outcome",
            "Text",
            "Report",
            "Authority",
            "Date",
            "Page",
            "Paragraph",
            "Link",
            "Note",
            "Answered",
            "Build",
        ]
    )
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)  # in other countries a semicolon would end a cell
    for turn in turns:
        note = " ".join(turn.notes)
        for said in turn.said:
            at = said.reference
            cells = (turn.question, turn.outcome, said.text, at.report, at.authority, at.date, at.page, at.paragraph)
            writer.writerow(map(_cell, (*cells, at.link, note, turn.answered, turn.build)))
        if not turn.said:
            writer.writerow(map(_cell, (turn.question, turn.outcome, *[""] * 7, note, turn.answered, turn.build)))
    return "\ufeff" + buffer.getvalue()  # the mark by which Excel knows UTF-8


def as_word(title: str, turns: Sequence[Exported]) -> bytes:
    """The answers as a Word document with true footnotes."""
    paragraphs = [Paragraph("Title", (Run(title),))]
    for turn in turns:
        paragraphs.append(Paragraph("Heading 1", (Run(turn.question),)))
        paragraphs.append(Paragraph("Normal", (Run(f"{turn.outcome}. ", bold=True), Run(" ".join(turn.notes)))))
        for said in turn.said:
            style = "Quote" if said.quoted else "List Bullet"
            paragraphs.append(Paragraph(style, (Run(_marked(said)),), Footnote(str(said.reference))))
        paragraphs.append(Paragraph("Normal", (Run(_found(turn), italic=True),)))
    return document(paragraphs)


def _said(statement: Statement, answer: Answer, host: str, grade: Callable[[str], str]) -> Said:
    citation = answer.citations[statement.citations[0] - 1]
    report = citation.report
    judgement = statement.judgement
    if statement.kind is StatementKind.FINDING and judgement is not None:
        text, page, label = f"{judgement.area}: {grade(judgement.grade)}", judgement.page, None
    else:
        text, page, label = statement.text, statement.quotes[0].page, citation.scored.passage.label
    pages = dict.fromkeys([page, *(quote.page for quote in statement.quotes)])
    reference = Reference(
        report=report.title,
        authority=report.authority or "",
        date=_date(report),
        page=" and ".join(map(str, pages)),
        paragraph=label or "",
        link=host.rstrip("/") + quote_url(statement.quotes[0], citation),
    )
    return Said(text, statement.kind is StatementKind.QUOTE, reference)


def _date(report: Report) -> str:
    """The inspection's last day, else the day of publication, in words."""
    if day := report.inspected_to or report.inspected_from:
        return f"inspected {in_words(day)}"
    return f"published {in_words(report.published)}" if report.published else "no date printed"


def _marked(said: Said) -> str:
    if not said.quoted:
        return said.text
    return f"‘{said.text}’" if said.text.startswith("“") else f"“{said.text}”"


def _found(turn: Exported) -> str:
    return f"Found on {turn.answered}, in build {turn.build} of the index. Quotations are word for word."


def _plain(text: str) -> str:
    """One line that Markdown takes for text and nothing else."""
    line = " ".join(_written(text).split())
    for sign in _SIGNS:
        line = line.replace(sign, f"\\{sign}")
    return _OPENS.sub(r"\1\\\2", line)


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    first = next((sign for sign in text if unicodedata.category(sign) not in _UNSEEN), "")
    begun = unicodedata.normalize("NFKC", first).startswith(_FORMULA) or text.startswith(("\t", "\r"))
    return f"'{_written(text)}" if begun else _written(text)


def _written(text: str) -> str:
    """A text without control characters, which a terminal obeys, and halves of characters, which no file can hold."""
    kept = (
        sign if sign in "\t\n\r" or unicodedata.category(sign) not in ("Cc", "Cs") else " " if sign.isspace() else ""
        for sign in text
    )
    return "".join(kept)
