"""Counts word pieces in the same way as the encoder, without loading the encoder."""

from __future__ import annotations

import json
import os

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # set this before the import, or forks would warn

from pathlib import Path

from tokenizers import Tokenizer

from index.errors import EncoderUnavailable

_DEFAULT_MAX_TOKENS = 512


def max_tokens(folder: Path) -> int:
    """Return how many word pieces an encoder can read from a text, including special tokens.

    A file for sentence-transformers in the encoder's folder sets this number. If no file sets it, the number is the
    limit of the tokenizer or of the model, whichever is smaller.
    """
    own = _number(folder / "sentence_bert_config.json", "max_seq_length")
    limits = (
        _number(folder / "tokenizer_config.json", "model_max_length"),
        _number(folder / "config.json", "max_position_embeddings"),
    )
    return own or min((limit for limit in limits if limit), default=_DEFAULT_MAX_TOKENS)


def _number(path: Path, name: str) -> int | None:
    settings = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return int(settings[name]) if settings.get(name) else None


class WordPieces:
    """The encoder's tokenizer, used only to count word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, folder: Path) -> WordPieces:
        """Load ``tokenizer.json``. Raises EncoderUnavailable if it is missing."""
        path = folder / "tokenizer.json"
        if not path.is_file():
            raise EncoderUnavailable(f"{path} is missing. Name a folder with an encoder that has a fast tokenizer.")
        return cls(Tokenizer.from_file(str(path)))

    def count(self, text: str) -> int:
        """Return the number of word pieces in a text, without special tokens."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)
