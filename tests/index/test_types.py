from __future__ import annotations

import pytest

from index.types import Filters, Query, ScoredPassage


def test_filters_know_whether_they_limit_a_search():
    assert not Filters().any
    assert Filters(latest_only=True).any
    assert Filters(authority=("Westmarsh",)).any


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_query_needs_a_word(text):
    with pytest.raises(ValueError, match="at least one word"):
        Query(text)


def test_a_scored_passage_has_one_similarity_for_each_sentence(make_report, make_passage):
    report = make_report()
    passage = make_passage(report)
    facts = {"row": 0, "passage": passage, "report": report, "score": 1.0, "ranks": {}, "similarity": 0.5}
    assert ScoredPassage(**facts, sentence_similarities=(0.4,)).passage is passage
    with pytest.raises(ValueError, match="one similarity for each sentence"):
        ScoredPassage(**facts, sentence_similarities=(0.4, 0.3))
