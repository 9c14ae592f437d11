from __future__ import annotations

import pytest

from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.neighbours import AFTER, BEFORE, FURTHER_BEFORE, with_next, with_subjects


@pytest.fixture
def make_evidence(make_report, make_scored):
    def make(*sentences: str, authority: str | None = "Westmarsh") -> list[Evidence]:
        scored = make_scored(make_report("a", authority=authority), [(sentence, 0.5) for sentence in sentences])
        return [
            Evidence(scored, number, start, end, 0.5, 0.5, 0.5)
            for number, (start, end) in enumerate(scored.passage.sentences)
        ]

    return make


@pytest.fixture
def evidence(make_evidence):
    return make_evidence(
        "In the east there are few flats.", "They wait 33 weeks.", "It costs more than in the west.", "It is."
    )


def shown(quotes) -> list[tuple[int, str]]:
    return [(quote.number, quote.heading) for quote in quotes]


def test_the_sentence_before_follows_one_that_lacks_its_subject(evidence):
    assert shown(with_subjects([evidence[1]])) == [(1, ""), (0, BEFORE)]
    assert all(e.text == e.scored.passage.text[e.start : e.end] for e in with_subjects(evidence))


def test_a_subject_that_needs_one_too_is_shown_with_it(evidence):
    assert shown(with_subjects([evidence[2]])) == [(2, ""), (1, BEFORE), (0, FURTHER_BEFORE)]
    assert shown(with_subjects([evidence[1], evidence[2]])) == [(1, ""), (0, BEFORE), (2, "")]


def test_no_sentence_is_added_twice_or_without_need(evidence):
    assert shown(with_subjects(evidence[:2])) == [(0, ""), (1, "")]
    assert shown(with_subjects([evidence[2], evidence[0]])) == [(2, ""), (1, BEFORE), (0, FURTHER_BEFORE)]
    assert with_subjects([evidence[0]]) == (evidence[0],)
    assert with_subjects([]) == ()


def test_a_short_answer_includes_the_next_sentence_if_it_says_more(make_evidence):
    quotes = make_evidence("Data is poor at home.", "This leaves care leavers out.", "Wi-Fi is free for care leavers.")
    assert shown(with_next(quotes[:1], "broadband")) == [(0, ""), (1, AFTER)]  # it refers back
    assert shown(with_next(quotes[1:2], "broadband for care leavers")) == [(1, ""), (2, AFTER)]  # it has words of it
    assert shown(with_next(quotes[1:2], "broadband")) == [(1, "")]
    assert shown(with_next(quotes[2:], "broadband for care leavers")) == [(2, "")]  # it is the last one
    assert shown(with_next([quotes[0], quotes[1]], "broadband")) == [(0, ""), (1, "")]  # it is chosen anyway
    assert with_next((), "broadband") == ()


def test_a_long_answer_does_not_include_the_next_sentence(make_evidence):
    quotes = make_evidence(*("This is said of care leavers in the east." for _ in range(6)))
    assert shown(with_next(quotes[:3], "care leavers")) == [(0, ""), (1, ""), (2, "")]


def test_the_next_sentence_of_a_report_about_several_authorities_may_be_about_another_one(make_evidence):
    quotes = make_evidence(
        "Care leavers in Westmarsh wait.", "Care leavers in Aldermere do not wait long.", authority=None
    )
    assert shown(with_next(quotes[:1], "care leavers waiting")) == [(0, "")]
