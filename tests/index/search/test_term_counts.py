from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.search.sparse import SparseIndex
from index.search.text_analysis import terms

WORDS = ["children", "leaders", "visits", "plans", "homes", "carers", "support", "school", "health", "police"]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join).filter(lambda text: text != ""), min_size=1, max_size=12
)


def index_without_some(texts, kept):
    return SparseIndex.build(texts).among(np.array(kept))


@settings(deadline=None)
@given(TEXTS, st.data())
def test_the_scores_of_some_texts_are_those_of_an_index_of_them_alone_to_the_last_bit(texts, data):
    kept = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)).filter(any))
    some, alone = index_without_some(texts, kept), SparseIndex.build([t for t, k in zip(texts, kept, strict=True) if k])
    for text in (*WORDS, " ".join(WORDS), "children children plans"):
        assert some.scores(text)[np.array(kept)].tolist() == alone.scores(text).tolist()
        assert not some.scores(text)[~np.array(kept)].any()
    for term in [*map("".join, map(terms, WORDS)), "xyzzy"]:
        assert (some.rarity(term), some.holds(term)) == (alone.rarity(term), alone.holds(term))


def test_it_holds_for_texts_of_very_different_lengths_and_for_one_without_words():
    texts = ["children " * 299 + "plans", "plans", "the of and", " ".join(WORDS * 20), "police " * 40 + "homes"]
    kept = np.array([True, False, True, True, True])
    some, alone = SparseIndex.build(texts).among(kept), SparseIndex.build([texts[0], *texts[2:]])
    for word in WORDS:
        assert some.scores(word)[kept].tolist() == alone.scores(word).tolist()


def test_some_of_some_are_as_if_taken_at_once():
    texts = [" ".join(WORDS[: 1 + number % 10]) + " children" * number for number in range(40)]
    first, second = np.arange(40) % 3 != 0, np.arange(40) % 2 == 0
    once, twice = (
        SparseIndex.build(texts).among(first & second),
        SparseIndex.build(texts).among(first).among(first & second),
    )
    assert once.scores("children plans homes").tolist() == twice.scores("children plans homes").tolist()


def test_of_no_texts_nothing_is_held_and_no_word_has_a_score():
    none = SparseIndex.build(["children plans", "homes"]).among(np.zeros(2, dtype=bool))
    assert none.scores("children homes").tolist() == [0, 0]
    assert not none.holds("home")
    assert none.among(np.zeros(2, dtype=bool)).scores("children").tolist() == [0, 0]


@pytest.mark.parametrize("factor", [1.000001, 1.3])
def test_scores_that_no_counts_give_are_refused(tmp_path, factor):
    index = SparseIndex.build(["children plans homes", "homes homes police", "police children"])
    index.save(tmp_path)
    [path] = [path for path in tmp_path.iterdir() if path.name.startswith("data")]
    scores = np.load(path)
    scores[0] *= np.float32(factor)
    np.save(path, scores)
    with pytest.raises(DamagedIndex, match="no count of words"):
        SparseIndex.open(tmp_path).among(np.array([True, True, False]))
