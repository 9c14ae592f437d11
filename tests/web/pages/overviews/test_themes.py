"""Tests of the pages about themes."""

from __future__ import annotations

import csv
import html
import io
import re

from flask.testing import FlaskClient

from corpus.themes import known_themes
from qa_service.analysis.themes import HOW_COUNTED, HOW_SURE


def plain(page: str) -> str:
    """Return the words of a page."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_list_shows_each_theme_with_its_counts_and_the_rule(client: FlaskClient) -> None:
    page, reply = client.get("/themes").text, client.get("/api/v1/themes").json
    assert len(reply["themes"]) == len(known_themes().themes) >= 12
    for theme in reply["themes"]:
        assert f'<a href="{theme["url"]}">{html.escape(theme["name"])}</a>' in page
        assert f"{theme['about']} {theme['weaknesses']} of 10 {theme['strengths']} of 10" in plain(page)
    assert HOW_COUNTED in plain(page)
    assert HOW_SURE in plain(page)
    assert 'href="/themes" aria-current="page"' in page


def test_filters_are_kept_in_the_links_between_pages(client: FlaskClient) -> None:
    limits = "authority=Westmarsh&kind=ilacs&from=2020&to=2023"
    page = client.get(f"/themes?{limits}").text
    assert '<option value="Westmarsh" selected>' in page
    assert "1 report" in plain(page)
    assert f'href="/themes/plans?{limits.replace("&", "&amp;")}"' in page
    theme = client.get(f"/themes/plans?{limits}").text
    assert f'href="/themes?{limits.replace("&", "&amp;")}"' in theme
    assert "The one report" in plain(theme)


def test_a_theme_shows_counts_years_quotes_and_words(client: FlaskClient) -> None:
    page, reply = client.get("/themes/plans").text, client.get("/api/v1/themes/plans").json
    assert f"{reply['weaknesses']} of the 10 reports criticise children’s plans." in plain(page)
    assert page.count('role="img"') == 2
    for year in reply["by_year"]:
        row = (year["year"], year["reports"], year["weaknesses"], year["strengths"])
        assert " ".join(map(str, row)) in plain(page)
    assert len(reply["listed"]) >= 5
    for each in reply["listed"]:
        for remark in each["remarks"]:
            verb = "Praises" if remark["stance"] == "strength" else "Criticises"
            assert f"{verb} children’s plans: “{' '.join(remark['text'].split())}”" in plain(page)
            assert all(html.escape(part["url"]) in page for part in remark["quotes"])
    assert html.escape(reply["words"][0], quote=False) in page


def test_the_list_has_pages(client: FlaskClient, many_client: FlaskClient) -> None:
    page = many_client.get("/themes/supervision").text
    total = many_client.get("/api/v1/themes/supervision").json["total"]
    assert 20 < total <= 30
    assert f"Reports 1 to 10 of {total}" in plain(page)
    assert 'href="/themes/supervision?order=clearest&amp;page=2#list"' in page
    last = many_client.get("/themes/supervision?order=newest&page=3").text
    assert f"Reports 21 to {total} of {total}" in plain(last)
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    assert f"of {total}" in plain(many_client.get("/themes/supervision?page=99999").text)
    assert "page=2" not in client.get("/themes/supervision").text


def test_only_one_stance_can_be_listed(client: FlaskClient) -> None:
    page = plain(client.get("/themes/supervision?stance=strength").text)
    assert "Reports that praise supervision" in page
    assert "Praises supervision:" in page
    assert "Criticises supervision:" not in page


def test_the_download_has_the_whole_list(client: FlaskClient, many_client: FlaskClient) -> None:
    response = client.get("/themes/plans.csv?stance=weakness")
    assert response.headers["Content-Disposition"] == 'attachment; filename="plans.csv"'
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    reply = client.get("/api/v1/themes/plans?stance=weakness&limit=100").json
    assert [row["Text"] for row in rows] == [r["text"] for each in reply["listed"] for r in each["remarks"]]
    assert rows
    assert all(row["Says"] == "Criticises" and row["Link"].startswith("http://localhost/reports/") for row in rows)
    everything = many_client.get("/themes/supervision.csv").text
    rows = list(csv.DictReader(io.StringIO(everything.removeprefix("\ufeff"))))
    assert (
        len({(row["Report"], row["Date"]) for row in rows})
        == many_client.get("/api/v1/themes/supervision").json["total"]
    )


def test_no_report_matches(client: FlaskClient) -> None:
    for address in ("/themes", "/themes/plans"):
        assert "No reports match your filters." in plain(client.get(f"{address}?from=2090").text)
    assert "None of these reports" in plain(client.get("/themes/return_home?authority=Pellbrook").text)


def test_values_that_the_form_cannot_send_are_ignored(client: FlaskClient) -> None:
    usual = client.get("/themes/plans").text
    assert client.get("/themes/plans?stance=x&order=y&page=-1&from=x&kind=z").text == usual


def test_unknown_themes_and_collections(client: FlaskClient) -> None:
    for address in ("/themes/nothing", "/themes/nothing.csv", "/themes?collection=nothing"):
        assert client.get(address).status_code == 404
