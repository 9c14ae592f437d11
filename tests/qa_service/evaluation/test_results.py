from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.answering.pipeline import Answerer
from qa_service.errors import EvaluationError
from qa_service.evaluation.metrics import differences, figures
from qa_service.evaluation.results import read_run, write_run
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result, evaluate, load_questions

FOUND = Result(
    GoldenQuestion(
        "q1",
        "fact",
        "How long do Westmarsh’s care leavers wait?",
        ("Who are they?", "And “now”?"),
        (GoldenEvidence("a.pdf", 2, "Seven\nweeks."), GoldenEvidence("b.pdf", 9, 'A “year” or "two".')),
        need_all=True,
    ),
    ranks=(3, None),
    answered=True,
    confidence=0.8123,
    pages=(False,),
    stated=(True, False),
    stray=True,
    status="answered",
    answer=("Seven weeks. [a.pdf, page 2]",),
    milliseconds=12.5,
)
NONE = Result(
    GoldenQuestion("q2", "none", "?", (), (), need_all=False), (), answered=False, confidence=0.0, status="out_of_scope"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.jsonl"


def a_line(**changes: Any) -> str:
    """Return a line from a saved run, with the given values changed."""
    with TemporaryDirectory() as folder:
        write_run(Path(folder) / "run", [FOUND])
        line = json.loads((Path(folder) / "run").read_text(encoding="utf-8"))
    return json.dumps({**line, **changes})


def test_a_run_that_was_written_can_be_read(path: Path) -> None:
    write_run(path, [FOUND, NONE])
    assert read_run(path) == [FOUND, NONE]


@pytest.mark.parametrize("results", [[], [NONE], [FOUND] * 3], ids=["none", "one", "three alike"])
def test_a_run_has_a_line_for_each_question(path: Path, results: list[Result]) -> None:
    write_run(path, results)
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(results)
    assert read_run(path) == results


TEXTS = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], include_characters="\n\t\r"), max_size=20)
QUESTIONS = st.builds(
    GoldenQuestion,
    id=TEXTS,
    kind=TEXTS,
    text=TEXTS,
    history=st.lists(TEXTS, max_size=2).map(tuple),
    evidence=st.lists(st.builds(GoldenEvidence, TEXTS, st.integers(1, 500), TEXTS), max_size=3).map(tuple),
    need_all=st.booleans(),
    authorities=st.just(()),
)
RESULTS = st.builds(
    Result,
    question=QUESTIONS,
    ranks=st.lists(st.none() | st.integers(1, 10), max_size=3).map(tuple),
    answered=st.booleans(),
    confidence=st.floats(0, 1),
    pages=st.lists(st.booleans(), max_size=3).map(tuple),
    stated=st.lists(st.booleans(), max_size=3).map(tuple),
    stray=st.booleans(),
    status=TEXTS,
    answer=st.lists(TEXTS, max_size=3).map(tuple),
    milliseconds=st.integers(0, 99999).map(lambda tenths: tenths / 10),
    stages=st.none(),
)


@pytest.mark.thorough
@settings(deadline=None)
@given(st.lists(RESULTS, max_size=3))
def test_any_result_is_the_same_when_it_is_read(results: list[Result]) -> None:
    with TemporaryDirectory() as folder:
        write_run(Path(folder) / "run", results)
        assert read_run(Path(folder) / "run") == results


@pytest.mark.thorough
def test_a_run_has_the_same_figures_when_it_is_read(path: Path, answerer: Answerer, samples: Path) -> None:
    questions = load_questions(samples / "questions.jsonl")
    results = list(evaluate(answerer, [*questions[:4], *(q for q in questions if not q.evidence)]))
    write_run(path, results)
    assert figures(read_run(path)) == figures(results)
    gained = differences(read_run(path), results, ["recall@5", "refused", "auroc"])
    assert gained == dict.fromkeys(gained, (0.0, (0.0, 0.0)))


def test_a_run_replaces_an_earlier_file(path: Path) -> None:
    path.write_text("something else, and longer than a run of no question\n" * 99, encoding="utf-8")
    write_run(path, [NONE])
    assert read_run(path) == [NONE]


QUESTION = {"id": "1", "kind": "fact", "question": "How long?", "history": [], "need": "any", "gold": []}
KEYS = list(json.loads(a_line()))


@pytest.mark.parametrize(
    "line",
    [
        "words", "{", "[1]", "null", "7", '"words"', "{}", json.dumps(QUESTION), a_line()[:-1],
        a_line(evidence=None), a_line(evidence=[["a.pdf", 1]]), a_line(evidence=[7]), a_line(ranks=None),
        a_line(history=7), a_line(answer=None),
    ],
)  # fmt: skip
def test_an_error_gives_the_line_that_is_not_a_result(path: Path, line: str) -> None:
    path.write_text(f"{a_line()}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError) as raised:
        read_run(path)
    assert f"{path}, line 2: " in str(raised.value)
    assert "evaluate --out" in str(raised.value)


@pytest.mark.parametrize("key", KEYS)
def test_an_error_names_a_missing_field(path: Path, key: str) -> None:
    line = json.loads(a_line())
    del line[key]
    path.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(EvaluationError, match=f"line 1: KeyError.'{key}'"):
        read_run(path)


@pytest.mark.parametrize("read", [read_run, load_questions])
def test_a_run_cannot_be_read_as_questions_or_the_other_way_round(
    path: Path, samples: Path, read: Callable[[Path], object]
) -> None:
    write_run(path, [FOUND])
    wrong = path if read is load_questions else samples / "questions.jsonl"
    with pytest.raises(EvaluationError, match="line 1"):
        read(wrong)
