"""Counting word pieces as the encoder cuts them, without loading the encoder."""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer

from index.errors import EncoderUnavailable


class WordPieces:
    """The encoder's tokenizer, for counting only."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer

    @classmethod
    def open(cls, folder: Path) -> WordPieces:
        """Load ``tokenizer.json``. Raises EncoderUnavailable where it is missing."""
        path = folder / "tokenizer.json"
        if not path.is_file():
            raise EncoderUnavailable(f"{path} is missing: the encoder needs a fast tokenizer's file.")
        return cls(Tokenizer.from_file(str(path)))

    def count(self, text: str) -> int:
        """Number of word pieces, without special tokens."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)
