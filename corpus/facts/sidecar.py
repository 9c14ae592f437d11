"""Reads sidecars: TOML files next to reports ("leeds.pdf.toml" for "leeds.pdf").

Their facts replace those that we read from the reports.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus.errors import UnreadableReport
from corpus.graded_areas import missing_areas
from corpus.grades import framework_of, grading_of
from corpus.names.authorities import canonical
from corpus.types import Form, Grading, Judgement, Kind, Report

SUFFIX = ".toml"
_REMEDY = "Correct or remove the facts file, then build again."


def sidecar_of(report: Path) -> Path:
    """Return the path that the sidecar of a report must have."""
    return report.with_name(report.name + SUFFIX)


def corrected(report: Report, path: Path) -> Report:
    """Return a report with the facts in its sidecar, if it has one, instead of those that were read from the report.

    Raises UnreadableReport if a fact cannot be used. The error names the sidecar and says what is wrong. Otherwise,
    nobody would notice that a correction had been left out.
    """
    sidecar = sidecar_of(path)
    if not sidecar.is_file():
        return report
    try:
        facts = tomllib.loads(sidecar.read_text(encoding="utf-8-sig"))
        changes = {name: _fact(name, value) for name, value in facts.items()}
        return replace(report, **_complete(report, changes), corrected=tuple(sorted(changes)))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UnreadableReport(path, f"its facts file {sidecar.name} cannot be used: {error}", _REMEDY) from error


def _complete(report: Report, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts in a sidecar, and the facts that follow from them.

    For example, the framework follows from the kind.
    """
    complete = dict(changes)
    kind, form = changes.get("kind", report.kind), changes.get("form", report.form)
    judgements = changes.get("judgements", report.judgements)
    if beyond := [j.page for j in changes.get("judgements", ()) if j.page > report.page_count]:
        raise ValueError(f"judgements: there is no page {beyond[0]}, because the report has {report.page_count}")
    if {"inspected_from", "inspected_to"} & set(changes):
        complete["inspected_as"] = None
    if "published" in changes:
        complete["published_source"] = "sidecar"
    if "inspected_from" in changes and "inspected_to" not in changes and report.inspected_to is None:
        complete["inspected_to"] = changes["inspected_from"]
    if {"kind", "form"} & set(changes):
        complete.setdefault("framework", framework_of(kind, form))
    if {"kind", "form", "judgements"} & set(changes):
        unread = report.grading is Grading.UNREADABLE and "judgements" not in changes
        complete["grading"] = grading_of(judgements, kind, form, unread=unread)
    if "judgements" in changes:  # the sidecar gives all judgements in the report
        complete["missing_areas"] = ()
    elif {"kind", "form", "inspected_to", "published"} & set(complete):
        printed = (*(judgement.area for judgement in judgements), *report.not_judged)
        day = complete.get("inspected_to", report.inspected_to) or changes.get("published", report.published)
        complete["missing_areas"] = missing_areas(printed, kind, form, day, report.title)
    return complete


def _fact(name: str, value: object) -> object:
    convert = _FACTS.get(name)
    if convert is None:
        raise ValueError(f"“{name}” is not a fact that a facts file can give. It can give {', '.join(_FACTS)}")
    try:
        return convert(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{value!r} is not text, or is empty")
    return value.strip()


def _day(value: object) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"{value!r} is not a date such as 2023-01-31") from error
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{value!r} is not a date such as 2023-01-31")
    return value


def _one_of(values: type[StrEnum]) -> Callable[[object], StrEnum]:
    def convert(value: object) -> StrEnum:
        try:
            return values(str(value))
        except ValueError as error:
            raise ValueError(f"{value!r} is not one of {', '.join(values)}") from error

    return convert


def _judgements(value: object) -> tuple[Judgement, ...]:
    if not isinstance(value, list):
        raise TypeError("it must be a list of {area, grade, page}")
    return tuple(_judgement(row) for row in value)


def _judgement(row: object) -> Judgement:
    if not isinstance(row, dict) or set(row) - {"area", "grade", "page"}:
        raise ValueError(f"{row!r} is not {{area, grade, page}}")
    page = row.get("page", 1)
    if not isinstance(page, int) or isinstance(page, bool) or page < 1:
        raise ValueError(f"page {page!r} is not a page number (a whole number from 1)")
    if missing := {"area", "grade"} - set(row):
        raise ValueError(f"{row!r} has no {min(missing)}")
    return Judgement(_text(row["area"]), _text(row["grade"]), page)


_FACTS: Mapping[str, Callable[[object], object]] = {
    "title": _text,
    "authority": lambda value: canonical(_text(value)),
    "form": _one_of(Form),
    "kind": _one_of(Kind),
    "framework": _text,
    "inspected_from": _day,
    "inspected_to": _day,
    "published": _day,
    "lead_inspector": _text,
    "post_holder": _text,
    "post_held": _text,
    "source_url": _text,
    "judgements": _judgements,
}
"""The facts that a sidecar can give, each with the function that reads it."""
