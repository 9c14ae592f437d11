"""What the service would gain by computing the questions of several clients together, which it does not do.

Of a question the encoder computes one short text, and the cross-encoder ten sentences together. This measures both
for eight questions at once beside one question after another, on one processor: the most that batching could bring.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import SHARED
from benchmarks.proofs.speed.threads import one_thread
from index.building.writer import PassageTexts
from index.encoding.batching import PAIR_BATCHES
from index.encoding.openvino_encoder import GraphEncoder
from index.encoding.openvino_runtime import Graph, fastest_precision
from index.encoding.pair_weights import MAX_TOKENS, pair_weights
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store

_AT_ONCE, _SENTENCES, _RUNS = 8, 10, 25


@dataclass(frozen=True, slots=True)
class _Part:
    """Some questions, each with the sentences read with it."""

    questions: tuple[str, ...]
    sentences: tuple[tuple[str, ...], ...]


def prove(proof: Proof, data: Path) -> None:
    """One by one and all together, in turns, on one thread."""
    with one_thread():
        _prove(proof, data)


def _prove(proof: Proof, data: Path) -> None:
    encoder = GraphEncoder.open()
    weights = pair_weights(encoder.revision)
    assert weights is not None
    graph = Graph(encoder.pair_model(weights), fastest_precision())
    sentences = PassageTexts.of(Store(DataFolder(data).current() / STORE).stored()).sentences
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:_AT_ONCE]
    questions = tuple(json.loads(line)["question"] for line in lines)
    step = len(sentences) // (_AT_ONCE * _SENTENCES)
    each = tuple(tuple(sentences[number * step :: step * _AT_ONCE][:_SENTENCES]) for number in range(_AT_ONCE))
    whole = _Part(questions, each)
    alone = [_Part((question,), (own,)) for question, own in zip(questions, each, strict=True)]
    embed = _ratio(lambda part: encoder.encode_query(part.questions), alone, whole)
    read = _ratio(lambda part: _read(graph, encoder, part), alone, whole)
    both = _ratio(lambda part: (encoder.encode_query(part.questions), _read(graph, encoder, part)), alone, whole)
    proof.add(f"batching: {_AT_ONCE} questions embedded at once, as a multiple of one by one", embed)
    proof.add(f"batching: the sentences of {_AT_ONCE} questions read at once, the same", read)
    proof.add("batching: both, as a multiple of one by one", both, "≥", 2.5)


def _ratio(work: Callable[[_Part], object], alone: Sequence[_Part], whole: _Part) -> float:
    """The median over the runs, but for the first ones, which see each shape of input for the first time."""
    ratios = []
    for _ in range(_RUNS):
        one_by_one = sum(_seconds(lambda part=part: work(part)) for part in alone)  # type: ignore[misc]  # bound now
        ratios.append(one_by_one / _seconds(lambda: work(whole)))
    return statistics.median(ratios[3:])


def _read(graph: Graph, encoder: GraphEncoder, part: _Part) -> int:
    pairs = [(q, sentence) for q, own in zip(part.questions, part.sentences, strict=True) for sentence in own]
    pieces = encoder.pair_pieces(pairs, MAX_TOKENS)
    side = np.full((len(pairs), encoder.dimension), encoder.dimension**-0.5, dtype=np.float32)
    beside = {"cosines": side[:, 0], "question": side, "sentence": side}
    for _, inputs in encoder.batches(pieces, PAIR_BATCHES, **beside):
        graph.run(inputs)
    return len(pairs)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
