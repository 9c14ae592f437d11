"""Reports and passages as rows of a table, each with a digest that tells whether it is still what was written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from corpus.types import Box, Form, Grading, Improvement, ImprovementKind, Judgement, Kind, Passage, Report
from index.errors import DamagedIndex
from index.manifest import MEND

_json = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all rows: json.dumps makes one each time."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as its row has it. What a build needs of it is read; the rest is taken over as it was written."""

    columns: tuple[Any, ...]
    """Id, report, ordinal, text, start, end, section, label, pages, boxes, sentences, digest: the same in every build,
    so its place among the rows is not among them."""
    text: str
    section: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, passage: Passage) -> Self:
        """A passage that was cut now."""
        boxes = [(b.page, *(round(edge, 5) for edge in (b.x0, b.y0, b.x1, b.y1))) for b in passage.boxes]
        columns = (
            passage.id, passage.report_id, passage.ordinal, passage.text, passage.start, passage.end,
            _json(passage.section), passage.label, _json(passage.pages), _json(boxes), _json(passage.sentences),
        )  # fmt: skip
        return cls((*columns, digest_of(columns)), passage.text, passage.section, passage.sentences)

    @classmethod
    def read(cls, columns: tuple[Any, ...]) -> Self:
        """A passage from its row. Raises DamagedIndex."""
        if columns[-1] != digest_of(columns[:-1]):
            raise DamagedIndex(f"Passage {columns[0]} is not what was written. {MEND}")
        return cls.proved(columns)

    @classmethod
    def proved(cls, columns: tuple[Any, ...]) -> Self:
        """A passage from a row of a file that is known to be what was written."""
        sentences = tuple((start, end) for start, end in json.loads(columns[10]))
        return cls(columns, columns[3], tuple(json.loads(columns[6])), sentences)

    def passage(self) -> Passage:
        """The passage itself."""
        _, report_id, ordinal, text, start, end, _, label, pages, boxes, _, _ = self.columns
        return Passage(
            report_id=report_id,
            ordinal=ordinal,
            text=text,
            start=start,
            end=end,
            section=self.section,
            label=label,
            pages=tuple(json.loads(pages)),
            boxes=tuple(Box(*box) for box in json.loads(boxes)),
            sentences=self.sentences,
        )


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
    facts = json.dumps(asdict(kept.report), ensure_ascii=False, default=lambda value: value.isoformat())
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
