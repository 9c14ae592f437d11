"""What is told of each sort of error: one table. A slug ends the error's ``type`` and never changes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from filelock import Timeout
from werkzeug.exceptions import (
    BadRequest,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
    SecurityError,
    UnsupportedMediaType,
)

from corpus.errors import UnreadableReport
from index.errors import BuildRunning, NoIndex, SearchIndexError
from index.errors import UnknownReport as UnknownNamedReport
from qa_service.errors import TokenError
from web.contract import problems


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one sort of error. The slug ends its ``type`` and never changes."""

    slug: str
    status: int
    title: str
    detail: str
    remedy: str


ENTRIES: dict[type[Exception], Entry] = {
    problems.InvalidQuestion: Entry(
        "invalid-question", 422, "The question cannot be read",
        "The question is empty or too long.", "Send 1 to 2,000 characters of text.",
    ),
    problems.InvalidFilters: Entry(
        "invalid-filters", 422, "A filter cannot be applied",
        "A filter has a value that it cannot have.", "Correct or remove the filter named.",
    ),
    problems.UnknownField: Entry(
        "unknown-field", 422, "A field is not known",
        "The request has a field that this service does not know.", "Remove the field, or correct its name.",
    ),
    problems.InvalidRequest: Entry(
        "invalid-request", 422, "The request cannot be read",
        "A field has a value that it cannot have.", "Correct the field named.",
    ),
    problems.InvalidJson: Entry(
        "invalid-json", 400, "The body is not JSON",
        "The body of the request could not be read as JSON.", 'Send an object such as {"question": "…"} in UTF-8.',
    ),
    problems.CrossSite: Entry(
        "cross-site", 403, "Sent from another website",
        "Another website's page sent this request.", "Ask from this service's own page, or from a program.",
    ),
    problems.NotOpen: Entry(
        "not-open", 403, "This service answers its own machine only", "There is no access control.",
        "Whoever runs it sets QA_ACCESS to tokens, proxy or oidc: see the operations guide.",
    ),
    problems.NotSignedIn: Entry(
        "not-signed-in", 401, "Sign in first", "Nobody is signed in.",
        "People sign in on the page; programs send the header “Authorization: Bearer” with an access token.",
    ),
    problems.NotAllowed: Entry(
        "not-allowed", 403, "Not yours to do", "Whoever asks may not do this.",
        "Ask whoever runs this service for the right.",
    ),
    problems.ProviderFailed: Entry(
        "provider-failed", 503, "Nobody can sign in just now", "The provider that people sign in at does not answer.",
        "Try again in a minute. The service's log says more.",
    ),
    problems.TooOften: Entry(
        "too-often", 429, "Too many requests", "More was asked than one person or program may.",
        "Wait for the seconds that the Retry-After header names, then ask again.",
    ),
    problems.Overloaded: Entry(
        "overloaded", 503, "Too much is asked just now", "All who ask together ask more than can be answered.",
        "Ask again in a few seconds; programs wait as long as the Retry-After header says.",
    ),
    TokenError: Entry(
        "access-unavailable", 503, "Nobody can sign in just now", "The file of access tokens cannot be read.",
        "The service's log says why.",
    ),
    problems.UnknownReport: Entry(
        "unknown-report", 404, "No such report",
        "The index holds no report under this id.",
        "Choose it from the list of reports. It may have been removed, or replaced by a corrected copy.",
    ),
    problems.RemovedReport: Entry(
        "removed-report", 410, "This report was removed",
        "The report was taken out of the index.", "Ask whoever keeps the reports here why it was removed.",
    ),
    problems.UnknownConversation: Entry(
        "unknown-conversation", 404, "No such conversation", "You have no conversation of that address.",
        "It opens only for whoever began it (without sign-in: in that browser), and is deleted after a time.",
    ),
    problems.UnknownTurn: Entry(
        "unknown-turn", 404, "No such question", "The conversation has no question of this number.",
        "Open the conversation, and choose from the questions in it.",
    ),
    problems.UnknownAuthority: Entry(
        "unknown-authority", 404, "No such authority", "The index holds no report on this authority.",
        "Choose it from the list of reports.",
    ),
    problems.MovedConversation: Entry(
        "conversation-moved", 409, "The conversation has gone on elsewhere",
        "The conversation has other questions than this page shows.", "Load the page again, then ask.",
    ),
    sqlite3.Error: Entry(
        "not-kept", 503, "Questions cannot be kept just now",
        "The file of conversations or of feedback cannot be read or written.",
        "Make room on the disk, or see the service's log; then ask again.",
    ),
    problems.Undrawable: Entry(
        "undrawable", 503, "This page cannot be drawn", "Its picture takes too long, or too much memory.",
        "Read its text beside it, or download the original.",
    ),
    problems.NoRoom: Entry(
        "no-room", 503, "Nothing can be written just now", "The disk is full, or takes no writing.",
        "Programs' questions are answered all the same. Whoever runs the service makes room, or see the service's log.",
    ),
    Timeout: Entry(
        "busy", 503, "Somebody else is at this just now", "Another change of the same has not ended yet.",
        "Try again in a minute.",
    ),
    problems.UnknownJob: Entry(
        "unknown-job", 404, "No such build", "No build in the background has this id.",
        "The last 50 are kept. Start one with POST /api/v1/builds.",
    ),
    problems.UnknownCollection: Entry(
        "unknown-collection", 404, "No such collection", "You see no collection of this name.",
        "Name one of yours, or leave it out: then everybody who may ask sees the report.",
    ),
    problems.NothingSent: Entry(
        "nothing-sent", 422, "No file was sent", "The form has no file in it.",
        "Choose one or more files; programs send them as parts named “file” of a multipart form.",
    ),
    problems.UnknownPage: Entry(
        "unknown-page", 404, "No such page", "The report has no page of this number.", "Pages are numbered from 1.",
    ),
    problems.OriginalMissing: Entry(
        "original-missing", 404, "The original file is not kept here",
        "The file that this report was read from is missing from the data folder.",
        "Add the report again and rebuild the index.",
    ),
    NotFound: Entry(
        "not-found", 404, "Page not found", "There is nothing at this address.",
        "Check the address, or start from the question page.",
    ),
    MethodNotAllowed: Entry(
        "method-not-allowed", 405, "Not possible at this address",
        "This address does not take requests of this method.", "Use a method that the Allow header names.",
    ),
    RequestEntityTooLarge: Entry(
        "too-large", 413, "Too much was sent", "The request is larger than this service takes.",
        "Shorten the question, start a new conversation, or send fewer files at a time.",
    ),
    UnsupportedMediaType: Entry(
        "unsupported-media-type", 415, "Not a media type that is read here",
        "The body is not marked as JSON.", "Send the header “Content-Type: application/json”.",
    ),
    SecurityError: Entry(
        "untrusted-host", 400, "Not a host name of this service",
        "The Host header names a host that this service does not answer for.",
        "Use the address that the service printed when it started, such as http://127.0.0.1.",
    ),
    BadRequest: Entry(
        "bad-request", 400, "The request cannot be read",
        "The request is not well formed.", "Correct it and try again.",
    ),
    BuildRunning: Entry(
        "build-running", 409, "A build is running", "Only one build runs at a time.",
        "Wait until it has ended, or cancel it.",
    ),
    UnknownNamedReport: Entry(
        "unknown-report", 404, "No such report", "The index holds no report under this id.",
        "Choose it from the list of reports.",
    ),
    NoIndex: Entry(
        "no-index", 503, "No reports have been added yet", "Nothing has been indexed, so nothing can be answered.",
        "Add reports in the web page under “Reports”, or run “qa-service build --reports FOLDER” on this machine.",
    ),
    SearchIndexError: Entry(
        "index-unavailable", 503, "The reports cannot be searched just now",
        "The index could not be opened.", "The service's log says why. Rebuilding with “qa-service build” mends it.",
    ),
    UnreadableReport: Entry(
        "unreadable-original", 500, "The original file cannot be read",
        "The file that this report was read from could not be opened.", "Add the report again and rebuild the index.",
    ),
    Exception: Entry(
        "internal-error", 500, "Something went wrong",
        "The service failed on this request. Nothing was changed.",
        "Try again. If it happens again, the service's log says why.",
    ),
}  # fmt: skip


def entry_of(slug: str) -> Entry | None:
    """What is said of a problem, by the end of its ``type``; None where there is none of it."""
    return next((entry for entry in ENTRIES.values() if entry.slug == slug), None)
