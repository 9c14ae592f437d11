"""Make a question that leans on earlier ones stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.sparse import terms
from qa_service.query import Interpretation, divide, interpret

_OPENS = re.compile(r"^(?:and|or|but|so|ok(?:ay)?|also|what about|how about)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"^(?:why|when|where)\b|\b(?:there|they|them|their|it|its|that|those|these|this|the ones?|same|then|later)\b",
    re.IGNORECASE,
)
_POINTING = 12
"""A question that points back at something ("they", "there") does so to an earlier question when it is no longer than
this, in words; a longer one holds what it points at."""
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
    carried: list[str] = []
    authorities = now.authorities or before.authorities
    if authorities != now.authorities:
        carried.append(f"about {', '.join(authorities)}")
    same_place = not now.authorities or now.authorities == before.authorities
    periods = now.periods or (before.periods if same_place else ())
    if periods and not now.periods:
        carried.append(f"in {', '.join(period.words for period in periods)}")
    latest = now.latest or (before.latest and not now.periods)
    text, search_text = now.text, now.search_text
    own = _own_words(now)
    if len(own) < _FEW:  # it asks the earlier question again, of something else
        text, search_text = f"{before.text} {now.text}", f"{before.search_text} {' '.join(own)}".strip()
        carried.append(f"“{before.search_text}”")
    question = replace(
        now,
        text=text,
        search_text=search_text,
        authorities=authorities,
        periods=periods,
        kinds=now.kinds or before.kinds,
        latest=latest,
        parts=divide(authorities, periods, latest=latest, change=False),
    )
    return Standalone(question, tuple(carried))


def _own_words(question: Interpretation) -> list[str]:
    """The telling words of a follow-up; none where all it says is a name or a time."""
    if question.search_text == question.text and (question.authorities or question.periods):
        return []
    return terms(question.search_text)


def _leans(question: Interpretation) -> bool:
    """Whether a question leaves something unsaid that an earlier one may have said."""
    words = len(question.text.split())
    if _OPENS.search(question.text):
        return words <= 2 * _POINTING
    if question.authorities:
        return words <= _SHORT and bool(_POINTS.search(question.text))
    return words <= _SHORT or (words <= _POINTING and bool(_POINTS.search(question.text)))
