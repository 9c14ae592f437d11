"""Finds the inspector to whom a question limits its answer: "inspections led by Bram Oxley"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_service.understanding.conditions.slots import Extent, SlottedText

_BODY = r"(?:Ofsted|OFSTED|CQC|HMI|HMCI|HMIs|Inspectors?|Estyn|The|A|An|Any|Her|His)\b"
_NAME = rf"(?:(?!{_BODY})[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]*|de|van|von|der)){{0,3}})"
_TITLE = r"(?:the )?(?:(?:lead )?[Ii]nspector |HMI )?(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?"
_LED = r"(?:led|headed(?: up)?|conducted|carried out|run|undertaken|overseen)"
_LED_BY = (
    re.compile(rf"\b{_LED} by {_TITLE}(?P<name>{_NAME})"),
    re.compile(rf"\b(?:in|that|which|where) (?P<name>{_NAME}) (?:{_LED}|was (?:the )?lead inspector|leads)\b"),
    re.compile(rf"\b(?:did|has|have) (?P<name>{_NAME}) (?:led|lead|headed?|conducted?|carried out|carry out)\b"),
    re.compile(rf"\blead inspector (?:was |is |being )?(?P<name>{_NAME})"),
    re.compile(rf"\bwith (?P<name>{_NAME}) as (?:the )?lead inspector\b"),
)


@dataclass(frozen=True, slots=True)
class LocatedLeader:
    """Return the name of the lead inspector in a question, and the extent of the words that say so."""

    name: str
    extent: Extent


def find_leader(slotted: SlottedText) -> LocatedLeader | None:
    """Return who led the inspections that a question is about. None if the question names nobody."""
    for expression in _LED_BY:
        for match in expression.finditer(slotted.question):
            start, end = slotted.extent_of(*match.span("name"))
            if not slotted.entities_in(start, end):
                return LocatedLeader(match["name"], slotted.extent_of(*match.span()))
    return None
