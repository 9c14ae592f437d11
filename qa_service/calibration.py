"""Every number that decides an answer, with where its value comes from.

The values hold for the shipped encoder and cross-encoder. ADR 0024 says how the thresholds were set: to keep 95 of 100
development questions that have an answer and, of all such settings, to refuse the most training questions that have
none. "Chosen" marks a value that no measurement supports. Change a value only with a run of ``make prove-evidence``.
"""

from __future__ import annotations

from dataclasses import dataclass

# --- Retrieval -------------------------------------------------------------------------------------------------------

PASSAGES_PER_PART = 20
"""Passages retrieved for each part of a question. Chosen."""
PASSAGES_BY_WORDS = 200
"""Passages retrieved without the encoder, when a report's own list is looked for among them. Chosen."""
THEME_PASSAGES = 120
"""Passages retrieved for a theme. Enough that all of a theme's reports are among them."""
THEME_RERANKED = 32
"""Passages of a theme whose nearest sentence the cross-encoder scores. Over 49 themes (11 of them from the development
set), 32 find as many reports among the first five as 40, 48 and 60 do. 24 find one fewer."""
THEME_RERANK_WEIGHT = 0.5
"""What a certain answer adds to the score of a theme's passage. Recall@5 of themes rises from .55 to .73 on the 11 of
the development set. On our own 20, the first report is right for .45 instead of .30."""
THEME_SIMILARITY = 0.55
"""Cosine of a report's nearest sentence from which the report counts for a theme. Chosen: higher misses reports that
use other words, lower counts reports that only touch the subject. Every list of a theme states it."""

# --- Which reports a question prefers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreferenceWeights:
    """What each preference that a report meets adds to the scores of its passages. Chosen on the training questions."""

    period: float = 2.0
    vague_period: float = 0.3
    """Share of ``period`` for a time such as "since 2020", which no single report is from."""
    kind: float = 0.6
    latest: float = 1.0
    form: float = 1.0
    claimed_grade: float = 1.0
    recent: float = 0.3
    years_to_half: float = 3.0
    """Years after which ``recent`` counts half."""
    scale: float = 0.7
    """Factor for all of them. The score of a passage is below 2."""


PREFERENCE = PreferenceWeights()

# --- Evidence: which sentences are shown -----------------------------------------------------------------------------

EVIDENCE_PASSAGES = 6
"""Best passages of each part of a question whose sentences are ranked. Chosen."""
SENTENCES_RERANKED = 10
"""Sentences of each part that the cross-encoder scores. Against 12: no answer lost on the development set, one of 220
lost on our own questions, and .773 instead of .764 refused (ADR 0024)."""
RERANK_WEIGHT, RERANK_EVEN_LOGIT = 0.5, -2.0
"""What a certain answer adds to the score of a sentence, and the logit that is half as certain. Most sentences score
below 0, because few sentences answer."""
SENTENCES_SHOWN = 5
"""Sentences in an answer, at most. Chosen."""
SENTENCES_PER_PART = 3
"""Sentences for each part of a comparison, at most. Chosen."""
REPORTS_PER_THEME = 5
"""Reports quoted on the first page of a theme. Chosen."""
AUTHORITIES_PER_LIST = 8
"""Authorities on the first page of a list of grades. Chosen."""
REPORTS_PER_PREMISE = 4
"""Reports whose grades correct a premise that names no time. Chosen."""
LIST_ITEMS = 20
"""Items of a report's own list, at most. The longest of 42 lists that we read by eye has 17."""
SCORE_GAP = 0.4
"""A further sentence is shown if its score is within this distance of the best one. Chosen."""
DUPLICATE_SHARE = 0.7
"""Share of common words from which two sentences say the same. Chosen."""
SHORTEST_SENTENCE = 4
"""Words. A shorter text is a fragment of a heading or a table cell. Chosen."""


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Weights of the four values that rank a sentence. Chosen on the training questions."""

    similarity: float = 1.0
    overlap: float = 0.25
    """Of the share of the question's words that the sentence has, weighted by rarity."""
    passage: float = 0.5
    neighbour: float = 0.3
    """Of the nearer adjacent sentence: an answer often follows the sentence that names its subject."""


EVIDENCE = EvidenceWeights()
FRAMING_PENALTY = 0.15
"""Lost by a sentence that says what inspectors looked at, not what they found. Chosen."""
FRAGMENT_PENALTY = 0.08
"""Lost by a list item that only completes the sentence before the list. Chosen."""
NO_QUANTITY_PENALTY = 0.15
"""Lost by a sentence without a number if the question asks for one. Of such questions, one in six that have an
answer is answered without a number. Of those without an answer, three in five have no number near."""
WRONG_POLARITY_PENALTY = 0.1
"""Lost by a sentence that only praises if the question asks for weaknesses, or the reverse. One in six sentences of
reports only praises. Of those that answer a question about weaknesses, one in forty does."""
DECISIVE_PENALTY = 0.5
"""Lost by a sentence without the sum of money, or the verdict on a home or school, that the question asks for.
Chosen so that such a sentence cannot answer."""

# --- Confidence: answer or abstain -----------------------------------------------------------------------------------

ANSWER_THRESHOLD = 0.5
"""Confidence from which an answer is shown."""
PART_THRESHOLD = 0.3
"""Confidence from which one part of a comparison is shown. Chosen."""
NO_QUANTITY_CONFIDENCE = 0.45
"""Confidence at most if the question asks for a quantity and no sentence shown has one. Below the threshold."""
UNSUPPORTED_THEME_CONFIDENCE = 0.3
"""Confidence at most for a question across all reports when no report counts. Chosen."""
UNPROVED_CONFIDENCE = 0.4
"""Confidence at most when no sentence could be proved on its page. Chosen."""
OUT_OF_SCOPE_SIMILARITY = 0.38
"""If not even the nearest sentence of all reports has this cosine, no report covers the subject. That is so for half of
70 questions on other subjects, and for 7 of 2,077 questions about reports (over 153 reports)."""
CONFIDENCE_SENTENCES = 10
"""Best sentences that the confidence is taken from."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic function from the support for an answer to a confidence."""

    centre: float
    """Support that gives even odds."""
    slope: float
    passage: float
    """Weight of the passage's own score. The weight of the nearest sentence's cosine is 1."""
    logits: float = 0.0
    """Weight of the cross-encoder's logits, taken together."""


UNSCORED_GATE = Gate(centre=0.64, slope=12.0, passage=0.1)
"""Used without a cross-encoder."""
SUBJECT_GATE = Gate(centre=0.47, slope=12.0, passage=0.15, logits=0.06)
"""Whether the reports cover the subject at all, which similarity tells best."""
ANSWER_GATE = Gate(centre=-2.0, slope=2.0, passage=0.05, logits=0.6)
"""Whether they answer, which the logits tell best. The lower of the two confidences counts (ADR 0024)."""
GRADE_CONFIDENCE, GRADE_LIST_CONFIDENCE, OWN_LIST_CONFIDENCE = 0.95, 0.9, 0.9
"""Confidence of an answer read from grades, from a list of grades, and from a report's own list. Chosen."""
PREMISE_CONFIDENCE, NO_GRADE_CONFIDENCE = 0.05, 0.1
"""Confidence that the question can be answered as it was put, if its premise is wrong or the grade is missing.
Chosen."""

# --- Limits ----------------------------------------------------------------------------------------------------------

MAX_PARTS = 8
"""Authorities or times in one question. Each is searched on its own, so a hundred would take a hundred times as
long."""
MAX_DATES_LISTED = 8
"""Dates of reports that a message lists one by one."""
