from __future__ import annotations

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from qa_service.answering.pipeline import Answerer

QUESTION = {"question": "What do Westmarsh care leavers get to set up home?"}


def measured(client: FlaskClient) -> dict[tuple[str, ...], float]:
    text = client.get("/metrics").text
    families = text_string_to_metric_families(text)
    return {(s.name, *(v for _, v in sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_requests_and_answers_are_counted(client: FlaskClient) -> None:
    before = measured(client)
    client.post("/api/v1/query", json=QUESTION)
    client.post("/api/v1/query", json={})
    after = measured(client)

    def more(*name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert more("qa_answers_total", "answered") == 1
    assert more("qa_requests_total", "api.query", "200") == 1
    assert more("qa_requests_total", "api.query", "422") == 1
    assert more("qa_request_seconds_count", "api.query") == 2
    assert more("qa_stage_seconds_total", "retrieve") > 0


def test_the_build_in_use_is_measured(client: FlaskClient, answerer: Answerer) -> None:
    figures, manifest = measured(client), answerer.index.manifest
    assert figures["qa_ready",] == 1
    assert figures["qa_build_info", manifest.build, manifest.encoder] == 1
    assert figures["qa_index_reports",] == manifest.reports
    assert figures["qa_index_bytes",] == sum(manifest.sizes.values())
    assert figures["qa_requests_present",] == 1


def test_metrics_contain_no_questions_or_reports(client: FlaskClient, answerer: Answerer) -> None:
    client.post("/api/v1/query", json=QUESTION)
    client.get("/authorities/Westmarsh")
    client.get("/nothing/like/this")
    text = client.get("/metrics").text
    assert not any(
        word in text for word in ("Westmarsh", "leavers", "nothing/like", answerer.index.store.reports[0].id)
    )
