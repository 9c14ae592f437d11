"""Reads the text of a paragraph of a Word document as printed, without hidden text, struck-out text and commands.

A field has a command and a result, such as "PAGE" and "3". Only the result is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from corpus.word.package import W
from corpus.word.styles import Style, Styles
from corpus.word.symbols import in_font, symbol
from corpus.word.tree import M, content, number, switch, value

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_SPACES = frozenset(f"{W}{name}" for name in ("tab", "ptab", "br", "cr"))
_NOTE_REFERENCES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_FILES = (f"{W}altChunk", f"{W}subDoc")
_PLAIN_FORMULA = frozenset(f"{M}{name}" for name in ("oMath", "oMathPara", "oMathParaPr", "jc", "r", "rPr", "sty", "t"))
"""The elements of a formula that is one line of characters, such as "5 ≥ 3"."""
_IN_FIELDS = tuple(f"{W}{name}" for name in ("fldChar", "t", "sym", "noBreakHyphen"))
_DELETED = (f"{W}del", f"{W}moveFrom")
_MOST_NESTED = 20
"""Maximum number of fields that are nested in each other."""


class Notice(StrEnum):
    """A warning about a Word document. The value of each member is the text of the warning."""

    CHANGES = (
        "The file has tracked changes, and its text was read as if all of them were accepted. "
        "Accept or reject them in Word, and add the new file."
    )
    HIDDEN = "Hidden text was left out. If it is part of the report, show it in Word, and add the new file."
    PROMPT = "The prompt of a field that was not filled in was left out. If it is part of the report, type it as text."
    STRUCK = "Text that is struck out was left out. Compare the report's text with the file."
    FORMULA = "A formula was left out. Compare the report's text with the file."
    DRAWING = "The words in a chart or diagram were left out. Compare the report's text with the file."
    SYMBOL = "A symbol of an unusual font could not be read. Compare the report's text with the file."
    NUMBER = "The number of a list item could not be written in words. Compare the report's text with the file."
    INSERTED = "Another file inside this one could not be read. Open it in Word, save it again, and add the new file."


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The place where a paragraph refers to a note."""

    kind: str
    """The part that contains the note: "footnotes" or "endnotes"."""
    id: str


@dataclass(slots=True)
class Words:
    """The words read so far from one paragraph, or from several that are printed as one."""

    text: str = ""
    bold: bool | None = None
    """True if all words are bold. None if there are no words."""
    boxes: list[etree._Element] = field(default_factory=list)
    """The contents of the text boxes that are anchored in the paragraph."""
    notes: list[NoteReference] = field(default_factory=list)
    notices: set[Notice] = field(default_factory=set)

    def add(self, text: str, bold: bool) -> None:
        """Add the text of a run."""
        self.text += text
        if text.strip():
            self.bold = bold and self.bold is not False


def commands(root: etree._Element) -> frozenset[etree._Element]:
    """Return the elements with text that belong to the command of a field.

    A command may contain fields of its own. We do not treat a field without an end as a field. Otherwise it would hide
    the rest of the text.
    """
    found: set[etree._Element] = set()
    open_fields: list[tuple[bool, list[etree._Element]]] = []
    for element in root.iter(*_IN_FIELDS):
        if next(element.iterancestors(*_DELETED), None) is not None:
            continue
        kind = value(element, "fldCharType") if element.tag == f"{W}fldChar" else None
        if kind == "begin":
            open_fields = [*open_fields, (True, [])][-_MOST_NESTED:]
        elif kind == "separate" and open_fields:
            open_fields[-1] = (False, open_fields[-1][1])
        elif kind == "end" and open_fields:
            found.update(open_fields.pop()[1])
        elif kind is None:
            for _, inside in (one for one in open_fields if one[0]):
                inside.append(element)
    return frozenset(found)


def words_of(
    paragraphs: Sequence[etree._Element], styles: Styles, style: tuple[Style, ...], left_out: frozenset[etree._Element]
) -> Words:
    """Read paragraphs that are printed as one, with the style of the last.

    ``left_out`` contains the commands of fields.
    """
    words = Words()
    for paragraph in paragraphs:
        for child in content(paragraph):
            if child.tag == f"{W}r":
                _add_run(words, child, styles, style, left_out)
            elif child.tag.startswith(M):
                _add_formula(words, child)
            elif child.tag in _FILES:
                words.notices.add(Notice.INSERTED)
    return words


