from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from corpus.types import Report
from index.types import ScoredPassage
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.limits import meets, within_limits
from qa_service.types import Answer
from qa_service.understanding.conditions.types import Limit, NumberBound, Span

AT_NIGHT = Limit(Span(0, 8), frozenset({"night"}), (frozenset({"night"}),))
MakeReport = Callable[..., Report]
MakeScored = Callable[..., ScoredPassage]


@pytest.fixture
def evidence(make_report: MakeReport, make_scored: MakeScored) -> Callable[..., tuple[Evidence, ...]]:
    """Return a function that makes the evidence in one passage from its sentences, with the highest similarity."""

    def make(*sentences: str) -> tuple[Evidence, ...]:
        scored = make_scored(make_report("a"), [(sentence, 0.9) for sentence in sentences])
        return tuple(
            Evidence(scored, number, start, end, 0.9, 1.0, 1.0 - number / 100, logit=9.0)
            for number, (start, end) in enumerate(scored.passage.sentences)
        )

    return make


def test_only_sentences_that_meet_a_limit_are_kept(evidence: Callable[..., tuple[Evidence, ...]]) -> None:
    ranked = evidence("Calls are answered by day.", "Calls are answered at night.")
    (kept,), applied = within_limits((ranked,), [AT_NIGHT], {}, tuple)
    assert [one.text for one in kept] == ["Calls are answered at night."]
    assert applied == (AT_NIGHT,)


def test_a_limit_that_no_sentence_meets_changes_nothing(evidence: Callable[..., tuple[Evidence, ...]]) -> None:
    ranked = evidence("Calls are answered by day.", "Calls are answered by a team.")
    assert within_limits((ranked,), [AT_NIGHT], {}, tuple) == ((ranked,), ())


def test_a_sentence_that_meets_a_limit_but_is_about_something_else_is_not_kept(
    evidence: Callable[..., tuple[Evidence, ...]],
) -> None:
    ranked = evidence("Calls are answered by day.", "Groups meet at night.")
    assert within_limits((ranked,), [AT_NIGHT], {"call": 2.0, "night": 3.0}, tuple) == ((ranked,), ())


def test_a_limit_may_be_met_by_the_sentence_before_if_the_next_refers_to_it(
    evidence: Callable[..., tuple[Evidence, ...]],
) -> None:
    ranked = evidence("A team works at night.", "It answers every call.", "Visits are timely.")
    passage = ranked[0].scored.passage
    assert [meets(passage, number, AT_NIGHT) for number in range(3)] == [True, True, False]


def test_a_number_must_count_what_the_limit_counts(evidence: Callable[..., tuple[Evidence, ...]]) -> None:
    ranked = evidence("Some workers hold 33 cases.", "The council employs 40 workers.", "Some hold 12 cases.")
    limit = Limit(Span(0, 18), frozenset({"25", "case"}), bound=NumberBound(frozenset({"case"}), low=25, strict=True))
    passage = ranked[0].scored.passage
    assert [meets(passage, number, limit) for number in range(3)] == [True, False, False]


def test_a_limit_that_every_sentence_meets_is_rejected() -> None:
    with pytest.raises(ValueError, match="limits nothing"):
        Limit(Span(0, 3))


def test_the_words_of_a_limit_are_no_part_of_the_subject(evidence: Callable[..., tuple[Evidence, ...]]) -> None:
    ranked = evidence("Workers hold 33 cases.", "Workers are valued.")
    words = frozenset({"25", "case"})
    limit = Limit(Span(0, 18), words, bound=NumberBound(frozenset({"case"}), low=25, strict=True))
    (kept,), applied = within_limits((ranked,), [limit], {"worker": 1.0, "25": 6.0, "case": 1.0}, tuple)
    assert [one.text for one in kept] == ["Workers hold 33 cases."]
    assert applied == (limit,)


def test_a_sentence_that_meets_the_limit_answers(ask: Callable[..., Answer]) -> None:
    answer = ask("How long do care leavers in the east of Northwold wait for a flat?")
    assert "There the wait averages 33 weeks." in [statement.text for statement in answer.statements]
    assert not answer.not_applied


def test_a_limit_does_not_cut_a_report_s_own_list(ask: Callable[..., Answer]) -> None:
    plain = ask("What does Aldermere need to improve?")
    limited = ask("What are the main issues Aldermere needs to improve?")
    assert len(limited.statements) == len(plain.statements)


def test_an_answer_that_ignores_a_limit_names_it_and_is_never_called_close(ask: Callable[..., Answer]) -> None:
    plain = ask("What did inspectors say about supervision in Westmarsh?")
    limited = ask("What did inspectors say about supervision in Westmarsh at weekends?")
    assert plain.answered
    assert not plain.not_applied
    assert limited.not_applied == ("at weekends",)
    assert limited.confidence <= 0.7
    assert "We could not apply these words in your question: “at weekends”." in limited.reason


def test_what_meets_a_limit_is_judged_as_it_reads_closely(evidence: Callable[..., tuple[Evidence, ...]]) -> None:
    ranked = evidence("Calls are answered by day.", "Calls are answered at night.")

    def read(part: Sequence[Evidence]) -> list[Evidence]:
        return [replace(each, close_logit=-40.0) for each in part]

    assert within_limits((ranked,), [AT_NIGHT], {}, read) == ((ranked,), ())
