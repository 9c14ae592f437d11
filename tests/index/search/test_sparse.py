from __future__ import annotations

from itertools import product

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.sparse import SparseIndex, best_rows
from index.search.text_analysis import terms

TEXTS = [
    "Social workers visit children at home.",
    "Housing for care leavers is poor in the city.",
    "Leaders visited every team; visiting is frequent and visits are kept.",
    "The of and.",
    "Self-evaluation is strong. The LADO’s advice is sought.",
]


@pytest.fixture(scope="module")
def index():
    return SparseIndex.build(TEXTS)


def search(index, text, k, allowed=None):
    scores = index.scores(text)
    found = best_rows(scores, k, allowed)
    return found, scores[found]


def rows(index, text, k=10, allowed=None):
    return search(index, text, k, allowed)[0].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Visits, visited and visiting", ["visit", "visit", "visit"]),
        ("children’s children's", ["children", "children"]),
        ("self-evaluation", ["self", "evalu"]),
        ("19 weeks in 2023", ["19", "week", "2023"]),
        ("What is it that they did?", []),
        ("", []),
    ],
)
def test_words_are_stemmed_and_function_words_left_out(text, expected):
    assert terms(text) == expected


def test_another_form_of_a_word_is_found_and_more_of_it_ranks_higher(index):
    assert rows(index, "visitings") == [2, 0]
    assert rows(index, "lado") == [4]


def test_only_texts_that_share_a_word_are_found(index):
    assert rows(index, "housing advice") == [1, 4] or rows(index, "housing advice") == [4, 1]
    assert rows(index, "zebra") == []


def test_scores_fall_and_are_above_nothing(index):
    found, scores = search(index, "visits to children at home and housing", 10)
    assert len(found) == 3
    assert (np.diff(scores) <= 0).all()
    assert (scores > 0).all()


@pytest.mark.parametrize("text", ["", "what is the", "?!", "and of the"])
def test_a_query_of_function_words_finds_nothing(index, text):
    found, scores = search(index, text, 10)
    assert (len(found), len(scores)) == (0, 0)


def test_only_allowed_rows_are_found(index):
    allowed = np.array([True, True, False, True, True])
    assert rows(index, "visit", allowed=allowed) == [0]
    assert rows(index, "visit", allowed=np.zeros(5, dtype=bool)) == []


def test_k_limits_and_equal_scores_come_by_row():
    index = SparseIndex.build(["Plans are clear."] * 6 + ["Visits lapse."])
    assert rows(index, "plan", k=4) == [0, 1, 2, 3]
    assert rows(index, "plan") == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("empty", [[], [""], ["the of"]])
def test_an_index_of_no_words_finds_nothing(empty):
    assert rows(SparseIndex.build(empty), "visits") == []


@given(st.data())
def test_what_is_changed_is_what_is_built_anew_to_the_last_bit(data):
    text = st.lists(st.sampled_from(["visit", "plans", "the", "caseloads", "housing"]), max_size=6).map(" ".join)
    before, after = data.draw(st.lists(text, max_size=8)), data.draw(st.lists(text, max_size=8))
    places = np.full(len(before), -1, dtype=np.int64)
    free = list(range(len(after)))
    for old, old_text in enumerate(before):
        same = [new for new in free if after[new] == old_text]
        if same and data.draw(st.booleans()):
            places[old] = same[0]
            free.remove(same[0])
    changed = SparseIndex.build(before).changed(places, {row: after[row] for row in free})
    built = SparseIndex.build(after)
    assert changed._vocabulary == built._vocabulary  # inside: what is written must be the same
    for name in ("data", "indices", "starts", "rows"):
        assert np.array_equal(getattr(changed._scores, name), getattr(built._scores, name)), name


def test_an_index_of_words_cut_otherwise_is_known_by_it(index, tmp_path, monkeypatch):
    index.save(tmp_path / "terms")
    assert SparseIndex.open(tmp_path / "terms").is_current
    monkeypatch.setattr("index.search.sparse._MADE", "otherwise")
    assert not SparseIndex.open(tmp_path / "terms").is_current


def test_what_is_saved_is_what_is_opened(index, tmp_path):
    index.save(tmp_path / "terms")
    opened = SparseIndex.open(tmp_path / "terms")
    for query in ("visits", "housing for leavers", "zebra", "the"):
        before, after = search(index, query, 10), search(opened, query, 10)
        assert before[0].tolist() == after[0].tolist()
        assert before[1].tolist() == after[1].tolist()


def test_scores_are_those_of_bm25s_to_the_last_bit_whether_computed_or_read(index, tmp_path):
    index.save(tmp_path / "terms")
    read, computed = bm25s.BM25.load(str(tmp_path / "terms")), bm25s.BM25(method="lucene")
    computed.index([terms(text) or ["∅"] for text in TEXTS], show_progress=False)
    queries = ("visits", "housing for leavers", "visits to children at home and visiting")
    for query, theirs in product(queries, (read, computed)):
        assert index.scores(query).tolist() == theirs.get_scores(terms(query)).tolist()
