"""Tests that every page shows text that a client sent as plain words."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.types import Report
from tests.hostile.cases_markup import MARKUP, harmless
from tests.hostile.pages import Element, asked, assert_guarded, assert_ours, elements, parsed, words

Shown = Callable[[FlaskClient, Report, str], TestResponse]


def path(text: str) -> str:
    """Encode a text as one part of an address."""
    return quote(text.replace("/", "∕"), safe="")


def sendable(text: str) -> str:
    """Encode a text the way a browser sends it as a file name."""
    return text.replace("/", "∕").replace('"', "%22")


def in_conversation(client: FlaskClient, place: str, text: str) -> TestResponse:
    chat = asked(client, "Which reports are held?")
    if place == "title":
        assert client.post(f"{chat.url}/rename", data={"title": text}).status_code == 303
        return client.get("/conversations")
    if place == "note":
        return client.post(f"{chat.url}/turns/1/feedback", data={"verdict": "wrong", "note": text, "seen": "other"})
    assert client.post(f"{chat.url}/turns/1/again", data={"aside": text}).status_code == 303
    return client.get(chat.url)


SHOWN: dict[str, Shown] = {
    "question": lambda client, report, text: client.get(asked(client, text).url),
    "question-too-long": lambda client, report, text: client.post("/ask", data={"question": text + "x" * 2_000}),
    "title": lambda client, report, text: in_conversation(client, "title", text),
    "note": lambda client, report, text: in_conversation(client, "note", text),
    "aside": lambda client, report, text: in_conversation(client, "aside", text),
    "filter": lambda client, report, text: client.post(
        "/filters", data={"question": text, "authority": text, "grade": text, "kind": text}
    ),
    "quote": lambda client, report, text: client.get(f"/reports/{report.id}/pages/2", query_string={"quote": text}),
    "authority": lambda client, report, text: client.get(f"/authorities/{path(text)}"),
    "build": lambda client, report, text: client.get(f"/builds/{path(text)}"),
    "replaces": lambda client, report, text: client.get("/reports/add", query_string={"replaces": text}),
    "search": lambda client, report, text: client.get("/reports", query_string={"grade": text, "authority": text}),
    "file-name": lambda client, report, text: client.post(
        "/reports/add", data={"file": (io.BytesIO(b"MZ"), f"{sendable(text)}.exe")}
    ),
    "field": lambda client, report, text: client.post("/reports/add", data={text: text, "replaces": text}),
    "parameter": lambda client, report, text: client.get("/reports", query_string={text: text}),
}
"""Functions that send a text and return the page that shows it, keyed by the place where they send it."""


@pytest.fixture(scope="module")
def answered(app: Flask) -> set[Element]:
    """All the elements on the pages of harmless questions."""
    questions = (
        "How was Westmarsh rated overall?",
        "What do the words say?",
        "Was Northwold good in 2025?",
        "Why?",
        "Is zzyzx help good?",
        "Is zzyzx supervision good in Westmarsh?",
    )
    return {element for each in questions for element in elements(one(app.test_client(), each))}


def one(client: FlaskClient, question: str) -> str:
    return client.get(asked(client, question).url).text


@pytest.mark.parametrize("name", list(MARKUP)[::4])
@pytest.mark.parametrize("place", SHOWN)
def test_text_from_a_client_comes_back_as_plain_words(
    client: FlaskClient, report: Report, answered: set[Element], place: str, name: str
) -> None:
    text = MARKUP[name]
    reply = SHOWN[place](client, report, text)
    assert_guarded(reply)
    assert_ours(reply.text)
    if place == "question":  # this page has an answer of its own
        assert set(elements(reply.text)) <= answered
    else:
        twin = SHOWN[place](client.application.test_client(), report, harmless(text))
        assert (reply.status_code, elements(reply.text)) == (twin.status_code, elements(twin.text))
    if place in ("question", "title", "quote", "filter"):
        values = " ".join(str(one.get("value") or "") for one in parsed(reply.text).iter("input", "button", "option"))
        assert " ".join(text.split())[:40] in f"{words(reply.text)} {values}"
