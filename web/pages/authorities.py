"""The page of one authority: its inspections, its grades over time, and what each report says must improve."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.grades import Grade
from index.search.filtering import report_day
from web.contract.problems import UnknownAuthority
from web.pages.grade_chart import grades_over_time
from web.serving.index_service import answerer

authorities = Blueprint("authorities", __name__)


@authorities.get("/authorities/<name>")
def authority(name: str) -> str:
    """Show an authority's page."""
    reports = [r for r in answerer().index.store.reports if (r.authority or "").casefold() == name.casefold()]
    if not reports:
        raise UnknownAuthority(f"We have no reports about “{name[:100]}”.")
    reports.sort(key=lambda report: (report_day(report), report.file), reverse=True)
    return render_template(
        "authority.html",
        name=reports[0].authority,
        reports=reports,
        plot=grades_over_time(reports),
        grades=tuple(Grade),
    )
