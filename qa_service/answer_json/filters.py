"""The filters of a question as JSON."""

from __future__ import annotations

from typing import cast

from typing_extensions import TypedDict

from corpus.types import Form, Kind
from index.types import Filters
from qa_service.answer_json.values import Day, ReportId, day_json


class AppliedGrade(TypedDict):
    """An area and the grade that it was given."""

    area: str
    grade: str


class AppliedFilters(TypedDict, total=False):
    """The filters that were set. Filters that were not set are left out."""

    authority: list[str]
    kind: list[Kind]
    form: list[Form]
    grade: list[AppliedGrade]
    report_id: list[ReportId]
    inspected_from: Day
    inspected_to: Day
    published_from: Day
    published_to: Day
    latest_only: bool
    """Whether only each authority's latest report of each kind is searched."""


def filters_json(filters: Filters) -> AppliedFilters:
    """Return the filters that were set, as JSON."""
    values = {
        "authority": list(filters.authority),
        "kind": list(filters.kind),
        "form": list(filters.form),
        "grade": [AppliedGrade(area=area, grade=grade) for area, grade in filters.grade],
        "report_id": list(filters.report_id),
        "inspected_from": day_json(filters.inspected_from),
        "inspected_to": day_json(filters.inspected_to),
        "published_from": day_json(filters.published_from),
        "published_to": day_json(filters.published_to),
        "latest_only": filters.latest_only,
    }
    return cast("AppliedFilters", {name: value for name, value in values.items() if value})
