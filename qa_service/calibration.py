"""Every number that affects an answer, and where each value comes from.

The values apply to the shipped encoder and cross-encoder. ADR 0024 explains how we set most thresholds, and ADR 0033
how we set the thresholds for answers. With these values, 94 of every 100 development questions that have an answer get
one. "We chose this value by judgement" marks a value that no measurement supports. If you change a value, run ``make
prove-evidence``.
"""

from __future__ import annotations

from dataclasses import dataclass

# --- Retrieval -------------------------------------------------------------------------------------------------------

PASSAGES_PER_PART = 20
"""Number of passages retrieved for each part of a question. We chose this value by judgement."""
PASSAGES_WITH_MENTIONS = 100
"""Number of passages retrieved for each part of a question that mentions people, bodies or things. After the first 20,
we read only passages that mention them in the same words as questions do. We chose this value by judgement."""
PASSAGES_BY_WORDS = 200
"""Number of passages retrieved without the encoder when we look for a report's own list. We chose this value by
judgement."""
THEME_PASSAGES = 120
"""Number of passages retrieved for a theme. This is enough to find all the reports on the theme."""
THEME_RERANKED = 32
"""Number of passages for a theme in which the cross-encoder scores the nearest sentence. Over 49 themes (11 of them
from the development set), scoring 32 finds as many reports among the first five as scoring 40, 48 or 60. Scoring 24
finds one fewer."""
THEME_RERANK_WEIGHT = 0.5
"""How much we add to the score of a passage for a theme if it is certain to answer the question. It raises recall@5
from .55 to .73 on the 11 themes in the development set. On our own 20 themes, it raises the share for which the first
report is right from .30 to .45."""
THEME_SIMILARITY = 0.55
"""A report counts for a theme if the cosine of its nearest sentence is at least this. We chose this value by judgement.
A higher value would miss reports that use different words. A lower value would count reports that only touch on the
subject. Every list for a theme states this value."""

# --- Which reports a question prefers --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreferenceWeights:
    """How much we add to a passage's score for each preference that its report meets.

    We chose the values on the training questions.
    """

    period: float = 2.0
    vague_period: float = 0.3
    """Share of ``period`` to add for a time such as "since 2020", which may include many reports."""
    kind: float = 0.6
    latest: float = 1.0
    form: float = 1.0
    claimed_grade: float = 1.0
    recent: float = 0.3
    years_to_half: float = 3.0
    """Number of years after which ``recent`` counts for half."""
    scale: float = 0.7
    """Factor by which we multiply all these values. Passage scores are below 2."""


PREFERENCE = PreferenceWeights()

# --- Evidence: which sentences are shown -----------------------------------------------------------------------------

EVIDENCE_PASSAGES = 6
"""Number of top passages whose sentences we rank, for each part of a question. We chose this value by judgement."""
SENTENCES_RERANKED = 10
"""Number of sentences that the cross-encoder scores for each part. Compared with scoring 12, this loses no answer on
the development set, and one of 220 on our own questions. The share of questions refused rises from .764 to .773 (ADR
0024)."""
SENTENCES_READ_CLOSELY, SENTENCES_READ_OF_PART = 4, 2
"""Number of sentences, starting with the best, that the cross-encoder then reads closely, in their context. The second
number applies to each part of a question with several parts. Close reading takes ten times as long for a sentence."""
LIKELY_LOGIT = 0.0
"""If we answer, but no close reading gives a logit of at least this, we read all the scored sentences closely before we
choose. That happens for one answer in three. Of 350 answers, it raises the share that have the evidence from .749 to
.766. Always reading all ten gives .773."""


NEWEST_REPORTS, NEWEST_PASSAGES, NEWEST_RERANKED, NEWEST_READ_CLOSELY = 3, 3, 3, 2
"""If a question is about how one authority is doing, we also read sentences of its newest reports. The numbers are of
these reports and, for each, of its passages, its sentences and its sentences that we read closely. We chose these
values by judgement."""
PASSAGES_OF_AUTHORITY = 60
"""Number of passages retrieved for such a question, so that they include passages of the newest reports. We chose this
value by judgement."""


@dataclass(frozen=True, slots=True)
class RerankWeights:
    """How much a logit adds to the score of a sentence."""

    most: float
    """How much we add to the score of a sentence that is certain to answer the question."""
    even_logit: float
    """The logit at which we add half of that amount."""


