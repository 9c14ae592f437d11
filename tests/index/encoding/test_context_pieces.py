from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.encoding.context_pieces import MAX_PIECES, context_pieces
from index.encoding.encoder_files import default_folder
from index.types import SentenceInContext

QUESTION = "How long do care leavers wait?"
TEXT = st.text(st.sampled_from("abc é.?\n"), max_size=900)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def words(tokenizer: Tokenizer, sentence: SentenceInContext) -> str:
    (pieces,) = context_pieces(tokenizer, QUESTION, [sentence])
    decoded: str = tokenizer.decode(pieces.ids, skip_special_tokens=False)
    return decoded


def test_the_order_is_question_heading_sentence_and_the_sentence_before(tokenizer: Tokenizer) -> None:
    sentence = SentenceInContext("They wait seven weeks.", "Care leavers", "Flats are few.")
    assert words(tokenizer, sentence) == (
        "[CLS] how long do care leavers wait? [SEP] care leavers : they wait seven weeks. [SEP] flats are few. [SEP]"
    )


def test_without_a_heading_or_a_sentence_before_nothing_stands_for_them(tokenizer: Tokenizer) -> None:
    assert words(tokenizer, SentenceInContext("They wait.")) == (
        "[CLS] how long do care leavers wait? [SEP] they wait. [SEP]"
    )


def test_a_long_sentence_before_loses_its_beginning(tokenizer: Tokenizer) -> None:
    read = words(tokenizer, SentenceInContext("They wait.", before="first " + "word " * 60 + "last"))
    assert "first" not in read
    assert read.endswith("word last [SEP]")


@pytest.mark.thorough
@settings(max_examples=60, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT)
def test_no_pair_has_too_many_pieces_and_the_types_tell_question_from_sentence(
    question: str, text: str, heading: str, before: str
) -> None:
    tokenizer = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    start, end = tokenizer.encode("").ids
    (pieces,) = context_pieces(tokenizer, question, [SentenceInContext(text, heading, before)])
    assert len(pieces.ids) == len(pieces.type_ids) == len(pieces.attention_mask)
    assert len(pieces.ids) <= MAX_PIECES
    assert pieces.ids[0] == start
    assert pieces.ids[-1] == end
    assert sorted(pieces.type_ids) == pieces.type_ids
