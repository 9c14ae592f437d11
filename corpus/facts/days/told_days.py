"""Reads the days of an inspection from the sentence at the start of a report that gives them.

"Inspectors visited Dunsmere on 21 and 22 May 2024." Such a sentence counts only if it is about this inspection: it is
in the first paragraphs, it has no words for another inspection before the days, and no other sentence has other days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.dates import DATE, STRETCH, find_range, readable_dates
from corpus.types import FULL_INSPECTIONS, VISITS, BlockKind, Document, Kind

_PARAGRAPHS = 3
"""We search this many paragraphs with sentences, from the start. Chosen by eye."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SENTENCE_WORDS = 6
"""A paragraph with fewer words than this counts as one without sentences. Chosen by eye."""
_INSPECTORS = r"(?:inspectors|inspectorates|HMI|(?:inspection |peer |challenge |review )?team)"
_WHO = (
    r"(?:(?:the|our|two|three|four|five|six|seven|eight|a team of) )?(?:(?:her|his) majesty[’']s )?"
    rf"(?:(?:two|three|four|ofsted|lead|joint) )?{_INSPECTORS}(?: from \w+(?: and \w+)?)?"
)
_BODY = r"(?:council|local authority|partnership|area|service|home|agency|city|county|borough)"
_NAME = r"(?-i:[A-Z])[\w’'-]+(?: (?:and |of |upon |on )?(?-i:[A-Z])[\w’'-]+){0,4}"
_WHAT = (
    rf"(?: (?:you|your [a-z’' ]{{4,40}}|(?:the )?{_BODY}|"
    rf"{_NAME}(?:[’']s)?(?: local authority)?(?: children[’']s services)?))?"
)
_DAYS = rf"(?P<days>{STRETCH.pattern})"
_FINDINGS = re.compile(
    r"^This (?:letter|report) [^.]{0,40}\b(?:findings|outcomes?)\b[^.]{0,40}?\b(?:visit|inspection)\b"
    rf"[^.]{{0,70}}? (?:on|between|from|of) {_DAYS}",
    re.IGNORECASE,
)
_TOOK_PLACE = re.compile(
    r"^(?:The|This|Our) (?:(?:focus+ed|monitoring|inspection|site|on-site|joint|full|short) ){0,2}"
    r"(?:visit|inspection|fieldwork|peer challenge|peer review)"
    rf"(?: (?:of|to) (?:(?-i:[A-Z])|(?:the |your )?{_BODY}|(?:the )?children[’']s services)[^.,;]{{0,60}}?)?,? "
    r"(?:was|ran|lasted|took place|happened|(?:was|were) (?:held|carried out|made|completed|conducted))"
    rf"(?: over \w+ days)?,? (?:on|between|from) {_DAYS}",
    re.IGNORECASE,
)
_VISITED = re.compile(rf"^{_WHO} (?:visited|inspected){_WHAT},? (?:on|between|from|over) {_DAYS}", re.IGNORECASE)
_DAYS_FIRST = re.compile(
    rf"^(?:between|from|on|over) {_DAYS},? {_WHO} (?:visited|inspected|carried out|were on site|spent)\b", re.IGNORECASE
)
_OTHER = re.compile(r"\b(?:previous(?:ly)?|last|earlier|next|will|planned|due|another|original)\b", re.IGNORECASE)
"""Words before the days which show that they belong to another inspection."""
_ONE_OF_SEVERAL = re.compile(
    r"\b(?:again|returned|before|after|second|third|homes?|schools?|hospitals?|custody|offices?)\b", re.IGNORECASE
)
"""Words which show that the days may belong to an earlier visit, or to a visit to one place."""
_VISIT, _INSPECTION = (
    re.compile(r"\bvisit(?:ed)?\b", re.IGNORECASE),
    re.compile(r"\binspect(?:ion|ed)\b", re.IGNORECASE),
)


def told_days(document: Document, kind: Kind | None) -> tuple[date, date] | None:
    """Return the days of the inspection in the first sentences of a report, or None if they give none or several.

    A report on a visit may mention an earlier inspection, and the other way round. A sentence with more dates may be
    about several inspections.
    """
    other = _INSPECTION if kind in VISITS else _VISIT if kind in FULL_INSPECTIONS else None
    found = {
        days
        for sentence in _sentences(document)
        for told in (pattern.match(sentence) for pattern in (_FINDINGS, _TOOK_PLACE, _VISITED, _DAYS_FIRST))
        if told and not _OTHER.search(told.group()) and not (other and other.search(told.group()))
        if told.re is _FINDINGS or not _ONE_OF_SEVERAL.search(told.group())
        if not DATE.search(sentence, told.end("days")) and (days := find_range(told["days"]))
    }
    return found.pop() if len(found) == 1 else None


def _sentences(document: Document) -> Iterator[str]:
    texts = (document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.PARAGRAPH)
    prose = [text for text in texts if text.rstrip()[-1:] in ".:" and len(text.split()) >= _SENTENCE_WORDS]
    for text in prose[:_PARAGRAPHS]:
        yield from _SENTENCE.split(readable_dates(" ".join(text.split())))
