from __future__ import annotations

import json

import pytest

from qa_service.evaluation import (
    EvaluationError,
    Evidence,
    GoldenQuestion,
    Result,
    covered,
    evaluate,
    figures,
    load_questions,
)

LINE = {
    "id": "q1",
    "kind": "fact",
    "question": "How long?",
    "gold": [{"file": "a.pdf", "page": 2, "quote": "Nineteen weeks."}],
}


@pytest.fixture
def file_of(tmp_path):
    def write(*lines):
        path = tmp_path / "questions.jsonl"
        path.write_text(
            "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8"
        )
        return path

    return write


def a_result(*ranks, need_all=False, answered=True):
    evidence = tuple(Evidence("a.pdf", 1, "words") for _ in ranks)
    return Result(GoldenQuestion("q", "fact", "?", (), evidence, need_all), ranks, answered, 0.9)


def test_a_line_becomes_a_question(file_of):
    [question] = load_questions(file_of(LINE, "", "   "))
    assert question == GoldenQuestion(
        "q1", "fact", "How long?", (), (Evidence("a.pdf", 2, "Nineteen weeks."),), need_all=False
    )
    [question] = load_questions(file_of({**LINE, "need": "all", "history": ["Before?"], "id": 7}))
    assert (question.need_all, question.history, question.id) == (True, ("Before?",), "7")


def test_all_sample_questions_are_read(samples):
    questions = load_questions(samples / "questions.jsonl")
    assert len(questions) == 30
    assert sum(not question.evidence for question in questions) == 5


@pytest.mark.parametrize(
    "line",
    [
        "{", "[1]", "null", '"words"', {**LINE, "gold": None}, {**LINE, "gold": [{"file": "a.pdf"}]},
        {**LINE, "gold": [{"file": "a.pdf", "page": "two", "quote": "x"}]}, {"id": "q"}, {**LINE, "gold": ["a.pdf"]},
    ],
)  # fmt: skip
def test_a_line_that_is_no_question_is_named_with_what_it_should_be(file_of, line):
    path = file_of(LINE, "", line)
    with pytest.raises(EvaluationError) as raised:
        load_questions(path)
    assert f"{path}, line 3" in str(raised.value)
    assert "id, kind, question and gold" in str(raised.value)


def test_a_file_without_questions_is_refused(file_of):
    with pytest.raises(EvaluationError, match="holds no questions"):
        load_questions(file_of("", "  "))


def test_a_file_that_is_not_utf_8_is_refused_in_words(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(EvaluationError, match=r"questions\.jsonl"):
        load_questions(path)


def test_an_empty_question_is_refused_with_its_line(file_of):
    with pytest.raises(EvaluationError, match="line 1"):
        load_questions(file_of({**LINE, "question": " "}))


def test_figures_on_results_made_by_hand():
    results = [
        a_result(1),
        a_result(3, None),
        a_result(2, 7, need_all=True),
        a_result(None, answered=False),
        a_result(answered=True),
        a_result(answered=False),
    ]
    assert figures(results) == {
        "questions": 6,
        "recall@1": 0.25,  # the first of four
        "recall@5": 0.625,  # whole, whole, half, none
        "recall@10": 0.75,  # whole, whole, whole, none
        "mrr@10": round((1 + 1 / 3 + 1 / 2 + 0) / 4, 4),
        "kept": 0.75,
        "refused": 0.5,
    }


def test_figures_that_nothing_was_measured_for_are_unknown_and_not_zero():
    nothing = figures([])
    assert nothing.pop("questions") == 0
    assert set(nothing.values()) == {None}
    assert figures([a_result(1)])["refused"] is None
    assert figures([a_result(answered=False)])["recall@5"] is None


@pytest.mark.parametrize(
    ("quote", "text", "share"),
    [
        ("one two three four", "zero one two three four five", 1.0),
        ("one two three four five", "one two three", 1 / 3),
        ("self-evaluation is weak", "The self- evaluation is weak", 1.0),
        ("Leaders’ work", "leaders' work", 1.0),
        ("one two three", "three two one", 0.0),
        ("one two", "one two", 1.0),
        ("", "anything", 0.0),
        ("one two three", "", 0.0),
    ],
)
def test_coverage_is_the_share_of_word_trigrams(quote, text, share):
    assert covered(quote, text) == pytest.approx(share)


def test_evidence_counts_only_in_its_own_file(answerer):
    quote = "The average wait was 94 weeks."
    files = (
        "pellbrook-area-send-full-inspection-26-april-2024.pdf",
        "westmarsh-childrens-services-inspection-03-november-2023.pdf",
    )
    question = "how long is the autism/ADHD queue in pellbrook"
    right, wrong = evaluate(
        answerer,
        [GoldenQuestion(file, "fact", question, (), (Evidence(file, 2, quote),), need_all=False) for file in files],
    )
    assert right.ranks[0] is not None
    assert wrong.ranks == (None,)
    assert (right.reciprocal_rank > 0, wrong.reciprocal_rank) == (True, 0.0)
