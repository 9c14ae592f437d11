"""A client for the service's JSON interface: this one file, which needs nothing but Python's own library.

    from client import Client, ServiceError

    client = Client("http://127.0.0.1:8000")
    answer = client.ask("What do Westmarsh care leavers get to set up home?", top_k=5)
    for statement in answer["answer"]:
        print(statement["text"], [quote["url"] for quote in statement["quotes"]])

What the service gives is handed on as it is: dictionaries and lists, as docs/api.md and /api/v1/openapi.json tell.
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
"""Questions that are sent together."""
TRIES = 4
"""How often a request is sent that the service has no time for."""
PATIENCE = 60.0
"""Seconds that one request waits in all for the service to have time."""
_BLOCK = 64 * 1024


class ServiceError(Exception):
    """What the service says went wrong: its problem, field by field."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{problem.get('title', 'The service failed')}: {problem.get('detail', '')}")
        self.type: str = problem.get("type", "about:blank")
        """Stable: programs tell problems apart by it."""
        self.title: str = problem.get("title", "")
        self.status: int = problem.get("status", 0)
        self.detail: str = problem.get("detail", "")
        self.field: str | None = problem.get("field")
        """The field or parameter that is wrong."""
        self.remedy: str = problem.get("remedy", "")
        """What would be right."""
        self.instance: str | None = problem.get("instance")
        """Names the request, as the service's log does."""


