from __future__ import annotations

import bm25s
import numpy as np
import pytest

from index.sparse import SparseIndex, best_rows, terms

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


def test_what_is_saved_is_what_is_opened(index, tmp_path):
    index.save(tmp_path / "terms")
    opened = SparseIndex.open(tmp_path / "terms")
    for query in ("visits", "housing for leavers", "zebra", "the"):
        before, after = search(index, query, 10), search(opened, query, 10)
        assert before[0].tolist() == after[0].tolist()
        assert before[1].tolist() == after[1].tolist()


def test_what_is_saved_is_what_bm25s_reads_and_it_gives_the_same_scores_to_the_last_bit(index, tmp_path):
    index.save(tmp_path / "terms")
    theirs = bm25s.BM25.load(str(tmp_path / "terms"))
    for query in ("visits", "housing for leavers", "visits to children at home and visiting"):
        assert index.scores(query).tolist() == theirs.get_scores(terms(query)).tolist()
