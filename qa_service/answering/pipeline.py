"""The pipeline from a question to its answer. To learn the system, start here.

A question goes through five steps: understand, screen, retrieve, answer and cite. ``understand`` is in
``qa_service.understanding``. What ``retrieve`` and ``answer`` do depends on the kind of question
(``qa_service.answering.kinds``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from corpus.quotes.originals import Originals
from index.encoding.encoders import open_pair_scorer
from index.search.search_index import SearchIndex
from index.search.sentence_scoring import SentenceScorer
from index.storage.data_folder import DataFolder
from index.types import Encoder, PairScorer
from qa_service import calibration
from qa_service.answering.ablation import Mechanism, compose
from qa_service.answering.abstention import Decision
from qa_service.answering.cache import StateCache
from qa_service.answering.citations import Prover, number_citations
from qa_service.answering.degradation import degraded_kinds, open_cross_encoder
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.later_reports import note_later_reports
from qa_service.answering.named_places import note_places, regions_among
from qa_service.answering.printed.stated_grades import asks_for_stated_grade, with_stated_grades
from qa_service.answering.regional import answer_in_region
from qa_service.answering.retrieval import Retriever
from qa_service.answering.screening import ask_which, say_what_can_be_asked, screen
from qa_service.answering.sentences.listed_items import labels_of
from qa_service.answering.several import answer_each
from qa_service.answering.shown import shown_by
from qa_service.answering.state import PipelineState
from qa_service.types import REMEMBERED, Answer, AnswerStatus, Question, Statement
from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.conversation.pointing import Shown
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.help import asks_for_help
from qa_service.understanding.times.other_times import other_times
from qa_service.wording import in_list, is_one_word, not_recognised

DECISIVE_STEP = "answer"
"""The step after which we remember the state of a question."""
_UNPROVED = (
    "The sentences could not be found word for word on their pages, so they are not quoted. Read the nearest passages, "
    "and check them against the original report."
)
_NONE_SELECTED = (
    "No sentence in the reports matches any part of your question closely enough to quote. Ask about one part at a "
    "time, or read the nearest passages."
)


class Answerer:
    """Answers questions from one build of the index."""

    def __init__(
        self,
        index: SearchIndex,
        cross_encoder: PairScorer | None = None,
        left_out: frozenset[Mechanism] = frozenset(),
        missing: tuple[str, ...] = (),
        remembered: int = REMEMBERED,
    ) -> None:
        """Compose a pipeline.

        Args:
            index: The build to answer from.
            cross_encoder: The model that scores each sentence together with the question.
            left_out: Mechanisms to leave out, to measure what they contribute.
            missing: Models that could not be loaded, other than those that the index lacks.
            remembered: How many recent questions to remember.

        """
        self.index = index
        # The cross-encoder also uses cosines, which an index without its encoder does not have.
        self.cross_encoder = None if index.degraded else cross_encoder
        self.left_out = left_out
        self.degraded = (*index.degraded, *missing)
        """Models that are missing. We do not state anything that only these models can prove."""
        self._composition = compose(left_out)
        kinds = self._composition.kinds
        self._kinds = degraded_kinds(kinds, self.degraded) if self.degraded else kinds
        retriever = Retriever(index, self._composition.retrieval)
        self._tools = Tools(index, retriever, self._composition.requirements_for)
        self._remembered = remembered
        self._cache = StateCache(remembered)
        self.steps: tuple[tuple[str, Callable[[PipelineState], PipelineState]], ...] = (
            ("screen", self._screen),
            ("retrieve", self._retrieve),
            (DECISIVE_STEP, self._answer_by_kind),
            ("cite", self._cite),
        )

    @classmethod
    def open(
        cls,
        data: DataFolder,
        encoder: Encoder | None,
        remembered: int = REMEMBERED,
        open_scorer: Callable[[Encoder], PairScorer | None] = open_pair_scorer,
    ) -> Answerer:
        """Open the current build and the encoder's cross-encoder.

        Raises the same errors as :meth:`SearchIndex.open`.
        """
        index = SearchIndex.open(data, encoder)
        cross_encoder, missing = open_cross_encoder(encoder, open_scorer)
        return cls(index, cross_encoder, missing=missing, remembered=remembered)

    def leaving_out(self, *mechanisms: Mechanism) -> Answerer:
        """Return the same pipeline without the given mechanisms."""
        return self._over(self.index, self.left_out | frozenset(mechanisms))

    def without_reports(self, hidden: frozenset[str]) -> Answerer:
        """Return a pipeline for someone who may not see certain reports. It answers as if we did not have them.

        ``hidden`` contains the ids of those reports. If this pipeline has none of them, return it unchanged. Raises
        DamagedIndex.
        """
        index = self.index.without(hidden)
        return self if index is self.index else self._over(index, self.left_out)

    def _over(self, index: SearchIndex, left_out: frozenset[Mechanism]) -> Answerer:
        missing = tuple(part for part in self.degraded if part not in index.degraded)
        return Answerer(index, self.cross_encoder, left_out, missing, self._remembered)

    def answer(self, question: Question) -> Answer:
        """Answer a question, or say why we cannot. The same question to the same build gets the same answer."""

        def answer(one: Question) -> Answer:
            return answer_each(one, self._answer_one, self.index)

        return answer_in_region(question, answer, self.index.store.reports)

    def _answer_one(self, question: Question) -> Answer:
        began = time.perf_counter()
        if remembered := self._cache.get(question):
            state = replace(remembered, timings={"recall": (time.perf_counter() - began) * 1000})
        else:
            state = self.run(question, last=DECISIVE_STEP)
            self._cache.put(state)
        return self._to_answer(self._run_steps(state, self.steps[-1:]))

    def run(self, question: Question, last: str | None = None) -> PipelineState:
        """Take a question through all the steps, or up to the given step."""
        began = time.perf_counter()
        interpretation = self._understand(question)
        timings = {"understand": (time.perf_counter() - began) * 1000}
        names = [name for name, _ in self.steps]
        steps = self.steps[: names.index(last) + 1] if last else self.steps
        return self._run_steps(PipelineState(question, interpretation, self._new_scorer(), timings=timings), steps)

    def _new_scorer(self) -> SentenceScorer | None:
        if self.cross_encoder and self._composition.uses_cross_encoder:
            return SentenceScorer(self.cross_encoder, self.index)
        return None

    def _run_steps(
        self, state: PipelineState, steps: Sequence[tuple[str, Callable[[PipelineState], PipelineState]]]
    ) -> PipelineState:
        """Take a state through the given steps, and record how long each one takes."""
        timings = dict(state.timings)
        for name, step in steps:
            began = time.perf_counter()
            state = step(state)
            timings[name] = (time.perf_counter() - began) * 1000
        return replace(state, timings=timings)

    def _understand(self, question: Question) -> Interpretation:
        """Interpret the question in the context of those before it."""
        interpretation = interpret_in_context(
            question.text,
            question.history,
            self.index.store.reports,
            question.today,
            question.set_aside,
            question.set_aside_before,
            known_counts=self.index.word_counts,
            verbatim=question.verbatim,
            shown_by=partial(self._shown_by, question),
        )
        return self._adjusted(interpretation)

    def _adjusted(self, interpretation: Interpretation) -> Interpretation:
        for adjust in self._composition.adjust:
            interpretation = adjust(interpretation)
        return interpretation

    def _shown_by(self, question: Question, place: int, interpretation: Interpretation) -> Shown:
        """Return what we showed in answer to an earlier question in the conversation.

        ``place`` is its index in the history of the later one.
        """
        rejected = question.set_aside_before
        earlier = replace(
            question,
            text=question.history[place],
            history=question.history[:place],
            set_aside=rejected[place] if place < len(rejected) else (),
            set_aside_before=rejected[:place],
            offset=0,
            items=None,
            verbatim=False,
        )
        state = self._cache.get(earlier)
        if state is None:
            state = PipelineState(earlier, self._adjusted(interpretation), self._new_scorer())
            state = self._run_steps(state, self.steps[:-1])
        return shown_by(self._cite(state), self._tools)

    def _screen(self, state: PipelineState) -> PipelineState:
        """Ask what the person means if the question is ambiguous. Abstain if no report can answer it."""
        interpretation = state.interpretation
        if asks_for_help(state.question.text, follows=bool(state.question.history)):
            return replace(state, decision=say_what_can_be_asked(self.index.store.reports))
        if interpretation.choices:
            return replace(state, decision=ask_which(interpretation.choices))
        if interpretation.pointed and interpretation.pointed.unmet:
            return replace(state, decision=Decision(AnswerStatus.NOT_IN_REPORTS, 0.0, interpretation.pointed.unmet))
        if not self._composition.screens:
            return state
        reports = self.index.store.reports
        decision = screen(interpretation, state.question.filters, reports, self.index.is_known, self.index.mentions)
        if decision and decision.status is AnswerStatus.NOT_IN_REPORTS and asks_for_stated_grade(interpretation):
            # Even if no report is from the time in the question, a later report may state the grade of that time.
            return with_stated_grades(state, self._tools) or replace(state, decision=decision)
        return replace(state, decision=decision)

    def _retrieve(self, state: PipelineState) -> PipelineState:
        """Find passages, using the first kind of question that matches and searches."""
        if state.decision is not None:
            return state
        for kind in self._kinds:
            if kind.matches(state.interpretation) and (retrieved := kind.retrieve(state, self._tools)):
                return retrieved
        raise RuntimeError("no kind of question retrieves passages: the last kind must match any question")

    def _answer_by_kind(self, state: PipelineState) -> PipelineState:
        """Try the kinds of question in order until one that matches reaches a decision."""
        for kind in self._kinds:
            if state.decision is not None:
                break
            if kind.matches(state.interpretation):
                state = kind.answer(state, self._tools)
        return state

    def _cite(self, state: PipelineState) -> PipelineState:
        """Add the statements that have their words in the originals. If there are none, abstain."""
        question = state.question
        if state.decided.status not in (AnswerStatus.ANSWERED, AnswerStatus.FALSE_PREMISE):
            unrecognised = state.interpretation.unrecognised
            is_refused = state.summary is None  # an empty list or a count of 0 is an answer
            decision = _with_words_not_applied(state.decided, state.not_applied, unrecognised, is_refused=is_refused)
            reason = f"{decision.reason} {decision.note}".strip()
            passages = state.passages[: question.top_k]
            return replace(state, passages=passages, decision=replace(decision, reason=reason), note=decision.note)
        cited_rows = {grade.passage.row for grade in state.grades} | {fact.passage.row for fact in state.facts}
        cited_rows |= {evidence.scored.row for evidence in state.selected}
        shown = tuple(
            scored for rank, scored in enumerate(state.passages) if rank < question.top_k or scored.row in cited_rows
        )
        numbers = {scored.row: number for number, scored in enumerate(shown, 1)}
        statements = self._prove(state, numbers)
        if not statements:
            confidence = min(state.decided.confidence, calibration.UNPROVED_CONFIDENCE)
            selected = state.grades or state.facts or state.selected
            decision = Decision(AnswerStatus.LOW_CONFIDENCE, confidence, _UNPROVED if selected else _NONE_SELECTED)
            return replace(state, passages=shown, decision=decision)
        cited = [shown[statement.citations[0] - 1].report for statement in statements]
        allowed = self.index.allowed(question.filters)
        later = note_later_reports(state.interpretation, cited, allowed, grades=bool(state.grades))
        note = " ".join(filter(None, (note_places(state.interpretation), state.decided.note, later)))
        state = replace(state, passages=shown, statements=statements, note=note)
        named = (*state.decided.not_applied, *regions_among(state.not_applied, state.interpretation))
        decision = replace(state.decided, reason=f"{state.decided.reason} {note}".strip(), not_applied=named)
        unrecognised = state.interpretation.unrecognised
        return replace(state, decision=_with_words_not_applied(decision, state.not_applied, unrecognised))

    def _prove(self, state: PipelineState, numbers: dict[int, int]) -> tuple[Statement, ...]:
        """Return the statements that have their words in the originals.

        ``numbers`` gives each row's citation number.
        """
        with Originals() as originals:
            prover = Prover(originals, self.index.source)
            findings = [prover.finding(grade, numbers[grade.passage.row]) for grade in state.grades]
            facts = [prover.fact(fact, numbers[fact.passage.row]) for fact in state.facts]
            quotes = [prover.quote(evidence, numbers[evidence.scored.row]) for evidence in state.selected]
            labels = labels_of([(evidence.scored, evidence.start) for evidence in state.selected])
            quotes = [
                quote and replace(quote, label=label, heading=evidence.heading)
                for quote, label, evidence in zip(quotes, labels, state.selected, strict=True)
            ]
        return tuple(statement for statement in (*findings, *facts, *quotes) if statement is not None)

    def _to_answer(self, state: PipelineState) -> Answer:
        interpretation = state.interpretation
        return Answer(
            status=state.decided.status,
            statements=state.statements,
            citations=number_citations(state.passages, state.statements, self.index.store.page_labels),
            confidence=round(state.decided.confidence, 4),
            reason=state.decided.reason,
            question=state.question.text,
            interpreted_question=interpretation.search_text if interpretation.carried_over else interpretation.text,
            filters=state.question.filters,
            build=self.index.manifest.build,
            history=state.question.history,
            note=state.note,
            carried_over=interpretation.carried_over,
            understood=interpretation.labels,
            choices=interpretation.choices,
            total=state.total,
            offset=state.question.offset,
            next_offset=state.next_offset,
            summary=state.summary,
            not_applied=state.not_applied,
            degraded=self.degraded,
            timings=state.timings,
            corrections=interpretation.corrections,
            as_of=state.question.today if interpretation.depends_on_day else None,
            other_times=other_times(state.question.text, interpretation.periods, state.question.today),
            verbatim=state.question.verbatim,
        )


def _with_words_not_applied(
    decision: Decision, not_applied: Sequence[str], unrecognised: Sequence[str] = (), *, is_refused: bool = False
) -> Decision:
    """Name the words that could not be applied. An answer that ignores a word is never called a close match.

    If we do not answer, only words that we did not recognise may be why. Then nothing was answered without the others.
    """
    if not not_applied:
        return decision
    confidence = min(decision.confidence, calibration.NOT_APPLIED_CONFIDENCE)
    left = [words for words in not_applied if words not in decision.not_applied]
    words = [f"“{words}”" for words in left if words not in unrecognised]
    reason = decision.reason
    if strange := [words for words in left if words in unrecognised]:
        reason += f" {not_recognised(strange)}"
    if words and not is_refused:
        these = "this word" if is_one_word(words) else "these words"
        reason += f" We could not apply {these} in your question: {in_list(words)}."
    return replace(decision, confidence=confidence, reason=reason)
