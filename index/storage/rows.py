"""Reports and passages as rows of a table. Each row has a digest that shows whether it has changed."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from corpus.types import (
    Box,
    Form,
    Grading,
    Improvement,
    ImprovementKind,
    Judgement,
    Kind,
    Passage,
    RecognisedPage,
    RecognisedWord,
    Report,
    SecondReading,
)
from index.errors import DamagedIndex
from index.storage.manifest import REBUILD_HINT

_json = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all rows, because json.dumps makes a new one each time."""
_SAME = SecondReading(same=True)


class PassageContent(NamedTuple):
    """The part of a passage that is stored in its row as a single compressed value."""

    text: str
    start: int
    end: int
    section: list[str]
    label: str | None
    pages: list[int]
    boxes: list[list[float]]
    sentences: list[tuple[int, int]]
    recognised: list[int]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as stored in its row.

    The row is the same in every build, and most builds copy it without reading it.
    """

    id: str
    report_id: str
    ordinal: int
    sentences: int
    """Number of sentences in the passage."""
    packed: bytes
    """Content of the passage, compressed to a little over half its size."""
    digest: bytes

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """Make the row for a new passage."""
        boxes = [[b.page, *(round(edge, 5) for edge in (b.x0, b.y0, b.x1, b.y1))] for b in passage.boxes]
        content = PassageContent(
            passage.text,
            passage.start,
            passage.end,
            list(passage.section),
            passage.label,
            list(passage.pages),
            boxes,
            list(passage.sentences),
            list(passage.recognised),
        )
        facts = (passage.id, passage.report_id, passage.ordinal, len(passage.sentences))
        packed = zlib.compress(_json(content).encode())
        return cls(*facts, packed, _passage_digest(facts, packed))

    @classmethod
    def read(cls, columns: tuple[Any, ...]) -> Self:
        """Read a passage from its row. Raises DamagedIndex if the row has changed."""
        *facts, packed, digest = columns
        if not isinstance(packed, bytes) or digest != _passage_digest(facts, packed):
            raise DamagedIndex(f"Passage {columns[0]} has changed since it was written. {REBUILD_HINT}")
        return cls(*columns)

    @property
    def columns(self) -> tuple[Any, ...]:
        """The values in the passage's row, without the row number."""
        return (self.id, self.report_id, self.ordinal, self.sentences, self.packed, self.digest)

    def content(self) -> PassageContent:
        """Decompress the content."""
        return PassageContent(*json.loads(zlib.decompress(self.packed)))

    def passage(self) -> Passage:
        """Return the passage."""
        content = self.content()
        return Passage(
            report_id=self.report_id,
            ordinal=self.ordinal,
            text=content.text,
            start=content.start,
            end=content.end,
            section=tuple(content.section),
            label=content.label,
            pages=tuple(content.pages),
            boxes=tuple(Box(int(page), *edges) for page, *edges in content.boxes),
            sentences=tuple((start, end) for start, end in content.sentences),
            recognised=tuple(content.recognised),
        )


def _passage_digest(facts: Sequence[object], packed: bytes) -> bytes:
    return hashlib.sha256(_json(facts).encode() + b"\0" + packed).digest()[:16]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as stored in a build, with the facts that decide whether to read its file again."""

    report: Report
    page_labels: tuple[str | None, ...]
    passages: tuple[StoredPassage, ...]
    """Empty if a later issue has replaced the report."""
    sidecar: str | None
    """Digest of the sidecar at the time of reading."""
    added: str
    """When the report was first indexed, in ISO 8601 format."""
    second: bytes = b""
    """What a second program read on each page, as :func:`pack_second` returns it. Empty if no second program read the
    file."""
    recognised: tuple[RecognisedPage, ...] = ()
    """The pages that were read from their pictures. Answers look for quotes in these words, so that no page is
    recognised twice."""


def recognised_columns(report_id: str, page: RecognisedPage) -> tuple[Any, ...]:
    """Return the values in the row of a recognised page: report, number, words and digest."""
    words = [
        [word.text, word.confidence, word.box.x0, word.box.y0, word.box.x1, word.box.y1, int(word.ends_line)]
        for word in page.words
    ]
    packed = zlib.compress(_json(words).encode())
    return report_id, page.number, packed, _passage_digest((report_id, page.number), packed)


def read_recognised(columns: tuple[Any, ...]) -> RecognisedPage:
    """Read a recognised page from its row. Raises DamagedIndex if the row has changed."""
    *place, packed, digest = columns
    if not isinstance(packed, bytes) or digest != _passage_digest(place, packed):
        raise DamagedIndex(f"Page {place[1]} of report {place[0]} has changed since it was written. {REBUILD_HINT}")
    words = json.loads(zlib.decompress(packed))
    return RecognisedPage(
        place[1],
        tuple(RecognisedWord(text, sure, Box(place[1], *edges), bool(ends)) for text, sure, *edges, ends in words),
    )


def pack_second(readings: Sequence[SecondReading]) -> bytes:
    """Return the second readings of a report's pages, in order, as one compressed value."""
    pages = [None if one.same else [one.text, one.problem, one.unconfirmed, one.contradicted] for one in readings]
    return zlib.compress(_json(pages).encode())


