"""Tests of the pages about grades over time."""

from __future__ import annotations

import csv
import html
import io
import re

import openpyxl
from flask.testing import FlaskClient

from qa_service.analysis.grade_history import HOW_COMPARED, HOW_READ


def plain(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_each_grade_links_to_the_page_that_it_is_on(client: FlaskClient) -> None:
    page, reply = client.get("/grades").text, client.get("/api/v1/grades").json
    assert reply["total"] >= 2
    for each in reply["authorities"]:
        assert f">{each['authority']}</a>" in page
        for given in each["grades"]:
            assert f'href="{given["url"]}"' in page
            assert client.get(given["url"]).status_code == 200
    assert f"{reply['total']} authorities. Latest grades: " in plain(page)
    assert HOW_READ in plain(page)
    assert 'href="/grades" aria-current="page"' in page


def test_the_counts_by_year_are_in_charts_and_in_a_table(client: FlaskClient) -> None:
    page, reply = client.get("/grades").text, client.get("/api/v1/grades").json
    assert page.count('role="img"') == 4
    for year in reply["by_year"]:
        assert " ".join(map(str, (year["year"], *year["counts"].values(), year["unknown"]))) in plain(page)
    assert "Authorities graded Good: " in page


def test_an_area_and_an_authority_are_kept_in_links(client: FlaskClient) -> None:
    page = client.get("/grades?area=leaders&authority=Westmarsh").text
    assert '<option value="leaders" selected>' in page
    assert "1 authority. Latest grades" in plain(page)
    assert 'href="/grades/movements?area=leaders&amp;authority=Westmarsh"' in page
    moved = client.get("/grades/movements?area=leaders&authority=Westmarsh").text
    assert 'href="/grades?area=leaders&amp;authority=Westmarsh"' in moved


def test_movements_show_both_inspections(client: FlaskClient) -> None:
    page = client.get("/grades/movements?change=better").text
    reply = client.get("/api/v1/grades/movements?change=better").json
    assert reply["total"] >= 1
    for each in reply["movements"]:
        assert f'href="{each["before"]["url"]}"' in page
        assert f'href="{each["after"]["url"]}"' in page
    assert "Improved" in plain(page)
    assert "Declined" not in plain(page.partition("<tbody>")[2])
    assert HOW_COMPARED in plain(page)


def test_limits_without_a_match_say_so(client: FlaskClient) -> None:
    assert "No pair of inspections matches" in plain(client.get("/grades/movements?to=1999").text)
    assert "No report that you can see" in plain(client.get("/grades?area=adoption&authority=Westmarsh").text)


def test_values_that_the_form_cannot_send_are_ignored(client: FlaskClient) -> None:
    assert client.get("/grades?area=x&order=y&from=z").text == client.get("/grades").text
    assert client.get("/grades/movements?before=x&after=y&change=z").text == client.get("/grades/movements").text


def test_the_downloads_have_what_the_page_shows(client: FlaskClient) -> None:
    response = client.get("/grades/movements.csv?change=better")
    assert response.headers["Content-Disposition"] == 'attachment; filename="movements-overall.csv"'
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    reply = client.get("/api/v1/grades/movements?change=better").json
    assert [(row["Authority"], row["To"]) for row in rows] == [
        (each["authority"], each["after"]["printed"]) for each in reply["movements"]
    ]
    assert all(row["Later link"].startswith("http://localhost/reports/") for row in rows)
    workbook = openpyxl.load_workbook(io.BytesIO(client.get("/grades.xlsx?authority=Westmarsh").data))
    assert {row[0] for row in workbook.active.iter_rows(min_row=2, values_only=True)} == {"Westmarsh"}


def test_unknown_collections_are_a_problem(client: FlaskClient) -> None:
    for address in ("/grades?collection=x", "/grades/movements?collection=x", "/grades.csv?collection=x"):
        assert client.get(address).status_code == 404


def test_the_summary_of_an_authority_shows_the_parts_of_its_reply(client: FlaskClient) -> None:
    page, reply = (
        client.get("/authorities/Westmarsh/summary").text,
        client.get("/api/v1/authorities/Westmarsh/summary").json,
    )
    for area in reply["areas"]:
        assert all(f'href="{given["url"]}"' in page for given in area["grades"])
    for cell in reply["themes"]:
        assert cell["aspect"] in plain(page)
        assert all(f"“{' '.join(quote['text'].split())}”" in plain(page) for quote in cell["quotes"])
    for item in reply["must_improve"]:
        assert item["text"] in html.unescape(page)
    assert 'href="/authorities/Westmarsh/summary"' in client.get("/authorities/Westmarsh").text
    assert client.get("/authorities/Nowhere/summary").status_code == 404


def test_the_briefing_has_a_reference_for_each_statement(client: FlaskClient) -> None:
    page = client.get("/authorities/Westmarsh/briefing").text
    manifest = client.get("/authorities/Westmarsh/briefing.json").json
    assert page.count('<li id="note') == len(manifest["answer"]) >= 12
    for statement in manifest["answer"]:
        assert " ".join(statement["text"].split()) in plain(page)
    word = client.get("/authorities/Westmarsh/briefing.docx")
    assert word.headers["Content-Disposition"] == 'attachment; filename="Briefing-on-Westmarsh.docx"'
    assert word.data.startswith(b"PK")
    assert client.get("/authorities/Nowhere/briefing.docx").status_code == 404
