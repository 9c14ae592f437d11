"""Opens encoders and cross-encoders, as OpenVINO graphs if possible and otherwise with sentence-transformers."""

from __future__ import annotations

import logging
from typing import Protocol

from index.encoding.pair_weights import corrections, pair_weights
from index.errors import UnknownArchitecture
from index.types import Encoder, PairScorer

_LOG = logging.getLogger(__name__)


class PassageEncoder(Encoder, Protocol):
    """An encoder that can be used for builds."""

    @property
    def precision(self) -> str:
        """Number format used for passages."""


def open_encoder(where: str | None = None) -> PassageEncoder:
    """Open the default encoder, an encoder in a folder, or a model from a hub. Raises EncoderUnavailable."""
    try:
        from index.encoding.graphs.openvino_encoder import GraphEncoder  # OpenVINO does not load on every machine

        return GraphEncoder.open(where)
    except (UnknownArchitecture, ImportError) as error:
        _LOG.info("sentence-transformers runs the encoder, and takes longer to start: %s", error)
        from index.encoding.torch_models.sentence_transformer import SentenceEncoder  # torch takes seconds to import

        return SentenceEncoder.open(where)


def open_pair_scorer(encoder: Encoder) -> PairScorer | None:
    """Return the cross-encoder for an encoder, or None if it was not trained with that encoder."""
    weights, corrected = pair_weights(encoder.revision), corrections(encoder.revision)
    if weights is None or corrected is None:
        return None
    try:
        from index.encoding.graphs.cross_encoder import CrossEncoder
        from index.encoding.graphs.openvino_encoder import GraphEncoder
    except ImportError:
        pass
    else:
        if isinstance(encoder, GraphEncoder):
            return CrossEncoder.with_encoder(encoder, weights, corrected)
    from index.encoding.torch_models.sentence_transformer import SentenceEncoder
    from index.encoding.torch_models.torch_cross_encoder import TorchCrossEncoder

    if isinstance(encoder, SentenceEncoder):
        return TorchCrossEncoder.with_encoder(encoder, weights, corrected)
    return None
