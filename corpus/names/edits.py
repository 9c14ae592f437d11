"""Counts the typing errors that turn one word into another: letters added, left out, changed or swapped."""

from __future__ import annotations

from collections.abc import Iterator

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def slips_between(first: str, second: str, most: int) -> int:
    """Return the number of typing errors between two texts, or ``most + 1`` if there are more than ``most``.

    This is the optimal string alignment distance (a restricted Damerau-Levenshtein distance).
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    rows: list[list[int]] = [list(range(len(second) + 1))]
    for i, letter in enumerate(first, 1):
        above, row = rows[-1], [i]
        for j, other in enumerate(second, 1):
            slips = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and other == first[i - 2]:
                slips = min(slips, rows[-2][j - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return most + 1
        rows.append(row)
    return min(rows[-1][-1], most + 1)


def one_slip_away(word: str) -> Iterator[str]:
    """Yield the texts that are one typing error away from a word in lower case."""
    for at in range(len(word) + 1):
        start, rest = word[:at], word[at:]
        if rest:
            yield start + rest[1:]
        if len(rest) > 1:
            yield start + rest[1] + rest[0] + rest[2:]
        for letter in _ALPHABET:
            yield start + letter + rest
            if rest:
                yield start + letter + rest[1:]
