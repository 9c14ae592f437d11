"""Takes Markdown and plain text from the file itself, without the reader's rules for paragraphs and lists."""

from __future__ import annotations

import html
import re
from pathlib import Path

from corpus.html.shown import marks_of_page
from corpus.note_marks import is_note_mark
from corpus.witness.second_reading import Witness

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STRUCK = re.compile(r"(?<![~\\])~~(?![~\s])(?:(?!~~|\n[ \t]*\n).)+~~(?!~)", re.DOTALL)
_RAISED = re.compile(r"<sup\b[^<>]*>((?:[^<>]|</?a\b[^<>]*>){1,40})</sup>", re.IGNORECASE)
_NOTE_LINK = re.compile(r"<a\b[^<>]*(?:\bhref\s*=\s*[\"']?#|doc-noteref)|\]\(#", re.IGNORECASE)
_QUOTATION = re.compile(r"<(/?)q\b[^<>]*>", re.IGNORECASE)
_BEFORE = 40
"""Number of characters before a raised sign that decide whether it is the mark of a note."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\]\([^()\n]*\)|\]\[[^\[\]\n]*\]")
"""The end of a link: its target or the name of its target."""
_TASK = re.compile(r"^([ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[([ xX])\](?=[ \t])", re.MULTILINE)
"""The box of a task in a list, which Markdown prints as it is."""
_NOTE = re.compile(r"(?<!\\)\[\^[^\]\s]{1,40}\]:?")
_STYLE = re.compile(r"(?<=\])\{[.#][^{}\n]{0,200}\}|[ \t]\{[.#][^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_RULED = re.compile(r"^\+[-=:+]+\+[ \t]*$", re.MULTILINE)
"""A line between the rows of a table."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(
    r"[*`\[\]|]|!(?=\[)|~~|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|^[ \t]*(?:#+|>+|[-+])[ \t]|\\$", re.MULTILINE
)
"""Signs that Markdown does not print. An underscore inside a word is not such a sign."""


def open_text(path: Path) -> Witness:
    """Open a text file. Raises UnicodeDecodeError if its encoding is not one that Windows or a browser uses."""
    text = _text(path)
    return Witness(lambda _number: text)


def open_markdown(path: Path) -> Witness:
    """Read a Markdown file, and leave out the signs that Markdown does not print.

    Raises UnicodeDecodeError as :func:`open_text` does.
    """
    bare = _RULED.sub("", _STYLE.sub("", _NOTE.sub("", _COMMENT.sub("", _text(path)))))
    shown = _TASK.sub(r"\1&#91;\2&#93;", _STRUCK.sub("", bare))
    opening, closing = marks_of_page(shown)
    quoted = _QUOTATION.sub(lambda tag: closing if tag[1] else opening, _RAISED.sub(_without_note_mark, shown))
    text = _TAG.sub("", quoted)
    text = _MARKS.sub("", _LINK.sub("", _ESCAPED.sub(lambda sign: f"&#{ord(sign[1])};", text)))
    printed = html.unescape(text)
    return Witness(lambda _number: printed)


def _without_note_mark(raised: re.Match[str]) -> str:
    """Return a raised sign as the file has it, or nothing if it is the mark of a note."""
    text, start, end = raised.string, raised.start(), raised.end()
    before = _MARKS.sub("", text[max(0, start - _BEFORE) : start].rsplit("\n\n", 1)[-1])
    linked = _NOTE_LINK.search(raised[1]) is not None
    if not is_note_mark(before, _MARKS.sub("", _LINK.sub("", _TAG.sub("", raised[1]))), linked=linked):
        return raised.group()
    return " " if text[end : end + 1].isalnum() else ""


def _text(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252")
