from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

QUESTION = "What do Westmarsh care leavers get to set up home?"


def asked(page: str) -> list[str]:
    """Return the questions that the page shows, oldest first."""
    questions = re.findall(r'<h2 class="asked"[^>]*><span class="vh">You asked: </span>(.*?)</h2>', page, re.DOTALL)
    return [unescape(question) for question in questions]


def ask(client: FlaskClient, question: str, **fields: object) -> str:
    """Ask a question, and return the page that a browser without JavaScript gets."""
    response = client.post("/ask", data={"question": question, **fields}, follow_redirects=True)
    assert response.status_code == 200, response.text
    return response.text


def conversation_of(page: str) -> str:
    [name] = re.findall(r'<input type="hidden" name="conversation" value="(.*?)">', page)
    return name


def test_the_first_page_has_a_labelled_box_and_examples(client: FlaskClient) -> None:
    response = client.get("/")
    page = response.text
    assert '<label for="question">' in page
    assert "Do not enter the names of children or families." in page
    assert 'href="#main"' in page
    assert re.search(r"<textarea[^>]* autofocus>", page)
    assert len(re.findall(r'<button type="submit" name="choice"', page)) >= 3
    assert "Set-Cookie" not in response.headers, "who has asked nothing is not marked"


def test_the_page_says_that_the_reports_are_samples(client: FlaskClient) -> None:
    assert "sample reports about invented authorities" in client.get("/").text


