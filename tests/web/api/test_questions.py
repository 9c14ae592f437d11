from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.types import Report
from qa_service.answering.pipeline import Answerer
from tests.web.contract_checks import checked

QUESTION = "What do Westmarsh care leavers get to set up home?"
RESPONSE = {
    "status", "answered", "confidence", "reason", "question", "interpreted_question", "carried_over",
    "corrections", "as_of", "other_times", "filters_applied", "degraded", "answer", "passages", "total", "offset",
    "next_offset", "more", "summary", "not_applied", "parts", "clarify", "conversation_id", "build", "took_ms",
    "understood",
}  # fmt: skip
PASSAGE = {
    "rank", "passage_id", "score", "text", "page", "pages", "page_label", "section", "paragraph", "highlights", "recognised", "boxes",
    "url", "report",
}  # fmt: skip
QUOTE = {"citation", "text", "start", "end", "page", "page_label", "boxes", "reading", "unsure", "url"}
REPORT = {
    "id", "file", "title", "authority", "form", "kind", "framework", "inspected_from", "inspected_to", "inspected_as",
    "published",
    "sha256", "superseded_by", "converted",
}  # fmt: skip
ROW = {
    "id", "file", "title", "authority", "kind", "framework", "inspected_from", "inspected_to", "inspected_as",
    "published",
    "judgements", "missing_areas", "pages", "passages",
}  # fmt: skip