RERANK = RerankWeights(most=0.5, even_logit=-2.0)
"""Weights of the quick reading. Most sentences have a logit below 0, because few sentences answer the question."""
CLOSE_RERANK = RerankWeights(most=0.3, even_logit=0.0)
"""Weights of the close reading."""
SENTENCES_SHOWN = 5
"""Maximum number of sentences in an answer. We chose this value by judgement."""
SENTENCES_WITH_NEXT = 2
"""If we chose at most this many sentences, we also quote the one after the first of them, if it says more about the
matter. Of 527 answers, this raises the share that have the evidence from .782 to .791."""
SENTENCES_PER_PART = 3
"""Maximum number of sentences for each part of a comparison. We chose this value by judgement."""
OWN_SUMMARY_SENTENCES = 24
"""Maximum number of sentences in a report's own summary, if we quote all of it. We looked at 52 reports on inspections
under the current framework. The longest summary has 22 sentences."""
OWN_SUMMARY_START = 6
"""Number of sentences to quote from the start of this summary if it is longer, or if we sum up several reports. We
chose this value by judgement."""
ITEMS_IN_SUMMARY = 12
"""Maximum number of items of a report's own list in a summary of one report. We chose this value by judgement."""
REPORTS_PER_THEME = 5
"""Number of reports quoted on the first page of results for a theme. We chose this value by judgement."""
ITEMS_PER_LIST = 20
"""Number of authorities or reports on one page of a list. We chose this value because most lists of the authorities in
a region fit on one page."""
NOT_APPLIED_CONFIDENCE = 0.7
"""Highest confidence if we could not apply a condition in the question. It is too low for the page to call the answer
close."""
REPORTS_PER_PREMISE = 4
"""Maximum number of reports whose grades are shown to correct a premise that names no time. We chose this value by
judgement."""
LIST_ITEMS = 60
"""Maximum number of items shown from a report's own list. The longest of the 42 lists that we read by eye has 17."""
SUBJECT_SHARE = 0.2
"""A sentence that meets a limit in the question, such as "at weekends", must also contain this share of the question's
other words, weighted by rarity. If no sentence does, we say that the limit was not applied. We chose this value by
judgement."""
CHANGED_SUBJECT_SHARE, CHANGED_SUBJECT_WORDS = 0.4, 3
"""A sentence that answers whether something changed must contain another name of the thing, or this share of the words
for it, weighted by rarity. If there are at least this many words, half of them are enough. We chose these values by
judgement."""
CHANGE_BONUS, CHANGE_LOGIT = 0.2, 1.5
"""If a question asks how something changed, we add these amounts to a sentence that says so: to its score, and to its
logit from close reading. We chose these values by judgement."""
SCORE_GAP = 0.5
"""We show another sentence if its score is within this distance of the best score. We chose this value by judgement."""
CLOSE_GAP, CLOSE_LOGIT = 4.0, 1.0
"""We leave out another sentence if the logit of its close reading is below the second value, and is lower than the
highest logit by more than the first value. In 165 answered questions about two authorities kept out of training, this
removes 60 of the 288 sentences that do not answer, and 5 of the 192 that do. One answer loses the only sentence that
answers."""
STANCE_POSSIBLE, STANCE_LIKELY, OPPOSITE_LIKELY = 0.05, 0.5, 0.7
"""If only criticism, or only praise, can answer a question, a sentence is left out if that stance is less likely than
the first value. One for which it is less likely than the second is left out if the opposite is at least as likely as
the third, or if its words only take the opposite. Of the sentences read with 662 labelled questions of this kind, most
of them near misses, this leaves out 3,397 of the 5,437 that do not answer, and 5 of the 176 that do."""
YEARS_NEAR = 1
"""If a question names a financial or school year, a sentence that states only years further from it than this is about
another time. So is one that states no year, if its report is later than this. Of 73 labelled questions of this kind
with an answer, this leaves out no sentence that answers."""
LATER_GAP, LATER_LOGIT, BETTER_OLDER_SENTENCES = 2.0, 1.0, 2
"""If a question is about how one authority stands, its latest report that answers comes first. It answers if the close
reading of one of its sentences gives a logit of at least the second value, or of at most the first value below the
highest. If sentences of older reports have a higher logit, up to the third number of them are shown too. Of 527
answers, the first sentence answers in as many with a gap of 2 as with one of 4, and more have the evidence."""
CHANGED_GAP, CHANGED_LOGIT = 4.0, 0.0
"""How far below the highest this logit may be if the question asks whether something changed, and how low. The sentence
need not be near in score then. We chose these values by judgement."""
OLDER_GAP, OLDER_SCORE_GAP = 2.0, 0.2
"""A sentence of an older report follows only if its logit and its score are at most this far below the best ones of
that report. We chose these values by judgement."""
DUPLICATE_SHARE = 0.7
"""Two sentences count as having the same meaning if they have at least this share of their words in common. We chose
this value by judgement."""
SHORTEST_SENTENCE = 4
"""Minimum number of words in a sentence. A shorter text is a fragment of a heading or a table cell. We chose this value
by judgement."""


