"""Make a question that leans on earlier ones stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.sparse import terms
from qa_service.query import Interpretation, divide, interpret

_LEANING = re.compile(
    r"^(?:and|or|but|so|ok(?:ay)?|also|what about|how about|why|when|where)\b|"
    r"\b(?:there|they|them|their|it|its|that|those|these|this|the ones?|same|then|later|before|after)\b",
    re.IGNORECASE,
)
_FEW = 3
"""A follow-up with fewer words of its own than this asks the earlier question again, of something else."""
_SHORT = 9
"""A follow-up of no more words than this, that names no authority, is about the one named before."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question made to stand alone, and what was carried over into it."""

    question: Interpretation
    carried: tuple[str, ...] = ()


def stand_alone(text: str, history: Sequence[str], known: Sequence[str]) -> Standalone:
    """Carry over from earlier questions what this one leaves unsaid: the authority, the time, the subject."""
    before: Interpretation | None = None
    for earlier in history:
        before = _continued(interpret(earlier, known), before).question
    return _continued(interpret(text, known), before)


def _continued(now: Interpretation, before: Interpretation | None) -> Standalone:
    if before is None or not _leans(now):
        return Standalone(now)
    own = terms(now.search_text if now.search_text != now.text or not now.authorities else "")
    own = [] if now.authorities and now.search_text == now.text else own
    carried: list[str] = []
    authorities = now.authorities or before.authorities
    if authorities != now.authorities:
        carried.append(f"about {', '.join(authorities)}")
    same_place = not now.authorities or now.authorities == before.authorities
    periods = now.periods or (before.periods if same_place else ())
    if periods and not now.periods:
        carried.append(f"in {', '.join(before.text[p.start : p.end] for p in before.periods)}")
    kinds = now.kinds or before.kinds
    search_text = now.search_text
    if len(own) < _FEW:
        search_text = f"{before.search_text} {' '.join(own)}".strip()
        carried.append(f"“{before.search_text}”")
    elif same_place:
        search_text = f"{now.search_text}"
    parts = divide(authorities, periods, latest=now.latest, change=False)
    question = replace(now, search_text=search_text, authorities=authorities, periods=periods, kinds=kinds, parts=parts)
    return Standalone(question, tuple(carried))


def _leans(question: Interpretation) -> bool:
    """Whether a question leaves something unsaid that an earlier one may have said."""
    if _LEANING.search(question.text):
        return True
    return not question.authorities and len(question.text.split()) <= _SHORT
