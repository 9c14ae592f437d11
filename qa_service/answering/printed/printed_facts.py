"""Finds facts about reports, other than grades, with the passages that print them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Report
from index.storage.store import Store
from index.types import IndexedPassage
from qa_service.answering.state import PrintedFact
from qa_service.report_facts import find_fact
from qa_service.types import FactName

_FIRST_PASSAGES = 6
"""Number of passages at the start of a report to search for dates. Dates in later passages belong to other inspections.
"""


def printed_fact(report: Report, name: FactName, store: Store) -> PrintedFact | None:
    """Return a fact with the passage that prints it, or else with the report's first passage.

    None if the report has no passages.
    """
    passages: Sequence[IndexedPassage]
    if name in (FactName.LEAD_INSPECTOR, FactName.POST_HOLDER):
        passages = store.passages_of(report.id)
    else:
        passages = store.first_passages_of(report.id, _FIRST_PASSAGES)
    if not passages:
        return None
    for passage in passages:
        if span := find_fact(passage.passage.text, report, name):
            return PrintedFact(report, name, passage, span)
    return PrintedFact(report, name, passages[0])
