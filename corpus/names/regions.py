"""Regions of England, with the local authorities in each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Region:
    """A region and its authorities."""

    name: str
    """The name as written in a sentence: "the South West"."""
    authorities: tuple[str, ...]


def region_named(name: str) -> Region | None:
    """Return the region with a name, in capitals or small letters.

    None if we do not know which authorities are in it.
    """
    return known_regions().get(name.casefold())


@cache
def known_regions() -> Mapping[str, Region]:
    """Return the regions in ``data/regions.toml``, by each of their names in lower case."""
    data = tomllib.loads(files("corpus").joinpath("data/regions.toml").read_text(encoding="utf-8"))
    found: dict[str, Region] = {}
    for each in data["region"]:
        region = Region(each["name"], tuple(each["authorities"]))
        found |= {name.casefold(): region for name in (each["name"], *each.get("names", ()))}
    return found
