"""Compares the encoder's graph with the reference, sentence-transformers, vector by vector.

Tests that load the reference are marked thorough, because torch takes ten seconds to start.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoding.encoder_files import default_folder
from index.encoding.encoders import open_encoder, open_pair_scorer
from index.encoding.graphs import bert_graph
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.encoding.graphs.openvino_runtime import Graph, fastest_precision
from index.errors import EncoderUnavailable, UnknownArchitecture
from index.storage.manifest import STORE
from index.storage.store import Store
from index.types import PairVectors, SentenceInContext

ODD = ["", "x", "é" * 3000, "a " * 900, "Children\n\nare\tsafe.", "𝒪𝓇𝓅𝒽𝒶𝓃", "1 2 3 4", "?!", "Ⅳ ½ №"]


@pytest.fixture(scope="module")
def texts(sample_index) -> list[str]:
    store = Store(sample_index.current() / STORE)
    passages = [indexed.passage for report in store.reports for indexed in store.passages_of(report.id)]
    return [passage.text for passage in passages[:60]] + ODD


@pytest.mark.thorough
def test_vectors_equal_those_of_the_reference_except_for_rounding(graph, reference, texts):
    exact = reference.encode_query(texts)
    for encode in (graph.encode_query, graph.encode_document):
        assert (encode(texts) * exact).sum(axis=1).min() > 0.9998


@pytest.mark.thorough
def test_vectors_in_fp32_equal_those_of_the_reference(graph, reference, texts):
    exact = Graph(bert_graph.vectors(graph._weights, graph._shape), "f32")
    batches = list(graph.batches(graph.word_pieces(texts)))
    assert sum(len(rows) for rows, _ in batches) == len(texts)
    for rows, inputs in batches:
        ours = exact.run(inputs)[: len(rows)]
        assert np.abs(ours - reference.encode_query([texts[row] for row in rows])).max() < 2e-6


@pytest.mark.thorough
def test_several_threads_get_the_same_results_as_one(graph, monkeypatch):
    monkeypatch.setattr("index.encoding.graphs.openvino_runtime.processor_count", lambda: 3)
    several = Graph(bert_graph.vectors(graph._weights, graph._shape), fastest_precision())
    texts = ["Children are safe.", "Visits are late.", "Plans drift."]
    batches = [inputs for text in texts for _, inputs in graph.batches(graph.word_pieces([text]))]
    expected = [several.run(inputs) for inputs in batches]
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda number: several.run(batches[number % 3]), range(300)))
    assert all((result == expected[number % 3]).all() for number, result in enumerate(results))


def test_questions_encoded_at_the_same_time_get_the_same_vectors_as_alone(graph):
    texts = ["Are children safe?", "How long are visits late, and why?", "Are children safe?"]
    waits = [graph.begin_query(text) for text in texts]
    for text, wait in reversed(list(zip(texts, waits, strict=True))):
        assert (wait() == graph.encode_query([text])).all()


@pytest.mark.thorough
def test_logits_of_pairs_equal_those_of_the_reference_except_for_rounding(graph, reference, texts):
    question, cosines = "How long do care leavers wait for a flat?", [0.5] * len(texts)
    ours, theirs = open_pair_scorer(graph), open_pair_scorer(reference)
    assert (type(ours).__name__, type(theirs).__name__) == ("CrossEncoder", "TorchCrossEncoder")
    sides = PairVectors(graph.encode_query([question]), graph.encode_document(texts), cosines)
    assert np.abs(ours.scores(question, texts, sides) - theirs.scores(question, texts, sides)).max() < 0.2


@pytest.mark.thorough
def test_close_readings_equal_those_of_the_reference_except_for_rounding(graph, reference, texts):
    question, cosines = "How long do care leavers wait for a flat?", [0.5] * len(texts)
    sentences = [SentenceInContext(text, text[:20], text[-60:]) for text in texts]
    ours, theirs = (open_pair_scorer(encoder) for encoder in (graph, reference))
    scores, expected = (scorer.scores_in_context(question, sentences, cosines) for scorer in (ours, theirs))
    assert np.abs(scores - expected).max() < 0.2


@pytest.mark.thorough
def test_graph_and_reference_have_the_same_properties(graph, reference):
    for name in ("name", "revision", "dimension", "max_tokens", "precision"):
        assert getattr(graph, name) == getattr(reference, name)


@pytest.mark.thorough
def test_sentence_transformers_runs_other_kinds_of_model(sentence_encoder, tmp_path: Path):
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder)
    config = folder / "1_Pooling" / "config.json"
    modes = json.loads(config.read_text())
    config.write_text(json.dumps({**modes, "pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}))
    with pytest.raises(UnknownArchitecture):
        GraphEncoder.open(str(folder))
    assert isinstance(open_encoder(str(folder)), sentence_encoder)


def test_damaged_weights_are_refused_without_trying_sentence_transformers(tmp_path: Path):
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(EncoderUnavailable):
        open_encoder(str(folder))


@pytest.mark.thorough
def test_the_graph_loads_no_torch_and_connects_to_nothing():
    code = (
        "import sys, socket\n"
        "def refuse(*a, **k): raise RuntimeError('a connection was tried')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse; socket.getaddrinfo = refuse\n"
        "from index.encoding.encoders import open_encoder, open_pair_scorer\n"
        "encoder = open_encoder()\n"
        "encoder.encode_query(['safe']); encoder.encode_document(['safe'])\n"
        "from index.types import PairVectors\n"
        "vector = encoder.encode_query(['safe'])\n"
        "open_pair_scorer(encoder).scores('safe?', ['safe'], PairVectors(vector, vector, [0.5]))\n"
        "named = {name.partition('.')[0] for name, module in sys.modules.items() if module is not None}\n"
        "print(sorted(named & {'torch', 'transformers', 'sentence_transformers', 'openvino_telemetry'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


@pytest.mark.thorough
def test_if_openvino_does_not_load_sentence_transformers_runs_both_models():
    code = (
        "import sys\n"
        "sys.modules['openvino'] = None\n"
        "from index.encoding.encoders import open_encoder, open_pair_scorer\n"
        "encoder = open_encoder()\n"
        "scorer = open_pair_scorer(encoder)\n"
        "from index.types import PairVectors\n"
        "sides = PairVectors(encoder.encode_query(['safe?']), encoder.encode_document(['Children are safe.']), [0.5])\n"
        "assert scorer.scores('safe?', ['Children are safe.'], sides).shape == (1,)\n"
        "print(type(encoder).__name__, type(scorer).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("SentenceEncoder TorchCrossEncoder", 0), done.stderr
