"""What JSON Schema cannot say of a request: schemathesis passes over bodies that break such a rule.

A limit's first day may not be after its last; one file at a time takes a report's place (which a schema could say, by
“if”, in a way that schemathesis does not read). Such bodies meet the schema, and are refused all the same.
"""

from __future__ import annotations

import json
import os
import random
from typing import Any

import schemathesis

KNOWN = "QA_PROOF_KNOWN"
"""The environment variable with ids that are there, by the name of their parameter, as JSON."""
_CHANCE = random.Random(7)  # noqa: S311 - to choose requests, not secrets


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: Any) -> Any:
    """Ask half of the time for what is there: nobody finds an id by chance."""
    known: dict[str, list[Any]] = json.loads(os.environ.get(KNOWN, "{}"))
    if context.operation.method.lower() in {"get", "patch"} and path_parameters:
        return {
            name: _CHANCE.choice(known[name]) if name in known and _CHANCE.random() < 0.5 else value
            for name, value in path_parameters.items()
        }
    return path_parameters


@schemathesis.hook
def filter_body(context: Any, body: Any) -> bool:  # noqa: ARG001 - schemathesis hands the context over
    """Whether a body keeps the rules that its schema cannot say."""
    replacing = isinstance(body, dict) and "replaces" in body and isinstance(body.get("file"), list)
    return _keeps_order(body) and not (replacing and len(body["file"]) > 1)


def _keeps_order(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_keeps_order, value))
    if not isinstance(value, dict):
        return True
    for name in ("inspected", "published"):
        first, last = value.get(f"{name}_from"), value.get(f"{name}_to")
        if isinstance(first, str) and isinstance(last, str) and first > last:
            return False
    return all(map(_keeps_order, value.values()))
