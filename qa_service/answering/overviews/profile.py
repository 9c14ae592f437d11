"""A summary of one authority, put together from its reports: grades, items to improve, visits and quotes by theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.grades import MAIN_AREAS, Area
from corpus.types import OWN_ACCOUNT, VISITS, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from qa_service.analysis.grade_history import GradeHistory, grade_histories, last_full_of
from qa_service.analysis.register import Register, RegisterItem
from qa_service.analysis.themes import themes_of
from qa_service.answering.overviews.comparison import Aspect, ComparisonCell, cells_of
from qa_service.answering.overviews.register import register_named


@dataclass(frozen=True, slots=True)
class Profile:
    """What the reports on an authority say, in brief."""

    authority: str
    last_full: Report | None
    """The latest full inspection, whether or not we could read its grades."""
    histories: tuple[tuple[Area, GradeHistory], ...]
    """The grades for each main area that at least one report grades."""
    visits: tuple[Report, ...]
    """Visits since the last full inspection, latest first. All visits if there was no full inspection."""
    register: Register
    asked: tuple[RegisterItem, ...]
    """The items in the list of the latest report that has one."""
    themes: tuple[ComparisonCell, ...]
    """For each theme, what the latest report that mentions it says. Themes without a quote are left out."""

    def __post_init__(self) -> None:
        if any(item.report != self.asked[0].report for item in self.asked):
            raise ValueError("the items asked for are from one report")


def profile_named(index: SearchIndex, authority: str) -> Profile:
    """Return the profile of an authority. Capitals in its name do not matter. Raises UnknownAuthority."""
    register = register_named(index, authority)
    name = register.authority
    own = [report for report in index.store.reports if report.authority == name and report.superseded_by is None]
    histories = [(area, history) for area in MAIN_AREAS for history in grade_histories(own, area)]
    last_full = last_full_of(own)
    aspects = [Aspect.of_theme(theme) for theme in themes_of(index)]
    return Profile(
        authority=name,
        last_full=last_full,
        histories=tuple(histories),
        visits=tuple(_visits_since(last_full, own)),
        register=register,
        asked=tuple(item for item in register.items if item.report == register.items[0].report),
        themes=tuple(cell for cell in cells_of(index, own, aspects) if cell.quotes),
    )


def _visits_since(full: Report | None, reports: Iterable[Report]) -> list[Report]:
    visits = [report for report in reports if report.kind in VISITS and report.form in OWN_ACCOUNT]
    since = [visit for visit in visits if full is None or report_day(visit) > report_day(full)]
    return sorted(since, key=lambda each: (report_day(each), each.id), reverse=True)
