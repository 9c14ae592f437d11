"""The parts of the pipeline that can be left out, to measure what each brings."""

from __future__ import annotations

from enum import StrEnum


class Mechanism(StrEnum):
    """A part that answers are made without when it is named."""

    PASSAGE_VECTORS = "passage-vectors"
    SENTENCE_VECTORS = "sentence-vectors"
    WORDS = "words"
    VOCABULARY = "vocabulary"
    SUBJECT = "subject"
    """Taking the names and times out of what is searched."""
    AUTHORITIES = "authorities"
    TIMES = "times"
    PREFERENCES = "preferences"
    PARTS = "parts"
    """Searching each side of a comparison apart."""
    GRADES = "grades"
    IMPROVEMENTS = "improvements"
    PREMISE = "premise"
    SCREEN = "screen"
    """Refusing before the search what no report can answer."""
    DEMANDS = "demands"
    CROSS_ENCODER = "cross-encoder"
    SPREAD = "spread"
    """One passage a report where a question asks across them."""


RANKINGS = {
    Mechanism.PASSAGE_VECTORS: "dense",
    Mechanism.SENTENCE_VECTORS: "sentence",
    Mechanism.WORDS: "sparse",
    Mechanism.VOCABULARY: "related",
}
PLAIN_HYBRID = frozenset(Mechanism) - {Mechanism.PASSAGE_VECTORS, Mechanism.WORDS}
"""What is left out of a search as most systems do it: passage vectors and words, added."""
