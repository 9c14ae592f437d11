"""Tests of answers from facts on the page: the sentence, the table, words not applied, and the pages of a long list."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.many_reports import AUTHORITIES

GOOD = "Which authorities are rated good?"


@pytest.fixture
def client(many_client: FlaskClient) -> FlaskClient:
    return many_client


def ask(client: FlaskClient, question: str) -> str:
    return client.post("/ask", data={"question": question}, follow_redirects=True).text


def summary(page: str) -> str:
    [sentence] = re.findall(r'<p class="summary">(.*?)</p>', page, re.DOTALL)
    return unescape(sentence)


def rows(page: str) -> list[list[str]]:
    """Return the text of the cells in each row of the answer's table."""
    [table] = re.findall(r"<table.*?</table>", page, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("<tr")[1:]]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in row] for row in found]


def links(page: str) -> dict[str, str]:
    [nav] = re.findall(r'<nav class="more".*?</nav>', page, re.DOTALL)
    return {label: unescape(url) for url, label in re.findall(r'<a href="(.*?)">(.*?)</a>', nav)}


def test_a_list_names_each_authority_with_the_date_and_the_page(client: FlaskClient) -> None:
    page = ask(client, GOOD)
    assert summary(page).startswith("All 24 authorities")
    assert page.index('class="summary"') < page.index("<table")
    head, first, *_ = rows(page)
    assert head == ["Authority", "Inspection", "Area", "Grade", "Source"]
    assert first[:4] == ["Ambleford", "1 to 5 September 2023 full inspection", "Overall effectiveness", "Good"]
    assert first[4].startswith("page 1")
    assert re.search(r'href="/reports/[0-9a-f]{16}/pages/1\?quote=[^"]+#marked"', page)


def test_the_two_grades_of_a_change_belong_together_the_earlier_first(client: FlaskClient) -> None:
    page = ask(client, "Which authorities went from inadequate to good?")
    assert '<th scope="rowgroup" rowspan="2" data-label="Authority">Dunfold</th>' in page
    _, before, after = rows(page)
    assert (before[0], before[1][:18], before[3]) == ("Dunfold", "6 to 17 May 2019 f", "Inadequate")
    assert (after[0][:18], after[2]) == ("4 to 8 September 2", "Good")


def test_yes_or_no_comes_first(client: FlaskClient) -> None:
    page = ask(client, "Has Dunfold ever been inadequate?")
    assert summary(page).startswith("Yes. ")
    assert any("Inadequate" in row for row in rows(page)[1:])


def test_none_of_them_is_an_answer(client: FlaskClient) -> None:
    page = ask(client, "Which authorities are rated outstanding?")
    assert summary(page).startswith("None of the 24 authorities")
    assert "<h3>What the reports say</h3>" in page
    assert "The reports do not say" not in page
    head, *shown = rows(page)
    assert head[3] == "Grade"
    assert len(shown) >= 20  # the table lists the grades that were checked
    assert all(row[3] != "Outstanding" for row in shown)


def test_a_date_that_only_the_file_gives_says_so(client: FlaskClient) -> None:
    page = ask(client, "When was the 2023 inspection of Dunfold published?")
    head, row = rows(page)
    assert head == ["Report", "Published", "Source"]
    assert row == ["Dunfold · full inspection · 4 to 8 September 2023", "20 October 2023", "from the file’s name"]


def test_a_fact_on_a_page_leads_to_the_page(client: FlaskClient) -> None:
    page = ask(client, "Who was the lead inspector of the 2023 inspection of Dunfold?")
    assert "Ada Quill" in summary(page)
    head, row = rows(page)
    assert head == ["Report", "Lead inspector", "Source"]
    assert row[1] == "Ada Quill"
    assert row[2].startswith("page 1")


def test_words_that_were_not_applied_are_named_above_the_answer(client: FlaskClient) -> None:
    page = ask(client, "Which authorities by the sea are rated good?")
    note = (
        '<p class="note unapplied" role="note">We could not apply these words in your question: “by the sea”. The '
        "answer does not take them into account.</p>"
    )
    assert page.index(note) < page.index('class="summary"')
    assert 'role="note"' not in ask(client, GOOD)


def test_without_javascript_the_whole_list_is_one_link_away(client: FlaskClient) -> None:
    page = ask(client, GOOD)
    assert "Items 1 to 20 of 24" in page
    assert list(links(page)) == ["Show the next 4", "Show all 24"]
    assert links(page)["Show all 24"].endswith("/turns/1?all=1#t1-r20")
    whole = client.get(links(page)["Show all 24"], follow_redirects=True).text
    assert [row[0] for row in rows(whole)[1:]] == list(AUTHORITIES)
    assert 'id="t1-r20"' in whole
    assert list(links(whole)) == ["Show only the first 20"]
    assert "The reports have changed" not in whole


