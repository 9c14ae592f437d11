"""Recognises questions about what became of the improvements that reports asked for."""

from __future__ import annotations

import re
from functools import cache

from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.entities import kinds_in
from qa_service.understanding.interpretation import Interpretation

_BECAME = re.compile(
    r"\b(?:what (?:(?:has |have )?(?:become|became) of|(?:has |have )?happened (?:to|with))|"
    r"(?:has|have|did|were|was|are|is) (?:[\w’'-]+ ){1,10}?"
    r"(?:acted on|followed up|put right|addressed|dealt with|fixed|tackled))\b",
    re.IGNORECASE,
)
_ITEMS = re.compile(
    r"\b(?:improvements?|recommendations?|priority actions?|(?:things|items|points|areas?) (?:for|to|it|they|asked))\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"^\W*(?:(?:and|so|but|please) )*(?:why|who(?:m|se)?|when|where|how (?:many|much|long|often|soon))\b|"
    r"\b(?:why|by whom|not|never|nothing|none|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that ask for a reason, a person, a time or what was left undone. What became of items answers none of these."""
_FRAME = frozenset(
    {
        "acted", "action", "actions", "addressed", "after", "all", "ask", "asked", "asks", "became", "become",
        "before", "completely", "deal", "dealt", "each", "earlier", "every", "first", "fixed", "follow",
        "followed", "fully", "happen", "happened", "highlighted", "identified", "improve", "improved",
        "improvement", "improvements", "improving", "issue", "issues", "item", "items", "last", "later",
        "latest", "matter", "matters", "necessary", "needed", "needs", "now", "of", "point", "points", "previous",
        "priorities", "priority", "progress", "properly", "put", "raised", "recent", "recommendation",
        "recommendations", "recommended", "required", "right", "since", "still", "subsequent", "successfully",
        "tackled", "them", "thing", "things", "up", "what",
    }
)  # fmt: skip
"""Words that say that a question is about items, but not which."""
_SERVICES = re.compile(r"\b(?:children(?:['’]?s|s['’])? )?(?:social care|services?)\b")
_WORD = re.compile(r"[\w’'-]+|,")
_JOINERS = (",", "and", "or")


def asks_what_became(question: Interpretation) -> bool:
    """Whether a question asks what became of improvements: "What became of the improvements asked of Brent?"."""
    text = question.text
    return bool(_BECAME.search(text) and _ITEMS.search(text) and not _OTHER.search(text))


def subject_of_items(question: Interpretation) -> str:
    """Return the words that say which improvements a question is about: "neglect". Empty if it is about all."""
    text = question.search_text.lower()
    for kind in sorted(kinds_in(text), key=lambda kind: -kind.start):
        text = f"{text[: kind.start]} {text[kind.end :]}"
    words = _WORD.findall(_SERVICES.sub(" ", text))
    kept = [word for word in words if word in _JOINERS or not _only_frames(word)]
    while kept and kept[0] in _JOINERS:
        del kept[0]
    while kept and kept[-1] in _JOINERS:
        del kept[-1]
    return " ".join(kept)


@cache
def _frame() -> frozenset[str]:
    """Return the words that hold a question together, or that show only that it is about items."""
    words = question_words()
    return (_FRAME | words.function | words.asking) - {"care"}


def _only_frames(word: str) -> bool:
    return word.replace("’", "'") in _frame() or word.replace("’", "'").removesuffix("'s") in _frame()
