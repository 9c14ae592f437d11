"""Reads Word documents a second time, by rules of its own.

The reader of the index uses lxml and follows the structure of each part. This reader uses the parser of the standard
library, ignores namespaces, and goes through the text once. Tracked changes are accepted. Hidden and struck-out text is
left out. The text of boxes comes after their paragraph, and notes come at the end.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

from corpus.figures import is_figure
from corpus.witness.second_reading import Witness
from corpus.word.controls import OWN_PROMPT

_MAX_BYTES = 64 << 20
"""Size limit for one part of a document."""
_SKIPPED = frozenset(
    {
        "del", "moveFrom", "delText", "delInstrText", "instrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr",
        "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "ffData", "fldData", "rt", "rubyPr", "binData",
    }
)  # fmt: skip
"""Elements without printed text of their own."""
_OF_TABLES = ("tbl", "tr", "tc")
_UNKNOWN = "\ufffd"
"""Stands for a character or a number that this reader cannot determine."""
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "\u00ad",
    "sym": _UNKNOWN,
}
_LEVEL = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_IN_PROMPT = 100
"""Maximum number of elements in a control that shows only a prompt."""
_MOST = 3999
"""The largest number that we write in letters."""


def open_docx(path: Path) -> Witness:
    """Open a Word document. Raises any error of the ZIP or XML library, or ValueError if it has no main part."""
    with zipfile.ZipFile(path) as archive:
        text = _text(_Parts(archive))
    return Witness(lambda _number: text)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a document."""

    archive: zipfile.ZipFile

    def tree(self, name: str) -> ET.Element | None:
        """Return a part, or None if it does not exist. Raises ValueError if it is too large or declares entities."""
        names = {info.filename.lower(): info for info in self.archive.infolist()}
        info = names.get(name.lower().lstrip("/"))
        if info is None:
            return None
        if info.file_size > _MAX_BYTES:
            raise ValueError(f"{name} has {info.file_size >> 20} MB, which is over the limit of {_MAX_BYTES >> 20} MB")
        data = self.archive.read(info)
        plain = data.replace(b"\0", b"")  # in UTF-16, there is a zero in each character of a declaration
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise ValueError(f"{name} declares entities, which Word does not write")
        return ET.fromstring(data)  # noqa: S314 - it has no entities

    def main(self) -> str:
        """Return the name of the main part. Raises ValueError if there is none."""
        relations = self.tree("_rels/.rels")
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        raise ValueError("it has no main text")


def _text(parts: _Parts) -> str:
    main = parts.main()
    folder = main.rpartition("/")[0]
    document = parts.tree(main)
    body = None if document is None else next(_named(document, "body"), None)
    if body is None:
        raise ValueError("it has no main text")
    trees = {name: parts.tree(f"{folder}/{name}.xml") for name in ("styles", "numbering", "footnotes", "endnotes")}
    walk = _Walk(_Styles.read(trees["styles"]), _Numbers.read(trees["numbering"]))
    stories = [body]
    for kind in ("footnotes", "endnotes"):
        notes = trees[kind]
        stories += [] if notes is None else [note for note in notes if _attribute(note, "type") in (None, "normal")]
    return "\n".join("".join(walk.story(story)) for story in stories)


@dataclass(slots=True)
class _Styles:
    """For each style, its own properties and those of the styles that it is based on, nearest first."""

    chains: Mapping[str, list[ET.Element]]

    @classmethod
    def read(cls, root: ET.Element | None) -> _Styles:
        styles = {_attribute(s, "styleId") or "": s for s in (root if root is not None else ()) if _name(s) == "style"}
        chains: dict[str, list[ET.Element]] = {}
        for name in styles:
            chain: list[str] = []
            following: str | None = name
            while following in styles and following not in chain:
                chain.append(following)
                following = _value(styles[following], "basedOn")
            chains[name] = [styles[one] for one in chain]
        return cls(chains)

    def is_hidden(self, run: ET.Element, paragraph: str | None) -> bool:
        """Return whether a run is hidden or struck out."""
        properties = _child(run, "rPr")
        style = None if properties is None else _value(properties, "rStyle")
        sources = [] if properties is None else [properties]
        styles = [*self.chains.get(style or "", ()), *self.chains.get(paragraph or "", ())]
        sources += [inherited for one in styles if (inherited := _child(one, "rPr")) is not None]
        return any(_first_switch(sources, name) for name in ("vanish", "strike", "dstrike"))

    def numbering(self, style: str | None) -> Iterator[ET.Element]:
        """Yield the numbering properties of a style, nearest first."""
        for one in self.chains.get(style or "", ()):
            paragraph = _child(one, "pPr")
            numbering = None if paragraph is None else _child(paragraph, "numPr")
            if numbering is not None:
                yield numbering


