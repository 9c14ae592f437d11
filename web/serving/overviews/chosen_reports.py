"""Finds the reports that a page is about: those that match the filters and are in the chosen collection."""

from __future__ import annotations

from corpus.themes import Theme
from corpus.types import Report
from index.search.search_index import SearchIndex
from index.storage.collections import Collection
from index.types import Filters
from qa_service.analysis.themes import find_theme
from web.contract.problems import UnknownCollection, UnknownTheme
from web.guard.identity import identity
from web.serving.index_service import current_service


def matching_reports(index: SearchIndex, filters: Filters, collection: str | None = None) -> list[Report]:
    """Return the reports that match the filters.

    If a collection is named, they must also be in it. Raises UnknownCollection.
    """
    reports = index.allowed(filters)
    if collection is None:
        return reports
    visible = _visible()
    if collection not in visible:
        raise UnknownCollection(
            f"You have no collection named “{collection[:100]}”.",
            field="collection",
            remedy="Choose a collection that you can see, or leave this out to count all reports.",
        )
    return [report for report in reports if report.sha256 in visible[collection].contents]


def visible_collections() -> list[str]:
    """Return the names of the collections that the sender of the request may see, in order."""
    return list(_visible())


def _visible() -> dict[str, Collection]:
    return current_service().views.collections_of(identity())


def known_theme(index: SearchIndex, theme_id: str) -> Theme:
    """Return a theme of the index. Raises UnknownTheme."""
    theme = find_theme(index, theme_id)
    if theme is None:
        raise UnknownTheme(say_unknown_theme(theme_id), field="theme_id")
    return theme


def say_unknown_theme(theme_id: str) -> str:
    """Say that we have no theme with this id."""
    return f"We have no theme with the id “{theme_id[:100]}”."