def test_the_next_page_and_the_one_before(client: FlaskClient) -> None:
    following = client.get(links(ask(client, GOOD))["Show the next 4"], follow_redirects=True).text
    assert "Items 21 to 24 of 24" in following
    assert [row[0] for row in rows(following)[1:]] == list(AUTHORITIES[20:])
    assert list(links(following)) == ["Show the previous 20"]
    assert "The reports have changed" not in following
    first = client.get(links(following)["Show the previous 20"], follow_redirects=True).text
    assert [row[0] for row in rows(first)[1:]] == list(AUTHORITIES[:20])


def test_the_page_s_script_gets_only_the_turn_with_another_part(client: FlaskClient) -> None:
    address = links(ask(client, GOOD))["Show all 24"]
    fragment = client.get(address, headers={"X-Fragment": "1"}).text
    assert fragment.lstrip().startswith("<article")
    assert len(rows(fragment)) == 25


def test_a_redirect_keeps_only_the_parameters_of_a_list(client: FlaskClient) -> None:
    page = ask(client, GOOD)
    turn = links(page)["Show all 24"].partition("?")[0]
    response = client.get(f"{turn}?all=1&_scheme=ftp&_external=1&name=x")
    assert re.fullmatch(r"/conversations/[\w-]{22}\?turn=1&all=1", response.headers["Location"])


@pytest.mark.parametrize("query", ["offset=-5", "offset=x", "offset=", "all="])
def test_a_wrong_part_shows_the_first(client: FlaskClient, query: str) -> None:
    turn = links(ask(client, GOOD))["Show all 24"].partition("?")[0]
    shown = client.get(f"{turn}?{query}", follow_redirects=True).text
    assert [row[0] for row in rows(shown)[1:]] == list(AUTHORITIES[:20])


def test_a_part_after_the_end_says_so(client: FlaskClient) -> None:
    turn = links(ask(client, GOOD))["Show all 24"].partition("?")[0]
    shown = client.get(f"{turn}?offset=400", follow_redirects=True).text
    assert "The list has 24 items" in summary(shown)


def test_every_reference_leads_to_a_passage_on_the_page(client: FlaskClient) -> None:
    page = ask(client, GOOD)
    references = re.findall(r'class="ref" href="#([^"]+)"', page)
    assert len(references) == 20
    assert all(f'id="{reference}"' in page for reference in references)


@pytest.mark.parametrize("suffix", ["md", "csv"])
def test_a_download_has_the_whole_list(client: FlaskClient, suffix: str) -> None:
    page = ask(client, "Which authorities by the sea are rated good?")
    [address] = re.findall(rf'href="(/conversations/[^"]*export\.{suffix}\?turn=1)"', page)
    text = client.get(address).text
    assert all(name in text for name in AUTHORITIES)
    assert "All 24 authorities" in text
    assert "We could not apply these words in your question: “by the sea”." in text


SEVERAL = "Which authorities are rated good? Which are inadequate? When was Dunfold inspected? Who led the inspection of Yaxby?"


def test_each_of_several_questions_has_a_heading_and_its_own_answer(client: FlaskClient) -> None:
    page = ask(client, SEVERAL)
    parts = re.findall(r'<section class="part".*?</section>', page, re.DOTALL)
    assert [re.findall(r"<h3 .*?>(.*?)</h3>", part) for part in parts] == [
        [q.strip() + "?"] for q in SEVERAL[:-1].split("?")
    ]
    good, inadequate, inspected, led = parts
    assert len(rows(good)) == 21
    assert list(links(good)) == ["Show all 24"]
    assert summary(inadequate).startswith("None of the 24 authorities")
    assert "Ask this question on its own" not in inadequate
    assert rows(inspected)[1][1] == "4 to 8 September 2023"
    assert "We did not look for an answer to this question" in led
    assert 'value="Who led the inspection of Yaxby?" formnovalidate>Ask this question on its own' in led
    whole = client.get(links(good)["Show all 24"], follow_redirects=True).text
    assert 'id="t1-q1-r20"' in whole
    assert len(re.findall(r' id="(.*?)"', whole)) == len(set(re.findall(r' id="(.*?)"', whole)))
    assert list(links(whole)) == ["Show only the first 20"]
    assert "The reports have changed" not in whole
