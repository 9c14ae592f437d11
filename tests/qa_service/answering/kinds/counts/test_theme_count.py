from __future__ import annotations

import pytest

from index.types import Filters
from qa_service.types import AnswerStatus, Question


def quotes(answer):
    return [statement.text for statement in answer.statements]


def test_reports_that_criticise_a_theme_are_counted_out_of_all_that_fit(ask):
    answer = ask("How many full inspections since 2015 criticise pre-proceedings?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.summary.count == answer.total == len(answer.statements)
    assert answer.summary.of == 4
    assert answer.summary.counted == "reports"
    assert answer.summary.sentence.startswith(f"{answer.summary.count} of the 4 reports on full inspections since 2015")
    assert answer.summary.sentence.endswith("pre-proceedings.")


def test_each_report_has_one_quote_with_its_own_citation_and_the_rule_is_stated(ask):
    answer = ask("Which reports criticise assessments?")
    cited = {answer.citations[statement.citations[0] - 1].report.id for statement in answer.statements}
    assert len(cited) == len(answer.statements) == answer.total > 2
    assert all(statement.quotes for statement in answer.statements)
    assert "A report counts if at least one of its sentences criticises assessments" in answer.note
    assert "nine reports in ten" in answer.note


def test_authorities_are_counted_once_each(ask):
    answer = ask("Which authorities have been praised for quality assurance?")
    assert answer.summary.counted == "authorities"
    names = {answer.citations[statement.citations[0] - 1].report.authority for statement in answer.statements}
    assert answer.summary.count == len(names - {None})
    assert answer.total >= answer.summary.count


def test_words_for_a_part_of_a_theme_are_not_ignored(ask):
    part = ask("Which reports criticise pathway plans?")
    whole = ask("Which reports criticise children's plans?")
    assert 0 < part.total < whole.total
    assert all("pathway plan" in text.lower() for text in quotes(part))
    assert "criticise pathway plans" in part.summary.sentence


@pytest.mark.parametrize("joiner", ["or", "and"])
def test_two_themes_count_the_reports_that_criticise_at_least_one(ask, joiner):
    answer = ask(f"How many reports criticise supervision {joiner} assessments?")
    one, other = (ask(f"How many reports criticise {theme}?") for theme in ("supervision", "assessments"))
    files = [{citation.report.file for citation in each.citations} for each in (answer, one, other)]
    assert files[0] == files[1] | files[2]
    assert answer.total > max(one.total, other.total)
    assert "criticise supervision or assessments" in answer.summary.sentence


def test_parts_of_two_themes_are_named_with_or(ask):
    answer = ask("How many reports criticise pathway plans and supervision?")
    assert answer.total >= ask("How many reports criticise supervision?").total
    assert "criticise pathway plans or supervision" in answer.summary.sentence


def test_praise_and_criticism_give_different_reports(ask):
    praised, criticised = (ask(f"Which reports {verb} quality assurance?") for verb in ("praise", "criticise"))
    assert "Quality assurance is thorough." in quotes(praised)
    assert "Quality assurance is thorough." not in quotes(criticised)


def test_none_is_an_answer_with_the_number_of_reports_that_were_looked_at(ask):
    answer = ask("Which reports since 2025 praises return home interviews?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.summary.sentence == "None of the 3 reports since 2025 praises return-home interviews."
    assert "may say it in different words" in answer.note
    assert not answer.statements


def test_filters_limit_what_is_counted(answerer):
    question = "Which reports criticise assessments?"
    filtered = answerer.answer(Question(question, filters=Filters(authority=("Westmarsh",))))
    assert filtered.summary.of == 2
    assert {citation.report.authority for citation in filtered.citations} == {"Westmarsh"}


def test_a_list_can_be_read_page_by_page(answerer):
    question = "Which reports criticise assessments?"
    first = answerer.answer(Question(question, items=2))
    second = answerer.answer(Question(question, items=2, offset=first.next_offset))
    assert first.next_offset == 2
    assert len(first.statements) == 2
    assert not set(quotes(first)) & set(quotes(second))
    assert "Reports 1 to 2 of" in first.reason


def test_a_page_past_the_end_says_how_long_the_list_is(answerer):
    answer = answerer.answer(Question("Which reports criticise assessments?", offset=50))
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.summary.count == answer.total > 0
    assert not answer.statements
    assert f"The list has {answer.total} items, so there is nothing from item 51 on." in answer.reason
    assert "Reports 51" not in answer.reason
    assert "may say it in different words" not in answer.note


@pytest.mark.parametrize(
    "question",
    [
        "What do reports say about supervision?",
        "Is supervision weak?",
        "How many reports criticise both supervision and caseloads?",
        "How many reports criticise supervision but not caseloads?",
        "Which report criticises supervision the most?",
        "How many reports do not criticise supervision?",
        "How many reports criticise no supervision?",
        "Which reports neither praise nor criticise supervision?",
    ],
)
def test_other_questions_are_left_to_other_kinds(ask, question):
    answer = ask(question)
    assert answer.summary is None
    assert "A report counts if" not in answer.note


@pytest.mark.parametrize(
    ("ordinary", "plain"),
    [
        ("How many reports raise caseloads as an issue?", "How many reports criticise caseloads?"),
        (
            "How many reports have something critical to say about assessments?",
            "How many reports criticise assessments?",
        ),
        ("How many reports were negative about supervision?", "How many reports criticise supervision?"),
        ("How many reports flag up caseloads as a problem?", "How many reports criticise caseloads?"),
        ("How many reports had good things to say about supervision?", "How many reports praise supervision?"),
        ("Give me examples of reports with good supervision", "Which reports praise supervision?"),
    ],
)
def test_ordinary_words_for_praise_and_criticism_give_the_same_count(ask, ordinary, plain):
    assert ask(ordinary).summary == ask(plain).summary


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("return home interviews for children who go missing", "return home interviews"),
        ("the good quality of return home interviews", "return home interviews"),
        ("listening to the voice of the child", "the voice of the child"),
        ("good placement sufficiency for children in care", "sufficiency"),
    ],
)
def test_words_that_restate_a_theme_do_not_narrow_the_count(ask, long, short):
    for verb in ("criticise", "praise"):
        assert ask(f"Which reports {verb} {long}?").summary == ask(f"Which reports {verb} {short}?").summary


