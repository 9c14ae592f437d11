from __future__ import annotations

import shutil

import numpy as np
import pytest

from index.encoding.encoder_files import default_folder
from index.errors import EncoderUnavailable

PAIRS = [
    ("Do young people who left care have somewhere to live?", "Care leavers are in suitable accommodation."),
    ("How big are caseloads?", "Each social worker holds about twenty cases at once."),
    ("Is the front door responding quickly?", "Contacts to the MASH are screened on the day."),
    ("Are foster carers getting help?", "Kinship and foster families receive support and respite."),
]


@pytest.fixture(params=["graph", pytest.param("sentence-transformers", marks=pytest.mark.thorough)])
def encoder(request):
    """The default encoder, run in each of the two ways."""
    return request.getfixturevalue("reference" if request.param == "sentence-transformers" else "graph")


def test_vectors_have_length_1_single_precision_and_the_stated_dimension(encoder):
    for vectors in (encoder.encode_query(["safe"]), encoder.encode_document(["safe", "Children are safe. " * 300])):
        assert vectors.dtype == np.float32
        assert vectors.shape[1] == encoder.dimension
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_question_is_nearest_to_the_sentence_that_answers_it(encoder):
    questions = encoder.encode_query([question for question, _ in PAIRS])
    answers = encoder.encode_document([answer for _, answer in PAIRS])
    assert (questions @ answers.T).argmax(axis=1).tolist() == list(range(len(PAIRS)))


def test_vectors_do_not_depend_on_the_order_or_the_batch(encoder):
    texts = [answer for _, answer in PAIRS]
    forwards, backwards = encoder.encode_document(texts), encoder.encode_document(texts[::-1])[::-1]
    alone = np.concatenate([encoder.encode_document([text]) for text in texts])
    assert (forwards * backwards).sum(axis=1).min() > 0.999
    assert (forwards * alone).sum(axis=1).min() > 0.999
    assert (forwards * encoder.encode_query(texts)).sum(axis=1).min() > 0.999


def test_the_same_question_twice_gives_the_same_vector(encoder):
    first, second = (encoder.encode_query(["How big are caseloads?"]) for _ in range(2))
    assert (first == second).all()


def test_without_texts_there_are_no_vectors(encoder):
    assert encoder.encode_document([]).shape == (0, encoder.dimension)


def test_the_encoder_has_the_expected_properties(encoder):
    assert (encoder.dimension, encoder.max_tokens) == (384, 256)
    assert len(encoder.revision) == 16
    assert encoder.precision in ("fp32", "bf16")


@pytest.mark.thorough
def test_a_folder_whose_weights_do_not_load_is_refused(sentence_encoder, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns("*.safetensors"))
    with pytest.raises(EncoderUnavailable):
        sentence_encoder.open(str(folder))


@pytest.mark.thorough
def test_damaged_weights_in_another_folder_are_refused_with_a_reason(sentence_encoder, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").write_bytes(b"not weights at all")
    with pytest.raises(EncoderUnavailable, match="does not load"):
        sentence_encoder.open(str(folder))
