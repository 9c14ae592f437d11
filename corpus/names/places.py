"""Places that are not authorities: regions, districts and names that authorities share."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Words next to a name, in lower case, grouped by what they show about the name."""

    compass: frozenset[str]
    """Words before a name that turn it into the name of another place, with or without a capital letter."""
    capital: frozenset[str]
    """Words with a capital letter before a name that turn it into the name of another place."""
    after: frozenset[str]
    """Words after a name that turn it into the name of another place."""
    bodies: frozenset[str]
    """Words after the name of a place that turn it into the name of a public body."""
    joining: frozenset[str]
    """Words between hyphens that follow a name and turn it into the name of another place."""
    ordinary: frozenset[str]
    """Words before a name that may have a capital letter and are not part of the name of a place."""


@dataclass(frozen=True, slots=True)
class Places:
    """The contents of ``data/places.toml``."""

    regions: tuple[str, ...]
    shared: Mapping[str, tuple[str, ...]]
    """The authorities that have the same name, by that name."""
    districts: Mapping[str, str]
    """The authority that each district belongs to."""
    words: frozenset[str]
    """Districts whose names are also words. We recognise them only with a capital letter."""
    abbreviations: Mapping[str, tuple[str, ...]]
    """Short forms of words in names."""
    other_initials: frozenset[str]
    """Initials of councils that usually stand for something else."""
    neighbours: Neighbours


@cache
def known_places() -> Places:
    """Return the places in ``data/places.toml``."""
    data = tomllib.loads(files("corpus").joinpath("data/places.toml").read_text(encoding="utf-8"))
    return Places(
        regions=tuple(data["regions"]["names"]),
        shared={name: tuple(names) for name, names in data["shared"].items()},
        districts={district: name for name, districts in data["districts"].items() for district in districts},
        words=frozenset(data["words"]["names"]),
        abbreviations={word: tuple(short) for word, short in data["abbreviations"].items()},
        other_initials=frozenset(data["initials"]["others"]),
        neighbours=Neighbours(**{kind: frozenset(words) for kind, words in data["neighbours"].items()}),
    )
