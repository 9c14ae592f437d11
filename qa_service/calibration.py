"""Every number that decides an answer, and where its value comes from.

The values hold for the shipped encoder and cross-encoder. ADR 0024 says how the thresholds were set: so that 95 of 100
development questions that have an answer still get one and, among all settings that achieve this, as many training
questions as possible that have no answer are refused. "Chosen" marks a value that no measurement supports. Change a
value only with a run of ``make prove-evidence``.
"""

from __future__ import annotations

from dataclasses import dataclass

# --- Retrieval -------------------------------------------------------------------------------------------------------

PASSAGES_PER_PART = 20
"""Passages retrieved for each part of a question. Chosen."""
PASSAGES_BY_WORDS = 200
"""Passages retrieved without the encoder, when a report's own list is looked for among them. Chosen."""
THEME_PASSAGES = 120
"""Passages retrieved for a theme. That is enough for all of a theme's reports to be among them."""
THEME_RERANKED = 32
"""Passages of a theme whose nearest sentence the cross-encoder scores. Over 49 themes (11 of them from the development
set), 32 find as many reports among the first five as 40, 48 and 60 do. 24 find one fewer."""
THEME_RERANK_WEIGHT = 0.5
"""What is added to the score of a theme's passage that is certain to answer the question. Recall@5 for themes rises
from .55 to .73 on the 11 of the development set. On our own 20, the share for which the first report is right rises
from .30 to .45."""
THEME_SIMILARITY = 0.55
"""A report counts for a theme if the cosine of its nearest sentence is at or above this value. Chosen: a higher value
misses reports that use other words, and a lower one counts reports that only touch on the subject. Every list for a
theme states it."""

# --- Which reports a question prefers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreferenceWeights:
    """What each preference that a report meets adds to the scores of its passages. Chosen on the training questions."""

    period: float = 2.0
    vague_period: float = 0.3
    """Share of ``period`` that is used for a time such as "since 2020", which does not belong to a single report."""
    kind: float = 0.6
    latest: float = 1.0
    form: float = 1.0
    claimed_grade: float = 1.0
    recent: float = 0.3
    years_to_half: float = 3.0
    """Years after which ``recent`` counts for half."""
    scale: float = 0.7
    """Factor that multiplies all of them. The score of a passage is below 2."""


PREFERENCE = PreferenceWeights()

# --- Evidence: which sentences are shown -----------------------------------------------------------------------------

EVIDENCE_PASSAGES = 6
"""Number of best passages, for each part of a question, whose sentences are ranked. Chosen."""
SENTENCES_RERANKED = 10
"""Sentences of each part that the cross-encoder scores. Compared with 12, no answer is lost on the development set, one
of 220 is lost on our own questions, and the share refused rises from .764 to .773 (ADR 0024)."""
RERANK_WEIGHT, RERANK_EVEN_LOGIT = 0.5, -2.0
"""What is added to the score of a sentence that is certain to answer the question, and the logit at which half of it is
added. Most sentences score below 0, because few sentences answer."""
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
"""Share of words in common at or above which two sentences count as saying the same thing. Chosen."""
SHORTEST_SENTENCE = 4
"""Fewest words in a sentence. A shorter text is a fragment of a heading or a table cell. Chosen."""


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Weights of the four values that rank a sentence. Chosen on the training questions."""

    similarity: float = 1.0
    overlap: float = 0.25
    """Weight of the share of the question's words that the sentence contains, each counted by its rarity."""
    passage: float = 0.5
    neighbour: float = 0.3
    """Weight of the nearer adjacent sentence, because an answer often follows the sentence that names its subject."""


EVIDENCE = EvidenceWeights()
FRAMING_PENALTY = 0.15
"""Penalty for a sentence that says what inspectors looked at, not what they found. Chosen."""
FRAGMENT_PENALTY = 0.08
"""Penalty for a list item that only completes the sentence before the list. Chosen."""
NO_QUANTITY_PENALTY = 0.15
"""Penalty for a sentence without a number if the question asks for one. Of such questions that have an answer, one in
six is answered without a number. Of those that have no answer, three in five have no number nearby."""
WRONG_POLARITY_PENALTY = 0.1
"""Penalty for a sentence that only praises if the question asks for weaknesses, or the other way round. One in six
sentences in reports only praises. Of the sentences that answer a question about weaknesses, only one in forty does."""
DECISIVE_PENALTY = 0.5
"""Penalty for a sentence without the sum of money, or the verdict on a home or school, that the question asks for.
Chosen so that such a sentence cannot be the answer."""

# --- Confidence: answer or abstain -----------------------------------------------------------------------------------

ANSWER_THRESHOLD = 0.5
"""Confidence at or above which an answer is shown."""
PART_THRESHOLD = 0.3
"""Confidence at or above which one part of a comparison is shown. Chosen."""
NO_QUANTITY_CONFIDENCE = 0.45
"""Highest confidence if the question asks for a quantity and no sentence shown has one. It is below the threshold."""
UNSUPPORTED_THEME_CONFIDENCE = 0.3
"""Highest confidence for a question across all reports when no report counts. Chosen."""
UNPROVED_CONFIDENCE = 0.4
"""Highest confidence when no sentence could be proved on its page. Chosen."""
OUT_OF_SCOPE_SIMILARITY = 0.38
"""If even the nearest sentence in all reports has a lower cosine than this, no report covers the subject. That is the
case for half of 70 questions on other subjects, and for 7 of 2,077 questions about reports (over 153 reports)."""
CONFIDENCE_SENTENCES = 10
"""Number of best sentences that the confidence is calculated from."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic function that turns the support for an answer into a confidence."""

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
"""Gate for whether the reports cover the subject at all, which similarity shows best."""
ANSWER_GATE = Gate(centre=-2.0, slope=2.0, passage=0.05, logits=0.6)
"""Gate for whether they answer the question, which the logits show best. The lower of the two confidences counts (ADR
0024)."""
GRADE_CONFIDENCE, GRADE_LIST_CONFIDENCE, OWN_LIST_CONFIDENCE = 0.95, 0.9, 0.9
"""Confidence of an answer read from grades, from a list of grades, and from a report's own list. Chosen."""
PREMISE_CONFIDENCE, NO_GRADE_CONFIDENCE = 0.05, 0.1
"""Confidence that the question can be answered as it was put, if its premise is wrong or the grade is missing.
Chosen."""

# --- Limits ----------------------------------------------------------------------------------------------------------

MAX_PARTS = 8
"""The most authorities or times in one question. Each is searched on its own, so a hundred would take a hundred times
as long."""
MAX_DATES_LISTED = 8
"""The most report dates that a message lists one by one."""
