"""Finds the lead inspector on a report's title page, in its inspection team, or as the signatory of a letter."""

from __future__ import annotations

import re

from corpus.facts.person_names import BARE_NAME
from corpus.types import Document, Form

_NAME = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?(?P<name>{BARE_NAME})"
_OFFICE = r"(?:,? ?(?:(?:Her|His) Majesty[’']s Inspectors?|HMI|Ofsted|Senior HMI|Regional Director))"
_BEFORE = re.compile(rf"\b(?i:lead inspectors?)\s*:\s*{_NAME}")
_AFTER = re.compile(rf"(?:^|\n){_NAME}{_OFFICE}*,? (?:Ofsted )?(?i:lead inspector)\b")
_SIGNED = re.compile(
    r"(?i:yours? (?:sincerely|faithfully)),?(?:[^\S\n]*\n)++"
    r"(?:[^\n]*\b(?i:signed|email|behalf)\b[^\n]*\n)?"
    rf"\W*{_NAME}{_OFFICE}*\s*(?:\n|$)"
)
_UNDER_HEADING = re.compile(
    rf"(?:^|\n)[^\w\n]*(?i:inspectors?)[ \t]*:?[ \t]*\n\s*{_NAME}\s*[,:–-]\s*"
    r"(?i:(?:lead |regional )?(?:(?:social care|regulatory|children[’']s homes?) )+inspector)"
)
"""The first name below the heading "Inspector" of a report on a home or an agency."""
_OFFICE_WORDS = re.compile(r"\s+(?:Her|His)(?: Majesty.*)?$|\s+(?:HMI|Ofsted|Senior)\b.*$")


def find_lead_inspector(document: Document, form: Form) -> str | None:
    """Return the lead inspector's name as printed, without a title or job title, or None if no such name is printed."""
    if form is Form.LETTER:
        signature = _SIGNED.search(document.closing)
        return _bare(signature["name"]) if signature else None
    for text in (document.opening, document.closing, document.text):
        if named := _BEFORE.search(text) or _AFTER.search(text):
            return _bare(named["name"])
    only = _UNDER_HEADING.search(document.closing)
    return _bare(only["name"]) if only else None


def _bare(name: str) -> str:
    return re.sub(r"\s+", " ", _OFFICE_WORDS.sub("", name)).strip()
