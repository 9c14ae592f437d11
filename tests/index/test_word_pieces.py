from __future__ import annotations

import pytest

from index.errors import EncoderUnavailable
from index.weights import default_folder
from index.word_pieces import WordPieces, max_tokens


@pytest.mark.parametrize(
    "text", ["", "children", "safeguarding arrangements, £3,000", "word " * 400, "Zoë’s ﬁrst – “home”"]
)
def test_pieces_are_counted_as_the_encoder_cuts_them_and_long_texts_in_full(encoder, text):
    tokenizer = encoder._model.tokenizer  # the witness: the model's own
    expected = len(tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)["input_ids"])
    assert WordPieces.open(default_folder()).count(text) == expected


def test_a_folder_without_a_tokenizer_is_no_encoder(tmp_path):
    with pytest.raises(EncoderUnavailable, match=r"tokenizer\.json is missing"):
        WordPieces.open(tmp_path)


def test_an_encoder_reads_as_many_pieces_as_its_folder_says(encoder, tmp_path):
    assert max_tokens(default_folder()) == encoder.max_tokens
    (tmp_path / "sentence_bert_config.json").write_text('{"max_seq_length": 128, "do_lower_case": false}')
    assert max_tokens(tmp_path) == 128


@pytest.mark.parametrize("settings", [None, "{}", '{"max_seq_length": null}'])
def test_where_its_folder_does_not_say_it_reads_256(tmp_path, settings):
    if settings is not None:
        (tmp_path / "sentence_bert_config.json").write_text(settings)
    assert max_tokens(tmp_path) == 256
