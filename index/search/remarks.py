"""The remarks of a build: which sentences praise or criticise which theme of practice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import DamagedIndex
from index.search.mapped_arrays import map_array
from index.storage.manifest import REBUILD_HINT
from index.types import Remark, Rows, Stance

Columns = npt.NDArray[np.void]
"""Remarks as rows of numbers, in the order of their passages and sentences."""
_TYPE = np.dtype([("row", "<i4"), ("sentence", "<u2"), ("theme", "u1"), ("stance", "u1"), ("certainty", "u1")])
_STANCES = tuple(Stance)
_FULL = 255
"""The number that we store for the certainty 1."""
_ROWS, _THEMES = "remarks.npy", "themes.json"


class RemarkTable:
    """All remarks of a build. It uses only rows that a search may return, so a hidden report has no remarks."""

    def __init__(self, columns: Columns, themes: Sequence[str]) -> None:
        self.columns = columns
        self.themes = tuple(themes)
        """Ids of the themes that the build looked for."""

    @classmethod
    def of(cls, remarks: Iterable[Remark], themes: Sequence[str]) -> RemarkTable:
        """Return a table of remarks, which must be in the order of their rows."""
        numbers = {theme: number for number, theme in enumerate(themes)}
        rows = [
            (s.row, s.sentence, numbers[s.theme], _STANCES.index(s.stance), round(s.certainty * _FULL)) for s in remarks
        ]
        return cls(np.array(rows, dtype=_TYPE), themes)

    @classmethod
    def open(cls, folder: Path, passages: int) -> RemarkTable:
        """Memory-map a table that :meth:`save` wrote, of a build with so many passages. Raises DamagedIndex."""
        try:
            columns = map_array(folder / _ROWS)
            themes = json.loads((folder / _THEMES).read_text(encoding="utf-8"))
        except (OSError, ValueError, EOFError) as error:
            raise DamagedIndex(f"{folder} cannot be read ({error}). {REBUILD_HINT}") from error
        if columns.dtype != _TYPE or not _is_known(columns, len(themes), passages):
            raise DamagedIndex(f"The files in {folder} do not belong together. {REBUILD_HINT}")
        return cls(columns, themes)

    def save(self, folder: Path) -> None:
        """Write the table into a new folder."""
        folder.mkdir()
        np.save(folder / _ROWS, self.columns)
        (folder / _THEMES).write_text(json.dumps(self.themes), encoding="utf-8")

    def among(self, allowed: npt.NDArray[np.bool_]) -> RemarkTable:
        """Return the remarks in the rows for which ``allowed`` is true."""
        return RemarkTable(self.columns[allowed[self.columns["row"]]], self.themes)

    def between(self, first: int, end: int) -> Columns:
        """Return the remarks in the rows from ``first`` up to, but not including, ``end``."""
        start, stop = np.searchsorted(self.columns["row"], [first, end])
        return self.columns[start:stop]

    def find(self, theme: str, stance: Stance | None = None) -> list[Remark]:
        """Return the remarks about a theme, in the order of their rows. There are none if the theme is unknown."""
        if theme not in self.themes:
            return []
        chosen = self.columns["theme"] == self.themes.index(theme)
        if stance is not None:
            chosen &= self.columns["stance"] == _STANCES.index(stance)
        return self._remarks(self.columns[chosen])

    def makers(self, owner_of_row: Rows) -> Mapping[tuple[str, Stance], frozenset[int]]:
        """For each stance on each theme, return the numbers of the owners that have such a remark.

        For each row, ``owner_of_row`` has the number of its owner, such as its report. This reads no passages.
        """
        owners = owner_of_row[self.columns["row"]]
        theme_of, stance_of = self.columns["theme"], self.columns["stance"]
        return {
            (theme, stance): frozenset(np.unique(owners[(theme_of == number) & (stance_of == taken)]).tolist())
            for number, theme in enumerate(self.themes)
            for taken, stance in enumerate(_STANCES)
        }

    def in_rows(self, rows: Collection[int] | Rows) -> list[Remark]:
        """Return the remarks in the given rows."""
        return self._remarks(self.columns[np.isin(self.columns["row"], np.asarray(list(rows), dtype=np.int64))])

    def _remarks(self, columns: Columns) -> list[Remark]:
        return [
            Remark(row, sentence, self.themes[theme], _STANCES[stance], certainty / _FULL)
            for row, sentence, theme, stance, certainty in columns.tolist()
        ]


def _is_known(columns: Columns, themes: int, passages: int) -> bool:
    """Whether each remark is in a passage of the build, on a theme in the list, and takes a stance."""
    rows = columns["row"]
    return bool(
        columns["theme"].max(initial=0) < max(themes, 1)
        and columns["stance"].max(initial=0) < len(_STANCES)
        and rows.min(initial=0) >= 0
        and rows.max(initial=-1) < passages
    )


def moved(columns: Columns, by: int) -> Columns:
    """Return remarks with their rows moved down, or up if ``by`` is negative."""
    copy = columns.copy()
    copy["row"] += by
    return copy
