"""Takes Markdown and plain text from the file itself, without the reader's rules for paragraphs and lists."""

from __future__ import annotations

import html
import re
from pathlib import Path

from corpus.witness import Witness

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]")
"""The end of a link: its target or the name of its target."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(
    r"[*`\[\]|]|!(?=\[)|~~|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|^[ \t]*(?:#+|>+|[-+])[ \t]|\\$", re.MULTILINE
)
"""Signs that Markdown does not print. An underscore within a word is no sign."""


def open_text(path: Path) -> Witness:
    """Open a text file. Raises UnicodeDecodeError if it is in no encoding that Windows or a browser uses."""
    text = _text(path)
    return Witness(lambda _number: text)


def open_markdown(path: Path) -> Witness:
    """Open a Markdown file, and leave out its signs. Raises UnicodeDecodeError as :func:`open_text` does."""
    text = _TAG.sub("", _COMMENT.sub("", _text(path)))
    text = _MARKS.sub("", _LINK.sub("", _ESCAPED.sub(lambda sign: f"&#{ord(sign[1])};", text)))
    printed = html.unescape(text)
    return Witness(lambda _number: printed)


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252")
