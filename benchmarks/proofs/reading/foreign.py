"""Compare our reading of other people's PDFs with two other readers: pypdf, and pdftotext of Poppler.

Nobody has typed out these files, so we do not know the right text. We compare three readers instead. If only one reader
gives a word, the word is doubtful. If two of them give a word at the same place, we assume that it is on the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import compress
from pathlib import Path

from corpus.pdf import pdf_file
from corpus.programs import find_program, run_program
from corpus.reading import read
from corpus.types import Document
from corpus.witness.pdf import open_pdf

BOUND = 0.995
"""The share of each file's words that must agree, unless the list of files says why fewer do."""
_SECONDS = 120.0
"""Limit on the time that pdftotext may take for a file."""
_BREAK = "\ufffe"
"""The character that we use for a hyphen at the end of a line. PDFium uses the same one."""
_LINE_END_HYPHEN = re.compile("[-\u2010\u2011\u00ad\ufffe\x02][ \u00a0]*(?=[\r\n]|$)|\ufffe")
_SIGNS = str.maketrans({
    **dict.fromkeys("\u2010\u2011\u2212\x02", "-"),
    **dict.fromkeys("\u00ad\u200b\ufeff•◼■▪●○◦∙‣⁃"),  # for bullets, and for text that nobody sees
    **dict.fromkeys(map(chr, range(0xF000, 0xF100))),
})  # fmt: skip
_MOVED = 3
"""Smallest number of consecutive words that may be in different places on the page. We chose this value by judgement.
"""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")

Words = list[str]


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """How far our reading of one file agrees with the other readers. Each number counts words."""

    given: int
    """Number of words in our text of the report."""
    confirmed: int
    """How many of our words at least one other reader gives in the same order."""
    agreed: int
    """Number of words that both other readers give in the same order."""
    kept: int
    """How many of these words we read on the page, in the same order."""
    single: tuple[float, float]
    """The share of our words that pypdf gives, and the share that pdftotext gives."""
    left_out: int
    """Number of words that we read on the pages but leave out of the text, such as running lines and contents lists."""
    only_ours: tuple[str, ...]
    """Sequences of our words that no other reader gives, each with its page."""
    only_theirs: tuple[str, ...]
    """Sequences of words that both other readers give but we do not, each with its page."""

    @property
    def share_confirmed(self) -> float:
        """The share of our words that another reader confirms."""
        return self.confirmed / self.given if self.given else 0.0

    @property
    def share_kept(self) -> float:
        """The share of the words on which the others agree that we read too."""
        return self.kept / self.agreed if self.agreed else 0.0


def compare(path: Path) -> ComparedFile:
    """Read a file with all three readers. Raises ProgramFailed if pdftotext fails, and any error of pypdf."""
    document = read(path)
    ours = _by_page(document)
    pages = pdf_file.read_pages(path)
    poppler, second = _poppler_pages(path, len(pages)), open_pdf(path)
    given = confirmed = agreed = kept = by_second = by_poppler = printed = 0
    only_ours: list[str] = []
    only_theirs: list[str] = []
    for page in pages:
        words = ours.get(page.number, [])
        on_page = words_of("\n".join(line.text for line in page.lines))
        one, two = words_of(second.text(page.number)), words_of(poppler[page.number - 1])
        in_one, in_two = _found(words, one), _found(words, two)
        both = [word for word, found in zip(one, _found(one, two), strict=True) if found]
        has_both = [a or b for a, b in zip(_found(both, on_page), _found(both, words), strict=True)]
        given += len(words)
        by_second += sum(in_one)
        by_poppler += sum(in_two)
        either = [a or b for a, b in zip(in_one, in_two, strict=True)]
        confirmed += sum(either)
        agreed += len(both)
        kept += sum(has_both)
        printed += len(on_page)
        only_ours += (f"page {page.number}: {stretch}" for stretch in _missing(words, either))
        only_theirs += (f"page {page.number}: {stretch}" for stretch in _missing(both, has_both))
    single = (by_second / given, by_poppler / given) if given else (0.0, 0.0)
    left_out = max(0, printed - given)
    return ComparedFile(
        given, confirmed, agreed, kept, single, left_out, tuple(only_ours), tuple(only_theirs)
    )  # fmt: skip


def words_of(text: str) -> Words:
    """Return the words of a text. A word before a hyphen at the end of a line ends in U+FFFE."""
    text = _LINE_END_HYPHEN.sub(f"{_BREAK}\n", text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    return [word for word in text.split() if _LETTER_OR_DIGIT.search(word)]


def _by_page(document: Document) -> dict[int, Words]:
    """Return the words of a document by page. A word that runs over two pages belongs to the first of them."""
    pages: dict[int, Words] = {}
    for block in document.blocks:
        for word in re.finditer(r"\S+", document.text[block.start : block.end]):
            [line, *_] = document.lines_in(block.start + word.start(), block.start + word.start() + 1)
            pages.setdefault(line.page, []).extend(words_of(word.group()))
    return pages


def _poppler_pages(path: Path, pages: int) -> list[str]:
    program = find_program("pdftotext")
    if program is None:
        raise FileNotFoundError("pdftotext is not installed; install poppler-utils")
    text = run_program([program, "-raw", "-enc", "UTF-8", path, "-"], seconds=_SECONDS).decode("utf-8", "replace")
    found = text.split("\f")
    return [*found, *[""] * pages][:pages]


def _found(words: Words, others: Words) -> list[bool]:
    """For each word, return whether the other reader also gives it in the same order.

    A word is also found if one reader breaks it over two lines and the other has it in one piece. The same is true of a
    sequence of words that one reader has at another place on the page.
    """
    found, unused = [False] * len(words), [True] * len(others)
    one, two = [[word.replace("-", "") for word in side] for side in (words, others)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and _is_broken_alike(one[i1:i2], two[j1:j2])):
            found[i1:i2] = [True] * (i2 - i1)
            unused[j1:j2] = [False] * (j2 - j1)
    # We read a footnote or a caption after the paragraph that it interrupts.
    places = [place for place, is_found in enumerate(found) if not is_found]
    rest = list(compress(two, unused))
    for start, _, size in SequenceMatcher(
        None, [one[place] for place in places], rest, autojunk=False
    ).get_matching_blocks():
        if size >= _MOVED:
            for place in places[start : start + size]:
                found[place] = True
    return found


def _is_broken_alike(one: Sequence[str], two: Sequence[str]) -> bool:
    """Return whether two sequences are the same, apart from words that are broken over lines."""
    pieces = [_BREAK in word for side in (one, two) for word in side]
    return any(pieces) and _whole(one) == _whole(two)


def _whole(words: Sequence[str]) -> list[str]:
    return " ".join(words).replace(f"{_BREAK} ", "").replace(_BREAK, "").split()


def _missing(words: Words, found: Sequence[bool]) -> Iterator[str]:
    """Yield each sequence of words that were not found."""
    stretch: list[str] = []
    for word, is_found in zip(words, found, strict=True):
        if not is_found:
            stretch.append(word)
        elif stretch:
            yield " ".join(stretch)
            stretch = []
    if stretch:
        yield " ".join(stretch)
