"""Finds the aspect of a subject that a question asks about, such as timeliness, and the sentences about this aspect."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.search.text_analysis import words_are_together
from index.types import Stance
from qa_service.understanding.subjects import stems_of


@dataclass(frozen=True, slots=True)
class Aspect:
    """An aspect that any subject can have, with the words for it."""

    id: str
    weak: tuple[str, ...]
    strong: tuple[str, ...]
    words: tuple[str, ...]

    def is_in(self, sentence: str) -> bool:
        """Whether a sentence has words for the aspect."""
        stems = stems_of(sentence)
        return any(words_are_together(stems_of(word), stems) for word in self.words)


@cache
def aspects() -> dict[str, Aspect]:
    """Return the aspects of ``data/aspects.toml``, by their ids."""
    data = tomllib.loads(files("qa_service").joinpath("data/aspects.toml").read_text(encoding="utf-8"))
    keys = ("weak", "strong", "words")
    return {each["id"]: Aspect(each["id"], *(tuple(each[key]) for key in keys)) for each in data["aspect"]}


@cache
def said_of(stance: Stance) -> str:
    """Return an expression for the words after "is" or "are" that take the given stance on a subject."""
    said = [word for each in aspects().values() for word in (each.weak if stance is Stance.WEAKNESS else each.strong)]
    denied = [word for each in aspects().values() for word in (each.strong if stance is Stance.WEAKNESS else each.weak)]
    return rf"(?:{_any(said)}|not (?:always |consistently |sufficiently |usually )?{_any(denied)})"


def aspect_of(words: str) -> str:
    """Return the id of the aspect that the given words name. Empty if they name no aspect."""
    return next((each.id for each in aspects().values() if re.search(_any((*each.weak, *each.strong)), words)), "")


def _any(words: list[str] | tuple[str, ...]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"
