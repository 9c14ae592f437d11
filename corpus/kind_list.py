"""Reads ``data/kinds.toml``, which lists the kinds of report. ``corpus.facts.kinds`` uses it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

_KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ABOUT = ("authority", "provider", "force", "nation")
_REMEDY = "Correct it in corpus/data/kinds.toml. The start of that file says what each line means."


@dataclass(frozen=True, slots=True)
class KindEntry:
    """One kind of report, as the file describes it. The start of the file says what each field means."""

    key: str
    name: str
    by: str
    about: str
    source: str
    label: str = ""
    of: str = "of"
    titles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """The line "with" in the file."""
    asked: tuple[str, ...] = ()
    own: bool = True
    days: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    dated_as: str = ""
    scale: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    framework: str = ""

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"the key “{self.key}” is not small letters, digits and hyphens. {_REMEDY}")
        if not all((self.name.strip(), self.by.strip(), self.source.strip())):
            raise ValueError(f"the kind “{self.key}” needs a name, who writes it (by) and a source. {_REMEDY}")
        if self.about not in _ABOUT:
            raise ValueError(f"{self.key}: about is “{self.about}”, which is not one of {', '.join(_ABOUT)}. {_REMEDY}")
        if bool(self.dated) != bool(self.dated_as):
            raise ValueError(f"{self.key}: dated and dated_as must be given together. {_REMEDY}")

    @property
    def member(self) -> str:
        """The name of its member in ``corpus.types.Kind``."""
        return self.key.replace("-", "_").upper()


_TEXTS = {field.name for field in fields(KindEntry) if field.type == "str"}
_LISTS = {field.name for field in fields(KindEntry) if str(field.type).startswith("tuple")}


@cache
def kind_entries() -> Mapping[str, KindEntry]:
    """Return the kinds in the file, by key, in the order of the file."""
    return read_entries(files("corpus").joinpath("data/kinds.toml").read_text(encoding="utf-8"))


def read_entries(text: str) -> Mapping[str, KindEntry]:
    """Return the kinds in the text of the file, by key. Raises ValueError if an entry is wrong or appears twice."""
    entries: dict[str, KindEntry] = {}
    for row in tomllib.loads(text).get("kind", ()):
        entry = _entry(row)
        if entry.key in entries:
            raise ValueError(f"the kind “{entry.key}” appears twice. {_REMEDY}")
        entries[entry.key] = entry
    return entries


def _entry(row: Mapping[str, Any]) -> KindEntry:
    named = {"needs" if name == "with" else name: value for name, value in row.items()}
    key = named.get("key", "without a key")
    for name, value in named.items():
        as_text = name in _TEXTS and isinstance(value, str)
        as_list = name in _LISTS and isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
        if not (as_text or as_list or (name == "own" and isinstance(value, bool))):
            printed = "with" if name == "needs" else name
            raise ValueError(f"{key}: {printed} = {value!r} is not a line that a kind can have. {_REMEDY}")
    if missing := [name for name in ("key", "name", "by", "about", "source") if name not in named]:
        raise ValueError(f"the kind “{key}” has no line “{missing[0]}”. {_REMEDY}")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in named.items()}
    return KindEntry(**values)
