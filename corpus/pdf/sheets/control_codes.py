"""Replaces control codes in the text of a PDF page. They stand for letters that the font has no character for."""

from __future__ import annotations

import re
import unicodedata

from corpus.english import is_english

UNKNOWN = "\ufffd"
_CODES = re.compile(r"[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control codes that PDFium does not use itself. It uses \\x02 for a hyphen at the end of a line."""
_LIGATURES = dict(zip("\x1b\x1c\x1d\x1e\x1f", "\ufb00\ufb01\ufb02\ufb03\ufb04", strict=True))
"""The codes of "ff", "fi", "fl", "ffi" and "ffl" in the T1 (Cork) encoding of TeX's fonts, TUGboat 11 (1990)."""
_SIGNS = {code: sign for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))} | {0x88: "•"}
"""The signs that codes from 0x80 stand for in Windows-1252. Browsers show the same signs (WHATWG Encoding). TeX's TS1
fonts have their bullet at 0x88, where Windows-1252 has an accent without a letter."""
_WORD = re.compile(r"[^\W\d_]*(?:[\x1b-\x1f][^\W\d_]*)+")
_TRUSTED = 0.8
"""At least this share of a page's words with ligatures must be English words. Chosen by eye."""


def without_control_codes(text: str) -> str:
    """Return a text of the same length in which each control code is a ligature, a sign or the mark for “unknown”.

    We read the codes as ligatures if nearly all words with them then become English words.
    """
    if not _CODES.search(text):
        return text
    words = [_with_ligatures(word.group()) for word in _WORD.finditer(text)]
    known = sum(is_english(_spelt_out(word)) for word in words)
    if words and known >= _TRUSTED * len(words):
        text = _with_ligatures(text)
    return _CODES.sub(UNKNOWN, text.translate(_SIGNS))


def _with_ligatures(text: str) -> str:
    return "".join(_LIGATURES.get(character, character) for character in text)


def _spelt_out(word: str) -> str:
    return unicodedata.normalize("NFKC", word).lower()
