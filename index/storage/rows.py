"""Reports and passages as rows of a table, each with a digest that tells whether it is still what was written."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from corpus.types import Box, Form, Grading, Improvement, ImprovementKind, Judgement, Kind, Passage, Report
from index.errors import DamagedIndex
from index.storage.manifest import MEND

_json = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all rows: json.dumps makes one each time."""


class Content(NamedTuple):
    """What a passage says and where, as it is written in one piece."""

    text: str
    start: int
    end: int
    section: list[str]
    label: str | None
    pages: list[int]
    boxes: list[list[float]]
    sentences: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as its row has it, the same in every build. Most are taken over as they were written, unread."""

    id: str
    report_id: str
    ordinal: int
    sentences: int
    """How many it has."""
    packed: bytes
    """Its content, compressed: to a little over half."""
    digest: bytes

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """A passage that was cut now."""
        boxes = [[b.page, *(round(edge, 5) for edge in (b.x0, b.y0, b.x1, b.y1))] for b in passage.boxes]
        content = Content(
            passage.text,
            passage.start,
            passage.end,
            list(passage.section),
            passage.label,
            list(passage.pages),
            boxes,
            list(passage.sentences),
        )
        facts = (passage.id, passage.report_id, passage.ordinal, len(passage.sentences))
        packed = zlib.compress(_json(content).encode())
        return cls(*facts, packed, _digest(facts, packed))

    @classmethod
    def read(cls, columns: tuple[Any, ...]) -> Self:
        """A passage from its row. Raises DamagedIndex."""
        *facts, packed, digest = columns
        if not isinstance(packed, bytes) or digest != _digest(facts, packed):
            raise DamagedIndex(f"Passage {columns[0]} is not what was written. {MEND}")
        return cls(*columns)

    @property
    def columns(self) -> tuple[Any, ...]:
        """Its row, without its place among the rows."""
        return (self.id, self.report_id, self.ordinal, self.sentences, self.packed, self.digest)

    def content(self) -> Content:
        """What was compressed."""
        return Content(*json.loads(zlib.decompress(self.packed)))

    def passage(self) -> Passage:
        """The passage itself."""
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
        )


def _digest(facts: Sequence[object], packed: bytes) -> bytes:
    """Of what a passage's row holds."""
    return hashlib.sha256(_json(facts).encode() + b"\0" + packed).digest()[:16]


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report as a build keeps it, with what tells whether it must be read again."""

    report: Report
    page_labels: tuple[str | None, ...]
    passages: tuple[StoredPassage, ...]
    """None where a re-issue stands for it."""
    sidecar: str | None
    """Digest of the sidecar that it was read with."""
    added: str
    """When it first came into the index, as ISO 8601."""


def report_columns(kept: StoredReport) -> tuple[Any, ...]:
    """A report's row: id, facts, sidecar, added, digest."""
    facts = json.dumps(kept.report, ensure_ascii=False, default=_plain)
    columns = (kept.report.id, facts, kept.sidecar, kept.added)
    return (*columns, digest_of(columns))


def read_report(columns: tuple[Any, ...]) -> tuple[Report, str | None, str]:
    """A report from its row, with its sidecar and when it was added. Raises DamagedIndex."""
    report_id, facts, sidecar, added, digest = columns
    if digest != digest_of((report_id, facts, sidecar, added)):
        raise DamagedIndex(f"The facts of report {report_id} are not what was written. {MEND}")
    return _report(json.loads(facts)), sidecar, added


def digest_of(columns: tuple[Any, ...]) -> str:
    """Of what a row holds."""
    return hashlib.sha256(_json(columns).encode()).hexdigest()[:32]


def _plain(value: Any) -> object:
    """What JSON has no form for: a dataclass as its fields, and a date. dataclasses.asdict would copy all of it."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return value.isoformat()


def _report(facts: dict[str, Any]) -> Report:
    read: dict[str, Any] = {name: _date(facts[name]) for name in ("inspected_from", "inspected_to", "published")}
    read["form"], read["grading"] = Form(facts["form"]), Grading(facts["grading"])
    read["kind"] = Kind(facts["kind"]) if facts["kind"] else None
    read["corrected"] = tuple(facts["corrected"])
    read["judgements"] = tuple(
        Judgement(**{**judgement, "box": Box(**judgement["box"]) if judgement["box"] else None})
        for judgement in facts["judgements"]
    )
    read["improvements"] = tuple(
        Improvement(**{**improvement, "kind": ImprovementKind(improvement["kind"])})
        for improvement in facts["improvements"]
    )
    return Report(**{**facts, **read})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
