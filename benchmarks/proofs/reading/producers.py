"""Check that PDFs by other programs are read like the same text printed by ReportLab.

``golden/producers`` contains one text, printed by each of these programs, and the text itself.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.reading import read
from corpus.types import BlockKind, Document

FOLDER = Path(__file__).parents[2] / "golden" / "producers"
_KINDS = {
    "title": BlockKind.HEADING,
    "heading": BlockKind.HEADING,
    "paragraph": BlockKind.PARAGRAPH,
    "bullet": BlockKind.LIST_ITEM,
}
_SIGNS = str.maketrans({"’": "'", "‘": "'", "•": " ", "*": " ", "–": "-"})
"""Typewriter characters that some of these programs print instead of the characters in the text."""


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """How well the file of one program was read."""

    program: str
    words: int
    """Number of words in the text or, if it is larger, in what we read."""
    same: int
    """Number of words that are the same, in the same order."""
    blocks: int
    """Number of headings, paragraphs and list items in the text."""
    whole: int
    """Number of these blocks that we read in one piece and as the right kind of block."""

    @property
    def share(self) -> float:
        """The share of the words that are the same."""
        return self.same / self.words


def read_files(folder: Path = FOLDER) -> list[PrintedFile]:
    """Read the file of each program, and compare it with the text."""
    blocks = [json.loads(line) for line in (folder / "text.jsonl").read_text(encoding="utf-8").splitlines()]
    printed = [(_KINDS[block["kind"]], _words(block["text"])) for block in blocks]
    return [_compared(path.stem, printed, read(path)) for path in sorted(folder.glob("*.pdf"))]


def _compared(program: str, printed: Sequence[tuple[BlockKind, list[str]]], document: Document) -> PrintedFile:
    expected = [word for _, words in printed for word in words]
    found = _words(document.text)
    matcher = difflib.SequenceMatcher(None, expected, found, autojunk=False)
    blocks = {(block.kind, " ".join(_words(document.text[block.start : block.end]))) for block in document.blocks}
    return PrintedFile(
        program,
        max(len(expected), len(found)),
        sum(match.size for match in matcher.get_matching_blocks()),
        len(printed),
        sum((kind, " ".join(words)) in blocks for kind, words in printed),
    )


def _words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).translate(_SIGNS).split()
