"""Tests of the cross-encoder in torch. test_openvino_encoder compares it with the one on OpenVINO."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoding.encoders import open_pair_scorer
from index.encoding.torch_models.sentence_transformer import SentenceEncoder
from index.encoding.torch_models.torch_cross_encoder import TorchCrossEncoder
from index.types import PairVectors, SentenceInContext

pytestmark = pytest.mark.thorough  # torch takes ten seconds to start


def test_the_cross_encoder_does_not_change_the_encoder(reference: SentenceEncoder) -> None:
    before = reference.encode_query(["safe?"])
    scorer = open_pair_scorer(reference)
    assert isinstance(scorer, TorchCrossEncoder)
    vectors = reference.encode_document(["Children are safe.", "Visits are late."])
    scorer.scores("safe?", ["Children are safe.", "Visits are late."], PairVectors(before, vectors, [0.5, 0.5]))
    scorer.scores_in_context("safe?", [SentenceInContext("Children are safe.")], [0.5])
    assert (reference.encode_query(["safe?"]) == before).all()


def test_without_sentences_there_are_no_scores(reference: SentenceEncoder) -> None:
    scorer = open_pair_scorer(reference)
    assert scorer is not None
    nothing = np.empty((0, reference.dimension), dtype=np.float32)
    assert scorer.scores_in_context("safe?", [], []).shape == (0,)
    assert scorer.scores("safe?", [], PairVectors(reference.encode_query(["safe?"]), nothing, [])).shape == (0,)
