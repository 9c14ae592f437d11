"""A question as it looks to whoever reads it: the same letters, whatever they are made of.

An authority that is named in full-width, accented, look-alike or hidden characters is named all the same; taken for a
word that nobody knows, the question would be answered from others' reports.
"""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
"""What colours a terminal."""
_REVERSED = re.compile("\u202e([^\u202c]*)\u202c?")
"""Shown from right to left."""
_UNSEEN = frozenset({"Mn", "Me", "Cf", "Co", "Cs", "Cn"})
"""Categories of characters that are not seen by themselves: marks on letters, joiners, what stands for nothing."""
_BLANK = frozenset({"Cc", "No"})
"""Controls, and numbers in circles or raised: they part words."""
_CYRILLIC = ("аеорсхуіѕјһԁԛԝАВЕКМНОРСТХІЅЈ", "aeopcxyisjhdqwABEKMHOPCTXISJ")
_GREEK = ("αεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeiknoptuxABEZHIKMNOPTYX")
_LOOK_ALIKE = str.maketrans(
    {**dict(zip(*_CYRILLIC, strict=True)), **dict(zip(*_GREEK, strict=True)), "ı": "i", "ß": "ss"}
)


def plain(text: str) -> str:
    """A text in the letters that it seems to be written in; ordinary text stays as it is."""
    if text.isascii() and text.replace("\n", " ").replace("\t", " ").isprintable():
        return text
    text = _ESCAPES.sub(" ", text)
    text = _REVERSED.sub(lambda match: match[1][::-1], text)
    seen: list[str] = []
    for character in text:
        if unicodedata.category(character) in _BLANK and character not in "\n\t":
            seen.append(" ")
        else:
            parts = unicodedata.normalize("NFKD", character)
            seen += [part for part in parts if unicodedata.category(part) not in _UNSEEN]
    return unicodedata.normalize("NFC", "".join(seen).translate(_LOOK_ALIKE))
