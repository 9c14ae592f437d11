from __future__ import annotations

from flask.testing import FlaskClient

PAGE = "/authorities/Westmarsh/improvements"


def test_the_page_shows_each_item_with_what_became_of_it(client: FlaskClient) -> None:
    page, reply = client.get(PAGE).text, client.get(f"/api/v1{PAGE}").json
    assert reply["items"]
    assert page.count('data-label="Item"') == len(reply["items"])
    assert "What later reports say about each item" in page


def test_the_page_filters_by_outcome_and_links_from_the_authority(client: FlaskClient) -> None:
    counts = client.get(f"/api/v1{PAGE}").json["counts"]
    for outcome, count in counts.items():
        assert client.get(f"{PAGE}?outcome={outcome}").text.count('data-label="Item"') == count
    assert PAGE in client.get("/authorities/Westmarsh").text


def test_an_unknown_authority_has_no_page(client: FlaskClient) -> None:
    assert client.get("/authorities/Nowhere/improvements").status_code == 404
