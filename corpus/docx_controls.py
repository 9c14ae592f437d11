"""Finds the content controls of a Word document that nobody filled in. Word shows a prompt in them ("Enter text")."""

from __future__ import annotations

from lxml import etree

from corpus.docx_package import W
from corpus.docx_styles import Styles
from corpus.docx_tree import PRINTED, M, switch, value

_PROMPT_STYLE = "placeholder text"
"""Word's name for the style of prompts, in lower case. Its id depends on the language of Word."""
_PROMPT_STYLE_ID = "PlaceholderText"
"""The id of that style in English, for files that do not define the style."""
_CONTENT = (
    *PRINTED, f"{W}footnoteReference", f"{W}endnoteReference", f"{W}altChunk", f"{W}subDoc", f"{M}t"
)  # fmt: skip
_DELETED = (f"{W}del", f"{W}moveFrom")


def remove_prompts(root: etree._Element, styles: Styles) -> bool:
    """Remove the controls that show only their prompt, and return whether text was removed.

    A control may say that it shows its prompt although somebody filled it in. So we remove it only if all its text has
    the style of prompts.
    """
    removed = False
    for control in list(root.iter(f"{W}sdt")):
        inside = control.find(f"{W}sdtContent")
        parent = control.getparent()
        if inside is None or parent is None or not switch(control.find(f"{W}sdtPr"), "showingPlcHdr"):
            continue
        found = [one for one in inside.iter(*_CONTENT) if next(one.iterancestors(*_DELETED), None) is None]
        if all(_is_prompt(one, styles) for one in found):
            removed = removed or any((one.text or "").strip() or one.tag == f"{W}sym" for one in found)
            parent.remove(control)
    return removed


def _is_prompt(element: etree._Element, styles: Styles) -> bool:
    run = next(element.iterancestors(f"{W}r"), None)
    style = None if run is None else value(run.find(f"{W}rPr/{W}rStyle"))
    if style not in styles.by_id:
        return style == _PROMPT_STYLE_ID
    return any(one.name.lower() == _PROMPT_STYLE for one in styles.chain(style))
