"""Divides text into lines, and lines into marked and unmarked stretches, for templates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*[•◼■▪●○◦‣\-–o\uf0a7\uf0b7]\s+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line that is either all marked or all unmarked."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text, without its bullet and divided into stretches.

    The kind of line is “paragraph”, “heading” or “item”.
    """

    kind: str
    stretches: tuple[Stretch, ...]


def text_lines(text: str, spans: Iterable[tuple[int, int]], headings: Sequence[str] = ()) -> list[TextLine]:
    """Divide a text into lines with the spans marked. ``headings`` are the lines to show as headings."""
    merged = _merged(spans)
    lines = []
    for match in re.finditer(r"[^\r\n]+", text):
        if not match[0].strip():
            continue
        bullet = _BULLET.match(match[0])
        kind = "item" if bullet else "heading" if match[0].strip() in headings else "paragraph"
        start = match.start() + (bullet.end() if bullet else 0)
        lines.append(TextLine(kind, tuple(stretches(text, start, match.end(), merged))))
    return lines


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def stretches(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterable[Stretch]:
    """Return a text from ``start`` up to ``end``, divided where spans start and end."""
    at = start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first < last:
            if at < first:
                yield Stretch(text[at:first], marked=False)
            yield Stretch(text[first:last], marked=True)
            at = last
    if at < end:
        yield Stretch(text[at:end], marked=False)