def second_columns(stored: StoredReport) -> tuple[Any, ...]:
    """Return the values in the row of a report's second readings: id, readings and digest."""
    return stored.report.id, stored.second, _second_digest(stored.report.id, stored.second)


def read_second(columns: tuple[Any, ...]) -> dict[int, SecondReading]:
    """Read a report's second readings from their row, by page number. Raises DamagedIndex if the row has changed."""
    report_id, packed, digest = columns
    if not isinstance(packed, bytes) or digest != _second_digest(report_id, packed):
        raise DamagedIndex(f"The second readings of report {report_id} have changed. {REBUILD_HINT}")
    pages = json.loads(zlib.decompress(packed)) if packed else []
    return {number: _SAME if page is None else SecondReading(False, *page) for number, page in enumerate(pages, 1)}


def _second_digest(report_id: str, packed: bytes) -> bytes:
    return hashlib.sha256(report_id.encode() + b"\0" + packed).digest()[:16]


def report_columns(stored: StoredReport) -> tuple[Any, ...]:
    """Return the values in the row of a report: id, facts, sidecar, added and digest."""
    facts = json.dumps(stored.report, ensure_ascii=False, default=_as_json)
    columns = (stored.report.id, facts, stored.sidecar, stored.added)
    return (*columns, _report_digest(columns))


def read_report(columns: tuple[Any, ...]) -> tuple[Report, str | None, str]:
    """Read a report from its row, with the digest of its sidecar and the time at which it was added.

    Raises DamagedIndex if the row has changed, or if another version wrote it.
    """
    report_id, facts, sidecar, added, digest = columns
    if digest != _report_digest((report_id, facts, sidecar, added)):
        raise DamagedIndex(f"The facts of report {report_id} have changed since they were written. {REBUILD_HINT}")
    try:
        report = _report(json.loads(facts))
    except (KeyError, TypeError) as error:
        reason = f"Another version wrote the facts of report {report_id} ({error})."
        raise DamagedIndex(f"{reason} {REBUILD_HINT}") from error
    return report, sidecar, added


def _report_digest(columns: tuple[Any, ...]) -> str:
    return hashlib.sha256(_json(columns).encode()).hexdigest()[:32]


def _as_json(value: Any) -> object:
    """Return the fields of a dataclass, or a date as text. dataclasses.asdict would also copy every value."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat()


_DATES = ("inspected_from", "inspected_to", "published", "replaces")


def _report(facts: dict[str, Any]) -> Report:
    parsed: dict[str, Any] = {name: _date(facts.get(name)) for name in _DATES}
    parsed["form"], parsed["grading"] = Form(facts["form"]), Grading(facts["grading"])
    # The kind may since have been removed from the list of kinds. The next build reads the report again.
    parsed["kind"] = Kind(facts["kind"]) if facts["kind"] in set(Kind) else None
    for name in ("corrected", "missing_areas", "not_judged", "recognised", "unread_lists"):
        parsed[name] = tuple(facts[name])
    parsed["judgements"] = tuple(
        Judgement(**{**judgement, "box": Box(**judgement["box"]) if judgement["box"] else None})
        for judgement in facts["judgements"]
    )
    parsed["improvements"] = tuple(
        Improvement(**{**improvement, "kind": ImprovementKind(improvement["kind"])})
        for improvement in facts["improvements"]
    )
    return Report(**{**facts, **parsed})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
