from __future__ import annotations

import json

import pytest

from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from index.types import Filters
from qa_service import calibration
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.types import AnswerStatus, Question, StatementKind
from qa_service.verification.citation_check import check
from qa_service.verification.quote_check import FaultKind
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles

RATED_AND_IMPROVE = "How was Westmarsh rated overall and what does it need to improve?"
TWO_AUTHORITIES = "How was Westmarsh rated overall? And how long were families kept waiting in Carrowby?"
BACKGROUND = "We took the rest of your message as background, and did not search for it."
TWO_LISTS = "Which authorities are good, and how many are inadequate?"


def texts_of(answer, part):
    return [answer.statements[index].text for index in answer.parts[part].statements]


def files_of(answer, part):
    cited = {number for index in answer.parts[part].statements for number in answer.statements[index].citations}
    return {answer.citations[number - 1].report.file.partition("-")[0] for number in cited}


def test_a_single_question_has_no_parts(ask):
    answer = ask("How was Westmarsh rated overall?")
    assert answer.parts == ()
    assert answer_json(answer, 1.0)["parts"] is None


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        (RATED_AND_IMPROVE, ("How was Westmarsh rated overall", "what does it need to improve? (Westmarsh)")),
        (
            TWO_AUTHORITIES,
            ("How was Westmarsh rated overall?", "how long were families kept waiting in Carrowby?"),
        ),
        (TWO_LISTS, ("Which authorities are good", "how many are inadequate?")),
    ],
)
def test_each_part_is_answered_as_it_is_on_its_own(ask, message, questions):
    answer = ask(message)
    assert (answer.status, tuple(part.question for part in answer.parts)) == (AnswerStatus.ANSWERED, questions)
    for number, question in enumerate(questions):
        alone = ask(question)
        assert texts_of(answer, number) == [statement.text for statement in alone.statements]
        assert (answer.parts[number].summary, answer.parts[number].reason) == (alone.summary, alone.reason)
    assert answer.confidence == min(ask(question).confidence for question in questions)
    assert (answer.summary, answer.total, answer.next_offset, answer.note) == (None, None, None, answer.note)
    assert "could not answer" not in answer.reason


def test_the_background_of_a_message_is_not_searched_for_and_the_answer_says_so(ask):
    wish = "How long were families kept waiting in Carrowby?"
    message = f"Hi all, I have scrutiny on Thursday and members keep asking about foster carers. {wish} Ta!"
    answer, alone = ask(message), ask(wish)
    assert [statement.text for statement in answer.statements] == [statement.text for statement in alone.statements]
    assert answer.confidence == alone.confidence
    assert (answer.question, answer.interpreted_question) == (message, wish)
    assert answer.reason == f"{alone.reason} We took your message to ask: “{wish}” {BACKGROUND}"
    assert BACKGROUND not in ask(f"Hi all, {wish} Ta!").reason
    assert (
        "“Thursday”" in ask(message, verbatim=True).reason
        or ask(message, verbatim=True).interpreted_question == message
    )


def test_a_note_is_answered_as_the_question_that_it_stands_for_and_the_answer_says_so(ask):
    answer, alone = (
        ask("Westmarsh overall grade"),
        ask("What was the overall grade of Westmarsh at the latest inspection?"),
    )
    assert [statement.text for statement in answer.statements] == [statement.text for statement in alone.statements]
    assert answer.note.endswith(f"We took your message to ask: “{alone.question}”")


def test_a_follow_up_within_a_message_asks_the_question_before_it_again(ask):
    answer = ask("When was Westmarsh last inspected? And what about Carrowby?")
    alone = ask("When was Carrowby last inspected?")
    assert [part.question for part in answer.parts][1] == "what about Carrowby?"
    assert texts_of(answer, 1) == [statement.text for statement in alone.statements]


def test_a_misspelt_word_is_placed_in_the_message_as_typed(ask):
    message = "Hi all, I have scrutiny on Thursday. How often is supervison in Westmarsh? Ta"
    (correction,) = ask(message).corrections
    assert message[correction.start : correction.end] == correction.typed


def test_both_authorities_are_cited_for_what_is_asked_about_them(ask):
    answer = ask(TWO_AUTHORITIES)
    assert (files_of(answer, 0), files_of(answer, 1)) == ({"westmarsh"}, {"carrowby"})
    assert answer.understood == ("Westmarsh", "Carrowby")


