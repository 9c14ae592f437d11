"""Problems with a request, as exceptions.

RequestProblem
├── InvalidRequest        a field has a value that is not allowed
│   ├── InvalidQuestion   the question is empty or too long
│   ├── InvalidFilters    a filter has a value that is not allowed
│   └── UnknownField      the service does not know a field
├── InvalidJson           the body is not JSON
├── CrossSite             a page on another website sent the request
├── NotOpen               there is no access control, and another machine sent the request
├── NotSignedIn           nobody is signed in, or we cannot confirm who it is
├── ProviderFailed        the sign-in provider does not reply
├── NotAllowed            the person does not have permission
├── RetryLater            the client should wait, then send the request again
│   ├── TooOften          one person or program sent too many requests
│   └── Overloaded        all people and programs together sent too many requests
├── Undrawable            drawing a page's picture takes too much time or memory
├── NoRoom                the disk cannot be written to
├── NothingSent           a form for sending files contains no file
├── MovedConversation     the conversation has more questions than the client knew about
└── MissingResource       nothing exists at this address
    ├── UnknownReport
    ├── RemovedReport
    ├── UnknownConversation
    ├── UnknownSavedQuestion
    ├── UnknownTurn
    ├── UnknownJob
    ├── UnknownCollection
    ├── UnknownTheme
    ├── UnknownPage
    └── OriginalMissing
"""

from __future__ import annotations


class RequestProblem(Exception):
    """Base class of all problems. It says what is wrong, which field is wrong, and what to do about it."""

    def __init__(self, detail: str, *, field: str | None = None, remedy: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
        self.remedy = remedy


class InvalidRequest(RequestProblem):
    """A field has a value that is not allowed."""


class InvalidQuestion(InvalidRequest):
    """The question is empty or too long."""


class InvalidFilters(InvalidRequest):
    """A filter has a value that is not allowed."""


class UnknownField(InvalidRequest):
    """The request has a field that the service does not know."""


class InvalidJson(RequestProblem):
    """The body is not JSON."""


class CrossSite(RequestProblem):
    """A page on another website sent the request."""


class MissingResource(RequestProblem):
    """Nothing exists at this address."""


class UnknownReport(MissingResource):
    """The index has no report with this id."""


class UnknownPage(MissingResource):
    """The report has no page with this number."""


class OriginalMissing(MissingResource):
    """The original file of the report is missing."""


class NothingSent(RequestProblem):
    """A form for sending files contains no file."""


class RemovedReport(MissingResource):
    """The report was removed from the index."""


class UnknownConversation(MissingResource):
    """The person or browser has no conversation with this id."""


class UnknownSavedQuestion(MissingResource):
    """The person has no saved question with this id."""


class UnknownTurn(MissingResource):
    """The conversation has no question with this number."""


class MovedConversation(RequestProblem):
    """The conversation has more questions than the client knew about."""


class NoRoom(RequestProblem):
    """The disk cannot be written to. This class only describes an OSError, and is never raised."""


class Undrawable(RequestProblem):
    """Drawing a page as a picture takes too much time or memory."""


class UnknownCollection(MissingResource):
    """The person can see no collection with this name."""


class UnknownTheme(MissingResource):
    """The index has no theme of practice with this id."""


class UnknownAddition(MissingResource):
    """No addition of reports has the requested id."""


class UnknownJob(MissingResource):
    """No background build has this id."""


class NotOpen(RequestProblem):
    """There is no access control, and another machine sent the request."""


class NotSignedIn(RequestProblem):
    """Nobody is signed in, or we cannot confirm who sent the request."""


class NotAllowed(RequestProblem):
    """The person does not have permission to do this."""


class RetryLater(RequestProblem):
    """The client should wait for the given number of seconds, then send the request again."""

    def __init__(self, detail: str, *, seconds: int) -> None:
        super().__init__(detail)
        self.seconds = seconds


class TooOften(RetryLater):
    """One person or program sent too many requests."""


class Overloaded(RetryLater):
    """All people and programs together sent too many requests."""


class ProviderFailed(RequestProblem):
    """The sign-in provider does not reply."""
