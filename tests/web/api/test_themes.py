"""Tests of the themes over JSON. Each reply is checked against the OpenAPI document."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from tests.web.contract_checks import checked
from tests.web.guarded import hide_report

ROOT = "/api/v1/themes"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that checks each reply against the OpenAPI document."""
    return checked(app)


def counts(reply: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {theme["id"]: (theme["weaknesses"], theme["strengths"]) for theme in reply["themes"]}


def test_each_theme_has_its_counts(client: FlaskClient, answerer: Answerer) -> None:
    reply = client.get(ROOT).json
    assert reply["reports"] == len(answerer.index.store.reports)
    assert [theme["id"] for theme in reply["themes"]] == list(answerer.index.remarks.themes)
    assert all(theme["reports"] == reply["reports"] for theme in reply["themes"])
    assert sum(theme["weaknesses"] + theme["strengths"] for theme in reply["themes"]) > 10
    assert client.get(reply["themes"][0]["url"]).status_code == 200


def test_every_count_equals_the_length_of_its_list(client: FlaskClient) -> None:
    for theme, (weaknesses, strengths) in counts(client.get(ROOT).json).items():
        for stance, count in (("weakness", weaknesses), ("strength", strengths)):
            reply = client.get(f"{ROOT}/{theme}?stance={stance}&limit=100").json
            assert (reply["total"], len(reply["listed"])) == (count, count)
            assert all(remark["stance"] == stance for each in reply["listed"] for remark in each["remarks"])
        whole = client.get(f"{ROOT}/{theme}?limit=100").json
        assert sum(each["weaknesses"] > 0 for each in whole["listed"]) == weaknesses
        assert sum(year["weaknesses"] for year in whole["by_year"]) == weaknesses
        assert sum(year["reports"] for year in whole["by_year"]) + whole["undated"] == whole["reports"]


def test_filters_limit_counts_and_lists(client: FlaskClient) -> None:
    limits = "authority=Westmarsh&kind=ilacs&inspected_from=2020-01-01&inspected_to=2023-12-31"
    assert client.get(f"{ROOT}?{limits}").json["reports"] == 1
    reply = client.get(f"{ROOT}/supervision?{limits}").json
    assert reply["reports"] == 1
    assert {each["authority"] for each in reply["listed"]} == {"Westmarsh"}
    graded = client.get(f"{ROOT}?grade=good").json
    assert 0 < graded["reports"] < client.get(ROOT).json["reports"]
    assert client.get(f"{ROOT}?inspected_from=2090-01-01").json["reports"] == 0


def test_every_quote_is_on_the_page_that_it_links_to(client: FlaskClient) -> None:
    listed = client.get(f"{ROOT}/supervision?limit=100").json["listed"]
    parts = [part for each in listed for remark in each["remarks"] for part in remark["quotes"]]
    assert len(parts) >= 5
    for part in parts:
        assert unquote(part["url"].partition("?quote=")[2]) == part["text"]
        assert "We could not find" not in client.get(part["url"]).text


def test_the_list_comes_in_parts_and_in_two_orders(client: FlaskClient) -> None:
    whole = [each["id"] for each in client.get(f"{ROOT}/plans").json["listed"]]
    first = client.get(f"{ROOT}/plans?limit=2")
    assert first.json["next_offset"] == 2
    assert first.headers["Link"] == f'<{ROOT}/plans?limit=2&offset=2>; rel="next"'
    second = client.get(f"{ROOT}/plans?limit=2&offset=2").json
    assert [each["id"] for each in (*first.json["listed"], *second["listed"])] == whole[:4]
    last = client.get(f"{ROOT}/plans?offset={len(whole)}")
    assert (last.json["listed"], last.json["next_offset"]) == ([], None)
    assert 'rel="prev"' in last.headers["Link"]
    newest = client.get(f"{ROOT}/plans?order=newest").json["listed"]
    days = [each["inspected_to"] or each["published"] or "" for each in newest]
    assert days == sorted(days, reverse=True)
    assert {each["id"] for each in newest} == set(whole)


@pytest.mark.parametrize(
    ("address", "status", "kind", "field"),
    [
        ("/nothing", 404, "unknown-theme", "theme_id"),
        ("?collection=nothing", 404, "unknown-collection", "collection"),
        ("?kind=party", 422, "invalid-filters", "kind[0]"),
        ("?inspected_from=2023", 422, "invalid-request", "inspected_from"),
        ("?inspected_from=2023-01-02&inspected_to=2023-01-01", 422, "invalid-request", "inspected_to"),
        ("?stance=strength", 422, "unknown-field", "stance"),
        ("/supervision?stance=praise", 422, "invalid-request", "stance"),
        ("/supervision?order=best", 422, "invalid-request", "order"),
        ("/supervision?limit=0", 422, "invalid-request", "limit"),
        ("/supervision?limit=101", 422, "invalid-request", "limit"),
        ("/supervision?offset=-1", 422, "invalid-request", "offset"),
    ],
)
def test_a_wrong_request_is_a_problem(client: FlaskClient, address: str, status: int, kind: str, field: str) -> None:
    response = client.get(f"{ROOT}{address}")
    assert (response.status_code, response.json["type"], response.json["field"]) == (status, f"/problems/{kind}", field)
    assert response.json["remedy"]


def test_a_copy_that_is_current_is_not_sent_again(client: FlaskClient) -> None:
    for address in (ROOT, f"{ROOT}/plans"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_hidden_report_counts_nowhere(
    answerer: Answerer, sample_index: DataFolder, tmp_path: Path, client: FlaskClient
) -> None:
    guard = hide_report(answerer, sample_index, tmp_path)
    hidden, outside, inside, reader = guard.report, guard.outside, guard.inside, checked(guard.app)
    everything = client.get(f"{ROOT}/caseloads?limit=100").json
    assert hidden.id in {each["id"] for each in everything["listed"]}
    assert reader.get(f"{ROOT}/caseloads?limit=100", headers=inside).json == everything
    seen = reader.get(f"{ROOT}/caseloads?limit=100", headers=outside).json
    assert seen["reports"] == everything["reports"] - 1
    assert [each for each in everything["listed"] if each["id"] != hidden.id] == seen["listed"]
    by_year = {year["year"]: year["reports"] for year in everything["by_year"]}
    assert {year["year"]: year["reports"] for year in seen["by_year"]}[2023] == by_year[2023] - 1
    assert reader.get(f"{ROOT}?collection=board", headers=inside).json["reports"] == 1
    assert reader.get(f"{ROOT}?collection=board", headers=outside).status_code == 404
    page = guard.app.test_client().get("/themes/caseloads", headers=outside).text
    assert hidden.id not in page
    assert "board" not in page
    assert hidden.id in guard.app.test_client().get("/themes/caseloads", headers=inside).text
    assert hidden.id not in guard.app.test_client().get("/themes/caseloads.csv", headers=outside).text
    assert reader.get(ROOT).status_code == 401
