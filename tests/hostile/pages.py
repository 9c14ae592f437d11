"""Helpers that read a page: its elements, their attributes and where its links lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from lxml import html

POLICY = "default-src 'none'; script-src 'self'"
_LINKS = ("href", "src", "action", "formaction", "srcset", "data-url")
_OWN = re.compile(r"(?:/(?![/\\])|#|data:image/)")
Element = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A conversation, its address and the browser that owns it."""

    client: FlaskClient
    name: str

    @property
    def url(self) -> str:
        return f"/conversations/{self.name}"


def asked(client: FlaskClient, question: str, **fields: str) -> Asked:
    reply = client.post("/ask", data={"question": question, **fields})
    assert reply.status_code == 303, reply.text
    return Asked(client, reply.headers["Location"].split("#")[0].rsplit("/", 1)[-1])


def parsed(page: str) -> Any:
    return html.document_fromstring(page)


def elements(page: str) -> list[Element]:
    """Return every element of a page with the names of its attributes, in order."""
    return [
        (str(one.tag), tuple(sorted(map(str, one.attrib)))) for one in parsed(page).iter() if isinstance(one.tag, str)
    ]


def assert_guarded(reply: Any) -> None:
    """Check that a reply is not a server error and that its headers stop a browser from misreading it."""
    assert reply.status_code < 500, reply.text
    assert reply.headers["Content-Security-Policy"].startswith(POLICY)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    for name, value in reply.headers:
        assert not re.search(r"[\x00-\x1f\x7f]", name + value), (name, value)


def assert_ours(page: str) -> None:
    """Check that a page runs only our own scripts and links only to our own pages."""
    for one in parsed(page).iter():
        assert isinstance(one.tag, str), f"a comment or an instruction: {one}"
        assert one.tag not in ("iframe", "object", "embed", "base", "applet", "math", "template", "style"), one.tag
        assert one.tag != "script" or str(one.get("src")).startswith("/static/"), html.tostring(one)
        assert one.tag != "meta" or one.get("http-equiv") is None, html.tostring(one)
        for name, value in one.attrib.items():
            assert not str(name).lower().startswith("on"), html.tostring(one)
            assert name != "style", html.tostring(one)
            assert name not in _LINKS or _OWN.match(str(value)), (name, value)


def words(page: str) -> str:
    """Return the text of a page on one line."""
    return " ".join(str(parsed(page).text_content()).split())
