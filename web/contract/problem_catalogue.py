"""The title, detail and remedy of each kind of error, in one table."""

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
from qa_service.errors import TokenError, TooManySaved, UnknownAuthority
from qa_service.types import MAX_QUESTION
from web.contract import problems


@dataclass(frozen=True, slots=True)
class Entry:
    """The message for one kind of error. The slug is the last part of the error's ``type``. It never changes."""

    slug: str
    status: int
    title: str
    detail: str
    remedy: str


ENTRIES: dict[type[Exception], Entry] = {
    problems.InvalidQuestion: Entry(
        "invalid-question", 422, "We cannot read the question",
        "The question is empty or too long.", f"Send 1 to {MAX_QUESTION:,} characters of text.",
    ),
    problems.InvalidFilters: Entry(
        "invalid-filters", 422, "We cannot apply a filter",
        "A filter has a value that is not allowed.", "Correct or remove the filter.",
    ),
    problems.UnknownField: Entry(
        "unknown-field", 422, "Unknown field",
        "The request has a field that we do not recognise.", "Remove the field or correct its name.",
    ),
    problems.InvalidRequest: Entry(
        "invalid-request", 422, "We cannot read the request",
        "A field has a value that is not allowed.", "Correct the field.",
    ),
    problems.InvalidJson: Entry(
        "invalid-json", 400, "The body is not JSON",
        "We could not read the body of the request as JSON.", 'Send an object such as {"question": "…"} in UTF-8.',
    ),
    problems.CrossSite: Entry(
        "cross-site", 403, "Request from another website",
        "A page on another website sent this request, so we refused it.",
        "Use this service’s own pages, or send the request from a program.",
    ),
    problems.NotOpen: Entry(
        "not-open", 403, "You cannot use this service from another machine",
        "The service has no access control, so it answers only requests from its own machine.",
        "Ask the people who run the service to set QA_ACCESS to tokens, proxy or oidc. The operations guide "
        "explains how.",
    ),
    problems.NotSignedIn: Entry(
        "not-signed-in", 401, "Sign in first",
        "You are not signed in.",
        "Sign in on the sign-in page. In a program, send an access token in the header “Authorization: Bearer”.",
    ),
    problems.NotAllowed: Entry(
        "not-allowed", 403, "You cannot do this",
        "You do not have permission to do this.", "Ask the people who run this service for permission.",
    ),
    problems.ProviderFailed: Entry(
        "provider-failed", 503, "You cannot sign in at the moment",
        "The sign-in provider is not responding.", "Try again in a minute. The service’s log gives the details.",
    ),
    problems.TooOften: Entry(
        "too-often", 429, "Too many requests",
        "You sent too many requests.",
        "Wait a minute, then try again. In a program, wait for the number of seconds in the Retry-After header.",
    ),
    problems.Overloaded: Entry(
        "overloaded", 503, "The service is busy",
        "Too many people and programs are using the service at the moment.",
        "Try again in a few seconds. In a program, wait for the number of seconds in the Retry-After header.",
    ),
    TokenError: Entry(
        "access-unavailable", 503, "You cannot sign in at the moment",
        "We cannot read the access tokens file.", "Ask the people who run this service to check its log.",
    ),
    problems.UnknownReport: Entry(
        "unknown-report", 404, "Report not found",
        "We have no report with this id.",
        "Choose one from the list of reports. The report may have been removed or replaced.",
    ),
    problems.RemovedReport: Entry(
        "removed-report", 410, "This report was removed",
        "The report was removed from the index.", "Ask the people who run this service why it was removed.",
    ),
    problems.UnknownConversation: Entry(
        "unknown-conversation", 404, "Conversation not found",
        "You have no conversation at this address.",
        "Look for it in Conversations. You can open only conversations that you started. If you do not sign in, use "
        "the browser you started them in. We delete conversations that have not been used for some time.",
    ),
    problems.UnknownSavedQuestion: Entry(
        "unknown-saved-question", 404, "Saved question not found",
        "You have no saved question at this address.",
        "Look for it in Saved questions. You can open only questions that you saved. If you do not sign in, use the "
        "browser you saved them in. We delete questions that have not been marked as read for some time.",
    ),
    TooManySaved: Entry(
        "too-many-saved", 409, "You cannot save more questions",
        "You have saved as many questions as you can.", "Delete one of your saved questions, then save this one.",
    ),
    problems.UnknownTurn: Entry(
        "unknown-turn", 404, "Question not found",
        "The conversation has no question with this number.", "Open the conversation and choose one of its questions.",
    ),
    UnknownAuthority: Entry(
        "unknown-authority", 404, "Authority not found",
        "We have no reports about this authority.", "Choose an authority from the list of reports.",
    ),
    problems.MovedConversation: Entry(
        "conversation-moved", 409, "The conversation has changed",
        "The conversation no longer has the questions that this page shows.", "Reload the page, then ask again.",
    ),
    sqlite3.Error: Entry(
        "not-kept", 503, "We cannot save questions at the moment",
        "We cannot read from or write to the conversations or feedback file.",
        "Ask the people who run this service to free some disk space or check the log. Then ask again.",
    ),
    problems.Undrawable: Entry(
        "undrawable", 503, "We cannot show a picture of this page",
        "Drawing the page takes too long or uses too much memory.",
        "Read the text of the page, or download the original file.",
    ),
    problems.NoRoom: Entry(
        "no-room", 503, "We cannot save anything at the moment",
        "The disk is full or cannot be written to.",
        "Ask the people who run this service to free some disk space or check the log. Questions that do not "
        "need saving are still answered.",
    ),
    Timeout: Entry(
        "busy", 503, "Someone else is making a change",
        "Another change of the same kind has not finished yet.", "Try again in a minute.",
    ),
    problems.UnknownJob: Entry(
        "unknown-job", 404, "Build not found",
        "No build has this id.",
        "We keep the last 50 builds. List them with GET /api/v1/builds, or start one with POST /api/v1/builds.",
    ),
    problems.UnknownCollection: Entry(
        "unknown-collection", 404, "Collection not found",
        "You have no collection with this name.",
        "Give the name of a collection you can see. If you leave it out, everyone who can ask questions sees "
        "the report.",
    ),
    problems.UnknownTheme: Entry(
        "unknown-theme", 404, "Theme not found",
        "We have no theme of practice with this id.",
        "Choose one from the list of themes. A theme added to the themes file can be used after the next build.",
    ),
    problems.UnknownAddition: Entry(
        "unknown-addition", 404, "Addition not found",
        "No reports that you can see were added at this time.",
        "Choose one from the list of what is new. An addition disappears when its reports are removed.",
    ),
    problems.NothingSent: Entry(
        "nothing-sent", 422, "No file was sent",
        "The form has no file in it.",
        "Choose one or more files. In a program, send each file as a part named “file” of a multipart form.",
    ),
    problems.UnknownPage: Entry(
        "unknown-page", 404, "Page not found",
        "The report has no page with this number.", "Pages are numbered from 1.",
    ),
    problems.OriginalMissing: Entry(
        "original-missing", 404, "Original file missing",
        "The original file of this report is missing from the data folder.",
        "Add the report again and update the index.",
    ),
    NotFound: Entry(
        "not-found", 404, "Page not found",
        "There is nothing at this address.", "Check the address.",
    ),
    MethodNotAllowed: Entry(
        "method-not-allowed", 405, "Method not allowed",
        "This address does not accept this method.", "Use one of the methods in the Allow header.",
    ),
    RequestEntityTooLarge: Entry(
        "too-large", 413, "Your request is too large",
        "The request is larger than we accept.",
        "Shorten the question, start a new conversation or send fewer files at a time.",
    ),
    UnsupportedMediaType: Entry(
        "unsupported-media-type", 415, "Wrong media type",
        "The body is not marked as JSON.", "Send the header “Content-Type: application/json”.",
    ),
    SecurityError: Entry(
        "untrusted-host", 400, "Unknown host name",
        "The Host header does not name this service.",
        "Use the address that the service printed when it started, such as http://127.0.0.1:8000.",
    ),
    BadRequest: Entry(
        "bad-request", 400, "We cannot read the request",
        "The request is malformed.", "Correct the request and try again.",
    ),
    BuildRunning: Entry(
        "build-running", 409, "An update is already running",
        "Only one build can run at a time.", "Wait until it ends, or cancel it.",
    ),
    UnknownNamedReport: Entry(
        "unknown-report", 404, "Report not found",
        "We have no report with this id.", "Choose one from the list of reports.",
    ),
    NoIndex: Entry(
        "no-index", 503, "No reports have been added yet",
        "There are no reports in the index, so we cannot answer.",
        "Add reports on the Reports page, or run “qa-service build --reports FOLDER” on the machine that runs "
        "the service.",
    ),
    SearchIndexError: Entry(
        "index-unavailable", 503, "We cannot search the reports at the moment",
        "We could not open the index.",
        "Ask the people who run this service to check its log. Running “qa-service build” repairs the index.",
    ),
    UnreadableReport: Entry(
        "unreadable-original", 500, "We cannot read the original file",
        "We could not open the original file of this report.", "Add the report again and update the index.",
    ),
    Exception: Entry(
        "internal-error", 500, "Something went wrong",
        "We could not complete this request. Nothing was changed.",
        "Try again. If it happens again, ask the people who run this service to check its log.",
    ),
}  # fmt: skip


def entry_of(slug: str) -> Entry | None:
    """Return the entry with the given slug, or None if there is none."""
    return next((entry for entry in ENTRIES.values() if entry.slug == slug), None)
