"""Writes Atom feeds (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree
from lxml.builder import ElementMaker

_ATOM = "http://www.w3.org/2005/Atom"
_AUTHOR = "Inspection answers"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    address: str
    """The address of the page about it. It is also the entry's id, so it must not change."""
    title: str
    when: datetime
    text: str


def feed(title: str, address: str, page: str, entries: Sequence[Entry]) -> bytes:
    """Return a feed.

    ``address`` is the address of the feed itself, and ``page`` the address of the page that shows the same.
    """
    make = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
    updated = max((entry.when for entry in entries), default=datetime.fromtimestamp(0, UTC))
    root = make.feed(
        make.title(title),
        make.id(address),
        make.updated(_time(updated)),
        make.author(make.name(_AUTHOR)),
        make.link(rel="self", type="application/atom+xml", href=address),
        make.link(rel="alternate", type="text/html", href=page),
        *(
            make.entry(
                make.title(entry.title),
                make.id(entry.address),
                make.updated(_time(entry.when)),
                make.link(rel="alternate", type="text/html", href=entry.address),
                make.content(entry.text, type="text"),
            )
            for entry in entries
        ),
    )
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")
