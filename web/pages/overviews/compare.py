"""The page that compares authorities, and the download of its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from corpus.themes import Theme
from index.search.search_index import SearchIndex
from index.types import Filters
from qa_service.analysis.authorities import authorities_of, authority_named, find_authority, say_unknown
from qa_service.analysis.themes import themes_of
from qa_service.answering.overviews.comparison import (
    HOW_COMPARED,
    MAX_ASPECT_WORDS,
    MAX_ASPECTS,
    MAX_AUTHORITIES,
    Aspect,
    ComparisonRow,
    compare,
)
from qa_service.answering.overviews.comparison_table import comparison_table
from web.guard.security import public_url
from web.pages.overviews.downloads import table_download
from web.serving.index_service import answerer
from web.serving.overviews.chosen_reports import (
    known_theme,
    matching_reports,
    say_unknown_theme,
    visible_collections,
)

comparisons = Blueprint("comparisons", __name__)


@dataclass(frozen=True, slots=True)
class CompareQuery:
    """What a person chose in the form."""

    authorities: tuple[str, ...]
    themes: tuple[Theme, ...]
    words: str
    collection: str | None
    known_authorities: tuple[str, ...]
    known_themes: tuple[Theme, ...]
    unknown: tuple[str, ...] = ()
    """Sentences about each name or theme in the address that we do not know."""

    @classmethod
    def read(cls, index: SearchIndex) -> CompareQuery:
        """Read the choices from the address of the page. Raises UnknownCollection."""
        collection = request.args.get("collection") or None
        reports = matching_reports(index, Filters(), collection)
        known, themes = authorities_of(reports), tuple(themes_of(index))
        named = {name: find_authority(reports, name) for name in request.args.getlist("authority") if name.strip()}
        theme_ids = set(filter(None, request.args.getlist("theme")))
        unknown = [say_unknown(name, known, collection) for name, found in named.items() if found is None]
        unknown += [say_unknown_theme(theme_id) for theme_id in sorted(theme_ids - {theme.id for theme in themes})]
        return cls(
            authorities=tuple(name for name in known if name in set(named.values())),
            themes=tuple(theme for theme in themes if theme.id in theme_ids),
            words=" ".join(request.args.get("words", "").split())[:MAX_ASPECT_WORDS],
            collection=collection,
            known_authorities=tuple(known),
            known_themes=themes,
            unknown=tuple(unknown),
        )

    @property
    def aspects(self) -> list[Aspect]:
        """The aspects to compare: the themes, and the person's own words."""
        return [*map(Aspect.of_theme, self.themes), *([Aspect(self.words)] if self.words else [])]

    @property
    def problem(self) -> str:
        """What to change in the form before we can compare. Empty if nothing needs to change."""
        if not self.authorities and not self.aspects:
            return ""
        if len(self.authorities) < 2:
            return "Choose at least two authorities."
        if len(self.authorities) > MAX_AUTHORITIES:
            return f"Choose at most {MAX_AUTHORITIES} authorities. You chose {len(self.authorities)}."
        if not self.aspects:
            return "Choose at least one theme, or give your own words."
        if len(self.aspects) > MAX_ASPECTS:
            return f"Choose at most {MAX_ASPECTS} aspects. You chose {len(self.aspects)}."
        return ""

    @property
    def is_complete(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.authorities and not self.problem)

    def url(self, endpoint: str, **more: Any) -> str:
        """Return an address that has the same choices."""
        chosen = {
            "authority": list(self.authorities),
            "theme": [theme.id for theme in self.themes],
            "words": self.words,
            "collection": self.collection,
            **more,
        }
        return url_for(endpoint, **{name: value for name, value in chosen.items() if value})


@comparisons.get("/compare")
def page() -> str:
    """Show the form and, if it is complete, the comparison."""
    index = answerer().index
    query = CompareQuery.read(index)
    return render_template(
        "compare.html",
        query=query,
        collections=visible_collections(),
        rows=_rows(query, index) if query.is_complete else [],
        rule=HOW_COMPARED,
        max_authorities=MAX_AUTHORITIES,
        max_aspects=MAX_ASPECTS,
        max_words=MAX_ASPECT_WORDS,
    )


@comparisons.get("/compare.<any(csv, xlsx):suffix>")
def download(suffix: str) -> Response:
    """Download the comparison, with a row for each quote. It is empty if the choices are not complete.

    Raises UnknownAuthority or UnknownTheme, because a table cannot say what is missing from it.
    """
    index = answerer().index
    query = CompareQuery.read(index)
    _check_names(index, query.collection)
    rows = _rows(query, index) if query.is_complete else []
    table = comparison_table(rows, f"{public_url()}/", index.manifest.build)
    return table_download(table, suffix, "comparison", "Comparison")


def _check_names(index: SearchIndex, collection: str | None) -> None:
    """Raise UnknownAuthority or UnknownTheme if the address of the page names one that we do not know."""
    reports = matching_reports(index, Filters(), collection)
    for name in filter(str.strip, request.args.getlist("authority")):
        authority_named(reports, name, collection)
    for theme_id in filter(None, request.args.getlist("theme")):
        known_theme(index, theme_id)


def _rows(query: CompareQuery, index: SearchIndex) -> list[ComparisonRow]:
    reports = matching_reports(index, Filters(authority=query.authorities), query.collection)
    return compare(index, reports, query.authorities, query.aspects)
