"""Ranks the sentences that may answer a question."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.grades import Grade
from corpus.types import Improvement
from index.search.filtering import report_day
from index.search.sentence_scoring import SentenceScorer
from index.search.text_analysis import terms
from index.types import ScoredPassage
from qa_service import calibration
from qa_service.answering.sentences.context import with_subject
from qa_service.answering.sentences.listed_items import asked_items, in_own_list, passages_with_items, spans_of
from qa_service.calibration import RerankWeights
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.requirements import Requirements
from qa_service.understanding.times.changes import CHANGED, GENERAL, speaks_of_change
from qa_service.understanding.words.vocabulary import related_words

_GRADE_ROW = re.compile(rf"\b(?:{'|'.join(form for grade in Grade for form in grade.printed)}|Grade)$")
"""The end of a row in a grade table, or the end of the table's header."""
_INSPECTOR_LINE = re.compile(r"^(?:(?:deputy )?lead |team |associate )?inspectors?:", re.IGNORECASE)
"""A line that names an inspector."""
_FRAMING = re.compile(
    r"^(?:(?:in|during|at|as part of) this (?:visit|inspection)[^,.]*, )?"
    r"(?:inspectors|they|HMIs?|we)\s+(?:also\s+|then\s+)?"
    r"(?:looked|considered|evaluated|reviewed|examined|visited|met|spoke|focus+ed|gathered|sampled)\b"
    r"|^(?:\w+ )?(?:inspectors|HMIs?) (?:were|was) (?:based|on[- ]site|present)\b"
    r"|^this (?:was|is) the (?:\w+ )?(?:focus+ed |monitoring )?(?:visit|inspection)\b"
    r"|^this letter (?:summarises|sets out)\b"
    r"|^a monitoring inspection will be\b",
    re.IGNORECASE,
)
"""A sentence that says what inspectors looked at, not what they found."""
_OBJECT_PRONOUN = re.compile(
    r"\b(?:them|(?:this|these) (?:group|groups|cohort|children|young people))\b", re.IGNORECASE
)
_ONLY_PRONOUN = re.compile(
    r"\b(?:they|them|their|theirs|(?:this|these) (?:group|groups|cohort|children|young people))\b", re.IGNORECASE
)

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
"""The abbreviation after a name that was written out: "personal education plans (PEPs)"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence at ``[start, end)`` in a passage's text, with the values used to rank it."""

    scored: ScoredPassage
    number: int
    """Index of the sentence in its passage, from 0."""
    start: int
    end: int
    similarity: float
    """Cosine of the question and the sentence, minus any penalties, such as the one for a sentence without a number."""
    overlap: float
    """Share of the question's words that the sentence contains. Rare words have more weight."""
    score: float
    logit: float | None = None
    """The cross-encoder's logit for the sentence as an answer. None if the cross-encoder did not score it."""
    close_logit: float | None = None
    """The cross-encoder's logit from a close reading of the sentence in its context. None if there was no close
    reading."""
    heading: str = ""
    """What we say about the sentence, such as what became of the item that it asks for."""

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        return self.scored.passage.text[self.start : self.end]

    @property
    def near_text(self) -> str:
        """The headings of the sentence, the sentence before it, and the sentence.

        If these say only "them" or "this group", the text also includes the sentences that say who they are.
        """
        return near_text_of(self.scored, self.number)


def near_text_of(scored: ScoredPassage, number: int) -> str:
    """Return the headings of a sentence, the sentence before it, and the sentence. See :attr:`Evidence.near_text`."""
    passage = scored.passage
    first = max(number - 1, 0)
    while first and _ONLY_PRONOUN.search(passage.text[slice(*passage.sentences[first])]):
        first -= 1
    return " ".join((*passage.section, passage.text[passage.sentences[first][0] : passage.sentences[number][1]]))


def rank_evidence(
    question: Interpretation,
    part: Part,
    passages: Sequence[ScoredPassage],
    term_weights: Mapping[str, float],
    requirements: Requirements,
    scorer: SentenceScorer | None,
    fitting: Callable[[Sequence[Evidence]], Sequence[Evidence]] = list,
) -> list[Evidence]:
    """Rank the sentences in one part's passages, best first.

    ``term_weights`` are the weights used in the search. ``fitting`` returns the sentences that may answer. If the
    question asks for a report's own list of improvements, and the first passage is in one, the result is the items of
    that list in their original order.
    """
    candidates = find_candidates(question, part, passages, term_weights, requirements)
    if is_own_list(question, candidates):
        return candidates
    candidates = list(fitting(candidates))
    if scorer is None or not candidates:
        return candidates
    return _rerank(question, candidates, scorer)


