"""Finds reports that have been replaced by a corrected issue of the same report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol, TypeVar

from corpus.types import OWN_ACCOUNT, Form, Report

Audiences = Mapping[str, frozenset[str]]
"""The groups that may see each file, by the file's sha256. Files that everybody may see are not in the mapping."""
OPEN_TO_ALL: Audiences = MappingProxyType({})


class _HasDigest(Protocol):
    @property
    def sha256(self) -> str: ...


_F = TypeVar("_F", bound=_HasDigest)


def superseded(reports: Iterable[tuple[Report, str]], audiences: Audiences = OPEN_TO_ALL) -> dict[str, str]:
    """Return a mapping from the id of each replaced report to the id of the issue that replaces it.

    Each of the ``reports`` comes with the time at which it was added. Two reports are issues of the same report if they
    have the same form, authority, kind and days of inspection. We keep the one published later. If both were published
    on the same day, we keep the one added later. If they were also added at the same time, we keep both. An issue
    replaces another only if the same people may see both. Otherwise some people could see neither.

    A report that says which issue it replaces ("replaces the letter of 2 April 2025") replaces that issue, even if the
    days of inspection are unknown for one of them.
    """
    reports = list(reports)
    issues: dict[tuple[object, ...], list[tuple[Report, str]]] = {}
    for report, added in reports:
        inspection = (report.authority, report.kind, report.inspected_to)
        if all(inspection) and report.form in (Form.REPORT, Form.LETTER):
            same_report = (*inspection, report.inspected_from, report.form, audiences.get(report.sha256))
            issues.setdefault(same_report, []).append((report, added))
    replacements: dict[str, str] = {}
    for issues_of_one in issues.values():
        last = max(map(_order, issues_of_one))
        standing = [report for report, added in issues_of_one if _order((report, added)) == last]
        if len(standing) == 1:
            replacements |= {report.id: standing[0].id for report, _ in issues_of_one if report is not standing[0]}
    return _with_stated(replacements, [report for report, _ in reports], audiences)


def _with_stated(replacements: dict[str, str], reports: Sequence[Report], audiences: Audiences) -> dict[str, str]:
    """Add the replacements that reports state themselves.

    Each replaced report is mapped to the last issue in its chain.
    """
    by_date: dict[tuple[object, ...], list[Report]] = {}
    for report in reports:
        if report.published and report.authority and report.kind and report.form in OWN_ACCOUNT:
            by_date.setdefault(_subject(report, report.published, audiences), []).append(report)
    stated = dict(replacements)
    for later in reports:
        if later.replaces is None or later.published is None or later.published <= later.replaces:
            continue  # an issue that is not later than the one that it replaces could make the chain a circle
        earlier = by_date.get(_subject(later, later.replaces, audiences), [])
        same_inspection = [report for report in earlier if report is not later and _may_be_one(report, later)]
        if len(same_inspection) == 1 and same_inspection[0].id not in stated:
            stated[same_inspection[0].id] = later.id
    return {old: last for old in stated if (last := _last(old, stated)) != old}


def _subject(report: Report, published: date | None, audiences: Audiences) -> tuple[object, ...]:
    return report.authority, report.kind, report.form, published, audiences.get(report.sha256)


def _may_be_one(report: Report, other: Report) -> bool:
    """Return whether two reports may be about one inspection: they have the same days, or one has no known days."""
    days = {(r.inspected_from, r.inspected_to) for r in (report, other) if r.inspected_to}
    return len(days) <= 1


def _last(report_id: str, replacements: Mapping[str, str]) -> str:
    """Return the id of the last issue in a chain of replacements.

    If the chain is a circle, stop before an id repeats.
    """
    visited = {report_id}
    while (following := replacements.get(report_id)) and following not in visited:
        visited.add(following)
        report_id = following
    return report_id


def _order(issue: tuple[Report, str]) -> tuple[date, str]:
    """Return the key for sorting the issues of a report."""
    report, added = issue
    return report.published or date.min, added


def by_audience(files: Iterable[_F], audiences: Audiences) -> list[list[_F]]:
    """Group files by who may see them. Each group has all the issues of a report that the same people may see."""
    groups: dict[frozenset[str] | None, list[_F]] = {}
    for file in files:
        groups.setdefault(audiences.get(file.sha256), []).append(file)
    return list(groups.values())
