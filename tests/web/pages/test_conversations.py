from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from datetime import UTC, datetime
from html import unescape

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.dates import in_words
from qa_service.answering.sentences.neighbours import AFTER, BEFORE, FURTHER_BEFORE
from qa_service.records.conversations import answer_digest
from qa_service.records.feedback import FeedbackStore, Verdict
from qa_service.types import Question
from web.serving.conversation_store import conversation_store
from web.serving.index_service import answerer, current_service

QUESTION = "What do Westmarsh care leavers get to set up home?"


def begin(client: FlaskClient, question: str = QUESTION) -> str:
    """Ask a question in a new conversation, and return the address of the conversation."""
    response = client.post("/ask", data={"question": question}, headers={"X-Fragment": "1"})
    assert response.status_code == 200, response.text
    return response.headers["X-Conversation"]


def test_a_conversation_belongs_to_the_browser_that_started_it(app: Flask) -> None:
    mine, theirs, nobody = app.test_client(), app.test_client(), app.test_client()
    address = begin(mine)
    begin(theirs)
    assert mine.get(address).status_code == 200
    for stranger in (theirs, nobody):
        for path in ("", "/turns/1", "/export.docx", "/export.csv", "/turns/1/feedback?verdict=right"):
            assert stranger.get(address + path).status_code == 404
        for path in ("/rename", "/delete", "/turns/1/again", "/turns/1/feedback"):
            assert stranger.post(address + path, data={"title": "Mine", "verdict": "right"}).status_code == 404
        asked = stranger.post("/ask", data={"question": "And supervision?", "conversation": address.split("/")[-1]})
        assert asked.status_code == 404
        assert address not in stranger.get("/conversations").text
    assert mine.get(address).status_code == 200
    assert 'name="title" value="Mine"' not in mine.get("/conversations").text


def test_the_cookie_reveals_nothing_and_scripts_cannot_read_it(app: Flask) -> None:
    response = app.test_client().post("/ask", data={"question": QUESTION})
    cookie = response.headers["Set-Cookie"]
    assert re.match(r"qa_browser=[\w-]{43};", cookie)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_a_conversation_is_found_again_renamed_and_deleted(app: Flask) -> None:
    client = app.test_client()
    address = begin(client)
    assert unescape(client.get("/conversations").text).count(QUESTION) >= 1
    client.post(f"{address}/rename", data={"title": "  Leaving   care, for March "})
    assert "Leaving care, for March" in client.get("/conversations").text
    client.post(f"{address}/delete")
    assert client.get(address).status_code == 404
    assert address not in client.get("/conversations").text


def test_deleting_all_conversations_leaves_those_of_other_browsers(app: Flask) -> None:
    mine, theirs = app.test_client(), app.test_client()
    addresses, other = [begin(mine), begin(mine)], begin(theirs)
    mine.post("/conversations/delete")
    assert [mine.get(address).status_code for address in addresses] == [404, 404]
    assert theirs.get(other).status_code == 200


def test_a_changed_answer_says_so(app: Flask) -> None:
    client = app.test_client()
    address = begin(client)
    assert "The reports have changed" not in client.get(address).text
    with app.app_context():
        set_turn(address.split("/")[-1], digest="x")
    assert "The reports have changed since you asked this" in client.get(address).text


def test_filters_limit_the_search_stay_set_and_can_be_removed(app: Flask) -> None:
    client = app.test_client()
    page = client.post(
        "/ask",
        data={"question": "How is supervision?", "authority": "Aldermere", "kind": "focused-visit"},
        follow_redirects=True,
    ).text
    sources = re.findall(r'<p class="facts"><span>(.*?)</span>\s*<span>(.*?)</span>', page)
    assert sources
    assert set(sources) == {("Aldermere", "focused visit")}
    assert 'value="authority:Aldermere"' in page
    assert 'name="authority" value="Aldermere" checked' in page
    name = re.findall(r'name="conversation" value="(.*?)"', page)[0]
    after = client.post(
        "/filters", data={"conversation": name, "authority": "Aldermere", "drop": "authority:Aldermere"}
    ).text
    assert 'value="Aldermere" checked' not in after


def test_the_counts_of_a_filter_respect_the_other_filters(client: FlaskClient) -> None:
    panel = client.post("/filters", data={"authority": "Aldermere"}, headers={"X-Fragment": "1"}).text
    assert panel.lstrip().startswith('<div id="filters"')
    assert "2 of 10 reports" in panel
    kinds = dict(re.findall(r'name="kind" value="([^"]+)"[^>]*> <span>[^<]*</span> <span class="count">(\d+)', panel))
    assert kinds == {"ilacs": "1", "focused-visit": "1"}
    authorities = re.findall(r'name="authority" value="([^"]+)"', panel)
    assert len(authorities) > 3, "the filter's own other values stay to choose from"


