from __future__ import annotations

import numpy as np
import pytest

from index.encoding.stances.stance import STANCES, StanceModel, WordWeights, stance_model, terms_of
from index.types import Stance

STRENGTH, WEAKNESS = map(STANCES.index, (Stance.STRENGTH, Stance.WEAKNESS))


@pytest.mark.parametrize(
    ("sentence", "stance"),
    [
        ("Supervision is regular and reflective.", Stance.STRENGTH),
        ("Plans are clear, and children’s lives improve.", Stance.STRENGTH),
        ("Audits do not lead to learning.", Stance.WEAKNESS),
        ("Too many assessments are late and lack analysis.", Stance.WEAKNESS),
        ("Management oversight is not consistently effective.", Stance.WEAKNESS),
    ],
)
def test_praise_and_criticism_are_told_apart_by_words_and_vectors(encoder, sentence, stance):
    vectors = encoder.encode_document([sentence])
    model = stance_model(encoder.revision)
    for probabilities in (model.stances([sentence], vectors), stance_model("other").stances([sentence], vectors)):
        assert STANCES[int(probabilities[0].argmax())] is stance
        assert probabilities.max() > 0.5


def test_a_sentence_without_a_judgement_takes_no_stance(encoder):
    sentence = "Inspectors met social workers and their managers."
    probabilities = stance_model(encoder.revision).stances([sentence], encoder.encode_document([sentence]))
    assert probabilities.max() < 0.5


def test_words_are_weighed_as_in_training():
    """The weights are those that scikit-learn's TfidfVectorizer gives with sublinear counts."""
    words = WordWeights.of(
        "late\nvery late",
        np.array([1.0, 2.0], dtype=np.float32),
        np.array([[0.0, 1.0], [0.0, 3.0]], dtype=np.float32),
    )
    model = StanceModel(words, bias=np.zeros(2, dtype=np.float32))
    twice, pair = 1 + np.log(2), 2.0
    expected = (twice * 1.0 + pair * 3.0) / np.hypot(twice, pair)
    probabilities = model.stances(["Late, very late."], np.zeros((1, 4), dtype=np.float32))
    assert probabilities[0, WEAKNESS] == pytest.approx(1 / (1 + np.exp(-expected)), abs=1e-6)
    assert probabilities[0, STRENGTH] == pytest.approx(0.5)


def test_terms_are_words_and_pairs_of_words_in_small_letters():
    assert terms_of("Plans are not SMART.") == [
        "plans", "are", "not", "smart", "plans are", "are not", "not smart",
    ]  # fmt: skip
    assert terms_of("") == []
