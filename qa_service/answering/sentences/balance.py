"""Puts praise and criticism first, so that a few quotes show both if a report has both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from index.types import Stance

_Item = TypeVar("_Item")


def in_balance(found: Sequence[_Item], takes: Callable[[_Item, Stance], bool]) -> list[_Item]:
    """Return items in order, but move the first that praises and the first that criticises to the front.

    The others keep their order. An item that takes only one stance is better than an item that takes both. We use the
    latter if there is nothing better.
    """
    alone = {stance: [at for at, each in enumerate(found) if _stances(each, takes) == {stance}] for stance in Stance}
    first = {places[0] for places in alone.values() if places}
    if len(first) < len(Stance):
        both = [at for at, each in enumerate(found) if len(_stances(each, takes)) == len(Stance)]
        first.update(both[:1])
    return [found[at] for at in sorted(range(len(found)), key=lambda at: (at not in first, at))]


def _stances(item: _Item, takes: Callable[[_Item, Stance], bool]) -> set[Stance]:
    return {stance for stance in Stance if takes(item, stance)}
