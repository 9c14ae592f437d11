"""Finds a Word document's content controls that nobody filled in. Word shows a prompt there, such as "Enter text"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

from corpus.word.package import Package, W
from corpus.word.styles import Styles
from corpus.word.tree import PRINTED, M, switch, value

_PROMPT_STYLE = "placeholder text"
"""Word's name for the style of prompts, in lower case. Its id depends on the language of Word."""
_PROMPT_STYLE_ID = "PlaceholderText"
"""The id of that style in English, for files that do not define the style."""
_GREYS = frozenset({"808080", "7F7F7F", "666666", "595959"})
"""The colours of prompts in different versions of Word, for files that give the colour but not the style."""
OWN_PROMPT = re.compile(
    r"(?:(?:click|tap)(?: or tap)?(?: here)? to (?:enter|add|type|insert) (?:some |a |your )?"
    r"(?:text|date|rich text|name)|choose (?:an item|a building block|a date)|select (?:an item|a date)|"
    r"enter any content that you want to repeat, including other content controls\b.{0,200}|"
    r"\[?(?:type|enter) (?:your )?text(?: here)?\]?|\[?type here\]?)[ .…]*",
    re.IGNORECASE,
)
"""The prompts that Word itself puts into controls."""
_CONTENT = (
    *PRINTED, f"{W}footnoteReference", f"{W}endnoteReference", f"{W}altChunk", f"{W}subDoc", f"{M}t"
)  # fmt: skip
_MOST_PARTS = 3
"""Maximum number of runs or paragraphs in a control that shows a prompt but is not marked as showing one. Chosen by
eye."""
_DELETED = (f"{W}del", f"{W}moveFrom")


def stored_prompts(package: Package, part: str) -> dict[str, str]:
    """Return the prompts that a document keeps for its controls, by name."""
    root = package.related_tree(part, "glossaryDocument")
    parts = () if root is None else root.iter(f"{W}docPart")
    named = ((value(one.find(f"{W}docPartPr/{W}name")), one.iter(f"{W}t")) for one in parts)
    return {name: _text(list(texts)) for name, texts in named if name}


def remove_prompts(root: etree._Element, styles: Styles, prompts: Mapping[str, str]) -> bool:
    """Remove the controls that show only their prompt, and return whether text was removed.

    ``prompts`` are those that the document keeps for its controls.

    A control may be marked as showing its prompt although somebody filled it in. So we remove it only if all its text
    looks like a prompt, or is the prompt that the document keeps for it. The words of Word's own prompts count as a
    prompt in every control, because some programs do not keep the mark.
    """
    removed = False
    for control in list(root.iter(f"{W}sdt")):
        inside = control.find(f"{W}sdtContent")
        parent = control.getparent()
        if inside is None or parent is None:
            continue
        properties = control.find(f"{W}sdtPr")
        marked = bool(switch(properties, "showingPlcHdr"))
        if not marked and len(inside) > _MOST_PARTS:
            continue
        found = [one for one in inside.iter(*_CONTENT) if next(one.iterancestors(*_DELETED), None) is None]
        own = _is_own_prompt(found) or (marked and _text(found) == _kept(properties, prompts))
        if own or (marked and all(_is_prompt(one, styles) for one in found)):
            removed = removed or any((one.text or "").strip() or one.tag == f"{W}sym" for one in found)
            _remove(control, inside)
    return removed


def _remove(control: etree._Element, inside: etree._Element) -> None:
    """Remove a control and its text. The cells in a control stay in their row, but without text."""
    cells = list(inside.iterchildren(f"{W}tc"))
    for cell in cells:
        for one in list(cell.iterchildren(f"{W}p", f"{W}tbl", f"{W}sdt")):
            cell.remove(one)
    parent = control.getparent()
    if parent is not None and not cells:
        parent.remove(control)


def _text(found: Iterable[etree._Element]) -> str:
    return " ".join("".join(one.text or "" for one in found).split())


def _kept(properties: etree._Element | None, prompts: Mapping[str, str]) -> str | None:
    """Return the prompt that a document keeps for a control, or None if it keeps none."""
    named = None if properties is None else value(properties.find(f"{W}placeholder/{W}docPart"))
    return prompts.get(named or "") or None


def _is_own_prompt(found: Sequence[etree._Element]) -> bool:
    return all(one.tag == f"{W}t" for one in found) and OWN_PROMPT.fullmatch(_text(found)) is not None


def _is_grey(color: etree._Element | None) -> bool:
    theme, shade = value(color, "themeColor"), value(color, "themeShade") or value(color, "themeTint")
    by_theme = shade is not None and theme in ("background1", "text1")
    return by_theme or (value(color) or "").upper() in _GREYS


def _is_prompt(element: etree._Element, styles: Styles) -> bool:
    """Return whether a text has the style of prompts, or their colour if it has no style of its own."""
    run = next(element.iterancestors(f"{W}r"), None)
    style = None if run is None else value(run.find(f"{W}rPr/{W}rStyle"))
    if style is None and run is not None:
        return _is_grey(run.find(f"{W}rPr/{W}color"))
    if style not in styles.by_id:
        return style == _PROMPT_STYLE_ID
    return any(one.name.lower() == _PROMPT_STYLE for one in styles.chain(style))