def test_passages_are_numbered_anew_and_each_is_shown_once(ask):
    answer = ask(RATED_AND_IMPROVE)
    ids = [citation.scored.passage.id for citation in answer.citations]
    assert len(set(ids)) == len(ids)
    for statement in answer.statements:
        for quote in statement.quotes:
            passage = answer.citations[quote.citation - 1].scored.passage
            assert passage.text[quote.start : quote.end] == quote.text
    assert len(ask(RATED_AND_IMPROVE, top_k=1).citations) <= len(answer.citations)


def test_a_part_that_is_not_answered_is_named_and_limits_the_confidence(ask):
    answer = ask("How was Westmarsh rated overall and why do lighthouses leak?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.confidence == calibration.NOT_APPLIED_CONFIDENCE
    assert "We could not answer this part: “why do lighthouses leak?" in answer.note
    assert answer.reason.endswith(answer.note)
    assert [part.answered for part in answer.parts] == [True, False]
    assert answer.parts[1].statements == ()


def test_the_reason_for_a_grade_is_a_summary_of_its_report(ask):
    answer = ask("How was Westmarsh rated overall and why?")
    assert [part.answered for part in answer.parts] == [True, True]
    assert "summary of the report on Westmarsh’s inspection of 11 to 22 September 2023" in answer.reason


def test_a_part_that_depends_on_one_that_was_not_answered_is_not_tried(ask):
    answer = ask("How was Thornwick rated and what does it need to improve?")
    assert (answer.status, answer.statements) == (AnswerStatus.NOT_IN_REPORTS, ())
    assert answer.parts[1].status is None
    assert "It depends on the question before it, which we could not answer." in answer.reason
    assert answer.confidence < calibration.ANSWER_THRESHOLD


def test_they_means_nobody_after_a_list_of_none(ask):
    answer = ask("Which authorities were rated outstanding and what do they need to improve?")
    assert answer.parts[0].summary.count == 0
    assert answer.parts[1].status is None
    assert "It depends on the question before it, which found nothing." in answer.reason
    assert {statement.kind for statement in answer.statements} == {StatementKind.FINDING}


def test_they_means_the_authorities_that_a_list_has_just_named(ask):
    answer = ask("Which authorities are inadequate and what do they need to improve?")
    assert answer.parts[1].question == "what do they need to improve? (Carrowby)"
    assert files_of(answer, 1) == {"carrowby"}


def test_a_message_of_more_than_three_questions_says_which_were_left(ask):
    answer = ask("How was Westmarsh rated in 2019? Which areas were good? What did it need to improve? Who led it?")
    assert [part.status for part in answer.parts] == [AnswerStatus.ANSWERED] * 3 + [None]
    assert "We could not answer this part: “Who led it?”. We answer up to" in answer.note
    assert "We answer up to 3 questions in one message." in answer.note
    assert answer.confidence == calibration.NOT_APPLIED_CONFIDENCE


def test_a_false_premise_in_one_part_is_corrected_in_the_answer(ask):
    answer = ask("When was Westmarsh last inspected? Why was Westmarsh judged inadequate in 2023?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.parts[1].status is AnswerStatus.FALSE_PREMISE
    assert texts_of(answer, 1)
    assert answer.confidence == calibration.NOT_APPLIED_CONFIDENCE


def test_a_message_follows_on_from_the_conversation(ask):
    answer = ask("How was it rated overall and when was it published?", "How often is supervision in Westmarsh?")
    assert [part.answered for part in answer.parts] == [True, True]
    assert files_of(answer, 0) | files_of(answer, 1) == {"westmarsh"}
    assert answer.history == ("How often is supervision in Westmarsh?",)
    why = ask("How was Westmarsh rated overall and why?", "How often is supervision in Westmarsh?")
    assert why.parts[1].history == ("How often is supervision in Westmarsh?", "How was Westmarsh rated overall")


def test_filters_and_rejected_meanings_apply_to_each_part(ask):
    answer = ask(TWO_AUTHORITIES, filters=Filters(authority=("Westmarsh",)))
    assert {citation.report.authority for citation in answer.citations} <= {"Westmarsh"}
    assert answer.filters == Filters(authority=("Westmarsh",))
    rejected = ask("How was Westmarsh rated in 2019 and what did it need to improve?", set_aside=("2019",))
    assert "2019" not in rejected.understood


def test_the_same_message_gets_the_same_answer_from_the_cache(sample_index, encoder):
    answerer = Answerer.open(sample_index, encoder)
    first, again = (answerer.answer(Question(RATED_AND_IMPROVE)) for _ in range(2))
    assert answer_json(first, 0.0) == answer_json(again, 0.0)
    assert list(first.timings) == ["understand", *(name for name, _ in answerer.steps)]
    assert list(again.timings) == ["recall", "cite"]
    assert all(milliseconds >= 0 for milliseconds in (*first.timings.values(), *again.timings.values()))


def test_the_json_gives_each_part_with_its_own_summary_and_list(ask):
    given = answer_json(ask(TWO_LISTS), 1.0)
    assert (given["summary"], given["total"], given["more"]) == (None, None, None)
    first, second = given["parts"]
    assert list(first) == [
        "question",
        "status",
        "reason",
        "confidence",
        "statements",
        "summary",
        "total",
        "next_offset",
        "more",
    ]
    assert (first["statements"], second["statements"]) == ([0], [1])
    assert (first["summary"]["count"], second["summary"]["count"]) == (1, 1)
    assert json.loads(json.dumps(given)) == given


@pytest.mark.thorough
def test_each_part_is_proved_and_a_forged_summary_of_one_is_detected(ask, samples):
    files = SourceFiles.below([samples])

    def checked(given):
        return list(check(read_answers(json.dumps(given).encode()), files))

    for message in (RATED_AND_IMPROVE, TWO_AUTHORITIES, TWO_LISTS):
        items = checked(answer_json(ask(message), 1.0))
        assert items
        assert all(item.proved for item in items), message
    given = answer_json(ask(TWO_LISTS), 1.0)
    given["parts"][1]["summary"]["count"] = 2
    [failed] = [item for item in checked(given) if not item.proved]
    assert failed.words == given["parts"][1]["summary"]["sentence"]
    assert {fault.kind for fault in failed.faults} == {FaultKind.NOT_SAID, FaultKind.NOT_COUNTED}


@pytest.mark.thorough
def test_a_question_about_a_long_list_is_not_tried(tmp_path, encoder, open_scorer):
    names = ("Bolton", "Brent", "Bromley", "Devon", "Dudley", "Kent", "Surrey", "Swindon", "Wirral")
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in names:
        text = (
            f"<h1>Inspection of {name} local authority children’s services</h1>"
            "<p>Inspection dates: 6 to 10 March 2023</p><table><tr><th>Judgement</th><th>Grade</th></tr>"
            f"<tr><td>Overall effectiveness</td><td>Good</td></tr></table><p>Social workers in {name} know children.</p>"
        )
        (reports / f"{name.lower()}.html").write_text(text, encoding="utf-8")
    data = DataFolder.prepare(tmp_path / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([reports]))
    answerer = Answerer.open(data, encoder, open_scorer=open_scorer)
    answer = answerer.answer(Question("Which authorities are good and what do they need to improve?"))
    assert answer.parts[0].summary.count == len(names)
    assert (answer.parts[1].status, answer.parts[1].statements) == (None, ())
    assert "Ask about up to 8 of these authorities by name." in answer.note


def test_a_part_of_a_question_that_no_quote_has_is_named(ask):
    answer = ask("Does the Tidewater team keep in contact with care leavers in Westmarsh, and do they learn to drive?")
    assert answer.answered
    assert answer.note.endswith("mentions this part of your question: “do they learn to drive”. Ask it on its own.")
    assert answer.confidence <= calibration.NOT_APPLIED_CONFIDENCE


def test_no_part_is_named_if_the_quotes_have_words_of_each(ask):
    answer = ask("Does the Tidewater team keep in contact with care leavers in Westmarsh, and do they stay in contact?")
    assert "this part of your question" not in answer.reason


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who led the focused visit to Aldermere?",
            "Prudence Oakhanger signed the letter on Aldermere’s focused visit",
        ),
        ("Who were the inspectors at the focused visit to Aldermere?", "The reports may name other inspectors."),
    ],
)
def test_nobody_is_called_the_leader_of_a_visit_whose_letter_names_none(ask, question, told):
    answer = ask(question)
    assert told in answer.reason
    assert [statement.text for statement in answer.statements] == ["Signed by: Prudence Oakhanger"]
