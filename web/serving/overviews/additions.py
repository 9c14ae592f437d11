"""Finds the addition that a request is about: the reports that were added together."""

from __future__ import annotations

from index.search.search_index import SearchIndex
from qa_service.analysis.news import Addition, find_addition
from web.contract.problems import UnknownAddition


def known_addition(index: SearchIndex, addition_id: str) -> Addition:
    """Return the addition with the given id. Raises UnknownAddition."""
    found = find_addition(index, addition_id)
    if found is None:
        raise UnknownAddition(f"No reports were added at “{addition_id[:100]}”.", field="addition_id")
    return found