def find_candidates(
    question: Interpretation,
    part: Part,
    passages: Sequence[ScoredPassage],
    term_weights: Mapping[str, float],
    requirements: Requirements,
) -> list[Evidence]:
    """Rank the sentences in the best passages without the cross-encoder, best first. See :func:`rank_evidence`."""
    is_list = question.asks_for_improvements and bool(passages) and in_own_list(passages[0])
    if is_list and (items := asked_items(question, passages[0].report)):
        return _items(question, passages, items)
    if is_list:
        passages = _passages_of_list(passages)
    depth = calibration.EVIDENCE_PASSAGES * (2 if question.told else 1)
    asked = {term: term_weights.get(term, 0.0) for term in terms(question.search_text)}
    if not is_list:
        passages = [scored for scored in passages if mentions_all(scored, requirements)]
        passages = with_newest(passages, depth) if question.asks_how_it_stands else passages[:depth]
    sentences = [
        _evidence(scored, number, asked, requirements)
        for scored in passages
        for number in range(len(scored.passage.sentences))
        if _names_its_subject(scored, number, part.authorities)
    ]
    if question.reads_change and not is_list:
        about = _about_what_changed(sentences, question.search_text, asked)
        sentences = [each for each in about if requirements.are_mentioned(each.near_text)]
    told = set(question.told)
    statements = [e for e in sentences if not states_nothing(e.text) and e.text not in told]
    if is_list:
        return [replace(evidence, score=1.0) for evidence in statements if _is_item(evidence)]
    fitting = (
        evidence
        for evidence in statements
        if not requirements.is_about_another(evidence.text, evidence.near_text)
        and not requirements.lacks_number(evidence.text)
        and not requirements.is_of_another_time(evidence.text, report_day(evidence.scored.report))
    )
    return sorted(fitting, key=_best_first)


def _about_what_changed(sentences: Sequence[Evidence], search_text: str, asked: Mapping[str, float]) -> list[Evidence]:
    """If a question asks what changed, return the sentences about its subject. Those that mention a change come first.

    Every report says that something has improved since the last inspection, so such words alone do not count.
    """
    short = _IN_BRACKETS.findall(search_text)
    names = [frozenset(terms(name)) for name in (*related_words(search_text).split(", "), *short)]
    left_out = frozenset(terms(" ".join((GENERAL, CHANGED, *short))))
    subject = {term: weight for term, weight in asked.items() if term not in left_out}
    return [
        replace(each, score=each.score + calibration.CHANGE_BONUS * speaks_of_change(each.text))
        for each in sentences
        if _is_about(each, subject, [name for name in names if name])
    ]


def _is_about(evidence: Evidence, subject: Mapping[str, float], names: Sequence[frozenset[str]]) -> bool:
    """Whether a sentence has enough of a subject's words, or another name of it."""
    passage = evidence.scored.passage
    words = frozenset(terms(" ".join((*passage.section[-1:], with_subject(passage, evidence.number)))))
    present = [term for term in subject if term in words]
    share = sum(subject[term] for term in present) / (sum(subject.values()) or 1.0)
    # A word that is in no report has the most weight: "16 and 17 year olds", for which reports say "aged 16 and 17".
    most = len(present) >= calibration.CHANGED_SUBJECT_WORDS and 2 * len(present) >= len(subject)
    named = any(name <= words for name in names)
    return share >= calibration.CHANGED_SUBJECT_SHARE or most or named or not any(subject.values())


def with_newest(passages: Sequence[ScoredPassage], depth: int) -> list[ScoredPassage]:
    """Return the best passages, and the best ones of the newest reports, which may say that something has changed."""
    first = list(passages[:depth])
    rows = {scored.row for scored in first}
    for report in _newest_reports(passages):
        best = [scored for scored in passages if scored.report.id == report][: calibration.NEWEST_PASSAGES]
        first += [scored for scored in best if scored.row not in rows]
    return first


def _newest_reports(passages: Sequence[ScoredPassage]) -> list[str]:
    """Return the ids of the newest reports among some passages, newest first."""
    days = {scored.report.id: report_day(scored.report) for scored in passages}
    return sorted(days, key=lambda report: (days[report], report), reverse=True)[: calibration.NEWEST_REPORTS]


