"""Answers as the service gave them, read back from their JSON with nothing taken on trust."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from qa_service.errors import UnusableAnswer
from qa_service.types import StatementKind

MAX_BYTES = 50 << 20
"""Of a file of answers."""
_MOST = 1000
"""Answers in a file, statements and passages in an answer, quotes of a statement, boxes of a quote."""
_LONGEST = 20_000
"""Characters of a text: a passage has at most 300 words."""
_SHOWN = 60
_AS_GIVEN = "Save the service's whole reply as it gave it, then check that."


_Text = Annotated[str, Field(max_length=_LONGEST)]
_Share = Annotated[float, Field(allow_inf_nan=False)]


class _SavedModel(BaseModel):
    """What a file holds: nothing bent into shape. What citations do not rest on is passed over."""

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
    """Words said to stand on a page, and in the passage cited."""

    citation: int
    text: _Text
    start: int
    end: int
    page: int
    page_label: _Text | None
    boxes: list[SavedBox] = Field(max_length=_MOST)
    url: _Text


class SavedJudgement(_SavedModel):
    """A grade said to be a report's for an area."""

    report_id: _Text
    area: _Text
    grade: _Text


class SavedStatement(_SavedModel):
    """One sentence of an answer, with what it rests on."""

    kind: Annotated[StatementKind, Field(strict=False)]  # JSON has its name, and no enumeration
    text: _Text
    citations: list[int] = Field(max_length=_MOST)
    quotes: list[SavedQuote] = Field(max_length=_MOST)
    judgement: SavedJudgement | None


class SavedReport(_SavedModel):
    """The report that a passage is said to be of."""

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


class SavedAnswer(_SavedModel):
    """A reply to one question."""

    question: _Text
    statements: list[SavedStatement] = Field(alias="answer", max_length=_MOST)
    passages: list[SavedPassage] = Field(max_length=_MOST)

    def cited(self, number: int) -> SavedPassage | None:
        """The passage that a citation names; None where there is no such one."""
        return self.passages[number - 1] if 1 <= number <= len(self.passages) else None


class _Reply(_SavedModel):
    """One reply of a batch: an answer, or a problem, which states nothing."""

    status: int
    answer: SavedAnswer | None = None
    problem: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _is_either(self) -> Self:
        if (self.answer is None) == (self.problem is None):
            raise ValueError("it takes an answer, or a problem in its place")
        return self


class _Batch(_SavedModel):
    answers: list[_Reply] = Field(max_length=_MOST)


def read_answers(data: bytes) -> list[SavedAnswer | None]:
    """The answers of a reply to one question or to a batch of them, in order; None stands for a problem.

    Raises UnusableAnswer where it is neither.
    """
    if len(data) > MAX_BYTES:
        raise UnusableAnswer(f"It is over the limit of {MAX_BYTES >> 20} MB. Check fewer answers at a time.")
    try:
        reply = json.loads(data, parse_constant=_refused, object_pairs_hook=_named_once)
    except RecursionError as error:
        raise UnusableAnswer(f"It is nested too deeply for any reply. {_AS_GIVEN}") from error
    except ValueError as error:  # no JSON, no UTF-8, a number of thousands of digits
        raise UnusableAnswer(f"It cannot be read as JSON ({_short(str(error))}). {_AS_GIVEN}") from error
    if not isinstance(reply, dict):
        raise UnusableAnswer(f"It is JSON, and no reply to a question. {_AS_GIVEN}")
    try:
        if "answers" in reply:
            return [each.answer for each in _Batch.model_validate(reply).answers]
        return [SavedAnswer.model_validate(reply)]
    except ValidationError as error:
        raise UnusableAnswer(f"{_first(error)}. {_AS_GIVEN}") from error


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _named_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names differ: of two alike, one program shows the first and another the second."""
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("an object has two fields of one name")
    return named


def _first(error: ValidationError) -> str:
    """Where the first mistake is, what it is, and the value that stands there."""
    mistake = error.errors(include_url=False)[0]
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in mistake["loc"]).lstrip(".")
    value = mistake["input"]
    value = value[: _SHOWN + 1] if isinstance(value, str) else value
    stands = f", not {_short(ascii(value))}" if isinstance(value, str | int | float) else ""
    what = mistake["msg"].removeprefix("Value error, ")
    return f"{where or 'The reply'}: {what[:1].lower()}{what[1:]}{stands}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
