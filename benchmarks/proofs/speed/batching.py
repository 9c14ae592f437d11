"""Measure what the service would gain from batching the questions of several clients, which it does not do.

For each question, the encoder reads one short text and the cross-encoder reads ten sentences. This compares eight
questions at once with eight one after another, on one thread. That is the most that batching could gain.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import development_questions
from benchmarks.proofs.speed.threads import one_thread
from index.building.writer import PassageTexts
from index.encoding.batching import PAIR_BATCHES
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.encoding.graphs.openvino_runtime import Graph, fastest_precision
from index.encoding.pair_weights import MAX_TOKENS, pair_weights
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store

_AT_ONCE, _SENTENCES, _RUNS = 8, 10, 25


@dataclass(frozen=True, slots=True)
class _Part:
    """Questions, each with the sentences that the cross-encoder reads with it."""

    questions: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]


def prove(proof: Proof, data: Path) -> None:
    """Measure on one thread."""
    with one_thread():
        _prove(proof, data)


def _prove(proof: Proof, data: Path) -> None:
    encoder = GraphEncoder.open()
    weights = pair_weights(encoder.revision)
    assert weights is not None
    graph = Graph(encoder.pair_model(weights), fastest_precision())
    sentences = PassageTexts.of(Store(DataFolder(data).current() / STORE).stored()).sentences
    questions = tuple(question["question"] for question in development_questions()[:_AT_ONCE])
    step = len(sentences) // (_AT_ONCE * _SENTENCES)
    read_with = tuple(tuple(sentences[number * step :: step * _AT_ONCE][:_SENTENCES]) for number in range(_AT_ONCE))
    whole = _Part(questions, read_with)
    alone = [_Part((question,), (own,)) for question, own in zip(questions, read_with, strict=True)]
    embed = _ratio(lambda part: encoder.encode_query(part.questions), alone, whole)
    read = _ratio(lambda part: _read(graph, encoder, part), alone, whole)
    both = _ratio(lambda part: (encoder.encode_query(part.questions), _read(graph, encoder, part)), alone, whole)
    proof.add(f"batching: speed of embedding {_AT_ONCE} questions at once / one by one", embed)
    proof.add(f"batching: speed of reading the sentences of {_AT_ONCE} questions, the same", read)
    proof.add("batching: speed of both, the same", both, "≥", 2.5)


def _ratio(work: Callable[[_Part], object], alone: Sequence[_Part], whole: _Part) -> float:
    """Return the median ratio of two speeds: all questions at once, and one question after another.

    The first three runs are left out, because the graph sees each shape of input for the first time in them.
    """
    ratios = []
    for _ in range(_RUNS):
        one_by_one = sum(_seconds(lambda part=part: work(part)) for part in alone)  # type: ignore[misc]  # the default binds the loop's value
        ratios.append(one_by_one / _seconds(lambda: work(whole)))
    return statistics.median(ratios[3:])


def _read(graph: Graph, encoder: GraphEncoder, part: _Part) -> int:
    pairs = [(q, sentence) for q, own in zip(part.questions, part.sentences, strict=True) for sentence in own]
    pieces = encoder.pair_pieces(pairs, MAX_TOKENS)
    side = np.full((len(pairs), encoder.dimension), encoder.dimension**-0.5, dtype=np.float32)
    extra = {"cosines": side[:, 0], "question": side, "sentence": side}
    for _, inputs in encoder.batches(pieces, PAIR_BATCHES, **extra):
        graph.run(inputs)
    return len(pairs)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
