from __future__ import annotations

import json
from functools import partial

import pytest
from click.testing import CliRunner

from qa_service.cli.main import main
from qa_service.evaluation.run import load_questions
from qa_service.records.feedback import FeedbackStore, Verdict, feedback_on, golden_line
from qa_service.types import Question

ASKED = "What do Westmarsh care leavers get to set up home?"


@pytest.fixture
def store(tmp_path):
    return FeedbackStore.open(tmp_path)


@pytest.fixture(scope="module")
def answer(answerer):
    return answerer.answer(Question(ASKED))


def test_feedback_is_kept_with_the_quotes_that_were_shown(store, answer):
    given = feedback_on(answer, ("Before?",), Verdict.MISSING, "The other report, too.")
    store.add(given)
    [kept] = store.read_all()
    assert kept.given
    assert (kept.verdict, kept.note, kept.question, kept.history, kept.build, kept.quotes) == (
        given.verdict, given.note, given.question, given.history, given.build, given.quotes,
    )  # fmt: skip
    assert kept.quotes


def test_quotes_of_other_reports_are_deleted(store, answer, tmp_path):
    store.add(feedback_on(answer, (), Verdict.RIGHT, ""))
    kept = {quote.report_id for quote in store.read_all()[0].quotes}
    assert store.forget_other_reports(kept) == 0
    words = store.read_all()[0].quotes[0].text.encode()
    assert words in (tmp_path / "feedback.sqlite").read_bytes()
    assert store.forget_other_reports(set()) > 0
    assert store.read_all()[0].quotes == ()
    assert words not in (tmp_path / "feedback.sqlite").read_bytes()


def test_answers_called_right_become_lines_for_evaluate(store, answer, answerer, tmp_path):
    refused = answerer.answer(Question("what is the best recipe for lasagne?"))
    for given, verdict in ((answer, Verdict.RIGHT), (answer, Verdict.WRONG), (refused, Verdict.RIGHT)):
        store.add(feedback_on(given, (), verdict, ""))
    lines = [line for number, entry in enumerate(store.read_all(), 1) if (line := golden_line(number, entry))]
    assert [line["id"] for line in lines] == ["feedback-1", "feedback-3"]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    answered, unanswered = load_questions(path)
    assert answered.text == ASKED
    assert len(answered.evidence) == len(lines[0]["gold"]) > 0
    assert unanswered.evidence == ()


def test_the_command_lists_exports_and_deletes_feedback(store, answer, tmp_path):
    store.add(feedback_on(answer, (), Verdict.RIGHT, "Just so."))
    run = partial(CliRunner().invoke, main, env={"QA_DATA_DIR": str(tmp_path)})
    listed = run(["feedback"]).output
    assert "right (“What the reports say”, build" in listed
    assert "Note: Just so." in listed
    assert "Wrote 1 of 1 answer to" in run(["feedback", "--export", str(tmp_path / "lines.jsonl")]).output
    assert load_questions(tmp_path / "lines.jsonl")[0].text == ASKED
    assert run(["feedback", "--clear"], input="n\n").exit_code == 1
    assert "Deleted the feedback on 1 answer." in run(["feedback", "--clear", "--yes"]).output
    assert "There is no feedback yet." in run(["feedback"]).output


def test_without_feedback_there_is_no_file(store, tmp_path):
    assert store.read_all() == []
    assert store.forget_other_reports(set()) == 0
    assert list(tmp_path.iterdir()) == []
