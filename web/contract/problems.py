"""What a request can get wrong, as exceptions.

RequestProblem
├── InvalidRequest        a field's value is not one that is taken
│   ├── InvalidQuestion   empty, or too long
│   ├── InvalidFilters    a limit that cannot be
│   └── UnknownField      a field that this service does not know
├── InvalidJson           the body is not JSON
├── CrossSite             another website's page sent it
├── NotOpen               there is no access control, and it came from another machine
├── NotSignedIn           nobody has said who asks, or not so that it can be believed
├── ProviderFailed        the provider that people sign in at does not answer
├── NotAllowed            whoever asks may not do this
├── ComeBack              not now: in so many seconds
│   ├── TooOften          whoever asks has asked too much
│   └── Overloaded        all together have
├── Undrawable            a page whose picture takes too much
├── NoRoom                the disk takes no writing
├── NothingSent           a form for files came without one
└── NotHere               nothing is kept under this address
    ├── UnknownReport
    ├── RemovedReport     it was, and was taken out
    ├── UnknownJob
    ├── UnknownCollection
    ├── UnknownPage
    └── OriginalMissing
"""

from __future__ import annotations


class RequestProblem(Exception):
    """Base of all errors of this package: what is wrong, with which field, and what would be right."""

    def __init__(self, detail: str, *, field: str | None = None, remedy: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.field = field
        self.remedy = remedy


class InvalidRequest(RequestProblem):
    """A field's value is not one that is taken."""


class InvalidQuestion(InvalidRequest):
    """The question is empty, or too long."""


class InvalidFilters(InvalidRequest):
    """A filter that cannot be."""


class UnknownField(InvalidRequest):
    """A field that this service does not know."""


class InvalidJson(RequestProblem):
    """The body is not JSON."""


class CrossSite(RequestProblem):
    """Another website's page sent it."""


class NotHere(RequestProblem):
    """Nothing is kept under this address."""


class UnknownReport(NotHere):
    """No report of the index has this id."""


class UnknownPage(NotHere):
    """The report has no such page."""


class OriginalMissing(NotHere):
    """The report's own file is no longer kept."""


class NothingSent(RequestProblem):
    """A form for files came without one."""


class RemovedReport(NotHere):
    """The report was taken out of the index."""


class UnknownConversation(NotHere):
    """The browser that asks has no such conversation."""


class UnknownTurn(NotHere):
    """The conversation has no such question."""


class UnknownAuthority(NotHere):
    """No report held is about this authority."""


class MovedConversation(RequestProblem):
    """The conversation has gone on since the page was shown."""


class NoRoom(RequestProblem):
    """The disk takes no writing: what an OSError that says so is told as."""


class Undrawable(RequestProblem):
    """A page whose picture takes too long, or too much memory."""


class UnknownCollection(NotHere):
    """Whoever asks sees no collection of this name."""


class UnknownJob(NotHere):
    """No build in the background has this id."""


class NotOpen(RequestProblem):
    """There is no access control, and the request came from another machine."""


class NotSignedIn(RequestProblem):
    """Nobody has said who asks, or not so that it can be believed."""


class NotAllowed(RequestProblem):
    """Whoever asks may not do this."""


class ComeBack(RequestProblem):
    """Not now: in so many seconds."""

    def __init__(self, detail: str, *, seconds: int) -> None:
        super().__init__(detail)
        self.seconds = seconds


class TooOften(ComeBack):
    """Whoever asks has asked too much."""


class Overloaded(ComeBack):
    """All together ask more than can be answered."""


class ProviderFailed(RequestProblem):
    """The provider that people sign in at does not answer."""
