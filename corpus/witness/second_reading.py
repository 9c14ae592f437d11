"""Reads files a second time, with programs that the index does not use.

The index reads PDFs with PDFium, and Word documents and web pages with readers of our own. If one of these has a fault,
we could show words that are not on a page. The second program, called the witness, has different code:

- a PDF is read by pypdf;
- a Word document by rules of its own, with another XML parser (``corpus.witness.word``). So is the Word document that
  was made from an older file;
- a web page by inscriptis;
- Markdown and plain text from the text of the file itself (``corpus.witness.text``).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory

from corpus.errors import CorpusError
from corpus.quotes.originals import Originals, page_text
from corpus.quotes.verbatim import folded, hyphenated
from corpus.types import Passage, Reading, SecondReading
from corpus.witness.confirmation import as_placed, reading_of


def _no_caution(_number: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Witness:
    """A file that is open in the second program. Both functions take the number of a page, from 1."""

    text: Callable[[int], str]
    """Returns the text of a page. A format without pages has one page."""
    caution: Callable[[int], str] = _no_caution
    """Returns the reason why the text of a page may differ from ours without a fault, or nothing."""


_WITNESSES = {
    "application/pdf": "corpus.witness.pdf:open_pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "corpus.witness.word:open_docx",
    "application/msword": "corpus.witness.word:open_docx",
    "application/rtf": "corpus.witness.word:open_docx",
    "application/vnd.oasis.opendocument.text": "corpus.witness.word:open_docx",
    "text/html": "corpus.witness.html:open_html",
    "text/markdown": "corpus.witness.text:open_markdown",
    "text/plain": "corpus.witness.text:open_text",
}
"""The witness of each media type. A witness is loaded when the first file of its type is read."""
MODULES = tuple(sorted({witness.partition(":")[0] for witness in _WITNESSES.values()}))
"""The modules that read files a second time, for a program that loads them in advance."""
SECONDS = 30.0
"""Limit on the processor time for a file, in seconds. The pages that are then left are not read. A page takes about
0.06 s.

If elapsed time were limited instead, other work on the machine could decide which quotes are confirmed."""
_LATE = "it took too long"


def open_witness(path: Path, media_type: str) -> Witness:
    """Open a file with the second program for its media type.

    This function and those of the witness raise the errors of that program.
    """
    witness: Callable[[Path], Witness] = resolve_name(_WITNESSES[media_type])
    return witness(path)


def second_readings(
    path: Path,
    media_type: str,
    pages: int,
    passages: Iterable[Passage] = (),
    *,
    converted: bytes | None = None,
    seconds: float = SECONDS,
    clock: Callable[[], float] = time.process_time,
) -> tuple[SecondReading, ...]:
    """Read each page of a file again, and compare it with the page as the reader of the index reads it.

    An error in the second program does no harm. The page then has a problem, and nothing on it is confirmed. The
    sentences of ``passages`` are compared one by one on the pages that differ. ``converted`` is the Word document that
    was read instead of the file, if there is one.
    """
    until = clock() + seconds
    with _as_read(path, converted) as path, Originals() as originals:
        try:
            witness = open_witness(path, media_type)
        except Exception as error:  # noqa: BLE001 - an error of any library means only that there is no second reading
            readings = [SecondReading(same=False, problem=_problem(error))] * pages
        else:
            readings = [
                SecondReading(same=False, problem=_LATE)
                if clock() > until
                else read_page(witness, number, originals.page_text(path, media_type, number))
                for number in range(1, pages + 1)
            ]
        return _counted(readings, path, media_type, passages, originals)


def second_reading(path: Path, media_type: str, number: int, *, converted: bytes | None = None) -> SecondReading:
    """Read one page of a file again. Raises UnreadableReport if the first program cannot read it.

    ``converted`` is the Word document that was read instead of the file, if there is one.
    """
    with _as_read(path, converted) as path:
        page = page_text(path, media_type, number)
        try:
            return read_page(open_witness(path, media_type), number, page)
        except Exception as error:  # noqa: BLE001 - an error of any library means only that there is no second reading
            return SecondReading(same=False, problem=_problem(error))


@contextmanager
def _as_read(path: Path, converted: bytes | None) -> Iterator[Path]:
    """Return the path of the file that both programs read: the given one, or the Word document that it became."""
    if converted is None:
        yield path
        return
    with TemporaryDirectory(prefix="qa-service-convert-") as folder:
        made = Path(folder) / "report.docx"
        made.write_bytes(converted)
        yield made


def read_page(witness: Witness, number: int, page: str) -> SecondReading:
    """Compare a page with the text that a second program reads. ``page`` is the page as the first program reads it."""
    characters = _characters(page)
    try:
        text = witness.text(number)
        if _characters(text) == characters or _characters(text := _without_repeats(text)) == characters:
            return SecondReading(same=True)
        return SecondReading(same=False, text=text, problem=witness.caution(number))
    except Exception as error:  # noqa: BLE001 - an error of any library means only that there is no second reading
        return SecondReading(same=False, problem=_problem(error))


def sentence_readings(
    passage: Passage, path: Path, media_type: str, readings: Mapping[int, SecondReading], originals: Originals
) -> Iterable[tuple[str, int, Reading]]:
    """Yield each sentence of a passage, with its page and what the second program found on that page.

    A sentence on two pages is yielded once for each page. We leave out a sentence that we cannot find on its page,
    because no answer quotes it.
    """
    for start, end in passage.sentences:
        sentence = passage.text[start:end]
        for place in originals.locate(sentence, path, media_type, passage.pages):
            part = sentence[place.start : place.end]
            page = originals.page_text(path, media_type, place.page)
            reading = reading_of(part, page, readings.get(place.page))
            yield part, place.page, as_placed(reading, rearranged=place.rearranged)


def _counted(
    readings: Sequence[SecondReading], path: Path, media_type: str, passages: Iterable[Passage], originals: Originals
) -> tuple[SecondReading, ...]:
    """Return the readings, each with the numbers of sentences that it does not confirm and that it contradicts."""
    by_page = dict(enumerate(readings, 1))
    found: Counter[tuple[int, Reading]] = Counter()
    for passage in passages:
        if all(by_page[page].same for page in passage.pages):
            continue
        with suppress(CorpusError, OSError):  # such a file proves nothing, so no answer quotes it
            sentences = sentence_readings(passage, path, media_type, by_page, originals)
            found.update((page, reading) for _, page, reading in sentences)
    return tuple(
        reading
        if reading.same
        else SecondReading(
            same=False,
            text=reading.text,
            problem=reading.problem,
            unconfirmed=found[page, Reading.NOT_CONFIRMED],
            contradicted=found[page, Reading.CONTRADICTED],
        )
        for page, reading in by_page.items()
    )


def _without_repeats(text: str) -> str:
    """Return a text without lines that repeat the line before. Some programs print a line twice to make it bold."""
    lines = text.splitlines()
    return "\n".join(line for before, line in pairwise(["", *lines]) if not line.strip() or line != before)


def _characters(text: str) -> str:
    """Return the characters of a page that must be the same in two readings."""
    return folded(hyphenated(text))


def _problem(error: Exception) -> str:
    return f"it failed ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
