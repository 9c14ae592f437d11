"""What the pipeline knows about a question after each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from corpus.types import Report
from index.search.filtering import report_day
from index.search.sentence_scoring import SentenceScorer
from index.search.text_analysis import terms, words_are_together
from index.types import IndexedPassage, ScoredPassage
from qa_service.answering.abstention import Decision
from qa_service.answering.printed.printed_grades import PrintedGrade
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.limits import meets
from qa_service.types import FactName, Question, Statement, Summary
from qa_service.understanding.conditions.accounting import has_cue
from qa_service.understanding.conditions.types import Limit, OrderCondition
from qa_service.understanding.interpretation import Interpretation


@dataclass(frozen=True, slots=True)
class PrintedFact:
    """A fact to state about a report, other than a grade."""

    report: Report
    name: FactName
    passage: IndexedPassage
    """The passage to cite: the one that prints the fact or, if there is none, the report's first passage."""
    span: tuple[int, int] | None = None
    """The place of the fact in the passage's text. None if the passage does not print it."""


@dataclass(frozen=True, slots=True)
class PipelineState:
    """A question and what each step has added to it."""

    question: Question
    interpretation: Interpretation
    scorer: SentenceScorer | None = None
    """Scores sentences for this question with the cross-encoder. None if there is no cross-encoder."""
    passages_by_part: tuple[tuple[ScoredPassage, ...], ...] = ()
    passages: tuple[ScoredPassage, ...] = ()
    """The passages for all parts, in the order in which they are shown."""
    term_weights: Mapping[str, float] = field(default_factory=dict)
    """A weight for each search term, which is higher for rarer terms."""
    grades: tuple[PrintedGrade, ...] = ()
    """Grades that answer the question."""
    facts: tuple[PrintedFact, ...] = ()
    """Other facts that answer the question."""
    summary: Summary | None = None
    """A summary of the answer, if facts answer the question."""
    next_offset: int | None = None
    """Index of the first item on the next page of a list. None on the last page."""
    evidence_by_part: tuple[tuple[Evidence, ...], ...] | None = None
    """The ranked sentences for each part. None until a kind of question needs them."""
    near_by_part: tuple[tuple[Evidence, ...], ...] | None = None
    """All the ranked sentences for each part, if we left out those that do not state what the question asks for."""
    limits_applied: tuple[Limit, ...] = ()
    """For each of the ranked sentences, the limits in the question that it meets."""
    selected: tuple[Evidence, ...] = ()
    """The sentences to quote, in the order in which they are shown."""
    decision: Decision | None = None
    statements: tuple[Statement, ...] = ()
    note: str = ""
    total: int | None = None
    """Number of reports or authorities in the whole list, if the answer is its first page."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """How many milliseconds each step took."""

    @property
    def first_item(self) -> int:
        """Index of the first item to show, if the answer is a list."""
        pointed = self.interpretation.pointed
        return self.question.offset or (pointed.first_item if pointed else 0)

    @property
    def not_applied(self) -> tuple[str, ...]:
        """Words that limit the answer but could not be applied."""
        question = self.interpretation
        searched = self.evidence_by_part is not None or self.statements
        limits = question.conditions.limits if searched else ()
        unmet = tuple(question.words_at(limit.span) for limit in limits if not self._meets(limit))
        names = self.decision.not_applied if self.decision else ()
        order = question.conditions.order
        unordered = (question.words_at(order.span),) if order and not self._is_in_order(order) else ()
        unapplied = dict.fromkeys((*question.not_applied, *unmet, *names, *unordered))
        left = (words for words in unapplied if words in unmet or not self._is_shown(words))
        return (*left, *self._unrecognised_words(unapplied))

    def _unrecognised_words(self, others: Iterable[str]) -> Iterator[str]:
        """Yield the words that we did not recognise and that are not among the words that we could not apply."""
        said = " ".join(others)
        return (word for word in self.interpretation.unrecognised if word not in said)

    def _is_shown(self, words: str) -> bool:
        """Whether one of the quotes, or of the nearest passages if nothing is quoted, contains all of some words.

        The words of a name must be next to each other. Words that limit an answer, and the names of regions, do not
        count, because no sentence applies them.
        """
        stems, is_name = terms(words), words.istitle() or words in self.interpretation.names
        regions = (region.lower() for region in self.interpretation.regions)
        if not stems or has_cue(words) or any(region in words.lower() for region in regions):
            return False
        shown = [evidence.near_text for evidence in self.selected] or (
            [scored.passage.text for scored in self.passages[: self.question.top_k]]
            if self.evidence_by_part is not None
            else []
        )
        if is_name:
            return any(words_are_together(stems, terms(text)) for text in shown)
        return any(set(stems).issubset(terms(text)) for text in shown)

    def _is_in_order(self, order: OrderCondition) -> bool:
        """Whether the answer comes in the order that the question asks for, by inspection or by publication."""
        graded = [grade.report for grade in self.grades]
        if self.summary and self.summary.changes:
            graded = graded[1::2]  # a change has the day of its later inspection
        reports = graded + [fact.report for fact in self.facts]
        reports += [evidence.scored.report for evidence in self.selected]
        by_inspection = [report_day(report) for report in reports]
        by_publication = [report.published or report_day(report) for report in reports]
        return any(days == sorted(days, reverse=order.newest_first) for days in (by_inspection, by_publication))

    def _meets(self, limit: Limit) -> bool:
        """Whether a limit is met.

        It is met if the search applied it, or if every quoted sentence happens to meet it.
        """
        met = (meets(evidence.scored.passage, evidence.number, limit) for evidence in self.selected)
        return limit in self.limits_applied or (bool(self.selected) and all(met))

    @property
    def decided(self) -> Decision:
        """The decision. Raises RuntimeError if no step has made one yet."""
        if self.decision is None:
            raise RuntimeError("the question is not decided yet: the answer step runs before this one")
        return self.decision
