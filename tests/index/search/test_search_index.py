from __future__ import annotations

import shutil
import threading
from datetime import date

import pytest

from corpus.types import Form, Kind
from index.errors import DamagedIndex, EncoderMismatch, NoIndex
from index.search.search_index import WEIGHTS, SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Filters, Query


@pytest.fixture(scope="module")
def index(sample_index, encoder):
    return SearchIndex.open(sample_index, encoder)


QUESTIONS = [
    ("How much money do care leavers in Westmarsh get to set up home?", "£3,000 to set up home"),
    ("longest wait for an early help worker in Westmarsh in 2019", "the longest had waited 19 weeks"),
    ("what happens in Aldermere when domestic abuse is reported overnight", "a morning meeting at 9.15 decides"),
]


@pytest.mark.parametrize(("question", "words"), QUESTIONS)
def test_the_passage_that_answers_is_among_the_best_three(index, question, words):
    texts = [" ".join(scored.passage.text.split()) for scored in index.retrieve(Query(question), 3).passages]
    assert [text for text in texts if words in text]


@pytest.mark.parametrize(
    ("filters", "excluded"),
    [
        (Filters(authority=("Aldermere",)), lambda report: report.authority != "Aldermere"),
        (Filters(kind=(Kind.FOCUSED_VISIT,)), lambda report: report.kind is not Kind.FOCUSED_VISIT),
        (Filters(form=(Form.ARTICLE,)), lambda report: report.form is not Form.ARTICLE),
        (
            Filters(inspected_from=date(2024, 1, 1)),
            lambda report: report.inspected_to is None or report.inspected_to.year < 2024,
        ),
        (
            Filters(published_to=date(2020, 1, 1)),
            lambda report: report.published is None or report.published.year > 2019,
        ),
        (
            Filters(grade=(("care leavers", "Outstanding"),)),
            lambda report: "Outstanding" not in {j.grade for j in report.judgements},
        ),
        (
            Filters(authority=("Westmarsh",), latest_only=True),
            lambda report: report.authority != "Westmarsh" or report.inspected_to.year != 2023,
        ),
    ],
)
def test_filters_exclude_all_other_reports(index, filters, excluded):
    results = index.retrieve(Query("How are care leavers in Carrowby and Westmarsh supported?", filters), 50).passages
    assert results
    assert not [scored.report.file for scored in results if excluded(scored.report)]
    assert {scored.report.id for scored in results} <= {report.id for report in index.allowed(filters)}


def test_filters_that_no_report_passes_find_nothing(index):
    assert index.retrieve(Query("care leavers", Filters(authority=("Leeds",))), 8).passages == ()


def test_a_question_of_function_words_still_finds_passages_by_meaning(index):
    results = index.retrieve(Query("What was it about?"), 8).passages
    assert len(results) == 8
    assert not [scored for scored in results if "sparse" in scored.ranks]


@pytest.mark.parametrize("k", [1, 8, 50, 200])
def test_the_best_k_passages_are_in_order_and_each_appears_once(index, k):
    results = index.retrieve(Query("supervision of social workers"), k).passages
    assert len(results) == k
    assert len({scored.row for scored in results}) == k
    keys = [(-scored.score, scored.passage.id) for scored in results]
    assert keys == sorted(keys)


def test_a_smaller_k_gives_the_start_of_a_longer_result(index):
    more = index.retrieve(Query("supervision of social workers"), 40).passages
    assert [scored.row for scored in index.retrieve(Query("supervision of social workers"), 8).passages] == [
        scored.row for scored in more[:8]
    ]


def test_the_same_query_twice_gives_the_same_result(index, sample_index, encoder):
    query = Query("How are care leavers supported?")
    first = index.retrieve(query, 20).passages
    assert index.retrieve(query, 20).passages == first
    assert SearchIndex.open(sample_index, encoder).retrieve(query, 20).passages == first


