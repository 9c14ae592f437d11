"""Finds the sentences of a report on a visit that say what inspectors looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.types import Report
from index.search.search_index import SearchIndex
from index.types import IndexedPassage
from qa_service.answering.sentences.evidence import Evidence

_SCOPE = re.compile(
    r"\W*(?:(?:on|in|during|throughout|for)\s+(?:the\s+course\s+of\s+)?(?:this|the)\s+(?:\w+\s+)?visit,?\s+)?"
    r"(?:(?:specifically|in\s+particular),?\s+)?"
    r"(?:(?:His|Her)\s+Majesty[’']s\s+)?(?:inspectors|they|(?:this|the)\s+(?:\w+\s+)?visit)\s+(?:also\s+)?"
    r"(?:looked\s+(?:closely\s+)?at|considered|reviewed|evaluated|examined|focus+ed\s+on|concentrated\s+on|explored)\b",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\brange\s+of\b|\bevidence\b|\b(?:assurance|performance|management)\s+information\b|\brecords\b|\bcase\s+files?\b|"
    r"\b(?:discussions?|met|meetings?)\s+with\b|\binformation\s+provided\s+by\b|\bcases\s+and\b",
    re.IGNORECASE,
)
"""A sentence that only says what inspectors read and who they met."""
_FIRST_PASSAGES = 5
"""Number of passages in which such a sentence may be. Later sentences say what inspectors found. We chose
this value by reading letters."""
_MOST = 3
"""Maximum number of sentences to quote from a report. We chose this value by judgement."""


def scope_of_visit(index: SearchIndex, report: Report) -> list[Evidence]:
    """Return the sentences that say what inspectors looked at on a visit, in order. Empty if we find none."""
    found: list[tuple[IndexedPassage, int]] = []
    for indexed in index.store.first_passages_of(report.id, _FIRST_PASSAGES):
        for number, text in _sentences(indexed):
            says = _SCOPE.match(text) is not None and not _EVIDENCE.search(text)
            if says:
                found.append((indexed, number))
            elif found:
                break
        if found:
            break
    by_row = {scored.row: scored for scored in index.passages_at([found[0][0].row] if found else [])}
    return [
        Evidence(by_row[indexed.row], number, *indexed.passage.sentences[number], 1.0, 1.0, 1.0)
        for indexed, number in found[:_MOST]
    ]


def _sentences(indexed: IndexedPassage) -> Iterator[tuple[int, str]]:
    passage = indexed.passage
    for number, (start, end) in enumerate(passage.sentences):
        yield number, passage.text[start:end]
