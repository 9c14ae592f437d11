"""Reads saved answers from the service's JSON replies. We trust nothing in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from qa_service.errors import UnusableAnswer
from qa_service.types import FactName, StatementKind

MAX_BYTES = 50 << 20
"""Size limit for a file of answers, in bytes."""
_MAX_ITEMS = 1000
"""Maximum number of answers in a file, statements and passages in an answer, quotes in a statement, and boxes in a
quote."""
_MAX_TEXT = 20_000
"""Maximum number of characters in a text. A passage has at most 300 words."""
_MAX_SHOWN = 60
"""Maximum number of characters to show from a wrong value."""
_SAVE_WHOLE = "Save the whole reply exactly as you receive it, then check that."


_Text = Annotated[str, Field(max_length=_MAX_TEXT)]
_Share = Annotated[float, Field(allow_inf_nan=False)]


class _SavedModel(BaseModel):
    """Base class of the models. Values are not converted. Fields that checks of citations do not need are ignored."""

    model_config = ConfigDict(strict=True, frozen=True)


class SavedBox(_SavedModel):
    """A rectangle on a page."""

    page: int
    x0: _Share
    y0: _Share
    x1: _Share
    y1: _Share

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x0, self.y0, self.x1, self.y1


class SavedQuote(_SavedModel):
    """Words that should be on a page and in the cited passage."""

    citation: int
    text: _Text
    start: int
    end: int
    page: int
    page_label: _Text | None
    boxes: list[SavedBox] = Field(max_length=_MAX_ITEMS)
    url: _Text
    reading: _Text | None = None
    """What a second program found, according to the answer. Replies from earlier versions do not have this field."""


class SavedJudgement(_SavedModel):
    """A grade that a report should print for an area."""

    report_id: _Text
    area: _Text
    grade: _Text


class SavedFact(_SavedModel):
    """Another fact that a report should give, and the words that should state it."""

    report_id: _Text
    name: Annotated[FactName, Field(strict=False)]  # JSON contains the value of the enumeration member
    value: _Text
    source: _Text
    words: _Text
    page: int | None
    reading: _Text | None = None
    """What a second program found, according to the answer. Replies from earlier versions do not have this field."""


class SavedStatement(_SavedModel):
    """One statement of an answer, with its quotes and citations."""

    kind: Annotated[StatementKind, Field(strict=False)]  # JSON contains the value of the enumeration member
    text: _Text
    citations: list[int] = Field(max_length=_MAX_ITEMS)
    quotes: list[SavedQuote] = Field(max_length=_MAX_ITEMS)
    judgement: SavedJudgement | None
    fact: SavedFact | None = None
    label: _Text = ""
    """What a list prints next to a quoted item. Replies from earlier versions do not have this field."""


class SavedReport(_SavedModel):
    """The report that a passage should come from."""

    id: _Text
    file: _Text
    sha256: _Text


class SavedPassage(_SavedModel):
    """A passage shown with an answer."""

    rank: int
    passage_id: _Text
    text: _Text
    page: int
    report: SavedReport


class SavedSummary(_SavedModel):
    """A summary that should fit the statements of an answer."""

    sentence: _Text
    count: int | None
    of: int | None
    counted: _Text
    yes: bool | None
    changes: bool = False


class SavedPart(_SavedModel):
    """One of several questions in a message, with the indexes of its statements."""

    statements: list[int] = Field(max_length=_MAX_ITEMS)
    summary: SavedSummary | None
    total: int | None
    next_offset: int | None


class SavedAnswer(_SavedModel):
    """The reply to one question."""

    question: _Text
    statements: list[SavedStatement] = Field(alias="answer", max_length=_MAX_ITEMS)
    passages: list[SavedPassage] = Field(max_length=_MAX_ITEMS)
    summary: SavedSummary | None = None
    total: int | None = None
    offset: int | None = None
    next_offset: int | None = None
    parts: list[SavedPart] | None = Field(default=None, max_length=_MAX_ITEMS)

    @model_validator(mode="after")
    def _has_statements_of_parts(self) -> Self:
        if any(not 0 <= index < len(self.statements) for part in self.parts or () for index in part.statements):
            raise ValueError("a part has a statement that is not in the answer")
        return self

    def by_part(self) -> list[SavedAnswer]:
        """Return the answer to each question in the message, with its own statements and its own summary."""
        if not self.parts:
            return [self]
        return [
            self.model_copy(
                update={
                    "statements": [self.statements[index] for index in part.statements],
                    "summary": part.summary,
                    "total": part.total,
                    "offset": 0,
                    "next_offset": part.next_offset,
                }
            )
            for part in self.parts
        ]

    def cited(self, number: int) -> SavedPassage | None:
        """Return the passage with the given citation number, or None if there is none."""
        return self.passages[number - 1] if 1 <= number <= len(self.passages) else None


class _Reply(_SavedModel):
    """One reply in a batch: an answer or a problem. Problems need no proof."""

    status: int
    answer: SavedAnswer | None = None
    problem: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _is_either(self) -> Self:
        if (self.answer is None) == (self.problem is None):
            raise ValueError("there must be either an answer or a problem")
        return self


class _Batch(_SavedModel):
    answers: list[_Reply] = Field(max_length=_MAX_ITEMS)


def read_answers(data: bytes) -> list[SavedAnswer | None]:
    """Read the reply to one question or to a batch of questions. A problem in a batch is returned as None.

    Raises UnusableAnswer if the data is neither.
    """
    if len(data) > MAX_BYTES:
        raise UnusableAnswer(f"The file is over the limit of {MAX_BYTES >> 20} MB. Check fewer answers at a time.")
    try:
        reply = json.loads(data, parse_constant=_refuse_constant, object_pairs_hook=_unique_fields)
    except RecursionError as error:
        raise UnusableAnswer(f"The file is nested more deeply than any reply. {_SAVE_WHOLE}") from error
    except ValueError as error:  # not JSON, not UTF-8, or a number with thousands of digits
        raise UnusableAnswer(f"The file cannot be read as JSON ({_short(str(error))}). {_SAVE_WHOLE}") from error
    if not isinstance(reply, dict):
        raise UnusableAnswer(f"The file is JSON, but not a reply to a question. {_SAVE_WHOLE}")
    try:
        if "answers" in reply:
            return [item.answer for item in _Batch.model_validate(reply).answers]
        return [SavedAnswer.model_validate(reply)]
    except ValidationError as error:
        raise UnusableAnswer(f"{_first_mistake(error)}. {_SAVE_WHOLE}") from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


def _unique_fields(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object that contains a field twice, because some programs use the first value and others the last."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("an object has two fields with the same name")
    return fields


def _first_mistake(error: ValidationError) -> str:
    """Return the place of the first mistake, the reason, and the wrong value."""
    mistake = error.errors(include_url=False)[0]
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in mistake["loc"]).lstrip(".")
    value = mistake["input"]
    value = value[: _MAX_SHOWN + 1] if isinstance(value, str) else value
    actual = f", not {_short(ascii(value))}" if isinstance(value, str | int | float) else ""
    message = mistake["msg"].removeprefix("Value error, ")
    return f"{place or 'The reply'}: {message[:1].lower()}{message[1:]}{actual}"


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
