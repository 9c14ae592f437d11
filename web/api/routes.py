"""The addresses in the JSON interface, with their descriptions."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from flask import Flask

from qa_service.answer_json.values import REPORT_ID_PATTERN
from web.contract.operation import Operation, operation_of

PREFIX = "/api/v1/"
_ARGUMENT = re.compile(r"<(?:([^:<>]+):)?([^:<>]+)>")
_SCHEMAS: dict[str, dict[str, Any]] = {
    "": {"type": "string", "minLength": 1},
    "int": {"type": "integer", "minimum": 1},
    "report_id": {"type": "string", "pattern": REPORT_ID_PATTERN},
}
"""The schema for each variable part of an address, keyed by the name of the converter for that part."""


@dataclass(frozen=True, slots=True)
class Route:
    """One HTTP method at one address."""

    path: str
    """The address as OpenAPI writes it: /api/v1/reports/{report_id}."""
    method: str
    endpoint: str
    description: str
    operation: Operation
    arguments: tuple[tuple[str, dict[str, Any]], ...]
    """The names and schemas of the variable parts of the address."""


def routes_of(app: Flask) -> list[Route]:
    """Return all routes in the JSON interface. Raises LookupError if a view has no description."""
    routes = []
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(PREFIX):
            continue
        view = app.view_functions[rule.endpoint]
        description = operation_of(view)
        if description is None:
            raise LookupError(f"{rule.endpoint} ({rule.rule}) has no @operation that describes it")
        arguments = tuple((name, _SCHEMAS[converter]) for converter, name in _ARGUMENT.findall(rule.rule))
        path = _ARGUMENT.sub(r"{\2}", rule.rule)
        routes += [
            Route(path, method, rule.endpoint, inspect.getdoc(view) or "", description, arguments)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return routes
