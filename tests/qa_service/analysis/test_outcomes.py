"""Tests of what a later report says about an item, with a model made for the test and with the shipped one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from corpus.types import Report
from qa_service.analysis.outcomes import (
    OUTCOMES,
    AskedItem,
    Outcome,
    OutcomeModel,
    became,
    outcome_model,
    report_features,
    sentence_features,
)
from qa_service.analysis.sentences import Rarity, ReadReport, ReadSentence, rarity

MakeReport = Callable[..., Report]
MakeLater = Callable[..., ReadReport]


@pytest.fixture
def later(make_report: MakeReport) -> MakeLater:
    """Return a function that makes a report from sentences, each with its vector, praise and criticism."""

    def make(*sentences: tuple[str, Sequence[float], float, float]) -> ReadReport:
        read = tuple(
            ReadSentence(1, at, text, 1, frozenset(text.lower().split()), frozenset(), frozenset(), frozenset(), 0)
            for at, (text, *_) in enumerate(sentences)
        )
        places: dict[str, list[int]] = {}
        for at, sentence in enumerate(read):
            for term in sentence.terms:
                places.setdefault(term, []).append(at)
        return ReadReport(
            make_report("later"),
            read,
            np.array([vector for _, vector, _, _ in sentences], dtype=np.float64),
            np.array([praise for *_, praise, _ in sentences]),
            np.array([criticism for *_, criticism in sentences]),
            {term: np.array(at) for term, at in places.items()},
        )

    return make


NONE: frozenset[str] = frozenset()
ITEM = AskedItem("lantern visits", np.array([[1.0, 0.0]]), NONE, NONE, frozenset({"lantern", "visits"}), NONE)


def model(*, cosine: float = 12.0, praise: float = 0.0, criticism: float = 0.0) -> OutcomeModel:
    """Return a model that finds sentences by their cosine, and decides by the praise and criticism in the best ones."""
    relevance = np.zeros(31)
    relevance[0], relevance[-1] = cosine, -cosine * 0.7
    outcomes = np.zeros((3, 27))
    outcomes[OUTCOMES.index(Outcome.IMPROVED), 7] = praise
    outcomes[OUTCOMES.index(Outcome.STILL), 6] = criticism
    outcomes[OUTCOMES.index(Outcome.NOT_MENTIONED), -1] = 2.0
    return OutcomeModel(relevance, outcomes)


def test_the_stance_of_the_nearest_sentence_decides_and_is_quoted(later: MakeLater) -> None:
    praised = later(("Lantern visits are prompt", (0.98, 0.2), 0.9, 0.0), ("Roofs are red", (0.0, 1.0), 0.0, 0.9))
    found = became(ITEM, praised, {}, rarity([praised]), model(praise=9, criticism=9), quotes=3)
    assert (found.outcome, found.sentences) == (Outcome.IMPROVED, (0,))
    criticised = later(("Lantern visits are late", (0.98, 0.2), 0.0, 0.9), ("Roofs are red", (0.0, 1.0), 0.9, 0.0))
    assert became(ITEM, criticised, {}, rarity([criticised]), model(praise=9, criticism=9), 3).outcome is Outcome.STILL


def test_a_report_about_something_else_does_not_mention_it_and_is_not_quoted(later: MakeLater) -> None:
    other = later(("Roofs are red", (0.0, 1.0), 0.9, 0.9))
    found = became(ITEM, other, {}, rarity([other]), model(praise=9, criticism=9), quotes=3)
    assert (found.outcome, found.sentences) == (Outcome.NOT_MENTIONED, ())


def test_an_unsure_model_cannot_tell_but_shows_the_nearest_sentence(later: MakeLater) -> None:
    both = later(("Lantern visits vary", (1.0, 0.0), 0.9, 0.9))
    found = became(ITEM, both, {}, rarity([both]), model(praise=9, criticism=9), quotes=3)
    assert found.outcome is Outcome.CANNOT_TELL
    assert found.certainty < 0.7
    assert found.sentences == (0,)


def test_a_report_without_sentences_cannot_tell(make_report: MakeReport) -> None:
    empty = ReadReport(make_report("empty"), (), np.zeros((0, 2)), np.zeros(0), np.zeros(0), {})
    assert became(ITEM, empty, {}, Rarity({}, {}), model(), 3).outcome is Outcome.CANNOT_TELL


def test_the_shipped_weights_fit_the_features(later: MakeLater) -> None:
    report = later(("Lantern visits are prompt", (1.0, 0.0), 0.9, 0.0))
    shipped, features = outcome_model(), sentence_features(ITEM, report, {}, rarity([report]))
    shows = shipped.shows(features)
    assert len(shows) == 1
    probabilities = shipped.probabilities(report_features(ITEM, report, {}, features, shows))
    assert set(probabilities) == set(OUTCOMES)
    assert sum(probabilities.values()) == pytest.approx(1)


def test_a_later_list_that_asks_for_the_same_matter_again_makes_it_still_an_issue(later: MakeLater) -> None:
    report = later(("Lantern visits are prompt", (0.9, 0.4), 0.6, 0.4))
    weight, shipped = rarity([report]), outcome_model()

    def still(probability: float) -> float:
        features = sentence_features(ITEM, report, {1: probability}, weight)
        shows = shipped.shows(features)
        return shipped.probabilities(report_features(ITEM, report, {1: probability}, features, shows))[Outcome.STILL]

    assert still(0.95) > still(0.05)


def test_an_item_without_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="Build the index again"):
        AskedItem("lost", np.zeros((0, 2)), NONE, NONE, NONE, NONE)
