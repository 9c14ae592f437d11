"""Replaces odd glyphs: the hyphens, ligatures, bullets and invisible characters of files."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LINE_BREAK_HYPHEN = "\ufffe"
"""The character that PDFium returns for a hyphen at the end of a line. PDFium then joins the next line to it."""
_BULLETS = "•◼■▪●○◦∙‣⁃−·"
_BULLET_START = re.compile(rf"^\s*(?:[{_BULLETS}\uf000-\uf0ff]|[-–—§Ø]\s|o\s(?=[a-z]))\s*")
"""A bullet, or the letter that replaces a bullet of one of Word's symbol fonts in other fonts."""
TICKS = "☐☑☒✓✔✗✘"
"""Boxes that are empty, ticked or crossed, ticks and crosses."""
_OPTION_STARTS = frozenset(f"{TICKS}❏❑")
_GLYPHS = {
    **dict.fromkeys((0x00AD, 0x200B, 0xFEFF, *range(0xF000, 0xF100))),  # soft hyphens, zero-width and private-use codes
    **dict.fromkeys((ord(LINE_BREAK_HYPHEN), 0x02), "-"),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)},  # ligatures
}
_ASCII_GLYPH = "\x02"
"""The only one of these glyphs that is an ASCII character."""
_GLYPH = re.compile(f"[{''.join(map(chr, _GLYPHS))}]")
_MINUS = re.compile(r"(?<=[^\W_])\u2212(?=[^\W\d_]|\s*$)")
"""A minus sign inside a word, which stands for a hyphen. R writes all hyphens in this way."""


@lru_cache(maxsize=4096)  # each step that reads a page cleans the same lines
def clean(text: str) -> str:
    """Return a line with plain spaces, plain hyphens, and no ligatures. A bullet at the start becomes "•"."""
    bullet = _BULLET_START.match(text)
    return clean_words(f"• {text[bullet.end() :]}" if bullet else text)


def clean_words(text: str) -> str:
    """Return a text with plain spaces, plain hyphens and no ligatures. A minus sign at the start is not a bullet."""
    if "\u2212" in text:
        text = _MINUS.sub("-", text)
    # Few lines have an odd glyph, and searching is ten times as fast as translating.
    if not (text.isascii() and _ASCII_GLYPH not in text) and _GLYPH.search(text):
        text = text.translate(_GLYPHS)
    return " ".join(text.split())


def is_bullet(text: str) -> bool:
    """Return whether a cleaned line starts with a bullet."""
    return text.startswith("• ") or text == "•"


def starts_option(text: str) -> bool:
    """Return whether a cleaned line starts with a tick or a box to tick, like the options of a form."""
    return text[:1] in _OPTION_STARTS
