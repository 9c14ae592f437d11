"""One authority: its inspections in order, its grades over time, what each report asked to improve."""

from __future__ import annotations

from flask import Blueprint, render_template

from index.search.filtering import report_day
from web.contract.problems import UnknownAuthority
from web.pages.grade_chart import grades_over_time
from web.serving.index_service import answerer
from web.serving.report_list import GRADES

authorities = Blueprint("authorities", __name__)


@authorities.get("/authorities/<name>")
def authority(name: str) -> str:
    """An authority's page."""
    held = [r for r in answerer().index.store.reports if (r.authority or "").casefold() == name.casefold()]
    if not held:
        raise UnknownAuthority(f"We have no reports about “{name[:100]}”.")
    held.sort(key=lambda report: (report_day(report), report.file), reverse=True)
    return render_template(
        "authority.html", name=held[0].authority, reports=held, plot=grades_over_time(held), grades=GRADES
    )
