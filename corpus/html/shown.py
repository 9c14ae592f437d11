"""Changes a parsed web page where a browser shows something other than what the file contains.

A browser prints quotation marks around ``<q>``, and the foot of a table after its rows. It prints what people typed
into a form. It hides what the page's style sheets hide, but shows visible parts within hidden ones.
"""

from __future__ import annotations

import re

from lxml import etree

from corpus.html.fields import print_fields
from corpus.html.hiding import own_styles
from corpus.html.style_sheets import apply_sheets
from corpus.html.tree import WHOLE, Element

_WAY_BACK = re.compile(r"^\s*[↩↑⤴⏎^]\ufe0e?\s*$")
"""The words of a link that leads from a note back to its mark."""
_VISIBILITY = re.compile(r"(?:^|;)\s*visibility\s*:[^;]*", re.IGNORECASE)
_WORD_LIST_MARK = re.compile(r"\bmso-list\s*:\s*ignore\b", re.IGNORECASE)
"""The style of the number or bullet that Word writes before the words of an item."""
_LETTER_AS_BULLET = re.compile(r"^\s*[o§Øüvq]\s*$")
_MARKS = re.compile("[‘“]")
_STARTS_QUOTED = re.compile(r"\s*[‘’“”'\"«]")


def as_shown(root: Element) -> Element:
    """Change a page so that its text is what a browser shows, and return it."""
    apply_sheets(root)
    print_fields(root)
    _part_hidden(root)
    _move_feet(root)
    _empty_ways_back(root)
    _show_bullets_of_word(root)
    _add_quotation_marks(root)
    return root


def marks_of_page(text: str) -> tuple[str, str]:
    """Return the quotation marks that a page uses most, or double ones if it uses none."""
    signs = _MARKS.findall(text)
    return ("‘", "’") if signs.count("‘") > signs.count("“") else ("“", "”")


def starts_quoted(text: str) -> bool:
    """Return whether the text of a quotation already has quotation marks."""
    return _STARTS_QUOTED.match(text) is not None


def _part_hidden(root: Element) -> None:
    """Hide the parts of each invisible element one by one, if a part of it is visible."""
    around: set[Element] = set()
    for element in root.iter(etree.Element):
        if _visibility(element) == "visible":
            for outer in element.iterancestors():
                if outer in around:
                    break
                around.add(outer)
    if not around:
        return
    waiting = [element for element in root.iter(etree.Element) if element in around and _is_invisible(element)]
    parted: set[Element] = set()
    while waiting:
        element = waiting.pop()
        if element not in parted:
            parted.add(element)
            waiting += (child for child in _hidden_parts(element, around) if child in around)


def _hidden_parts(element: Element, around: set[Element]) -> list[Element]:
    """Hide the words of an invisible element and its parts, and return the parts that are not visible themselves.

    ``around`` has the elements with a visible one in them. We deal with their own parts later.
    """
    element.set("style", _VISIBILITY.sub("", element.get("style") or ""))
    children = list(element)
    for child in children:
        if child.tail and child.tail.strip():
            words, child.tail = child.tail, None  # lxml moves the tail with its element
            child.addnext(_hidden_text(words))
    if element.text and element.text.strip():
        element.insert(0, _hidden_text(element.text))
        element.text = None
    parts = [child for child in children if _visibility(child) != "visible"]
    for part in parts:
        if part not in around:
            part.set("hidden", "")
    return parts


def _visibility(element: Element) -> str:
    return own_styles(element.get("style") or "").get("visibility", "")


def _is_invisible(element: Element) -> bool:
    return element.tag not in WHOLE and _visibility(element) in ("hidden", "collapse")


def _hidden_text(text: str) -> Element:
    part = etree.Element("span", hidden="")
    part.text = text
    return part


def _move_feet(root: Element) -> None:
    """Move the foot of each table to its end. A browser treats any other foot as rows."""
    for table in list(root.iter("table")):
        foot = table.find("tfoot")
        if foot is not None and foot.getnext() is not None:
            table.append(foot)


def _empty_ways_back(root: Element) -> None:
    """Empty the links that lead from a note back to its mark. Their arrows are not part of the note."""
    for link in root.iter("a"):
        if (link.get("href") or "").startswith("#") and not len(link) and _WAY_BACK.match(link.text or ""):
            link.text = None


def _show_bullets_of_word(root: Element) -> None:
    """Replace letters with bullets if a page saved by Word prints them as bullets, in symbol fonts."""
    for mark in root.iter("span"):
        if _WORD_LIST_MARK.search(mark.get("style") or "") and _LETTER_AS_BULLET.match(
            "".join(map(str, mark.itertext()))
        ):
            for part in mark.iter():
                part.text = part.tail = None if part is not mark else part.tail
            mark.text = "• "


def _add_quotation_marks(root: Element) -> None:
    if next(root.iter("q"), None) is None:
        return
    outer = marks_of_page("".join(map(str, root.itertext())))
    inner = ("“", "”") if outer[0] == "‘" else ("‘", "’")
    depth = 0
    for event, quotation in etree.iterwalk(root, events=("start", "end"), tag="q"):
        if event == "end":
            depth -= 1
            continue
        first = next((text for text in map(str, quotation.itertext()) if text.strip()), "")
        if first and not starts_quoted(first):
            opening, closing = inner if depth % 2 else outer
            quotation.text = opening + (quotation.text or "").lstrip()
            if len(quotation):
                quotation[-1].tail = (quotation[-1].tail or "").rstrip() + closing
            else:
                quotation.text = quotation.text.rstrip() + closing
        depth += 1
