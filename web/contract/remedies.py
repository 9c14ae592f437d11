"""Says what to send instead of a value that we cannot accept. The limits come from the field's JSON Schema.

A field needs words here only if its schema does not make clear what to send.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from corpus.types import REPORT_ID_LENGTH
from qa_service.types import MAX_HISTORY, MAX_QUESTION
from qa_service.wording import in_list
from web.contract.requests import MAX_BATCH, MAX_VALUES, GradeFilter, HistoryEntry, RequestFilters

NESTED: Mapping[str, type[BaseModel]] = {"filters": RequestFilters, "grade": GradeFilter, "history": HistoryEntry}
"""The models of the fields that contain other fields."""
_WORDS = {
    "question": f"Send 1 to {MAX_QUESTION:,} characters of text.",
    "queries": f"Send a list of 1 to {MAX_BATCH} questions. Each is an object like the body of POST /api/v1/query.",
    "history": (
        f"Send at most {MAX_HISTORY} earlier questions of 1 to {MAX_QUESTION:,} characters each, oldest first. "
        "Leave it out if you send conversation_id or remember."
    ),
    "request": "Send a question as JSON, like the body of POST /api/v1/query.",
    "turn": "Send the number of a question in the conversation, starting from 1.",
    "conversation_id": "Send the id from an earlier answer, or leave it out.",
    "report_id": f"Send a list of at most {MAX_VALUES} ids. Each id has {REPORT_ID_LENGTH} hexadecimal digits.",
    "kind": "Send a list of types of inspection, such as ilacs, focused-visit, monitoring-visit or area-send.",
    "year": "Send a year such as 2023.",
    "collection": "Send the name of a collection that you may see.",
}
"""What to send for the fields whose schema does not make it clear."""
_GRADES = f'Send a list of at most {MAX_VALUES} objects such as {{"area": "care leavers", "grade": "good"}}.'
_NAMED = {"authority": "names", "theme": "ids of themes"}
"""What the items of a list are, for lists of text."""
_DATE = "Send a date like 2023-01-31. The first date must not be after the last."
_FILTERS = "Send the filters as an object. Each “from” date must not be after its “to” date."


def remedy(names: Sequence[str], model: type[BaseModel]) -> str | None:
    """Say what to send for a field of a model. ``names`` are the names of the field and of those that contain it.

    The outermost comes first. None if the fault is not in one field.
    """
    if not names:
        return None
    if names[0] == "history":
        return _WORDS["history"]
    for name in names[:-1]:
        model = NESTED.get(name, model)
    if model is GradeFilter:
        return _GRADES
    if names[-1] in _WORDS:
        return _WORDS[names[-1]]
    if names[-1] == "filters":
        return _FILTERS
    schema = _schema(model)
    field = schema.get("properties", {}).get(names[-1])
    return _by_schema(names[-1], _plain(field, schema), schema) if field else None


def _by_schema(name: str, field: Mapping[str, Any], schema: Mapping[str, Any]) -> str | None:
    """Say what a field's schema accepts."""
    match field:
        case {"enum": values}:
            return f"Send {in_list(values, last='or')}."
        case {"type": "boolean"}:
            return "Send true or false."
        case {"type": "integer"}:
            return f"Send a whole number {_range(field.get('minimum', 0), field.get('maximum'))}."
        case {"type": "array", "items": items, "maxItems": most}:
            return _list_remedy(name, _plain(items, schema), most)
        case {"format": "date"}:
            return _DATE
        case {"type": "string", "maxLength": most}:
            length = _length(field.get("minLength", 0), most)
            return "Send a grade, such as good." if name == "grade" else f"Send {length} of text."
    return None


def _list_remedy(name: str, item: Mapping[str, Any], most: int) -> str:
    match item:
        case {"type": "object"}:
            return _GRADES
        case {"enum": values}:
            return f"Send a list of at most {most} of these values: {in_list(values, last='or')}."
    length = _length(item.get("minLength", 0), item["maxLength"])
    return f"Send a list of at most {most} {_NAMED.get(name, 'texts')} of {length} each."


def _range(least: int, most: int | None) -> str:
    return f"of {least} or more" if most is None else f"from {least} to {most:,}"


def _length(least: int, most: int) -> str:
    return f"{least} to {most:,} characters" if least else f"at most {most:,} characters"


def _plain(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a field's schema without null, with the definition that it refers to in its place."""
    if "anyOf" in field:
        field = next(choice for choice in field["anyOf"] if choice.get("type") != "null")
    if "$ref" in field:
        definition: Mapping[str, Any] = schema["$defs"][field["$ref"].rsplit("/", 1)[1]]
        return definition
    return field


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()
