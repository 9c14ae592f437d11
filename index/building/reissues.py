"""Which reports a corrected re-issue of the same inspection stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol, TypeVar

from corpus.types import Form, Report

Audiences = Mapping[str, frozenset[str]]
"""The groups that may see a content, by its sha256; what is not among them, everybody may see."""
OPEN_TO_ALL: Audiences = MappingProxyType({})


class _Document(Protocol):
    @property
    def sha256(self) -> str: ...


_D = TypeVar("_D", bound=_Document)


def superseded(reports: Iterable[tuple[Report, str]], audiences: Audiences = OPEN_TO_ALL) -> dict[str, str]:
    """Id of the re-issue by the id of each report that it stands for; reports come with when they were added.

    Two documents of one form on the same days' inspection of one kind, of one authority, are issues of one report: the
    one published later stands, else the one added later. Where neither is known to be later, both stand. An issue only
    stands for one that the same people may see: others would be left with neither.
    """
    issues: dict[tuple[object, ...], list[tuple[Report, str]]] = {}
    for report, added in reports:
        inspection = (report.authority, report.kind, report.inspected_to)
        if all(inspection) and report.form in (Form.REPORT, Form.LETTER):
            same_report = (*inspection, report.inspected_from, report.form, audiences.get(report.sha256))
            issues.setdefault(same_report, []).append((report, added))
    replaced: dict[str, str] = {}
    for same in issues.values():
        last = max(map(_issued, same))
        standing = [report for report, added in same if _issued((report, added)) == last]
        if len(standing) == 1:
            replaced |= {report.id: standing[0].id for report, _ in same if report is not standing[0]}
    return replaced


def _issued(issue: tuple[Report, str]) -> tuple[date, str]:
    """What orders the issues of a report."""
    report, added = issue
    return report.published or date.min, added


def by_audience(documents: Iterable[_D], audiences: Audiences) -> list[list[_D]]:
    """Documents apart by who may see them: none of one list is an issue of a report of another's."""
    apart: dict[frozenset[str] | None, list[_D]] = {}
    for document in documents:
        apart.setdefault(audiences.get(document.sha256), []).append(document)
    return list(apart.values())
