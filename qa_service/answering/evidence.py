"""Choosing the sentences that answer: few, to the point, none the double of another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.search.text_analysis import terms
from index.types import ScoredPassage
from qa_service.answering.reranking import PairReader
from qa_service.understanding.interpretation import Interpretation, lists_improvements
from qa_service.understanding.requirements import Demands, demands_of

READ = 10
"""Sentences of each part that the cross-encoder reads."""
_ANSWERS, _LIKELY = 0.5, -2.0
"""What being sure to answer adds to a sentence's score, and the logit that is half as sure: few sentences answer, so
that most are given less than 0."""
PASSAGES = 6
"""Sentences are taken from this many of the best passages of each part of a question."""
MOST = 5
"""Sentences of an answer."""
MOST_OF_A_PART = 3
"""Sentences of each part of a comparison."""
_NEAR = 0.4
"""A further sentence is shown when its score is within this of the best one's."""
_DOUBLE = 0.7
"""Share of words in common from which two sentences say the same."""
_WEIGHTS = {"similarity": 1.0, "overlap": 0.25, "passage": 0.5, "neighbour": 0.3}
"""Of a sentence: its cosine, its share of the question's words, its passage's score, the cosine of the nearer of the
sentences beside it: what answers stands beside what names the subject."""
_GRADE_ROW = re.compile(r"\b(?:Outstanding|Good|Inadequate|Requires improvement(?: to be good)?|Grade)$")
_FRAMING = re.compile(
    r"^(?:(?:in|during|at|as part of) this (?:visit|inspection)[^,.]*, )?"
    r"(?:inspectors|they|HMIs?|we)\s+(?:also\s+|then\s+)?"
    r"(?:looked|considered|evaluated|reviewed|examined|visited|met|spoke|focus+ed|gathered|sampled)\b"
    r"|^this (?:was|is) the (?:\w+ )?(?:focus+ed |monitoring )?(?:visit|inspection)\b"
    r"|^this letter (?:summarises|sets out)\b"
    r"|^a monitoring inspection will be\b",
    re.IGNORECASE,
)
_FRAMED = 0.15
"""What a sentence loses that tells what was looked at, and not what was found."""
_WHOLE = 20
"""Items of a report's own list that are shown, at most: the longest of 42 lists read by eye has 17."""
_FRAGMENT = 0.08
"""What an item that only completes a list's opening words loses: alone it says little."""
_SHORTEST = 4
"""Words. A shorter piece is a heading's remnant or a table's cell, and says nothing alone."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage, ``[start, end)`` of its text, with what speaks for it."""

    scored: ScoredPassage
    number: int
    """The how manieth sentence of its passage it is, from 0."""
    start: int
    end: int
    similarity: float
    overlap: float
    score: float
    logit: float | None = None
    """What the cross-encoder makes of it: more than 0 speaks for an answer. None where it was not read."""

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.scored.passage.text[self.start : self.end]


def candidates(
    question: Interpretation,
    passages: Sequence[ScoredPassage],
    rarity: Callable[[str], float],
    *,
    demanding: bool = True,
) -> list[Evidence]:
    """Every sentence of the best passages, best first. ``rarity`` says how telling a word is.

    Where a report's own list of what must improve is asked for and comes first, its items, in its order.
    """
    asked = {term: rarity(term) for term in terms(question.search_text)}
    demands = demands_of(question.text) if demanding else Demands()
    listed = question.improvements and bool(passages) and lists_improvements(passages[0].passage.section)
    if listed:
        passages = _list_of(passages)
    found = [
        _evidence(scored, index, asked, demands)
        for scored in passages[:PASSAGES]
        for index in range(len(scored.passage.sentences))
    ]
    fit = [evidence for evidence in found if not _says_nothing(evidence.text)]
    if listed:
        return [replace(evidence, score=1.0) for evidence in fit if _is_item(evidence)]
    return sorted(fit, key=lambda e: (-e.score, e.scored.passage.id, e.start))


