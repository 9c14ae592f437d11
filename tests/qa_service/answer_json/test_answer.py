from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.types import Form, Kind
from index.types import Filters
from qa_service.addresses import page_url
from qa_service.answer_json.answer import answer_json
from qa_service.answer_json.filters import filters_json
from qa_service.answer_json.passages import report_json

TOP = [
    "status", "answered", "confidence", "reason", "question", "interpreted_question", "carried_over", "corrections",
    "as_of", "other_times", "filters_applied", "degraded", "answer", "passages", "total", "offset", "next_offset", "more",
    "summary", "not_applied", "parts", "clarify", "conversation_id", "build", "took_ms",
]  # fmt: skip
STATEMENT = ["kind", "text", "citations", "quotes", "judgement", "fact", "label", "heading"]
FACT = ["report_id", "name", "value", "source", "words", "page", "reading"]
QUOTE = ["citation", "text", "start", "end", "page", "page_label", "boxes", "reading", "unsure", "url"]
PASSAGE = [
    "rank", "passage_id", "score", "text", "page", "pages", "page_label", "section", "paragraph", "highlights",
    "recognised", "boxes", "url", "report",
]  # fmt: skip
REPORT = [
    "id", "file", "title", "authority", "form", "kind", "framework", "inspected_from", "inspected_to", "inspected_as",
    "published",
    "sha256", "superseded_by", "converted",
]  # fmt: skip


@pytest.fixture(scope="module")
def payloads(sample_answers):
    return [answer_json(answer, 12.34) for _, answer in sample_answers]


def test_the_fields_are_those_of_the_contract_in_its_order(payloads):
    for payload in payloads:
        assert [name for name in payload if name != "understood"] == TOP
        for passage in payload["passages"]:
            assert list(passage) == PASSAGE
            assert list(passage["report"]) == REPORT
        for statement in payload["answer"]:
            assert list(statement) == STATEMENT
            assert all(list(quote) == QUOTE for quote in statement["quotes"])
    assert any(statement["judgement"] for payload in payloads for statement in payload["answer"])


def test_a_finding_has_a_grade_with_its_report_and_area_or_another_fact(payloads):
    findings = [s for payload in payloads for s in payload["answer"] if s["kind"] == "finding"]
    judged, facts = [s for s in findings if s["judgement"]], [s for s in findings if s["fact"]]
    assert all(list(statement["judgement"]) == ["report_id", "area", "grade"] for statement in judged)
    assert all(list(statement["fact"]) == FACT for statement in facts)
    assert len(judged) + len(facts) == len(findings)
    quoted = [s for payload in payloads for s in payload["answer"] if s["kind"] == "quote"]
    assert {statement["judgement"] for statement in quoted} == {None}


def test_it_is_json_through_and_through(payloads):
    for payload in payloads:
        assert json.loads(json.dumps(payload, allow_nan=False)) == payload


def test_citation_n_is_the_nth_passage(payloads):
    for payload in payloads:
        assert [passage["rank"] for passage in payload["passages"]] == list(range(1, len(payload["passages"]) + 1))
        for statement in payload["answer"]:
            for quote in statement["quotes"]:
                passage = payload["passages"][quote["citation"] - 1]
                assert passage["text"][quote["start"] : quote["end"]] == quote["text"]
                assert [quote["start"], quote["end"]] in passage["highlights"]
                assert urlsplit(quote["url"]).path == f"/reports/{passage['report']['id']}/pages/{quote['page']}"
                [words] = parse_qs(urlsplit(quote["url"]).query)["quote"]
                assert words == quote["text"] or (statement["kind"] == "finding" and words.endswith(quote["text"]))


def test_passages_keep_to_300_words_and_2_pages(payloads):
    for payload in payloads:
        for passage in payload["passages"]:
            assert len(passage["text"].split()) <= 300
            assert 1 <= len(passage["pages"]) <= 2
            assert passage["page"] in passage["pages"]


def test_boxes_are_fractions_of_the_page(payloads):
    boxes = [box for payload in payloads for s in payload["answer"] for quote in s["quotes"] for box in quote["boxes"]]
    assert boxes
    for box in boxes:
        assert list(box) == ["page", "x0", "y0", "x1", "y1"]
        assert 0 <= box["x0"] < box["x1"] <= 1
        assert 0 <= box["y0"] < box["y1"] <= 1


def test_answered_is_true_only_for_answered(payloads):
    assert all(payload["answered"] == (payload["status"] == "answered") for payload in payloads)
    assert {payload["took_ms"] for payload in payloads} == {12.3}


@pytest.mark.parametrize(
    "words", ["a & b = c?", "100% #1 + 2/3", "£3,000 ‘home’", "line\nbreak", "“quoted” <b>", "é 🙂", "%26quote=x"]
)
def test_an_address_carries_the_words_whatever_they_are(words):
    address = urlsplit(page_url("0123456789abcdef", 3, words))
    assert address.path == "/reports/0123456789abcdef/pages/3"
    assert parse_qs(address.query, strict_parsing=True) == {"quote": [words]}
    assert address.fragment == ""
    assert address.geturl().isascii()


def test_an_address_carries_at_most_the_beginning_of_a_long_quote():
    words = " ".join(f"word{number}" for number in range(400))
    [carried] = parse_qs(urlsplit(page_url("r", 1, words)).query)["quote"]
    assert words.startswith(f"{carried} "), "whole words"
    assert 100 < len(carried) <= 1000


@pytest.mark.parametrize("words", [None, ""])
def test_an_address_without_words_is_the_pages(words):
    assert page_url("r", 1, words) == "/reports/r/pages/1"


def test_unknown_facts_of_a_report_are_null(make_report):
    facts = report_json(make_report())
    assert facts["form"] == "report"
    assert {
        facts[name] for name in ("authority", "kind", "framework", "inspected_from", "inspected_to", "published")
    } == {None}


def test_days_are_written_as_year_month_day(make_report):
    facts = report_json(make_report(inspected_to=date(2023, 1, 31), published=date(2023, 3, 1), kind=Kind.ILACS))
    assert (facts["inspected_to"], facts["published"], facts["kind"]) == ("2023-01-31", "2023-03-01", "ilacs")


def test_filters_that_were_not_set_are_left_out():
    assert filters_json(Filters()) == {}
    filters = Filters(
        authority=("Westmarsh",), kind=(Kind.ILACS,), form=(Form.LETTER,), grade=(("Overall effectiveness", "Good"),),
        report_id=("r",), inspected_from=date(2022, 1, 1), published_to=date(2023, 1, 1), latest_only=True,
    )  # fmt: skip
    assert filters_json(filters) == {
        "authority": ["Westmarsh"], "kind": ["ilacs"], "form": ["letter"], "report_id": ["r"],
        "grade": [{"area": "Overall effectiveness", "grade": "Good"}],
        "inspected_from": "2022-01-01", "published_to": "2023-01-01", "latest_only": True,
    }  # fmt: skip
