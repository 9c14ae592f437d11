from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

QUESTION = "What do Westmarsh care leavers get to set up home?"


def hidden(page: str) -> list[str]:
    return [
        unescape(value) for value in re.findall(r'<input type="hidden" name="history" form="ask" value="(.*?)">', page)
    ]


def test_the_first_page_offers_a_labelled_box_and_examples(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<label for="question">' in page
    assert "Do not enter names of children or families." in page
    assert 'href="#main"' in page
    assert re.search(r"<textarea[^>]* autofocus>", page)
    assert len(re.findall(r'<button type="submit" name="question"', page)) >= 3


def test_sample_reports_are_said_to_be_samples(client: FlaskClient) -> None:
    assert "sample reports about invented authorities" in client.get("/").text


def test_without_a_script_a_whole_page_with_the_answer_comes_back(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": QUESTION})
    assert response.status_code == 200
    assert response.text.startswith("<!doctype html>")
    assert "<mark>" in response.text
    assert "Westmarsh · full inspection · " in response.text
    assert QUESTION not in response.request.url
    assert response.headers["Cache-Control"] == "no-store"


def test_every_reference_leads_to_a_passage_on_the_page(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    references = re.findall(r'class="ref" href="#([^"]+)"', page)
    assert references
    assert all(f'id="{reference}"' in page for reference in references)


def test_earlier_questions_are_carried_and_used(client: FlaskClient) -> None:
    first = client.post("/ask", data={"question": QUESTION}).text
    assert hidden(first) == [QUESTION]
    second = client.post("/ask", data={"question": "What about Aldermere?", "history": hidden(first)}).text
    assert hidden(second) == [QUESTION, "What about Aldermere?"]
    assert "from earlier" in second
    assert "Earlier in this conversation" in second


def test_no_more_than_twenty_earlier_questions_are_used(client: FlaskClient) -> None:
    earlier = [f"Question {number}?" for number in range(30)]
    page = client.post("/ask", data={"question": QUESTION, "history": earlier}).text
    assert hidden(page) == [*earlier[-20:], QUESTION]


def test_the_page_s_script_gets_the_turn_alone(client: FlaskClient) -> None:
    fragment = client.post("/ask", data={"question": QUESTION}, headers={"X-Fragment": "1"}).text
    assert fragment.lstrip().startswith("<article")
    assert "<html" not in fragment
    assert "Westmarsh · full inspection · " in fragment
    assert hidden(fragment) == [QUESTION]


def test_markup_in_a_question_is_shown_not_run(client: FlaskClient) -> None:
    attack = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> Westmarsh?"
    for headers in ({}, {"X-Fragment": "1"}):
        page = client.post("/ask", data={"question": attack, "history": [attack]}, headers=headers).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert attack in hidden(page)


@pytest.mark.parametrize("question", ["", " \r\n "])
def test_an_empty_question_is_told_beside_the_box(client: FlaskClient, question: str) -> None:
    response = client.post("/ask", data={"question": question, "history": [QUESTION]})
    assert response.status_code == 422
    assert "The question is empty." in response.text
    assert 'aria-invalid="true"' in response.text
    assert hidden(response.text) == [QUESTION]


def test_a_question_that_is_too_long_stays_editable(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": "x" * 2001})
    assert response.status_code == 422
    assert "2,001 characters" in response.text
    assert "x" * 2001 + "</textarea>" in response.text


def test_the_page_s_script_gets_a_problem_as_json(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": ""}, headers={"X-Fragment": "1"})
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.json["field"] == "question"


def test_a_question_s_line_ends_count_once(client: FlaskClient) -> None:
    text = "\r\n".join(["x" * 499] * 4)
    assert len(text) > 2000
    assert client.post("/ask", data={"question": text}).status_code == 200


def test_not_answering_says_so_and_offers_the_nearest(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": "what is the best recipe for lasagne?"}).text
    assert re.search("Outside what these reports cover|The reports do not say", page)
    assert "<blockquote>" not in page
    assert "Nearest passages (they may not answer the question)" in page


def test_a_grade_comes_as_a_table(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": "How was Westmarsh rated overall in 2023?"}).text
    assert re.search(r'<table class="stack grades">.*Overall', page, re.DOTALL)


def test_the_address_of_an_answer_leads_back_to_the_box(client: FlaskClient) -> None:
    response = client.get("/ask")
    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_a_first_visit_weighs_little(client: FlaskClient) -> None:
    page = client.get("/").text
    linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(linked) == 3
    weight = len(page.encode())
    for path in linked:
        with client.get(path) as response:
            weight += len(response.data)
    assert weight < 60_000
    assert "<style" not in page
    assert "style=" not in page


def test_each_quotation_can_be_copied_with_its_source(client: FlaskClient) -> None:
    page = client.post("/ask", data={"question": QUESTION}).text
    copies = [unescape(text) for text in re.findall(r'data-copy="(.*?)"', page)]
    assert len(copies) == page.count("<blockquote>") > 0
    assert all(re.fullmatch(r"“.+” \(.+, \d+ .+ 20\d\d, page \d+.*\)", text) for text in copies)
