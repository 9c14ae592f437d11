"""The remarks that reports make on a theme of practice, and counts of these reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from corpus.theme_parts import PartOfTheme
from corpus.types import Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import Remark, ScoredPassage, Stance


@dataclass(frozen=True, slots=True)
class QuotedRemark:
    """A remark with its report and passage, so that it can be quoted."""

    remark: Remark
    report: Report
    passage: ScoredPassage

    @property
    def span(self) -> tuple[int, int]:
        """``[start, end)`` of the sentence in the passage's text."""
        return self.passage.passage.sentences[self.remark.sentence]

    @property
    def text(self) -> str:
        """The sentence, word for word."""
        start, end = self.span
        return self.passage.passage.text[start:end]


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many of a year's reports praise a theme, and how many criticise it. A report may do both."""

    year: int
    reports: int
    strengths: int
    weaknesses: int


def remarks_by_report(
    index: SearchIndex,
    reports: Iterable[Report],
    themes: Sequence[str],
    stance: Stance | None = None,
    parts: Mapping[str, PartOfTheme] = MappingProxyType({}),
) -> dict[str, list[Remark]]:
    """Return the remarks of each report on any of the themes, clearest first, by the report's id.

    Reports without such remarks are left out. ``parts`` limits the remarks to certain parts of themes. Its keys are the
    themes' ids.
    """
    wanted = {report.id for report in reports}
    found: dict[str, list[Remark]] = {}
    owners: dict[int, str] = {}
    for remark in (remark for theme in themes for remark in index.remarks.find(theme, stance)):
        report_id = owners.get(remark.row) or owners.setdefault(remark.row, index.report_at(remark.row).id)
        if report_id in wanted:
            found.setdefault(report_id, []).append(remark)
    if any(parts.values()):
        meant = set(about_part(index, [remark for of_report in found.values() for remark in of_report], parts))
        found = {report_id: [each for each in of_report if each in meant] for report_id, of_report in found.items()}
    return {
        report_id: sorted(of_report, key=lambda each: (-each.certainty, each.row, each.sentence))
        for report_id, of_report in found.items()
        if of_report
    }


def about_part(index: SearchIndex, remarks: Sequence[Remark], parts: Mapping[str, PartOfTheme]) -> list[Remark]:
    """Return the remarks about the given part of their theme.

    If no part is given for a theme, all its remarks count.
    """
    whole = PartOfTheme()
    return [each.remark for each in quoted(index, remarks) if parts.get(each.remark.theme, whole).is_in(each.text)]


def quoted(index: SearchIndex, remarks: Sequence[Remark]) -> list[QuotedRemark]:
    """Return remarks together with their reports and passages, in the same order."""
    passages = {scored.row: scored for scored in index.passages_at(sorted({remark.row for remark in remarks}))}
    return [QuotedRemark(each, passages[each.row].report, passages[each.row]) for each in remarks]


def counts_by_year(reports: Iterable[Report], remarks: Mapping[str, Sequence[Remark]]) -> list[YearCount]:
    """Return the counts for each year with dated reports, in order.

    ``remarks`` is what :func:`remarks_by_report` returns for both stances. A report counts for the year in which its
    inspection ended. If that is not known, it counts for the year in which it was published.
    """
    dated = [report for report in reports if report.inspected_to or report.published]
    years = Counter(report_day(report).year for report in dated)
    said = Counter(
        (report_day(report).year, stance)
        for report in dated
        for stance in {remark.stance for remark in remarks.get(report.id, ())}
    )
    return [
        YearCount(year, years[year], said[year, Stance.STRENGTH], said[year, Stance.WEAKNESS]) for year in sorted(years)
    ]
