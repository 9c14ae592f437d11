"""Fonts, paragraph styles and table styles of the PDF samples."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.colors import black, whitesmoke
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import TableStyle

FONT_FOLDER = Path("/usr/share/fonts/truetype/liberation")
FACES = {"Sample": "LiberationSans-Regular.ttf", "Sample-Bold": "LiberationSans-Bold.ttf"}


def register_fonts() -> tuple[str, str]:
    """Register Liberation Sans, and return the names of its two faces.

    If it is missing, return the names for Helvetica.
    """
    if not all((FONT_FOLDER / file).is_file() for file in FACES.values()):
        return "Helvetica", "Helvetica-Bold"
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, str(FONT_FOLDER / file)))
    pdfmetrics.registerFontFamily("Sample", normal="Sample", bold="Sample-Bold")
    return "Sample", "Sample-Bold"


def bullet_sign() -> str:
    """Return the bullet for list items: a black square, or a round bullet in Helvetica, which has no black square."""
    return "\u25a0" if "Sample" in pdfmetrics.getRegisteredFontNames() else "\u2022"


def paragraph_styles() -> dict[str, ParagraphStyle]:
    """Return the style of each kind of block."""
    plain, bold = register_fonts()
    body = ParagraphStyle(
        "paragraph", fontName=plain, fontSize=12, leading=15, spaceAfter=9, bulletFontName=plain, bulletFontSize=12
    )
    return {
        "plain": ParagraphStyle("plain", body, spaceAfter=0),
        "paragraph": body,
        "title": ParagraphStyle("title", body, fontSize=21, leading=26, spaceAfter=14),
        "strong": ParagraphStyle("strong", body, fontName=bold),
        "heading": ParagraphStyle(
            "heading", body, fontName=bold, fontSize=14, leading=18, spaceBefore=8, keepWithNext=1
        ),
        "subheading": ParagraphStyle("subheading", body, fontName=bold, spaceBefore=4, keepWithNext=1),
        "numbered": ParagraphStyle("numbered", body, leftIndent=34, bulletIndent=0, spaceAfter=11),
        "bullet": ParagraphStyle("bullet", body, leftIndent=18, bulletIndent=0, bulletFontSize=11, spaceAfter=7),
        "small": ParagraphStyle("small", body, fontSize=9.5, leading=12, spaceAfter=6),
        "cell": ParagraphStyle("cell", body, spaceAfter=0, fontSize=11.5, leading=14),
        "cell-bold": ParagraphStyle("cell-bold", body, fontName=bold, spaceAfter=0, fontSize=11.5, leading=14),
        "cell-sub": ParagraphStyle("cell-sub", body, spaceAfter=0, fontSize=11.5, leading=14, leftIndent=34),
    }


def table_style() -> TableStyle:
    """Return the style of a ruled table with a header row."""
    return TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.7, black),
            ("BACKGROUND", (0, 0), (-1, 0), whitesmoke),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
    )
