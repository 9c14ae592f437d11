"""Tests of comparisons over JSON. Each reply is checked against the OpenAPI document."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from tests.web.contract_checks import checked
from tests.web.guarded import hide_report

ROOT = "/api/v1/comparison"
BOTH = "authority=westmarsh&authority=Carrowby"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that checks each reply against the OpenAPI document."""
    return checked(app)


def test_rows_and_cells_are_in_the_order_of_the_request(client: FlaskClient) -> None:
    reply = client.get(f"{ROOT}?{BOTH}&theme=plans&theme=caseloads&words=social%20workers").json
    assert [row["authority"] for row in reply["rows"]] == ["Westmarsh", "Carrowby"]
    for row in reply["rows"]:
        assert [cell["theme"] for cell in row["cells"]] == ["plans", "caseloads", None]
        assert row["cells"][2]["aspect"] == "social workers"
        for cell in row["cells"]:
            assert (cell["report"] is None) == (not cell["quotes"])
            assert all((quote["stance"] is None) == (cell["theme"] is None) for quote in cell["quotes"])
    assert reply["rows"][0]["overall_grade"]["grade"] == "good"


def test_each_link_opens_the_page_with_the_quote(client: FlaskClient, app: Flask) -> None:
    reply = client.get(f"{ROOT}?{BOTH}&theme=plans&theme=caseloads").json
    parts = [
        part for row in reply["rows"] for cell in row["cells"] for quote in cell["quotes"] for part in quote["quotes"]
    ]
    assert len(parts) >= 4
    for part in parts:
        assert 'id="marked"' in app.test_client().get(part["url"]).text


@pytest.mark.parametrize(
    ("address", "status", "kind", "field"),
    [
        (f"{ROOT}?theme=plans", 422, "invalid-filters", "authority"),
        (f"{ROOT}?{BOTH}", 422, "invalid-request", None),
        (f"{ROOT}?{BOTH}&words=%20", 422, "invalid-request", "words[0]"),
        (f"{ROOT}?{BOTH}&theme=roads", 404, "unknown-theme", "theme_id"),
        (f"{ROOT}?{BOTH}&authority=Nowhere&theme=plans", 404, "unknown-authority", "authority"),
        (f"{ROOT}?{BOTH}&theme=plans&collection=x", 404, "unknown-collection", "collection"),
        (f"{ROOT}?{BOTH}&aspect=plans", 422, "unknown-field", "aspect"),
    ],
)
def test_a_wrong_request_is_a_problem(client: FlaskClient, address: str, status: int, kind: str, field: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.json["type"], response.json["field"]) == (status, f"/problems/{kind}", field)
    assert response.json["remedy"]


def test_a_hidden_report_is_not_quoted(
    answerer: Answerer, sample_index: DataFolder, tmp_path: Path, client: FlaskClient
) -> None:
    guard = hide_report(answerer, sample_index, tmp_path)
    hidden, outside, inside, reader = guard.report, guard.outside, guard.inside, checked(guard.app)
    address = f"{ROOT}?{BOTH}&theme=plans&theme=caseloads&words=children"
    everything = client.get(address)
    assert hidden.id in everything.text
    assert reader.get(address, headers=inside).json == everything.json
    assert hidden.id not in reader.get(address, headers=outside).text
    browser = guard.app.test_client()
    for page in ("/compare", "/compare.csv"):
        chosen = f"{page}?authority=Westmarsh&authority=Carrowby&theme=plans&words=children"
        assert hidden.id in browser.get(chosen, headers=inside).text
        assert hidden.id not in browser.get(chosen, headers=outside).text
