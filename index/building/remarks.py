"""Finds the remarks in reports. Words show their themes, and a trained model finds their stances."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from corpus.themes import known_themes
from index.building.reusable_rows import ReportRows, sentence_count
from index.encoding.stance import STANCES, WEIGHTS, Numbers, StanceModel, stance_model
from index.search.dense import DenseIndex
from index.search.remarks import RemarkTable, moved
from index.search.scope import is_about_scope
from index.storage.rows import StoredReport
from index.types import Progress, Remark, Rows, Stance, Vectors

LEAST_STANCE = 0.5
"""A sentence takes a stance if its probability is at least this."""
LEAST_ABOUT = 0.4
"""A sentence is about a theme if its probability is at least this."""


@cache
def remarks_version(revision: str) -> str:
    """Return a digest of everything that decides which remarks we find, with this revision of the encoder."""
    data = [
        *map(files("corpus").joinpath, ("themes.py", "data/themes.toml")),
        *map(files("index").joinpath, ("building/remarks.py", "encoding/stance.py", WEIGHTS)),
    ]
    parts = [*(hashlib.sha256(file.read_bytes()).hexdigest() for file in data), revision]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that contains words of one or more themes."""

    row: int
    number: int
    text: str
    themes: tuple[str, ...]
    listed: bool
    """Whether the sentence is in the report's own list of what must improve. If so, it counts as criticism, whatever
    its words are."""


def remark_table(
    reports: Sequence[StoredReport],
    reused: Sequence[ReportRows | None],
    vectors: DenseIndex,
    revision: str,
    on_progress: Progress,
) -> RemarkTable:
    """Return the remarks of all reports. Unchanged reports keep their remarks from the previous build.

    ``vectors`` are those of all sentences in the build, and ``revision`` is the revision of the encoder.
    """
    model, parts = stance_model(revision), []
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
    stored: StoredReport, first_row: int, first_sentence: int, vectors: DenseIndex, model: StanceModel
) -> list[Remark]:
    """Return the remarks of a report.

    ``first_row`` and ``first_sentence`` are the positions of its first passage and first sentence in the build.
    """
    sentences = list(_sentences(stored, first_row))
    if not sentences:
        return []
    starts = _starts(stored, first_row, first_sentence)
    rows: Rows = np.array([starts[sentence.row] + sentence.number for sentence in sentences], dtype=np.int64)
    own = vectors.vectors(rows)
    stances = model.stances([sentence.text for sentence in sentences], own)
    stances[[sentence.listed for sentence in sentences]] = [float(stance is Stance.WEAKNESS) for stance in STANCES]
    return list(_remarks(sentences, own, stances, model))


def _remarks(
    sentences: Sequence[_Sentence], vectors: Vectors, stances: Numbers, model: StanceModel
) -> Iterator[Remark]:
    for at, sentence in enumerate(sentences):
        for theme in sentence.themes:
            about = (
                1.0 if sentence.listed else float(model.is_about(theme, vectors[at : at + 1], stances[at : at + 1])[0])
            )
            if about < LEAST_ABOUT:
                continue
            for stance, probability in zip(STANCES, stances[at].tolist(), strict=True):
                if probability >= LEAST_STANCE:
                    yield Remark(sentence.row, sentence.number, theme, stance, probability * about)


def _sentences(stored: StoredReport, first_row: int) -> Iterator[_Sentence]:
    matcher = known_themes()
    for row, passage in enumerate(stored.passages, first_row):
        if not passage.sentences:
            continue
        content = passage.content()
        if is_about_scope(content.section):
            continue
        for number, (start, end) in enumerate(content.sentences):
            text = content.text[start:end]
            place = content.start + start
            listed = stored.report.improvement_at(place) is not None
            themes = tuple(theme.id for theme in matcher.themes_of(text))
            if themes:
                yield _Sentence(row, number, text, themes, listed)


def _starts(stored: StoredReport, first_row: int, first_sentence: int) -> dict[int, int]:
    """Return the position of each passage's first sentence in the build, by row."""
    starts, place = {}, first_sentence
    for row, passage in enumerate(stored.passages, first_row):
        starts[row] = place
        place += passage.sentences
    return starts
