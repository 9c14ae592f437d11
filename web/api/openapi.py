"""The OpenAPI 3.1 document for the JSON interface, generated from the description of each view."""

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
from web.contract.responses import cacheable_response

openapi = Blueprint("openapi", __name__, url_prefix="/api/v1")
openapi.before_request(refuse_unknown_parameters)
_DOCUMENT = "openapi"
_REF = "#/components/schemas/{model}"
_COMMON_PROBLEMS = (
    "untrusted-host", "bad-request", "unknown-field", "not-signed-in", "not-open", "not-allowed", "too-often",
    "overloaded", "no-index", "index-unavailable", "access-unavailable", "no-room", "busy",
    "internal-error",
)  # fmt: skip
"""Problems that can occur at every address."""
_BODY_PROBLEMS = ("invalid-json", "invalid-request", "unsupported-media-type", "too-large")
_PATH_PARAMETERS = {
    "authority": "The name of an authority, in capitals or small letters.",
    "report_id": "The id of a report.",
    "number": "The number of a page of the report, from 1.",
    "conversation_id": "The id of a conversation.",
    "turn": "The number of a question in the conversation, from 1.",
    "addition_id": "The id of an addition of reports, from the list of what is new.",
    "saved_id": "The id of a saved question.",
    "theme_id": "The id of a theme of practice, from the list of themes.",
    "job_id": "The id of a build, from the reply you got when you started it.",
}
_HEADERS: dict[str, dict[str, str]] = {
    "X-Request-ID": {"description": "Identifies the request, also in the service's log. A client can send its own."},
    "ETag": {
        "description": "Identifies this version of the reply. Send it as If-None-Match to get a 304 until it changes."
    },
    "Link": {"description": "The previous (rel=prev) and next (rel=next) pages of the list, if there are any."},
    "Location": {"description": "The address of the build's progress."},
    "Retry-After": {"description": "The number of seconds to wait before you send the request again."},
    "WWW-Authenticate": {"description": "How to sign in."},
}
_ADDRESS_TOO_LONG: dict[str, Any] = {
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
            "description": "One or more files: PDF, Word (DOCX, DOCM, DOC), RTF, ODT, HTML, Markdown or plain text.",
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
    """Get the OpenAPI 3.1 document for the JSON interface."""
    app = current_app
    if _DOCUMENT not in app.extensions:
        app.extensions[_DOCUMENT] = Document(document_of(app))
    return cacheable_response(app.extensions[_DOCUMENT])


def document_of(app: Flask) -> dict[str, Any]:
    """Return the document that describes an app.

    Raises LookupError if a view of the JSON interface has no description.
    """
    routes = routes_of(app)
    refs, schemas = _schemas([route.operation for route in routes])
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _describe(route, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Answers from inspection reports",
            "version": version("inspection-qa"),
            "description": "Answers questions in the reports' own words, and cites the page of each sentence.",
        },
        "servers": [{"url": "/"}],
        # Clients need no credentials unless access control is on. If it is on, they need an access token or a session.
        "security": [{}, {"token": []}, {"session": []}],
        "tags": [{"name": name} for name in dict.fromkeys(route.operation.tag for route in routes)],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "examples": {slug: {"value": _example(_entry(slug))} for slug in sorted(_all_slugs(routes))},
            "headers": {name: {**header, "schema": {"type": "string"}} for name, header in _HEADERS.items()},
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
"""References to schemas, keyed by type name and use: validation for requests, serialization for replies."""


def _schemas(operations: list[Operation]) -> tuple[Refs, dict[str, Any]]:
    """Return references to the types of all requests and replies, and the schemas that the references point to."""
    requests = {model for view in operations for model in (*view.body, *view.json_params.values())}
    replies = {model for view in operations for model in view.replies.values() if model} | {Problem}
    ordered: list[tuple[type[Any], Mode]] = [
        *((model, "validation") for model in sorted(requests, key=_name)),
        *((model, "serialization") for model in sorted(replies, key=_name)),
    ]
    adapters = [(_name(model), mode, TypeAdapter[Any](model)) for model, mode in ordered]
    refs, schemas = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    return refs, schemas["$defs"]


def _describe(route: Route, refs: Refs) -> dict[str, Any]:
    """Describe one method of one address in OpenAPI's format."""
    view = route.operation
    description: dict[str, Any] = {
        "operationId": route.endpoint.replace(".", "_"),
        "tags": [view.tag],
        "summary": view.summary,
        "description": route.description,
    }
    if parameters := [*map(_path_parameter, route.arguments), *_query_parameters(view, refs)]:
        description["parameters"] = parameters
    if view.body:
        bodies = [refs[_name(model), "validation"] for model in view.body]
        description["requestBody"] = {
            "required": True,
            "content": {JSON: {"schema": bodies[0] if len(bodies) == 1 else {"oneOf": bodies}}},
        }
    if view.files:
        description["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": _FILES}}}
    description["responses"] = {
        **{str(status): _reply(view, status, refs) for status in sorted(view.replies)},
        **({"304": _not_modified(view)} if view.etag else {}),
        **_problem_replies(route, refs),
    }
    return description


