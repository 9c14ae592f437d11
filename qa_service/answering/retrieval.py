"""Passages for each part of a question: of its authority, its time and its kind where it names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.types import Form
from index.search.search_index import SearchIndex
from index.types import Filters, Query, ScoredPassage
from qa_service.answering.ablation import RANKINGS, Mechanism
from qa_service.answering.kinds import theme
from qa_service.understanding.interpretation import Interpretation, Part, lists_improvements
from qa_service.understanding.report_preference import preferences, reports_of_time
from qa_service.understanding.vocabulary import related_words

DEPTH = 20
"""Passages retrieved for each part of a question, before they are merged."""
_BY_WORDS = 200
"""The same where only words tell which passages are near, and a report's own list is looked for among them."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where one part of a question is looked for, and what a passage must name to count."""

    filters: Filters
    unheld: tuple[str, ...] = ()
    """Authorities that no report is about."""
    years: tuple[str, ...] = ()
    """Years that no report is of."""


class Retriever:
    """Finds what may answer, in one build of the index."""

    def __init__(self, index: SearchIndex, without: frozenset[Mechanism] = frozenset()) -> None:
        self.index = index
        self.without = without
        self._rankings_out = frozenset(RANKINGS[part] for part in without if part in RANKINGS)

    def retrieve(self, question: Interpretation, part: Part, wanted: Filters) -> list[ScoredPassage]:
        """The best passages for one part of a question, of those that a person's filters let through.

        Across all reports there are many more of them: a report speaks once, but of which passage is yet to be chosen.
        """
        scope = self._scope(part, wanted)
        if scope is None:
            return []
        preferred: dict[str, float] = {}
        if Mechanism.PREFERENCES not in self.without:
            preferred = preferences(question, part, self.index.allowed(wanted))
        text = self._sought(question)
        query = Query(text, scope.filters, preferred, related=related_words(text), without=self._rankings_out)
        spread = question.across and Mechanism.SPREAD not in self.without
        listed = question.improvements and Mechanism.IMPROVEMENTS not in self.without
        depth = _BY_WORDS if listed and self.index.degraded else DEPTH
        found = self.index.retrieve(query, theme.DEPTH if spread else depth)
        found = [scored for scored in found if _names(scored, scope.years)]
        if spread:
            return found
        # Where no report is about the place, only what a report on many says of it by name can answer.
        found = [scored for scored in found if _names(scored, scope.unheld or question.places)]
        if listed:
            # The report's own list first, where there is one.
            found.sort(key=lambda s: (not lists_improvements(s.passage.section), -preferred.get(s.report.id, 0.0)))
        return found

    def expect(self, question: Interpretation) -> None:
        """Begin to embed what a question seeks."""
        self.index.start_encoding(self._sought(question))

    def searched(self, question: Interpretation, wanted: Filters) -> int:
        """How many reports are searched for a question, over all its parts."""
        scopes = [self._scope(part, wanted) for part in question.parts]
        return len({report.id for scope in scopes if scope for report in self.index.allowed(scope.filters)})

    def _sought(self, question: Interpretation) -> str:
        """The text that passages are compared with."""
        return question.text if Mechanism.SUBJECT in self.without else question.search_text

    def _scope(self, part: Part, wanted: Filters) -> _Scope | None:
        """Where one part of a question is looked for; None where the filters leave nowhere."""
        scope: _Scope | None = _Scope(wanted)
        if part.authorities and Mechanism.AUTHORITIES not in self.without:
            scope = self._of_authorities(part, wanted)
        if Mechanism.TIMES not in self.without and scope is not None:
            scope = self._at_its_time(scope, part)
        return scope

    def _of_authorities(self, part: Part, wanted: Filters) -> _Scope | None:
        """The reports on the authorities named; where none is held, the reports on many, which may name them."""
        names = {name.casefold() for name in part.authorities}
        if any((report.authority or "").casefold() in names for report in self.index.store.reports):
            both = names & {name.casefold() for name in wanted.authority} if wanted.authority else names
            return _Scope(replace(wanted, authority=tuple(sorted(both)))) if both else None
        if wanted.authority or (wanted.form and Form.THEMATIC not in wanted.form):
            return None
        return _Scope(replace(wanted, form=(Form.THEMATIC,)), unheld=part.authorities)

    def _at_its_time(self, scope: _Scope, part: Part) -> _Scope:
        """The reports of the time named; where none is held, the years that a passage must name."""
        dated = reports_of_time(part, self.index.allowed(scope.filters))
        if dated is None:
            return scope
        if not dated:
            return replace(scope, years=tuple(str(period.first.year) for period in part.periods if period.exact))
        return replace(scope, filters=replace(scope.filters, report_id=tuple(sorted(dated))))


def _names(scored: ScoredPassage, any_of: Sequence[str]) -> bool:
    """Whether a passage names one of some words, where there are any."""
    return not any_of or any(name in scored.passage.text for name in any_of)


def in_turns(by_part: Sequence[Sequence[ScoredPassage]]) -> tuple[ScoredPassage, ...]:
    """The passages of all parts, the best of each first, none twice."""
    merged: dict[int, ScoredPassage] = {}
    for rank in range(max(map(len, by_part), default=0)):
        for passages in by_part:
            if rank < len(passages):
                merged.setdefault(passages[rank].row, passages[rank])
    return tuple(merged.values())
