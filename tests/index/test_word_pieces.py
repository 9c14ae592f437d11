from __future__ import annotations

import pytest

from index.errors import EncoderUnavailable
from index.weights import default_folder
from index.word_pieces import WordPieces


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
