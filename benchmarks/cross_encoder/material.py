"""The material that the cross-encoder learns from, as word pieces in one file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.generic]
PARTS = ("learn", "learn_off", "held", "held_off", "check")
"""The parts that the lists are divided into. Training uses the two ``learn`` parts, and not the two ``held`` parts. The
``off`` parts are about other subjects. ``check`` contains the questions used to check the service, which are about the
same reports as the training questions and have no effect on training."""


@dataclass(frozen=True, slots=True)
class Material:
    """Questions, sentences, and lists of the sentences that might answer each question.

    Texts are rows of ragged tables: row ``n`` is ``pieces[ends[n - 1]:ends[n]]``. Word pieces have new numbers, because
    the texts use only a small part of the vocabulary. The only special pieces are the two in ``special``.
    """

    table: Numbers
    """The encoder's vector for each word piece: (word pieces, width)."""
    special: Numbers
    """The numbers of [CLS] and [SEP]."""
    sentence_pieces: Numbers
    sentence_ends: Numbers
    sentence_vectors: Numbers
    """The vectors of the sentences without their headings: (sentences, width), in eight bits as in the index."""
    sentence_reports: Numbers
    """The number of each sentence's report, or −1 if the text is evidence and not a sentence in the index."""
    question_pieces: Numbers
    question_ends: Numbers
    question_vectors: Numbers
    lists: Numbers
    """The row of each sentence: (lists, sentences). It is −1 after the end of a shorter list."""
    holds: Numbers
    """Whether each sentence contains the evidence: (lists, sentences)."""
    cosines: Numbers
    """The similarity of each sentence to the question: (lists, sentences)."""
    list_questions: Numbers
    """The row of each list's question."""
    list_parts: Numbers
    """The index of each list's part in :data:`PARTS`."""

    def save(self, path: Path) -> None:
        """Write the material to a file."""
        tables: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez_compressed(path, **tables)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read a file that :meth:`save` wrote."""
        with np.load(path) as tables:
            return cls(**{field.name: tables[field.name] for field in fields(cls)})
