"""Works out what a later report says about an item that an earlier report asked to improve.

A logistic regression gives the probability that a sentence of the later report shows what became of the item. It uses
the similarity of their vectors, the words and themes that they share, and the position of the sentence in the report. A
second regression uses the stances of the best sentences to give the outcome. ``benchmarks/remarks`` trains both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import log

import numpy as np

from corpus.types import Kind
from index.search.text_analysis import terms
from qa_service.analysis.matters import known_matters
from qa_service.analysis.sentences import Numbers, Rarity, ReadReport

Related = Callable[[str], str]
"""Returns other words that reports may use for the words in a text."""
Again = Mapping[int, float]
"""The probability that each item in a later report's own list is about the same matter, by the item's number from 1."""
WEIGHTS = "data/outcomes.json"
_COMMON = frozenset(
    terms(
        "ensure improve strengthen develop further quality timeliness consistency effectiveness effective timely "
        "arrangement impact including child children young people service"
    )
)
"""Words that appear in almost every item. They do not show the subject of an item."""
_BEST = 5
"""Number of sentences whose stances decide the outcome."""


class Outcome(StrEnum):
    """What a later report says about an item that an earlier report asked to improve."""

    IMPROVED = "improved"
    STILL = "still"
    NOT_MENTIONED = "not_mentioned"
    CANNOT_TELL = "cannot_tell"


OUTCOMES = (Outcome.IMPROVED, Outcome.NOT_MENTIONED, Outcome.STILL)
"""The outcomes that the model distinguishes, in the order of its weights."""


LEAST_CERTAINTY = {Outcome.IMPROVED: 0.8, Outcome.NOT_MENTIONED: 0.7, Outcome.STILL: 0.7}
"""If the likeliest outcome is less probable than this, we cannot tell the outcome.

A wrong “improved” does the most harm. In cross-validation on the training reports, 86 in 100 of these were right with a
probability of at least 0.7, and 92 in 100 with at least 0.8. Of the other two outcomes, 89 in 100 were right with at
least 0.7.
"""


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item that a report asked to improve, with everything that we need to compare it."""

    text: str
    vectors: Numbers
    """The vectors of the item's sentences."""
    themes: frozenset[str]
    matters: frozenset[str]
    """The ids of the matters that the item asks to improve."""
    terms: frozenset[str]
    related: frozenset[str]
    """Words that mean nearly the same as the item's own words."""

    @property
    def telling(self) -> frozenset[str]:
        """The words that show the subject of the item."""
        return self.terms - _COMMON

    def __post_init__(self) -> None:
        if not len(self.vectors):
            raise ValueError(f"the item {self.text[:60]!r} has no sentence in the index. Build the index again.")


