"""Hooks that make schemathesis ask for ids that exist, and skip requests that break a rule outside JSON Schema.

There are three rules of this kind. The first of two dates must not be after the last. A request to replace a report
must contain only one file. A comparison needs 1 to 8 themes or words in all. A schema of a body could express this with
“if”, but schemathesis does not follow “if”. The schemas of parameters cannot express it, because each parameter has a
schema of its own. The service rightly refuses requests that break these rules, although they match the schema.
"""

from __future__ import annotations

import json
import os
import random
from typing import Any

import schemathesis

from qa_service.answering.overviews.comparison import MAX_ASPECTS

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
def map_query(context: Any, query: Any) -> Any:
    """Compare known authorities in half of the comparisons."""
    known: dict[str, list[Any]] = json.loads(os.environ.get(KNOWN_IDS, "{}"))
    if not isinstance(query, dict) or not _is_comparison(context) or "authority" not in known:
        return query
    return {**query, "authority": _CHANCE.sample(known["authority"], 2)} if _CHANCE.random() < 0.5 else query


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:  # noqa: ARG001 - schemathesis passes them
    """Give a theme to a comparison that has no aspect. Requests of the coverage phase pass through no other hook."""
    if case.operation.path.endswith("/comparison") and isinstance(case.query, dict) and not _aspects(case.query):
        known = json.loads(os.environ.get(KNOWN_IDS, "{}"))
        case.query["theme"] = known.get("theme", ["supervision"])


@schemathesis.hook
def filter_body(context: Any, body: Any) -> bool:  # noqa: ARG001 - schemathesis passes the context
    """Whether a body follows the rules that its schema cannot express."""
    replaces = isinstance(body, dict) and "replaces" in body and isinstance(body.get("file"), list)
    return _dates_are_in_order(body) and not (replaces and len(body["file"]) > 1)


@schemathesis.hook
def filter_query(context: Any, query: Any) -> bool:
    """Whether the parameters of an address, and the JSON in them, follow the rules that no schema can express."""
    return _dates_are_in_order(query) and (not _is_comparison(context) or _aspects(query) <= MAX_ASPECTS)


def _is_comparison(context: Any) -> bool:
    return bool(context.operation.path.endswith("/comparison"))


def _aspects(query: Any) -> int:
    """Return the number of themes and words in a comparison."""
    values = (query.get(name, ()) for name in ("theme", "words")) if isinstance(query, dict) else ()
    return sum(len(value) if isinstance(value, list) else 1 for value in values if value != ())


def _dates_are_in_order(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_dates_are_in_order, value))
    if not isinstance(value, dict):
        return True
    for start, end in (("inspected_from", "inspected_to"), ("published_from", "published_to"), ("since", "until")):
        first, last = value.get(start), value.get(end)
        if isinstance(first, str) and isinstance(last, str) and first > last:
            return False
    return all(map(_dates_are_in_order, value.values()))
