from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Form, Report
from index.types import Filters, ScoredPassage
from qa_service.answering.kinds.theme import count_reports, of_counted, one_per_report
from qa_service.answering.pipeline import Answerer
from qa_service.answering.sentences.context import lacks_subject
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.selection import select_one_per_report
from qa_service.calibration import REPORTS_PER_THEME, THEME_SIMILARITY
from qa_service.types import Answer, Question

MakeReport = Callable[..., Report]
MakeScored = Callable[..., ScoredPassage]
Scored = Callable[..., ScoredPassage]

THEMES = [
    "Are councils spotting neglect of children soon enough?",
    "Which places let young people who've left care off paying council tax?",
    "How big are social workers' caseloads?",
]


@pytest.fixture(scope="session")
def scored(make_report: MakeReport, make_scored: MakeScored) -> Scored:
    """Return a function that makes a passage of a report, from its sentences' similarities and its start."""

    def make(file: str, *similarities: float, start: int = 0) -> ScoredPassage:
        sentences = [(f"Sentence {number} of {file}.", value) for number, value in enumerate(similarities)]
        return make_scored(make_report(file), sentences, start=start)

    return make


def evidence_of(scored: ScoredPassage, score: float = 0.0) -> Evidence:
    return Evidence(scored, 0, *scored.passage.sentences[0], 0.5, 0.0, score)


def test_the_best_passage_of_each_report_is_kept_in_the_order_given(scored: Scored) -> None:
    first, again, other = scored("a", 0.5), scored("a", 0.9, start=80), scored("b", 0.4)
    assert one_per_report([first, other, again]) == [first, other]
    assert one_per_report([again, first, other]) == [again, other]


def test_empty_lists_stay_empty() -> None:
    assert one_per_report([]) == []
    assert count_reports([]) == 0
    assert select_one_per_report([]) == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.floats(-1, 1)), max_size=20))
def test_each_report_is_kept_once_with_its_first_passage(scored: Scored, found: list[tuple[str, float]]) -> None:
    passages = [scored(file, value, start=1000 * at) for at, (file, value) in enumerate(found)]
    kept = one_per_report(passages)
    assert [p.report.file for p in kept] == list(dict.fromkeys(file for file, _ in found))
    assert all(p is next(q for q in passages if q.report.id == p.report.id) for p in kept)
    assert one_per_report(kept) == kept


def test_a_report_counts_if_its_nearest_sentence_reaches_the_threshold(scored: Scored) -> None:
    passages = [
        scored("exactly", THEME_SIMILARITY),
        scored("below", THEME_SIMILARITY - 0.001),
        scored("one of several", 0.1, 0.9, 0.2),
        scored("far", -0.5, 0.0),
        scored("without sentences"),
    ]
    assert [count_reports([passage]) for passage in passages] == [1, 0, 1, 0, 0]
    assert count_reports(passages) == 2


def test_the_best_sentence_of_each_report_is_selected_best_first(scored: Scored) -> None:
    a, b = scored("a", 0.7), scored("b", 0.6)
    ranked = [evidence_of(a, 3), evidence_of(scored("a", 0.7, start=90), 2), evidence_of(b, 1)]
    assert select_one_per_report(ranked) == [ranked[0], ranked[2]]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 14), max_size=30))
def test_the_selection_fits_a_page_and_has_no_report_twice(scored: Scored, numbers: list[int]) -> None:
    ranked = [evidence_of(scored(f"{number}", 0.7, start=100 * at)) for at, number in enumerate(numbers)]
    chosen = select_one_per_report(ranked)
    ids = [evidence.scored.report.id for evidence in chosen]
    assert len(set(ids)) == len(ids) == min(REPORTS_PER_THEME, len(set(numbers)))
    assert [ranked.index(evidence) for evidence in chosen] == sorted(ranked.index(evidence) for evidence in chosen)


@pytest.mark.parametrize("question", THEMES)
def test_an_answer_across_the_reports_quotes_each_report_once_and_counts_them(
    ask: Callable[..., Answer], question: str
) -> None:
    answer = ask(question)
    assert answer.answered
    quoted = [answer.citations[s.citations[0] - 1].report.id for s in answer.statements]
    with_subject = sum(lacks_subject(s.text) for s in answer.statements)  # each may also have the sentence before it
    assert 2 <= len(set(quoted)) <= len(quoted) <= len(set(quoted)) + with_subject
    assert len(set(quoted)) <= REPORTS_PER_THEME
    cited = [citation.report.id for citation in answer.citations]
    assert len(set(cited)) == len(cited)
    assert answer.total is not None
    assert 1 <= answer.total <= 10
    assert answer.reason.startswith(f"{answer.total} of the 10 reports ")
    assert "similarity" not in answer.reason
    close = {c.report.id for c in answer.citations if max(c.scored.sentence_similarities) >= THEME_SIMILARITY}
    others = len(set(quoted) - close)
    less_close = re.search(r"in (?:(one)|each of (\d+)) other reports?, where it is less close", answer.reason)
    told = int(less_close[2] or 1) if less_close else 0
    assert told == others
    if not others:
        assert f"We quote the closest sentence in each of {len(set(quoted))} reports." in answer.reason
    assert ("If a sentence needs the one before it, we quote both." in answer.reason) == (
        len(quoted) > len(set(quoted))
    )


@pytest.mark.parametrize("question", THEMES)
def test_the_count_is_of_cited_reports_with_a_near_sentence(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(Question(question, top_k=50))
    near = [c for c in answer.citations if max(c.scored.sentence_similarities) >= THEME_SIMILARITY]
    assert answer.total == len(near)


def test_only_reports_that_match_the_filters_are_searched_and_counted(answerer: Answerer) -> None:
    filters = Filters(authority=("Westmarsh", "Carrowby"), form=(Form.REPORT,))
    answer = answerer.answer(Question(THEMES[0], filters=filters))
    assert answer.answered
    assert {citation.report.authority for citation in answer.citations} == {"Westmarsh", "Carrowby"}
    assert answer.total == 3
    assert answer.reason.startswith("All 3 reports that we searched have a sentence ")


@pytest.mark.parametrize(
    "question",
    [
        "How is neglect dealt with in Westmarsh?",
        "How is neglect dealt with in Westmarsh and Aldermere?",
        "What do children say about Thornwick?",
        "According to the news article, how is neglect dealt with?",
        "What needs to improve?",
        "Can you write me a poem about neglect?",
        "What is the boiling point of water?",
    ],
)
def test_a_question_about_one_place_or_out_of_scope_counts_no_reports(
    ask: Callable[..., Answer], question: str
) -> None:
    assert ask(question).total is None


def test_a_theme_that_no_report_mentions_is_not_answered(ask: Callable[..., Answer]) -> None:
    answer = ask("Which councils use robots?")
    assert not answer.answered
    assert answer.statements == ()
    assert not answer.total


def test_a_list_of_overall_grades_contains_only_overall_grades(ask: Callable[..., Answer]) -> None:
    answer = ask("Which councils are rated good overall?")
    assert answer.answered
    assert {statement.judgement.area for statement in answer.statements if statement.judgement} == {
        "Overall effectiveness"
    }


@pytest.mark.parametrize(
    ("close", "counted", "words"),
    [(1, 1, "it"), (1, 4, "one of them"), (3, 3, "each of them"), (3, 4, "each of 3 of them")],
)
def test_the_reports_quoted_are_told_from_those_counted(close: int, counted: int, words: str) -> None:
    assert of_counted(close, counted) == words
