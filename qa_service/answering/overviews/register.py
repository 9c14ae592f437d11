"""Finds the improvement register of an authority, and proves its quotes against the stored originals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from weakref import WeakKeyDictionary

from corpus.quotes.originals import Originals
from corpus.types import Report
from index.search.search_index import SearchIndex
from qa_service.analysis.authorities import authority_named, find_authority
from qa_service.analysis.register import LaterWord, Register, build_register
from qa_service.answering.citations import Prover
from qa_service.answering.sentences.evidence import Evidence
from qa_service.types import Quote
from qa_service.understanding.words.vocabulary import related_words

_KNOWN: WeakKeyDictionary[SearchIndex, dict[str, Register]] = WeakKeyDictionary()
"""The registers of each open index, by authority. It takes about a second to make a register."""
Place = tuple[int, int]
"""The row of a passage, and the number of a sentence in that passage."""
Quotes = Mapping[Place, tuple[Quote, ...]]
"""The quotes of each sentence, one for each page that the sentence is on."""


def find_register(index: SearchIndex, authority: str) -> Register | None:
    """Return the register of an authority. Capitals in its name do not matter. None if no report is about it."""
    name = find_authority(index.store.reports, authority)
    return None if name is None else register_named(index, name)


def register_named(index: SearchIndex, authority: str) -> Register:
    """Return the register of an authority. Capitals in its name do not matter. Raises UnknownAuthority."""
    name = authority_named(index.store.reports, authority)
    known = _KNOWN.setdefault(index, {})
    if name not in known:
        known[name] = build_register(index, name, related_words)
    return known[name]


def prove(index: SearchIndex, words: Iterable[LaterWord]) -> Quotes:
    """Return quotes of the sentences that show what later reports say.

    A sentence has one quote for each page that it is on.

    We leave out a sentence that is not word for word on its pages.
    """
    places = sorted({(sentence.row, sentence.number) for word in words for sentence in word.sentences})
    with Originals() as originals:
        prover = Prover(originals, index.source)
        proved = {place: prover.quotes(each, 1) for place, each in zip(places, evidence_at(index, places), strict=True)}
    return {place: quotes for place, quotes in proved.items() if quotes}


def evidence_at(index: SearchIndex, places: Sequence[Place]) -> list[Evidence]:
    """Return the sentences at the given places, in the same order."""
    rows = {scored.row: scored for scored in index.passages_at(sorted({row for row, _ in places}))}
    return [
        Evidence(rows[row], number, *rows[row].passage.sentences[number], similarity=1.0, overlap=1.0, score=1.0)
        for row, number in places
    ]


def item_places(index: SearchIndex, report: Report, number: int) -> list[Place]:
    """Return the places of the sentences of an item in a report's list of improvements."""
    return [
        (indexed.row, at)
        for indexed in index.store.passages_of(report.id)
        for at, (start, _) in enumerate(indexed.passage.sentences)
        if report.improvement_at(indexed.passage.start + start) == number - 1
    ]
