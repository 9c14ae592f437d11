"""The themes of practice: how many reports praise and criticise each theme, and which reports they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.themes import Theme, known_themes
from corpus.types import Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import Remark, Stance
from qa_service.analysis.remarks import YearCount, counts_by_year, remarks_by_report

HOW_COUNTED = (
    "A report counts as criticising a theme if at least one of its sentences does, and as praising it if at least one "
    "does. A report can do both. We look for sentences with the words of a theme. A trained model then decides whether "
    "a sentence is really about the theme, and whether it praises or criticises it. An item in a report’s own list of "
    "what must improve counts as criticism of the themes that it asks to improve."
)
HOW_SURE = (
    "We checked the counts on 60 reports, which two readers had read. Of every 100 reports that we counted as "
    "criticising a theme, 90 really did. We found 90 of every 100 reports that did. For praise, the figures are 94 and "
    "91. If a sentence praised or criticised a theme, we could tell which in 98 of 100 cases. Read the quotes before "
    "you use a number."
)
"""The figures in ADR 0042."""
HOW_TO_CHANGE = (
    "The themes and their words are in the file corpus/data/themes.toml. The people who run this service can change "
    "them and then build the index again."
)


class Order(StrEnum):
    """The order of the reports on a theme."""

    CLEAREST = "clearest"
    """The reports with the clearest sentences come first."""
    NEWEST = "newest"
    """The latest inspections come first."""


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How many of the given reports praise a theme, and how many criticise it. A report may do both."""

    theme: Theme
    reports: int
    strengths: int
    weaknesses: int

    def __post_init__(self) -> None:
        if not (0 <= self.strengths <= self.reports and 0 <= self.weaknesses <= self.reports):
            raise ValueError(f"more reports mention {self.theme.id!r} than there are: {self}")


@dataclass(frozen=True, slots=True)
class ReportRemarks:
    """A report, and its remarks on a theme in the order in which to quote them."""

    report: Report
    remarks: tuple[Remark, ...]

    def __post_init__(self) -> None:
        if not self.remarks:
            raise ValueError(f"{self.report.file} has no remarks, so it does not belong in the list")

    def count(self, stance: Stance) -> int:
        """Return the number of remarks with a stance."""
        return sum(remark.stance is stance for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class ThemeFindings:
    """What the given reports say about one theme."""

    count: ThemeCount
    years: tuple[YearCount, ...]
    """The counts of each year with reports, in order."""
    undated: int
    """Number of reports that belong to no year because they have no date."""
    listed: tuple[ReportRemarks, ...]
    """All reports with remarks of the requested stance, in the requested order."""


def count_themes(index: SearchIndex, reports: Iterable[Report]) -> list[ThemeCount]:
    """Return the counts for each theme of the index, in the order of the themes file. This reads no passages."""
    wanted = {report.id for report in reports}
    numbers = {number for number, report in enumerate(index.store.reports) if report.id in wanted}
    makers = index.remarks.makers(index.store.report_of_row)
    return [
        ThemeCount(
            theme,
            len(numbers),
            len(makers[theme.id, Stance.STRENGTH] & numbers),
            len(makers[theme.id, Stance.WEAKNESS] & numbers),
        )
        for theme in themes_of(index)
    ]


def themes_of(index: SearchIndex) -> list[Theme]:
    """Return the themes that we know and that are in the index, in the order of the themes file."""
    return [theme for theme in known_themes().themes if theme.id in index.remarks.themes]


def find_theme(index: SearchIndex, theme_id: str) -> Theme | None:
    """Return the theme with the given id, or None if the index has no such theme."""
    return next((theme for theme in themes_of(index) if theme.id == theme_id), None)


def study_theme(
    index: SearchIndex,
    theme: Theme,
    reports: Sequence[Report],
    stance: Stance | None = None,
    order: Order = Order.CLEAREST,
) -> ThemeFindings:
    """Return what the given reports say about a theme. ``stance`` and ``order`` affect only the list of reports."""
    remarks = remarks_by_report(index, reports, [theme.id])
    takers = {taken: {i for i, made in remarks.items() if any(r.stance is taken for r in made)} for taken in Stance}
    listed = [
        ReportRemarks(report, chosen)
        for report in reports
        if (chosen := to_quote([r for r in remarks.get(report.id, ()) if stance in (None, r.stance)]))
    ]
    return ThemeFindings(
        count=ThemeCount(theme, len(reports), len(takers[Stance.STRENGTH]), len(takers[Stance.WEAKNESS])),
        years=tuple(counts_by_year(reports, remarks)),
        undated=sum(report_day(report) == date.min for report in reports),
        listed=tuple(sorted(listed, key=_by_clarity if order is Order.CLEAREST else _by_day)),
    )


def to_quote(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return remarks in the order in which to quote them: first the clearest of each stance, then the next clearest.

    ``remarks`` are in the order of :func:`remarks_by_report`, the clearest first.
    """
    first = {remark.stance: remark for remark in reversed(remarks)}
    return tuple(sorted(remarks, key=lambda each: first[each.stance] is not each))


def _by_clarity(each: ReportRemarks) -> tuple[float, int, str]:
    return (-max(remark.certainty for remark in each.remarks), -report_day(each.report).toordinal(), each.report.file)


def _by_day(each: ReportRemarks) -> tuple[int, float, str]:
    return (-report_day(each.report).toordinal(), -max(remark.certainty for remark in each.remarks), each.report.file)
