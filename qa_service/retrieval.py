"""Passages for each part of a question: of its authority, its time and its kind where it names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.types import Form
from index.search_index import SearchIndex
from index.types import Filters, Query, ScoredPassage
from qa_service import themes
from qa_service.mechanisms import RANKINGS, Mechanism
from qa_service.query import Interpretation, Part, lists_improvements, preferences, reports_of_time
from qa_service.vocabulary import related_words

DEPTH = 20
"""Passages retrieved for each part of a question, before they are merged."""


class Retriever:
    """Finds what may answer, in one build of the index."""

    def __init__(self, index: SearchIndex, without: frozenset[Mechanism] = frozenset()) -> None:
        self.index = index
        self.without = without
        self._rankings_out = frozenset(RANKINGS[part] for part in without if part in RANKINGS)

    def retrieve(self, question: Interpretation, part: Part, wanted: Filters) -> list[ScoredPassage]:
        """The best passages for one part of a question, within a person's filters."""
        filters, years = self._at_its_time(self._limited(wanted, part), part)
        reports = self.index.store.reports
        preferred = {} if Mechanism.PREFERENCES in self.without else preferences(question, part, reports)
        text = question.text if Mechanism.SUBJECT in self.without else question.search_text
        query = Query(text, filters, preferred, related=related_words(text), without=self._rankings_out)
        if question.across and Mechanism.SPREAD not in self.without:
            return themes.one_per_report(self.index.retrieve(query, themes.DEPTH))
        found = self.index.retrieve(query, DEPTH)
        # Where no report is of that time, only what one says of it can answer.
        found = [scored for scored in found if not years or any(year in scored.passage.text for year in years)]
        # Where no report is about the place, only what a report on many says of it by name can answer.
        unheld = part.authorities if filters.form == (Form.THEMATIC,) != wanted.form else question.places
        found = [scored for scored in found if not unheld or any(name in scored.passage.text for name in unheld)]
        if question.improvements and Mechanism.IMPROVEMENTS not in self.without:
            # The report's own list first, where there is one.
            found.sort(key=lambda s: (not lists_improvements(s.passage.section), -preferred.get(s.report.id, 0.0)))
        return found

    def _at_its_time(self, filters: Filters, part: Part) -> tuple[Filters, tuple[str, ...]]:
        """The filters with the reports of the time named; where there is none, the years that a passage must name."""
        dated = None if Mechanism.TIMES in self.without else reports_of_time(part, self.index.store.reports)
        if dated is None:
            return filters, ()
        if not dated:
            return filters, tuple(str(period.first.year) for period in part.periods if period.exact)
        both = dated & set(filters.report_id) if filters.report_id else dated
        return replace(filters, report_id=tuple(sorted(both or dated))), ()

    def _limited(self, wanted: Filters, part: Part) -> Filters:
        """A person's filters, and the authority that the question names where they set none."""
        if not part.authorities or Mechanism.AUTHORITIES in self.without:
            return wanted
        if not any(report.authority in part.authorities for report in self.index.store.reports):
            return replace(wanted, form=(Form.THEMATIC,))
        both = tuple(name for name in part.authorities if not wanted.authority or name in wanted.authority)
        return replace(wanted, authority=both or part.authorities)


def in_turns(by_part: Sequence[Sequence[ScoredPassage]]) -> tuple[ScoredPassage, ...]:
    """The passages of all parts, the best of each first, none twice."""
    merged: dict[int, ScoredPassage] = {}
    for rank in range(max(map(len, by_part), default=0)):
        for passages in by_part:
            if rank < len(passages):
                merged.setdefault(passages[rank].row, passages[rank])
    return tuple(merged.values())