def _path_parameter(argument: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    name, schema = argument
    return {"name": name, "in": "path", "required": True, "description": _PATH_PARAMETERS[name], "schema": schema}


def _query_parameters(view: Operation, refs: Refs) -> list[dict[str, Any]]:
    """Return the parameters of an address. Only the schemas of parameters that contain JSON have references."""
    if view.params is None:
        return []
    schema = view.params.model_json_schema()
    required, definitions = schema.get("required", []), schema.get("$defs", {})
    parameters = []
    for name, field in schema["properties"].items():
        parameter: dict[str, Any] = {"name": name, "in": "query", "required": name in required}
        if model := view.json_params.get(name):
            parameter["description"] = field["description"]
            parameter["content"] = {JSON: {"schema": refs[_name(model), "validation"]}}
        else:
            parameter["schema"] = _inline(field, definitions)
        parameters.append(parameter)
    return parameters


def _inline(schema: Any, definitions: dict[str, Any]) -> Any:
    """Replace the references in a schema with what they refer to. Drop null, because an address cannot contain it."""
    if isinstance(schema, list):
        return [_inline(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        definition = definitions[schema["$ref"].rpartition("/")[2]]
        return _inline({**definition, **{k: v for k, v in schema.items() if k != "$ref"}}, definitions)
    if "anyOf" in schema:
        [only] = [part for part in schema["anyOf"] if part != {"type": "null"}]
        return _inline({**only, **{k: v for k, v in schema.items() if k not in ("anyOf", "default")}}, definitions)
    return {name: _inline(part, definitions) for name, part in schema.items()}


def _reply(view: Operation, status: int, refs: Refs) -> dict[str, Any]:
    model = view.replies[status]
    extra = [
        *(["ETag"] if view.etag else []),
        *(["Link"] if view.paged else []),
        *(["Location"] if status == 202 else []),
    ]
    reply: dict[str, Any] = {"description": view.summary, "headers": _headers(*extra)}
    if view.media_type == EVENTS:
        reply["content"] = {EVENTS: {"schema": _EVENT}}
    elif model:
        reply["content"] = {view.media_type: {"schema": refs[_name(model), "serialization"]}}
    return reply


def _not_modified(view: Operation) -> dict[str, Any]:
    extra = ["Link"] if view.paged else []
    return {"description": "The client's copy is up to date.", "headers": _headers("ETag", *extra)}


def _problem_replies(route: Route, refs: Refs) -> dict[str, Any]:
    """Return the replies that describe problems, keyed by status, each with its possible types of problem."""
    by_status: dict[int, dict[str, Entry]] = {}
    for slug in _slugs(route):
        entry = _entry(slug)
        by_status.setdefault(entry.status, {})[slug] = entry
    replies = {str(status): _problem_reply(status, by_status[status], refs) for status in sorted(by_status)}
    return replies | ({"414": _ADDRESS_TOO_LONG} if route.operation.params else {})


def _problem_reply(status: int, entries: dict[str, Entry], refs: Refs) -> dict[str, Any]:
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
    """Return the slugs of all problems that can occur at an address."""
    view = route.operation
    slugs = [*_COMMON_PROBLEMS, *view.problems]
    slugs += ["not-found"] if route.arguments else []
    slugs += ["invalid-request"] if view.params else []
    slugs += _BODY_PROBLEMS if view.body else []
    slugs += ["too-large"] if view.files else []
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
    fields = {name: value for name, value in asdict(entry).items() if name != "slug"}
    return {"type": f"/problems/{entry.slug}", **fields, "field": None, "instance": "urn:request:5f2c9d7be1a04c38"}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-ID", *names)}


def _name(model: type[Any]) -> str:
    return model.__name__
