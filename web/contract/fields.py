"""Types for the single values that clients may send. Each accepts exactly the values that its JSON Schema describes."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

from corpus.grades import AREAS
from corpus.types import REPORT_ID_LENGTH
from qa_service.answer_json.values import REPORT_ID_PATTERN
from qa_service.answering.overviews.comparison import MAX_ASPECT_WORDS
from qa_service.types import MAX_QUESTION, MAX_TOP_K

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(value: object) -> object:
    """Accept only dates like 2023-01-31. pydantic would accept "0" as a day in 1970."""
    if not isinstance(value, str):
        return value
    if not _DAY.fullmatch(value):
        raise ValueError("not a date like 2023-01-31")
    return date.fromisoformat(value)


def _number(value: object) -> object:
    """Accept only digits. pydantic would accept "1_0" and "+10" as 10."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("not a whole number")
    return value


def _whole(value: object) -> object:
    """Accept 48.0 as 48, because JSON Schema does not distinguish between them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _flag(value: object) -> object:
    """Accept only “true” and “false”. pydantic would accept "on" as true."""
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("neither true nor false")
        return value == "true"
    return value


def _area_key(value: str) -> str:
    if value not in _AREA_KEYS:
        raise ValueError(f"none of the areas: {', '.join(_AREA_KEYS)}")
    return value


_AREA_KEYS = [area.key for area in AREAS]
NOT_BLANK = r"[^\s\u001c-\u001f\u0085\ufeff]"
"""A character that is not white space. The pattern also excludes characters that only Python or only JSON Schema
includes in \\s."""
QuestionText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_QUESTION)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
AspectWords = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ASPECT_WORDS, pattern=NOT_BLANK)]
"""Words for an aspect to compare."""
ReportId = Annotated[
    str,
    StringConstraints(pattern=rf"^[0-9a-f]{{{REPORT_ID_LENGTH}}}\z"),
    WithJsonSchema({"type": "string", "pattern": REPORT_ID_PATTERN}),
]
ConversationId = Annotated[str, StringConstraints(min_length=1, max_length=100)]
AreaKey = Annotated[str, AfterValidator(_area_key), WithJsonSchema({"type": "string", "enum": _AREA_KEYS})]
"""The key of an area that reports give grades for, such as "overall" or "leaders"."""
Day = Annotated[date, BeforeValidator(_day)]
Number = Annotated[int, BeforeValidator(_number)]
Year = Annotated[int, Field(ge=1990, le=2100), BeforeValidator(_number)]
TopK = Annotated[int, Field(ge=1, le=MAX_TOP_K), BeforeValidator(_whole)]
Offset = Annotated[int, Field(ge=0), BeforeValidator(_whole)]
TurnNumber = Annotated[int, Field(ge=1), BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]
