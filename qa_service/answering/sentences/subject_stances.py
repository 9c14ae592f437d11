"""Decides whether a sentence praises or criticises its subject, whatever the subject is.

The model of stances for themes was trained on sentences about themes, so it seldom finds praise for another subject. So
we combine its logits with words of praise and of criticism. The words and the weights are in
``data/stance_words.toml``. ``benchmarks/subjects`` computes the weights from sentences that people labelled.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from index.encoding.stances.stance import STANCES
from index.types import Stance

LEAST_CERTAINTY = 0.75
"""A sentence takes a stance if its probability is at least this. We read 98 quotes that we had chosen with a threshold
of 0.6. Below 0.75, 5 of 8 were wrong. Of the others, 7 of 90 were wrong."""
_MOST_WORDS = 3
"""More words of praise or criticism than this make no difference."""
_SURE = 9.0
"""We limit the logits of the model of stances to this bound."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """The words and weights of ``data/stance_words.toml``."""

    praise: re.Pattern[str]
    criticism: re.Pattern[str]
    asks: re.Pattern[str]
    weights: Numbers
    """The weight of each feature for each stance, in the shape (features, stances)."""
    bias: Numbers


def subject_stances(sentences: Sequence[str], stances: npt.NDArray[np.floating]) -> Numbers:
    """Return the probability of each stance for each sentence, in the shape (sentences, stances).

    ``stances`` are what the model of stances says, in the same shape.
    """
    words = stance_words()
    logits = features(sentences, stances) @ words.weights + words.bias
    probabilities: Numbers = 1 / (1 + np.exp(-logits))
    probabilities[[is_grade(sentence) for sentence in sentences]] = 0.0
    is_spared = [bool(_SPARED.search(_plain(sentence))) for sentence in sentences]
    probabilities[is_spared, STANCES.index(Stance.WEAKNESS)] = 0.0
    return probabilities


def features(sentences: Sequence[str], stances: npt.NDArray[np.floating]) -> Numbers:
    """Return the features that the weights apply to, in the shape (sentences, features)."""
    bounded = np.clip(stances.astype(np.float64), 1 / (1 + np.exp(_SURE)), 1 / (1 + np.exp(-_SURE)))
    of_words = np.array([_of_words(sentence) for sentence in sentences], dtype=np.float64)
    return np.hstack([np.log(bounded / (1 - bounded)), of_words.reshape(len(sentences), -1)])


def _of_words(sentence: str) -> tuple[float, ...]:
    words, text = stance_words(), _plain(sentence)
    praise, criticism = len(words.praise.findall(text)), len(words.criticism.findall(text))
    return (
        min(praise, _MOST_WORDS),
        not praise,
        min(criticism, _MOST_WORDS),
        not criticism,
        bool(words.asks.match(text)),
        bool(praise and not criticism),
    )


def praises_in_contrast(sentence: str, is_about: Callable[[str], bool]) -> bool:
    """Whether a sentence praises its subject but criticises something else: "Risks are missed, but meetings are good".

    ``is_about`` says whether a clause is about the subject.
    """
    words = stance_words()
    clauses = [_plain(clause) for clause in clauses_about(sentence, is_about)] if _CONTRAST.search(sentence) else []
    return bool(clauses) and all(
        words.praise.search(clause) and not words.criticism.search(clause) for clause in clauses
    )


def clauses_about(sentence: str, is_about: Callable[[str], bool]) -> list[str]:
    """Return the clauses of a sentence that are about a subject. Empty if its words are in different clauses."""
    return [clause for clause in _CLAUSES.split(sentence) if is_about(clause)]


def is_grade(sentence: str) -> bool:
    """Whether a sentence is a line of a table of grades: "Children in care Good"."""
    return bool(_GRADE.search(sentence))


_GRADE = re.compile(
    r"(?:outstanding|good|requires improvement(?: to be good)?|inadequate)\W{0,2}$(?<![.!?])", re.IGNORECASE
)
_CONTRAST = re.compile(r"\b(?:but|however|although|though|while|whilst|whereas|despite|yet)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:–]\s|\b(?:but|although|though|while|whilst|whereas)\b", re.IGNORECASE)
_SPARED = re.compile(
    r"\bno (?:(?:other|further) )?(?:children|child|young people|young person|care leavers?)(?: [a-z]+){0,4}? "
    r"(?:(?:were|are|is|was|have been|has been) (?:currently )?in|living|live|lived|placed|accommodated|housed)\b|"
    r"\b(?:do|does|did|has|have) not (?:use|used|place|placed|operate|run)\b|\bpolicy not to\b|\bas a last resort\b|"
    r"\b(?:previous|last) (?:[a-z]+ ){0,2}inspection (?:[a-z]+ ){0,5}(?:identified|found|highlighted|recommended)\b"
)
"""Words that say that something unwanted does not happen, or that it happened at an earlier inspection: "no young
people were placed in hotels"."""
_NO_DELAY = re.compile(
    r"\b(?:little|no|minimal|without|avoids?|avoiding|prevents?|preventing|less|fewer)"
    r"(?: (?:any|undue|unnecessary))? (?:delays?|drift)\b"
)
"""Words for the absence of a weakness, which is praise."""


def _plain(sentence: str) -> str:
    text = " ".join(sentence.lower().replace("'", "’").replace("-", " ").split())
    return _NO_DELAY.sub("prompt", text)


@cache
def stance_words() -> StanceWords:
    """Return the words and weights of ``data/stance_words.toml``."""
    data = tomllib.loads(files("qa_service").joinpath("data/stance_words.toml").read_text(encoding="utf-8"))
    topics, verbs = _any_of(data["topics"]), _any_of(data["verbs"])
    return StanceWords(
        praise=re.compile(_any_of(data["praise"])),
        criticism=re.compile(_any_of(data["criticism"])),
        asks=re.compile(rf"\W*(?:to )?(?:{_any_of(data['asks'])}|(?:the )?{topics}(?!.*{verbs}))"),
        weights=np.array([data.get("weights", {}).get(stance.value, ()) for stance in STANCES], dtype=np.float64).T,
        bias=np.array([data.get("bias", {}).get(stance.value, 0.0) for stance in STANCES], dtype=np.float64),
    )


def _any_of(words: Sequence[str]) -> str:
    """Return an expression for any of some words. "*" stands for letters."""
    expressions = (re.escape(word.replace("-", " ")).replace(r"\*", r"\w*") for word in words)
    return rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)"
