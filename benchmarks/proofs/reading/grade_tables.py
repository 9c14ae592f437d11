"""Read title pages that we print ourselves, and compare their cells with what was printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.proofs.reading.title_pages import TitlePage, draw
from corpus.facts.metadata import describe
from corpus.reading import read
from corpus.types import Report


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A title page, and what was read from it."""

    page: TitlePage
    report: Report

    @property
    def cells(self) -> list[tuple[str, str]]:
        """The areas and grades that were read."""
        return [(judgement.area, judgement.grade) for judgement in self.report.judgements]

    @property
    def is_right(self) -> bool:
        """Whether every cell was read as printed, no other cell was read, and nothing is reported as missing."""
        return sorted(self.cells) == sorted(self.page.cells) and not self.report.missing_areas

    @property
    def is_honest(self) -> bool:
        """Whether each cell was read as printed or is reported as missing, and none was read wrongly."""
        unread = {area for area, grade in self.page.cells if (area, grade) not in self.cells}
        return set(self.cells) <= set(self.page.cells) and unread <= set(self.report.missing_areas)

    @property
    def tells_loss(self) -> bool:
        """Whether the report names the area of the cell that nobody can read, and no cell was read wrongly."""
        return self.page.lost in self.report.missing_areas and set(self.cells) <= set(self.page.cells)

    def __str__(self) -> str:
        return f"{self.page.number}: {self.page.era}, {self.page.place} {self.page.spoiled}"


def read_title_pages(pages: Iterable[TitlePage], folder: Path) -> list[ReadPage]:
    """Print each page to a file in a folder, and read it as a build would."""
    found = []
    for page in pages:
        path = draw(page, folder / f"title-page-{page.number:03}.pdf")
        found.append(ReadPage(page, describe(read(path), file=path.name, sha256=f"{page.number:064x}")))
    return found
