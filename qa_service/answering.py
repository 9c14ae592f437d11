"""The pipeline from question to answer, as the list of its steps. A newcomer can learn the system from here."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from corpus.types import Form
from index.folders import DataFolder
from index.search_index import SearchIndex
from index.types import Encoder, Filters, Query, ScoredPassage
from qa_service import abstention, citations, evidence, grades
from qa_service.follow_up import Standalone, stand_alone
from qa_service.query import Part, lists_improvements, preferences
from qa_service.types import Answer, AnswerStatus, Question, Statement
from qa_service.vocabulary import related_words

DEPTH = 20
"""Passages retrieved for each part of a question, before they are merged."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way to its answer: each step fills in what it finds."""

    question: Question
    standalone: Standalone
    by_part: tuple[tuple[ScoredPassage, ...], ...] = ()
    passages: tuple[ScoredPassage, ...] = ()
    grades: tuple[grades.Grade, ...] = ()
    ranked: tuple[tuple[evidence.Evidence, ...], ...] = ()
    verdict: abstention.Verdict | None = None
    statements: tuple[Statement, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)

    @property
    def settled(self) -> abstention.Verdict:
        """The verdict, once a step has given it."""
        if self.verdict is None:
            raise RuntimeError("the question was not decided: the step that decides comes before this one")
        return self.verdict


