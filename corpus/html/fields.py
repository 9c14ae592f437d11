"""Prints the fields of forms that are records: what was typed, chosen or ticked. Browsers show this as text.

A form that asks people for something, such as a search box, is not a record. Such a form has a button, and fields to
fill in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from corpus.html.tree import Element

_FIELDS = ("input", "select", "textarea", "button")
_BOXES = ("checkbox", "radio")
_TYPED = frozenset({"", "text", "number", "date", "email", "tel", "url", "month", "week", "time", "datetime-local"})
_BUTTONS = frozenset({"button", "submit", "image", "password", "search", "file", "reset"})
"""Types of buttons, and of fields that are only in forms that ask for something."""
_FIXED = {"disabled", "readonly"}
_ASKS = re.compile(
    r"(?:^|\W)(?:search|newsletter|subscribe|sign ?up|sign ?in|log ?in|cookies?|password|filter|sort(?: by)?)(?:$|\W)",
    re.IGNORECASE,
)
"""Words in the names of such a form, and in short forms."""
_HIDING = ("class", "hidden", "style")
"""Attributes by which a page hides a field or strikes out its words."""
_ADDRESS = re.compile(r"\s*(?:https?:|www\.)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_OPENING = 300
"""Number of texts, and of characters, that we search for such words at the start of a form. Chosen by eye."""


@dataclass(slots=True)
class _Form:
    """A form, with the fields that are in it and in no form inside it."""

    element: Element | None
    fields: list[Element] = field(default_factory=list)
    fixed: set[Element] = field(default_factory=set)
    """The fields that a reader of the page cannot change."""
    line_ends: list[Element] = field(default_factory=list)
    has_button: bool = False


def print_fields(root: Element) -> None:
    """Replace the fields of each record in a page with their words, and each record with a plain part of the page.

    We empty all other lists of choices, because a browser does not show them as text.
    """
    for form in _forms(root):
        record = form.element is not None and _is_record(form.element, form)
        if record and form.element is not None:
            form.element.tag = "div"
            for end in form.line_ends:
                end.addprevious(etree.Element("br"))  # each line of a form is a block
        for one in form.fields:
            if _type(one) not in _BOXES and (record or (one in form.fixed and _words(one))):
                _print(one)
            elif one.tag == "select":
                one.text = None
                del one[:]


def _forms(root: Element) -> list[_Form]:
    """Return the forms of a page. The fields that are in no form come first."""
    forms = [_Form(None)]
    open_forms = [forms[0]]
    closed = 0
    """Number of parts around the current element that prevent changes to fields."""
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("form", "fieldset", "br", *_FIELDS)):
        start = event == "start"
        form = open_forms[-1]
        if element.tag == "fieldset":
            closed += (1 if start else -1) * ("disabled" in element.attrib)
        elif element.tag == "form" and start:
            open_forms.append(_Form(element))
            forms.append(open_forms[-1])
        elif element.tag == "form":
            open_forms.pop()
        elif start and element.tag == "br":
            form.line_ends.append(element)
        elif start and _type(element) in _BUTTONS:
            form.has_button = True
        elif start and _type(element) != "hidden":
            form.fields.append(element)
            form.fixed |= {element} if closed or _FIXED & {*element.attrib} else set()
    return forms


def _is_record(element: Element, form: _Form) -> bool:
    """Return whether a form shows what somebody filled in."""
    if element.get("role") == "search" or _ASKS.search(_names(element)) or not form.fields:
        return False
    filled = [one for one in form.fields if _is_filled(one)]
    if len(form.fixed) == len(form.fields):
        return bool(filled) or any(_type(one) in _BOXES for one in form.fields)
    return not form.has_button and any(one.tag != "select" for one in filled) and not _ASKS.search(_opening(element))


def _is_filled(one: Element) -> bool:
    return one.get("checked") is not None if _type(one) in _BOXES else bool(_words(one))


def _type(one: Element) -> str:
    return (one.get("type") or "").strip().lower() if one.tag == "input" else str(one.tag)


def _words(one: Element) -> str:
    """Return what a field shows, without the words that ask people to fill it in."""
    if one.tag == "textarea":
        return (one.text or "").strip()
    if one.tag == "select":
        chosen = (option for option in one.iter("option") if option.get("selected") is not None)
        given = (" ".join("".join(option.itertext()).split()) for option in chosen if option.get("value") != "")
        return ", ".join(filter(None, given))
    value = (one.get("value") or "").strip() if _type(one) in _TYPED else ""
    if _ADDRESS.match(value):  # a link that people can copy
        return ""
    day = _DAY.fullmatch(value) if _type(one) == "date" else None
    return f"{day[3]}/{day[2]}/{day[1]}" if day else value


def _print(one: Element) -> None:
    """Replace a field with its words."""
    around = one.getparent()
    if around is None:
        return
    shown = one.makeelement("span", {name: one.attrib[name] for name in _HIDING if name in one.attrib})
    lines: Sequence[str] = _words(one).splitlines() or [""]
    shown.text = f" {lines[0]}"
    for line in lines[1:]:
        end = etree.SubElement(shown, "br")
        end.tail = line
    tail = one.tail or ""
    shown.tail = f" {tail}" if not tail or tail[0].isalnum() else tail
    around.replace(one, shown)


def _names(element: Element) -> str:
    return " ".join(filter(None, (element.get(name) for name in ("id", "class", "name", "action", "aria-label"))))


def _opening(element: Element) -> str:
    """Return the first words of a form."""
    return " ".join(" ".join(islice(element.itertext(), _OPENING)).split())[:_OPENING]
