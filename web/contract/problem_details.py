"""The description of an error for clients, in the form that RFC 9457 (“problem details”) defines."""

from __future__ import annotations

import errno

from pydantic import Field
from werkzeug.exceptions import BadRequest, HTTPException

from index.errors import BuildRunning
from index.errors import UnknownReport as UnknownNamedReport
from qa_service.errors import TooManySaved, UnknownAuthority
from web.contract import problems
from web.contract.base import ResponseModel
from web.contract.problem_catalogue import ENTRIES, Entry

MEDIA_TYPE = "application/problem+json"
_CANNOT_WRITE = frozenset({errno.ENOSPC, errno.EROFS, errno.EFBIG, errno.EDQUOT})


class Problem(ResponseModel):
    """A problem (RFC 9457): what went wrong, which field is wrong, and what to send instead."""

    type: str
    """The kind of problem, for programs. It never changes. The page at this address explains the problem to people."""
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    field: str | None
    """The field or parameter that is wrong, such as filters.kind[0]."""
    remedy: str
    instance: str
    """The request's id, as it appears in the service's log."""

    @property
    def slug(self) -> str:
        """The last part of the type."""
        return self.type.rpartition("/")[2]


def problem_of(error: Exception, request_id: str) -> Problem:
    """Return the description of an error."""
    entry = _entry_for(error)
    detail, field, remedy = entry.detail, None, entry.remedy
    if isinstance(error, BuildRunning | UnknownNamedReport | TooManySaved):
        detail = str(error)
    if isinstance(error, UnknownAuthority):
        detail, field = str(error), "authority"
    if isinstance(error, problems.RequestProblem):
        detail, field, remedy = error.detail, error.field, error.remedy or entry.remedy
    return Problem(
        type=f"/problems/{entry.slug}",
        title=entry.title,
        status=entry.status,
        detail=detail,
        field=field,
        remedy=remedy,
        instance=f"urn:request:{request_id}",
    )


def _entry_for(error: Exception) -> Entry:
    if isinstance(error, OSError) and error.errno in _CANNOT_WRITE:
        return ENTRIES[problems.NoRoom]
    entry = next(ENTRIES[kind] for kind in type(error).__mro__ if kind in ENTRIES)
    if entry is ENTRIES[Exception] and isinstance(error, HTTPException) and error.code and error.code < 500:
        return Entry("bad-request", error.code, error.name, ENTRIES[BadRequest].detail, ENTRIES[BadRequest].remedy)
    return entry
