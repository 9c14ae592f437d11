from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.contract_checks import checked

ADDRESS = "/api/v1/authorities/Westmarsh/improvements"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that checks each reply against the OpenAPI document."""
    return checked(app)


def test_the_register_has_every_item_with_its_page_and_links(client: FlaskClient) -> None:
    reply = client.get(ADDRESS).json
    assert reply["total"] == len(reply["items"]) > 0
    for item in reply["items"]:
        report = client.get(f"/api/v1/reports/{item['report']['id']}").json
        assert item["text"] == report["improvements"][item["number"] - 1]["text"]
        assert item["url"].startswith(f"/reports/{item['report']['id']}/pages/{item['page']}")


def test_quotes_are_on_the_pages_that_they_name(client: FlaskClient) -> None:
    later = [word for item in client.get(ADDRESS).json["items"] for word in item["later"]]
    quotes = [(word["report"]["id"], quote) for word in later for quote in word["quotes"]]
    assert quotes
    for report_id, quote in quotes:
        page = client.get(f"/api/v1/reports/{report_id}/pages/{quote['page']}").json["text"]
        assert "".join(quote["text"].split()) in "".join(page.split())


def test_items_are_filtered_by_outcome_and_counted(client: FlaskClient) -> None:
    counts = client.get(ADDRESS).json["counts"]
    assert sum(counts.values()) > 0
    for outcome, count in counts.items():
        reply = client.get(f"{ADDRESS}?outcome={outcome}").json
        assert (reply["total"], reply["counts"]) == (count, counts)
        assert {item["outcome"] for item in reply["items"]} <= {outcome}


def test_an_unknown_authority_and_an_unknown_outcome_are_refused(client: FlaskClient) -> None:
    assert client.get("/api/v1/authorities/Nowhere/improvements").status_code == 404
    assert client.get(f"{ADDRESS}?outcome=gone").status_code == 422
