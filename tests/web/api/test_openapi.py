"""Tests of the service's OpenAPI document."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from qa_service.answering.pipeline import Answerer
from tests.web.contract_checks import checked, validator
from web.api.openapi import document_of
from web.app import create_app
from web.contract.operation import Operation, operation

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    return document_of(app)


def responses(document: dict[str, Any]) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [
        (path, method, status, response)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for status, response in operation["responses"].items()
    ]


def test_the_document_is_served_and_valid(app: Flask) -> None:
    served = checked(app).get("/api/v1/openapi.json")
    assert served.status_code == 200
    assert served.json["openapi"].startswith("3.1")
    validate(served.json)
    assert served.json == document_of(app)


def test_every_limit_is_in_words_that_json_schema_knows(document: dict[str, Any]) -> None:
    # pydantic may write "ge" instead of "minimum". Clients would ignore it.
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    parameters = [each for operation in operations for each in operation.get("parameters", ()) if "schema" in each]
    known = {*Draft202012Validator.VALIDATORS, "title", "description", "default", "examples"}
    assert {key for parameter in parameters for key in parameter["schema"]} <= known
    numbers = [each["schema"] for each in parameters if each["name"] in ("offset", "limit", "page")]
    assert len(numbers) >= 10
    assert all("minimum" in schema for schema in numbers)


def test_every_address_and_method_is_in_it(app: Flask, document: dict[str, Any]) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    served = {
        (
            rule.rule.replace("<report_id:", "{").replace("<int:", "{").replace("<", "{").replace(">", "}"),
            method.lower(),
        )
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert len(served) >= 20


def test_a_view_without_a_description_is_found(answerer: Answerer) -> None:
    app = create_app(answerer)
    app.add_url_rule("/api/v1/silent", view_func=lambda: "{}", endpoint="silent")
    with pytest.raises(LookupError, match=r"silent \(/api/v1/silent\)"):
        document_of(app)


def test_replies_may_contain_only_described_fields(document: dict[str, Any]) -> None:
    open_ones = [
        name
        for name, schema in document["components"]["schemas"].items()
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False
    ]
    assert open_ones == ["Document"]


def test_every_error_is_a_problem_with_an_explanation(client: FlaskClient, document: dict[str, Any]) -> None:
    types = set()
    for path, method, status, response in responses(document):
        if int(status) >= 400 and status != "414":  # the web server sends this status, not the app
            schema = response["content"][PROBLEM]["schema"]
            assert schema["allOf"][0] == {"$ref": "#/components/schemas/Problem"}, (path, method, status)
            named = schema["allOf"][1]["properties"]["type"]["enum"]
            examples = response["content"][PROBLEM]["examples"]
            assert [f"/problems/{slug}" for slug in examples] == named
            types |= set(named)
    assert all(client.get(address).status_code == 200 for address in types)
    assert len(types) >= 25


def test_examples_match_their_schemas(app: Flask, document: dict[str, Any]) -> None:
    problem = validator(app, {"$ref": "#/components/schemas/Problem"})
    assert document["components"]["examples"]
    for slug, example in document["components"]["examples"].items():
        assert not list(problem.iter_errors(example["value"])), slug
    with_examples = {name: s["examples"] for name, s in document["components"]["schemas"].items() if "examples" in s}
    assert {"QueryRequest", "QuestionFeedback"} <= with_examples.keys()
    for name, examples in with_examples.items():
        checker = validator(app, {"$ref": f"#/components/schemas/{name}"})
        assert not [error for example in examples for error in checker.iter_errors(example)], name


def test_ids_and_list_parameters_are_described_with_their_limits(document: dict[str, Any]) -> None:
    [report_id] = document["paths"]["/api/v1/reports/{report_id}"]["get"]["parameters"]
    assert (report_id["in"], report_id["required"], report_id["schema"]["pattern"]) == ("path", True, "^[0-9a-f]{16}$")
    listed = {one["name"]: one["schema"] for one in document["paths"]["/api/v1/reports"]["get"]["parameters"]}
    assert set(listed) == {"limit", "page", "authority", "kind", "form", "year", "grade", "sort"}
    assert (listed["limit"]["minimum"], listed["limit"]["maximum"], listed["limit"]["default"]) == (1, 100, 50)
    assert "ilacs" in listed["kind"]["items"]["enum"]


def test_json_in_an_address_is_described_by_the_schema_of_its_content(app: Flask, document: dict[str, Any]) -> None:
    [parameter] = document["paths"]["/api/v1/query"]["get"]["parameters"]
    assert (parameter["name"], parameter["in"], parameter["required"]) == ("request", "query", True)
    checker = validator(app, parameter["content"]["application/json"]["schema"])
    assert not list(checker.iter_errors({"question": "Why?", "offset": 20, "history": ["What?"]}))
    assert list(checker.iter_errors({"question": "Why?", "remember": True}))
    assert list(checker.iter_errors({"question": "Why?", "offset": -1}))


def test_a_reply_with_an_extra_or_missing_field_does_not_match(app: Flask) -> None:
    answer = checked(app).post("/api/v1/query", json={"question": "How was Westmarsh rated overall?"}).json
    checker: Draft202012Validator = validator(app, {"$ref": "#/components/schemas/AnswerResponse"})
    assert not list(checker.iter_errors(answer))
    changes: list[tuple[list[Any], str]] = [([], "x"), (["answer", 0], "x"), (["passages", 0, "report"], "x")]
    for place, name in changes:
        wrong = copy.deepcopy(answer)
        at = wrong
        for step in place:
            at = at[step]
        at[name] = 1
        assert list(checker.iter_errors(wrong)), place
    for name in answer:
        assert list(checker.iter_errors({k: v for k, v in answer.items() if k != name})), name


@pytest.mark.parametrize(
    "description",
    [{"replies": {}}, {"replies": {404: None}}, {"replies": {200: None}, "files": True, "body": (Operation,)}],
)
def test_an_impossible_description_is_refused(description: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Something"):
        operation("Something", "Tag", **description)


def test_the_docstrings_of_an_answers_types_describe_its_fields(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["AnswerResponse"]["properties"]["more"]["description"].startswith("The address of the next page")
    assert schemas["QuoteModel"]["properties"]["page_label"]["description"] == "The page number printed on the page."
    assert (
        schemas["AppliedFilters"]["description"] == "The filters that were set. Filters that were not set are left out."
    )