@dataclass(frozen=True, slots=True)
class EvidenceWeights:
    """Weights of the four values that rank a sentence. We chose them on the training questions."""

    similarity: float = 1.0
    overlap: float = 0.25
    """Weight of the share of the question's words that the sentence contains. Rare words have more weight in this
    share."""
    passage: float = 0.5
    neighbour: float = 0.3
    """Weight of the adjacent sentence that is nearer to the question. An answer often follows the sentence that names
    its subject."""


EVIDENCE = EvidenceWeights()
FRAMING_PENALTY = 0.15
"""Penalty for a sentence that says what inspectors looked at, not what they found. We chose this value by judgement."""
FRAGMENT_PENALTY = 0.08
"""Penalty for a list item that only completes the sentence before the list. We chose this value by judgement."""
NO_QUANTITY_PENALTY = 0.15
"""Penalty for a sentence without a number if the question asks for one. One in six of the answerable questions that ask
for a number has an answer without one. Of the unanswerable questions that ask for a number, three in five have no
number in the sentences that we find."""
WRONG_POLARITY_PENALTY = 0.1
"""Penalty for a sentence that only praises if the question asks for weaknesses, or that only criticises if the question
asks for strengths. One in six sentences in reports only praises. Of the sentences that answer a question about
weaknesses, only one in forty does."""
DECISIVE_PENALTY = 0.5
"""Penalty for a sentence that lacks the sum of money, or the verdict on a home or school, that the question asks for.
The value is so high that a sentence with this penalty cannot be the answer."""

# --- Confidence: answer or abstain -----------------------------------------------------------------------------------

ANSWER_THRESHOLD = 0.5
"""We show an answer if its confidence is at least this."""
LIMIT_CONFIDENCE = 0.6
"""If the confidence is at least this, sentences that meet a limit, such as "at weekends", replace the other sentences.
It is higher than the threshold for an answer. Few sentences meet the limit, and some may only share words with the
question. We chose this value by judgement."""
CLOSE_CONFIDENCE = 0.75
"""The page says that an answer matches closely if its confidence is at least this."""
FAIR_CONFIDENCE = 0.7
"""The page says that an answer matches fairly closely if its confidence is at least this. Below this, it says "only
loosely". We measured this with 428 questions about two authorities kept out of training. Below .7, 30 in 100 answers
show a sentence that answers. From .7 to .75, 79 in 100 do. If the confidence of an answer is limited to .7, the answer
still matches fairly closely."""
PART_THRESHOLD = 0.3
"""We show one part of a comparison if its confidence is at least this. We chose this value by judgement."""
STATING_THRESHOLD = 0.3
"""A question may ask for a name, a time or a cause. Sentences that state it count if they reach this confidence on
their own, and if all sentences together reach the threshold for an answer. Without the sentences around them, even
sentences that answer are often below that threshold."""
NO_QUANTITY_CONFIDENCE = 0.45
"""Highest confidence if a question asks for a quantity and no sentence shown states one. It is below the threshold for
an answer."""
UNSUPPORTED_THEME_CONFIDENCE = 0.3
"""Highest confidence for a question across all reports when no report is close enough to count. We chose this value by
judgement."""
UNPROVED_CONFIDENCE = 0.4
"""Highest confidence when no sentence could be found word for word on its page. We chose this value by judgement."""
OUT_OF_SCOPE_SIMILARITY = 0.38
"""If the nearest sentence in any report has a cosine below this, we assume that no report covers the subject. In an
index of 153 reports, this happens for half of 70 questions on other subjects and for 7 of 2,077 questions about
reports."""
CONFIDENCE_SENTENCES = 10
"""Number of top sentences that decide the confidence."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A logistic function that turns the support for an answer into a confidence."""

    centre: float
    """Support at which an answer is as likely to be right as wrong."""
    slope: float
    similarity: float = 1.0
    """Weight of the cosine of the nearest sentence."""
    passage: float = 0.0
    """Weight of the passage's own score."""
    logits: float = 0.0
    """Weight of the combined logits from the cross-encoder's quick reading."""
    close_logits: float = 0.0
    """Weight of the combined logits from its close reading."""


