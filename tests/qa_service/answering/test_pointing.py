"""Tests of follow-ups that point to an item in an answer, or that ask for more of the answer."""

from __future__ import annotations

import pytest

from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.types import AnswerStatus, Question

PAGE = """<html lang="en"><title>Inspection of {place} children’s services</title><body><main>
<h1>Inspection of {place} children’s services</h1><p>Inspection dates: 5 to 16 June {year}</p>
<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Overall effectiveness</td><td>{grade}</td></tr></table>
<h2>What needs to improve?</h2><ul>{items}</ul>
<h2>Practice</h2>
<p>Chronologies were found in one file of the first ten that inspectors read.</p>
<p>Two teams of the second locality have permanent managers.</p>
<p>Return home interviews are offered to few of the children who go missing.</p></main></body></html>"""
ITEMS = ("The use of chronologies.", "The offer of return home interviews.", "The oversight of private fostering.")
LIST = "What does Westmarsh need to improve?"


@pytest.fixture(scope="module")
def asked(tmp_path_factory, encoder, open_scorer):
    """Return a function that asks a question after others."""
    folder, data = tmp_path_factory.mktemp("reports"), DataFolder.prepare(tmp_path_factory.mktemp("data"))
    for place, year, grade in (
        ("Westmarsh", 2023, "Good"),
        ("Westmarsh", 2019, "Inadequate"),
        ("Northwold", 2024, "Good"),
    ):
        items = "".join(f"<li>{item}</li>" for item in (ITEMS if year == 2023 else ("The regularity of supervision.",)))
        page = PAGE.format(place=place, year=year, grade=grade, items=items)
        (folder / f"{place}-{year}.html").write_text(page, encoding="utf-8")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([folder]))
    answerer = Answerer.open(data, encoder, remembered=0, open_scorer=open_scorer)
    return lambda text, *history: answerer.answer(Question(text, history))


@pytest.mark.parametrize(
    "text", ["What about the second one?", "Explain number 2", "tell me more about the second of these"]
)
def test_a_pointer_at_a_list_is_about_the_item(asked, text):
    answer = asked(text, LIST)
    assert answer.answered
    assert answer.carried_over == ("2: The offer of return home interviews",)
    assert answer.statements[0].text.startswith("Return home interviews are offered")
    assert answer.understood == ("Westmarsh",)


def test_an_item_of_which_the_reports_say_no_more_is_quoted_itself(asked):
    answer = asked("And the last one?", LIST, "What about the second one?")
    assert [statement.text for statement in answer.statements] == ["The oversight of private fostering."]
    assert answer.reason.startswith("We found nothing more")
    assert answer.carried_over == ("3: The oversight of private fostering",)


def test_a_pointer_at_nothing_says_so(asked):
    answer = asked("Explain number 5", LIST)
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.reason == "The list has 3 items, so there is no number 5."


def test_more_about_a_list_is_what_the_reports_say_about_its_items(asked):
    answer = asked("Can you elaborate?", LIST)
    assert answer.answered
    assert not {statement.text for statement in answer.statements} & set(ITEMS)
    assert "of the 3 items" in answer.reason


def test_a_question_that_does_not_say_which_item_is_asked_back(asked):
    answer = asked("Why that one?", LIST)
    assert answer.status is AnswerStatus.CLARIFICATION
    assert [choice.label for choice in answer.choices] == [item.rstrip(".") for item in ITEMS]


def test_an_item_of_a_list_of_authorities_gives_its_grades(asked):
    rated = "Which authorities were rated good?"
    listed = [citation.report.authority for citation in asked(rated).citations]
    answer = asked("tell me about the second one", rated)
    assert answer.answered
    assert {citation.report.authority for citation in answer.citations} == {listed[1]}
    assert any(statement.judgement for statement in answer.statements)
    when = asked("When was the second one inspected?", rated)
    assert when.carried_over == (f"2: {listed[1]}",)
    assert when.statements[0].text.startswith("Inspected: 5 to 16 June")


def test_an_item_of_a_list_of_reports_is_that_report(asked):
    answer = asked("What about the last one?", "Which reports do you hold on Westmarsh?")
    assert {citation.report.inspected_to.year for citation in answer.citations} == {2019}
    assert answer.statements[0].text == "Overall effectiveness: Inadequate"


def test_more_gives_further_sentences_and_never_the_same(ask):
    question = "What do care leavers in Westmarsh get?"
    first = ask(question)
    more = ask("More detail please", question)
    again = ask("go on", question, "More detail please")
    said = [{statement.text for statement in answer.statements} for answer in (first, more, again)]
    assert first.answered
    assert more.answered
    assert not said[0] & said[1]
    assert not (said[0] | said[1]) & said[2]
    assert more.understood == first.understood
    assert "subject of your question" not in again.reason


def test_more_of_a_theme_quotes_further_reports(ask):
    question = "Are councils spotting neglect of children soon enough?"
    first, more = ask(question), ask("more", question)
    quoted = [{citation.report.id for citation in a.citations if citation.highlights} for a in (first, more)]
    assert not quoted[0] & quoted[1]


def test_more_of_a_list_is_its_next_page(many_answerer):
    question = "Which authorities were rated good?"
    first = many_answerer.answer(Question(question))
    assert first.next_offset
    more = many_answerer.answer(Question("go on", (question,)))
    page = many_answerer.answer(Question(question, offset=first.next_offset))
    assert [statement.text for statement in more.statements] == [statement.text for statement in page.statements]
    assert [c.report.id for c in more.citations] == [c.report.id for c in page.citations]
    further = many_answerer.answer(Question("and more", (question, "go on")))
    assert further.next_offset is None or further.next_offset > (more.next_offset or 0)


def test_more_of_nothing_says_so(ask):
    answer = ask("tell me more", "Who is the king of Spain?")
    assert answer.status is AnswerStatus.NOT_IN_REPORTS
    assert answer.reason.startswith("We did not show anything for your last question")


def test_a_question_of_its_own_does_not_point(asked):
    assert asked("What did the first inspection of Westmarsh find?", LIST).carried_over == ()
