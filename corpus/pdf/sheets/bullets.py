"""Puts bullets in front of the lines that they belong to.

Browsers draw the bullets of a list as shapes, which are not text. Other programs write all bullets of a page after its
text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from corpus.measures import SAME_LINE

if TYPE_CHECKING:
    from corpus.pdf.lines import PdfLine

_SIGNS = frozenset("•◼■▪●○◦∙‣⁃\uf0b7\uf0a7\uf06e")
_FAR = 3.0
"""Largest distance from a bullet to its line, in multiples of the size of the line's letters. Chosen by eye."""
_LOWEST, _HIGHEST = -0.05, 0.7
"""The least and greatest height of a bullet's middle above the baseline, as shares of the size of the letters. Chosen
by eye."""
_STRIP = 20.0
"""Height of the strips into which we divide a page to find the lines near a bullet, in points."""


class Dot(NamedTuple):
    """A small shape on a page. Its edges are in points from the top left."""

    left: float
    right: float
    middle: float


def with_bullets(lines: Sequence[PdfLine], dots: Iterable[Dot]) -> list[PdfLine]:
    """Return a page's lines, each with the bullet on its left in front of it."""
    alone = [line for line in lines if line.text.strip() in _SIGNS]
    bullets = [*dots, *(Dot(line.left, line.right, line.baseline - 0.3 * line.size) for line in alone)]
    if not bullets:
        return list(lines)
    strips: dict[int, list[PdfLine]] = defaultdict(list)
    signs = {id(line) for line in alone}
    for line in lines:
        if id(line) not in signs:
            strips[int(line.baseline / _STRIP)].append(line)
    owners: dict[int, int] = {}  # the index of each line's bullet, by the id of the line
    for place, bullet in enumerate(bullets):
        strip = int(bullet.middle / _STRIP)
        near = (line for number in (strip, strip + 1, strip - 1) for line in strips.get(number, ()))
        owner = min((line for line in near if _belongs(bullet, line)), key=lambda line: line.left, default=None)
        if owner is not None:
            owners[id(owner)] = place
    used, first = set(owners.values()), len(bullets) - len(alone)
    moved = {id(line) for place, line in enumerate(alone, first) if place in used}
    return [
        replace(line, text=f"• {line.text}") if id(line) in owners else line for line in lines if id(line) not in moved
    ]


def _belongs(bullet: Dot, line: PdfLine) -> bool:
    """Return whether a bullet is just to the left of a line, at about half the height of its letters."""
    above = line.baseline - bullet.middle
    is_level = _LOWEST * line.size - SAME_LINE / 2 <= above <= _HIGHEST * line.size
    is_left = bullet.left < line.left and line.left - bullet.right <= _FAR * line.size
    return is_level and is_left and line.text.lstrip()[:1] not in _SIGNS
