"""The pipeline from question to answer, as the list of its steps. A newcomer can learn the system from here."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from corpus.originals import Originals
from index.encoding.encoders import open_pair_scorer
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Encoder, PairScorer, Query
from qa_service.answering import abstention, citations, degradation, evidence
from qa_service.answering.ablation import Mechanism
from qa_service.answering.cache import MOST, InquiryCache
from qa_service.answering.kinds import grade, theme
from qa_service.answering.kinds.grade_list import list_grades
from qa_service.answering.kinds.grade_premise import correct_premise
from qa_service.answering.later_reports import standing_of
from qa_service.answering.reranking import PairReader
from qa_service.answering.retrieval import Retriever, in_turns
from qa_service.answering.state import Inquiry
from qa_service.types import Answer, AnswerStatus, Question
from qa_service.understanding.follow_up import stand_alone
from qa_service.understanding.interpretation import without_parts

_DECIDED = "decide"
"""The step up to which an inquiry is kept for whoever asks the same again."""


class Answerer:
    """Answers questions from one build of the index."""

    def __init__(
        self,
        index: SearchIndex,
        cross: PairScorer | None = None,
        without: frozenset[Mechanism] = frozenset(),
        lacking: tuple[str, ...] = (),
        remembered: int = MOST,
    ) -> None:
        """``remembered`` is how many questions are remembered."""
        self.index = index
        self.cross = None if index.degraded else cross  # it reads likeness too, of which there is none then
        self.without = without
        self.degraded = (*index.degraded, *lacking)
        """What could not be loaded: what only that can prove is not stated."""
        self._retriever = Retriever(index, without)
        self._reads = self.cross if Mechanism.CROSS_ENCODER not in without else None
        self._remembered = remembered
        self._kept = InquiryCache(remembered)
        self.steps: tuple[tuple[str, Callable[[Inquiry], Inquiry]], ...] = (
            ("screen", self._screen),
            ("retrieve", self._retrieve),
            ("read grades", self._read_grades),
            ("choose evidence", self._choose_evidence),
            (_DECIDED, self._decide),
            ("cite", self._cite),
        )

    @classmethod
    def open(
        cls,
        data: DataFolder,
        encoder: Encoder | None,
        remembered: int = MOST,
        scorer: Callable[[Encoder], PairScorer | None] = open_pair_scorer,
    ) -> Answerer:
        """Open the current build, and beside its encoder the cross-encoder. Raises as :meth:`SearchIndex.open` does."""
        index = SearchIndex.open(data, encoder)
        cross, lacking = degradation.open_cross(encoder, scorer)
        return cls(index, cross, lacking=lacking, remembered=remembered)

    def leaving_out(self, *mechanisms: Mechanism) -> Answerer:
        """The same without some of its parts, to measure what they bring."""
        return self._over(self.index, self.without | frozenset(mechanisms))

    def without_reports(self, hidden: frozenset[str]) -> Answerer:
        """The same for somebody who may not see some reports, by id: it answers as if they were not held.

        Itself where none of them is held. Raises DamagedIndex.
        """
        index = self.index.without(hidden)
        return self if index is self.index else self._over(index, self.without)

    def _over(self, index: SearchIndex, without: frozenset[Mechanism]) -> Answerer:
        lacking = tuple(one for one in self.degraded if one not in index.degraded)
        return Answerer(index, self.cross, without, lacking, self._remembered)

    def answer(self, question: Question) -> Answer:
        """Answer a question, or say why not. The same question on the same build has the same answer."""
        began = time.perf_counter()
        if kept := self._kept.get(question):
            inquiry = replace(kept, timings={"recall": (time.perf_counter() - began) * 1000})
        else:
            inquiry = self.inquire(question, last=_DECIDED)
            self._kept.put(inquiry)
        return self._answer(self._taken(inquiry, self.steps[-1:]))

    def inquire(self, question: Question, last: str | None = None) -> Inquiry:
        """Take a question through the steps, all or up to the one named."""
        began = time.perf_counter()
        standalone = stand_alone(
            question.text,
            question.history,
            self.index.store.reports,
            question.set_aside,
            question.set_aside_before,
        )
        if Mechanism.PARTS in self.without:
            standalone = replace(standalone, question=without_parts(standalone.question))
        timings = {"understand": (time.perf_counter() - began) * 1000}
        names = [name for name, _ in self.steps]
        steps = self.steps[: names.index(last) + 1] if last else self.steps
        reader = PairReader(self._reads, self.index) if self._reads else None
        return self._taken(Inquiry(question, standalone, reader, timings=timings), steps)

    def _taken(self, inquiry: Inquiry, steps: Sequence[tuple[str, Callable[[Inquiry], Inquiry]]]) -> Inquiry:
        """Take an inquiry through some steps, each with what it took."""
        timings = dict(inquiry.timings)
        for name, step in steps:
            began = time.perf_counter()
            inquiry = step(inquiry)
            timings[name] = (time.perf_counter() - began) * 1000
        return replace(inquiry, timings=timings)

    def _screen(self, inquiry: Inquiry) -> Inquiry:
        """See whether any report can answer: of that authority, of that time."""
        question = inquiry.standalone.question
        if inquiry.standalone.choices:
            return replace(inquiry, verdict=abstention.ambiguous(inquiry.standalone.choices))
        if Mechanism.SCREEN in self.without:
            return inquiry
        verdict = abstention.before_search(
            question, inquiry.question.filters, self.index.store.reports, self.index.is_known
        )
        return replace(inquiry, verdict=verdict)

    def _retrieve(self, inquiry: Inquiry) -> Inquiry:
        """Find passages for each part of the question, and take them in turns."""
        if inquiry.verdict is not None:
            return inquiry
        question, wanted = inquiry.standalone.question, inquiry.question.filters
        self._retriever.expect(question)
        by_part = tuple(tuple(self._retriever.retrieve(question, part, wanted)) for part in question.parts)
        if question.across and Mechanism.SPREAD not in self.without:
            again = (theme.read_again(found, question.search_text, inquiry.reader) for found in by_part)
            by_part = tuple(tuple(theme.one_per_report(found)) for found in again)
        return replace(inquiry, by_part=by_part, passages=in_turns(by_part))

    def _read_grades(self, inquiry: Inquiry) -> Inquiry:
        """Answer a question about grades from the reports' tables, whose passages then come first."""
        question = inquiry.standalone.question
        if inquiry.verdict is not None:
            return inquiry
        reports = self.index.allowed(inquiry.question.filters)
        corrected = correct_premise(question, reports, self.index.store)
        if corrected and Mechanism.PREMISE not in self.without:
            verdict = abstention.Verdict(AnswerStatus.FALSE_PREMISE, 0.05, corrected.reason)
            return self._with_grades(replace(inquiry, verdict=verdict), corrected.grades)
        if Mechanism.GRADES in self.without:
            return inquiry
        if listed := list_grades(question, reports, self.index.store):
            status = AnswerStatus.ANSWERED if listed.grades else AnswerStatus.NOT_IN_REPORTS
            verdict = abstention.Verdict(status, 0.9 if listed.grades else 0.1, listed.reason)
            return self._with_grades(replace(inquiry, verdict=verdict, total=listed.total), listed.grades)
        if not grade.asks_for_grade(question):
            return inquiry
        by_part = (grade.find_grades(question, part, reports, self.index.store) for part in question.parts)
        # Then and now may be one report: its grade is stated once.
        found = {(grade.report.id, grade.judgement.area): grade for part in by_part for grade in part}
        if not found:
            return replace(inquiry, verdict=abstention.without_grade(question, reports))
        return self._with_grades(inquiry, tuple(found.values()))

    def _with_grades(self, inquiry: Inquiry, found: tuple[grade.Grade, ...]) -> Inquiry:
        """Put the passages that print the grades first."""
        rows = list(dict.fromkeys(grade.passage.row for grade in found))
        first = self.index.score(Query(inquiry.standalone.question.search_text), rows)
        rest = [scored for scored in inquiry.passages if scored.row not in rows]
        return replace(inquiry, grades=found, passages=(*first, *rest))

    def _choose_evidence(self, inquiry: Inquiry) -> Inquiry:
        """Rank the sentences of each part's passages."""
        question = inquiry.standalone.question
        if inquiry.verdict is not None:
            return inquiry
        demanding = Mechanism.DEMANDS not in self.without
        ranked = (
            evidence.candidates(question, found, self.index.rarity, demanding=demanding) for found in inquiry.by_part
        )
        return replace(
            inquiry, ranked=tuple(tuple(evidence.weighed(question, part, inquiry.reader)) for part in ranked)
        )

    def _decide(self, inquiry: Inquiry) -> Inquiry:
        """Answer or not, with a reason."""
        if inquiry.verdict is not None:
            return inquiry
        question = inquiry.standalone.question
        if inquiry.grades:
            reason = "Read from the grades that the report prints."
            if grade.without_overall(question, inquiry.grades):
                reason = "A report cited here prints no overall grade. These are the grades that it prints."
            return replace(inquiry, verdict=abstention.Verdict(AnswerStatus.ANSWERED, 0.95, reason))
        is_list = degradation.is_list if self.degraded else evidence.is_list_first
        if is_list(question, inquiry.ranked):
            reason = "From the report’s own list of what needs to improve."
            return replace(inquiry, verdict=abstention.Verdict(AnswerStatus.ANSWERED, 0.9, reason))
        if self.degraded:
            return replace(inquiry, verdict=degradation.unproved(self.degraded, found=bool(inquiry.passages)))
        nearest = partial(self.index.nearest_cosine, question.search_text)
        verdict = abstention.after_search(question, inquiry.ranked, self.index.store.reports, nearest)
        if question.across and verdict.status is AnswerStatus.ANSWERED and Mechanism.SPREAD not in self.without:
            total = theme.count_of(inquiry.passages)
            searched = self._retriever.searched(question, inquiry.question.filters)
            verdict = replace(verdict, reason=theme.rule(total, searched))
            if not total:
                verdict = abstention.none_counted(verdict.confidence, theme.none(searched), nearest)
            return replace(inquiry, verdict=verdict, total=total)
        return replace(inquiry, verdict=verdict)

    def _cite(self, inquiry: Inquiry) -> Inquiry:
        """Write the statements, each located in its original; with none left, there is no answer."""
        if inquiry.settled.status not in (AnswerStatus.ANSWERED, AnswerStatus.FALSE_PREMISE):
            return replace(inquiry, passages=inquiry.passages[: inquiry.question.top_k])
        chosen = [] if inquiry.grades else self._chosen(inquiry)
        cited = {grade.passage.row for grade in inquiry.grades} | {e.scored.row for e in chosen}
        shown = tuple(s for r, s in enumerate(inquiry.passages) if r < inquiry.question.top_k or s.row in cited)
        numbers = {scored.row: number for number, scored in enumerate(shown, 1)}
        with Originals() as originals:
            findings = [
                citations.finding_statement(g, numbers[g.passage.row], self.index, originals) for g in inquiry.grades
            ]
            quoted = [citations.quote_statement(e, numbers[e.scored.row], self.index, originals) for e in chosen]
        statements = tuple(statement for statement in (*findings, *quoted) if statement is not None)
        verdict, note = inquiry.settled, ""
        if not statements:
            reason = "The sentences found could not be proved word for word on their pages, so they are not quoted."
            verdict = abstention.Verdict(AnswerStatus.LOW_CONFIDENCE, min(verdict.confidence, 0.4), reason)
        else:
            told = [shown[statement.citations[0] - 1].report for statement in statements]
            note = standing_of(inquiry.standalone.question, told, self.index.allowed(inquiry.question.filters))
            verdict = replace(verdict, reason=f"{verdict.reason} {note}".strip())
        return replace(inquiry, passages=shown, statements=statements, verdict=verdict, note=note)

    def _chosen(self, inquiry: Inquiry) -> list[evidence.Evidence]:
        """The sentences shown: fewer of each part where there are several, one a report where it asks across them."""
        if inquiry.total is not None:
            return [e for ranked in inquiry.ranked for e in theme.choose_across(ranked)]
        most = evidence.MOST if len(inquiry.ranked) == 1 else evidence.MOST_OF_A_PART
        parts = (ranked for ranked in inquiry.ranked if abstention.is_stated(ranked) or len(inquiry.ranked) == 1)
        question = inquiry.standalone.question
        chosen = [
            e
            for ranked in parts
            for e in (
                evidence.whole_list(ranked) if evidence.is_list(question, ranked) else evidence.choose(ranked, most)
            )
        ]
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
            note=inquiry.note,
            carried_over=inquiry.standalone.carried,
            understood=question.in_words,
            choices=inquiry.standalone.choices,
            total=inquiry.total,
            degraded=self.degraded,
            timings=inquiry.timings,
        )
