"""Compare the speed of embedding with a bf16 matrix product on the same processor."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch

from benchmarks.harness.figures import Proof
from benchmarks.proofs.speed.threads import one_thread
from index.building.writer import PassageTexts
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.encoding.torch_models.sentence_transformer import computes_in_bfloat16
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store

_TEXTS, _RUNS, _SIZE = 64, 40, 1024
_WIDTH, _LAYERS = 384, 6


def prove(proof: Proof, data: Path) -> None:
    """Run the two in turn, on one thread each."""
    if not computes_in_bfloat16():
        proof.add("embedding: needs a processor that multiplies bf16 matrices", "skipped")
        return
    torch.set_num_threads(1)
    texts = PassageTexts.of(Store(DataFolder(data).current() / STORE).stored()).headed
    texts = texts[:: len(texts) // _TEXTS][:_TEXTS]
    with one_thread():
        encoder = GraphEncoder.open()
        encoder.encode_document(texts)  # compile the graph before measuring
    operations = sum(_operations(len(pieces.ids)) for pieces in encoder.word_pieces(texts))
    left, right = (torch.randn(_SIZE, _SIZE).to(torch.bfloat16) for _ in range(2))
    shares, rates, limits = [], [], []
    for _ in range(_RUNS):
        limit = 2 * _SIZE**3 / min(_seconds(lambda: torch.mm(left, right)) for _ in range(5))
        rate = operations / _seconds(lambda: encoder.encode_document(texts))
        shares.append(rate / limit)
        rates.append(rate)
        limits.append(limit)
    proof.add("embedding: 10⁹ operations per second", statistics.median(rates) / 1e9)
    proof.add("matrix product: 10⁹ operations per second", statistics.median(limits) / 1e9)
    proof.add("embedding: share of the matrix product's rate", statistics.median(shares), "≥", 0.33)
    low, _, high = statistics.quantiles(shares, n=4)
    proof.add(f"embedding: the share in the middle half of {_RUNS} runs", f"{low:.2f} to {high:.2f}")


def _operations(pieces: int) -> int:
    """Count the operations in the matrix products: 12 products of width × width in each layer, and 2 for attention."""
    return _LAYERS * (24 * _WIDTH**2 * pieces + 4 * _WIDTH * pieces**2)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
