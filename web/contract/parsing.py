"""Parses requests into models. If a field is wrong, the problem names that field and says what to send instead."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeVar, get_origin

from flask import current_app, request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from werkzeug.exceptions import UnsupportedMediaType

from web.contract.operation import operation_of
from web.contract.problems import (
    InvalidFilters,
    InvalidJson,
    InvalidQuestion,
    InvalidRequest,
    RequestProblem,
    UnknownField,
)
from web.contract.remedies import NESTED, remedy
from web.contract.requests import Parameters, ReportsRequest

Model = TypeVar("Model", bound=BaseModel)
_ONCE_REMEDY = "Send the parameter once, with a value."


def read_json(model: type[Model]) -> Model:
    """Parse the body of a request. Raises a RequestProblem for the first error."""
    if not request.is_json:
        raise UnsupportedMediaType
    return _parse(model, request.get_data())


def read_part(model: type[Model], value: object) -> Model:
    """Parse a part of a body. Raises a RequestProblem for the first error, with the field's place in that part."""
    return _parse(model, json.dumps(value))  # pydantic accepts an array as a tuple only in JSON


def read_addressed(model: type[Model], text: str) -> Model:
    """Parse JSON that is a parameter of the address. Raises a RequestProblem for the first error."""
    return _parse(model, text, "The parameter “request”")


def read_form_parameters() -> ReportsRequest:
    """Parse the parameters that the form on the reports page sends. Raises a RequestProblem for the first error.

    The form sends an empty value for each field that the person left empty.
    """
    filled = {name: [v for v in values if v] for name, values in request.args.to_dict(flat=False).items()}
    return _check_parameters(ReportsRequest, {name: values for name, values in filled.items() if values})


def read_parameters(model: type[Model]) -> Model:
    """Parse the parameters in the address, as a program sends them. Raises a RequestProblem for the first error."""
    parameters = request.args.to_dict(flat=False)
    for name, values in parameters.items():
        if name in model.model_fields and (not all(values) or (len(values) > 1 and not _is_list(model, name))):
            fault = "sent without a value" if not all(values) else "sent more than once"
            raise _kind_of_problem(name)(f"{name}: {fault}.", field=name, remedy=remedy([name], model) or _ONCE_REMEDY)
    return _check_parameters(model, parameters)


def refuse_unknown_parameters() -> None:
    """Refuse parameters that a view of the JSON interface does not use, so that nobody expects an effect."""
    view = current_app.view_functions.get(request.endpoint or "")
    description = operation_of(view) if view else None
    if description and request.method != "OPTIONS":
        read_parameters(description.params or Parameters)


def _parse(model: type[Model], text: str | bytes, source: str = "The body") -> Model:
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise _problem(error.errors()[0], model, source) from error


def _check_parameters(model: type[Model], parameters: dict[str, list[str]]) -> Model:
    try:
        return model.model_validate(
            {name: values if _is_list(model, name) else values[-1] for name, values in parameters.items()}
        )
    except ValidationError as error:
        raise _problem(error.errors()[0], model) from error


def _is_list(model: type[BaseModel], name: str) -> bool:
    return name in model.model_fields and get_origin(model.model_fields[name].annotation) is tuple


def _problem(fault: ErrorDetails, model: type[BaseModel], source: str = "The body") -> RequestProblem:
    if fault["type"] == "json_invalid":
        return InvalidJson(f"{source} is not valid JSON: {fault.get('ctx', {}).get('error', fault['msg'])}.")
    place = [part for part in fault["loc"] if part != "function-after"]
    field = _path(place)
    if fault["type"] == "extra_forbidden":
        known = ", ".join(_known_fields(place, model))
        return UnknownField(
            f"This request has no field “{field}”.",
            field=field,
            remedy=f"Remove it or correct its name. You can use these fields: {known}." if known else "Remove it.",
        )
    names = [part for part in place if isinstance(part, str)]
    top = names[0] if names else ""
    detail = f"{field or source}: {fault['msg'].removeprefix('Value error, ')}."
    return _kind_of_problem(top)(detail, field=field or None, remedy=remedy(names, model))


def _kind_of_problem(top: str) -> type[InvalidRequest]:
    if top == "question":
        return InvalidQuestion
    return InvalidFilters if top in ("filters", "authority", "kind", "form") else InvalidRequest


def _path(place: Iterable[int | str]) -> str:
    """Return the place of a field in the notation of programming languages, such as filters.kind[0]."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")


def _known_fields(place: list[int | str], model: type[BaseModel]) -> Iterable[str]:
    for part in reversed(place[:-1]):
        if part in NESTED:
            return NESTED[str(part)].model_fields
    return model.model_fields