class Answerer:
    """Answers questions from one build of the index."""

    def __init__(self, index: SearchIndex) -> None:
        self.index = index
        self._known = tuple(sorted({report.authority for report in index.store.reports if report.authority}))
        self.steps: tuple[tuple[str, Callable[[Inquiry], Inquiry]], ...] = (
            ("screen", self._screen),
            ("retrieve", self._retrieve),
            ("read grades", self._read_grades),
            ("choose evidence", self._choose_evidence),
            ("decide", self._decide),
            ("cite", self._cite),
        )

    @classmethod
    def open(cls, data: DataFolder, encoder: Encoder) -> Answerer:
        """Open the current build. Raises what :meth:`SearchIndex.open` raises."""
        return cls(SearchIndex.open(data, encoder))

    def answer(self, question: Question) -> Answer:
        """Answer a question, or say why not. The same question on the same build has the same answer."""
        timings: dict[str, float] = {}
        inquiry = Inquiry(question, stand_alone(question.text, question.history, self._known))
        for name, step in self.steps:
            began = time.perf_counter()
            inquiry = step(inquiry)
            timings[name] = (time.perf_counter() - began) * 1000
        return self._answer(replace(inquiry, timings=timings))

    def _screen(self, inquiry: Inquiry) -> Inquiry:
        """See whether any report can answer: of that authority, of that time."""
        question = inquiry.standalone.question
        verdict = abstention.before_search(
            question, inquiry.question.filters, self.index.store.reports, self.index.is_known
        )
        return replace(inquiry, verdict=verdict)

    def _retrieve(self, inquiry: Inquiry) -> Inquiry:
        """Find passages for each part of the question, and take them in turns."""
        if inquiry.verdict is not None:
            return inquiry
        by_part = tuple(tuple(self._retrieve_part(inquiry, part)) for part in inquiry.standalone.question.parts)
        merged: dict[int, ScoredPassage] = {}
        for rank in range(DEPTH):
            for passages in by_part:
                if rank < len(passages):
                    merged.setdefault(passages[rank].row, passages[rank])
        return replace(inquiry, by_part=by_part, passages=tuple(merged.values()))

    def _retrieve_part(self, inquiry: Inquiry, part: Part) -> list[ScoredPassage]:
        question, wanted = inquiry.standalone.question, inquiry.question.filters
        filters = self._limited(wanted, part)
        preferred = preferences(question, part, self.index.store.reports)
        query = Query(question.search_text, filters, preferred, related=related_words(question.search_text))
        found = self.index.retrieve(query, DEPTH)
        # Where no report is about the place, only what a report on many says of it by name can answer.
        unheld = part.authorities if filters.form == (Form.THEMATIC,) != wanted.form else question.places
        found = [scored for scored in found if not unheld or any(name in scored.passage.text for name in unheld)]
        if question.improvements:  # the report's own list first, where there is one
            found.sort(
                key=lambda s: (not lists_improvements(s.passage.section), -query.preferred.get(s.report.id, 0.0))
            )
        return found

    def _limited(self, wanted: Filters, part: Part) -> Filters:
        """A person's filters, and the authority that the question names where they set none."""
        if not part.authorities:
            return wanted
        if not set(part.authorities) & set(self._known):
            return replace(wanted, form=(Form.THEMATIC,))
        both = tuple(name for name in part.authorities if not wanted.authority or name in wanted.authority)
        return replace(wanted, authority=both or part.authorities)

    def _read_grades(self, inquiry: Inquiry) -> Inquiry:
        """Answer a question about grades from the reports' tables, whose passages then come first."""
        question = inquiry.standalone.question
        if inquiry.verdict is not None or not grades.asks_for_grade(question):
            return inquiry
        reports = self.index.allowed(inquiry.question.filters)
        by_part = (grades.find_grades(question, part, reports, self.index.store) for part in question.parts)
        # Then and now may be one report: its grade is stated once.
        found = {(grade.report.id, grade.judgement.area): grade for part in by_part for grade in part}
        if not found:
            return replace(inquiry, verdict=abstention.without_grade(question, reports))
        rows = list(dict.fromkeys(grade.passage.row for grade in found.values()))
        first = self.index.score(Query(question.search_text), rows)
        rest = [scored for scored in inquiry.passages if scored.row not in rows]
        return replace(inquiry, grades=tuple(found.values()), passages=(*first, *rest))

    def _choose_evidence(self, inquiry: Inquiry) -> Inquiry:
        """Rank the sentences of each part's passages."""
        question = inquiry.standalone.question
        return replace(
            inquiry,
            ranked=tuple(tuple(evidence.candidates(question, found, self.index.rarity)) for found in inquiry.by_part),
        )

    def _decide(self, inquiry: Inquiry) -> Inquiry:
        """Answer or not, with a reason."""
        if inquiry.verdict is not None:
            return inquiry
        if inquiry.grades:
            reason = "Read from the grades that the report prints."
            if grades.without_overall(inquiry.standalone.question, inquiry.grades):
                reason = "A report cited here prints no overall grade. These are the grades that it prints."
            return replace(inquiry, verdict=abstention.Verdict(AnswerStatus.ANSWERED, 0.95, reason))
        question = inquiry.standalone.question
        first = next((ranked[0] for ranked in inquiry.ranked if ranked), None)
        if question.improvements and first and lists_improvements(first.scored.passage.section):
            reason = "From the report’s own list of what needs to improve."
            return replace(inquiry, verdict=abstention.Verdict(AnswerStatus.ANSWERED, 0.9, reason))
        everything = sorted((e for ranked in inquiry.ranked for e in ranked), key=lambda e: -e.score)
        missing = abstention.not_held(question, self.index.store.reports)
        return replace(inquiry, verdict=abstention.after_search(question, everything, missing))

    def _cite(self, inquiry: Inquiry) -> Inquiry:
        """Write the statements, each located in its original; with none left, there is no answer."""
        if inquiry.settled.status is not AnswerStatus.ANSWERED:
            return replace(inquiry, passages=inquiry.passages[: inquiry.question.top_k])
        chosen = [] if inquiry.grades else self._chosen(inquiry)
        cited = {grade.passage.row for grade in inquiry.grades} | {e.scored.row for e in chosen}
        shown = tuple(s for r, s in enumerate(inquiry.passages) if r < inquiry.question.top_k or s.row in cited)
        numbers = {scored.row: number for number, scored in enumerate(shown, 1)}
        findings = [citations.finding_statement(g, numbers[g.passage.row], self.index) for g in inquiry.grades]
        quoted = [citations.quote_statement(e, numbers[e.scored.row], self.index) for e in chosen]
        statements = tuple(statement for statement in (*findings, *quoted) if statement is not None)
        verdict = inquiry.settled
        if not statements:
            reason = "The sentences found could not be proved word for word on their pages, so they are not quoted."
            verdict = abstention.Verdict(AnswerStatus.LOW_CONFIDENCE, min(verdict.confidence, 0.4), reason)
        return replace(inquiry, passages=shown, statements=statements, verdict=verdict)

    def _chosen(self, inquiry: Inquiry) -> list[evidence.Evidence]:
        """The sentences shown: up to four of one question, up to two of each part of a comparison."""
        parts = len(inquiry.ranked)
        most = evidence.MOST if parts == 1 else max(1, evidence.MOST // parts)
        chosen = [e for ranked in inquiry.ranked for e in evidence.choose(ranked, most)]
        unique = {(e.scored.row, e.start): e for e in chosen}
        return list(unique.values())

    def _answer(self, inquiry: Inquiry) -> Answer:
        question = inquiry.standalone.question
        return Answer(
            status=inquiry.settled.status,
            statements=inquiry.statements,
            citations=citations.number(inquiry.passages, inquiry.statements, self.index),
            confidence=round(inquiry.settled.confidence, 4),
            reason=inquiry.settled.reason,
            question=inquiry.question.text,
            interpreted_question=question.text if not inquiry.standalone.carried else question.search_text,
            filters=inquiry.question.filters,
            build=self.index.manifest.build,
            carried_over=inquiry.standalone.carried,
            understood=question.in_words,
            timings=inquiry.timings,
        )
