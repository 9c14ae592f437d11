from __future__ import annotations

import shutil

import pytest

from index.building.build import Builder
from index.building.remarks import remarks_version, theme_ids
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Stance


@pytest.fixture(scope="module")
def index(sample_index, encoder):
    return SearchIndex.open(sample_index, encoder)


def sentences(index, theme, stance):
    rows = {remark.row: None for remark in index.remarks.find(theme, stance)}
    passages = {passage.row: passage.passage for passage in index.store.passages(list(rows))}
    return {
        passages[each.row].text[slice(*passages[each.row].sentences[each.sentence])]
        for each in index.remarks.find(theme, stance)
    }


def test_sentences_that_praise_and_criticise_themes_are_found(index):
    assert "Quality assurance is thorough." in sentences(index, "quality_assurance", Stance.STRENGTH)
    assert "Pathway plans are poor." in sentences(index, "plans", Stance.WEAKNESS)
    assert "Pathway plans are poor." not in sentences(index, "plans", Stance.STRENGTH)
    assert "Work in the pre-proceedings stage is weak." in sentences(index, "pre_proceedings", Stance.WEAKNESS)


def test_what_a_report_asks_to_improve_is_a_weakness_whatever_its_words(index):
    asked = {
        item.text for report in index.store.reports for item in report.improvements if "pathway plans" in item.text
    }
    assert asked
    assert any(any(text.startswith(item[:40]) for item in asked) for text in sentences(index, "plans", Stance.WEAKNESS))


def test_what_inspectors_looked_at_is_no_criticism(index):
    scope = {
        passage.row
        for report in index.store.reports
        for passage in index.store.passages_of(report.id)
        if passage.passage.section and passage.passage.section[-1] == "Areas covered by the visit"
    }
    assert scope
    assert index.remarks.in_rows(scope) == []


def test_each_remark_is_a_sentence_of_its_passage_and_themes_have_numbers(index):
    assert index.remarks.themes == theme_ids()
    remarks = [remark for theme in theme_ids() for remark in index.remarks.find(theme)]
    assert len(remarks) > 100
    passages = {each.row: each.passage for each in index.store.passages(sorted({remark.row for remark in remarks}))}
    assert all(remark.sentence < len(passages[remark.row].sentences) for remark in remarks)


def test_a_hidden_report_has_no_remarks(index):
    report = next(each for each in index.store.reports if each.authority == "Westmarsh")
    rows = [passage.row for passage in index.store.passages_of(report.id)]
    assert index.remarks.in_rows(rows)
    assert index.without(frozenset({report.id})).remarks.in_rows(rows) == []


@pytest.mark.thorough
def test_remarks_are_the_same_if_reports_are_added_one_by_one(samples, encoder, tmp_path):
    """Unchanged reports keep their remarks, even if their rows change."""
    files = sorted(find_sources([samples]))[:4]
    data = DataFolder.prepare(tmp_path / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    for count in (2, 4):
        builder.build(files[-count:])
    grown = SearchIndex.open(data, encoder)
    fresh_data = DataFolder.prepare(tmp_path / "fresh")
    shutil.copytree(data.embeddings.parent, fresh_data.embeddings.parent, dirs_exist_ok=True)
    fresh_builder = Builder(
        fresh_data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None
    )
    fresh_builder.build(files)
    fresh = SearchIndex.open(fresh_data, encoder)
    assert len(fresh.remarks.columns) > 20
    assert grown.remarks.columns.tolist() == fresh.remarks.columns.tolist()


def test_the_version_depends_on_the_encoder():
    assert remarks_version("a") != remarks_version("b")
    assert remarks_version("a") == remarks_version("a")
