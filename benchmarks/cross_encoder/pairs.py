"""Make pairs of a question and a sentence from the material, on the device used for training."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from benchmarks.cross_encoder.material import Material
from benchmarks.cross_encoder.models import Batch

MOST = 112
"""The maximum number of word pieces in a pair, which is the same in the product."""
_REACH = 0.3
"""The eight bits of each number in a vector cover the range from −0.3 to 0.3 (``index.encoding.encoder_files``)."""
_STEP = 8


class Pairs:
    """All the questions and sentences, on one device."""

    def __init__(self, material: Material, encoder: Mapping[str, Tensor], device: str) -> None:
        self.device = device
        self.table = torch.from_numpy(np.asarray(material.table)).to(device)
        self.positions = encoder["embeddings.position_embeddings.weight"].to(device)
        self.segments = encoder["embeddings.token_type_embeddings.weight"].to(device)
        self.special = [int(number) for number in material.special]
        self.sentences, self.sentence_lengths = _padded(material.sentence_pieces, material.sentence_ends, device)
        self.questions, self.question_lengths = _padded(material.question_pieces, material.question_ends, device)
        codes = torch.from_numpy(np.asarray(material.sentence_vectors)).to(device)
        self.sentence_vectors = ((codes.float() + 0.5) / 255 * 2 * _REACH - _REACH).half()
        self.question_vectors = torch.from_numpy(np.asarray(material.question_vectors)).to(device).half()

    def lengths(self, questions: Tensor, sentences: Tensor) -> Tensor:
        """Count the word pieces of each pair, including the three special ones."""
        return (self.question_lengths[questions] + self.sentence_lengths[sentences] + 3).clamp(max=MOST)

    def batch(self, questions: Tensor, sentences: Tensor, cosines: Tensor) -> Batch:
        """Make pairs from rows of questions and sentences: [CLS] question [SEP] sentence [SEP]."""
        first, second = self.question_lengths[questions], self.sentence_lengths[sentences]
        columns = int(self.lengths(questions, sentences).max())
        columns = min(MOST, -(-columns // _STEP) * _STEP)
        second = torch.minimum(second, MOST - 3 - first)
        at = torch.arange(columns, device=self.device)[None]
        q_at, s_at = at - 1, at - 2 - first[:, None]
        pieces = torch.full((len(questions), columns), self.special[1], device=self.device)
        in_question = (q_at >= 0) & (q_at < first[:, None])
        in_sentence = (s_at >= 0) & (s_at < second[:, None])
        q_rows, s_rows = self.questions[questions], self.sentences[sentences]
        q_ids = q_rows.gather(1, q_at.clamp(0, q_rows.shape[1] - 1).expand(len(questions), -1))
        s_ids = s_rows.gather(1, s_at.clamp(0, s_rows.shape[1] - 1))
        pieces = torch.where(in_question, q_ids, pieces)
        pieces = torch.where(in_sentence, s_ids, pieces)
        pieces[:, 0] = self.special[0]
        segments = (s_at >= 0).long()
        embedded = self.table[pieces].float() + self.segments[segments] + self.positions[:columns]
        mask = (at < (first + second + 3)[:, None]).float()
        return Batch(
            embedded,
            mask,
            cosines,
            self.question_vectors[questions].float(),
            self.sentence_vectors[sentences].float(),
        )


def _padded(pieces: object, ends: object, device: str) -> tuple[Tensor, Tensor]:
    """Pad a ragged table, and return it with the length of each row. Rows longer than the longest pair are cut."""
    numbers, last = np.asarray(pieces).astype(np.int64), np.asarray(ends).astype(np.int64)
    whole_lengths = np.diff(last, prepend=0)
    lengths = np.minimum(whole_lengths, MOST - 3)
    table = np.zeros((len(lengths), int(lengths.max())), dtype=np.int64)
    for row, (end, length, whole) in enumerate(zip(last, lengths, whole_lengths, strict=True)):
        start = end - whole
        table[row, :length] = numbers[start : start + length]
    return torch.from_numpy(table).to(device), torch.from_numpy(lengths).to(device)
