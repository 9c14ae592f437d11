"""The addresses of the JSON interface, each with what it says of itself."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

from flask import Flask

from qa_service.answer_json import REPORT_ID_PATTERN
from web.contract.operation import Operation, operation_of

PREFIX = "/api/v1/"
_ARGUMENT = re.compile(r"<(?:([^:<>]+):)?([^:<>]+)>")
_SCHEMAS: dict[str, dict[str, Any]] = {
    "": {"type": "string", "minLength": 1},
    "int": {"type": "integer", "minimum": 1},
    "report_id": {"type": "string", "pattern": REPORT_ID_PATTERN},
}
"""What fits into an address, by its converter."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address."""

    path: str
    """As OpenAPI writes it."""
    method: str
    endpoint: str
    description: str
    operation: Operation
    arguments: tuple[tuple[str, dict[str, Any]], ...]
    """Names of the parts of the address that vary, each with the schema of what fits there."""


def routes_of(app: Flask) -> list[Route]:
    """All routes of the JSON interface. Raises LookupError where a view says nothing of itself."""
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith(PREFIX):
            continue
        view = app.view_functions[rule.endpoint]
        told = operation_of(view)
        if told is None:
            raise LookupError(f"{rule.endpoint} ({rule.rule}) has no @operation that describes it")
        arguments = tuple((name, _SCHEMAS[converter]) for converter, name in _ARGUMENT.findall(rule.rule))
        path = _ARGUMENT.sub(r"{\2}", rule.rule)
        found += [
            Route(path, method, rule.endpoint, inspect.getdoc(view) or "", told, arguments)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        ]
    return found
