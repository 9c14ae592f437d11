"""Which way of computing an encoder is taken: the graph where it can be, else sentence-transformers."""

from __future__ import annotations

import logging
from typing import Protocol

from index.encoding.pair_weights import pair_weights
from index.errors import UnknownArchitecture
from index.types import Encoder, PairScorer

_LOG = logging.getLogger(__name__)


class PassageEncoder(Encoder, Protocol):
    """An encoder that builds embed passages with."""

    @property
    def precision(self) -> str:
        """Number format that passages are computed in."""


def open_encoder(where: str | None = None) -> PassageEncoder:
    """The default encoder, or that in a folder or under a hub's name. Raises EncoderUnavailable."""
    try:
        from index.encoding.openvino_encoder import GraphEncoder  # what computes graphs may not load on every machine

        return GraphEncoder.open(where)
    except (UnknownArchitecture, ImportError) as error:
        _LOG.info("Computed by sentence-transformers, which takes longer to start: %s", error)
        from index.encoding.sentence_transformer import SentenceEncoder  # it takes seconds to load

        return SentenceEncoder.open(where)


def open_pair_scorer(encoder: Encoder) -> PairScorer | None:
    """What reads a question and a sentence together beside an encoder; None beside others than the shipped."""
    weights = pair_weights(encoder.revision)
    if weights is None:
        return None
    try:
        from index.encoding.cross_encoder import CrossEncoder  # as above
        from index.encoding.openvino_encoder import GraphEncoder
    except ImportError:
        pass
    else:
        if isinstance(encoder, GraphEncoder):
            return CrossEncoder.beside(encoder, weights)
    from index.encoding.sentence_transformer import SentenceEncoder
    from index.encoding.torch_cross_encoder import TorchCrossEncoder

    return TorchCrossEncoder.beside(encoder, weights) if isinstance(encoder, SentenceEncoder) else None
