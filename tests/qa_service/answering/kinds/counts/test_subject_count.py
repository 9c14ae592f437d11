from __future__ import annotations

import pytest

from index.search.filtering import report_day
from index.types import Filters
from qa_service.types import AnswerStatus, Question


def quotes(answer):
    return [statement.text for statement in answer.statements]


def quoted_reports(answer):
    return [answer.citations[statement.citations[0] - 1].report for statement in answer.statements]


def test_all_reports_with_the_words_are_counted(ask):
    answer = ask("How many reports mention private fostering?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.summary.count == answer.total == len(answer.statements) == 4
    assert answer.summary.sentence == "4 of the 10 reports mention private fostering."
    assert all("privat" in text.lower() and "foster" in text.lower() for text in quotes(answer))
    assert "We counted each report with a sentence that has the words “private fostering”, in any form." in answer.note
    assert not answer.not_applied


def test_words_in_no_report_are_said_to_be_in_none(ask):
    answer = ask("Which reports mentions lunar calendars?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.summary.sentence == "None of the 10 reports mentions lunar calendars."
    assert "No report that we searched has a sentence with the words “lunar calendars”." in answer.note


def test_reports_that_praise_or_criticise_are_counted_apart_and_the_rule_is_stated(ask):
    praised, criticised = (ask(f"Which reports {verb} the virtual school?") for verb in ("praise", "criticise"))
    assert praised.total > 0
    assert not set(quotes(praised)) & set(quotes(criticised))
    assert "our model counts it as praise" in praised.note
    assert "about nine sentences in ten" in praised.note
    assert "the words “virtual school”, or another name for them" in praised.note


def test_the_newest_report_comes_first(ask):
    days = [report_day(report) for report in quoted_reports(ask("Who has been praised for care leavers' homes?"))]
    assert days == sorted(days, reverse=True)
    oldest = ask("Which reports mention neglect? Oldest first.")
    days = [report_day(report) for report in quoted_reports(oldest)]
    assert days == sorted(days)
    assert not oldest.not_applied


def test_examples_come_with_the_clearest_first(ask):
    answer = ask("Good examples of work with unaccompanied children")
    assert answer.status is AnswerStatus.ANSWERED
    assert quotes(answer)[0] == "Unaccompanied children are well cared for."
    assert "the clearest first" in answer.note


def test_authorities_are_counted_if_the_question_asks_who(ask):
    answer = ask("Has anyone been praised for work with unaccompanied children?")
    assert answer.summary.counted == "authorities"
    names = {report.authority for report in quoted_reports(answer)}
    assert answer.summary.count == len(names - {None})


def test_an_aspect_limits_what_counts(ask):
    answer = ask("Which reports say strategy discussions are late?")
    assert answer.summary.sentence.endswith("criticism of the timeliness of strategy discussions.")
    assert "words for timeliness" in answer.note
    assert set(quotes(answer)) <= set(quotes(ask("Which reports criticise strategy discussions?"))) | set(
        quotes(answer)
    )


def test_times_kinds_and_filters_limit_what_is_counted(ask, answerer):
    since = ask("How many reports since 2023 mention neglect?")
    assert 0 < since.summary.count < ask("How many reports mention neglect?").summary.count
    assert all(report_day(report).year >= 2023 for report in quoted_reports(since))
    visits = ask("Which focused visits mention strategy discussions?")
    assert {report.kind.value for report in quoted_reports(visits)} == {"focused-visit"}
    filtered = answerer.answer(Question("Which reports mention neglect?", filters=Filters(authority=("Carrowby",))))
    assert {report.authority for report in quoted_reports(filtered)} == {"Carrowby"}


def test_hidden_reports_are_not_counted(ask, answerer):
    question = "Which reports mention private fostering?"
    hidden = quoted_reports(ask(question))[0]
    answer = answerer.without_reports(frozenset({hidden.id})).answer(Question(question))
    assert hidden.id not in {report.id for report in quoted_reports(answer)}
    assert answer.summary.of == 9


def test_a_list_continues_where_it_ended(answerer):
    question = "Which reports mention care leavers?"
    whole = answerer.answer(Question(question))
    rest = answerer.answer(Question(question, offset=2))
    assert quotes(rest) == quotes(whole)[2:]
    past = answerer.answer(Question(question, offset=50))
    assert past.status is AnswerStatus.NOT_IN_REPORTS
    assert f"The list has {whole.total} items" in past.reason


@pytest.mark.parametrize(
    "question",
    [
        "Which authorities are good for care leavers?",  # a grade
        "What do reports say about neglect?",
        "Which reports criticise private fostering the most?",
        "How many reports do not criticise private fostering?",
        "Which councils have good practice?",
        "Which reports say that foster carers who leave are asked why?",
        "Which reports praise supervision?",  # a theme
    ],
)
def test_other_questions_are_left_to_other_kinds(ask, question):
    answer = ask(question)
    assert "We counted each report with a sentence" not in answer.note


def test_without_an_encoder_the_words_still_decide(answerer, sample_index):
    from index.search.search_index import SearchIndex
    from qa_service.answering.pipeline import Answerer

    degraded = Answerer(SearchIndex.open(sample_index, None), None, remembered=0)
    question = Question("How many reports mention private fostering?")
    assert degraded.answer(question).summary == answerer.answer(question).summary
    assert degraded.answer(Question("Which reports criticise pathway planning meetings?")).total == 0


def test_mentions_are_counted_by_year_if_asked(ask):
    answer = ask("Which reports mention neglect, by year?")
    assert "By the year in which the inspection or visit ended: " in answer.summary.sentence
    assert "by year" not in answer.note


def test_a_report_that_also_criticises_what_it_praises_is_named(ask, answerer):
    praised, criticised = (ask(f"Which reports {verb} private fostering?") for verb in ("praise", "criticise"))
    both = {each.id for each in quoted_reports(praised)} & {each.id for each in quoted_reports(criticised)}
    assert ("also critici" in praised.note) == bool(both)
    assert "also critici" not in criticised.note


@pytest.mark.parametrize(
    "question",
    [
        "Who's good at private fostering?",
        "who is doing private fostering really well",
        "Which councils do private fostering really well? want to phone someone",
    ],
)
def test_who_does_something_well_asks_for_praise(ask, question):
    answer = ask(question)
    assert "our model counts it as praise" in answer.note
    assert not answer.not_applied
