"""Tests of saved questions on the page, in an app whose collection gets a second report."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.search.search_index import SearchIndex
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.access import Mode
from qa_service.answering.pipeline import Answerer
from qa_service.records.saved_questions import MAX_SAVED, NAME
from tests.growing_collection import AUTHORITY, write_reports
from tests.web.guarded import bearer
from web.app import Options, assemble
from web.serving import saved_questions
from web.serving.index_service import IndexService

RATED = f"How was {AUTHORITY} rated overall at its latest inspection?"
LISTED = "Which authorities are rated good?"


@dataclass(frozen=True)
class Growing:
    """A data folder with one report, and the builder that adds another."""

    data: DataFolder
    builder: Builder
    encoder: PassageEncoder
    first: Path
    second: Path

    def open(self, options: Options | None = None) -> Flask:
        def open_build(build: str) -> Answerer:
            return Answerer(SearchIndex.open_build(self.data.builds / build, self.data, self.encoder), remembered=0)

        return assemble(IndexService(self.data, open_build), options or Options())

    def grow(self) -> None:
        self.builder.build([self.first, self.second])


@pytest.fixture
def growing(encoder: PassageEncoder, tmp_path: Path) -> Growing:
    data = DataFolder.prepare(tmp_path / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    first, second = write_reports(tmp_path)
    builder.build([first])
    return Growing(data, builder, encoder, first, second)


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def save(client: FlaskClient, question: str) -> str:
    """Ask a question on the page, save it, and return the address of its own page."""
    address = client.post("/ask", data={"question": question}).headers["Location"]
    turn = client.get(address).text
    assert "Save this question" in turn
    conversation = re.search(r'name="conversation" value="([\w-]+)"><button type="submit" class="link"', turn)[1]
    response = client.post("/saved", data={"conversation": conversation, "turn": "1"})
    assert response.status_code == 303
    return f"/saved/{response.headers['Location'].partition('#s-')[2]}"


def test_a_saved_question_whose_answer_is_different_is_new(growing: Growing) -> None:
    client = growing.open().test_client()
    rated, listed = save(client, RATED), save(client, LISTED)
    assert "2 saved questions have the same answer as before." in plain(client.get("/new").text)
    assert "The answer is the same." in plain(client.get(rated).text)
    growing.grow()
    page = client.get("/new").text
    assert "2 of your 2 saved questions have a different answer now:" in plain(page)
    assert f"{AUTHORITY}, overall: Good. Before, it was Inadequate." in plain(page)
    assert {rated, listed} <= set(re.findall(r'href="(/saved/[^"]+)"', page))
    detail = client.get(rated).text
    assert "Grades" in plain(detail)
    assert len(re.findall(r'href="/reports/[0-9a-f]{16}/pages/1', detail)) >= 2, "both grades link to their pages"
    assert client.post(f"{rated}/read").status_code == 303
    assert "1 of your 2 saved questions has a different answer now:" in plain(client.get("/new").text)
    assert "The answer is the same." in plain(client.get(rated).text)


def test_a_question_is_deleted_on_request_and_only_by_its_browser(growing: Growing) -> None:
    app = growing.open()
    client, other = app.test_client(), app.test_client()
    rated = save(client, RATED)
    save(other, LISTED)
    for address in (rated, f"{rated}/read", f"{rated}/delete"):
        response = other.get(address) if address == rated else other.post(address)
        assert response.status_code == 404
    assert RATED not in other.get("/saved").text
    assert client.post(f"{rated}/delete").status_code == 303
    assert "You have no saved questions." in plain(client.get("/saved").text)
    assert "Delete all your saved questions?" in plain(other.get("/saved/delete").text)
    other.post("/saved/delete")
    assert RATED.encode() not in (growing.data.root / NAME).read_bytes()
    assert LISTED.encode() not in (growing.data.root / NAME).read_bytes()


def test_a_saved_question_is_asked_with_the_groups_of_its_reader(growing: Growing) -> None:
    """The new report is in a collection, so it changes nothing for a reader who is not in its group."""
    app = growing.open(Options(mode=Mode.TOKENS))
    outside, inside = bearer(growing.data.root), bearer(growing.data.root, groups=["board"])
    client, asked = app.test_client(), {"question": RATED}
    addresses = [
        client.post("/api/v1/saved-questions", json=asked, headers=each).json["url"] for each in (outside, inside)
    ]
    growing.grow()
    hidden = next(r for r in Answerer.open(growing.data, None).index.store.reports if "2023" in r.file)
    Collections.change(
        growing.data, lambda now: now.with_collection("board", ["board"]).with_contents("board", [hidden.sha256])
    )
    replies = [client.get(address, headers=who).json for address, who in zip(addresses, (outside, inside), strict=True)]
    assert [reply["different"] for reply in replies] == [False, True]
    assert hidden.id not in str(replies[0])
    assert client.get(addresses[1], headers=outside).status_code == 404
    # A reader who leaves the group no longer sees where the words were.
    client.post(f"{addresses[1]}/read", headers=inside)
    Collections.change(growing.data, lambda now: now.with_collection("board", ["directors"]))
    left = client.get(addresses[1], headers=inside).json
    assert left["different"]
    assert hidden.id not in str(left)
    assert None in [gone["report_id"] for gone in left["gone"]]


def test_a_question_can_be_saved_on_the_page_of_what_is_new(growing: Growing) -> None:
    client = growing.open().test_client()
    assert 'name="question"' in client.get("/new").text
    address = client.post("/saved", data={"question": f" {LISTED}\r\n"}).headers["Location"]
    assert LISTED in plain(client.get(address).text)
    assert client.post("/saved", data={"question": " "}).status_code == 400
    assert client.post("/saved", data={"conversation": "x", "turn": "1"}).status_code == 404


def test_a_page_on_another_website_can_neither_save_nor_delete(growing: Growing) -> None:
    client = growing.open().test_client()
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    rated = save(client, RATED)
    assert client.post("/saved", data={"question": LISTED}, headers=elsewhere).status_code == 403
    assert client.post(f"{rated}/delete", headers=elsewhere).status_code == 403
    assert client.post("/saved/delete", headers=elsewhere).status_code == 403
    assert RATED in client.get("/saved").text


def test_a_page_asks_no_more_questions_than_its_patience_allows(
    growing: Growing, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = growing.open().test_client()
    save(client, RATED)
    save(client, LISTED)
    monkeypatch.setattr(saved_questions, "PATIENCE", 0.0)
    assert "We have not compared 1 saved question yet. Compare more" in plain(client.get("/new").text)
    assert "2 saved questions have the same answer as before." in plain(client.get("/new").text)


def test_more_questions_than_the_limit_are_refused(growing: Growing) -> None:
    client = growing.open().test_client()
    for number in range(MAX_SAVED):
        asked = {"question": f"How was {AUTHORITY} rated in {2000 + number}?"}
        assert client.post("/api/v1/saved-questions", json=asked).status_code == 201
    refused = client.post("/api/v1/saved-questions", json={"question": RATED})
    assert (refused.status_code, refused.json["type"]) == (409, "/problems/too-many-saved")
    assert client.post("/api/v1/saved-questions", json=asked).status_code == 201


def test_the_cookie_lasts_as_long_as_the_saved_questions(growing: Growing) -> None:
    client = growing.open(Options(keep_days=10, keep_saved_days=400)).test_client()
    before = client.post("/ask", data={"question": RATED})
    assert f"Max-Age={10 * 86_400};" in before.headers["Set-Cookie"]
    save(client, RATED)
    after = client.post("/ask", data={"question": RATED})
    assert f"Max-Age={400 * 86_400};" in after.headers["Set-Cookie"]
