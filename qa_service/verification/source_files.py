"""The files that answers are proved from: found by their content, read anew, whatever any index says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.metadata import describe
from corpus.originals import Place, locate
from corpus.reading import read
from corpus.sidecar import corrected
from corpus.types import Judgement
from index.building.sources import Source, find_sources, gather
from index.storage.manifest import Failure


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A report as its file has it: the label of each page by its number, and the grades that it prints."""

    path: Path
    media_type: str
    labels: Mapping[int, str | None]
    judgements: tuple[Judgement, ...]

    @classmethod
    def read(cls, source: Source) -> SourceReport:
        """Read a file, and its sidecar where there is one. Raises UnreadableReport."""
        document = read(source.path)
        report = corrected(describe(document, file=source.file, sha256=source.sha256), source.path)
        labels = {page.number: page.label for page in document.pages}
        return cls(source.path, document.media_type, labels, report.judgements)

    def places(self, words: str, *pages: int) -> tuple[Place, ...]:
        """Where words stand on a page, or over two; empty where they do not. Raises UnreadableReport."""
        return locate(words, self.path, self.media_type, pages)

    def page_of(self, words: str) -> int | None:
        """The first page that has words; None where none has. Raises UnreadableReport."""
        return next((page for page in self.labels if self.places(words, page)), None)


class SourceFiles:
    """The reports in some folders, by the sha256 of their files; each is read once, when it is first asked for."""

    def __init__(self, sources: Iterable[Source], failures: Sequence[Failure] = ()) -> None:
        self._sources = {source.sha256: source for source in sources}
        self._read: dict[str, SourceReport | UnreadableReport] = {}
        self.names = frozenset(source.file for source in self._sources.values())
        self.failures = failures
        """Files that cannot be opened."""

    @classmethod
    def below(cls, folders: Iterable[Path]) -> SourceFiles:
        """Those in some folders and below. Raises NoReports where there is none."""
        gathered = gather(find_sources(folders))
        return cls(gathered.sources, gathered.failures)

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._sources

    def report(self, sha256: str) -> SourceReport:
        """The report of a file. Raises KeyError where there is no such file, UnreadableReport where it is no report."""
        if sha256 not in self._read:
            source = self._sources[sha256]
            try:
                self._read[sha256] = SourceReport.read(source)
            except UnreadableReport as error:
                self._read[sha256] = error
            except Exception as error:  # noqa: BLE001 - whatever a library makes of a file is named, never hidden
                reason = f"reading failed ({type(error).__name__}: {error})"
                self._read[sha256] = UnreadableReport(source.path, reason, "Put the very file there again.")
        found = self._read[sha256]
        if isinstance(found, UnreadableReport):
            raise found
        return found
