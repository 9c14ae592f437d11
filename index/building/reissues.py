"""Finds reports that have been replaced by a corrected re-issue of the same report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol, TypeVar

from corpus.types import Form, Report

Audiences = Mapping[str, frozenset[str]]
"""The groups that may see each file, by the file's sha256. Files that everybody may see are not listed."""
OPEN_TO_ALL: Audiences = MappingProxyType({})


class _HasDigest(Protocol):
    @property
    def sha256(self) -> str: ...


_F = TypeVar("_F", bound=_HasDigest)


def superseded(reports: Iterable[tuple[Report, str]], audiences: Audiences = OPEN_TO_ALL) -> dict[str, str]:
    """Return a mapping from the id of each replaced report to the id of the re-issue that replaces it.

    Each report comes with the time at which it was added. Two reports are issues of the same report if they have the
    same form, authority, kind and days of inspection. The one published later is kept. If neither was published later,
    the one added later is kept. If they were also added at the same time, both are kept. An issue replaces another only
    if the same people may see both. Otherwise some people would be left with neither.
    """
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
    return replacements


def _order(issue: tuple[Report, str]) -> tuple[date, str]:
    """Return the key by which the issues of a report are sorted."""
    report, added = issue
    return report.published or date.min, added


def by_audience(files: Iterable[_F], audiences: Audiences) -> list[list[_F]]:
    """Group files by who may see them. All issues of a report that the same people may see are in one group."""
    groups: dict[frozenset[str] | None, list[_F]] = {}
    for file in files:
        groups.setdefault(audiences.get(file.sha256), []).append(file)
    return list(groups.values())
