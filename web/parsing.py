"""From a request's bytes or parameters to a checked model, or the problem that says what is wrong with which field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import UnsupportedMediaType

from web.problems import InvalidFilters, InvalidJson, InvalidQuestion, InvalidRequest, RequestProblem, UnknownField
from web.schemas import GradeFilter, HistoryEntry, QueryRequest, ReportsRequest, RequestFilters

Model = TypeVar("Model", bound=BaseModel)
_SINGLE = ("limit", "page", "year", "grade", "sort")
_REMEDIES = {
    "question": "Send 1 to 2,000 characters of text.",
    "history": "Send at most 20 earlier questions, each of 1 to 2,000 characters, oldest first.",
    "top_k": "Send a whole number from 1 to 50.",
    "limit": "Send a whole number from 1 to 100.",
    "page": "Send a whole number from 1.",
    "remember": "Send true or false.",
    "conversation_id": "Send the id that an earlier answer gave, or leave it out.",
    "latest_only": "Send true or false.",
    "report_id": "Send a list of at most 50 ids, each of 16 hexadecimal digits.",
    "grade": 'Send a list of at most 50 objects such as {"area": "care leavers", "grade": "good"}.',
    "year": "Send a year such as 2023.",
    "sort": "Send authority, inspected, published or kind.",
    "authority": "Send a list of at most 50 names.",
    "kind": "Send a list of kinds such as ilacs, focused-visit, monitoring-visit or area-send.",
    "form": "Send a list of forms: report, letter, article or thematic.",
}
_DATE_REMEDY = "Send a date as 2023-01-31, the first not after the last."
_FILTERS_REMEDY = "Send an object of filters; a first date may not be after its last."


def read_json(model: type[Model]) -> Model:
    """The body as a model. Raises the problem of its first fault."""
    if not request.is_json:
        raise UnsupportedMediaType
    try:
        return model.model_validate_json(request.get_data())
    except ValidationError as error:
        raise _problem(error.errors()[0]) from error


def read_arguments() -> ReportsRequest:
    """The address's parameters. Raises the problem of the first fault."""
    given = request.args.to_dict(flat=False)
    try:
        return ReportsRequest.model_validate(
            # A form sends an empty value where nothing was chosen.
            {
                name: values[-1] if name in _SINGLE else [v for v in values if v]
                for name, values in given.items()
                if name not in _SINGLE or values[-1]
            }
        )
    except ValidationError as error:
        raise _problem(error.errors()[0]) from error


def _problem(fault: ErrorDetails) -> RequestProblem:
    if fault["type"] == "json_invalid":
        return InvalidJson(f"The body is not JSON: {fault.get('ctx', {}).get('error', fault['msg'])}.")
    place = [part for part in fault["loc"] if part != "function-after"]
    field = _path(place)
    if fault["type"] == "extra_forbidden":
        known = ", ".join(_known_fields(place))
        return UnknownField(
            f"“{field}” is not a field of this request.",
            field=field,
            remedy=f"Remove it, or correct its name. The fields known here are: {known}.",
        )
    names = [part for part in place if isinstance(part, str)]
    top = names[0] if names else ""
    detail = f"{field or 'The body'}: {fault['msg'].removeprefix('Value error, ')}."
    return _kind_of_problem(top)(detail, field=field or None, remedy=_remedy(names))


def _kind_of_problem(top: str) -> type[InvalidRequest]:
    if top == "question":
        return InvalidQuestion
    return InvalidFilters if top in ("filters", "authority", "kind", "form") else InvalidRequest


def _remedy(names: list[str]) -> str | None:
    for name in reversed(names):
        if name.endswith(("_from", "_to")):
            return _DATE_REMEDY
        if name in _REMEDIES and not (name == "question" and "history" in names):
            return _REMEDIES[name]
    return _FILTERS_REMEDY if "filters" in names else None


def _path(place: Iterable[int | str]) -> str:
    """A field's place as programmers write it: filters.kind[0]."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")


def _known_fields(place: list[int | str]) -> Iterable[str]:
    models: dict[str, type[BaseModel]] = {"filters": RequestFilters, "grade": GradeFilter, "history": HistoryEntry}
    for part in reversed(place[:-1]):
        if part in models:
            return models[str(part)].model_fields
    return (QueryRequest if request.method == "POST" else ReportsRequest).model_fields
