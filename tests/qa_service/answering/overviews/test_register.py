from __future__ import annotations

from qa_service.answering.overviews.register import evidence_at, find_register, item_places, prove
from qa_service.answering.pipeline import Answerer


def test_a_register_is_found_by_name_in_any_case_and_made_once(answerer: Answerer) -> None:
    register = find_register(answerer.index, "WESTMARSH")
    assert register is not None
    assert register.authority == "Westmarsh"
    assert find_register(answerer.index, "Westmarsh") is register
    assert find_register(answerer.index, "Nowhere") is None


def test_every_quote_is_words_of_its_sentence(answerer: Answerer) -> None:
    register = find_register(answerer.index, "Westmarsh")
    assert register is not None
    words = [word for item in register.items for word in item.later if word.sentences]
    assert words
    quotes = prove(answerer.index, words)
    texts = {(s.row, s.number): s.text for word in words for s in word.sentences}
    assert quotes
    for place, found in quotes.items():
        assert " ".join(quote.text for quote in found) == texts[place]


def test_the_sentences_of_an_item_contain_its_words(answerer: Answerer) -> None:
    report = next(each for each in answerer.index.store.reports if each.improvements)
    places = item_places(answerer.index, report, 1)
    assert places
    text = " ".join(evidence.text for evidence in evidence_at(answerer.index, places))
    assert report.improvements[0].text.split()[0] in text
