from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.types import Form, Kind
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.storage.rows import StoredPassage, StoredReport
from index.storage.store import Store
from index.types import Filters, Query

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def whole(sample_index, encoder):
    return SearchIndex.open(sample_index, encoder)


@pytest.fixture(scope="module", params=[1, 2, 3])
def hidden(whole, request):
    """The ids of a random half of the sample reports."""
    ids = sorted(report.id for report in whole.store.all_reports())
    return frozenset(random.Random(request.param).sample(ids, len(ids) // 2))  # noqa: S311 - no secret depends on it


@pytest.fixture(scope="module")
def view(whole, hidden):
    return whole.without(hidden)


@pytest.fixture(scope="module")
def alone(whole, hidden, sample_index, samples, encoder, tmp_path_factory):
    """An index built without the hidden reports. It uses the same embedding cache, so that its vectors are equal."""
    data = DataFolder.prepare(tmp_path_factory.mktemp("alone"))
    shutil.copytree(sample_index.embeddings.parent, data.embeddings.parent, dirs_exist_ok=True)
    gone = {report.sha256: "2026-01-01" for report in whole.store.all_reports() if report.id in hidden}
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([samples]), removed=gone)
    return SearchIndex.open(data, encoder)


def without_rows(results):
    """Return scored passages without their row numbers, which differ between the indexes."""
    return [replace(scored, row=0) for scored in results]


def words_of(index):
    texts = (indexed.passage.text for report in index.store.reports for indexed in index.store.passages_of(report.id))
    return sorted({word for text in texts for word in re.findall(r"[a-z’]+", text.lower())})


def test_a_view_answers_any_query_as_an_index_without_the_hidden_reports_does(whole, view, alone, hidden):
    words = words_of(whole)
    authorities = sorted({report.authority for report in whole.store.reports if report.authority})
    ids = sorted(report.id for report in whole.store.all_reports())
    filters = st.builds(
        Filters,
        authority=st.lists(st.sampled_from(authorities), max_size=2).map(tuple),
        kind=st.lists(st.sampled_from(Kind), max_size=1).map(tuple),
        form=st.lists(st.sampled_from(Form), max_size=2).map(tuple),
        report_id=st.lists(st.sampled_from(ids), max_size=3).map(tuple),
        latest_only=st.booleans(),
    )
    queries = st.builds(
        Query,
        text=st.lists(st.sampled_from(words), min_size=1, max_size=8).map(" ".join),
        filters=st.one_of(st.just(Filters()), filters),
        preferred=st.dictionaries(st.sampled_from(ids), st.floats(0, 2), max_size=4),
        related=st.lists(st.sampled_from(words), max_size=4).map(" ".join),
        without=st.frozensets(st.sampled_from(["dense", "sentence", "sparse", "related"]), max_size=3),
    )

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(queries, st.sampled_from([1, 8, 20, 120, 400]))
    def check(query, k):
        results = view.retrieve(query, k).passages
        assert without_rows(results) == without_rows(alone.retrieve(query, k).passages)
        assert not {scored.report.id for scored in results} & hidden
        assert view.allowed(query.filters) == alone.allowed(query.filters)

    check()


def test_words_are_as_rare_and_as_known_as_without_the_hidden_reports(whole, view, alone):
    words = [*words_of(whole), "xyzzy"]
    query = Query(" ".join(words))
    weights = view.retrieve(query, 1).term_weights
    assert len(weights) > 100
    assert weights == alone.retrieve(query, 1).term_weights
    assert [view.is_known(word) for word in words] == [alone.is_known(word) for word in words]
    assert any(whole.is_known(word) and not view.is_known(word) for word in words)


def test_the_store_of_a_view_equals_a_store_without_the_hidden_reports(whole, view, alone, hidden):
    seen, own = view.store, alone.store
    assert seen.reports == own.reports
    assert list(seen.all_reports()) == list(own.all_reports())
    assert seen.passage_counts() == own.passage_counts()
    for report in whole.store.all_reports():
        assert seen.report(report.id) == own.report(report.id)
        assert (seen.report(report.id) is None) == (report.id in hidden)
        assert [p.passage for p in seen.passages_of(report.id)] == [p.passage for p in own.passages_of(report.id)]
        pages = range(1, report.page_count + 1)
        assert [seen.page_label(report.id, n) for n in pages] == [own.page_label(report.id, n) for n in pages]
    assert [replace(kept, added="") for kept in seen.stored()] == [replace(kept, added="") for kept in own.stored()]


def test_a_hidden_row_cannot_be_read_by_its_number(whole, view, hidden):
    rows = [indexed.row for report_id in hidden for indexed in whole.store.passages_of(report_id)]
    assert rows
    for row in rows:
        with pytest.raises(KeyError):
            view.store.passages([row])
        with pytest.raises(KeyError):
            view.score(Query("care leavers"), [row])
    assert not [row for row in view.store.report_of_row[rows].tolist() if row >= 0]


def test_the_manifest_of_a_view_counts_and_names_only_visible_reports(whole, view, alone, hidden):
    visible, own = view.manifest, alone.manifest
    assert (visible.reports, visible.superseded) == (own.reports, own.superseded)
    assert (visible.passages, visible.sentences) == (own.passages, own.sentences)
    assert visible.originals == own.originals
    manifest_text = repr(visible)
    assert not [
        r.file
        for r in whole.store.all_reports()
        if r.id in hidden and (r.file in manifest_text or r.sha256 in manifest_text)
    ]
    assert visible.build == whole.manifest.build


def test_without_hidden_reports_the_view_is_the_index_itself(whole, view, hidden):
    assert whole.without(frozenset()) is whole
    assert whole.without(frozenset({"0" * 16})) is whole
    assert view.without(hidden) is view


def test_hiding_reports_in_two_steps_equals_hiding_them_at_once(whole, hidden):
    first = frozenset(sorted(hidden)[:2])
    query = Query("How are care leavers in Carrowby supported?")
    twice, once = whole.without(first).without(hidden), whole.without(hidden)
    assert twice.retrieve(query, 50).passages == once.retrieve(query, 50).passages
    assert twice.manifest == once.manifest


def test_if_all_reports_are_hidden_nothing_is_found_or_known(whole):
    nothing = whole.without(frozenset(report.id for report in whole.store.all_reports()))
    assert nothing.store.reports == ()
    assert nothing.retrieve(Query("care leavers"), 8).passages == ()
    assert nothing.retrieve(Query("care leavers", Filters(form=(Form.REPORT,))), 8).passages == ()
    assert not nothing.is_known("children")
    assert (nothing.manifest.passages, nothing.manifest.sentences) == (0, 0)


def test_a_report_does_not_name_a_hidden_reissue_that_replaces_it(tmp_path, make_report, make_passage):
    old, new = replace(make_report(1), superseded_by=make_report(2).id), make_report(2)
    passage = StoredPassage.of(make_passage(new))
    Store.write(
        tmp_path / "s.sqlite",
        [
            StoredReport(old, (None,), (), None, "2026-01-01"),
            StoredReport(new, (None,), (passage,), None, "2026-01-01"),
        ],
    )
    view = Store(tmp_path / "s.sqlite").without(frozenset({new.id}))
    assert list(view.all_reports()) == [view.report(old.id)] == [replace(old, superseded_by=None)]
    assert view.reports == ()  # this build has no passages of the old report, so only the next build can use it
    assert [kept.report.superseded_by for kept in view.stored()] == [None]
    shown = Store(tmp_path / "s.sqlite").without(frozenset({old.id}))
    assert list(shown.all_reports()) == [new]
    assert [indexed.passage.id for indexed in shown.passages([0])] == [passage.id]


def test_views_do_not_change_the_index(whole, view, sample_index, encoder):
    query = Query("supervision of social workers")
    assert view.retrieve(query, 5).passages
    assert whole.retrieve(query, 50).passages == SearchIndex.open(sample_index, encoder).retrieve(query, 50).passages
    assert whole.store.visible.all()