def _best_and_of_newest(
    question: Interpretation, ranked: Sequence[Evidence], best: int, of_each: int
) -> tuple[list[Evidence], list[Evidence]]:
    """Divide ranked sentences into those to read and the others. We also read the best ones of the newest reports."""
    newest = _newest_reports([evidence.scored for evidence in ranked]) if question.asks_how_it_stands else []
    places = set(range(min(best, len(ranked))))
    for report in newest:
        of_report = [at for at, evidence in enumerate(ranked) if evidence.scored.report.id == report]
        places.update(of_report[:of_each])
    read = [evidence for at, evidence in enumerate(ranked) if at in places]
    return read, [evidence for at, evidence in enumerate(ranked) if at not in places]


def _names_its_subject(scored: ScoredPassage, number: int, authorities: Sequence[str]) -> bool:
    """Whether a sentence names an authority that a question is about. Always true in a report on one authority."""
    if not authorities or scored.report.authority is not None:
        return True
    subject = with_subject(scored.passage, number)
    return any(name in subject for name in authorities)


def mentions_all(scored: ScoredPassage, requirements: Requirements, *, in_own_words: bool = False) -> bool:
    """Whether a passage mentions what a question requires, in its text, its headings or its report's title.

    A whole passage counts as a sentence's context, because its first sentence often names the people that all of it is
    about. With ``in_own_words``, only the words that questions use count, not the other words that reports use.
    """
    text = " ".join((scored.report.title, *scored.passage.section, scored.passage.text))
    return requirements.are_asked_for_in(text) if in_own_words else requirements.are_mentioned(text)


def is_own_list(question: Interpretation, evidence: Sequence[Evidence]) -> bool:
    """Whether the evidence is a report's own list of improvements, which is shown in full and in order."""
    asked = question.asks_for_improvements and bool(evidence)
    return asked and in_own_list(evidence[0].scored)


def _rerank(question: Interpretation, candidates: Sequence[Evidence], scorer: SentenceScorer) -> list[Evidence]:
    """Score the best candidates with the cross-encoder, and sort all the candidates again."""
    most, of_newest = calibration.SENTENCES_RERANKED, calibration.NEWEST_RERANKED
    first, others = _best_and_of_newest(question, candidates, most, of_newest)
    logits = scorer.logits(question.search_text, _places(first), [evidence.similarity for evidence in first])
    reranked = [
        replace(evidence, logit=logit, score=evidence.score + _bonus(calibration.RERANK, logit))
        for evidence, logit in zip(first, logits, strict=True)
    ]
    return sorted((*reranked, *others), key=_best_first)


def score_further(
    question: Interpretation, ranked: Sequence[Evidence], scorer: SentenceScorer | None
) -> tuple[Evidence, ...]:
    """Score more sentences, after some were left out, so that as many as before have a logit. Leave out the rest."""
    if scorer is None:
        return tuple(ranked)
    scored = [evidence for evidence in ranked if evidence.logit is not None]
    others = [evidence for evidence in ranked if evidence.logit is None]
    further = _rerank(question, others[: max(0, calibration.SENTENCES_RERANKED - len(scored))], scorer)
    return tuple(sorted((*scored, *further), key=_best_first))


def read_closely(
    question: Interpretation, ranked: Sequence[Evidence], scorer: SentenceScorer | None
) -> tuple[Evidence, ...]:
    """Read the best sentences for one part of a question closely, and sort all its sentences again.

    If there is no cross-encoder, or the evidence is a report's own list, the order does not change.
    """
    if scorer is None or not ranked or is_own_list(question, ranked):
        return tuple(ranked)
    read = calibration.SENTENCES_READ_CLOSELY if len(question.parts) == 1 else calibration.SENTENCES_READ_OF_PART
    best, others = _best_and_of_newest(question, ranked, read, calibration.NEWEST_READ_CLOSELY)
    return tuple(sorted((*_with_close_logits(question, best, scorer), *others), key=_best_first))


def read_further(
    question: Interpretation, ranked: Sequence[Evidence], scorer: SentenceScorer | None
) -> tuple[Evidence, ...]:
    """Read all the scored sentences closely if none of those read so far is likely to answer. Sort them again."""
    likeliest = max((evidence.close_logit for evidence in ranked if evidence.close_logit is not None), default=None)
    if scorer is None or likeliest is None or likeliest >= calibration.LIKELY_LOGIT:
        return tuple(ranked)
    unread = [evidence for evidence in ranked if evidence.logit is not None and evidence.close_logit is None]
    others = [evidence for evidence in ranked if evidence.logit is None or evidence.close_logit is not None]
    return tuple(sorted((*_with_close_logits(question, unread, scorer), *others), key=_best_first))


