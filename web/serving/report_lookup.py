"""Finds the report or page that an address names."""

from __future__ import annotations

from datetime import date

from werkzeug.routing import BaseConverter

from corpus.dates import in_words
from corpus.types import REPORT_ID_LENGTH, Report
from index.storage.removal import Removals
from web.contract.problems import RemovedReport, UnknownPage, UnknownReport
from web.guard.identity import identity
from web.serving.index_service import answerer, current_service


class ReportIdConverter(BaseConverter):
    """A report's id in an address. Text in any other form does not match."""

    regex = f"[0-9a-f]{{{REPORT_ID_LENGTH}}}"


def find_report(report_id: str) -> Report:
    """Return the report with the given id, if the sender of the request may see it.

    Raises UnknownReport, or RemovedReport if it was removed.
    """
    report = answerer().index.store.report(report_id)
    if report is not None:
        return report
    if current_service().views.may_see(report_id, identity()) and (
        day := Removals.read(current_service().data).removal_day(report_id)
    ):
        raise RemovedReport(f"This report was removed on {in_words(date.fromisoformat(day))}.")
    raise UnknownReport(f"We have no report with the id {report_id}.", field="report_id")


def find_page(report_id: str, number: int) -> Report:
    """Return the report that contains the given page. Raises UnknownReport, RemovedReport or UnknownPage."""
    report = find_report(report_id)
    if not 1 <= number <= report.page_count:
        raise UnknownPage(
            f"“{report.title}” has no page {number}.",
            field="page",
            remedy=f"Its pages are numbered from 1 to {report.page_count}.",
        )
    return report