def test_without_javascript_the_answer_has_its_own_address(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": QUESTION})
    assert response.status_code == 303
    assert re.fullmatch(r"/conversations/[\w-]{22}#latest", response.headers["Location"])
    page = client.get(response.headers["Location"])
    assert page.text.startswith("<!doctype html>")
    assert "<mark>" in page.text
    assert "Westmarsh · full inspection · " in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_every_reference_leads_to_a_passage_on_the_page(client: FlaskClient) -> None:
    page = ask(client, QUESTION)
    references = re.findall(r'class="ref" href="#([^"]+)"', page)
    assert references
    assert all(f'id="{reference}"' in page for reference in references)


def test_a_follow_up_continues_the_conversation(client: FlaskClient) -> None:
    first = ask(client, QUESTION)
    second = ask(client, "What about Aldermere?", conversation=conversation_of(first))
    assert asked(second) == [QUESTION, "What about Aldermere?"]
    assert conversation_of(second) == conversation_of(first)
    assert "from earlier" in second
    assert "Show the answer" in second


def test_an_earlier_answer_is_shown_on_demand(client: FlaskClient) -> None:
    name = conversation_of(ask(client, QUESTION))
    ask(client, "What about Aldermere?", conversation=name)
    page = client.get(f"/conversations/{name}/turns/1", follow_redirects=True).text
    assert page.count("<blockquote>") >= 2
    fragment = client.get(f"/conversations/{name}/turns/1", headers={"X-Fragment": "1"}).text
    assert fragment.lstrip().startswith("<article")
    assert asked(fragment) == [QUESTION]


def test_the_page_s_script_gets_only_the_turn_and_the_address(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": QUESTION}, headers={"X-Fragment": "1"})
    assert response.text.lstrip().startswith("<article")
    assert "<html" not in response.text
    assert "Westmarsh · full inspection · " in response.text
    assert asked(client.get(response.headers["X-Conversation"]).text) == [QUESTION]


def test_markup_in_a_question_is_shown_as_text(client: FlaskClient) -> None:
    attack = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> Westmarsh?"
    fragment = client.post("/ask", data={"question": attack}, headers={"X-Fragment": "1"}).text
    page = ask(client, attack)
    listed = client.get("/conversations").text
    for shown in (fragment, page, listed):
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;alert(1)" in shown
    assert asked(page) == [attack]


@pytest.mark.parametrize("question", ["", " \r\n "])
def test_an_empty_question_is_reported_next_to_the_box(client: FlaskClient, question: str) -> None:
    name = conversation_of(ask(client, QUESTION))
    response = client.post("/ask", data={"question": question, "conversation": name})
    assert response.status_code == 422
    assert "The question is empty." in response.text
    assert 'aria-invalid="true"' in response.text
    assert asked(response.text) == [QUESTION]


def test_a_question_that_is_too_long_stays_editable(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": "x" * 2001})
    assert response.status_code == 422
    assert "2,001 characters" in response.text
    assert "x" * 2001 + "</textarea>" in response.text


def test_the_page_s_script_gets_a_problem_as_json(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": ""}, headers={"X-Fragment": "1"})
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.json["field"] == "question"


def test_a_line_break_in_a_question_counts_as_one_character(client: FlaskClient) -> None:
    text = "\r\n".join(["x" * 499] * 4)
    assert len(text) > 2000
    assert asked(ask(client, text)) == [text.replace("\r\n", "\n")]


def test_an_abstention_offers_the_nearest_passages(client: FlaskClient) -> None:
    page = ask(client, "what is the best recipe for lasagne?")
    assert re.search("We cannot answer this from these reports|The reports do not say", page)
    assert "<blockquote>" not in page
    assert "Nearest passages (they may not answer your question)" in page


def test_a_grade_is_shown_as_a_table(client: FlaskClient) -> None:
    page = ask(client, "How was Westmarsh rated overall in 2023?")
    assert re.search(r'<table class="stack grades".*Overall', page, re.DOTALL)


def test_the_address_of_an_answer_leads_back_to_the_box(client: FlaskClient) -> None:
    response = client.get("/ask")
    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_a_first_visit_downloads_little(client: FlaskClient) -> None:
    page = client.get("/").text
    linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(linked) == 3
    weight = len(page.encode())
    for path in (*linked, "/static/viewer.js"):  # chat.js loads viewer.js
        with client.get(path) as response:
            weight += len(response.data)
    assert weight < 100_000
    assert "<style" not in page
    assert "style=" not in page


def test_each_quotation_can_be_copied_with_its_full_reference(client: FlaskClient) -> None:
    page = ask(client, QUESTION)
    copies = [unescape(text) for text in re.findall(r'data-copy="(.*?)"', page)]
    assert len(copies) == page.count("<blockquote>") > 0
    full = r"“.+” \(.+, \d+ .+ 20\d\d, pages? \d+.*\) http://localhost/reports/[0-9a-f]{16}/pages/\d+\?quote=.+"
    assert all(re.fullmatch(full, text) for text in copies)


def test_a_part_of_the_interpretation_can_be_removed(client: FlaskClient) -> None:
    page = ask(client, "How were care leavers judged in Westmarsh in 2023?")
    name = conversation_of(page)
    assert 'name="aside" value="2023"' in page
    again = client.post(f"/conversations/{name}/turns/1/again", data={"aside": "2023"}, follow_redirects=True).text
    assert 'value="2023"' not in again
    assert 'value="Westmarsh"' in again
    assert len(asked(again)) == 1


def test_carried_over_parts_can_be_removed(client: FlaskClient) -> None:
    name = conversation_of(ask(client, QUESTION))
    carried = ask(client, "And what about supervision?", conversation=name)
    assert "from earlier" in carried
    again = client.post(f"/conversations/{name}/turns/2/again", data={"afresh": "1"}, follow_redirects=True).text
    assert asked(again) == [QUESTION, "And what about supervision?"]
    assert "from earlier" not in again


def test_editing_an_earlier_question_deletes_the_later_ones(client: FlaskClient) -> None:
    name = conversation_of(ask(client, QUESTION))
    ask(client, "What about Aldermere?", conversation=name)
    editing = client.get(f"/conversations/{name}?edit=1").text
    assert "Your new question will replace question 1 and delete the question after it" in editing
    assert f"{QUESTION}</textarea>" in editing
    page = ask(client, "How is supervision in Carrowby?", conversation=name, replaces="1")
    assert asked(page) == ["How is supervision in Carrowby?"]
    assert conversation_of(page) == name


def test_what_must_improve_has_a_heading_in_a_summary(client: FlaskClient) -> None:
    page = ask(client, "Summarise the Westmarsh report")
    before, after = page.split("<h4>What must improve</h4>")
    assert "Services for children in care have not kept pace." in unescape(before)
    assert after.count("<blockquote>") >= 3
    assert "<h4>What must improve</h4>" not in ask(client, QUESTION)


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("Are foster carers supported in Westmarsh?", ["Later", "Earlier"]),
        ("Was supervision in Westmarsh better in 2023 than in 2019?", ["Later", "Earlier"]),
        ("Was supervision in Westmarsh better in 2019 than in 2023?", ["Earlier", "Later"]),
    ],
)
def test_the_latest_report_comes_first_unless_the_question_names_an_earlier_time_first(
    client: FlaskClient, question: str, order: list[str]
) -> None:
    assert re.findall(r'<span class="when">(.*?)</span>', ask(client, question)) == order