@pytest.mark.parametrize(
    "fields",
    [{"kind": "x"}, {"from": "yesterday"}, {"from": "9999"}, {"report_id": "../../etc"}, {"authority": "x" * 500}],
)
def test_unknown_filters_are_ignored(client: FlaskClient, fields: dict[str, str]) -> None:
    panel = client.post("/filters", data=fields, headers={"X-Fragment": "1"}).text
    assert "10 of 10 reports" in panel


def test_an_answer_downloads_as_word_with_real_footnotes(app: Flask) -> None:
    client = app.test_client()
    address = begin(client)
    response = client.get(f"{address}/export.docx?turn=1")
    assert response.headers["Content-Disposition"].endswith('.docx"')
    written = docx.Document(io.BytesIO(response.data))
    texts = [paragraph.text for paragraph in written.paragraphs]
    assert QUESTION in texts
    quotes = [text for text in texts if text.startswith(("“", BEFORE, FURTHER_BEFORE, AFTER))]
    assert quotes
    with zipfile.ZipFile(io.BytesIO(response.data)) as packed:
        notes = packed.read("word/footnotes.xml").decode()
        body = packed.read("word/document.xml").decode()
    assert body.count("<w:footnoteReference ") == len(quotes)
    assert notes.count("<w:footnoteRef/>") == len(quotes)
    assert "Inspection of Westmarsh" in notes
    assert re.search(r"pages? \d+.* http://localhost/reports/[0-9a-f]{16}/pages/\d+\?quote=", notes)


def test_a_conversation_downloads_as_markdown_and_csv(app: Flask) -> None:
    client = app.test_client()
    address = begin(client)
    client.post("/ask", data={"question": "How was Westmarsh rated overall?", "conversation": address.split("/")[-1]})
    markdown = client.get(f"{address}/export.md").text
    assert markdown.count("\n## ") == 2
    assert (
        len(re.findall(r"^\[\^\d+\]: .+ <http.+>$", markdown, re.MULTILINE))
        == len(re.findall(r"\[\^\d+\]$", markdown, re.MULTILINE))
        > 1
    )
    rows = client.get(f"{address}/export.csv").text.removeprefix("\ufeff").splitlines()
    assert rows[0].startswith("Question,Outcome,Text,Report,Authority,Date,Page,Paragraph,Link")
    assert len(rows) > 2


def test_feedback_shows_what_it_will_save_and_saves_only_that(app: Flask) -> None:
    client = app.test_client()
    address = begin(client)
    form = client.get(f"{address}/turns/1/feedback?verdict=wrong")
    assert form.status_code == 200
    assert "What we will keep" in form.text
    assert QUESTION in unescape(form.text)
    sent = client.post(
        f"{address}/turns/1/feedback",
        data={"verdict": "wrong", "note": "That is of 2019."},
        headers={"X-Fragment": "1"},
    )
    assert "Thank you" in sent.text
    with app.app_context():
        saved = FeedbackStore.open(current_service().data.root).read_all()[-1]
    assert (saved.verdict, saved.note, saved.question) == (Verdict.WRONG, "That is of 2019.", QUESTION)
    assert saved.quotes
    for quote in saved.quotes:
        assert unescape(form.text).count(quote.text)
    assert saved.build in form.text


def test_an_unknown_verdict_is_refused(client: FlaskClient) -> None:
    address = begin(client)
    assert client.post(f"{address}/turns/1/feedback", data={"verdict": "lovely"}).status_code == 422
    assert client.post(f"{address}/turns/1/feedback", data={"verdict": "right", "note": "x" * 1001}).status_code == 422


def test_an_authority_s_page_has_its_inspections_grades_and_improvements(client: FlaskClient) -> None:
    page = client.get("/authorities/westmarsh").text
    assert "<h1>Westmarsh</h1>" in page
    assert page.index("September 2023") < page.index("September 2019")
    assert re.search(r'aria-label="Overall: 2019 [a-z ]+, 2023 good"', page, re.IGNORECASE)
    assert "What each report asked the authority to improve" in page
    assert client.get("/authorities/Nowhere").status_code == 404