@pytest.mark.parametrize(
    "question",
    [
        "How many reports say that caseloads are too high?",
        "How many reports raise caseloads being too high?",
        "How many reports criticise caseloads as too high?",
    ],
)
def test_a_sentence_must_say_the_aspect_that_the_question_names(ask, question):
    answer = ask(question)
    assert "criticises caseloads as too high" in answer.summary.sentence
    assert quotes(answer)
    assert all("too high" in quote for quote in quotes(answer))


def test_a_count_among_the_newest_reports_looks_only_at_them(ask):
    answer = ask("Which of the three most recent reports criticise assessments?")
    assert answer.summary.of == 3
    assert "of the 3 newest reports" in answer.summary.sentence


def test_a_theme_with_what_is_wrong_is_a_list_of_what_reports_say(ask):
    answer = ask("caseloads too high - latest first")
    assert answer.status is AnswerStatus.ANSWERED
    assert "caseloads as too high" in answer.summary.sentence


@pytest.mark.parametrize(
    "text",
    [
        "How many reports criticise assessments each year?",
        "number of reports criticising assessments by year",
        "Is assessments getting better across the authorities?",
    ],
)
def test_the_reports_on_a_theme_are_counted_for_each_year(ask, text):
    answer = ask(text)
    whole = ask("How many reports criticise assessments?").summary
    assert answer.summary.sentence.startswith(whole.sentence)
    assert "By the year in which the inspection or visit ended: " in answer.summary.sentence
    assert (answer.summary.count, answer.summary.of) == (whole.count, whole.of)
