"""Reads the filters that a person sets in the form, and makes the choices and chips that the page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from corpus.grades import OVERALL
from corpus.types import REPORT_ID_LENGTH, Kind, Report
from index.search.filtering import allowed_reports, report_day
from index.types import Filters
from web.pages import labels
from web.serving.report_list import overall_grade

_MAX_VALUES = 50
"""Maximum number of values that one filter may have."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_DROP = "drop"
"""The form field that removes a filter. It contains the filter's field and value, separated by a colon."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a person can choose for a filter, and how many reports have it and match the other filters."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use. Sending ``drop`` in the form removes it."""

    label: str
    drop: str


@dataclass(frozen=True, slots=True)
class FilterPanel:
    """The filters in use, and the choices for changing them."""

    filters: Filters
    authorities: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    grades: tuple[Choice, ...]
    years: tuple[int, ...]
    within: int
    """Number of reports that match the filters."""
    total: int
    """Total number of reports."""
    titles: dict[str, str]
    """Titles of the reports that the search is limited to, keyed by id."""

    @property
    def chips(self) -> list[Chip]:
        """Chips for the filters in use."""
        return chips(self.filters, self.titles)


def chips(filters: Filters, titles: Mapping[str, str]) -> list[Chip]:
    """Return a chip for each filter. ``titles`` maps the ids of reports to their titles."""
    filter_chips = [Chip(titles.get(r, "a report that is not available"), f"report_id:{r}") for r in filters.report_id]
    filter_chips += [Chip(name, f"authority:{name}") for name in filters.authority]
    filter_chips += [Chip(labels.kind(kind.value), f"kind:{kind.value}") for kind in filters.kind]
    filter_chips += [Chip(f"overall grade: {grade}", f"grade:{grade}") for _, grade in filters.grade]
    if filters.inspected_from:
        year = filters.inspected_from.year
        filter_chips.append(Chip(f"inspected from {year}", f"from:{year}"))
    if filters.inspected_to:
        year = filters.inspected_to.year
        filter_chips.append(Chip(f"inspected up to {year}", f"to:{year}"))
    if filters.latest_only:
        filter_chips.append(Chip("latest reports only", "latest:1"))
    return filter_chips


def read_filters(form: MultiDict[str, str]) -> Filters:
    """Read the filters from a form, leaving out any that the form removes.

    Values that our form cannot send are ignored.
    """
    dropped = set(form.getlist(_DROP))

    def values(name: str) -> list[str]:
        sent = dict.fromkeys(value.strip() for value in form.getlist(name))
        kept = [value for value in sent if value and len(value) <= 100 and f"{name}:{value}" not in dropped]
        return kept[:_MAX_VALUES]

    first, last = _year(values("from")), _year(values("to"))
    if first and last and first > last:
        first, last = last, first
    return Filters(
        authority=tuple(values("authority")),
        kind=tuple(Kind(value) for value in values("kind") if value in set(Kind)),
        grade=tuple((OVERALL.key, value) for value in values("grade")),
        report_id=tuple(value for value in values("report_id") if len(value) == REPORT_ID_LENGTH),
        inspected_from=date(first, 1, 1) if first else None,
        inspected_to=date(last, 12, 31) if last else None,
        latest_only=bool(values("latest")),
    )


def filter_panel(reports: Sequence[Report], filters: Filters) -> FilterPanel:
    """Return the choices for each filter. Each count takes the filters on all other fields into account."""

    def choices(
        others: Filters, chosen: Iterable[str], value_of: Callable[[Report], str | None], label: Callable[[str], str]
    ) -> tuple[Choice, ...]:
        counts = Counter(value for report in _matching(reports, others) if (value := value_of(report)))
        values = sorted(counts.keys() | set(chosen), key=str.casefold)
        return tuple(Choice(value, label(value), counts[value], value in chosen) for value in values)

    return FilterPanel(
        filters=filters,
        authorities=choices(replace(filters, authority=()), filters.authority, lambda r: r.authority, str),
        kinds=choices(
            replace(filters, kind=()),
            [kind.value for kind in filters.kind],
            lambda r: r.kind and r.kind.value,
            lambda value: labels.capital(labels.kind(value)),
        ),
        grades=choices(replace(filters, grade=()), [g for _, g in filters.grade], overall_grade, labels.grade),
        years=tuple(sorted({report_day(r).year for r in reports if report_day(r) > date.min}, reverse=True)),
        within=len(_matching(reports, filters)),
        total=len(reports),
        titles={report.id: report.title for report in reports if report.id in filters.report_id},
    )


def _matching(reports: Sequence[Report], filters: Filters) -> list[Report]:
    return [report for report, matches in zip(reports, allowed_reports(reports, filters), strict=True) if matches]


def _year(values: Sequence[str]) -> int | None:
    with suppress(ValueError, IndexError):
        year = int(values[0])
        return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
    return None
