"""The cross-encoder by torch, where OpenVINO does not load; beside its graph in test_graph_encoder."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoding.encoders import open_pair_scorer
from index.encoding.sentence_transformer import SentenceEncoder
from index.encoding.torch_cross_encoder import TorchCrossEncoder
from index.types import PairVectors

pytestmark = pytest.mark.thorough  # torch takes ten seconds to start


def test_the_encoder_beside_it_stays_as_it_was(reference: SentenceEncoder) -> None:
    before = reference.encode_query(["safe?"])
    made = open_pair_scorer(reference)
    assert isinstance(made, TorchCrossEncoder)
    vectors = reference.encode_document(["Children are safe.", "Visits are late."])
    made.scores("safe?", ["Children are safe.", "Visits are late."], PairVectors(before, vectors, [0.5, 0.5]))
    assert (reference.encode_query(["safe?"]) == before).all()


def test_no_sentences_have_no_scores(reference: SentenceEncoder) -> None:
    made = open_pair_scorer(reference)
    assert made is not None
    nothing = np.empty((0, reference.dimension), dtype=np.float32)
    assert made.scores("safe?", [], PairVectors(reference.encode_query(["safe?"]), nothing, [])).shape == (0,)
