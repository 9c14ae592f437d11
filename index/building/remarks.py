"""Finds the remarks in reports. Words show their themes, and a trained model decides what they say about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from corpus.themes import known_themes
from index.building.reusable_rows import ReportRows, sentence_count
from index.encoding.stances.mentions import WEIGHTS, FoundMention, MentionModel, mention_model
from index.encoding.stances.stance import STANCES
from index.encoding.stances.stance import WEIGHTS as STANCE_WEIGHTS
from index.search.dense import DenseIndex
from index.search.remarks import RemarkTable, moved
from index.search.scope import is_about_scope
from index.storage.rows import StoredReport
from index.types import Progress, Remark, Rows, Stance

LEAST_STANCE = {Stance.STRENGTH: 0.35, Stance.WEAKNESS: 0.4}
"""A sentence takes a stance on a theme if its probability is at least this."""
LEAST_ABOUT = 0.5
"""A sentence is about a theme if its probability is at least this. We chose these values by cross-validation over the
authorities of the training reports."""
_RULES = (
    "building/remarks.py", "encoding/stances/mention_features.py", "encoding/stances/mentions.py",
    "encoding/stances/stance.py", WEIGHTS, STANCE_WEIGHTS, "search/scope.py",
)  # fmt: skip
"""The files of this package that decide which remarks we find."""


@cache
def remarks_version(revision: str) -> str:
    """Return a digest of everything that decides which remarks we find, with this revision of the encoder."""
    data = [
        *map(files("corpus").joinpath, ("themes.py", "data/themes.toml")),
        *map(files("index").joinpath, _RULES),
    ]
    parts = [*(hashlib.sha256(file.read_bytes()).hexdigest() for file in data), revision]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention of a theme, and the place of its sentence."""

    row: int
    number: int
    mention: FoundMention


def remark_table(
    reports: Sequence[StoredReport],
    reused: Sequence[ReportRows | None],
    vectors: DenseIndex,
    revision: str,
    on_progress: Progress,
) -> RemarkTable:
    """Return the remarks of all reports. Unchanged reports keep their remarks from the previous build.

    ``vectors`` are the vectors of all sentences in the build, and ``revision`` is the revision of the encoder.
    """
    model, parts = mention_model(revision), []
    row = sentence = 0
    for done, (stored, rows) in enumerate(zip(reports, reused, strict=True)):
        on_progress("Finding themes", done, len(reports))
        if rows is not None and rows.remarks is not None:
            parts.append(moved(rows.remarks, row - rows.first_row))
        else:
            remarks = find_remarks(stored, row, sentence, vectors, model)
            parts.append(RemarkTable.of(remarks, theme_ids()).columns)
        row += len(stored.passages)
        sentence += sentence_count(stored)
    on_progress("Finding themes", len(reports), len(reports))
    return RemarkTable(np.concatenate(parts), theme_ids())


def theme_ids() -> tuple[str, ...]:
    """Return the ids of the themes, in the order of their numbers in a table."""
    return tuple(theme.id for theme in known_themes().themes)


def find_remarks(
    stored: StoredReport, first_row: int, first_sentence: int, vectors: DenseIndex, model: MentionModel
) -> list[Remark]:
    """Return the remarks of a report.

    ``first_row`` and ``first_sentence`` are the positions of the report's first passage and first sentence in the
    build.
    """
    found = list(_mentions(stored, first_row))
    starts = _starts(stored, first_row, first_sentence)
    rows: Rows = np.array([starts[each.row] + each.number for each in found], dtype=np.int64)
    stances, about = model.judge([each.mention for each in found], vectors.vectors(rows))
    return [
        Remark(each.row, each.number, each.mention.mention.theme, stance, probability * is_about)
        for each, of_mention, is_about in zip(found, stances.tolist(), about.tolist(), strict=True)
        if is_about >= LEAST_ABOUT
        for stance, probability in zip(STANCES, of_mention, strict=True)
        if probability >= LEAST_STANCE[stance]
    ]


def _mentions(stored: StoredReport, first_row: int) -> Iterator[_Found]:
    matcher = known_themes()
    for row, passage in enumerate(stored.passages, first_row):
        if not passage.sentences:
            continue
        content = passage.content()
        if is_about_scope(content.section):
            continue
        for number, (start, end) in enumerate(content.sentences):
            text = content.text[start:end]
            if mentions := matcher.mentions_in(text):
                listed = stored.report.improvement_at(content.start + start) is not None
                yield from (_Found(row, number, FoundMention(each, text, listed)) for each in mentions)


def _starts(stored: StoredReport, first_row: int, first_sentence: int) -> dict[int, int]:
    """Return the position of each passage's first sentence in the build, by row."""
    starts, place = {}, first_sentence
    for row, passage in enumerate(stored.passages, first_row):
        starts[row] = place
        place += passage.sentences
    return starts