def _with_close_logits(
    question: Interpretation, evidence: Sequence[Evidence], scorer: SentenceScorer
) -> list[Evidence]:
    """Return sentences with the logits of a close reading, which their scores include."""
    logits = scorer.close_logits(question.search_text, _places(evidence), [each.similarity for each in evidence])
    return [
        replace(each, close_logit=logit, score=each.score + _bonus(calibration.CLOSE_RERANK, logit))
        for each, logit in zip(evidence, logits, strict=True)
    ]


def _places(evidence: Sequence[Evidence]) -> list[tuple[ScoredPassage, int]]:
    return [(each.scored, each.number) for each in evidence]


def _bonus(weights: RerankWeights, logit: float) -> float:
    """Return the amount that a logit adds to the score of a sentence."""
    return weights.most / (1 + math.exp(weights.even_logit - logit))


def _best_first(evidence: Evidence) -> tuple[float, str, int]:
    return -evidence.score, evidence.scored.passage.id, evidence.start


def _is_item(evidence: Evidence) -> bool:
    """Whether the text is a list item or a whole sentence, not an organisation's name in a table's side column."""
    before = evidence.scored.passage.text[: evidence.start].rstrip()
    return before.endswith("•") or evidence.text.endswith((".", ";"))


def _items(question: Interpretation, passages: Sequence[ScoredPassage], items: Sequence[Improvement]) -> list[Evidence]:
    """Return the items of a report's own list, whole and in order.

    Labels, introductions and other text are left out.
    """
    of_report = [scored for scored in passages if scored.report.id == passages[0].report.id]
    found = [
        Evidence(scored, span.number, span.start, span.end, similarity=1.0, overlap=0.0, score=1.0)
        for scored in passages_with_items(of_report, items)
        for span in spans_of(scored, items)
    ]
    told = set(question.told)
    return [evidence for evidence in found if evidence.text not in told]


def _passages_of_list(passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Return the passages in the same section as the first one, in the order in which they appear in the report."""
    first = passages[0]
    same_section = [
        scored
        for scored in passages
        if scored.report.id == first.report.id and scored.passage.section == first.passage.section
    ]
    return sorted(same_section, key=lambda scored: scored.passage.start)


def _evidence(scored: ScoredPassage, number: int, asked: Mapping[str, float], requirements: Requirements) -> Evidence:
    start, end = scored.passage.sentences[number]
    text = scored.passage.text[start:end]
    words = set(terms(_with_antecedent(scored, number, requirements)))
    overlap = sum(weight for term, weight in asked.items() if term in words) / (sum(asked.values()) or 1.0)
    similarity = scored.sentence_similarities[number]
    similarity -= requirements.penalty(text)
    if text[0].islower():
        similarity -= calibration.FRAGMENT_PENALTY
    if _FRAMING.search(text):
        similarity -= calibration.FRAMING_PENALTY
    weights = calibration.EVIDENCE
    score = (
        weights.similarity * similarity
        + weights.overlap * overlap
        + weights.passage * scored.score
        + weights.neighbour * _nearer_neighbour(scored, number)
    )
    return Evidence(scored, number, start, end, similarity, overlap, score)


def _with_antecedent(scored: ScoredPassage, number: int, requirements: Requirements) -> str:
    """Return a sentence. If it says only "them" for the people in the question, return the sentences before it too."""
    text = scored.passage.text[slice(*scored.passage.sentences[number])]
    if not requirements.mentions or requirements.are_mentioned(text) or not _OBJECT_PRONOUN.search(text):
        return text
    near = near_text_of(scored, number)
    return near if requirements.are_mentioned(near) else text


def _nearer_neighbour(scored: ScoredPassage, number: int) -> float:
    """Return the higher of the cosines of the sentence before the given one and the sentence after it."""
    cosines = scored.sentence_similarities
    return max(cosines[max(number - 1, 0) : number] + cosines[number + 1 : number + 2], default=0.0)


def states_nothing(text: str) -> bool:
    """Whether a text is too short, only introduces a list, names an inspector, or is a row in a grade table."""
    too_short = len(text.split()) < calibration.SHORTEST_SENTENCE
    only_names = _GRADE_ROW.search(text) or _INSPECTOR_LINE.match(text)
    return too_short or text.rstrip().endswith(":") or bool(only_names)
