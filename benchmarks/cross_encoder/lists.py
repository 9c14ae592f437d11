"""Lists of sentences for questions, the loss for training on the lists, and the measures of a cross-encoder."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch import Tensor
from torch.nn import functional

from benchmarks.cross_encoder.material import PARTS, Material
from benchmarks.cross_encoder.models import Batch
from benchmarks.cross_encoder.pairs import Pairs

NOT_LEARNED = ("held", "held_off", "check")
"""Parts of the material that training does not use."""
CrossEncoder = Callable[[Batch], Tensor]


class Lists:
    """The lists in the given parts of the material."""

    def __init__(self, material: Material, parts: Sequence[str], device: str) -> None:
        of_part = np.isin(np.asarray(material.list_parts), [PARTS.index(name) for name in parts])
        rows = np.asarray(material.lists)[of_part]
        self.rows = torch.from_numpy(rows.astype(np.int64)).to(device)
        self.filled = self.rows >= 0
        self.holds = torch.from_numpy(np.asarray(material.holds)[of_part].astype(bool)).to(device)
        self.cosines = torch.from_numpy(np.asarray(material.cosines)[of_part].astype(np.float32)).to(device)
        self.questions = torch.from_numpy(np.asarray(material.list_questions)[of_part].astype(np.int64)).to(device)

    @classmethod
    def to_learn(cls, material: Material, device: str) -> Lists:
        """Return the lists that training uses."""
        return cls(material, ["learn", "learn_off"], device)

    def __len__(self) -> int:
        return len(self.rows)

    def logits(self, reader: CrossEncoder, pairs: Pairs, some: Tensor) -> Tensor:
        """Return the logits for the given lists as (lists, sentences), with −inf after the end of a shorter list."""
        filled = self.filled[some]
        questions = self.questions[some][:, None].expand_as(filled)[filled]
        values = read(reader, pairs.batch(questions, self.rows[some][filled], self.cosines[some][filled]))
        return torch.full(filled.shape, -math.inf, device=values.device).masked_scatter(filled, values)

    def loss(self, logits: Tensor, some: Tensor) -> Tensor:
        """Return the loss for choosing a sentence that contains the evidence. The logit for choosing none is 0."""
        holds = self.holds[some]
        total = torch.logsumexp(functional.pad(logits, (0, 1), value=0.0), dim=1)
        right = torch.logsumexp(logits.masked_fill(~holds, -1e4), dim=1)
        return (total - torch.where(holds.any(1), right, torch.zeros_like(right))).mean()


def read(reader: CrossEncoder, batch: Batch) -> Tensor:
    """Return the logits for a batch, computed in bf16 on a GPU."""
    device = batch.pieces.device.type
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        return reader(batch).float()


@torch.inference_mode()
def measure(reader: CrossEncoder, pairs: Pairs, material: Material) -> dict[str, float | None]:
    """Measure a cross-encoder on the lists that training does not use.

    Parts that have no lists are left out. The area under the ROC curve is None unless some lists have evidence and
    others do not.
    """
    with_evidence: dict[str, Tensor] = {}
    without: dict[str, Tensor] = {}
    figures: dict[str, float | None] = {}
    for part in NOT_LEARNED:
        lists = Lists(material, [part], pairs.device)
        if not len(lists):
            continue
        everything = torch.arange(len(lists), device=pairs.device)
        logits = torch.cat([lists.logits(reader, pairs, some) for some in torch.split(everything, 64)])
        holds, total = lists.holds.any(1), torch.logsumexp(logits, 1)
        with_evidence[part], without[part] = total[holds], total[~holds]
        if part != "held_off":
            first = logits.argmax(1)
            figures[f"{part}: right sentence first"] = float(lists.holds[everything, first][holds].float().mean())
            figures[f"{part}: loss"] = float(lists.loss(logits, everything))
            figures[f"{part}: area under ROC"] = _area(with_evidence[part], without[part])
    if "held" in with_evidence and "held_off" in without:
        figures["other subjects: area under ROC"] = _area(with_evidence["held"], without["held_off"])
    return {name: None if value is None else round(value, 4) for name, value in figures.items()}


def _area(with_evidence: Tensor, without: Tensor) -> float | None:
    """Return the area under the ROC curve: how well the logits separate lists with evidence from the others."""
    if not len(with_evidence) or not len(without):
        return None
    labels = [1] * len(with_evidence) + [0] * len(without)
    return float(roc_auc_score(labels, torch.cat([with_evidence, without]).cpu().numpy()))
