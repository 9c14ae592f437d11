from __future__ import annotations

import json

import pytest

from index.encoding.encoder_files import default_folder
from index.encoding.word_pieces import WordPieces, max_tokens
from index.errors import EncoderUnavailable


@pytest.mark.thorough  # loads torch
@pytest.mark.parametrize(
    "text", ["", "children", "safeguarding arrangements, £3,000", "word " * 400, "Zoë’s ﬁrst – “home”"]
)
def test_word_pieces_are_counted_as_the_encoder_splits_them_even_in_long_texts(reference, text):
    tokenizer = reference._model.tokenizer  # this is private, but the model's own tokenizer is the reference
    expected = len(tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"])
    assert WordPieces.open(default_folder()).count(text) == expected


def test_a_folder_without_a_tokenizer_is_refused(tmp_path):
    with pytest.raises(EncoderUnavailable, match=r"tokenizer\.json is missing"):
        WordPieces.open(tmp_path)


def test_the_limit_of_word_pieces_is_the_one_in_the_folder(encoder, tmp_path):
    assert max_tokens(default_folder()) == encoder.max_tokens
    (tmp_path / "sentence_bert_config.json").write_text('{"max_seq_length": 128, "do_lower_case": false}')
    assert max_tokens(tmp_path) == 128


OWN, TOKENIZER, MODEL = "sentence_bert_config.json", "tokenizer_config.json", "config.json"


@pytest.mark.parametrize(
    ("own", "tokenizer", "model", "expected"),
    [
        ({"max_seq_length": 128}, {"model_max_length": 64}, {"max_position_embeddings": 32}, 128),
        (None, {"model_max_length": 384}, {"max_position_embeddings": 514}, 384),
        ({}, {"model_max_length": 1024}, {"max_position_embeddings": 514}, 514),
        ({"max_seq_length": None}, {"model_max_length": 10**30}, {"max_position_embeddings": 512}, 512),
        (None, {"model_max_length": 384}, None, 384),
        (None, None, {"max_position_embeddings": 300}, 300),
        (None, {"model_max_length": None}, {"max_position_embeddings": 300}, 300),
        (None, None, None, 512),
        ({}, {}, {}, 512),
        ({"max_seq_length": None}, {"model_max_length": None}, {"max_position_embeddings": None}, 512),
    ],
)
def test_without_its_own_setting_the_smaller_limit_of_tokenizer_and_model_holds(
    tmp_path, own, tokenizer, model, expected
):
    for name, settings in ((OWN, own), (TOKENIZER, tokenizer), (MODEL, model)):
        if settings is not None:
            (tmp_path / name).write_text(json.dumps(settings))
    assert max_tokens(tmp_path) == expected


@pytest.mark.thorough  # loads torch
def test_without_its_own_setting_the_limit_is_that_of_sentence_transformers(sentence_encoder, tmp_path):
    for path in default_folder().iterdir():
        if path.name != OWN:
            (tmp_path / path.name).symlink_to(path, target_is_directory=path.is_dir())
    assert max_tokens(tmp_path) == sentence_encoder.open(str(tmp_path)).max_tokens != max_tokens(default_folder())
