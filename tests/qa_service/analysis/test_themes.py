"""Tests of the themes: counts, counts by year, the order of reports, and which remarks to quote first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from corpus.themes import known_themes
from corpus.types import Report
from index.search.remarks import RemarkTable
from index.search.search_index import SearchIndex
from index.types import Remark, Stance
from qa_service.analysis.themes import (
    Order,
    ReportRemarks,
    ThemeCount,
    count_themes,
    find_theme,
    study_theme,
    themes_of,
    to_quote,
)
from tests.made_reports import inspection

STRENGTH, WEAKNESS = Stance.STRENGTH, Stance.WEAKNESS
SUPERVISION, CASELOADS = (theme for theme in known_themes().themes if theme.id in ("supervision", "caseloads"))
ASHBY, BRENT, CARR, DENE = (
    inspection("Ashby", "2022-03-01"),
    inspection("Brent", "2022-09-01"),
    inspection("Carr", "2024-05-01"),
    inspection("Dene", "2024-06-01"),
)
REPORTS = (ASHBY, BRENT, CARR, DENE)
"""Report n has the rows 2 n and 2 n + 1."""


def index_of(remarks: Sequence[Remark], reports: Sequence[Report] = REPORTS) -> SearchIndex:
    """Return the parts of an index that the themes use."""
    owners = np.repeat(np.arange(len(reports)), 2)
    index = SimpleNamespace(
        remarks=RemarkTable.of(remarks, ["supervision", "caseloads"]),
        store=SimpleNamespace(reports=list(reports), report_of_row=owners),
        report_at=lambda row: reports[int(owners[row])],
    )
    return cast("SearchIndex", index)


@pytest.fixture
def index() -> SearchIndex:
    return index_of(
        [
            Remark(0, 0, "supervision", WEAKNESS, 0.6),
            Remark(0, 1, "supervision", WEAKNESS, 0.7),
            Remark(0, 2, "caseloads", STRENGTH, 0.9),
            Remark(1, 0, "supervision", STRENGTH, 0.65),
            Remark(3, 4, "supervision", STRENGTH, 0.95),
            Remark(4, 0, "supervision", WEAKNESS, 0.8),
        ]
    )


def test_a_report_counts_once_for_each_stance(index: SearchIndex) -> None:
    assert count_themes(index, REPORTS) == [ThemeCount(SUPERVISION, 4, 2, 2), ThemeCount(CASELOADS, 4, 1, 0)]


def test_only_the_given_reports_count(index: SearchIndex) -> None:
    assert count_themes(index, [BRENT, DENE]) == [ThemeCount(SUPERVISION, 2, 1, 0), ThemeCount(CASELOADS, 2, 0, 0)]
    assert count_themes(index, []) == [ThemeCount(SUPERVISION, 0, 0, 0), ThemeCount(CASELOADS, 0, 0, 0)]


def test_hidden_rows_count_nowhere(index: SearchIndex) -> None:
    """A view numbers its own reports. Hidden rows have the number -1."""
    visible = index_of([], [BRENT, CARR, DENE])
    visible.remarks = index.remarks.among(np.array([False, False, True, True, True, True, True, True]))
    visible.store.report_of_row = np.array([-1, -1, 0, 0, 1, 1, 2, 2])
    assert count_themes(visible, [BRENT, CARR, DENE])[0] == ThemeCount(SUPERVISION, 3, 1, 1)


def test_the_counts_of_a_theme_are_those_of_the_list_of_themes(index: SearchIndex) -> None:
    for theme, count in zip(themes_of(index), count_themes(index, REPORTS), strict=True):
        findings = study_theme(index, theme, REPORTS)
        assert findings.count == count
        for stance, number in ((STRENGTH, count.strengths), (WEAKNESS, count.weaknesses)):
            assert len(study_theme(index, theme, REPORTS, stance).listed) == number
            assert sum(each.count(stance) > 0 for each in findings.listed) == number


def test_the_stance_limits_the_list_but_not_the_counts(index: SearchIndex) -> None:
    findings = study_theme(index, SUPERVISION, REPORTS, WEAKNESS)
    assert [each.report for each in findings.listed] == [CARR, ASHBY]
    assert all(remark.stance is WEAKNESS for each in findings.listed for remark in each.remarks)
    assert findings.count == ThemeCount(SUPERVISION, 4, 2, 2)


def test_reports_are_in_the_order_asked_for(index: SearchIndex) -> None:
    by_order = {order: study_theme(index, SUPERVISION, REPORTS, order=order).listed for order in Order}
    assert [each.report for each in by_order[Order.CLEAREST]] == [BRENT, CARR, ASHBY]
    assert [each.report for each in by_order[Order.NEWEST]] == [CARR, BRENT, ASHBY]


def test_years_and_undated_reports(index: SearchIndex) -> None:
    findings = study_theme(index, SUPERVISION, REPORTS)
    assert [(each.year, each.reports, each.strengths, each.weaknesses) for each in findings.years] == [
        (2022, 2, 2, 1),
        (2024, 2, 0, 1),
    ]
    assert findings.undated == 0
    undated = replace(DENE, inspected_from=None, inspected_to=None)
    assert study_theme(index, SUPERVISION, [*REPORTS[:3], undated]).undated == 1


def test_the_clearest_remark_of_each_stance_is_quoted_first() -> None:
    clear = [Remark(row, 0, "supervision", WEAKNESS, certainty) for row, certainty in ((1, 0.9), (2, 0.8), (0, 0.7))]
    other = Remark(3, 0, "supervision", STRENGTH, 0.6)
    assert to_quote([*clear, other]) == (clear[0], other, clear[1], clear[2])
    assert to_quote(clear) == tuple(clear)


def test_a_theme_is_found_by_its_id(index: SearchIndex) -> None:
    assert find_theme(index, "caseloads") == CASELOADS
    assert find_theme(index, "permanence") is None  # the index was built without it


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="more reports mention 'supervision'"):
        ThemeCount(SUPERVISION, 1, 2, 0)
    with pytest.raises(ValueError, match="has no remarks"):
        ReportRemarks(ASHBY, ())
