"""Tests of what is new: the pages, the feed, the command and the JSON interface."""

from __future__ import annotations

import html
import re
from datetime import datetime

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.cli.main import main
from tests.growing_collection import AUTHORITY
from tests.web.contract_checks import checked
from web.app import create_app

_ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def growing_app(growing_answerer: Answerer) -> Flask:
    return create_app(growing_answerer)


@pytest.fixture
def growing(growing_app: Flask) -> FlaskClient:
    """A client for the two reports that checks each JSON reply against the OpenAPI document."""
    return checked(growing_app)


def plain(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_list_leads_to_each_addition(growing: FlaskClient) -> None:
    page, reply = growing.get("/new").text, growing.get("/api/v1/news").json
    assert reply["total"] == 2
    assert [each["first"] for each in reply["additions"]] == [False, True]
    for each in reply["additions"]:
        assert f'href="{each["url"]}"' in page
        assert growing.get(each["url"]).status_code == 200
    assert plain(page).count("1 report added") == 2
    assert 'href="/new"' in growing.get("/reports").text


def test_an_addition_shows_what_it_changed(growing: FlaskClient) -> None:
    latest = growing.get("/api/v1/news?limit=1")
    assert latest.json["next_offset"] == 1
    [addition] = latest.json["additions"]
    page, reply = growing.get(addition["url"]).text, growing.get(f"/api/v1/news/{addition['id']}").json
    assert [(each["area"], each["movement"]["change"]) for each in reply["movements"]] == [
        ("overall", "better"),
        ("leaders", "better"),
    ]
    words = plain(page)
    assert f"{AUTHORITY} Overall Inadequate , {AUTHORITY}, page 1 , June 2019 Good , {AUTHORITY}, page 1" in words
    assert "The new reports ask for 1 improvement" in words
    for theme in reply["themes"]:
        more = theme["strengths"] - theme["strengths_before"]
        assert f"{theme['strengths']} of {theme['reports']}{f' ({more} more)' if more else ''}" in words


def test_the_feed_is_atom_with_stable_ids(growing: FlaskClient) -> None:
    response = growing.get("/new.atom")
    assert response.mimetype == "application/atom+xml"
    feed = etree.fromstring(response.data)
    entries = feed.findall(f"{_ATOM}entry")
    assert [entry.findtext(f"{_ATOM}title") for entry in entries] == ["1 report added", "1 report added"]
    for part in ("title", "id", "updated", "author"):
        assert feed.find(f"{_ATOM}{part}") is not None
    assert feed.findtext(f"{_ATOM}updated") == entries[0].findtext(f"{_ATOM}updated")
    urls = [entry.findtext(f"{_ATOM}id") for entry in entries]
    assert urls == [f"http://localhost{each['url']}" for each in growing.get("/api/v1/news").json["additions"]]
    assert "overall: improved (Inadequate to Good)" in entries[0].findtext(f"{_ATOM}content")
    assert datetime.fromisoformat(entries[0].findtext(f"{_ATOM}updated")).tzinfo is not None
    assert growing.get("/new.atom").data == response.data


def test_an_unknown_addition_is_a_problem(growing: FlaskClient) -> None:
    assert growing.get("/new/20200101T000000000000").status_code == 404
    reply = growing.get("/api/v1/news/x").json
    assert (reply["type"], reply["status"]) == ("/problems/unknown-addition", 404)


def test_the_command_shows_the_latest_addition_or_all_since_a_day(growing_answerer: Answerer) -> None:
    data: DataFolder = growing_answerer.index.data
    environment = {"QA_DATA_DIR": str(data.root)}
    latest = CliRunner().invoke(main, ["new"], env=environment).output
    assert "1 report added" in latest
    assert f"{AUTHORITY}, overall: Inadequate → Good (improved)" in latest
    assert "Items to improve in the new reports: 1" in latest
    assert CliRunner().invoke(main, ["new", "--since", "2020"], env=environment).output.count("report added") == 2
    assert (
        "No reports were added since 2090"
        in CliRunner().invoke(main, ["new", "--since", "2090"], env=environment).output
    )
