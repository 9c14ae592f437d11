"""A client for the service's JSON interface, in one file that needs only Python's standard library.

    from client import Client, ServiceError

    client = Client("http://127.0.0.1:8000")
    answer = client.ask("What do Westmarsh care leavers get to set up home?", top_k=5)
    for statement in answer["answer"]:
        print(statement["text"], [quote["url"] for quote in statement["quotes"]])

It returns the service's JSON as dictionaries and lists. docs/api.md and /api/v1/openapi.json describe this JSON.
"""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from http.client import IncompleteRead
from itertools import count
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote, urlencode, urlsplit

Json = dict[str, Any]
BATCH = 20
"""Number of questions sent in one request."""
TRIES = 4
"""Maximum number of attempts to send a request if the service is busy."""
PATIENCE = 60.0
"""Maximum total number of seconds that a request waits for a busy service."""
_BLOCK = 64 * 1024


class ServiceError(Exception):
    """A problem that the service reports. Its fields are attributes."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{problem.get('title', 'The service failed')}: {problem.get('detail', '')}")
        self.type: str = problem.get("type", "about:blank")
        """The kind of problem. The value for each kind never changes, so that programs can tell problems apart."""
        self.title: str = problem.get("title", "")
        self.status: int = problem.get("status", 0)
        self.detail: str = problem.get("detail", "")
        self.field: str | None = problem.get("field")
        """The field or parameter that is wrong."""
        self.remedy: str = problem.get("remedy", "")
        """What to do about the problem."""
        self.instance: str | None = problem.get("instance")
        """The id of the request, as it appears in the service's log."""


