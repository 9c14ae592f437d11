"""Pages about the themes of practice: the list of themes, each theme with its reports, and a download of that list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from index.types import Filters, Stance
from qa_service.analysis.themes import HOW_COUNTED, HOW_SURE, HOW_TO_CHANGE, Order, count_themes, study_theme
from qa_service.answering.overviews.remark_quotes import quote_remarks
from qa_service.answering.overviews.remark_table import remark_table
from qa_service.types import MAX_ITEMS
from web.guard.security import public_url
from web.pages.filters import filter_panel, read_filters
from web.pages.overviews.bar_chart import Share, bars_by_year
from web.pages.overviews.downloads import table_download
from web.serving.index_service import answerer
from web.serving.overviews.chosen_reports import known_theme, matching_reports, visible_collections

themes = Blueprint("themes", __name__)
_ON_PAGE = 10
"""Number of reports on a page."""
_RULE = (HOW_COUNTED, HOW_SURE, HOW_TO_CHANGE)
STANCES: dict[str, str] = {"": "Praise and criticism", "weakness": "Criticism", "strength": "Praise"}
ORDERS: dict[str, str] = {"clearest": "Clearest first", "newest": "Newest first"}


@dataclass(frozen=True, slots=True)
class ThemeQuery:
    """What a person chose in the form above the themes. Values that our form cannot send are ignored."""

    filters: Filters
    collection: str | None
    stance: Stance | None
    order: Order
    page: int

    @classmethod
    def read(cls) -> ThemeQuery:
        """Read the choices from the address of the page."""
        stance, order = request.args.get("stance", ""), request.args.get("order", "")
        page = request.args.get("page", "")
        return cls(
            filters=read_filters(request.args),
            collection=request.args.get("collection") or None,
            stance=Stance(stance) if stance in set(Stance) else None,
            order=Order(order) if order in set(Order) else Order.CLEAREST,
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) <= 5 else 1,
        )

    @property
    def limits(self) -> dict[str, Any]:
        """The parameters that select reports, for links to other pages about the same reports."""
        first, last = self.filters.inspected_from, self.filters.inspected_to
        chosen = {
            "authority": list(self.filters.authority),
            "kind": [kind.value for kind in self.filters.kind],
            "grade": [grade for _, grade in self.filters.grade],
            "from": first.year if first else None,
            "to": last.year if last else None,
            "latest": 1 if self.filters.latest_only else None,
            "collection": self.collection,
        }
        return {name: value for name, value in chosen.items() if value}

    def url(self, theme_id: str, **changed: Any) -> str:
        """Return the address of a theme's page with the same choices, except for those in ``changed``."""
        chosen = {"stance": self.stance and self.stance.value, "order": self.order.value, **changed}
        return url_for("themes.theme", theme_id=theme_id, **self.limits, **chosen)


@themes.get("/themes")
def catalogue() -> str:
    """List the themes, with the number of reports that praise and criticise each."""
    query, index = ThemeQuery.read(), answerer().index
    reports = matching_reports(index, query.filters, query.collection)
    return render_template(
        "themes.html",
        query=query,
        panel=filter_panel(matching_reports(index, Filters(), query.collection), query.filters),
        collections=visible_collections(),
        reports=len(reports),
        counts=count_themes(index, reports),
        rule=_RULE,
    )


@themes.get("/themes/<theme_id>")
def theme(theme_id: str) -> str:
    """Show what the reports say about a theme: counts, a chart by year, and the reports with quotes."""
    query, index = ThemeQuery.read(), answerer().index
    chosen = known_theme(index, theme_id)
    reports = matching_reports(index, query.filters, query.collection)
    findings = study_theme(index, chosen, reports, query.stance, query.order)
    last_page = max(1, -(-len(findings.listed) // _ON_PAGE))
    start = (min(query.page, last_page) - 1) * _ON_PAGE
    charts = {
        Stance.WEAKNESS: bars_by_year([Share(each.year, each.reports, each.weaknesses) for each in findings.years]),
        Stance.STRENGTH: bars_by_year([Share(each.year, each.reports, each.strengths) for each in findings.years]),
    }
    return render_template(
        "theme.html",
        query=query,
        panel=filter_panel(matching_reports(index, Filters(), query.collection), query.filters),
        collections=visible_collections(),
        theme=chosen,
        name=chosen.name_within,
        findings=findings,
        charts={stance: chart for stance, chart in charts.items() if chart},
        quoted=quote_remarks(index, findings.listed[start : start + _ON_PAGE]),
        start=start,
        page=min(query.page, last_page),
        last_page=last_page,
        stances=STANCES,
        orders=ORDERS,
        rule=_RULE,
    )


@themes.get("/themes/<theme_id>.<any(csv, xlsx):suffix>")
def download(theme_id: str, suffix: str) -> Response:
    """Download the list of reports on a theme, with up to three quotes from each."""
    query, index = ThemeQuery.read(), answerer().index
    chosen = known_theme(index, theme_id)
    reports = matching_reports(index, query.filters, query.collection)
    listed = study_theme(index, chosen, reports, query.stance, query.order).listed
    quoted = quote_remarks(index, listed[:MAX_ITEMS])
    table = remark_table(chosen, quoted, len(listed), f"{public_url()}/", index.manifest.build)
    return table_download(table, suffix, chosen.id, chosen.name)
