"""Opens the parts of a Word document safely and within limits, with the same names for both kinds of OOXML.

A Word document is a ZIP archive of XML parts. They refer to each other by relations. Word writes two kinds:
transitional (ECMA-376) and strict (ISO 29500). In the parts that we read, only their namespaces differ. We change
strict names to transitional ones.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from corpus.errors import UnreadableReport

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "wordprocessingml/main": W.strip("{}"),
    "officeDocument/relationships": R.strip("{}"),
    "officeDocument/math": f"{_OFFICE}math",
    "drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "drawingml/diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "drawingml/wordprocessingDrawing": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
"""The transitional namespace for each strict one that we read. The start that all strict ones share is left out."""
_MAX_UNPACKED = 500 << 20
"""Maximum total size of a document's parts when unpacked, in bytes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another."""

    kind: str
    """The last word of its type: "styles", "footer", "aFChunk" and so on."""
    part: str
    """The name of the part that it refers to, without the first slash."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word document."""

    archive: zipfile.ZipFile
    names: Mapping[str, str]
    """The name of each part in the archive, by the name in lower case, because case does not matter in references."""
    types: Mapping[str, str]
    """The media type of each part, by "/" and the part's name, or by the ending of its name. All are in lower case."""

    @classmethod
    def open(cls, path: Path, archive: zipfile.ZipFile) -> Package:
        """Open an archive.

        Raises UnreadableReport if it unpacks to more data than any report would contain, and KeyError or an error of
        lxml if it does not give the types of its parts.
        """
        size = sum(part.file_size for part in archive.infolist())
        if size > _MAX_UNPACKED:
            reason = f"it unpacks to {size >> 20} MB, which is over the limit of {_MAX_UNPACKED >> 20} MB"
            raise UnreadableReport(path, reason, "Save a copy without its pictures, and add the copy.")
        types = etree.fromstring(archive.read("[Content_Types].xml"), word_parser())
        return cls(archive, {name.lower(): name for name in archive.namelist()}, dict(_types(types)))

    def data(self, part: str) -> bytes | None:
        """Return the content of a part, or None if the archive does not have it."""
        name = self.names.get(part.lower())
        return None if name is None else self.archive.read(name)

    def media_type(self, part: str) -> str:
        """Return the media type of a part, or "" if the document does not give it."""
        end = part.rpartition(".")[2]
        return self.types.get(f"/{part.lower()}") or self.types.get(end.lower(), "")

    def tree(self, part: str) -> etree._Element | None:
        """Return the root element of a part with transitional names, or None if the archive does not have the part."""
        data = self.data(part)
        return None if data is None else _with_transitional_names(etree.fromstring(data, word_parser()))

    def relations(self, part: str) -> dict[str, Relation]:
        """Return a part's references to other parts, by id. The part "" stands for the document as a whole."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {} if root is None else dict(_relations(root, folder))

    def related_tree(self, part: str, kind: str) -> etree._Element | None:
        """Return the root element of the part that :meth:`related` names, or None if there is none."""
        name = self.related(part, kind)
        return self.tree(name) if name else None

    def related(self, part: str, kind: str) -> str | None:
        """Return the name of the part that a part refers to by a relation of the given kind, or None."""
        return next((relation.part for relation in self.relations(part).values() if relation.kind == kind), None)


def word_parser() -> etree.XMLParser:
    """Return a parser that opens no other files, does not replace entities, and keeps the limits of libxml2."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _types(root: etree._Element) -> Iterator[tuple[str, str]]:
    for element in root.iterchildren(etree.Element):
        name = element.get("PartName") or element.get("Extension") or ""
        yield name.lower(), str(element.get("ContentType", "")).lower()


def _relations(root: etree._Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for element in root.iterchildren(etree.Element):
        target, kind = element.get("Target", ""), str(element.get("Type", "")).rpartition("/")[2]
        if element.get("TargetMode") != "External" and target:
            part = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
            yield element.get("Id", ""), Relation(kind, part.lstrip("/"))


def _with_transitional_names(root: etree._Element) -> etree._Element:
    """Rename the elements and attributes of a strict part."""
    if not any(str(name).startswith(_STRICT) for name in root.nsmap.values()):
        return root
    for element in root.iter(etree.Element):
        element.tag = _transitional(element.tag)
        for name, value in element.attrib.items():
            if (new := _transitional(name)) != name:
                del element.attrib[name]
                element.set(new, value)
    return root


def _transitional(name: str) -> str:
    namespace, _, local = name.lstrip("{").rpartition("}")
    new = _TRANSITIONAL.get(namespace.removeprefix(_STRICT)) if namespace.startswith(_STRICT) else None
    return f"{{{new}}}{local}" if new else name
