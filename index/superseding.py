"""Which reports a corrected re-issue of the same inspection stands for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus.types import Form, Report


def superseded(reports: Iterable[tuple[Report, str]]) -> dict[str, str]:
    """Id of the re-issue by the id of each report that it stands for; reports come with when they were added.

    Two documents of one form on the same days' inspection of one kind, of one authority, are issues of one report: the
    one published later stands, else the one added later. Where neither is known to be later, both stand.
    """
    issues: dict[tuple[object, ...], list[tuple[Report, str]]] = {}
    for report, added in reports:
        inspection = (report.authority, report.kind, report.inspected_to)
        if all(inspection) and report.form in (Form.REPORT, Form.LETTER):
            issues.setdefault((*inspection, report.inspected_from, report.form), []).append((report, added))
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
