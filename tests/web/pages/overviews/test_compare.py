"""Tests of the page that compares authorities."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from flask.testing import FlaskClient

from qa_service.answering.overviews.comparison import HOW_COMPARED

CHOSEN = "authority=Westmarsh&authority=Carrowby&theme=caseloads&theme=plans&words=social+workers"


def plain(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_matrix_has_the_quotes_of_the_reply(client: FlaskClient) -> None:
    page, reply = client.get(f"/compare?{CHOSEN}").text, client.get(f"/api/v1/comparison?{CHOSEN}").json
    assert "2 authorities, 3 aspects" in plain(page)
    quotes = [quote for row in reply["rows"] for cell in row["cells"] for quote in cell["quotes"]]
    assert len(quotes) >= 6
    for quote in quotes:
        assert f"“{' '.join(quote['text'].split())}”" in plain(page)
        assert all(html.escape(part["url"]) in page for part in quote["quotes"])
    assert page.count("Not stated in its reports") == sum(
        not cell["quotes"] for row in reply["rows"] for cell in row["cells"]
    )
    assert HOW_COMPARED in plain(page)
    assert 'href="/compare" aria-current="page"' in page


def test_choices_stay_in_the_form(client: FlaskClient) -> None:
    page = client.get(f"/compare?{CHOSEN}").text
    assert re.findall(r'value="([^"]+)" checked', page) == ["Carrowby", "Westmarsh", "caseloads", "plans"]
    assert 'value="social workers"' in page


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ("authority=Westmarsh&theme=plans", "Choose at least two authorities."),
        ("authority=Westmarsh&authority=Carrowby", "Choose at least one theme, or give your own words."),
        ("theme=plans", "Choose at least two authorities."),
    ],
)
def test_an_incomplete_form_says_what_to_choose(client: FlaskClient, choices: str, problem: str) -> None:
    response = client.get(f"/compare?{choices}")
    assert response.status_code == 200
    assert problem in plain(response.text)
    assert "<table" not in response.text
    assert client.get(f"/compare.csv?{choices}").text.count("\n") == 1


def test_an_empty_form_asks_for_nothing(client: FlaskClient) -> None:
    page = client.get("/compare").text
    assert 'role="alert"' not in page
    assert "<table" not in page


def test_too_many_aspects_are_named(client: FlaskClient) -> None:
    themes = [theme["id"] for theme in client.get("/api/v1/themes").json["themes"]][:9]
    chosen = "&".join(f"theme={theme}" for theme in themes)
    page = client.get(f"/compare?authority=Westmarsh&authority=Carrowby&{chosen}").text
    assert "Choose at most 8 aspects. You chose 9." in plain(page)


def test_the_download_has_a_row_for_each_quote(client: FlaskClient) -> None:
    response = client.get(f"/compare.csv?{CHOSEN}")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    reply = client.get(f"/api/v1/comparison?{CHOSEN}").json
    texts = {quote["text"] for row in reply["rows"] for cell in row["cells"] for quote in cell["quotes"]}
    assert {row["Text"] for row in rows} - {"Not stated in its reports"} == texts
    assert client.get(f"/compare.xlsx?{CHOSEN}").data.startswith(b"PK")


def test_the_case_of_a_name_does_not_matter(client: FlaskClient) -> None:
    page = client.get("/compare?authority=WESTMARSH&authority=carrowby&theme=plans").text
    assert "2 authorities, 1 aspect" in plain(page)
    assert re.findall(r'name="authority" value="([^"]+)" checked', page) == ["Carrowby", "Westmarsh"]


def test_a_name_that_we_do_not_know_is_named(client: FlaskClient) -> None:
    choices = "authority=Westmarsh&authority=Carrowby&authority=Westmarch&theme=plans&theme=roads"
    page = plain(client.get(f"/compare?{choices}").text)
    assert "We have no reports about “Westmarch”. Did you mean “Westmarsh”?" in page
    assert "We have no theme with the id “roads”." in page
    assert "2 authorities, 1 aspect" in page
    response = client.get(f"/compare.csv?{choices}")
    assert response.status_code == 404
    assert "We have no reports about “Westmarch”. Did you mean “Westmarsh”?" in plain(response.text)
