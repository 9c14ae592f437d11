"""Read each file a second time with another program, and count the sentences that it confirms."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.harness.builders import HashingEncoder, builder_of
from benchmarks.harness.reports import ReadFile
from corpus.quotes.originals import Originals
from corpus.types import Reading
from corpus.witness.confirmation import reading_of
from corpus.witness.second_reading import second_reading, second_readings, sentence_readings
from index.building.sources import find_sources
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Query
from qa_service.answering.citations import Prover
from qa_service.answering.sentences.evidence import Evidence


@dataclass(slots=True)
class Witnessed:
    """What the second program found for every sentence of every passage."""

    counts: Counter[Reading] = field(default_factory=Counter)
    unproved: list[str] = field(default_factory=list)
    """The sentences that are not confirmed or are contradicted, each with its page and the reason."""
    pages: int = 0
    same: int = 0
    """Number of pages that both programs read in the same way."""
    seconds: float = 0.0
    """Processor time that the second program took."""

    @property
    def sentences(self) -> int:
        """How many sentences were compared."""
        return self.counts.total()


def witness(files: Iterable[ReadFile]) -> Witnessed:
    """Compare all sentences of files with what a second program reads on their pages."""
    found = Witnessed()
    for read in files:
        media_type, pages = read.document.media_type, len(read.document.pages)
        began = time.process_time()
        readings = dict(enumerate(second_readings(read.path, media_type, pages), 1))
        found.seconds += time.process_time() - began
        found.pages += pages
        found.same += sum(reading.same for reading in readings.values())
        with Originals() as originals:
            for passage in read.passages:
                for words, page, reading in sentence_readings(passage, read.path, media_type, readings, originals):
                    found.counts[reading] += 1
                    if reading is not Reading.CONFIRMED:
                        why = readings[page].problem or reading.value
                        found.unproved.append(f"{read.path.name} page {page} ({why}): {words[:60]}")
    return found


def shown_against_the_witness(folder: Path, data: Path) -> tuple[int, list[str]]:
    """Index the files of a folder, and try to quote every sentence of their passages.

    Returns how many sentences were quoted, and how many of these a second program contradicts when it reads the stored
    file again.
    """
    builder_of(data, HashingEncoder()).build(find_sources([folder]))
    index = SearchIndex.open(DataFolder.prepare(data), HashingEncoder())
    quoted, contradicted = 0, []
    with Originals() as originals:
        prover = Prover(originals, index.source)
        for evidence in _every_sentence(index):
            report = evidence.scored.report
            path = index.source(report).original
            for quote in prover.quotes(evidence, 1):
                quoted += 1
                page = originals.page_text(path, report.media_type, quote.page) if path else ""
                second = second_reading(path, report.media_type, quote.page) if path else None
                if reading_of(quote.text, page, second) is Reading.CONTRADICTED:
                    contradicted.append(f"{report.file} page {quote.page}: {quote.text[:60]}")
    return quoted, contradicted


def _every_sentence(index: SearchIndex) -> Iterator[Evidence]:
    for scored in index.score(Query("any"), range(index.manifest.passages)):
        for start, end in scored.passage.sentences:
            yield Evidence(scored, 0, start, end, 0.0, 0.0, 0.0)
