from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.theme_parts import part_meant
from corpus.themes import known_themes
from index.search.search_index import SearchIndex
from index.types import Remark, Stance
from qa_service.analysis.remarks import YearCount, counts_by_year, quoted, remarks_by_report

PLANS, ASSESSMENTS = "plans", "assessments"


@pytest.fixture(scope="module")
def index(sample_index, encoder):
    return SearchIndex.open(sample_index, encoder)


def texts(index, remarks):
    return {each.text for of_report in remarks.values() for each in quoted(index, of_report)}


def test_each_report_has_its_own_remarks_clearest_first(index):
    remarks = remarks_by_report(index, index.store.reports, [PLANS], Stance.WEAKNESS)
    assert len(remarks) > 3
    for report_id, of_report in remarks.items():
        assert {each.report.id for each in quoted(index, of_report)} == {report_id}
        assert [each.certainty for each in of_report] == sorted((e.certainty for e in of_report), reverse=True)


def test_only_the_given_reports_themes_and_stance_count(index):
    westmarsh = [report for report in index.store.reports if report.authority == "Westmarsh"]
    remarks = remarks_by_report(index, westmarsh, [PLANS, ASSESSMENTS], Stance.STRENGTH)
    assert set(remarks) <= {report.id for report in westmarsh}
    found = [each for of_report in remarks.values() for each in of_report]
    assert {each.theme for each in found} == {PLANS, ASSESSMENTS}
    assert {each.stance for each in found} == {Stance.STRENGTH}
    assert remarks_by_report(index, [], [PLANS]) == {}


def test_a_part_of_a_theme_limits_the_remarks_to_sentences_about_it(index):
    part = {PLANS: part_meant(known_themes(), PLANS, "pathway plans")}
    narrow = texts(index, remarks_by_report(index, index.store.reports, [PLANS], None, part))
    whole = texts(index, remarks_by_report(index, index.store.reports, [PLANS]))
    assert "Pathway plans are poor." in narrow
    assert narrow < whole
    assert all("pathway plan" in text.lower() for text in narrow)


def test_a_quoted_remark_is_its_sentence_word_for_word(index):
    remarks = remarks_by_report(index, index.store.reports, [ASSESSMENTS])
    some = [each for of_report in remarks.values() for each in of_report[:2]]
    for remark, each in zip(some, quoted(index, some), strict=True):
        assert each.remark == remark
        assert each.text == each.passage.passage.text[slice(*each.span)]
        assert each.passage.row == remark.row


def test_years_count_reports_and_not_remarks(make_report):
    def report(file, year):
        return replace(make_report(file), inspected_to=date(year, 5, 1))

    def remark(stance):
        return Remark(0, 0, PLANS, stance, 0.9)

    first, second, third = report("a", 2020), report("b", 2020), report("c", 2022)
    undated = replace(make_report("d"), inspected_from=None, inspected_to=None, published=None)
    remarks = {
        first.id: [remark(Stance.STRENGTH), remark(Stance.STRENGTH), remark(Stance.WEAKNESS)],
        third.id: [remark(Stance.WEAKNESS)],
        undated.id: [remark(Stance.WEAKNESS)],
    }
    assert counts_by_year([third, first, second, undated], remarks) == [
        YearCount(2020, reports=2, strengths=1, weaknesses=1),
        YearCount(2022, reports=1, strengths=0, weaknesses=1),
    ]
