"""What each address of the JSON interface takes and gives, said beside the code that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

JSON = "application/json"
EVENTS = "text/event-stream"
View = TypeVar("View", bound=Callable[..., Any])
_OPERATION = "operation"


@dataclass(frozen=True, slots=True)
class Operation:
    """What one address takes by one method, what it gives, and what can go wrong."""

    summary: str
    tag: str
    body: tuple[type[BaseModel], ...] = ()
    """The JSON that is taken: one of these forms; none where nothing is."""
    params: type[BaseModel] | None = None
    """The parameters of the address; without it none are taken."""
    replies: Mapping[int, type[Any] | None] = field(default_factory=dict)
    """What is given where all goes well, by status; None where that is nothing."""
    problems: tuple[str, ...] = ()
    """What can go wrong here beside what can everywhere, by the slugs of web.contract.problem_catalogue."""
    files: bool = False
    """Whether it takes files as parts of a form."""
    etag: bool = False
    """Whether the reply has an ETag, and is 304 to those who hold it."""
    paged: bool = False
    """Whether the reply has a Link header to the pages before and after."""
    media_type: str = JSON
    """Of the reply where all goes well."""

    def __post_init__(self) -> None:
        if not self.replies:
            raise ValueError(f"{self.summary!r} has no reply")
        if wrong := [status for status in self.replies if not 200 <= status < 300]:
            raise ValueError(f"{self.summary!r} replies with {wrong[0]}: list errors in its problems instead")
        if self.files and self.body:
            raise ValueError(f"{self.summary!r} takes a form with files or JSON, not both")


def operation(
    summary: str,
    tag: str,
    *,
    body: type[BaseModel] | tuple[type[BaseModel], ...] = (),
    params: type[BaseModel] | None = None,
    replies: Mapping[int, type[Any] | None],
    problems: tuple[str, ...] = (),
    files: bool = False,
    etag: bool = False,
    paged: bool = False,
    media_type: str = JSON,
) -> Callable[[View], View]:
    """Say of a view what it takes and gives. The view stays as it is."""
    told = Operation(
        summary, tag, body if isinstance(body, tuple) else (body,), params, replies, problems, files, etag, paged,
        media_type,
    )  # fmt: skip

    def tell(view: View) -> View:
        setattr(view, _OPERATION, told)
        return view

    return tell


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """What was said of a view; None where nothing was."""
    told: Operation | None = getattr(view, _OPERATION, None)
    return told