@dataclass(slots=True)
class _Numbers:
    """Counts the automatic numbers of paragraphs."""

    levels: Mapping[str, Mapping[int, ET.Element]]
    """The levels of each list, by the list's id."""
    lists: Mapping[str, str]
    """The id of each list's definition, by the id of the list."""
    restarts: Mapping[str, Mapping[int, int]]
    """The numbers with which the levels of a list start, if the list does not continue another one."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: ET.Element | None) -> _Numbers:
        elements = list(root) if root is not None else []
        definitions = {
            _attribute(one, "abstractNumId") or "": {_int(_attribute(lvl, "ilvl")): lvl for lvl in _named(one, "lvl")}
            for one in elements
            if _name(one) == "abstractNum"
        }
        levels: dict[str, dict[int, ET.Element]] = {}
        lists: dict[str, str] = {}
        restarts: dict[str, dict[int, int]] = {}
        for one in elements:
            if _name(one) != "num":
                continue
            name, definition = _attribute(one, "numId") or "", _value(one, "abstractNumId") or ""
            levels[name], lists[name] = dict(definitions.get(definition, {})), definition
            for override in _named(one, "lvlOverride"):
                level = _int(_attribute(override, "ilvl"))
                if (start := _value(override, "startOverride")) is not None:
                    restarts.setdefault(name, {})[level] = _int(start)
                if (own := _child(override, "lvl")) is not None:
                    levels[name][level] = own
        return cls(levels, lists, restarts)

    def mark(self, name: str, level: int) -> str:
        """Count a paragraph, and return the text that is printed before it."""
        levels = self.levels.get(name, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(self.lists[name], {})
        if level in self.restarts.get(name, {}) and (name, level) not in self.started:
            self.started.add((name, level))
            counts[level] = self.restarts[name][level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = _int(_value(levels[level], "start") or "1")
        for deeper in [one for one in counts if one > level]:
            if _value(levels[deeper], "lvlRestart") != "0":
                del counts[deeper]
        for above in range(level):
            counts.setdefault(above, _int(_value(levels[above], "start") or "1") if above in levels else 1)
        if _value(levels[level], "numFmt") == "bullet":
            return "• "
        plain = _first_switch([levels[level]], "isLgl")

        def written(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            return _written(counts.get(at, 1), "decimal" if plain else _value(levels.get(at), "numFmt") or "decimal")

        return _LEVEL.sub(written, _value(levels[level], "lvlText") or "") + " "


@dataclass(slots=True)
class _Walk:
    """Walks through a story, which is the main text or a note, and yields its text."""

    styles: _Styles
    numbers: _Numbers
    fields: list[bool] = field(default_factory=list)
    """For each open field, True while we are in its command, before its result."""
    boxes: list[ET.Element] = field(default_factory=list)
    paragraph: str | None = None
    """Style of the current paragraph."""
    above: dict[int, str] = field(default_factory=dict)
    """The text of the last cell in each column of the current table."""
    column: int = 0
    """Number of the next cell's column."""

    def story(self, element: ET.Element) -> Iterator[str]:
        """Yield the text of a story from its start."""
        self.fields = []
        yield from self.inside(element)

    def inside(self, element: ET.Element) -> Iterator[str]:
        """Yield the text of an element's children."""
        for child in element:
            yield from self.of(child)

    def of(self, element: ET.Element) -> Iterator[str]:
        """Yield the text of an element."""
        name = _name(element)
        if name in _SKIPPED or self._is_prompt(element):
            return
        if name == "p":
            yield from self._paragraph(element)
        elif name == "r" and self.styles.is_hidden(element, self.paragraph):
            self._follow_fields(element)
        elif name == "AlternateContent":
            yield from self.inside(element[0]) if len(element) else ()
        elif name == "txbxContent":
            self.boxes.append(element)
        elif name == "fldChar":
            yield _box(element) if not any(self.fields) else ""
            self._field(_attribute(element, "fldCharType"))
        elif name == "t":
            yield (element.text or "") if not any(self.fields) else ""
        elif name in _SIGNS:
            yield _SIGNS[name] if not any(self.fields) else ""
        elif name in _OF_TABLES:
            yield from self._of_table(element, name)
        else:
            yield from self.inside(element)

    def _of_table(self, element: ET.Element, name: str) -> Iterator[str]:
        if name == "tc":
            yield f"{self._cell(element)}\t"
        elif name == "tr":
            self.column = self._first_column(element)
            yield from self.inside(element)
            yield "\n\n"
        else:
            outer, self.above = (self.above, self.column), {}
            yield from self.inside(element)
            self.above, self.column = outer

    @staticmethod
    def _first_column(row: ET.Element) -> int:
        properties = _child(row, "trPr")
        return _int(_value(properties, "gridBefore") or "0") if properties is not None else 0

    def _cell(self, element: ET.Element) -> str:
        """Return the text of a cell. A figure that goes over several rows is printed in each of them."""
        properties = _child(element, "tcPr")
        merged = None if properties is None else _child(properties, "vMerge")
        column = self.column
        text = "".join(self.inside(element))
        if merged is not None and _attribute(merged, "val") != "restart" and not text.strip():
            above = self.above.get(column, "")
            text = above if is_figure(above) else text
        else:
            self.above[column] = text
        self.column = column + (_int(_value(properties, "gridSpan") or "1") if properties is not None else 1)
        return text

    def _paragraph(self, element: ET.Element) -> Iterator[str]:
        properties = _child(element, "pPr")
        mark = None if properties is None else _child(properties, "rPr")
        style, before, outer = None, "", self.paragraph
        if properties is not None:
            style = _value(properties, "pStyle")
            before = self._number(properties, style)
        self.paragraph = style
        yield before
        yield from self.inside(element)
        if mark is None or _child(mark, "del") is None:  # a paragraph without an end continues in the next one
            yield "\n\n"
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.inside(box)
        self.paragraph = outer

    def _number(self, properties: ET.Element, style: str | None) -> str:
        own = _child(properties, "numPr")
        sources = [*([] if own is None else [own]), *self.styles.numbering(style)]
        name = next((found for one in sources if (found := _value(one, "numId")) is not None), None)
        level = next((found for one in sources if (found := _value(one, "ilvl")) is not None), None)
        if name is None:
            return ""
        if level is None and style is not None:
            of_style = (at for at, one in self.numbers.levels.get(name, {}).items() if _value(one, "pStyle") == style)
            return self.numbers.mark(name, next(of_style, 0))
        return self.numbers.mark(name, _int(level))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif kind == "separate" and self.fields:
            self.fields[-1] = False
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _follow_fields(self, run: ET.Element) -> None:
        for child in run:
            if _name(child) == "fldChar":
                self._field(_attribute(child, "fldCharType"))

    @staticmethod
    def _is_prompt(element: ET.Element) -> bool:
        """Return whether an element is a content control that only shows its prompt."""
        if _name(element) != "sdt":
            return False
        properties = _child(element, "sdtPr")
        if properties is not None and _first_switch([properties], "showingPlcHdr"):
            return True
        words = "".join(one.text or "" for one in islice(element.iter(), _MOST_IN_PROMPT) if _name(one) == "t")
        return OWN_PROMPT.fullmatch(" ".join(words.split())) is not None


