from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.types import Form, Kind
from index.encoding.encoders import open_pair_scorer
from index.search.anaphora import refers_back
from index.types import Filters
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.answering.sentences.neighbours import BEFORE, FURTHER_BEFORE
from qa_service.answering.state import PipelineState
from qa_service.evaluation.metrics import figures
from qa_service.evaluation.run import evaluate, load_questions
from qa_service.types import AnswerStatus, Question, StatementKind
from qa_service.understanding.conversation.follow_up import interpret_in_context
from tests.qa_service.conftest import TODAY


def as_bytes(answer):
    return json.dumps(answer_json(answer, 0.0), ensure_ascii=False).encode()


def test_a_repeated_question_gets_the_same_answer_byte_for_byte(answerer, encoder, sample_answers):
    answerer = Answerer(answerer.index, open_pair_scorer(encoder), remembered=0)  # it scores the sentences again
    for line, answer in sample_answers[::2]:
        again = answerer.answer(Question(line["question"], tuple(line["history"])))
        assert as_bytes(again) == as_bytes(answer), line["id"]


def test_another_answerer_of_the_same_build_gives_the_same_answer(sample_index, encoder, sample_answers):
    other = Answerer.open(sample_index, encoder)
    for line, answer in sample_answers[:5]:
        assert as_bytes(other.answer(Question(line["question"], tuple(line["history"])))) == as_bytes(answer)


def test_a_named_authority_is_never_answered_from_anothers_report(sample_answers):
    named = [(line, answer) for line, answer in sample_answers if line["authorities"]]
    assert len(named) > 20
    for line, answer in named:
        of_reports = {citation.report.authority for citation in answer.citations if citation.report.authority}
        assert {name.lower() for name in of_reports} <= set(line["authorities"]), line["id"]
        thematic = [c.scored.passage.text.lower() for c in answer.citations if not c.report.authority]
        assert all(any(name in text for name in line["authorities"]) for text in thematic), line["id"]


@pytest.mark.parametrize("authority", ["Aldermere", "Carrowby", "Northwold", "Pellbrook", "Westmarsh"])
@pytest.mark.parametrize("text", ["Are caseloads manageable in {}?", "{}", "what about neglect in {}"])
def test_each_authority_is_answered_from_its_own_reports(ask, authority, text):
    answer = ask(text.format(authority))
    assert {citation.report.authority for citation in answer.citations} <= {authority, None}
    assert answer.citations
    for statement in answer.statements:
        report = answer.citations[statement.citations[0] - 1].report
        is_before = statement.heading in (BEFORE, FURTHER_BEFORE)  # of a sentence that names it
        names_it = authority in statement.text or refers_back(statement.text) or is_before
        assert report.authority == authority or (report.authority is None and names_it)


@pytest.mark.parametrize("authority", ["Aldermere", "Carrowby", "Northwold", "Pellbrook", "Westmarsh"])
def test_a_question_about_a_year_is_answered_from_that_year_or_gets_the_years_held(ask, answerer, authority):
    answer = ask(f"what about neglect (the 2019 inspection of {authority})")
    held = [report for report in answerer.index.store.reports if report.authority == authority]
    assert held
    years = {day.year for report in held for day in (report.inspected_to, report.published) if day}
    if 2019 in years:
        told = {citation.report for citation in answer.citations}
        assert {report.authority for report in told} == {authority}
        assert all(2019 in (report.inspected_to.year, report.published.year) for report in told)
    else:
        assert answer.status is AnswerStatus.NOT_IN_REPORTS
        assert all(str(report.inspected_to.year) in answer.reason for report in held if report.inspected_to)


def test_a_comparison_cites_exactly_the_authorities_compared(ask):
    answer = ask(
        "How many young people does each leaving care adviser look after in Westmarsh compared with Northwold?"
    )
    assert answer.answered
    cited = {answer.citations[number - 1].report.authority for s in answer.statements for number in s.citations}
    assert cited == {"Westmarsh", "Northwold"}
    assert {citation.report.authority for citation in answer.citations} <= {*cited, None}