def _add_run(
    words: Words, run: etree._Element, styles: Styles, style: tuple[Style, ...], left_out: frozenset[etree._Element]
) -> None:
    properties = run.find(f"{W}rPr")
    text = _shown(words, run, styles, style, left_out)
    if text is None:
        return
    plain = tuple(one for one in style if one.id != styles.usual)
    words.add(text, styles.is_on("b", properties, plain))
    words.boxes += _boxes(run)
    words.notes += [
        NoteReference(_NOTE_REFERENCES[one.tag], value(one, "id") or "") for one in run.iterchildren(*_NOTE_REFERENCES)
    ]


def _shown(
    words: Words, run: etree._Element, styles: Styles, style: tuple[Style, ...], left_out: frozenset[etree._Element]
) -> str | None:
    """Return the text of a run, or None if the run is hidden or struck out."""
    properties = run.find(f"{W}rPr")
    text = "".join(_printed(words, run, styles, style, left_out))
    for name, notice in (("vanish", Notice.HIDDEN), ("strike", Notice.STRUCK), ("dstrike", Notice.STRUCK)):
        if styles.is_on(name, properties, style):
            if text.strip():
                words.notices.add(notice)
            return None
    return text


def _printed(
    words: Words, run: etree._Element, styles: Styles, style: tuple[Style, ...], left_out: frozenset[etree._Element]
) -> Iterator[str]:
    properties = run.find(f"{W}rPr")
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    for child in content(run):
        if child in left_out:
            continue
        if child.tag == f"{W}t":
            text, unknown = in_font(value(fonts, "ascii"), child.text or "")
            words.notices |= {Notice.SYMBOL} if unknown else set()
            yield text
        elif child.tag == f"{W}sym":
            code = value(child, "char") or ""
            shape = symbol(value(child, "font"), int(code, 16)) if _is_hexadecimal(code) else None
            words.notices |= set() if shape else {Notice.SYMBOL}
            yield shape or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        elif child.tag == f"{W}fldChar":
            yield _selected(child)
        elif child.tag == f"{W}r":  # East Asian characters; ``content`` leaves out the guide to their sound
            yield _shown(words, child, styles, style, left_out) or ""
        elif next(child.iter(_DIAGRAM, _CHART), None) is not None:
            words.notices.add(Notice.DRAWING)


def _is_hexadecimal(code: str) -> bool:
    return 0 < len(code) <= len("F0FC") and all(digit in "0123456789abcdefABCDEF" for digit in code)


def _selected(begin: etree._Element) -> str:
    """Return what a form shows for a list of choices or a box to tick.

    Return nothing for any element except the first one of the field.
    """
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = switch(box, "checked")
        return "☒" if (switch(box, "default") if checked is None else checked) else "☐"
    choices = begin.find(f"{W}ffData/{W}ddList")
    entries = [] if choices is None else choices.findall(f"{W}listEntry")
    if choices is None or not entries:
        return ""
    chosen = number(value(choices.find(f"{W}result"))) or number(value(choices.find(f"{W}default"))) or 0
    return value(entries[min(max(chosen, 0), len(entries) - 1)]) or ""


def _add_formula(words: Words, formula: etree._Element) -> None:
    """Add a formula if it is one line of characters.

    The meaning of any other depends on its layout, as in a fraction.
    """
    if any(element.tag not in _PLAIN_FORMULA and element.tag.startswith(M) for element in formula.iter(etree.Element)):
        words.notices.add(Notice.FORMULA)
        return
    words.add("".join(element.text or "" for element in formula.iter(f"{M}t")), bold=False)


def _boxes(run: etree._Element) -> Iterator[etree._Element]:
    """Yield the content of each text box in a run. A box inside another box belongs to the paragraphs of that box."""
    for child in content(run):
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag not in (f"{W}t", f"{W}rPr"):
            yield from _boxes(child)
