"""Tests of grades over time over JSON. Each reply is checked against the OpenAPI document."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from tests.web.contract_checks import checked
from tests.web.guarded import hide_report

ROOT = "/api/v1/grades"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that checks each reply against the OpenAPI document."""
    return checked(app)


def test_each_grade_is_that_of_its_report(client: FlaskClient, answerer: Answerer) -> None:
    reply = client.get(ROOT).json
    assert reply["as_of"] == datetime.now(UTC).date().isoformat()
    reports = {report.id: report for report in answerer.index.store.reports}
    given = [grade for each in reply["authorities"] for grade in each["grades"]]
    assert len(given) >= 3
    for each in given:
        judgements = reports[each["inspection"]["report_id"]].judgements
        assert (each["area"], each["printed"], each["page"]) in {(j.area, j.grade, j.page) for j in judgements}


def test_counts_equal_their_lists(client: FlaskClient) -> None:
    reply = client.get(f"{ROOT}?limit=200").json
    assert reply["total"] == len(reply["authorities"])
    last = reply["by_year"][-1]
    assert sum(last["counts"].values()) + last["unknown"] == reply["total"]
    everything = client.get(f"{ROOT}/movements?limit=200").json
    assert everything["total"] == len(everything["movements"]) >= 1
    parts = [client.get(f"{ROOT}/movements?change={change}").json["total"] for change in ("better", "same", "worse")]
    assert sum(parts) == everything["total"]
    several = client.get(f"{ROOT}/movements?change=better&change=worse").json["total"]
    assert several == parts[0] + parts[2]


def test_the_list_has_parts(client: FlaskClient) -> None:
    whole = client.get(ROOT).json["authorities"]
    first = client.get(f"{ROOT}?limit=1")
    assert first.json["next_offset"] == 1
    assert 'rel="next"' in first.headers["Link"]
    second = client.get(f"{ROOT}?limit=1&offset=1").json
    assert [*first.json["authorities"], *second["authorities"]] == whole[:2]


def test_the_order_can_be_chosen(client: FlaskClient) -> None:
    months = [each["months_since"] for each in client.get(f"{ROOT}?order=longest").json["authorities"]]
    known = [each for each in months if each is not None]
    assert known == sorted(known, reverse=True)
    assert months[: len(known)] == known


@pytest.mark.parametrize(
    ("address", "kind", "field"),
    [
        ("?area=roads", "invalid-request", "area"),
        ("?order=best", "invalid-request", "order"),
        ("?limit=0", "invalid-request", "limit"),
        ("?change=better", "unknown-field", "change"),
        ("/movements?before=adequate", "invalid-request", "before[0]"),
        ("/movements?since=2023-02-01&until=2023-01-31", "invalid-request", "until"),
        ("/movements?latest=yes", "invalid-request", "latest"),
        ("?collection=x", "unknown-collection", "collection"),
    ],
)
def test_a_wrong_request_is_a_problem(client: FlaskClient, address: str, kind: str, field: str) -> None:
    reply = client.get(f"{ROOT}{address}").json
    assert (reply["type"], reply["field"]) == (f"/problems/{kind}", field)
    assert reply["remedy"]


def test_a_copy_that_is_current_is_not_sent_again(client: FlaskClient) -> None:
    for address in (ROOT, f"{ROOT}/movements"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_hidden_report_counts_nowhere(
    answerer: Answerer, sample_index: DataFolder, tmp_path: Path, client: FlaskClient
) -> None:
    guard = hide_report(answerer, sample_index, tmp_path)
    hidden, outside, inside, reader = guard.report, guard.outside, guard.inside, checked(guard.app)
    moved = f"{ROOT}/movements?authority=Westmarsh"
    assert client.get(moved).json["total"] == 1
    assert reader.get(moved, headers=inside).json["total"] == 1
    assert reader.get(moved, headers=outside).json["total"] == 0
    [seen] = reader.get(f"{ROOT}?authority=Westmarsh", headers=outside).json["authorities"]
    assert hidden.id not in {each["inspection"]["report_id"] for each in seen["grades"]}
    assert seen["last_full_inspection"]["report_id"] != hidden.id
    assert reader.get(f"{ROOT}?collection=board", headers=inside).json["total"] == 1
    assert reader.get(f"{ROOT}?collection=board", headers=outside).status_code == 404
    browser = guard.app.test_client()
    for address in ("/grades", "/grades/movements", "/grades.csv", "/grades/movements.csv"):
        assert hidden.id not in browser.get(address, headers=outside).text
        assert hidden.id in browser.get(address, headers=inside).text
    assert reader.get(ROOT).status_code == 401
