from __future__ import annotations

import pytest
from pydantic import BaseModel, Field

from web.contract.remedies import remedy
from web.contract.requests import (
    ComparisonRequest,
    GradesRequest,
    MovementsRequest,
    PageRequest,
    Parameters,
    QueryRequest,
    QuestionFeedback,
    ReportsRequest,
    SavedRequest,
    ThemeRequest,
)


@pytest.mark.parametrize(
    ("model", "field", "expected"),
    [
        (PageRequest, "limit", "Send a whole number from 1 to 100."),
        (GradesRequest, "limit", "Send a whole number from 1 to 200."),
        (GradesRequest, "offset", "Send a whole number of 0 or more."),
        (QueryRequest, "offset", "Send a whole number of 0 or more."),
        (PageRequest, "page", "Send a whole number from 1 to 100,000."),
        (ThemeRequest, "order", "Send clearest or newest."),
        (GradesRequest, "order", "Send authority, grade or longest."),
        (ThemeRequest, "stance", "Send strength or weakness."),
        (ReportsRequest, "grade", "Send a grade, such as good."),
        (SavedRequest, "check", "Send true or false."),
        (MovementsRequest, "since", "Send a date like 2023-01-31. The first date must not be after the last."),
        (MovementsRequest, "change", "Send a list of at most 50 of these values: better, same or worse."),
        (ReportsRequest, "authority", "Send a list of at most 50 names of 1 to 200 characters each."),
        (ComparisonRequest, "authority", "Send a list of at most 20 names of 1 to 200 characters each."),
        (ComparisonRequest, "words", "Send a list of at most 8 texts of 1 to 80 characters each."),
        (QuestionFeedback, "note", "Send at most 1,000 characters of text."),
    ],
)
def test_a_remedy_gives_the_limits_of_that_request(model: type[BaseModel], field: str, expected: str) -> None:
    assert remedy([field], model) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["filters"], "Send the filters as an object."),
        (["filters", "authority"], "Send a list of at most 50 names"),
        (["filters", "latest_only"], "Send true or false."),
        (["filters", "published_to"], "Send a date like 2023-01-31."),
        (["filters", "grade"], 'objects such as {"area": "care leavers", "grade": "good"}.'),
        (["filters", "grade", "area"], 'objects such as {"area": "care leavers", "grade": "good"}.'),
        (["history", "question"], "Send at most 20 earlier questions of 1 to 2,000 characters each"),
        (["history", "report_ids"], "Send at most 20 earlier questions of 1 to 2,000 characters each"),
        (["question"], "Send 1 to 2,000 characters of text."),
    ],
)
def test_a_remedy_is_about_the_field_inside_another(names: list[str], expected: str) -> None:
    assert expected in (remedy(names, QueryRequest) or "")


def test_a_new_limit_is_in_the_remedy_without_more_code() -> None:
    class NewRequest(Parameters):
        pages: int = Field(default=1, ge=1, le=12)

    assert remedy(["pages"], NewRequest) == "Send a whole number from 1 to 12."


def test_no_remedy_is_made_up_if_no_field_is_named() -> None:
    assert remedy([], ComparisonRequest) is None
    assert remedy(["town"], ComparisonRequest) is None


def _all_parameters(model: type[BaseModel]) -> set[type[BaseModel]]:
    return {model, *(each for child in model.__subclasses__() for each in _all_parameters(child))}


@pytest.mark.parametrize("model", [pytest.param(model, id=model.__name__) for model in _all_parameters(Parameters)])
def test_every_parameter_has_a_remedy(model: type[BaseModel]) -> None:
    assert [name for name in model.model_fields if not remedy([name], model)] == []
