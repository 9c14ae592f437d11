"""Replaces the characters in a question with the letters that a reader sees.

A name typed in full-width, accented, look-alike or hidden characters must still count as that name. Otherwise, a
question about one authority could be answered from reports on other authorities.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
"""Terminal colour codes."""
_REVERSED = re.compile("\u202e([^\u202c]*)\u202c?")
"""Text that is shown from right to left."""
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Co", "Cs", "Cn"})
"""Unicode categories of characters that are not visible on their own, such as accents and joiners."""
_BLANK = frozenset({"Cc", "No"})
"""Unicode categories of characters that separate words: control characters, and circled or superscript numbers."""
_CYRILLIC = ("аеорсхуіѕјһԁԛԝАВЕКМНОРСТХІЅЈ", "aeopcxyisjhdqwABEKMHOPCTXISJ")
_GREEK = ("αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeiknoptuxABEZHIKMNOPTYX")
_LOOK_ALIKE = str.maketrans(
    {**dict(zip(*_CYRILLIC, strict=True)), **dict(zip(*_GREEK, strict=True)), "ı": "i", "ß": "ss"}
)


def normalised(text: str) -> str:
    """Return a text in the letters that a reader sees on the screen. Ordinary text is unchanged."""
    if text.isascii() and text.replace("\n", " ").replace("\t", " ").isprintable():
        return text
    text = _ESCAPES.sub(" ", text)
    text = _REVERSED.sub(lambda match: match[1][::-1], text)
    visible: list[str] = []
    for character in text:
        if unicodedata.category(character) in _BLANK and character not in "\n\t":
            visible.append(" ")
        else:
            parts = unicodedata.normalize("NFKD", character)
            visible += [part for part in parts if unicodedata.category(part) not in _UNSEEN]
    return unicodedata.normalize("NFC", "".join(visible).translate(_LOOK_ALIKE))
