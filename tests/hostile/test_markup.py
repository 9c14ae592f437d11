"""Tests that every format and every page shows markup and code in reports as plain words."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from corpus.glyphs import clean
from tests.hostile.cases_markup import MARKUP
from tests.hostile.pages import Asked, Element, asked, assert_guarded, assert_ours, elements, parsed, words
from tests.hostile.planted import FORMATS, TITLED, Planted

_NOTE = re.compile(r"<p[^>]*>A second program [^<]*</p>")
NUMBERS = {name: number for number, name in enumerate(MARKUP)}


def addresses(planted: Planted, name: str) -> list[str]:
    """Return the addresses of the pages about one report."""
    report = planted.report(name)
    at = f"/reports/{report.id}"
    return [at, f"{at}/pages/1", f"{at}/pages/1?quote=nothing+of+this", f"{at}/remove"]


@pytest.fixture(scope="module")
def shown(planted: Planted) -> dict[str, str]:
    """The first page of each hostile report, by format."""
    client = planted.app.test_client()
    return {suffix: client.get(f"/reports/{planted.report(f'hostile.{suffix}').id}/pages/1").text for suffix in FORMATS}


@pytest.mark.parametrize("name", MARKUP)
@pytest.mark.parametrize("suffix", FORMATS)
def test_markup_in_a_report_is_plain_words_on_its_page(shown: dict[str, str], suffix: str, name: str) -> None:
    mark = f"Case {NUMBERS[name]:02} says"
    lines = [p for p in parsed(shown[suffix]).iter("p", "text") if mark in str(p.text_content())]
    assert lines, f"{mark} is not shown"
    for line in lines:
        assert [one.tag for one in line.iterdescendants() if one.tag not in ("tspan", "mark")] == []
        if suffix != "md":  # Markdown removes its own markup
            assert f"{mark} {clean(MARKUP[name])} and so it stands." == " ".join(str(line.text_content()).split())


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_pages_of_a_hostile_report_have_the_same_elements_as_its_twin(planted: Planted, suffix: str) -> None:
    client = planted.app.test_client()
    pairs = zip(addresses(planted, f"hostile.{suffix}"), addresses(planted, f"twin.{suffix}"), strict=True)
    for hostile, twin in pairs:
        reply = client.get(hostile)
        assert_guarded(reply)
        assert_ours(reply.text)
        assert elements(_without_notes(reply.text)) == elements(_without_notes(client.get(twin).text)), hostile


def _without_notes(page: str) -> str:
    """Return a page without the notes about what a second program reads, because it reads a twin in the same way."""
    return _NOTE.sub("", page)


@pytest.mark.parametrize("name", TITLED)
def test_hostile_facts_do_not_change_the_elements_of_a_page(planted: Planted, name: str) -> None:
    client, report = planted.app.test_client(), planted.report(f"titled {name}")
    twin = planted.report("titled twin")
    pairs = [*zip(addresses(planted, f"titled {name}"), addresses(planted, "titled twin"), strict=True)]
    assert report.authority
    assert twin.authority
    pairs.append((f"/authorities/{quote(report.authority, safe='')}", f"/authorities/{quote(twin.authority)}"))
    for hostile, harmless in pairs:
        reply = client.get(hostile)
        if hostile.startswith("/authorities") and "/" in report.authority:
            continue  # a name with a slash has no address, so its page is not found
        assert_guarded(reply)
        assert_ours(reply.text)
        assert elements(reply.text) == elements(client.get(harmless).text), hostile
    page = words(client.get(f"/reports/{report.id}").text)
    for fact in (report.title, report.authority, report.framework, report.lead_inspector, report.file):
        assert fact is not None
        assert " ".join(fact.split()) in page
    assert "javascript:alert(1)//Titled" not in client.get(f"/reports/{report.id}").text


@pytest.mark.parametrize("name", [*(f"hostile.{suffix}" for suffix in FORMATS), *(f"titled {n}" for n in TITLED)])
def test_the_api_returns_hostile_reports_as_json(planted: Planted, name: str) -> None:
    client, report = planted.app.test_client(), planted.report(name)
    for address in (f"/api/v1/reports/{report.id}", f"/api/v1/reports/{report.id}/pages/1"):
        reply = client.get(address)
        assert_guarded(reply)
        assert (reply.status_code, reply.mimetype) == (200, "application/json")
        assert report.id in reply.text


@pytest.mark.parametrize("name", [*(f"hostile.{suffix}" for suffix in FORMATS), *(f"titled {n}" for n in TITLED)])
def test_a_hostile_original_is_always_a_download(planted: Planted, name: str) -> None:
    client, report = planted.app.test_client(), planted.report(name)
    with client.get(f"/reports/{report.id}/file") as reply:
        assert_guarded(reply)
        assert reply.status_code == 200
        assert reply.headers["Content-Disposition"].startswith("attachment; ")


@pytest.fixture(scope="module")
def allowed(planted: Planted) -> set[Element]:
    """All the elements on the pages of harmless reports."""
    chat = conversation(planted, "twin.txt", "twin.pdf", "titled twin")
    held = set()
    for address in (*pages_of(chat), *around(planted, "twin.txt"), *around(planted, "twin.docx"), "/reports", "/"):
        held |= set(elements(chat.client.get(address).text))
    return held


def conversation(planted: Planted, *names: str) -> Asked:
    """Ask what the case in each of these reports says, in one conversation."""
    client = planted.app.test_client()
    first, *rest = [planted.report(name).id for name in names]
    chat = asked(client, "What does the case say?", report_id=first)
    for report_id in rest:
        asked(client, "What does the case say about children?", report_id=report_id, conversation=chat.name)
    return chat


def pages_of(chat: Asked) -> list[str]:
    turns = [f"{chat.url}?turn={number}" for number in range(1, 4)]
    return [chat.url, *turns, "/conversations", f"{chat.url}/turns/1/feedback?verdict=wrong", f"{chat.url}/delete"]


def around(planted: Planted, name: str) -> list[str]:
    report = planted.report(name)
    passages = planted.answerer.index.store.passages_of(report.id)
    return [f"/reports/{report.id}/passages/{indexed.passage.ordinal}/around" for indexed in passages]


@pytest.mark.parametrize(
    "names", [("hostile.txt", "hostile.pdf"), ("hostile.html", "hostile.docx"), ("hostile.md", "titled script")]
)
def test_hostile_passages_in_answers_add_no_element(
    planted: Planted, allowed: set[Element], names: tuple[str, ...]
) -> None:
    chat = conversation(planted, *names, "titled comment" if "titled comment" in planted.files else names[0])
    for address in (*pages_of(chat), *around(planted, names[0]), *around(planted, names[1]), "/reports", "/"):
        reply = chat.client.get(address)
        assert_guarded(reply)
        assert_ours(reply.text)
        assert set(elements(reply.text)) - allowed == set(), address


def test_a_build_continues_past_files_it_cannot_read(planted: Planted) -> None:
    failed = {failure.file: failure.reason for failure in planted.manifest.failures}
    assert set(failed) == {"empty.pdf", "page.pdf", "noise.txt", "archive.docx"}
    assert all(failed.values())
    assert planted.manifest.reports == len(planted.files) + 10


def test_no_pipe_device_or_link_brings_in_another_file(planted: Planted) -> None:
    held = {report.file for report in planted.answerer.index.store.reports}
    assert not held & {"pipe.txt", "device.txt", "itself.txt", "nowhere.pdf", "folder-link.txt", "passwd"}
