"""Hooks that make schemathesis ask for ids that exist, and leave out bodies that its schemas cannot rule out.

There are two rules of this kind. The first date in a filter must not be after the last date. A request to replace a
report must contain only one file. A schema could express this with “if”, but schemathesis does not follow “if”. The
service rightly refuses bodies that break either rule, although they match the schema.
"""

from __future__ import annotations

import json
import os
import random
from typing import Any

import schemathesis

KNOWN_IDS = "QA_PROOF_KNOWN"
"""The environment variable that lists existing ids as JSON, keyed by the name of the parameter that takes them."""
_CHANCE = random.Random(7)  # noqa: S311 - chooses requests


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Replace half of the ids with ones that exist, because random ids do not."""
    known: dict[str, list[Any]] = json.loads(os.environ.get(KNOWN_IDS, "{}"))
    if context.operation.method.lower() in {"get", "patch"} and path_parameters:
        return {
            name: _CHANCE.choice(known[name]) if name in known and _CHANCE.random() < 0.5 else value
            for name, value in path_parameters.items()
        }
    return path_parameters


@schemathesis.hook
def filter_body(context: Any, body: Any) -> bool:  # noqa: ARG001 - schemathesis passes the context
    """Whether a body follows the rules that its schema cannot express."""
    replaces = isinstance(body, dict) and "replaces" in body and isinstance(body.get("file"), list)
    return _dates_are_in_order(body) and not (replaces and len(body["file"]) > 1)


@schemathesis.hook
def filter_query(context: Any, query: Any) -> bool:  # noqa: ARG001 - schemathesis passes the context
    """Whether the JSON in an address follows the rules that its schema cannot express."""
    return _dates_are_in_order(query)


def _dates_are_in_order(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_dates_are_in_order, value))
    if not isinstance(value, dict):
        return True
    for name in ("inspected", "published"):
        first, last = value.get(f"{name}_from"), value.get(f"{name}_to")
        if isinstance(first, str) and isinstance(last, str) and first > last:
            return False
    return all(map(_dates_are_in_order, value.values()))
