"""Adds to the chosen sentences those next to them that a reader needs: the one before "They wait longer", for example.

The sentence that answers comes first. Its neighbours follow it as quotes of their own, with a heading that says where
they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from index.search.anaphora import refers_back
from index.search.text_analysis import terms
from qa_service import calibration
from qa_service.answering.sentences.context import lacks_subject
from qa_service.answering.sentences.evidence import Evidence, states_nothing

BEFORE, FURTHER_BEFORE, AFTER = "The sentence before it", "The sentence before that", "The sentence after it"
"""Headings of the quotes that are added."""


def with_subjects(chosen: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return the chosen sentences. After one such as "They wait longer", add those that say what it is about."""
    found: dict[tuple[int, int], Evidence] = {}
    for evidence in chosen:
        for each in (evidence, *_subjects(evidence)):
            found.setdefault((each.scored.row, each.number), each)
    return tuple(found.values())


def _subjects(evidence: Evidence) -> Iterator[Evidence]:
    """Yield the sentences that come before a sentence and say what it is about, nearest first."""
    heading = BEFORE
    while evidence.number and lacks_subject(evidence.text):
        evidence = _next_to(evidence, -1, heading)
        if states_nothing(evidence.text):
            return
        yield evidence
        heading = FURTHER_BEFORE


def with_next(chosen: Sequence[Evidence], search_text: str) -> tuple[Evidence, ...]:
    """Return the chosen sentences. If there are few, add the one after the first of them if it says more about it.

    It does if it refers back to the first one, or has words of the question. In a report about several authorities,
    the next sentence may be about another one.
    """
    if not 0 < len(chosen) <= calibration.SENTENCES_WITH_NEXT or chosen[0].scored.report.authority is None:
        return tuple(chosen)
    first, *others = chosen
    if first.number + 1 >= len(first.scored.passage.sentences):
        return tuple(chosen)
    after = _next_to(first, 1, AFTER)
    is_chosen = any((each.scored.row, each.number) == (after.scored.row, after.number) for each in others)
    if is_chosen or states_nothing(after.text) or not _goes_on(after.text, set(terms(search_text))):
        return tuple(chosen)
    return (first, after, *others)


def _goes_on(text: str, asked: AbstractSet[str]) -> bool:
    """Whether a sentence says more about the one before it, which answers a question with these terms."""
    return refers_back(text) or not asked.isdisjoint(terms(text))


def _next_to(evidence: Evidence, distance: int, heading: str) -> Evidence:
    """Return the sentence at a distance from another one in its passage. We do not know how well it answers."""
    number = evidence.number + distance
    start, end = evidence.scored.passage.sentences[number]
    return replace(evidence, number=number, start=start, end=end, heading=heading)
