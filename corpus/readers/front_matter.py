"""Reads the front matter of Markdown files: facts about the file, between two lines of "---" or "+++" at its start."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from corpus.dates import find_date

_FENCED = re.compile(
    r"\A[\ufeff\s]*(?P<fence>---|\+\+\+)[^\S\n]*\n(?P<lines>.*?)^(?P=fence)[^\S\n]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_MOST = 10_000
"""Number of characters that we search for the end of the front matter. Chosen by eye."""
_KEY_VALUE = re.compile(r"^(?P<key>[\w.-]+)[^\S\n]*:(?:[^\S\n]+(?P<value>\S.*?))?[^\S\n]*$")
_CONTINUES = re.compile(r"^(?:\s*$|\s|-\s|-$|#|[\]\[}{])")
"""A line that continues a value, is a comment, or is empty."""
_ITEM = re.compile(r"^-(?:\s|$)")
"""An item of a list. Only a key without a value of its own may have a list."""
_TITLE = ("title",)
_PUBLISHED = ("published", "date_published", "datepublished", "publication_date", "publishdate", "pubdate", "date")
_ISO = re.compile(r"^(\d{4}-\d\d-\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The facts that we use from front matter."""

    title: str | None = None
    published: date | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter of a text, and the text after it. A line across the page does not start front matter."""
    fenced = _FENCED.match(text[:_MOST])
    if fenced is None:
        return FrontMatter(), text
    values = _toml(fenced["lines"]) if fenced["fence"] == "+++" else _yaml(fenced["lines"])
    if not values:
        return FrontMatter(), text
    return FrontMatter(_title(values), _published(values)), text[fenced.end() :]


def _toml(lines: str) -> dict[str, object] | None:
    try:
        return {key.lower(): value for key, value in tomllib.loads(lines).items()}
    except (ValueError, RecursionError):  # numbers are too long, or lists are nested too deeply
        return None


def _yaml(lines: str) -> dict[str, object] | None:
    """Return the values by their keys. Return None if a line is ordinary text, such as an item or a heading."""
    values: dict[str, object] = {}
    value, before = "", ""
    for line in lines.splitlines():
        if pair := _KEY_VALUE.match(line):
            value = pair["value"] or ""
            values.setdefault(pair["key"].lower(), _unquoted(value))
            before = line
            continue
        item = bool(value) and _ITEM.match(line)
        heading = line.startswith("# ") and not before.strip()
        if not values or not _CONTINUES.match(line) or item or heading:
            return None
        before = line
    return values


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _given(values: dict[str, object], keys: tuple[str, ...]) -> Iterator[object]:
    return (values[key] for key in keys if values.get(key))


def _title(values: dict[str, object]) -> str | None:
    return next((" ".join(value.split()) for value in _given(values, _TITLE) if isinstance(value, str)), None)


def _published(values: dict[str, object]) -> date | None:
    return next((day for value in _given(values, _PUBLISHED) if (day := _day(value))), None)


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    iso = _ISO.match(value)
    try:
        return date.fromisoformat(iso.group(1)) if iso else find_date(value)
    except ValueError:
        return None
