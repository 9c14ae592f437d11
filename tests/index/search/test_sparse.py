from __future__ import annotations

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.search.sparse import SparseIndex, best_rows
from index.search.text_analysis import terms

TEXTS = [
    "Social workers visit children at home.",
    "Housing for care leavers is poor in the city.",
    "Leaders visited every team; visiting is frequent and visits are kept.",
    "The of and.",
    "Self-evaluation is strong. The LADO’s advice is sought.",
]
WORDS = ["children", "leaders", "visits", "plans", "homes", "carers", "support", "school", "health", "police", "the"]
WORD_LISTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), max_size=10)
ARRAYS = ("counts", "rows", "starts", "lengths")


@pytest.fixture(scope="module")
def index():
    return SparseIndex.build(TEXTS)


def search(index, text, k, allowed=None):
    scores = index.scores(text)
    rows = best_rows(scores, k, allowed)
    return rows, scores[rows]


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
def test_terms_are_stems_without_function_words(text, expected):
    assert terms(text) == expected


def test_search_finds_other_forms_of_a_word_and_more_mentions_rank_higher(index):
    assert rows(index, "visitings") == [2, 0]
    assert rows(index, "lado") == [4]


def test_search_finds_only_texts_that_share_a_term(index):
    assert sorted(rows(index, "housing advice")) == [1, 4]
    assert rows(index, "zebra") == []


def test_results_are_in_order_of_score_and_all_scores_are_above_zero(index):
    found_rows, scores = search(index, "visits to children at home and housing", 10)
    assert len(found_rows) == 3
    assert (np.diff(scores) <= 0).all()
    assert (scores > 0).all()


@pytest.mark.parametrize("text", ["", "what is the", "?!", "and of the"])
def test_a_query_of_function_words_finds_nothing(index, text):
    found_rows, scores = search(index, text, 10)
    assert (len(found_rows), len(scores)) == (0, 0)


def test_search_finds_only_allowed_rows(index):
    allowed = np.array([True, True, False, True, True])
    assert rows(index, "visit", allowed=allowed) == [0]
    assert rows(index, "visit", allowed=np.zeros(5, dtype=bool)) == []


def test_k_limits_the_results_and_ties_are_in_order_of_row():
    index = SparseIndex.build(["Plans are clear."] * 6 + ["Visits lapse."])
    assert rows(index, "plan", k=4) == [0, 1, 2, 3]
    assert rows(index, "plan") == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("texts", [[], [""], ["the of"]])
def test_an_index_without_terms_finds_nothing(texts, tmp_path):
    index = SparseIndex.build(texts)
    assert rows(index, "visits") == []
    index.save(tmp_path)
    assert rows(SparseIndex.open(tmp_path), "visits") == []


def reference_scores(texts, query):
    """Return the scores that bm25s computes."""
    if not texts or not terms(query):
        return [0.0] * len(texts)
    reference = bm25s.BM25(method="lucene")
    reference.index([terms(text) or ["∅"] for text in texts], show_progress=False)
    return reference.get_scores(terms(query)).tolist()


@settings(deadline=None)
@given(WORD_LISTS, st.lists(st.sampled_from([*WORDS, "zebra"]), max_size=6).map(" ".join))
def test_scores_equal_those_of_bm25s_to_the_last_bit(texts, query):
    assert SparseIndex.build(texts).scores(query).tolist() == reference_scores(texts, query)


@pytest.mark.parametrize(("mentions", "bytes_each"), [(255, 1), (256, 2), (65_535, 2), (65_536, 4)])
def test_a_text_may_mention_a_term_any_number_of_times(tmp_path, mentions, bytes_each):
    texts = ["visits " * mentions + "plans", "plans", "visits plans homes"]
    SparseIndex.build(texts).save(tmp_path)
    index = SparseIndex.open(tmp_path)
    assert index._counts.counts.itemsize == bytes_each  # private: this shows that the type grows only when it has to
    for query in ("visits", "plans", "visits plans homes"):
        assert index.scores(query).tolist() == reference_scores(texts, query)


def same(first, second):
    """Whether two indexes would be saved as the same bytes."""
    return list(first._vocabulary.items()) == list(second._vocabulary.items()) and all(
        left.dtype == right.dtype and np.array_equal(left, right)
        for left, right in ((getattr(first._counts, name), getattr(second._counts, name)) for name in ARRAYS)
    )


@settings(deadline=None)
@given(WORD_LISTS, WORD_LISTS, st.data())
def test_a_changed_index_equals_one_built_from_scratch(before, after, data):
    new_rows = np.full(len(before), -1, dtype=np.int64)
    free = list(range(len(after)))
    for old_row, text in enumerate(before):
        matching_rows = [row for row in free if after[row] == text]
        if matching_rows and data.draw(st.booleans()):
            new_rows[old_row] = matching_rows[0]
            free.remove(matching_rows[0])
    added = data.draw(st.permutations(free))
    changed = SparseIndex.build(before).changed(new_rows, {row: after[row] for row in added})
    built = SparseIndex.build(after)
    assert same(changed, built)
    for query in (*WORDS, " ".join(WORDS)):
        assert changed.scores(query).tolist() == built.scores(query).tolist()


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join), st.randoms(use_true_random=False))
def test_moved_rows_keep_their_counts_in_any_order(text, chance):
    texts = [f"{text} {word}" for word in WORDS]
    new_rows = chance.sample(range(len(texts)), len(texts))
    after = [texts[new_rows.index(row)] for row in range(len(texts))]
    assert same(SparseIndex.build(texts).changed(np.array(new_rows), {}), SparseIndex.build(after))


