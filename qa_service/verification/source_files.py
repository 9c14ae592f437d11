"""Finds the report files that prove an answer, by their sha256, and reads them again without an index."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.facts.metadata import describe
from corpus.facts.sidecar import corrected
from corpus.quotes.originals import Place, locate, page_text
from corpus.reading import read
from corpus.types import Reading, RecognisedPage, Report, SecondReading
from corpus.witness.confirmation import as_placed, reading_of
from corpus.witness.second_reading import second_reading
from index.building.sources import Source, find_sources, gather
from index.storage.manifest import Failure


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A report as read from its file: facts, grades, and the label of each page by page number.

    A second program, which the index does not use, shows whether words are on a page.
    """

    path: Path
    facts: Report
    labels: Mapping[int, str | None]
    recognised: Mapping[int, RecognisedPage]
    """The pages that were read from their pictures, by number. Empty if Tesseract is not installed."""
    converted: bytes | None = None
    """The Word document that was read instead, if the file had to be converted first."""
    proof: Path | None = None
    """The place where that document is kept, so that no file is converted twice."""
    _second: dict[int, SecondReading] = field(default_factory=dict)
    """What the second program has read on the pages that we have needed so far."""

    @classmethod
    def read(cls, source: Source, keep: Callable[[bytes], Path]) -> SourceReport:
        """Read a file, with its sidecar if there is one. Raises UnreadableReport.

        ``keep`` writes the result of a conversion to a file.
        """
        document = read(source.path)
        report = corrected(describe(document, file=source.file, sha256=source.sha256), source.path)
        labels = {page.number: page.label for page in document.pages}
        recognised = {page.number: page for page in document.recognised}
        proof = keep(document.converted) if document.converted is not None else None
        return cls(source.path, report, labels, recognised, document.converted, proof)

    def places(self, words: str, *pages: int) -> tuple[Place, ...]:
        """Find words on a page, or across two pages. Raises UnreadableReport."""
        return locate(words, self.proof or self.path, self.facts.media_type, pages, self.recognised)

    def reading(self, words: str, page: int) -> Reading:
        """Return what the second program finds for words on a page. Raises UnreadableReport."""
        text = page_text(self.proof or self.path, self.facts.media_type, page)
        rearranged = any(place.rearranged for place in self.places(words, page))
        return as_placed(reading_of(words, text, self.second(page)), rearranged=rearranged)

    def second(self, page: int) -> SecondReading:
        """Return what the second program reads on a page. Raises UnreadableReport."""
        if page not in self._second:
            self._second[page] = second_reading(self.path, self.facts.media_type, page, converted=self.converted)
        return self._second[page]

    def page_of(self, words: str) -> int | None:
        """Return the first page with these words, or None if there is none. Raises UnreadableReport."""
        return next((page for page in self.labels if self.places(words, page)), None)


class SourceFiles:
    """The reports in the given folders, by the sha256 of their files. Each is read once, when it is first needed."""

    def __init__(self, sources: Iterable[Source], failures: Sequence[Failure] = ()) -> None:
        self._sources = {source.sha256: source for source in sources}
        self._read: dict[str, SourceReport | UnreadableReport] = {}
        self.names = frozenset(source.file for source in self._sources.values())
        self.failures = failures
        """Files that cannot be opened."""

    @classmethod
    def below(cls, folders: Iterable[Path]) -> SourceFiles:
        """Find the files in the given folders and their subfolders. Raises NoReports if there are none."""
        gathered = gather(find_sources(folders))
        return cls(gathered.sources, gathered.failures)

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._sources

    def report(self, sha256: str) -> SourceReport:
        """Return the report in the file with this sha256. Raises UnreadableReport, or KeyError if there is none."""
        if sha256 not in self._read:
            source = self._sources[sha256]
            try:
                self._read[sha256] = SourceReport.read(source, self._keep)
            except UnreadableReport as error:
                self._read[sha256] = error
            except Exception as error:  # noqa: BLE001 - any error from a library is reported
                reason = f"reading failed ({type(error).__name__}: {error})"
                self._read[sha256] = UnreadableReport(source.path, reason, "Replace it with the original file.")
        result = self._read[sha256]
        if isinstance(result, UnreadableReport):
            raise result
        return result

    def _keep(self, converted: bytes) -> Path:
        """Write a converted file to a folder that is deleted together with this object."""
        folder = Path(tempfile.mkdtemp(prefix="verify-citations-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        path = folder / "converted.docx"
        path.write_bytes(converted)
        return path
