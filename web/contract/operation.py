"""Descriptions of the addresses in the JSON interface, each written next to the code for that address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

JSON = "application/json"
EVENTS = "text/event-stream"
View = TypeVar("View", bound=Callable[..., Any])
_OPERATION = "operation"


@dataclass(frozen=True, slots=True)
class Operation:
    """The input, replies and problems of one HTTP method at one address."""

    summary: str
    tag: str
    body: tuple[type[BaseModel], ...] = ()
    """The types that the JSON body can have. Empty if there is no body."""
    params: type[BaseModel] | None = None
    """The parameters of the address. None if it has no parameters."""
    json_params: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    """The type of each parameter that contains JSON, by the parameter's name."""
    replies: Mapping[int, type[Any] | None] = field(default_factory=dict)
    """The type of the reply for each success status, or None if the reply has no body."""
    problems: tuple[str, ...] = ()
    """The slugs of problems that can occur at this address, apart from the problems common to every address."""
    files: bool = False
    """Whether the body is a form with files."""
    etag: bool = False
    """Whether the reply has an ETag, so that a client with a current copy gets a 304."""
    paged: bool = False
    """Whether the reply has a Link header to the previous and next pages."""
    media_type: str = JSON
    """The media type of a successful reply."""

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
    json_params: Mapping[str, type[BaseModel]] = MappingProxyType({}),
    replies: Mapping[int, type[Any] | None],
    problems: tuple[str, ...] = (),
    files: bool = False,
    etag: bool = False,
    paged: bool = False,
    media_type: str = JSON,
) -> Callable[[View], View]:
    """Attach a description to a view. The parameters are the fields of ``Operation``."""
    description = Operation(
        summary, tag, body if isinstance(body, tuple) else (body,), params, json_params, replies, problems, files,
        etag, paged, media_type,
    )  # fmt: skip

    def attach(view: View) -> View:
        setattr(view, _OPERATION, description)
        return view

    return attach


def operation_of(view: Callable[..., Any]) -> Operation | None:
    """Return the description of a view, or None if it has none."""
    description: Operation | None = getattr(view, _OPERATION, None)
    return description