class Client:
    """A client for one service.

    Methods raise ServiceError if the service reports a problem, and OSError if they cannot connect.
    """

    def __init__(self, url: str, token: str | None = None, timeout: float = 60) -> None:
        """Make a client of the service at an address, with an access token if the service needs one."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{url} is not the address of a service: write it like http://127.0.0.1:8000")
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._timeout = timeout
        # A redirect could send the token to another machine. The service itself never redirects.
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, question: str, **options: Any) -> Json:
        """Answer a question.

        The options are history, filters, top_k, offset, verbatim, remember and conversation_id.
        """
        return self._json("POST", "/query", {"question": question, **options})

    def ask_all(self, question: str, **options: Any) -> Iterator[Json]:
        """Yield the answer to a question. If it is a list, then yield the answer with each of the other pages.

        The options are history, filters, top_k, offset and verbatim.
        """
        answer = self.ask(question, **options)
        yield answer
        while answer["next_offset"] is not None:
            answer = self.ask(question, **{**options, "offset": answer["next_offset"]})
            yield answer

    def ask_many(self, questions: Iterable[str | Mapping[str, Any]]) -> Iterator[Json | ServiceError]:
        """Yield the answer to each question in order, or the problem with the question.

        A question can be a mapping with options.
        """
        queries = [{"question": each} if isinstance(each, str) else dict(each) for each in questions]
        for start in range(0, len(queries), BATCH):
            replies = self._json("POST", "/queries", {"queries": queries[start : start + BATCH]})["answers"]
            yield from (reply["answer"] if "answer" in reply else ServiceError(reply["problem"]) for reply in replies)

    def reports(self, **parameters: Any) -> Iterator[Json]:
        """Yield all matching reports.

        Options: authority, kind and form (each a value or a list), year, grade and sort.
        """
        return self._all_entries("/reports", "reports", parameters)

    def report(self, report_id: str) -> Json:
        """Return everything that the service knows about a report."""
        return self._json("GET", f"/reports/{_path_part(report_id)}")

    def page(self, report_id: str, number: int) -> Json:
        """Return the text of a page."""
        return self._json("GET", f"/reports/{_path_part(report_id)}/pages/{number}")

    def add(self, files: Sequence[str | Path], **fields: str) -> Json:
        """Add files. The fields can be replaces and collection.

        Return each file's outcome, and the build that adds the files.
        """
        form = _Form([Path(file) for file in files], fields)
        headers = {"Content-Type": form.content_type, "Content-Length": str(form.length)}
        return _read(self._open("POST", "/reports", form, headers))

    def remove(self, report_id: str, *, purge: bool = False) -> Json:
        """Remove a report. With ``purge``, every trace of it is deleted by the end of the build."""
        return self._json("DELETE", f"/reports/{_path_part(report_id)}" + ("?purge=true" if purge else ""))

    def build(self) -> Json:
        """Start a build that looks for new, changed and deleted files."""
        return self._json("POST", "/builds")

    def builds(self) -> list[Json]:
        """Return the most recent builds, newest first."""
        builds: list[Json] = self._json("GET", "/builds")["builds"]
        return builds

    def progress(self, build_id: str) -> Json:
        """Return the progress of a build."""
        return self._json("GET", f"/builds/{_path_part(build_id)}")

    def cancel(self, build_id: str) -> Json:
        """Cancel a build. It leaves nothing behind."""
        return self._json("POST", f"/builds/{_path_part(build_id)}/cancel")

    def watch(self, build_id: str) -> Iterator[Json]:
        """Yield the progress of a build each time it changes. The last item says how the build ended."""
        address = f"/builds/{_path_part(build_id)}/events"
        while True:  # the service ends a stream that lasts too long, so we ask for another
            with self._open("GET", address) as reply, suppress(IncompleteRead):
                for name, job in _events(reply):
                    yield job
                    if name == "end":
                        return

    def conversations(self) -> Iterator[Json]:
        """Yield your conversations, the most recently used first."""
        return self._all_entries("/conversations", "conversations", {})

    def conversation(self, conversation_id: str) -> Json:
        """Return a conversation with its questions."""
        return self._json("GET", f"/conversations/{_path_part(conversation_id)}")

    def turn(self, conversation_id: str, number: int) -> Json:
        """Return a question in a conversation, answered again from the current reports."""
        return self._json("GET", f"/conversations/{_path_part(conversation_id)}/turns/{number}")

    def rename(self, conversation_id: str, title: str) -> Json:
        """Change the title of a conversation."""
        return self._json("PATCH", f"/conversations/{_path_part(conversation_id)}", {"title": title})

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation."""
        self._json("DELETE", f"/conversations/{_path_part(conversation_id)}")

    def forget_all(self) -> int:
        """Delete all your conversations, and return how many there were."""
        return int(self._json("DELETE", "/conversations")["deleted"])

    def save(self, question: str, **more: Any) -> Json:
        """Save a question, to see later if its answer has changed.

        ``more`` can contain history, filters and verbatim.
        """
        return self._json("POST", "/saved-questions", {"question": question, **more})

    def saved(self, *, check: bool = False) -> Json:
        """Return your saved questions.

        With ``check``, the service asks them again to see which answers are different.
        """
        return self._json("GET", f"/saved-questions?check={str(check).lower()}")

    def saved_question(self, saved_id: str) -> Json:
        """Return what is different in the answer to a saved question."""
        return self._json("GET", f"/saved-questions/{_path_part(saved_id)}")

    def mark_read(self, saved_id: str) -> Json:
        """From now on, compare a saved question with its answer of today."""
        return self._json("POST", f"/saved-questions/{_path_part(saved_id)}/read")

    def delete_saved(self, saved_id: str) -> None:
        """Delete a saved question."""
        self._json("DELETE", f"/saved-questions/{_path_part(saved_id)}")

    def feedback(self, verdict: str, note: str = "", **about: Any) -> Json:
        """Say that an answer is right or wrong, or that something is missing. Return what the service saved.

        Identify the question by the fields question, history and filters, or by conversation_id and turn.
        """
        return self._json("POST", "/feedback", {"verdict": verdict, "note": note, **about})

    def _all_entries(self, address: str, name: str, parameters: Mapping[str, Any]) -> Iterator[Json]:
        """Yield the entries on all pages of a list."""
        for page in count(1):
            entries = self._json(
                "GET", f"{address}?{urlencode({'limit': 100, **parameters, 'page': page}, doseq=True)}"
            )
            yield from entries[name]
            if entries["page"] * entries["limit"] >= entries["total"]:
                return

    def _json(self, method: str, address: str, body: Json | None = None) -> Json:
        if body is None:
            return _read(self._open(method, address))
        return _read(self._open(method, address, json.dumps(body).encode(), {"Content-Type": "application/json"}))

    def _open(
        self, method: str, address: str, body: bytes | _Form | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Send a request. If the service is busy, wait and send it again."""
        began = time.monotonic()
        for tries in count(1):
            request = urllib.request.Request(  # noqa: S310 - the constructor checked the address
                f"{self._url}/api/v1{address}", body, {**self._headers, **(headers or {})}, method=method
            )
            try:
                return self._opener.open(request, timeout=self._timeout)
            except urllib.error.HTTPError as error:
                with error:
                    wait = _wait(error)
                    if wait is None or tries == TRIES or time.monotonic() - began + wait > PATIENCE:
                        raise ServiceError(_problem(error)) from error
            time.sleep(wait)
        raise AssertionError("unreachable: the loop has no end")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuse to follow a redirect, which then becomes an error."""


class _Form:
    """A form with files. The files are read from the disk as they are sent, and again for each new attempt."""

    def __init__(self, files: Sequence[Path], fields: Mapping[str, str]) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._end = f"--{boundary}--\r\n".encode()
        self._fields = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        self._files = [
            (
                f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{_escaped(path.name)}"\r\n'
                "Content-Type: application/octet-stream\r\n\r\n".encode(),
                path,
            )
            for path in files
        ]
        heads = sum(len(head) + path.stat().st_size + 2 for head, path in self._files)
        self.length = sum(map(len, self._fields)) + heads + len(self._end)

    def __iter__(self) -> Iterator[bytes]:
        yield from self._fields
        for head, path in self._files:
            yield head
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    yield block
            yield b"\r\n"
        yield self._end


def _read(reply: Any) -> Json:
    with reply:
        text = reply.read()
    parsed: Json = json.loads(text) if text else {}
    return parsed


def _events(reply: IO[bytes]) -> Iterator[tuple[str, Json]]:
    """Yield the name and data of each Server-Sent Event. The data is one line of JSON."""
    name = ""
    for line in reply:
        field, _, value = line.decode().rstrip("\r\n").partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def _wait(error: urllib.error.HTTPError) -> float | None:
    """Return how many seconds to wait before another attempt, or None if waiting would not help."""
    after = error.headers.get("Retry-After", "")
    return float(after) if error.code in (429, 503) and after.isdecimal() else None


def _problem(error: urllib.error.HTTPError) -> Json:
    """Return the problem in a reply. If a proxy replied instead of the service, return only the status."""
    try:
        problem = json.loads(error.read())
    except ValueError:
        problem = None
    if isinstance(problem, dict):
        return problem
    return {"title": f"HTTP {error.code}", "detail": error.reason, "status": error.code}


def _path_part(text: str) -> str:
    return quote(text, safe="")


def _escaped(name: str) -> str:
    return name.replace("\\", "_").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