def _box(start: ET.Element) -> str:
    """Return the box that a form field shows, or nothing if the field is not a box to tick."""
    box = next(_named(start, "checkBox"), None)
    if box is None:
        return ""
    name = "default" if _child(box, "checked") is None else "checked"
    return "☒" if _first_switch([box], name) else "☐"


def _written(number: int, form: str) -> str:
    if form in ("decimal", "none"):
        return str(number) if form == "decimal" else ""
    if form == "decimalZero":
        return f"{number:02}"
    written = _UNKNOWN
    if form in ("lowerLetter", "upperLetter") and 0 < number <= _MOST:
        written = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form in ("lowerRoman", "upperRoman") and 0 < number <= _MOST:
        written = ""
        for value, letters in _ROMAN:
            times, number = divmod(number, value)
            written += letters * times
    return written.upper() if form.startswith("upper") else written


def _name(element: ET.Element) -> str:
    """Return the name of an element without its namespace, because the strict form of Word's files has others."""
    return element.tag.rpartition("}")[2]


def _named(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (one for one in element.iter() if _name(one) == name)


def _child(element: ET.Element, name: str) -> ET.Element | None:
    return next((one for one in element if _name(one) == name), None)


def _attribute(element: ET.Element, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _value(element: ET.Element | None, name: str) -> str | None:
    child = None if element is None else _child(element, name)
    return None if child is None else _attribute(child, "val")


def _first_switch(sources: list[ET.Element], name: str) -> bool:
    """Return whether a switch is on in the first properties that have it. A switch without a value is on."""
    child = next((found for one in sources if (found := _child(one, name)) is not None), None)
    return child is not None and (_attribute(child, "val") or "true") not in ("0", "false", "off")


def _int(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdigit() and len(text) < 10 else 0
