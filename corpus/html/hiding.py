"""Decides which styles hide an element of a web page, and which ones strike out its words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_DECLARED = re.compile(
    r"(?:^|;)\s*(?P<name>display|visibility|text-decoration(?:-line)?|left|top|position|clip(?:-path)?|mso-hide)"
    r"\s*:\s*(?P<value>[^;!]*)(?P<important>![^;]*)?",
    re.IGNORECASE,
)
_HIDING = {
    "display": re.compile(r"none\b"),
    "visibility": re.compile(r"hidden\b|collapse\b"),
    "clip-path": re.compile(r"inset\((?:50|100)%"),
    "mso-hide": re.compile(r"all\b"),
}
_OFF_PAGE = {
    "left": re.compile(r"-\d{3}"),
    "top": re.compile(r"-\d{3}"),
    "clip": re.compile(r"rect\((?:[\s,]*[01](?:px)?){4}[\s,]*\)"),
}
"""Properties that hide an element in an absolute or fixed position."""
_MAY_HIDE = {**_HIDING, **_OFF_PAGE, "position": re.compile(r"absolute\b|fixed\b")}
STRIKE = "text-decoration"
_STRIKING = re.compile(r"\bline-through\b")


def declared(body: str) -> dict[tuple[str, bool], str]:
    """Return the values of the properties in a rule or a style, by name and whether they are "!important"."""
    found = _DECLARED.finditer(body)
    return {(_property(one), one["important"] is not None): one["value"].strip().lower() for one in found}


def own_styles(style: str) -> dict[str, str]:
    """Return the properties in the style of an element, with the values that apply."""
    both = declared(style)
    return {name: value for (name, important), value in both.items() if important or (name, True) not in both}


def with_styles(style: str, added: Mapping[str, str]) -> str:
    """Return the style of an element with some properties added, instead of its own values for them."""
    kept = _DECLARED.sub(lambda one: "" if _property(one) in added else one[0], style)
    return ";".join([*filter(None, [kept.strip(" ;")]), *(f"{name}:{value}" for name, value in added.items())])


def may_hide(name: str, value: str) -> bool:
    """Return whether a property hides an element, on its own or together with another."""
    return name in _MAY_HIDE and _MAY_HIDE[name].match(value) is not None


def hides(styles: Mapping[str, str]) -> bool:
    """Return whether properties hide an element."""
    return any(name in _HIDING and may_hide(name, value) for name, value in styles.items()) or is_off_page(styles)


def is_off_page(styles: Mapping[str, str]) -> bool:
    """Return whether properties hide an element from all but screen readers, outside the page or by cutting it off.

    Without an absolute or fixed position, they may only move the element a little, or do nothing.
    """
    placed = may_hide("position", styles.get("position", ""))
    return placed and any(name in _OFF_PAGE and may_hide(name, value) for name, value in styles.items())


def strikes(styles: Mapping[str, str]) -> bool:
    """Return whether properties strike out the words of an element."""
    return _STRIKING.search(styles.get(STRIKE, "")) is not None


def _property(declaration: re.Match[str]) -> str:
    return declaration["name"].lower().removesuffix("-line")