DETAIL = {
    "form", "published_source", "media_type", "sha256", "source_url", "lead_inspector", "post_holder", "post_held", "grading", "improvements",
    "unread_lists", "not_judged", "differing_pages", "recognised", "converted",
    "visit", "follows_judgement", "corrected", "sections", "url", "file_url",
}  # fmt: skip


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that checks each reply against the OpenAPI document."""
    return checked(app)


def ask(client: FlaskClient, **body: object) -> dict[str, Any]:
    response = client.post("/api/v1/query", json=body)
    assert response.status_code == 200, response.text
    return response.json


def test_an_answer_has_every_field_of_the_contract(client: FlaskClient) -> None:
    answer = ask(client, question=QUESTION)
    assert set(answer) == RESPONSE
    assert answer["status"] == "answered"
    assert answer["answered"] is True
    assert (answer["degraded"], answer["total"], answer["more"], answer["clarify"]) == ([], None, None, [])
    for passage in answer["passages"]:
        assert set(passage) == PASSAGE
        assert set(passage["report"]) == REPORT
    assert [passage["rank"] for passage in answer["passages"]] == list(range(1, len(answer["passages"]) + 1))


def test_every_statement_is_cited_and_every_quote_is_in_its_passage(client: FlaskClient) -> None:
    answer = ask(client, question=QUESTION)
    assert answer["answer"]
    for statement in answer["answer"]:
        assert set(statement) == {"kind", "text", "citations", "quotes", "judgement", "fact", "label", "heading"}
        assert statement["citations"]
        for quote in statement["quotes"]:
            assert set(quote) == QUOTE
            assert answer["passages"][quote["citation"] - 1]["text"][quote["start"] : quote["end"]] == quote["text"]


def test_a_quote_s_address_marks_it_on_its_page(client: FlaskClient) -> None:
    answer = ask(client, question=QUESTION)
    quote = next(quote for statement in answer["answer"] for quote in statement["quotes"])
    address = urlsplit(quote["url"])
    assert parse_qs(address.query)["quote"] == [quote["text"]]
    assert 'id="marked"' in client.get(quote["url"]).text


def test_the_same_question_twice_gives_the_same_bytes(client: FlaskClient) -> None:
    first, second = ask(client, question=QUESTION), ask(client, question=QUESTION)
    first.pop("took_ms"), second.pop("took_ms")
    assert json.dumps(first) == json.dumps(second)


def test_history_may_be_strings_or_objects(client: FlaskClient, westmarsh: Report) -> None:
    plain = ask(client, question="What about Aldermere?", history=[QUESTION])
    full = {"question": QUESTION, "status": "answered", "report_ids": [westmarsh.id]}
    detailed = ask(client, question="What about Aldermere?", history=[full])
    plain.pop("took_ms"), detailed.pop("took_ms")
    assert plain == detailed
    assert plain["carried_over"]


def test_filters_exclude_other_reports(client: FlaskClient, westmarsh: Report) -> None:
    answer = ask(client, question="What should improve?", filters={"report_id": [westmarsh.id]}, top_k=3)
    assert {passage["report"]["id"] for passage in answer["passages"]} == {westmarsh.id}
    assert answer["filters_applied"]["report_id"] == [westmarsh.id]


def test_top_k_limits_the_passages_that_are_not_cited(client: FlaskClient) -> None:
    answer = ask(client, question=QUESTION, top_k=1)
    cited = {number for statement in answer["answer"] for number in statement["citations"]}
    assert len(answer["passages"]) == max(1, len(cited | {1}))


@pytest.mark.parametrize(
    ("body", "kind", "field"),
    [
        ({"question": ""}, "invalid-question", "question"),
        ({"question": "  \n"}, "invalid-question", "question"),
        ({"question": "x" * 2001}, "invalid-question", "question"),
        ({}, "invalid-question", "question"),
        ({"question": 7}, "invalid-question", "question"),
        ({"question": "Why?", "lang": "en"}, "unknown-field", "lang"),
        ({"question": "Why?", "filters": {"town": ["x"]}}, "unknown-field", "filters.town"),
        ({"question": "Why?", "filters": {"kind": ["party"]}}, "invalid-filters", "filters.kind[0]"),
        ({"question": "Why?", "filters": {"authority": "Westmarsh"}}, "invalid-filters", "filters.authority"),
        ({"question": "Why?", "filters": {"authority": ["a"] * 51}}, "invalid-filters", "filters.authority"),
        ({"question": "Why?", "filters": {"inspected_from": "May 2023"}}, "invalid-filters", "filters.inspected_from"),
        ({"question": "Why?", "filters": {"published_to": 20230501}}, "invalid-filters", "filters.published_to"),
        (
            {"question": "Why?", "filters": {"inspected_from": "2024-01-01", "inspected_to": "2023-01-01"}},
            "invalid-filters",
            "filters",
        ),
        ({"question": "Why?", "filters": {"report_id": ["../etc"]}}, "invalid-filters", "filters.report_id[0]"),
        ({"question": "Why?", "history": ["q"] * 21}, "invalid-request", "history"),
        ({"question": "Why?", "history": ["q" * 2001]}, "invalid-request", "history[0].question"),
        ({"question": "Why?", "history": [{"question": "q", "x": 1}]}, "unknown-field", "history[0].x"),
        ({"question": "Why?", "top_k": 0}, "invalid-request", "top_k"),
        ({"question": "Why?", "top_k": 51}, "invalid-request", "top_k"),
        ({"question": "Why?", "offset": -1}, "invalid-request", "offset"),
        ({"question": "Why?", "offset": 1.5}, "invalid-request", "offset"),
        ({"question": "Why?", "top_k": "8"}, "invalid-request", "top_k"),
        ({"question": "Why?", "remember": "yes"}, "invalid-request", "remember"),
        ({"question": "Why?", "remember": True, "history": ["q"]}, "invalid-request", "history"),
        ({"question": "Why?", "conversation_id": "x", "history": ["q"]}, "invalid-request", "history"),
        ({"question": "Why?", "conversation_id": ""}, "invalid-request", "conversation_id"),
        ({"question": "Why?", "filters": {"published_to": "0"}}, "invalid-filters", "filters.published_to"),
        ({"question": "Why?", "filters": {"published_to": "2023-02-30"}}, "invalid-filters", "filters.published_to"),
    ],
)
def test_a_problem_names_the_field_and_the_remedy(
    client: FlaskClient, body: dict[str, object], kind: str, field: str
) -> None:
    response = client.post("/api/v1/query", json=body)
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert set(response.json) == {"type", "title", "status", "detail", "field", "remedy", "instance"}
    assert (response.json["type"], response.json["field"]) == (f"/problems/{kind}", field)
    assert response.json["status"] == 422
    assert response.json["remedy"]
    assert client.get(response.json["type"]).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}'])
def test_a_body_that_is_not_json_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/v1/query", data=body, content_type="application/json")
    assert (response.status_code, response.json["type"]) == (400, "/problems/invalid-json")


@pytest.mark.parametrize("body", [b"[]", b'"Why?"', b"null"])
def test_json_that_is_not_an_object_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/v1/query", data=body, content_type="application/json")
    assert (response.status_code, response.json["type"]) == (422, "/problems/invalid-request")


def test_another_media_type_is_refused(client: FlaskClient) -> None:
    response = client.post("/api/v1/query", data='{"question": "Why?"}', content_type="text/plain")
    assert (response.status_code, response.json["type"]) == (415, "/problems/unsupported-media-type")


def test_another_method_is_refused_and_the_allowed_ones_are_named(client: FlaskClient) -> None:
    response = client.put("/api/v1/query")
    assert (response.status_code, response.json["type"]) == (405, "/problems/method-not-allowed")
    assert "POST" in response.headers["Allow"]


def test_reports_are_listed_with_facets(client: FlaskClient, answerer: Answerer) -> None:
    listed = client.get("/api/v1/reports").json
    assert set(listed) == {"total", "limit", "page", "facets", "reports"}
    assert listed["total"] == len(answerer.index.store.reports)
    assert (listed["limit"], listed["page"]) == (50, 1)
    assert {"value": "Westmarsh", "count": 2} in listed["facets"]["authority"]
    assert all(set(row) == ROW for row in listed["reports"])
    assert sum(row["passages"] for row in listed["reports"]) == answerer.index.manifest.passages


def test_pages_of_the_list_hold_each_report_once(client: FlaskClient) -> None:
    whole = [row["id"] for row in client.get("/api/v1/reports").json["reports"]]
    by_page = []
    for page in range(1, 6):
        by_page += [row["id"] for row in client.get(f"/api/v1/reports?limit=3&page={page}").json["reports"]]
    assert by_page == whole


def test_the_list_is_limited_by_authority_and_kind(client: FlaskClient) -> None:
    listed = client.get("/api/v1/reports?authority=westmarsh&authority=Aldermere&kind=ilacs").json
    assert {row["authority"] for row in listed["reports"]} == {"Westmarsh", "Aldermere"}
    assert {row["kind"] for row in listed["reports"]} == {"ilacs"}
    assert listed["total"] == 3


@pytest.mark.parametrize(
    ("query", "kind", "field"),
    [
        ("limit=0", "invalid-request", "limit"),
        ("limit=101", "invalid-request", "limit"),
        ("page=none", "invalid-request", "page"),
        ("kind=party", "invalid-filters", "kind[0]"),
        ("town=x", "unknown-field", "town"),
        ("limit=1_0", "invalid-request", "limit"),
        ("limit=", "invalid-request", "limit"),
        ("limit=5&limit=6", "invalid-request", "limit"),
        ("year=1066", "invalid-request", "year"),
    ],
)
def test_a_wrong_parameter_is_named(client: FlaskClient, query: str, kind: str, field: str) -> None:
    response = client.get(f"/api/v1/reports?{query}")
    assert response.status_code == 422
    assert (response.json["type"], response.json["field"]) == (f"/problems/{kind}", field)
    assert response.json["remedy"]


def test_one_report_and_one_page(client: FlaskClient, westmarsh: Report) -> None:
    report = client.get(f"/api/v1/reports/{westmarsh.id}").json
    assert set(report) == ROW | DETAIL
    assert report["judgements"]
    assert report["sections"]
    page = client.get(f"/api/v1/reports/{westmarsh.id}/pages/2").json
    assert (page["report_id"], page["page"], page["pages"]) == (westmarsh.id, 2, westmarsh.page_count)
    assert page["text"].strip()
    assert client.get(page["image_url"]).mimetype == "image/png"


def test_a_report_has_its_lead_inspector_its_improvements_and_no_corrections(
    client: FlaskClient, westmarsh: Report
) -> None:
    report = client.get(f"/api/v1/reports/{westmarsh.id}").json
    assert (report["lead_inspector"], report["grading"], report["corrected"]) == ("Desmond Farrowgate", "graded", [])
    assert [set(asked) for asked in report["improvements"]] == [
        {"kind", "label", "text", "section", "page", "body", "deadline", "recognised"}
    ] * 4
    assert [asked["text"] for asked in report["improvements"]] == [asked.text for asked in westmarsh.improvements]
    assert {(asked["kind"], asked["page"]) for asked in report["improvements"]} == {("improvement", 1)}


def test_every_report_says_whether_it_is_graded(client: FlaskClient, answerer: Answerer) -> None:
    for report in answerer.index.store.reports:
        reply = client.get(f"/api/v1/reports/{report.id}").json
        assert (reply["grading"], bool(reply["judgements"])) == (report.grading.value, reply["grading"] == "graded")
        assert (reply["lead_inspector"], reply["visit"]) == (report.lead_inspector, report.visit)


def test_a_format_without_pages_has_text_and_no_picture(client: FlaskClient, news: Report) -> None:
    page = client.get(f"/api/v1/reports/{news.id}/pages/1").json
    assert page["text"].strip()
    assert page["image_url"] is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v1/reports/0000000000000000", "unknown-report"),
        ("/api/v1/reports/0000000000000000/pages/1", "unknown-report"),
        ("/api/v1/reports/..%2f..%2fetc", "not-found"),
        ("/api/v1/nothing", "not-found"),
    ],
)
def test_an_unknown_address_is_a_problem(client: FlaskClient, path: str, kind: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert response.json["type"] == f"/problems/{kind}"


@pytest.mark.parametrize("number", [0, 999])
def test_an_unknown_page_is_a_problem(client: FlaskClient, westmarsh: Report, number: int) -> None:
    response = client.get(f"/api/v1/reports/{westmarsh.id}/pages/{number}")
    assert (response.status_code, response.json["type"]) == (404, "/problems/unknown-page")
    assert str(westmarsh.page_count) in response.json["remedy"]


def test_the_list_links_to_its_neighbouring_pages_with_the_same_parameters(client: FlaskClient) -> None:
    first = client.get("/api/v1/reports?limit=4&kind=ilacs&kind=focused-visit")
    assert first.headers["Link"] == '</api/v1/reports?limit=4&kind=ilacs&kind=focused-visit&page=2>; rel="next"'
    address = first.headers["Link"].split(">")[0].removeprefix("<")
    second = client.get(address)
    assert {row["id"] for row in first.json["reports"]}.isdisjoint(row["id"] for row in second.json["reports"])
    assert 'page=1>; rel="prev"' in second.headers["Link"]
    assert "Link" not in client.get("/api/v1/reports?limit=100").headers


def test_an_unchanged_reply_is_not_sent_again(client: FlaskClient, westmarsh: Report) -> None:
    for address in ("/reports", f"/reports/{westmarsh.id}", f"/reports/{westmarsh.id}/pages/1", "/openapi.json"):
        first = client.get(f"/api/v1{address}")
        assert first.headers["Cache-Control"] == "private, no-cache"
        assert set(first.headers["Vary"].split(", ")) == {"Authorization", "Cookie"}
        assert not first.headers["ETag"].startswith("W/")
        again = client.get(f"/api/v1{address}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        other = client.get(f"/api/v1{address}", headers={"If-None-Match": '"of-another-time"'})
        assert (other.status_code, other.data) == (200, first.data)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "/openapi.json?x=1"),
        ("get", "/reports/0000000000000000?x=1"),
        ("get", "/builds?x=1"),
        ("get", "/builds/none/events?x=1"),
        ("get", "/conversations/none?x=1"),
        ("post", "/query?x=1"),
        ("delete", "/reports/0000000000000000?x=1"),
    ],
)
def test_an_unused_parameter_is_refused(client: FlaskClient, method: str, address: str) -> None:
    response = getattr(client, method)(f"/api/v1{address}")
    assert (response.status_code, response.json["type"], response.json["field"]) == (
        422,
        "/problems/unknown-field",
        "x",
    )


def test_head_returns_only_headers_and_options_the_methods(client: FlaskClient) -> None:
    listed, head = client.get("/api/v1/reports"), client.head("/api/v1/reports")
    assert (head.status_code, head.data) == (200, b"")
    assert (head.headers["ETag"], head.headers["Content-Length"]) == (listed.headers["ETag"], str(len(listed.data)))
    options = client.options("/api/v1/reports")
    assert options.status_code == 200
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    refused = client.put("/api/v1/reports")
    assert (refused.status_code, refused.json["type"]) == (405, "/problems/method-not-allowed")
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_an_invalid_question_in_a_batch_does_not_affect_the_others(client: FlaskClient) -> None:
    good = {"question": QUESTION, "top_k": 2}
    sent = [
        good,
        {"question": " "},
        7,
        {"question": "Why?", "lang": "en"},
        {"question": "a", "conversation_id": "x"},
        good,
    ]
    response = client.post("/api/v1/queries", json={"queries": sent})
    assert response.status_code == 200
    answers = response.json["answers"]
    assert [one["status"] for one in answers] == [200, 422, 422, 422, 404, 200]
    kinds = [one["problem"]["type"].rpartition("/")[2] for one in answers if "problem" in one]
    assert kinds == ["invalid-question", "invalid-request", "unknown-field", "unknown-conversation"]
    alone = ask(client, **good)
    for one in (answers[0]["answer"], answers[5]["answer"], alone):
        one.pop("took_ms")
    assert json.dumps(answers[0]["answer"]) == json.dumps(answers[5]["answer"]) == json.dumps(alone)


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "queries"), ({"queries": []}, "queries"), ({"queries": [{"question": "a"}] * 21}, "queries")],
)
def test_a_batch_has_1_to_20_questions(client: FlaskClient, body: dict[str, object], field: str) -> None:
    response = client.post("/api/v1/queries", json=body)
    assert (response.status_code, response.json["type"], response.json["field"]) == (
        422,
        "/problems/invalid-request",
        field,
    )


def test_a_batch_may_be_larger_than_a_question_up_to_its_own_limit(client: FlaskClient) -> None:
    long = {"question": "?", "history": ["q" * 2000] * 20, "lang": "en"}  # refused only for its unknown field
    assert client.post("/api/v1/queries", json={"queries": [long] * 5}).status_code == 200
    assert client.post("/api/v1/queries", json={"queries": [long] * 7}).status_code == 413
    assert client.post("/api/v1/query", json=long | {"history": ["q" * 2000] * 40}).status_code == 413
