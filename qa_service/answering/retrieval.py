"""Finds passages for each part of a question, in the reports on the authority and from the time in that part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.types import Form
from index.search.search_index import SearchIndex
from index.types import Filters, Query, ScoredPassage, SearchResult
from qa_service import calibration
from qa_service.answering.facts.authorities.lists import authorities_that_fit
from qa_service.answering.facts.types import FactScope
from qa_service.answering.sentences.listed_items import in_own_list
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.report_preference import preferences, reports_of_kind, reports_of_time
from qa_service.understanding.words.vocabulary import related_words


@dataclass(frozen=True, slots=True)
class RetrievalParts:
    """The parts of retrieval that can be left out to measure what they contribute."""

    rankings_left_out: frozenset[str] = frozenset()
    removes_names: bool = True
    """Whether to remove the names and times that filters apply from the text that we search for."""
    by_authority: bool = True
    by_time: bool = True
    by_preference: bool = True


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """How to search for a kind of question."""

    depth: int = calibration.PASSAGES_PER_PART
    """Number of passages to retrieve for each part."""
    names_the_place: bool = True
    """Whether a passage must name the place that a question asks about."""
    own_list_first: bool = False
    """Whether to put a report's own list of improvements first."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where to search for one part of a question, and what a passage must name."""

    filters: Filters
    authorities_to_name: tuple[str, ...] = ()
    """Authorities that a passage must name, because we have no reports about them."""
    also_naming: tuple[str, ...] = ()
    """Authorities that we also look for in thematic reports, not only in the reports about them."""
    years_to_name: tuple[str, ...] = ()
    """Years that a passage must name, because we have no reports from those years."""


class Retriever:
    """Finds passages in one build of the index."""

    def __init__(self, index: SearchIndex, parts: RetrievalParts = RetrievalParts()) -> None:
        self.index = index
        self.parts = parts

    def retrieve(self, question: Interpretation, filters: Filters, plan: SearchPlan) -> list[SearchResult]:
        """Return the best passages for each part of a question, among the reports that the filters allow."""
        return [self._retrieve_part(question, part, filters, plan) for part in question.parts]

    def count_reports(self, question: Interpretation, filters: Filters) -> int:
        """Return how many reports we search for a question.

        A report counts once, even if several parts of the question need it.
        """
        scopes = [self._scope(question, part, filters) for part in question.parts]
        return len({report.id for scope in scopes if scope for report in self.index.allowed(scope.filters)})

    def _retrieve_part(self, question: Interpretation, part: Part, filters: Filters, plan: SearchPlan) -> SearchResult:
        scope = self._scope(question, part, filters)
        if scope is None:
            return SearchResult((), {})
        preferred: dict[str, float] = {}
        if self.parts.by_preference:
            preferred = preferences(question, part, self.index.allowed(filters))
        text = self._text(question)
        query = Query(
            text,
            scope.filters,
            preferred,
            related=related_words(text),
            also=self._mentions(scope, question, filters),
            without=self.parts.rankings_left_out,
        )
        result = self.index.retrieve(query, plan.depth)
        passages = [scored for scored in result.passages if _names(scored, scope.years_to_name)]
        if plan.names_the_place:
            places = scope.authorities_to_name or question.places
            passages = [scored for scored in passages if _names(scored, places)]
        if plan.own_list_first:
            passages.sort(key=lambda s: (not in_own_list(s), -preferred.get(s.report.id, 0.0)))
        return replace(result, passages=tuple(passages))

    def _text(self, question: Interpretation) -> str:
        """Return the text to compare passages with."""
        return question.search_text if self.parts.removes_names else question.text

    def _scope(self, question: Interpretation, part: Part, filters: Filters) -> _Scope | None:
        """Return where to search for a part. None if the conditions and filters leave no reports to search."""
        scope: _Scope | None = _Scope(filters)
        if part.authorities and self.parts.by_authority:
            scope = self._of_authorities(part, filters)
        if self.parts.by_time and scope is not None:
            scope = self._of_time(scope, part)
        if scope is not None:
            scope = _limited_scope(scope, reports_of_kind(question, part, self.index.allowed(scope.filters)))
        if scope is not None and question.conditions.grades:
            scope = _limited_scope(scope, self._of_grades(question, scope.filters))
        return scope

    def _of_grades(self, question: Interpretation, filters: Filters) -> set[str]:
        """Return the ids of the reports on authorities whose grades meet the conditions of a question."""
        reports = tuple(self.index.allowed(filters))
        fitting = authorities_that_fit(FactScope(question, reports, self.index.store))
        return {report.id for report in reports if report.authority in fitting}

    def _of_authorities(self, part: Part, filters: Filters) -> _Scope | None:
        """Search the reports on the authorities named.

        If there are none, search thematic reports, because these may mention the authorities.
        """
        names = {name.casefold() for name in part.authorities}
        if any((report.authority or "").casefold() in names for report in self.index.store.reports):
            allowed = names & {name.casefold() for name in filters.authority} if filters.authority else names
            scope = _Scope(replace(filters, authority=tuple(sorted(allowed))), also_naming=part.authorities)
            return scope if allowed else None
        if filters.authority or (filters.form and Form.THEMATIC not in filters.form):
            return None
        return _Scope(replace(filters, form=(Form.THEMATIC,)), authorities_to_name=part.authorities)

    def _mentions(self, scope: _Scope, question: Interpretation, filters: Filters) -> tuple[int, ...]:
        """Return the rows of passages in thematic reports that name one of a scope's authorities.

        The result is empty if the question or a filter limits the reports in any other way.
        """
        limits = (question.periods, question.kinds, question.latest, question.form, question.conditions.grades)
        if not scope.also_naming or filters.any or any(limits):
            return ()
        thematic = {report.id for report in self.index.allowed(filters) if report.form is Form.THEMATIC}
        rows = (self.index.rows_with(name, thematic) for name in scope.also_naming if thematic)
        return tuple(sorted({row for each in rows for row in each}))

    def _of_time(self, scope: _Scope, part: Part) -> _Scope | None:
        """Search the reports from the time in the question. If there are none, a passage must name the year."""
        of_time = reports_of_time(part, self.index.allowed(scope.filters))
        if of_time is None:
            return scope
        years = tuple(str(period.first.year) for period in part.periods if period.exact)
        if not of_time and years:
            return replace(scope, years_to_name=years)
        return _limited_scope(scope, of_time)


def _limited_scope(scope: _Scope, ids: set[str] | None) -> _Scope | None:
    """Limit the search to some reports. None if that leaves no report."""
    if ids is None:
        return scope
    return replace(scope, filters=replace(scope.filters, report_id=tuple(sorted(ids)))) if ids else None


def _names(scored: ScoredPassage, any_of: Sequence[str]) -> bool:
    """Whether a passage contains at least one of the words given. True if no words are given."""
    return not any_of or any(word in scored.passage.text for word in any_of)


def interleave(passages_by_part: Sequence[Sequence[ScoredPassage]]) -> tuple[ScoredPassage, ...]:
    """Merge the passages for all parts. The best passage for each part comes first, and each passage appears once."""
    merged: dict[int, ScoredPassage] = {}
    for rank in range(max(map(len, passages_by_part), default=0)):
        for passages in passages_by_part:
            if rank < len(passages):
                merged.setdefault(passages[rank].row, passages[rank])
    return tuple(merged.values())