@settings(deadline=None)
@given(WORD_LISTS, st.data())
def test_an_index_of_some_rows_scores_them_as_an_index_of_them_alone(texts, data):
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), dtype=bool)
    some = SparseIndex.build(texts).among(kept)
    alone = SparseIndex.build([text for text, keep in zip(texts, kept, strict=True) if keep])
    for query in (*WORDS, " ".join(WORDS), "children children plans"):
        assert some.scores(query)[kept].tolist() == alone.scores(query).tolist()
        assert not some.scores(query)[~kept].any()
    for term in [*map("".join, map(terms, WORDS)), "xyzzy"]:
        assert (some.idf(term), some.contains(term)) == (alone.idf(term), alone.contains(term))


def test_an_index_of_some_rows_is_exact_for_texts_of_very_different_lengths():
    texts = ["children " * 299 + "plans", "plans", "the of and", " ".join(WORDS * 20), "police " * 40 + "homes"]
    kept = np.array([True, False, True, True, True])
    some, alone = SparseIndex.build(texts).among(kept), SparseIndex.build([texts[0], *texts[2:]])
    for word in WORDS:
        assert some.scores(word)[kept].tolist() == alone.scores(word).tolist()


def test_leaving_out_rows_in_two_steps_equals_leaving_them_out_at_once():
    texts = [" ".join(WORDS[: 1 + number % 10]) + " children" * number for number in range(40)]
    first, second = np.arange(40) % 3 != 0, np.arange(40) % 2 == 0
    at_once = SparseIndex.build(texts).among(first & second)
    in_two_steps = SparseIndex.build(texts).among(first).among(first & second)
    assert at_once.scores("children plans homes").tolist() == in_two_steps.scores("children plans homes").tolist()


def test_an_index_of_no_rows_contains_no_term():
    nothing = SparseIndex.build(["children plans", "homes"]).among(np.zeros(2, dtype=bool))
    assert nothing.scores("children homes").tolist() == [0, 0]
    assert not nothing.contains("home")
    assert nothing.among(np.zeros(2, dtype=bool)).scores("children").tolist() == [0, 0]


def test_an_index_knows_if_its_terms_come_from_another_analysis(index, tmp_path, monkeypatch):
    index.save(tmp_path / "terms")
    assert SparseIndex.open(tmp_path / "terms").has_current_analysis
    monkeypatch.setattr("index.search.sparse._CURRENT_ANALYSIS", "another")
    assert not SparseIndex.open(tmp_path / "terms").has_current_analysis


def test_a_saved_index_opens_as_it_was(index, tmp_path):
    index.save(tmp_path / "terms")
    opened = SparseIndex.open(tmp_path / "terms")
    assert same(opened, index)
    for query in ("visits", "housing for leavers", "visits to children at home and visiting", "zebra", "the"):
        assert opened.scores(query).tolist() == index.scores(query).tolist() == reference_scores(TEXTS, query)


@pytest.mark.parametrize("name", ARRAYS)
def test_counts_that_have_changed_on_the_disk_are_not_used_to_leave_out_rows(index, tmp_path, name):
    index.save(tmp_path)
    array = np.load(tmp_path / f"{name}.npy")
    array[len(array) // 2] ^= 1
    np.save(tmp_path / f"{name}.npy", array)
    with pytest.raises(DamagedIndex, match=r"have changed on the disk|cannot be read"):
        SparseIndex.open(tmp_path).among(np.arange(len(TEXTS)) > 0)


@pytest.mark.parametrize("name", [*(f"{name}.npy" for name in ARRAYS), "terms.txt", "facts.json"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:40]),
    ],
    ids=["missing", "empty", "cut off"],
)
def test_a_missing_or_shortened_file_is_damage(index, tmp_path, name, damage):
    index.save(tmp_path)
    damage(tmp_path / name)
    with pytest.raises(DamagedIndex, match="cannot be read"):
        SparseIndex.open(tmp_path)


@pytest.mark.parametrize("name", ARRAYS)
def test_any_changed_bit_is_damage_or_gives_scores(index, tmp_path, name):
    index.save(tmp_path)
    path = tmp_path / f"{name}.npy"
    intact = path.read_bytes()
    refused = 0
    for bit in range(8 * len(intact)):
        damaged = bytearray(intact)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        try:
            opened = SparseIndex.open(tmp_path)
            for text in TEXTS:
                opened.scores(text)
                opened.rows_with(text)
                assert all(np.isfinite(opened.idf(term)) for term in terms(text))
        except DamagedIndex:
            refused += 1
    assert refused > len(intact)


@pytest.mark.parametrize("name", ["counts", "rows", "starts"])
def test_arrays_that_do_not_belong_together_are_damage(index, tmp_path, name):
    index.save(tmp_path)
    np.save(tmp_path / f"{name}.npy", np.load(tmp_path / f"{name}.npy")[:-1])
    with pytest.raises(DamagedIndex, match="cannot be read"):
        SparseIndex.open(tmp_path)
