from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from corpus.types import Report
from qa_service.answering import Answerer

QUESTION = "What do Westmarsh care leavers get to set up home?"
RESPONSE = {
    "status", "answered", "confidence", "reason", "question", "interpreted_question", "carried_over",
    "filters_applied", "degraded", "answer", "passages", "total", "more", "clarify", "conversation_id", "build",
    "took_ms",
}  # fmt: skip
PASSAGE = {
    "rank", "passage_id", "score", "text", "page", "pages", "page_label", "section", "paragraph", "highlights", "boxes",
    "url", "report",
}  # fmt: skip
REPORT = {
    "id", "file", "title", "authority", "form", "kind", "framework", "inspected_from", "inspected_to", "published",
    "sha256", "superseded_by",
}  # fmt: skip
ROW = {
    "id", "file", "title", "authority", "kind", "framework", "inspected_from", "inspected_to", "published",
    "judgements", "pages", "passages",
}  # fmt: skip

DETAIL = {
    "form", "published_source", "media_type", "sha256", "source_url", "lead_inspector", "grading", "improvements",
    "visit", "follows_judgement", "corrected", "sections", "url", "file_url",
}  # fmt: skip


def ask(client: FlaskClient, **body: object) -> dict[str, object]:
    response = client.post("/api/v1/query", json=body)
    assert response.status_code == 200, response.text
    return response.json


def test_an_answer_has_every_field_of_the_contract(client: FlaskClient) -> None:
    answer = ask(client, question=QUESTION)
    assert set(answer) >= RESPONSE
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
        assert set(statement) == {"kind", "text", "citations", "quotes", "judgement"}
        assert statement["citations"]
        for quote in statement["quotes"]:
            assert set(quote) == {"citation", "text", "start", "end", "page", "page_label", "boxes", "url"}
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


def test_filters_exclude(client: FlaskClient, westmarsh: Report) -> None:
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
        ({"question": "Why?", "top_k": "8"}, "invalid-request", "top_k"),
        ({"question": "Why?", "remember": "yes"}, "invalid-request", "remember"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(
    client: FlaskClient, body: dict[str, object], kind: str, field: str
) -> None:
    response = client.post("/api/v1/query", json=body)
    assert response.status_code == 422
    assert response.mimetype == "application/problem+json"
    assert set(response.json) == {"type", "title", "status", "detail", "field", "remedy"}
    assert (response.json["type"], response.json["field"]) == (f"/problems/{kind}", field)
    assert response.json["status"] == 422
    assert response.json["remedy"]
    assert client.get(response.json["type"]).status_code == 200


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}'])
def test_a_body_that_is_not_json_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/v1/query", data=body, content_type="application/json")
    assert (response.status_code, response.json["type"]) == (400, "/problems/invalid-json")


@pytest.mark.parametrize("body", [b"[]", b'"Why?"', b"null"])
def test_json_that_is_no_object_is_refused(client: FlaskClient, body: bytes) -> None:
    response = client.post("/api/v1/query", data=body, content_type="application/json")
    assert (response.status_code, response.json["type"]) == (422, "/problems/invalid-request")


def test_another_media_type_is_refused(client: FlaskClient) -> None:
    response = client.post("/api/v1/query", data='{"question": "Why?"}', content_type="text/plain")
    assert (response.status_code, response.json["type"]) == (415, "/problems/unsupported-media-type")


def test_another_method_is_refused_with_those_that_are_taken(client: FlaskClient) -> None:
    response = client.get("/api/v1/query")
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


def test_one_report_tells_who_led_it_what_it_asks_for_and_that_nothing_was_corrected(
    client: FlaskClient, westmarsh: Report
) -> None:
    report = client.get(f"/api/v1/reports/{westmarsh.id}").json
    assert (report["lead_inspector"], report["grading"], report["corrected"]) == ("Desmond Farrowgate", "graded", [])
    assert [set(asked) for asked in report["improvements"]] == [
        {"kind", "label", "text", "section", "page", "body"}
    ] * 4
    assert [asked["text"] for asked in report["improvements"]] == [asked.text for asked in westmarsh.improvements]
    assert {(asked["kind"], asked["page"]) for asked in report["improvements"]} == {("improvement", 1)}


def test_every_report_tells_whether_it_is_graded(client: FlaskClient, answerer: Answerer) -> None:
    for report in answerer.index.store.reports:
        told = client.get(f"/api/v1/reports/{report.id}").json
        assert (told["grading"], bool(told["judgements"])) == (report.grading.value, told["grading"] == "graded")
        assert (told["lead_inspector"], told["visit"]) == (report.lead_inspector, report.visit)


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
def test_what_is_not_there_is_a_problem_too(client: FlaskClient, path: str, kind: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
    assert response.json["type"] == f"/problems/{kind}"


@pytest.mark.parametrize("number", [0, 999])
def test_a_page_that_a_report_lacks(client: FlaskClient, westmarsh: Report, number: int) -> None:
    response = client.get(f"/api/v1/reports/{westmarsh.id}/pages/{number}")
    assert (response.status_code, response.json["type"]) == (404, "/problems/unknown-page")
    assert str(westmarsh.page_count) in response.json["remedy"]
