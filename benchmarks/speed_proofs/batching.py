"""What the service would gain by computing the questions of several clients together, which it does not do.

Most of a question is the cross-encoder, which reads its twelve sentences together already. This measures it on eight
questions' sentences at once beside one question after another, as the most that batching could bring.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from index.pair_correction import MAX_TOKENS, correction_for

from benchmarks.figures import Proof
from benchmarks.service import SHARED
from index import bert
from index.contents import Texts
from index.folders import DataFolder
from index.graph_encoder import GraphEncoder
from index.manifest import STORE
from index.store import Store

_AT_ONCE, _SENTENCES, _RUNS = 8, 12, 15


def prove(proof: Proof, data: Path) -> None:
    """One by one and all together, in turns."""
    encoder = GraphEncoder.open()
    correction = correction_for(encoder.revision)
    assert correction is not None
    graph = bert.Graph(encoder.corrected(correction), bert.quickest())
    sentences = Texts.of(Store(DataFolder(data).current() / STORE).stored()).sentences
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()[:_AT_ONCE]
    step = len(sentences) // (_AT_ONCE * _SENTENCES)
    each = [
        [(json.loads(line)["question"], sentence) for sentence in sentences[number * step :: step * _AT_ONCE]]
        for number, line in enumerate(lines)
    ]
    together = [pair for pairs in each for pair in pairs]
    ratios = []
    for _ in range(_RUNS):
        alone = sum(_seconds(graph, encoder, pairs) for pairs in each)
        ratios.append(alone / _seconds(graph, encoder, together))
    ratio = statistics.median(ratios[2:])  # the first ones see each shape of input for the first time
    proof.add(f"batching: sentences of {_AT_ONCE} questions read at once, as a multiple of one by one", ratio, "≥", 2.5)
    proof.add("batching: the same, over the runs", f"{min(ratios[2:]):.2f} to {max(ratios[2:]):.2f}")


def _seconds(graph: bert.Graph, encoder: GraphEncoder, pairs: Sequence[tuple[str, str]]) -> float:
    began = time.perf_counter()
    pieces = encoder.pair_pieces(pairs, MAX_TOKENS)
    for _, inputs in encoder.batches(pieces, cosines=np.full(len(pairs), 0.4, dtype=np.float32)):
        graph.run(inputs)
    return time.perf_counter() - began
