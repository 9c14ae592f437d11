"""Lays out a sample report as an A4 PDF with numbered paragraphs, ruled tables, and a footer from the second page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tools.samples.pdf_style import bullet_sign, paragraph_styles, table_style
from tools.samples.wording import LICENCE, NOTICE

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

    from tools.samples.source import Block, Source

MARGIN = 2.5 * cm
WIDTH = A4[0] - 2 * MARGIN


def write_pdf(source: Source, path: Path) -> None:
    """Write the report to `path`. The same source always produces the same bytes."""
    styles = paragraph_styles()
    story = _opening(source, styles)
    for block in source.blocks:
        story += _flowables(block, styles)
    document = SimpleDocTemplate(
        str(path),
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=2.3 * cm,
        bottomMargin=2.6 * cm,
        title=source.get("title"),
        author="Sample reports",
        invariant=1,
    )

    def foot(canvas: Canvas, _document: SimpleDocTemplate) -> None:
        _draw_foot(canvas, source.lines("footer"), styles["plain"].fontName)

    document.build(story, onFirstPage=_no_foot, onLaterPages=foot)


def _no_foot(_canvas: Canvas, _document: SimpleDocTemplate) -> None:
    """Draw nothing, because the first page of a report has no footer."""


def _draw_foot(canvas: Canvas, lines: list[str], font: str) -> None:
    """Draw the rule, the lines of the footer and the page number."""
    canvas.saveState()
    if lines:
        canvas.setLineWidth(0.6)
        canvas.line(MARGIN, 2.1 * cm, A4[0] - MARGIN, 2.1 * cm)
    canvas.setFont(font, 8.5)
    for row, line in enumerate(lines):
        canvas.drawString(MARGIN, 1.7 * cm - row * 11, line)
    canvas.setFont(font, 12)
    canvas.drawRightString(A4[0] - MARGIN, (1.7 * cm - 11) if lines else 1.5 * cm, str(canvas.getPageNumber()))
    canvas.restoreState()


def _opening(source: Source, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    """Lay out the part above the body: a letter's addresses, or a report's title, dates and inspector."""
    if source.get("layout") == "letter":
        return _letter_opening(source, styles)
    story: list[Flowable] = []
    if source.get("kicker"):
        story += [Paragraph(source.get("kicker"), styles["small"]), Spacer(1, 22)]
    story.append(Paragraph(source.get("title"), styles["title"]))
    story += [Paragraph(line, styles["strong"]) for line in source.lines("subtitle")]
    for line in source.lines("facts"):
        label, _, value = line.partition(": ")
        story.append(Paragraph(f"<b>{label}:</b> {value}", styles["paragraph"]))
    return story


def _letter_opening(source: Source, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    """Lay out a letter's sender, date, addressee, salutation and subject."""
    story: list[Flowable] = []
    for key in ("sender", "date", "address"):
        style = styles["small"].clone("tight", spaceAfter=0) if key == "sender" else styles["plain"]
        story += [Paragraph(line, style) for line in source.lines(key)]
        story.append(Spacer(1, 20))
    story.append(Paragraph(source.get("dear"), styles["paragraph"]))
    story.append(Paragraph(source.get("title"), styles["heading"]))
    return story


def _flowables(block: Block, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    """Lay out one block of the body."""
    if block.kind == "table":
        return [_table(block, styles), Spacer(1, 12)]
    if block.kind == "command":
        return _command(block.text, styles)
    if block.kind == "numbered":
        return [Paragraph(block.text, styles["numbered"], bulletText=f"{block.number}.")]
    if block.kind == "bullet":
        return [Paragraph(block.text, styles["bullet"], bulletText=bullet_sign())]
    return [Paragraph(block.text, styles[block.kind])]


def _table(block: Block, styles: dict[str, ParagraphStyle]) -> Table:
    """Lay out a table with its first row in bold. A row marked `>` is indented."""
    rows = []
    for index, row in enumerate(block.rows):
        first = "cell-bold" if index == 0 or row[0][:1].isdigit() else "cell"
        first = "cell-sub" if row[0].startswith(">") else first
        rest = "cell-bold" if index == 0 and not row[0][:1].isdigit() else "cell"
        names = [first] + [rest] * (len(row) - 1)
        rows.append([Paragraph(cell.lstrip("> "), styles[name]) for cell, name in zip(row, names, strict=True)])
    share = 1 / len(block.rows[0])
    widths = [0.58 * WIDTH, 0.42 * WIDTH] if len(block.rows[0]) == 2 else None
    return Table(rows, colWidths=widths or [share * WIDTH] * len(block.rows[0]), style=table_style(), hAlign="LEFT")


def _command(name: str, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    """Lay out a page break, or the closing page with the licence."""
    if name == "page":
        return [PageBreak()]
    if name == "notice":
        return [Spacer(1, 20), Paragraph(NOTICE, styles["small"])]
    if name == "licence":
        texts = [Paragraph(text, styles["small"]) for text in LICENCE]
        return [PageBreak(), Paragraph(f"<b>{NOTICE}</b>", styles["small"]), *texts]
    message = f"“={name}” is not a command. The commands are =page, =licence and =notice."
    raise ValueError(message)