UNSCORED_GATE = Gate(centre=0.64, slope=12.0, passage=0.1)
"""The gate used when there is no cross-encoder."""
SUBJECT_GATE = Gate(centre=0.47, slope=12.0, passage=0.15, logits=0.06)
"""The gate that judges whether the reports cover the subject at all. Similarity is the best sign of this."""
ANSWER_GATE = Gate(centre=-1.8, slope=0.423, similarity=0.0, logits=0.2, close_logits=0.45)
"""The gate that judges whether the reports answer the question. The lower of the two confidences is used.

The weights of the logits are close to those of a logistic regression on 618 labelled questions. The questions are about
two authorities that were kept out of training, and more than half of them have no answer. The similarity has no weight.
Before, it counted against an answer. As a result, we answered questions that no sentence is close to. With this slope,
the page calls an answer close if its support is at least 0.8, which is true of 138 of 428 answers. 87 in 100 of these
were right (ADR 0033)."""
CLOSE_GATE = Gate(centre=-7.0, slope=0.183, similarity=0.0, close_logits=1.0)
"""The gate that stops the page from calling an answer close if close reading finds no sentence that answers. At a logit
of -1, it gives .75. Of 415 held-out questions, 179 have no sentence above that logit. Only 26 of these have an answer.
"""
GRADE_CONFIDENCE, GRADE_LIST_CONFIDENCE, OWN_LIST_CONFIDENCE = 0.95, 0.9, 0.9
"""Confidence of an answer read from grades, from a list of grades, and from a report's own list. We chose these values
by judgement."""
REGISTER_CONFIDENCE = 0.7
"""Confidence of an answer from the improvement register. We chose this value by judgement."""
THEME_COUNT_CONFIDENCE = 0.75
"""Confidence in a count of reports by a theme. We count nine reports in ten correctly, so no count is certain."""
SUBJECT_COUNT_CONFIDENCE = 0.75
"""Confidence of a count of reports by a subject in a person's own words. No such count is certain either."""
HEADLINES_CONFIDENCE = 0.7
"""Confidence of sentences about strengths or weaknesses as a whole. It is too low for the page to call the answer
close, because we pick the sentences by their words. We chose this value by judgement."""
RELATED_CONFIDENCE, NO_RELATED_CONFIDENCE = 0.7, 0.1
"""Confidence of reasons and remedies, which we pick by their words, and confidence when we say that there are none. We
chose these values by judgement."""
ITEM_SIMILARITY, ITEM_THEME_SIMILARITY = 0.65, 0.4
"""Lowest cosine for an item of a list to be about a subject that its words do not show, and for one that only has words
of the subject's theme (ADR 0056)."""
REMEDY_SIMILARITY = 0.4
"""An item in a report's own list is about a subject if their cosine is at least this. We chose this value by judgement.
"""
STATED_GRADE_CONFIDENCE = 0.75
"""Confidence of a grade that a report states in a sentence about an earlier inspection. The wording of the sentence
shows that it states a grade, but no table confirms it. We chose this value by judgement."""
PREMISE_CONFIDENCE, NO_GRADE_CONFIDENCE = 0.05, 0.1
"""Confidence when the premise of a question is wrong, and when the grade asked for is missing. We chose these values by
judgement."""

# --- Limits ----------------------------------------------------------------------------------------------------------

MAX_PARTS = 8
"""Maximum number of authorities or times in one question. We search for each one separately, so a hundred of them would
take a hundred times as long."""
MAX_QUESTIONS = 3
"""Maximum number of questions answered in one message. Each takes as long as a message of its own."""
MAX_DATES_LISTED = 8
"""Maximum number of report dates that a message lists one by one."""