def test_a_question_within_a_report_is_answered_only_from_it(client: FlaskClient, westmarsh: object) -> None:
    report_id = westmarsh.id  # type: ignore[attr-defined]
    assert f'name="report_id" value="{report_id}"' in client.get(f"/reports/{report_id}").text
    page = client.post(
        "/ask", data={"question": "How are care leavers supported?", "report_id": report_id}, follow_redirects=True
    )
    links = set(re.findall(r'href="/reports/([0-9a-f]{16})/pages', page.text))
    assert links == {report_id}


def test_a_passage_is_shown_with_its_neighbours(client: FlaskClient, westmarsh: object) -> None:
    path = f"/reports/{westmarsh.id}/passages/2/around"  # type: ignore[attr-defined]
    assert client.get(path, headers={"X-Fragment": "1"}).text.count('<div class="text') == 3
    assert client.get(path).text.startswith("<!doctype html>")
    assert client.get(path.replace("/2/", "/9999/")).status_code == 404


def test_a_full_conversation_takes_no_more_questions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa_service.records.conversations.MAX_TURNS", 1)
    client = app.test_client()
    name = begin(client).split("/")[-1]
    response = client.post(
        "/ask", data={"question": "And supervision?", "conversation": name}, headers={"X-Fragment": "1"}
    )
    assert response.status_code == 422
    assert "Start a new conversation" in response.json["remedy"]


def test_the_privacy_page_says_what_is_kept(client: FlaskClient, app: Flask) -> None:
    with app.app_context():
        assert f"for {conversation_store().days} days" in client.get("/privacy").text


@pytest.mark.parametrize(
    "text",
    [
        "Which authorities were inspected in the last five years?",
        "How long is it since Westmarsh had a full inspection?",
    ],
)
def test_an_answer_that_changed_only_because_of_the_day_says_so(app: Flask, text: str) -> None:
    client = app.test_client()
    address = begin(client, text)
    name, then = address.split("/")[-1], datetime(2023, 12, 1, 12, tzinfo=UTC)
    question = Question(text, today=then.astimezone().date())
    shown = client.get(address).text
    assert f"times counted from {in_words(Question('q').today)}" in shown
    assert "from today" not in shown
    with app.app_context():
        digest = answer_digest(answerer().answer(question))
        set_turn(name, asked=then.isoformat(), digest=digest)
        shown = client.get(address).text
        assert "Times such as “last year” and “how long ago” are counted from today" in shown
        assert "The reports have changed" not in shown
        set_turn(name, digest="x")
    shown = client.get(address).text
    assert "The reports have changed since you asked this" in shown
    assert "counted from today" not in shown


def test_a_corrected_word_can_be_searched_for_as_typed_and_the_turn_keeps_it(app: Flask) -> None:
    client = app.test_client()
    address = begin(client, "How often is supervison in Westmarsh?")
    shown = client.get(address).text
    assert "Showing results for “supervision”." in shown
    assert re.search(r'name="verbatim" value="1">Search for “supervison” instead</button>', shown)
    again = client.post(f"{address}/turns/1/again", data={"verbatim": "1"}, follow_redirects=True).text
    assert "Showing results for" not in again
    assert "words as typed" in again
    assert client.get(address).text.count("words as typed") == 1
    kept = client.post(f"{address}/turns/1/again", data={"aside": "Westmarsh"}, follow_redirects=True).text
    assert "words as typed" in kept


def test_another_time_can_be_taken_with_a_button(app: Flask) -> None:
    client = app.test_client()
    address = begin(client, "Which authorities were inspected in 2022/23?")
    [(question, label)] = re.findall(r'name="reading" value="(.*?)">(.*?)</button>', client.get(address).text)
    assert label == "Use “1 April 2022 to 31 March 2023 (financial year)” instead of “2022 to 2023”"
    again = client.post(f"{address}/turns/1/again", data={"reading": question}, follow_redirects=True).text
    assert again.count('<article class="turn"') == 1
    assert "You asked: </span>Which authorities were inspected between 1 April 2022 and 31 March 2023?" in again
    assert 'name="reading"' not in again
    too_long = client.post(f"{address}/turns/1/again", data={"reading": "x" * 3000})
    assert too_long.status_code == 422


def set_turn(name: str, **values: str) -> None:
    """Change what is stored about the only turn of a conversation."""
    connection = sqlite3.connect(current_service().data.root / "conversations.sqlite")
    with connection:
        for column, value in values.items():
            connection.execute(f"UPDATE turns SET {column} = ? WHERE conversation = ?", (value, name))  # noqa: S608 - ours
    connection.close()