def test_statuses_and_statements_agree(sample_answers):
    statuses = set()
    for _, answer in sample_answers:
        statuses.add(answer.status)
        assert answer.answered == (answer.status is AnswerStatus.ANSWERED) == bool(answer.statements)
        assert answer.reason
        assert all(statement.citations for statement in answer.statements)
        assert (answer.confidence >= 0.5) == answer.answered
    assert len(statuses) >= 2


def test_an_answer_carries_its_question_build_filters_and_timings(answerer, sample_questions):
    asked = Question("and what about drugs and county lines?", (sample_questions[23]["history"][0],), top_k=3)
    answer = answerer.answer(asked)
    assert answer.question == "and what about drugs and county lines?"
    assert "about Westmarsh" in answer.carried_over
    assert answer.build == answerer.index.manifest.build
    assert answer.filters == Filters()
    assert list(answer.timings) == ["understand", *(name for name, _ in answerer.steps)]
    assert all(milliseconds >= 0 for milliseconds in answer.timings.values())


@pytest.mark.parametrize("top_k", [1, 3, 50])
def test_an_answer_shows_the_passages_asked_for_and_those_it_cites(ask, top_k):
    answer = ask("Which places let young people who've left care off paying council tax?", top_k=top_k)
    cited = {number for statement in answer.statements for number in statement.citations}
    assert len(answer.citations) <= max(top_k, len(cited) + top_k)
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len({citation.scored.passage.id for citation in answer.citations}) == len(answer.citations)
    assert cited <= set(range(1, len(answer.citations) + 1))


def test_cited_passages_are_shown_beyond_the_number_asked_for(ask):
    few = ask("Compare dental checks in Westmarsh in 2019 and 2023", top_k=1)
    cited = {number for statement in few.statements for number in statement.citations}
    assert len(cited) > 1
    assert {citation.number for citation in few.citations} == {1} | cited


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(authority=("Northwold", "Carrowby")), lambda r: r.authority in ("Northwold", "Carrowby")),
        (Filters(kind=(Kind.FOCUSED_VISIT,)), lambda r: r.kind is Kind.FOCUSED_VISIT),
        (Filters(form=(Form.ARTICLE, Form.THEMATIC)), lambda r: r.form in (Form.ARTICLE, Form.THEMATIC)),
        (Filters(inspected_from=date(2024, 1, 1)), lambda r: r.inspected_to and r.inspected_to >= date(2024, 1, 1)),
        (Filters(published_to=date(2020, 1, 1)), lambda r: r.published and r.published <= date(2020, 1, 1)),
    ],
)
def test_a_persons_filters_exclude(ask, filters, passes):
    answer = ask("Are social workers' caseloads manageable?", filters=filters)
    assert answer.filters == filters
    assert answer.citations
    assert all(passes(citation.report) for citation in answer.citations)


def test_a_filter_for_the_latest_reports_uses_only_those(ask):
    answer = ask("How are dental checks in Westmarsh?", filters=Filters(latest_only=True))
    assert {citation.report.inspected_to.year for citation in answer.citations} == {2023}


def test_filters_that_match_no_report_give_no_answer(ask):
    answer = ask("Are caseloads manageable?", filters=Filters(inspected_from=date(2030, 1, 1)))
    assert not answer.answered
    assert answer.citations == ()


def test_a_filter_for_another_authority_does_not_answer_for_the_one_named(ask):
    answer = ask("Are caseloads manageable in Westmarsh?", filters=Filters(authority=("Aldermere",)))
    assert not answer.answered
    assert answer.statements == ()


def test_the_year_named_is_preferred(ask):
    for year in (2019, 2023):
        answer = ask(f"What did the {year} inspection of Westmarsh find about dental checks?")
        assert answer.answered
        assert answer.citations[0].report.inspected_to.year == year


