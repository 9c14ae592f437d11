"""The content of a Word document as it would be with all tracked changes accepted, without wrappers around it.

Word wraps content in elements that do not change what is printed, such as a content control, a link or an insertion.
``content`` looks through them. It leaves out what was deleted or moved away, and chooses one of several alternatives.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from corpus.word.package import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LOOKED_THROUGH = frozenset(
    f"{W}{name}"
    for name in (
        "bdo", "customXml", "dir", "fldSimple", "hyperlink", "ins", "moveTo", "rubyBase", "ruby", "sdtContent",
        "smartTag",
    )
)  # fmt: skip
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rt"))
"""Elements that we leave out: deleted or moved text, and guides to the sound of East Asian characters."""
_CHANGES = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"))
PRINTED = tuple(f"{W}{name}" for name in ("t", "sym"))
"""The elements that contain printed text."""
_OFF = ("0", "false", "off")


def content(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the content of an element, with tracked changes accepted. Wrappers are replaced by their own content."""
    for child in element.iterchildren(etree.Element):
        if child.tag in _LOOKED_THROUGH:
            yield from content(child)
        elif child.tag == f"{W}sdt":
            if (inside := child.find(f"{W}sdtContent")) is not None and not _is_contents(child):
                yield from content(inside)
        elif child.tag == f"{_MC}AlternateContent":
            if (chosen := _chosen(child)) is not None:
                yield from content(chosen)
        elif child.tag not in _LEFT_OUT:
            yield child


def has_changes(root: etree._Element) -> bool:
    """Return whether text was inserted, deleted or moved while Word was tracking changes."""
    return next(root.iter(*_CHANGES), None) is not None


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute of an element in Word's own namespace, or None if either of them is missing."""
    return None if element is None else element.get(f"{W}{name}")


def number(text: str | None) -> int | None:
    """Return the whole number that an attribute contains, or None if it contains something else."""
    digits = (text or "").strip()
    return int(digits) if digits.removeprefix("-").isdecimal() and len(digits) < 10 else None


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a property such as bold is switched on or off, or None if the properties do not mention it."""
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else value(found) not in _OFF


def _is_contents(control: etree._Element) -> bool:
    """Return whether a content control is a table of contents."""
    return value(control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) == "Table of Contents"


def _chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return the first alternative with text, or else the first one.

    Word writes the same text once for each of its versions.
    """
    choices = list(alternatives.iterchildren(f"{_MC}Choice", f"{_MC}Fallback"))
    return next((one for one in choices if next(one.iter(*PRINTED), None) is not None), next(iter(choices), None))
