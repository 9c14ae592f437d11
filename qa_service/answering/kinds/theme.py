"""Questions over many reports: one passage a report, and how many reports speak of it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from index.types import ScoredPassage
from qa_service.answering.evidence import Evidence
from qa_service.answering.reranking import PairReader

DEPTH = 120
"""Passages looked at: enough that a theme's reports are all among them."""
READ = 32
"""Passages of which the cross-encoder reads the nearest sentence: before one of each report is chosen, since what
answers is often not the passage of a report that is nearest as a whole. Over 49 themes (11 of the development set) 32
find as many reports among the first five as 40, 48 and 60 do, and 24 one fewer."""
_ANSWERS = 0.5
"""What being sure to answer adds to a passage's score: recall@5 of themes .55 → .73 (11 of the development set); of our
own (20) the first report right for .45 rather than .30."""
SHOWN = 5
"""Reports quoted on the first page of a list."""
SPEAKS = 0.55
"""A report is counted from this cosine of its nearest sentence to the question. A choice, told with every list: higher,
reports that speak of a theme in other words are missed; lower, those are counted that only touch its field."""


def one_per_report(passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The best passage of each report, in the order given."""
    best: dict[str, ScoredPassage] = {}
    for scored in passages:
        best.setdefault(scored.report.id, scored)
    return list(best.values())


def read_again(passages: Sequence[ScoredPassage], question: str, reader: PairReader | None) -> list[ScoredPassage]:
    """The first passages in a new order, by their score and what the cross-encoder makes of their nearest sentence.

    Across all reports many passages are near a theme and few speak of it.
    """
    first = list(passages[:READ])
    if reader is None or not first:
        return list(passages)
    near = [(at, *_nearest(scored)) for at, scored in enumerate(first) if scored.sentence_similarities]
    places = [(first[at], number) for at, number, _ in near]
    logits = reader.logits(question, places, [cosine for *_, cosine in near])
    answers = dict.fromkeys(range(len(first)), 0.0)
    for (at, *_), logit in zip(near, logits, strict=True):
        answers[at] = 1 / (1 + math.exp(-logit))
    order = sorted(range(len(first)), key=lambda at: (-(first[at].score + _ANSWERS * answers[at]), at))
    return [*(first[at] for at in order), *passages[READ:]]


def _nearest(scored: ScoredPassage) -> tuple[int, float]:
    """The sentence of a passage nearest to the question, by its number, with its cosine."""
    return min(enumerate(scored.sentence_similarities), key=lambda sentence: (-sentence[1], sentence[0]))


def count_of(passages: Sequence[ScoredPassage]) -> int:
    """How many of the passages, one a report, have a sentence that speaks of what is asked."""
    return sum(max(scored.sentence_similarities, default=0.0) >= SPEAKS for scored in passages)


def choose_across(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each report, best first."""
    best: dict[str, Evidence] = {}
    for evidence in ranked:
        best.setdefault(evidence.scored.report.id, evidence)
    return list(best.values())[:SHOWN]


def rule(total: int, searched: int) -> str:
    """How many reports were counted, and by what rule."""
    return (
        f"{total} of {searched} reports searched have a sentence close to this in meaning (a likeness of {SPEAKS} or "
        "more by the index); the nearest are quoted, one a report. Others may say it in words too different to count."
    )


def none(searched: int) -> str:
    """That no report was counted."""
    return f"None of the {searched} reports searched has a sentence close to this in meaning."