def test_queries_at_the_same_time_get_the_same_results_as_alone(index):
    queries = [Query(question) for question, _ in QUESTIONS] * 2
    alone = [[scored.passage.id for scored in index.retrieve(query, 8).passages] for query in queries]
    passage_ids = [None] * len(queries)

    def work(number):
        passage_ids[number] = [scored.passage.id for scored in index.retrieve(queries[number], 8).passages]

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(queries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert passage_ids == alone


def test_a_result_has_its_ranks_and_similarities(index, encoder):
    question = QUESTIONS[0][0]
    best = index.retrieve(Query(question), 1).passages[0]
    assert set(best.ranks) == {"dense", "sparse", "sentence"}
    assert min(best.ranks.values()) == 1
    sentences = [best.passage.text[s:e] for s, e in best.passage.sentences]
    expected = encoder.encode_document(sentences) @ encoder.encode_query([question])[0]
    assert best.sentence_similarities == pytest.approx(expected.tolist(), abs=0.02)
    assert 0 < best.score < sum(WEIGHTS.values())


def test_a_preferred_report_rises_and_no_other_result_is_lost(index):
    plain = index.retrieve(Query("care leavers' housing"), 30).passages
    last = plain[-1].report
    preferred = index.retrieve(Query("care leavers' housing", preferred={last.id: 10.0}), 300).passages
    assert preferred[0].report == last
    assert plain[0].row in {scored.row for scored in preferred}


def test_passages_given_by_row_are_scored_in_that_order(index):
    results = index.retrieve(Query(QUESTIONS[0][0]), 5).passages
    rows = [scored.row for scored in results][::-1]
    scored = index.score(Query(QUESTIONS[0][0]), rows)
    assert [passage.row for passage in scored] == rows
    assert [passage.similarity for passage in scored] == pytest.approx([p.similarity for p in results[::-1]])


class _OtherEncoder:
    """The default encoder with several of its properties replaced."""

    def __init__(self, encoder, **facts):
        self._encoder, self._facts = encoder, facts

    def __getattr__(self, name):
        return self._facts.get(name, getattr(self._encoder, name))


@pytest.mark.parametrize("facts", [{"revision": "0" * 16}, {"dimension": 768}])
def test_an_index_of_another_encoder_is_refused_and_the_error_names_both(sample_index, encoder, facts):
    with pytest.raises(EncoderMismatch, match="QA_ENCODER") as raised:
        SearchIndex.open(sample_index, _OtherEncoder(encoder, **facts))
    assert encoder.revision in str(raised.value)
    assert str(next(iter(facts.values()))) in str(raised.value)


def test_an_encoder_with_another_name_and_the_same_weights_is_accepted(sample_index, encoder):
    opened = SearchIndex.open(sample_index, _OtherEncoder(encoder, name="elsewhere"))
    assert opened.retrieve(Query("care leavers"), 1).passages


def test_a_damaged_build_is_not_opened(sample_index, encoder, tmp_path):
    shutil.copytree(sample_index.builds, tmp_path / "index")
    data = DataFolder.prepare(tmp_path)
    SearchIndex.open(data, encoder)
    (data.current() / "store.sqlite").write_bytes(b"short")
    with pytest.raises(DamagedIndex, match=r"store\.sqlite"):
        SearchIndex.open(data, encoder)


def test_the_nearest_cosine_is_over_all_visible_reports(index, sample_index):
    text = "Care leavers receive £3,000 to set up home"
    nearest = index.nearest_cosine(text)
    assert nearest > index.nearest_cosine("How do I bake sourdough bread?")
    results = index.retrieve(Query(text), 20).passages
    assert nearest == pytest.approx(max(c for scored in results for c in scored.sentence_similarities), abs=1e-5)
    nearest_reports = {
        scored.report.id for scored in results if max(scored.sentence_similarities, default=0) > nearest - 1e-5
    }
    assert index.without(frozenset(nearest_reports)).nearest_cosine(text) < nearest
    assert SearchIndex.open(sample_index, None).nearest_cosine(text) == 0


def test_function_words_and_words_of_reports_are_known_and_others_are_not(index):
    assert index.is_known("What")
    assert index.is_known("Westmarsh")
    assert not index.is_known("Zanzibar")
    assert not index.is_known("Вестмарш")


def test_without_a_build_nothing_can_be_opened(data, encoder):
    with pytest.raises(NoIndex):
        SearchIndex.open(data, encoder)