def test_the_latest_report_comes_first_when_the_question_is_about_now(ask):
    answer = ask("How are dental checks in Westmarsh now?")
    assert answer.citations[0].report.inspected_to.year == 2023


def test_a_follow_up_about_another_authority_is_answered_about_that_one(ask):
    answer = ask("What about Northwold?", "How are care leavers supported in Westmarsh?")
    assert answer.answered
    assert {citation.report.authority for citation in answer.citations} <= {"Northwold", None}
    assert answer.interpreted_question != answer.question


def test_a_step_before_the_decision_cannot_ask_for_it(answerer):
    with pytest.raises(RuntimeError, match="not decided yet"):
        _ = PipelineState(Question("q"), interpret_in_context("q", (), (), TODAY)).decided


@pytest.fixture(scope="module")
def reached(answerer, samples):
    results = list(evaluate(answerer, load_questions(samples / "questions.jsonl")))
    return figures(results)


@pytest.mark.thorough
def test_evidence_of_the_sample_questions_is_found_among_the_first_passages(reached):
    assert reached["questions"] == 30
    assert reached["recall@5"] >= 0.88
    assert reached["mrr@10"] >= 0.75


@pytest.mark.thorough
@pytest.mark.xfail(
    strict=True, reason="known to fall short: .56 since themes are read again, which loses one of three here"
)
def test_evidence_of_the_sample_questions_comes_first(reached):
    assert reached["recall@1"] >= 0.58


@pytest.mark.thorough
def test_most_answerable_sample_questions_are_answered(reached):
    assert reached["kept"] >= 0.8


REFUSED = 0.4
"""The share of the five unanswerable questions that must get an abstention. Raise it when more of them get an
abstention."""


@pytest.mark.thorough
def test_enough_unanswerable_sample_questions_get_an_abstention(reached):
    assert reached["refused"] >= REFUSED


def test_findings_and_quotes_are_never_mixed_in_an_answer(sample_answers):
    for _, answer in sample_answers:
        assert len({statement.kind for statement in answer.statements}) <= 1
    assert any(s.kind is StatementKind.FINDING for _, answer in sample_answers for s in answer.statements)


def test_a_misspelt_word_is_corrected_unless_words_are_taken_as_typed(ask):
    corrected = ask("How often is supervison in Westmarsh?")
    right = ask("How often is supervision in Westmarsh?")
    assert [(word.typed, word.taken) for word in corrected.corrections] == [("supervison", "supervision")]
    assert corrected.statements == right.statements
    assert ask("How often is supervison in Westmarsh?", verbatim=True).corrections == ()


@pytest.mark.parametrize(
    "text",
    [
        "Which councils in South Yorkshire are rated good?",
        "Are any South Yorkshire councils outstanding?",
        "How many reports do you have for South Yorkshire?",
        "Which South Yorkshire authorities were told to improve supervision?",
    ],
)
def test_grades_and_lists_of_a_region_without_reports_are_refused(ask, text):
    answer = ask(text)
    assert (answer.status, answer.statements) == (AnswerStatus.NOT_IN_REPORTS, ())
    assert answer.reason.startswith("We have no reports on an authority in South Yorkshire.")
    assert answer.reason.count("South Yorkshire") == 1


def test_a_region_in_a_later_question_replaces_the_authority_of_the_one_before(ask):
    answer = ask("And in South Yorkshire?", "How was Westmarsh rated?")
    assert "We have no reports on an authority in South Yorkshire" in answer.reason
    about_it = ask("Does it place children outside South Yorkshire?", "How was Westmarsh rated?")
    assert about_it.status is not AnswerStatus.OUT_OF_SCOPE


def test_a_place_whose_name_contains_that_of_an_authority_is_not_answered_from_it(ask):
    answer = ask("How was Upper Westmarsh rated overall?")
    assert (answer.status, answer.understood) == (AnswerStatus.NOT_IN_REPORTS, ("Upper Westmarsh",))
    assert "Upper Westmarsh" in answer.reason
