"""Pairs of a question and a sentence, put together on the device from the material."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from benchmarks.cross_encoder.material import Material
from benchmarks.cross_encoder.models import Batch

MOST = 112
"""Word pieces of a pair, as the product reads."""
_REACH = 0.3
"""How far from 0 the numbers go that eight bits stand for (``index.encoding.encoder_files``)."""
_STEP = 8


class Pairs:
    """All questions and sentences on a device."""

    def __init__(self, material: Material, encoder: Mapping[str, Tensor], device: str) -> None:
        self.device = device
        self.table = torch.from_numpy(np.asarray(material.table)).to(device)
        self.places = encoder["embeddings.position_embeddings.weight"].to(device)
        self.types = encoder["embeddings.token_type_embeddings.weight"].to(device)
        self.special = [int(number) for number in material.special]
        self.sentences, self.sentence_lengths = _padded(material.sentence_pieces, material.sentence_ends, device)
        self.questions, self.question_lengths = _padded(material.question_pieces, material.question_ends, device)
        codes = torch.from_numpy(np.asarray(material.sentence_vectors)).to(device)
        self.sentence_vectors = ((codes.float() + 0.5) / 255 * 2 * _REACH - _REACH).half()
        self.question_vectors = torch.from_numpy(np.asarray(material.question_vectors)).to(device).half()

    def lengths(self, questions: Tensor, sentences: Tensor) -> Tensor:
        """Word pieces of each pair, the special ones among them."""
        return (self.question_lengths[questions] + self.sentence_lengths[sentences] + 3).clamp(max=MOST)

    def batch(self, questions: Tensor, sentences: Tensor, cosines: Tensor) -> Batch:
        """Pairs of rows, as a reader takes them: [CLS] question [SEP] sentence [SEP]."""
        first, second = self.question_lengths[questions], self.sentence_lengths[sentences]
        columns = int(self.lengths(questions, sentences).max())
        columns = min(MOST, -(-columns // _STEP) * _STEP)
        second = torch.minimum(second, MOST - 3 - first)
        at = torch.arange(columns, device=self.device)[None]
        q_at, s_at = at - 1, at - 2 - first[:, None]
        pieces = torch.full((len(questions), columns), self.special[1], device=self.device)
        of_question = (q_at >= 0) & (q_at < first[:, None])
        of_sentence = (s_at >= 0) & (s_at < second[:, None])
        q_rows, s_rows = self.questions[questions], self.sentences[sentences]
        q_ids = q_rows.gather(1, q_at.clamp(0, q_rows.shape[1] - 1).expand(len(questions), -1))
        s_ids = s_rows.gather(1, s_at.clamp(0, s_rows.shape[1] - 1))
        pieces = torch.where(of_question, q_ids, pieces)
        pieces = torch.where(of_sentence, s_ids, pieces)
        pieces[:, 0] = self.special[0]
        sides = (s_at >= 0).long()
        embedded = self.table[pieces].float() + self.types[sides] + self.places[:columns]
        mask = (at < (first + second + 3)[:, None]).float()
        return Batch(
            embedded,
            mask,
            cosines,
            self.question_vectors[questions].float(),
            self.sentence_vectors[sentences].float(),
        )


def _padded(pieces: object, ends: object, device: str) -> tuple[Tensor, Tensor]:
    """A ragged table as a square one, and how long each row is; a row is cut where no pair can be longer."""
    numbers, last = np.asarray(pieces).astype(np.int64), np.asarray(ends).astype(np.int64)
    lengths = np.minimum(np.diff(last, prepend=0), MOST - 3)
    table = np.zeros((len(lengths), int(lengths.max())), dtype=np.int64)
    for row, (end, length, whole) in enumerate(zip(last, lengths, np.diff(last, prepend=0), strict=True)):
        start = end - whole
        table[row, :length] = numbers[start : start + length]
    return torch.from_numpy(table).to(device), torch.from_numpy(lengths).to(device)
