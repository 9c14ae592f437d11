"""Reads the words in the picture of a page with Tesseract, if it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.programs import find_program, run_program

PROGRAM = "tesseract"
SECONDS = 60.0
"""Time limit for one page. A page of text takes about 2 seconds."""
_WORD_LEVEL = "5"
_COLUMNS = 12
"""Number of columns in Tesseract's table. The last one is the word."""
Picture = npt.NDArray[np.uint8]
"""A grey picture: rows of points, from 0 for black to 255 for white."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word in a picture, with the edges of its box in points of the picture, from the top left corner."""

    text: str
    confidence: int
    left: float
    top: float
    right: float
    bottom: float
    line: tuple[int, int, int]
    """Tesseract's number of its block, its paragraph in the block and its line in the paragraph."""


def find_tesseract() -> Path | None:
    """Return the path of Tesseract, or None if it is not installed."""
    return find_program(PROGRAM)


def recognise(picture: Picture, dpi: int, tesseract: Path) -> list[SeenWord]:
    """Return the words in a picture. Raises ProgramFailed.

    Tesseract finds out by itself if the picture lies on its side or upside down (mode 1). It uses one processor: with
    more, a page takes longer when several files are read at once.
    """
    command = (tesseract, "stdin", "stdout", "--psm", "1", "--dpi", str(dpi), "-l", "eng", "tsv")
    height, width = picture.shape
    graymap = b"P5 %d %d 255\n" % (width, height) + picture.tobytes()
    table = run_program(command, seconds=SECONDS, stdin=graymap, variables={"OMP_THREAD_LIMIT": "1"})
    return list(read_table(table.decode("utf-8", errors="replace")))


def read_table(table: str) -> Iterator[SeenWord]:
    """Yield the words in the table that Tesseract prints, in its order."""
    for row in table.splitlines():
        columns = row.split("\t", _COLUMNS - 1)
        if len(columns) < _COLUMNS or columns[0] != _WORD_LEVEL or not columns[-1].strip():
            continue
        _, _, block, paragraph, line, _, left, top, width, height, confidence, text = columns
        if int(width) < 1 or int(height) < 1:
            continue
        yield SeenWord(
            text="".join(text.split()),
            confidence=min(max(round(float(confidence)), 0), 100),
            left=int(left),
            top=int(top),
            right=int(left) + int(width),
            bottom=int(top) + int(height),
            line=(int(block), int(paragraph), int(line)),
        )
