"""The OpenAPI 3.1 document of the JSON interface, made of what each view says of itself."""

from __future__ import annotations

from dataclasses import asdict
from importlib.metadata import version
from typing import Any, Literal

from flask import Blueprint, Flask, Response, current_app
from pydantic import RootModel, TypeAdapter

from web.api.routes import Route, routes_of
from web.contract.operation import EVENTS, JSON, Operation, operation
from web.contract.parsing import refuse_unknown_parameters
from web.contract.problem_catalogue import Entry, entry_of
from web.contract.problem_details import MEDIA_TYPE, Problem
from web.contract.responses import send_kept

openapi = Blueprint("openapi", __name__, url_prefix="/api/v1")
openapi.before_request(refuse_unknown_parameters)
_HELD = "openapi"
_REF = "#/components/schemas/{model}"
_ALWAYS = (
    "untrusted-host", "bad-request", "unknown-field", "not-signed-in", "not-open", "not-allowed", "too-often",
    "overloaded", "no-index", "index-unavailable", "access-unavailable", "no-room", "busy",
    "internal-error",
)  # fmt: skip
"""What can go wrong at every address."""
_OF_BODIES = ("invalid-json", "invalid-request", "unsupported-media-type", "too-large")
_NAMES = {
    "report_id": "The id of a report.",
    "number": "The number of a page of the report, from 1.",
    "conversation_id": "The id of a conversation.",
    "turn": "The number of a question in the conversation, from 1.",
    "job_id": "The id of a build, from the reply that started it.",
}
_HEADERS: dict[str, dict[str, str]] = {
    "X-Request-ID": {"description": "Identifies the request, in the service's log too. A client can send its own."},
    "ETag": {
        "description": "Identifies this version of the reply. Send it as If-None-Match to get a 304 until it changes."
    },
    "Link": {"description": "The previous (rel=prev) and next (rel=next) pages of the list, if there are any."},
    "Location": {"description": "The address of the build's progress."},
    "Retry-After": {"description": "The number of seconds to wait before you send the request again."},
    "WWW-Authenticate": {"description": "How to sign in."},
}
_TOO_LONG: dict[str, Any] = {
    "description": "The address is longer than 8,190 bytes. The web server itself sends this reply.",
    "content": {"text/html": {"schema": {"type": "string"}}},
}
_EVENT: dict[str, Any] = {
    "description": "One event of the stream.",
    "type": "object",
    "properties": {
        "event": {"enum": ["progress", "end"]},
        "data": {
            "type": "string",
            "description": "The progress of the build, as JSON like that of GET /api/v1/builds/{job_id}.",
        },
    },
    "required": ["event", "data"],
}
_FILES: dict[str, Any] = {
    "type": "object",
    "properties": {
        "file": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "minItems": 1,
            "maxItems": 200,
            "description": "One or more files: PDF, HTML, DOCX, Markdown or plain text.",
        },
        "replaces": {
            "type": "string",
            "description": "The id or file name of the report to replace. Send only one file.",
        },
        "collection": {"type": "string", "description": "A collection. Only its groups can see the new reports."},
    },
    "required": ["file"],
    "additionalProperties": False,
}


class Document(RootModel[dict[str, Any]]):
    """An OpenAPI 3.1 document."""


@openapi.get("/openapi.json")
@operation("Get this document", "Service", replies={200: Document}, etag=True)
def document() -> Response:
    """What the JSON interface takes and gives, as an OpenAPI 3.1 document."""
    app = current_app
    if _HELD not in app.extensions:
        app.extensions[_HELD] = Document(document_of(app))
    return send_kept(app.extensions[_HELD])


def document_of(app: Flask) -> dict[str, Any]:
    """The document of an app. Raises LookupError where a view of the JSON interface says nothing of itself."""
    routes = routes_of(app)
    refs, schemas = _schemas([route.operation for route in routes])
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _described(route, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Answers from inspection reports",
            "version": version("inspection-qa"),
            "description": "Answers questions in the reports' own words, and cites the page of each sentence.",
        },
        "servers": [{"url": "/"}],
        # Without access control no credentials are needed; with it, an access token or a signed-in browser.
        "security": [{}, {"token": []}, {"session": []}],
        "tags": [{"name": name} for name in dict.fromkeys(route.operation.tag for route in routes)],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "examples": {slug: {"value": _example(_entry(slug))} for slug in sorted(_all_slugs(routes))},
            "headers": {name: {**told, "schema": {"type": "string"}} for name, told in _HEADERS.items()},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "An access token."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": app.config["SESSION_COOKIE_NAME"],
                    "description": "The session cookie of a signed-in browser.",
                },
            },
        },
    }


Mode = Literal["validation", "serialization"]
Refs = dict[tuple[str, Mode], dict[str, Any]]
"""References to schemas, by the name of the type and by use: validation for requests, serialization for replies."""


def _schemas(operations: list[Operation]) -> tuple[Refs, dict[str, Any]]:
    """Return references to the types of all requests and replies, and the schemas that they refer to."""
    requests = {model for one in operations for model in one.body}
    replies = {model for one in operations for model in one.replies.values() if model} | {Problem}
    ordered: list[tuple[type[Any], Mode]] = [
        *((model, "validation") for model in sorted(requests, key=_name)),
        *((model, "serialization") for model in sorted(replies, key=_name)),
    ]
    adapters = [(_name(model), mode, TypeAdapter[Any](model)) for model, mode in ordered]
    refs, schemas = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    return refs, schemas["$defs"]