@dataclass(frozen=True, slots=True)
class OutcomeModel:
    """The weights of the two regressions. The last weight of each is its bias."""

    relevance: Numbers
    """One weight for each feature of a sentence."""
    outcomes: Numbers
    """Weights in the shape (outcomes, features of a report)."""

    def shows(self, features: Numbers) -> Numbers:
        """Return the probability that each sentence shows what became of the item."""
        return np.asarray(1 / (1 + np.exp(-(features @ self.relevance[:-1] + self.relevance[-1]))))

    def probabilities(self, features: Numbers) -> dict[Outcome, float]:
        """Return the probability of each outcome."""
        logits = self.outcomes[:, :-1] @ features + self.outcomes[:, -1]
        shares = np.exp(logits - logits.max())
        return dict(zip(OUTCOMES, (shares / shares.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Became:
    """What one later report says about an item."""

    outcome: Outcome
    certainty: float
    """Probability of the likeliest outcome."""
    sentences: tuple[int, ...]
    """Indexes of the sentences that show the outcome, best first."""


def asked_item(report: ReadReport, number: int, related: Related) -> AskedItem | None:
    """Return an item of a report by its number, from 1. None if the index contains no sentence from the item."""
    own = [at for at, sentence in enumerate(report.sentences) if sentence.item == number]
    if not own:
        return None
    text = report.report.improvements[number - 1].text
    words = frozenset(terms(text))
    others = frozenset(terms(related(text))) - words
    themes = frozenset().union(*(report.sentences[at].themes for at in own))
    return AskedItem(text, report.vectors[own], themes, known_matters().of_item(text), words, others)


def became(
    item: AskedItem, later: ReadReport, again: Again, weight: Rarity, model: OutcomeModel, quotes: int
) -> Became:
    """Return what a later report says about an item, with at most ``quotes`` sentences that show it.

    ``weight`` gives the rarity of each word.
    """
    if not later.sentences:
        return Became(Outcome.CANNOT_TELL, 0.0, ())
    features = sentence_features(item, later, again, weight)
    shows = model.shows(features)
    probabilities = model.probabilities(report_features(item, later, again, features, shows))
    outcome = max(OUTCOMES, key=lambda each: probabilities[each])
    certainty = probabilities[outcome]
    if certainty < LEAST_CERTAINTY[outcome]:
        outcome = Outcome.CANNOT_TELL
    return Became(outcome, certainty, _sentences_to_quote(outcome, later, shows, quotes))


def _sentences_to_quote(outcome: Outcome, later: ReadReport, shows: Numbers, quotes: int) -> tuple[int, ...]:
    """Return the sentences to quote.

    They are about the item. If the report clearly says that the item has improved or has not, the sentences say the
    same.
    """
    if outcome is Outcome.NOT_MENTIONED:
        return ()
    sides = {Outcome.IMPROVED: later.praise, Outcome.STILL: later.criticism}
    scores = shows * sides.get(outcome, np.maximum(later.praise, later.criticism))
    best = np.argsort(-scores, kind="stable")[:quotes].tolist()
    return tuple(at for at in best if scores[at] >= scores[best[0]] / 4)


_COSINE, _SHARED, _RAREST, _THEMES = 0, 3, 7, 9
"""The columns of a sentence's features that are also used to decide the outcome."""


def sentence_features(item: AskedItem, later: ReadReport, again: Again, weight: Rarity) -> Numbers:
    """Return the features of each sentence of a later report, in the shape (sentences, features)."""
    count = len(later.sentences)
    middle = item.vectors.mean(axis=0)
    middle /= np.linalg.norm(middle)
    cosines = np.maximum((later.vectors @ item.vectors.T).max(axis=1), later.vectors @ middle)
    shared = _weights(item.terms, later, weight, 2)
    whole = sum(weight.of(term) ** 2 for term in item.terms) or 1.0
    same = np.array([False, *(a.row == b.row for a, b in zip(later.sentences, later.sentences[1:], strict=False))])
    before = np.where(same, np.roll(cosines, 1), 0.0)
    after = np.where(np.roll(same, -1), np.roll(cosines, -1), 0.0)
    telling = item.telling
    rarest = sorted(telling, key=lambda term: (-weight.of(term), term))[:3]
    themes = np.array([min(2, len(item.themes & each.themes)) for each in later.sentences], dtype=np.float64)
    matters = np.array([min(2, len(item.matters & each.matters)) for each in later.sentences], dtype=np.float64)
    likeness = shared / np.sqrt(whole * weight.squares[later.report.id])
    best = dict.fromkeys({each.row for each in later.sentences}, 0.0)
    for each, cosine in zip(later.sentences, cosines.tolist(), strict=True):
        best[each.row] = max(best[each.row], cosine)
    columns: Sequence[Numbers] = (
        cosines,
        cosines - cosines.mean(),
        cosines**2,
        shared / whole,
        likeness,
        (shared + np.where(same, np.roll(shared, 1), 0.0)) / whole,
        _weights(item.related, later, weight, 1),
        _weights(rarest, later, weight, 1),
        _weights(rarest[:1], later, weight, 1),
        themes,
        np.where(themes > 0, 0.0, float(bool(item.themes))),
        before,
        after,
        np.array([best[each.row] for each in later.sentences]),
        cosines.max() - cosines,
        np.log1p(np.argsort(np.argsort(-cosines, kind="stable"), kind="stable")),
        np.array([len(telling & each.section) / max(1, len(telling)) for each in later.sentences]),
        np.array([float(bool(each.item)) for each in later.sentences]),
        cosines * themes,
        cosines * likeness,
        later.praise,
        later.criticism,
        np.maximum(later.praise, later.criticism),
        np.full(count, log(count)),
        np.full(count, cosines.max()),
        np.full(count, float(bool(item.themes))),
        matters,
        np.where(matters > 0, 0.0, float(bool(item.matters))),
        cosines * matters,
        np.array([again.get(each.item, 0.0) for each in later.sentences]),
    )
    return np.stack(columns, axis=1)


def report_features(item: AskedItem, later: ReadReport, again: Again, features: Numbers, shows: Numbers) -> Numbers:
    """Return the features of the outcome: the probability that a sentence shows it, and what the best sentences say."""
    best = np.argsort(-shows, kind="stable")[:_BEST]
    share = shows[best] / shows[best].sum()
    listed = np.array([float(bool(each.item)) for each in later.sentences])
    of_theme = features[:, _THEMES] > 0
    of_matter = np.array([bool(item.matters & each.matters) and not each.item for each in later.sentences])
    return np.array(
        [
            _logit(shows.max()),
            _logit(_any(shows)),
            share @ later.criticism[best],
            share @ later.praise[best],
            _any(shows * later.criticism),
            _any(shows * later.praise),
            (shows * later.criticism).max(),
            (shows * later.praise).max(),
            _logit((shows * listed).max()),
            log(len(later.sentences)),
            features[:, _COSINE].max(),
            features[:, _SHARED].max(),
            features[:, _RAREST].max(),
            np.sort(shows)[-3:].mean(),
            float(later.report.kind is Kind.ILACS),
            log(len(item.text.split())),
            float(of_theme.any()),
            later.praise[of_theme].mean() if of_theme.any() else 0.5,
            later.criticism[of_theme].mean() if of_theme.any() else 0.5,
            max(again.values(), default=0.0),
            float(of_matter.any()),
            log(1 + of_matter.sum()),
            later.praise[of_matter].mean() if of_matter.any() else 0.5,
            later.criticism[of_matter].mean() if of_matter.any() else 0.5,
            later.praise[of_matter].max() if of_matter.any() else 0.0,
            later.criticism[of_matter].max() if of_matter.any() else 0.0,
        ]
    )


@cache
def outcome_model() -> OutcomeModel:
    """Return the trained model."""
    data = json.loads(files("qa_service").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return OutcomeModel(np.array(data["relevance"]), np.array(data["outcomes"]))


def _weights(words: Iterable[str], later: ReadReport, weight: Rarity, power: int) -> Numbers:
    """Return the sum of the weights of the words in each sentence, in linear time."""
    total = np.zeros(len(later.sentences))
    for term in words:
        if term in later.places:
            total[later.places[term]] += weight.of(term) ** power
    return total


def _any(probabilities: Numbers) -> float:
    """Return the probability that at least one of several independent things is true."""
    return float(1 - np.prod(1 - np.minimum(probabilities, 0.99)))


def _logit(probability: float) -> float:
    return log((probability + 1e-3) / (1 - probability + 1e-3))
