"""A client that checks every reply of the JSON interface against the OpenAPI document."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from openapi_schema_validator import OAS31Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder, TestResponse

from web.api.openapi import document_of
from web.api.routes import routes_of

_BASE = "urn:document"


class CheckedClient(FlaskClient):
    """Fails if a reply has a status, a header, a media type or a body that the document does not describe."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        check(self.application, response)
        return response


def checked(app: Flask) -> CheckedClient:
    """Return a client for an app. It checks every reply from the app."""
    return CheckedClient(app, app.response_class)


def check(app: Flask, response: TestResponse) -> None:
    """Check one reply against the document. Replies from addresses outside the JSON interface pass."""
    environ = response.request.environ
    builder = EnvironBuilder.from_environ(environ)
    try:
        rule, _ = app.url_map.bind("localhost").match(builder.path, builder.method, return_rule=True)
    except HTTPException:  # the address does not exist, or does not accept this method
        return
    route = next((r for r in _routes(app) if (r.endpoint, r.method) == (rule.endpoint, builder.method)), None)
    if route is None:
        return
    replies = _document(app)["paths"][route.path][route.method.lower()]["responses"]
    assert str(response.status_code) in replies, (
        f"{route.method} {route.path} gave {response.status_code}: {response.text}"
    )
    reply = replies[str(response.status_code)]
    assert_headers(reply, response)
    if "content" not in reply:
        assert not response.data
        return
    [media_type] = reply["content"]
    assert response.mimetype == media_type
    if media_type.endswith("json"):
        errors = validator(app, reply["content"][media_type]["schema"]).iter_errors(response.json)
        wrong = [f"{error.json_path}: {error.message[:300]}" for error in errors]
        assert not wrong, "\n".join(wrong)


def assert_headers(reply: dict[str, Any], response: TestResponse) -> None:
    """Check that a reply has every header that it must have, and none that the document does not describe."""
    described = reply.get("headers", {})
    for name in ("ETag", "Link", "Location", "Retry-After", "WWW-Authenticate"):
        assert name not in response.headers or name in described, f"{name} is not described"
    for name in described.keys() & {"ETag", "WWW-Authenticate", "X-Request-ID"}:
        assert name in response.headers, f"{name} is missing"


@cache
def _routes(app: Flask) -> Any:
    return routes_of(app)


@cache
def _document(app: Flask) -> dict[str, Any]:
    return document_of(app)


def validator(app: Flask, schema: dict[str, Any]) -> Draft202012Validator:
    """Return a validator for a schema in the document."""
    resource = DRAFT202012.create_resource(_document(app))
    registry: Any = Registry().with_resource(_BASE, resource)
    return OAS31Validator(_absolute(schema), registry=registry, format_checker=FormatChecker())


def _absolute(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_absolute(part) for part in schema]
    if isinstance(schema, dict):
        return {k: f"{_BASE}{v}" if k == "$ref" else _absolute(v) for k, v in schema.items()}
    return schema