class Client:
    """Asks one service. Every call raises ServiceError where the service refuses, OSError where it is not reached."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 60) -> None:
        """Of the service at an address; ``token`` is an access token, where the service asks for one."""
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{url} is not the address of a service: write it like http://127.0.0.1:8000")
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._timeout = timeout
        # A redirect could carry the token to another machine; the service sends none.
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, question: str, **options: Any) -> Json:
        """The answer to a question. Options: history, filters, top_k, remember, conversation_id."""
        return self._json("POST", "/query", {"question": question, **options})

    def ask_many(self, questions: Iterable[str | Mapping[str, Any]]) -> Iterator[Json | ServiceError]:
        """The answer to each question, in their order, or what is wrong with it; a mapping holds options, too."""
        asked = [{"question": one} if isinstance(one, str) else dict(one) for one in questions]
        for start in range(0, len(asked), BATCH):
            replies = self._json("POST", "/queries", {"queries": asked[start : start + BATCH]})["answers"]
            yield from (one["answer"] if "answer" in one else ServiceError(one["problem"]) for one in replies)

    def reports(self, **parameters: Any) -> Iterator[Json]:
        """All reports that meet the parameters: authority, kind, form (each one or a list), year, grade, sort."""
        return self._every("/reports", "reports", parameters)

    def report(self, report_id: str) -> Json:
        """All that is known of one report."""
        return self._json("GET", f"/reports/{_part(report_id)}")

    def page(self, report_id: str, number: int) -> Json:
        """The text of one page."""
        return self._json("GET", f"/reports/{_part(report_id)}/pages/{number}")

    def add(self, files: Sequence[str | Path], **fields: str) -> Json:
        """Add files: what became of each, and the build that takes them in. Fields: replaces, collection."""
        form = _Form([Path(file) for file in files], fields)
        headers = {"Content-Type": form.content_type, "Content-Length": str(form.length)}
        return _read(self._open("POST", "/reports", form, headers))

    def remove(self, report_id: str, *, purge: bool = False) -> Json:
        """Take a report out; with ``purge`` nothing of it is left once the build has ended."""
        return self._json("DELETE", f"/reports/{_part(report_id)}" + ("?purge=true" if purge else ""))

    def build(self) -> Json:
        """Start a build: it looks for files that have come, changed or gone."""
        return self._json("POST", "/builds")

    def builds(self) -> list[Json]:
        """The last builds, the newest first."""
        listed: list[Json] = self._json("GET", "/builds")["builds"]
        return listed

    def progress(self, build_id: str) -> Json:
        """How far a build is."""
        return self._json("GET", f"/builds/{_part(build_id)}")

    def cancel(self, build_id: str) -> Json:
        """Cancel a build; nothing of it stays."""
        return self._json("POST", f"/builds/{_part(build_id)}/cancel")

    def watch(self, build_id: str) -> Iterator[Json]:
        """How far a build is, whenever that changes; the last that comes tells how it ended."""
        address = f"/builds/{_part(build_id)}/events"
        while True:  # the service, or a restart of it, ends a long watch: it is taken up again
            with self._open("GET", address) as reply, suppress(IncompleteRead):
                for name, job in _events(reply):
                    yield job
                    if name == "end":
                        return

    def conversations(self) -> Iterator[Json]:
        """Your conversations, the last touched first."""
        return self._every("/conversations", "conversations", {})

    def conversation(self, conversation_id: str) -> Json:
        """A conversation with its questions."""
        return self._json("GET", f"/conversations/{_part(conversation_id)}")

    def turn(self, conversation_id: str, number: int) -> Json:
        """A question of a conversation with its answer, found again in the reports as they are."""
        return self._json("GET", f"/conversations/{_part(conversation_id)}/turns/{number}")

    def rename(self, conversation_id: str, title: str) -> Json:
        """Give a conversation another title."""
        return self._json("PATCH", f"/conversations/{_part(conversation_id)}", {"title": title})

    def forget(self, conversation_id: str) -> None:
        """Delete a conversation."""
        self._json("DELETE", f"/conversations/{_part(conversation_id)}")

    def forget_all(self) -> int:
        """Delete all your conversations; how many there were."""
        return int(self._json("DELETE", "/conversations")["deleted"])

    def feedback(self, verdict: str, note: str = "", **about: Any) -> Json:
        """Say that an answer is right, wrong or has something missing; what is kept of it.

        It is about a question (question, history, filters), or about one of a conversation (conversation_id, turn).
        """
        return self._json("POST", "/feedback", {"verdict": verdict, "note": note, **about})

    def _every(self, address: str, name: str, parameters: Mapping[str, Any]) -> Iterator[Json]:
        """A list's entries over all its pages."""
        for page in count(1):
            listed = self._json("GET", f"{address}?{urlencode({'limit': 100, **parameters, 'page': page}, doseq=True)}")
            yield from listed[name]
            if listed["page"] * listed["limit"] >= listed["total"]:
                return

    def _json(self, method: str, address: str, body: Json | None = None) -> Json:
        if body is None:
            return _read(self._open(method, address))
        return _read(self._open(method, address, json.dumps(body).encode(), {"Content-Type": "application/json"}))

    def _open(
        self, method: str, address: str, body: bytes | _Form | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Send a request, again after a while where the service has no time for it just now."""
        began = time.monotonic()
        for tries in count(1):
            request = urllib.request.Request(  # noqa: S310 - the address was looked at in the constructor
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
        """Follow none: what would be followed is told as an error."""


class _Form:
    """Files as parts of a form, read from the disk as they are sent, each time anew."""

    def __init__(self, files: Sequence[Path], fields: Mapping[str, str]) -> None:
        mark = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={mark}"
        self._end = f"--{mark}--\r\n".encode()
        self._fields = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        self._files = [
            (
                f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{_in_quotes(path.name)}"\r\n'
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
    read: Json = json.loads(text) if text else {}
    return read


def _events(reply: IO[bytes]) -> Iterator[tuple[str, Json]]:
    """Server-Sent Events as the service sends them: a name and one line of JSON. Comments are passed over."""
    name = ""
    for line in reply:
        field, _, value = line.decode().rstrip("\r\n").partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def _wait(error: urllib.error.HTTPError) -> float | None:
    """Seconds after which to ask again; None where that would change nothing."""
    after = error.headers.get("Retry-After", "")
    return float(after) if error.code in (429, 503) and after.isdecimal() else None


def _problem(error: urllib.error.HTTPError) -> Json:
    """The problem that a reply holds; of what came from elsewhere, such as a proxy, its status."""
    try:
        told = json.loads(error.read())
    except ValueError:
        told = None
    return (
        told
        if isinstance(told, dict)
        else {"title": f"HTTP {error.code}", "detail": error.reason, "status": error.code}
    )


def _part(text: str) -> str:
    return quote(text, safe="")


def _in_quotes(name: str) -> str:
    return name.replace("\\", "_").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