def _described(route: Route, refs: Refs) -> dict[str, Any]:
    told = route.operation
    described: dict[str, Any] = {
        "operationId": route.endpoint.replace(".", "_"),
        "tags": [told.tag],
        "summary": told.summary,
        "description": route.description,
    }
    if parameters := [*map(_in_path, route.arguments), *_in_query(told)]:
        described["parameters"] = parameters
    if told.body:
        forms = [refs[_name(model), "validation"] for model in told.body]
        described["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": forms[0] if len(forms) == 1 else {"oneOf": forms}}},
        }
    if told.files:
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}
    described["responses"] = {
        **{str(status): _reply(told, status, refs) for status in sorted(told.replies)},
        **({"304": _unchanged(told)} if told.etag else {}),
        **_refusals(route, refs),
    }
    return described


def _in_path(argument: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    name, schema = argument
    return {"name": name, "in": "path", "required": True, "description": _NAMES[name], "schema": schema}


def _in_query(told: Operation) -> list[dict[str, Any]]:
    """The parameters of an address; their schemas stand alone, so that no reference leads out of them."""
    if told.params is None:
        return []
    schema = told.params.model_json_schema()
    within = schema.get("$defs", {})
    return [
        {"name": name, "in": "query", "required": False, "schema": _without_refs(field, within)}
        for name, field in schema["properties"].items()
    ]


def _without_refs(schema: Any, within: dict[str, Any]) -> Any:
    """A schema with what it refers to put in its place; null goes, since an address cannot hold it."""
    if isinstance(schema, list):
        return [_without_refs(part, within) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        named = within[schema["$ref"].rpartition("/")[2]]
        return _without_refs({**named, **{k: v for k, v in schema.items() if k != "$ref"}}, within)
    if "anyOf" in schema:
        [only] = [part for part in schema["anyOf"] if part != {"type": "null"}]
        return _without_refs({**only, **{k: v for k, v in schema.items() if k not in ("anyOf", "default")}}, within)
    return {name: _without_refs(part, within) for name, part in schema.items()}


def _reply(told: Operation, status: int, refs: Refs) -> dict[str, Any]:
    model = told.replies[status]
    extra = [
        *(["ETag"] if told.etag else []),
        *(["Link"] if told.paged else []),
        *(["Location"] if status == 202 else []),
    ]
    reply: dict[str, Any] = {"description": told.summary, "headers": _headers(*extra)}
    if told.media_type == EVENTS:
        reply["content"] = {EVENTS: {"schema": _EVENT}}
    elif model:
        reply["content"] = {told.media_type: {"schema": refs[_name(model), "serialization"]}}
    return reply


def _unchanged(told: Operation) -> dict[str, Any]:
    extra = ["Link"] if told.paged else []
    return {"description": "The client's copy is up to date.", "headers": _headers("ETag", *extra)}


def _refusals(route: Route, refs: Refs) -> dict[str, Any]:
    """What is told where something is wrong, by status, with each ``type`` that it may have."""
    by_status: dict[int, dict[str, Entry]] = {}
    for slug in _slugs(route):
        entry = _entry(slug)
        by_status.setdefault(entry.status, {})[slug] = entry
    told = {str(status): _refusal(status, by_status[status], refs) for status in sorted(by_status)}
    return told | ({"414": _TOO_LONG} if route.operation.params else {})


def _refusal(status: int, entries: dict[str, Entry], refs: Refs) -> dict[str, Any]:
    types = {"properties": {"type": {"enum": [f"/problems/{slug}" for slug in entries]}}}
    extra = {401: ["WWW-Authenticate"], 429: ["Retry-After"], 503: ["Retry-After"]}.get(status, [])
    return {
        "description": ". ".join(f"{slug}: {entry.title}" for slug, entry in entries.items()) + ".",
        "headers": _headers(*extra),
        "content": {
            MEDIA_TYPE: {
                "schema": {"allOf": [refs[_name(Problem), "serialization"], types]},
                "examples": {slug: {"$ref": f"#/components/examples/{slug}"} for slug in entries},
            }
        },
    }


def _slugs(route: Route) -> list[str]:
    """All that can go wrong at an address, by slugs."""
    told = route.operation
    slugs = [*_ALWAYS, *told.problems]
    slugs += ["not-found"] if route.arguments else []
    slugs += ["invalid-request"] if told.params else []
    slugs += _OF_BODIES if told.body else []
    slugs += ["too-large"] if told.files else []
    slugs += [] if route.method == "GET" else ["cross-site"]
    return list(dict.fromkeys(slugs))


def _all_slugs(routes: list[Route]) -> set[str]:
    return {slug for route in routes for slug in _slugs(route)}


def _entry(slug: str) -> Entry:
    entry = entry_of(slug)
    if entry is None:
        raise LookupError(f"there is no problem called {slug}: see web.contract.problem_catalogue")
    return entry


def _example(entry: Entry) -> dict[str, Any]:
    told = {name: value for name, value in asdict(entry).items() if name != "slug"}
    return {"type": f"/problems/{entry.slug}", **told, "field": None, "instance": "urn:request:5f2c9d7be1a04c38"}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-ID", *names)}


def _name(model: type[Any]) -> str:
    return model.__name__
