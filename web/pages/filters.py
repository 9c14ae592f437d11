"""The filters that a person sets: read from the form, told as chips, each choice with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from corpus.types import REPORT_ID_LENGTH, Kind, Report
from index.search.filtering import allowed_reports, report_day
from index.types import Filters
from web.pages import labels
from web.serving.report_list import OVERALL, overall_grade

_MOST = 50
"""Values of one filter."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DROP = "drop"
"""The form's field that takes one filter off: its field and value with a colon between."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter may have, and how many reports it would leave beside the other filters."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set; ``drop`` takes it off."""

    label: str
    drop: str


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """What the page shows of the filters set."""

    filters: Filters
    authorities: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    grades: tuple[Choice, ...]
    years: tuple[int, ...]
    within: int
    """Reports that the filters leave."""
    total: int
    titles: dict[str, str]
    """Of the reports that the search is limited to, by id."""

    @property
    def chips(self) -> list[Chip]:
        """The filters set, in words."""
        return chips(self.filters, self.titles)


def chips(filters: Filters, titles: Mapping[str, str]) -> list[Chip]:
    """Filters in words; ``titles`` are reports' by id."""
    told = [Chip(titles.get(r, "one report"), f"report_id:{r}") for r in filters.report_id]
    told += [Chip(name, f"authority:{name}") for name in filters.authority]
    told += [Chip(labels.kind(kind.value), f"kind:{kind.value}") for kind in filters.kind]
    told += [Chip(f"overall {grade}", f"grade:{grade}") for _, grade in filters.grade]
    if filters.inspected_from:
        told.append(Chip(f"inspected from {filters.inspected_from.year}", f"from:{filters.inspected_from.year}"))
    if filters.inspected_to:
        told.append(Chip(f"inspected to {filters.inspected_to.year}", f"to:{filters.inspected_to.year}"))
    if filters.latest_only:
        told.append(Chip("latest reports only", "latest:1"))
    return told


def read_filters(form: MultiDict[str, str]) -> Filters:
    """The filters of a form; what no form of ours sends is left out. A value that is dropped is not among them."""
    dropped = set(form.getlist(_DROP))

    def values(name: str) -> list[str]:
        given = dict.fromkeys(value.strip() for value in form.getlist(name))
        return [value for value in given if value and len(value) <= 100 and f"{name}:{value}" not in dropped][:_MOST]

    first, last = _year(values("from")), _year(values("to"))
    if first and last and first > last:
        first, last = last, first
    return Filters(
        authority=tuple(values("authority")),
        kind=tuple(Kind(value) for value in values("kind") if value in set(Kind)),
        grade=tuple((OVERALL, value) for value in values("grade")),
        report_id=tuple(value for value in values("report_id") if len(value) == REPORT_ID_LENGTH),
        inspected_from=date(first, 1, 1) if first else None,
        inspected_to=date(last, 12, 31) if last else None,
        latest_only=bool(values("latest")),
    )


def filter_panel(reports: Sequence[Report], filters: Filters) -> FilterPanel:
    """What can be chosen: for each field, what its values would leave beside the filters on the others."""

    def choices(
        others: Filters, chosen: Iterable[str], value_of: Callable[[Report], str | None], label: Callable[[str], str]
    ) -> tuple[Choice, ...]:
        counts = Counter(value for report in _left(reports, others) if (value := value_of(report)))
        every = sorted(counts.keys() | set(chosen), key=str.casefold)
        return tuple(Choice(value, label(value), counts[value], value in chosen) for value in every)

    return FilterPanel(
        filters=filters,
        authorities=choices(replace(filters, authority=()), filters.authority, lambda r: r.authority, str),
        kinds=choices(
            replace(filters, kind=()),
            [kind.value for kind in filters.kind],
            lambda r: r.kind and r.kind.value,
            labels.kind,
        ),
        grades=choices(replace(filters, grade=()), [g for _, g in filters.grade], overall_grade, labels.grade),
        years=tuple(sorted({report_day(r).year for r in reports if report_day(r) > date.min}, reverse=True)),
        within=len(_left(reports, filters)),
        total=len(reports),
        titles={report.id: report.title for report in reports if report.id in filters.report_id},
    )


def _left(reports: Sequence[Report], filters: Filters) -> list[Report]:
    return [report for report, left in zip(reports, allowed_reports(reports, filters), strict=True) if left]


def _year(values: Sequence[str]) -> int | None:
    with suppress(ValueError, IndexError):
        year = int(values[0])
        return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
    return None
