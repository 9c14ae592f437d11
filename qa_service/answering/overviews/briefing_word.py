"""A briefing as a Word document, with a footnote for each statement."""

from __future__ import annotations

from corpus.dates import in_words
from qa_service.answering.overviews.briefing import Briefing, BriefingLine
from qa_service.export.docx_footnotes import Footnote, Paragraph, Run, document
from qa_service.export.references import Reference, quoted
from qa_service.types import StatementKind
from qa_service.wording import READINGS

HOW_MADE = (
    "Everything in this briefing is from inspection reports. When we made it, we found each quote word for word on its "
    "page, and each grade in its report. A trained model decided which sentences praise and which criticise, so read "
    "them in the report before you use them."
)
HOW_PROVED = (
    "To prove every statement again, save the manifest of this briefing. Then run “qa-service verify-citations” with "
    "the manifest and the files of the reports."
)


def as_word(briefing: Briefing, host: str) -> bytes:
    """Return the bytes of a .docx file. ``host`` is the start of each link, or empty for no links."""
    paragraphs = [
        Paragraph("Title", (Run(briefing.title),)),
        Paragraph("Normal", (Run(f"Made on {in_words(briefing.made)}. {HOW_MADE}", italic=True),)),
    ]
    for section in briefing.sections:
        paragraphs.append(Paragraph("Heading 1", (Run(section.heading),)))
        paragraphs += [_line(line, host) for line in section.lines]
    paragraphs.append(Paragraph("Normal", (Run(f"{HOW_PROVED} Build {briefing.answer.build}.", italic=True),)))
    return document(paragraphs)


def line_text(line: BriefingLine) -> str:
    """Return a statement as a briefing prints it: a quote is in quotation marks, and a grade is not."""
    is_quote = line.statement.kind is StatementKind.QUOTE
    return quoted(line.statement.text) if is_quote else line.statement.text


def _line(line: BriefingLine, host: str) -> Paragraph:
    note = READINGS[line.statement.reading]
    notes = (Run(f" ({note})", italic=True),) if note else ()
    reference = Reference.build(line.citation, line.statement, host)
    return Paragraph(
        "List Bullet", (Run(f"{line.lead}: ", bold=True), Run(line_text(line)), *notes), Footnote(str(reference))
    )
