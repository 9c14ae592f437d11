"""Read made reports with lists of improvements, and compare each list with what was written into it."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.proofs.reading.made_lists import MadeItem, MadeReport, made_reports
from corpus.lists.improvements import find_improvements, unread_lists
from corpus.reading import read
from corpus.types import Improvement

_WORDS = 24
"""Number of characters that show which item a text is, even if the rest of the item was not read."""


class Outcome(StrEnum):
    """How a list was read."""

    RIGHT = "right"
    TOLD = "not whole, and said so"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ReadList:
    """A made list, and how it was read."""

    seed: int
    name: str
    outcome: Outcome
    want: tuple[str, ...]
    have: tuple[str, ...]


def read_made_lists(count: int, seed: int) -> list[ReadList]:
    """Make and read reports until ``count`` lists are read."""
    lists: list[ReadList] = []
    with tempfile.TemporaryDirectory(prefix="made-lists-") as folder:
        for made in made_reports(count, seed):
            lists += read_made(made, Path(folder))
            if len(lists) >= count:
                break
    return lists[:count]


def read_made(made: MadeReport, folder: Path) -> list[ReadList]:
    """Read one made report, and return how each of its lists was read.

    Items that belong to none of its lists come last, as a list named "none".
    """
    path = folder / f"report-{made.seed}{made.suffix}"
    path.write_bytes(made.data)
    document = read(path)
    found, told = find_improvements(document), {_plain(unread.section) for unread in unread_lists(document)}
    known = {_plain(one.title) for one in made.lists}
    lists = []
    for one in made.lists:
        have = tuple(_line(item) for item in found if _plain(item.section) == _plain(one.title))
        inline = one.form == "inline"
        want = tuple(
            _made_line(item, last=inline and _ends_group(one.labels, place)) for place, item in enumerate(one.items)
        )
        outcome = Outcome.RIGHT if have == want else Outcome.TOLD if _plain(one.title) in told else Outcome.WRONG
        lists.append(ReadList(made.seed, f"{made.suffix} {one.form} {one.labels_set} {one.title}", outcome, want, have))
    if beyond := tuple(_line(item) for item in found if _plain(item.section) not in known):
        lists.append(ReadList(made.seed, "none", Outcome.WRONG, (), beyond))
    return lists


def outcomes(lists: list[ReadList]) -> Counter[Outcome]:
    """Count the outcomes."""
    return Counter(one.outcome for one in lists)


def not_items(lists: list[ReadList]) -> int:
    """Count the texts that were read as items although they are not: no item in their list begins with them."""
    return sum(
        not any(want.rpartition(" | ")[2].startswith(have.rpartition(" | ")[2][:_WORDS]) for want in one.want)
        for one in lists
        for have in one.have
        if one.outcome is not Outcome.TOLD
    )


def _ends_group(labels: tuple[str, ...], place: int) -> bool:
    """Return whether an item is the last of several items in one sentence, so that it ends in a full stop."""
    return place + 1 == len(labels) or bool(labels[place + 1])


def _line(item: Improvement) -> str:
    return " | ".join((item.label or "", item.body or "", item.deadline or "", _plain(item.text)))


def _made_line(item: MadeItem, *, last: bool) -> str:
    text = item.text[:-1] + "." if last else item.text
    return " | ".join((item.label or "", item.body or "", item.deadline or "", _plain(text)))


def _plain(text: str) -> str:
    """Return a text with single spaces, and one space after each bracket, because PDFium leaves out tabs."""
    return " ".join(text.replace(")", ") ").split())
