"""What is learned from: sentences, questions, and which sentences hold the evidence; as word pieces, in one file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.generic]
PARTS = ("learn", "learn_off", "held", "held_off", "check")
"""Of lists: to learn from, on the reports' subject and off it; held out of either; and the questions kept for checking,
which are about other reports and choose nothing."""


@dataclass(frozen=True, slots=True)
class Material:
    """Texts are rows of ragged tables: ``pieces[ends[row - 1]:ends[row]]``.

    Word pieces are numbered anew, as few of a vocabulary occur; of special ones there are but the two in ``special``.
    """

    table: Numbers
    """(word pieces, width): the encoder's numbers for each."""
    special: Numbers
    """The numbers of [CLS] and [SEP]."""
    sentence_pieces: Numbers
    sentence_ends: Numbers
    sentence_vectors: Numbers
    """Eight bits a number, as the index keeps them, of the sentence without its heading."""
    sentence_reports: Numbers
    """A number for each report; −1 for evidence that no index has as a sentence."""
    question_pieces: Numbers
    question_ends: Numbers
    question_vectors: Numbers
    lists: Numbers
    """(lists, sentences): rows of sentences; −1 where a list is shorter."""
    holds: Numbers
    cosines: Numbers
    list_questions: Numbers
    list_parts: Numbers
    """Which of :data:`PARTS` a list is of."""

    def save(self, path: Path) -> None:
        """Write it to a file."""
        tables: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez_compressed(path, **tables)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read what :meth:`save` wrote."""
        with np.load(path) as kept:
            return cls(**{field.name: kept[field.name] for field in fields(cls)})
