from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from tests.repeated_lists import AUTHORITY, REPEATED
from tests.web.contract_checks import checked
from tests.web.guarded import hide_report
from web.app import create_app

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


def test_what_was_asked_for_twice_is_in_the_reply_and_on_the_page(repeating_answerer: Answerer) -> None:
    app = create_app(repeating_answerer)
    register = checked(app).get(f"/api/v1/authorities/{AUTHORITY}/improvements").json
    (matter,) = register["recurring"]
    asked = {(item["report"]["id"], item["number"]) for item in register["items"] if item["text"] == REPEATED}
    assert {(item["report_id"], item["number"]) for item in matter["items"]} == asked
    assert matter["reports"] == len(asked) == 2
    page = app.test_client().get(f"/authorities/{AUTHORITY}/improvements").text
    assert "Raised more than once" in page
    assert matter["name"] == "Supervision"
    assert matter["again"] == []
    assert "<strong>Supervision</strong>, in 2 reports" in page
    assert page.count(f"</a>: {REPEATED}") == 2
    assert page.count(f'data-label="Item">{REPEATED}') == 2
    assert page.count(f"<blockquote>{REPEATED}") == 1  # the second list shows that the first item is still an issue
    still = checked(app).get(f"/api/v1/authorities/{AUTHORITY}/improvements?outcome=still").json
    assert [item["text"] for item in still["items"]] == [REPEATED]


def test_a_hidden_report_is_in_no_register(
    answerer: Answerer, sample_index: DataFolder, tmp_path: Path, client: FlaskClient
) -> None:
    guard = hide_report(answerer, sample_index, tmp_path)
    hidden, outside, inside, reader = guard.report, guard.outside, guard.inside, checked(guard.app)
    everything = client.get(ADDRESS).json
    assert hidden.id in json.dumps(everything)
    assert reader.get(ADDRESS, headers=inside).json == everything
    seen = reader.get(ADDRESS, headers=outside).json
    assert hidden.id not in json.dumps(seen)
    assert {item["outcome"] for item in seen["items"]} == {None}
    page = guard.app.test_client().get("/authorities/Westmarsh/improvements", headers=outside).text
    assert hidden.id not in page


def test_a_summary_has_the_parts_of_the_other_replies(client: FlaskClient) -> None:
    reply = client.get("/api/v1/authorities/westmarsh/summary").json
    assert reply["authority"] == "Westmarsh"
    [history] = client.get("/api/v1/grades?authority=Westmarsh").json["authorities"]
    assert reply["areas"][0] == {"area": "overall", "grades": history["grades"], "unread": history["unread"]}
    assert (reply["last_full_inspection"], reply["months_since"]) == (
        history["last_full_inspection"],
        history["months_since"],
    )
    register = client.get(ADDRESS).json
    assert reply["outcomes"] == register["counts"]
    assert reply["must_improve"] == [
        item for item in register["items"] if item["report"]["id"] == register["items"][0]["report"]["id"]
    ]
    themes = [cell["theme"] for cell in reply["themes"]]
    chosen = "&".join(f"theme={theme}" for theme in themes[:8])
    [row] = client.get(f"/api/v1/comparison?authority=Westmarsh&{chosen}").json["rows"]
    assert reply["themes"][:8] == row["cells"]
    for address in ("summary", "improvements"):
        reply = client.get(f"/api/v1/authorities/Westmarch/{address}").json
        assert reply["detail"] == "We have no reports about “Westmarch”. Did you mean “Westmarsh”?"
        assert (reply["status"], reply["field"]) == (404, "authority")


def test_a_summary_leaves_out_hidden_reports(answerer: Answerer, sample_index: DataFolder, tmp_path: Path) -> None:
    guard = hide_report(answerer, sample_index, tmp_path)
    hidden, outside, inside = guard.report, guard.outside, guard.inside
    for address in ("/api/v1/authorities/Westmarsh/summary", "/authorities/Westmarsh/summary"):
        assert hidden.id in checked(guard.app).get(address, headers=inside).text
        assert hidden.id not in checked(guard.app).get(address, headers=outside).text