def weighed(question: Interpretation, ranked: Sequence[Evidence], reader: PairReader | None) -> list[Evidence]:
    """The best of the sentences read once more beside the question, and all in the order that comes of it."""
    if reader is None or not ranked or is_list(question, ranked):
        return list(ranked)
    first = ranked[:READ]
    places = [(evidence.scored, evidence.number) for evidence in first]
    logits = reader.logits(question.search_text, places, [evidence.similarity for evidence in first])
    read = [
        replace(e, logit=logit, score=e.score + _ANSWERS / (1 + math.exp(_LIKELY - logit)))
        for e, logit in zip(first, logits, strict=True)
    ]
    return sorted((*read, *ranked[READ:]), key=lambda e: (-e.score, e.scored.passage.id, e.start))


def is_list(question: Interpretation, ranked: Sequence[Evidence]) -> bool:
    """Whether what was found is a report's own list of what must improve, which is shown whole and in its order."""
    return question.improvements and bool(ranked) and lists_improvements(ranked[0].scored.passage.section)


def is_list_first(question: Interpretation, by_part: Sequence[Sequence[Evidence]]) -> bool:
    """Whether such a list is what was found for the first part for which anything was."""
    return is_list(question, next((ranked for ranked in by_part if ranked), ()))


def whole_list(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The items of a report's list."""
    return list(ranked[:_WHOLE])


def _is_item(evidence: Evidence) -> bool:
    """Whether it is an item or a whole sentence, and not the name of a body in a table's side column."""
    before = evidence.scored.passage.text[: evidence.start].rstrip()
    return before.endswith("•") or evidence.text.endswith((".", ";"))


def _list_of(passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """The passages of the first one's list, in the order of the report."""
    first = passages[0]
    same = [
        scored
        for scored in passages
        if scored.report.id == first.report.id and scored.passage.section == first.passage.section
    ]
    return sorted(same, key=lambda scored: scored.passage.start)


def choose(ranked: Sequence[Evidence], most: int) -> list[Evidence]:
    """The best sentence, and those nearly as good that add something, in an order that reads."""
    chosen: list[Evidence] = []
    for evidence in ranked:
        if len(chosen) == most or evidence.score < ranked[0].score - _NEAR:
            break
        if not any(_doubles(evidence.text, other.text) for other in chosen):
            chosen.append(evidence)
    # The best passage first; within each report and passage, in the order they are printed.
    reports = list(dict.fromkeys(evidence.scored.report.id for evidence in chosen))
    rows = list(dict.fromkeys(evidence.scored.row for evidence in chosen))
    return sorted(chosen, key=lambda e: (reports.index(e.scored.report.id), rows.index(e.scored.row), e.start))


def _evidence(scored: ScoredPassage, index: int, asked: Mapping[str, float], demands: Demands) -> Evidence:
    start, end = scored.passage.sentences[index]
    text = scored.passage.text[start:end]
    own = set(terms(text))
    similarity = scored.sentence_similarities[index]
    overlap = sum(weight for term, weight in asked.items() if term in own) / (sum(asked.values()) or 1.0)
    similarity -= demands.missing(text)
    if text[0].islower():
        similarity -= _FRAGMENT
    if _FRAMING.search(text):
        similarity -= _FRAMED
    beside = (
        scored.sentence_similarities[max(index - 1, 0) : index] + scored.sentence_similarities[index + 1 : index + 2]
    )
    values = {
        "similarity": similarity,
        "overlap": overlap,
        "passage": scored.score,
        "neighbour": max(beside, default=0.0),
    }
    score = sum(weight * values[name] for name, weight in _WEIGHTS.items())
    return Evidence(scored, index, start, end, similarity, overlap, score)


def _says_nothing(text: str) -> bool:
    """Whether it is too short, only introduces a list, or is a row of a grade table."""
    return len(text.split()) < _SHORTEST or text.rstrip().endswith(":") or bool(_GRADE_ROW.search(text))


def _doubles(one: str, other: str) -> bool:
    a, b = set(re.findall(r"\w+", one.lower())), set(re.findall(r"\w+", other.lower()))
    return len(a & b) >= _DOUBLE * min(len(a), len(b))
