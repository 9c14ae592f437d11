"""Train the cross-encoder in three steps: python -m benchmarks.cross_encoder.train STEP MATERIAL ENCODER FOLDER.

``large`` trains one large reader on the lists; the loss is that of choosing among a list's sentences one that holds the
evidence, or none where there is none. ``label`` has the large readers in the folder read a million pairs, of questions
that somebody asked and that nobody did. ``small`` has a small one learn to give the same (Hinton et al., Distilling the
knowledge in a neural network, 2015), then goes through the lists once more.

ENCODER is the encoder's ``model.safetensors``. On a GPU all takes minutes; without one, days.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.cross_encoder.material import PARTS, Material
from benchmarks.cross_encoder.models import Batch, Large, Small
from benchmarks.cross_encoder.pairs import Pairs

LAYERS, HEADS = 6, 12
"""The encoder's."""
_NEAR, _OF_REPORT, _REPORTS, _FAR = 48, 12, 3, 12
"""Sentences that a question is paired with: the nearest of all, the nearest of some reports, and any."""
_LISTS = 12
"""Lists of a step."""
_PAIRS = 4096
"""Pairs of a step."""
_LOWEST = -9.0
"""Logits below are as good as this."""
_APART = ("held", "held_off", "check")
"""Parts that nothing is learned from."""
Reader = Callable[[Batch], Tensor]


class Lists:
    """The lists of one part, for a loss and for measures."""

    def __init__(self, material: Material, part: Sequence[str], device: str) -> None:
        parts = np.asarray(material.list_parts)
        chosen = np.isin(parts, [PARTS.index(name) for name in part])
        rows = np.asarray(material.lists)[chosen]
        self.rows = torch.from_numpy(rows.astype(np.int64)).to(device)
        self.shown = self.rows >= 0
        self.holds = torch.from_numpy(np.asarray(material.holds)[chosen].astype(bool)).to(device)
        self.cosines = torch.from_numpy(np.asarray(material.cosines)[chosen].astype(np.float32)).to(device)
        self.questions = torch.from_numpy(np.asarray(material.list_questions)[chosen].astype(np.int64)).to(device)

    def __len__(self) -> int:
        return len(self.rows)

    def logits(self, reader: Reader, pairs: Pairs, some: Tensor) -> Tensor:
        """(lists, sentences): −inf where a list is shorter."""
        shown = self.shown[some]
        questions = self.questions[some][:, None].expand_as(shown)[shown]
        read = _read(reader, pairs.batch(questions, self.rows[some][shown], self.cosines[some][shown]))
        found = torch.full(shown.shape, -math.inf, device=read.device)
        return found.masked_scatter(shown, read)

    def loss(self, logits: Tensor, some: Tensor) -> Tensor:
        """Of choosing a sentence that holds the evidence, or none (a logit of 0) where none does."""
        holds = self.holds[some]
        every = torch.logsumexp(functional.pad(logits, (0, 1), value=0.0), dim=1)
        own = torch.logsumexp(logits.masked_fill(~holds, -1e4), dim=1)
        return (every - torch.where(holds.any(1), own, torch.zeros_like(own))).mean()


def _read(reader: Reader, batch: Batch) -> Tensor:
    with torch.autocast(batch.pieces.device.type, dtype=torch.bfloat16):
        return reader(batch).float()


@torch.inference_mode()
def measured(reader: Reader, pairs: Pairs, material: Material) -> dict[str, float]:
    """What a reader makes of the lists that are not learned from."""
    sums: dict[str, Tensor] = {}
    found: dict[str, float] = {}
    for part in _APART:
        lists = Lists(material, [part], pairs.device)
        every = torch.arange(len(lists), device=pairs.device)
        logits = torch.cat([lists.logits(reader, pairs, some) for some in torch.split(every, 64)])
        can, together = lists.holds.any(1), torch.logsumexp(logits, 1)
        sums |= {f"{part} can": together[can], f"{part} cannot": together[~can]}
        if part != "held_off":
            first = logits.argmax(1)
            found[f"{part}: first holds"] = float(lists.holds[every, first][can].float().mean())
            found[f"{part}: loss"] = float(lists.loss(logits, every))
            found[f"{part}: area"] = _area(sums[f"{part} can"], sums[f"{part} cannot"])
    found["off: area"] = _area(sums["held can"], sums["held_off cannot"])
    return {name: round(value, 4) for name, value in found.items()}


def _area(can: Tensor, cannot: Tensor) -> float:
    """Share of pairs of a list with evidence and one without that are put right."""
    return float(((can[:, None] > cannot).float() + 0.5 * (can[:, None] == cannot).float()).mean())


def large(material: Material, encoder: Mapping[str, Tensor], given: argparse.Namespace) -> None:
    """Train one large reader."""
    pairs = Pairs(material, encoder, given.device)
    reader = Large(encoder, LAYERS, HEADS).to(given.device)
    lists = Lists(material, ["learn", "learn_off"], given.device)
    steps = given.epochs * (len(lists) // _LISTS)
    optimizer = torch.optim.AdamW([p for p in reader.parameters() if p.requires_grad], weight_decay=0.01)
    reader.train()
    step = 0
    for _ in range(given.epochs):
        order = torch.randperm(len(lists), device=given.device)
        for some in torch.split(order[: len(lists) // _LISTS * _LISTS], _LISTS):
            loss = lists.loss(lists.logits(reader, pairs, some), some)
            _step(optimizer, reader, loss, given.rate, step, steps)
            step += 1
    reader.eval()
    print(
        json.dumps({"large": given.seed, "loss": round(loss.item(), 3), **measured(reader, pairs, material)}),
        flush=True,
    )
    state = {
        name: value for name, value in reader.state_dict().items() if name.endswith((".a", ".b")) or "head" in name
    }
    torch.save(state, given.folder / f"large-{given.seed}.pt")


def _step(
    optimizer: torch.optim.Optimizer, reader: nn.Module, loss: Tensor, most: float, step: int, steps: int
) -> None:
    """One step at the rate of its turn: rising at first, then down as half a wave."""
    step = min(step, steps)
    warm = min(1.0, (step + 1) / min(200, 1 + steps // 20))
    for group in optimizer.param_groups:
        group["lr"] = most * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    nn.utils.clip_grad_norm_([p for p in reader.parameters() if p.requires_grad], 1.0)
    optimizer.step()


@torch.inference_mode()
def pool(material: Material, pairs: Pairs) -> tuple[Tensor, Tensor, Tensor]:
    """Pairs to be read: rows of questions, rows of sentences, their cosines. No question of a part that is held out."""
    parts = np.asarray(material.list_parts)
    apart = set(np.asarray(material.list_questions)[np.isin(parts, [PARTS.index(name) for name in _APART])].tolist())
    rows = torch.tensor([q for q in range(len(pairs.questions)) if q not in apart], device=pairs.device)
    reports = torch.from_numpy(np.asarray(material.sentence_reports).astype(np.int64)).to(pairs.device)
    count = int(reports.max()) + 1
    found: list[tuple[Tensor, Tensor, Tensor]] = []
    for some in torch.split(rows, 512):
        cosines = (pairs.question_vectors[some] @ pairs.sentence_vectors.T).float()
        chosen = [cosines.topk(_NEAR, dim=1).indices]
        for _ in range(_REPORTS):
            own = torch.randint(count, (len(some), 1), device=pairs.device)
            chosen.append(cosines.masked_fill(reports[None] != own, -1.0).topk(_OF_REPORT, dim=1).indices)
        chosen.append(torch.randint(len(reports), (len(some), _FAR), device=pairs.device))
        sentences = torch.cat(chosen, dim=1)
        found.append((some[:, None].expand_as(sentences), sentences, cosines.gather(1, sentences)))
    questions, sentences, near = (torch.cat(each).flatten() for each in zip(*found, strict=True))
    lessened = torch.rand(near.shape, device=near.device) < 0.1  # as for a sentence's beginning, or what it lacks
    return questions, sentences, near - 0.1 * lessened


@torch.inference_mode()
def label(material: Material, encoder: Mapping[str, Tensor], given: argparse.Namespace) -> None:
    """Have all large readers read the pool: the mean of their logits."""
    pairs = Pairs(material, encoder, given.device)
    questions, sentences, cosines = pool(material, pairs)
    readers = []
    for path in sorted(given.folder.glob("large-*.pt")):
        reader = Large(encoder, LAYERS, HEADS)
        reader.load_state_dict(torch.load(path, map_location="cpu"), strict=False)
        readers.append(reader.to(given.device).eval())

    def together(batch: Batch) -> Tensor:
        return torch.stack([reader(batch).float() for reader in readers]).mean(0)

    print(json.dumps({"large, together": len(readers), **measured(together, pairs, material)}), flush=True)
    order = pairs.lengths(questions, sentences).argsort()
    logits = torch.zeros(len(questions), device=given.device)
    for some in torch.split(order, _PAIRS):
        logits[some] = _read(together, pairs.batch(questions[some], sentences[some], cosines[some]))
    lists = Lists(material, ["learn", "learn_off"], given.device)
    every = torch.arange(len(lists), device=given.device)
    listed = torch.cat([lists.logits(together, pairs, some) for some in torch.split(every, 64)])
    torch.save((questions, sentences, cosines, logits, listed), given.folder / "labels.pt")
    print(
        json.dumps({"pairs": len(questions), "more than 0": round(float((logits > 0).float().mean()), 3)}), flush=True
    )


def small(material: Material, encoder: Mapping[str, Tensor], given: argparse.Namespace) -> None:
    """Train one small reader: on the labels for so many seconds, then on the lists as well."""
    pairs = Pairs(material, encoder, given.device)
    questions, sentences, cosines, wanted, listed = torch.load(given.folder / "labels.pt", map_location=given.device)
    reader = Small(encoder, given.width, given.layers).to(given.device)
    name = f"small-{given.width}x{given.layers}"
    batches = _batches(pairs, questions, sentences)
    steps = given.epochs * len(batches)
    optimizer = torch.optim.AdamW([p for p in reader.parameters() if p.requires_grad], weight_decay=0.01)
    lists = Lists(material, ["learn", "learn_off"], given.device)

    def distance(some: Tensor) -> Tensor:
        read = _read(reader, pairs.batch(questions[some], sentences[some], cosines[some]))
        return functional.smooth_l1_loss(read, wanted[some].clamp(min=_LOWEST))

    began, step = time.perf_counter(), 0
    for epoch in range(given.epochs):
        for number in torch.randperm(len(batches)).tolist():
            took = time.perf_counter() - began
            loss = distance(batches[number])
            _step(optimizer, reader, loss, given.rate, max(step, int(steps * took / given.seconds)), steps)
            step += 1
            if took > given.seconds:
                break
        if epoch % 4 == 3 or took > given.seconds:
            told = {name: epoch + 1, "seconds": round(took), "distance": round(loss.item(), 4)}
            print(json.dumps({**told, **measured(reader, pairs, material)}), flush=True)
        if took > given.seconds:
            break
    save_file(reader.own.weights(), given.folder / f"{name}-labels.safetensors")
    rounds = 4 * (len(lists) // 64)
    optimizer = torch.optim.AdamW([p for p in reader.parameters() if p.requires_grad], weight_decay=0.01)
    for step in range(rounds):
        some = torch.randint(len(lists), (64,), device=given.device)
        logits = lists.logits(reader, pairs, some)
        shown = lists.shown[some]
        near = functional.smooth_l1_loss(logits[shown], listed[some][shown].clamp(min=_LOWEST))
        loss = 0.3 * lists.loss(logits, some) + near + distance(batches[int(torch.randint(len(batches), ()))])
        _step(optimizer, reader, loss, given.rate / 5, step, rounds)
    print(json.dumps({name: "whole", "loss": round(loss.item(), 4), **measured(reader, pairs, material)}), flush=True)
    save_file(reader.own.weights(), given.folder / f"{name}.safetensors")


def _batches(pairs: Pairs, questions: Tensor, sentences: Tensor) -> list[Tensor]:
    """Pairs of like length together, any of them otherwise."""
    mixed = torch.randperm(len(questions), device=questions.device)
    order = mixed[pairs.lengths(questions[mixed], sentences[mixed]).argsort(stable=True)]
    return list(torch.split(order, _PAIRS))


def main() -> None:
    """Take one step."""
    parser = argparse.ArgumentParser(description="Train the cross-encoder on our own questions.")
    parser.add_argument("step", choices=["large", "label", "small"])
    parser.add_argument("material", type=Path)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=3, help="times that each list, or pair, is seen")
    parser.add_argument("--rate", type=float, default=1e-3, help="the highest learning rate")
    parser.add_argument("--seconds", type=float, default=math.inf, help="at most, for the labels")
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--layers", type=int, default=4)
    given = parser.parse_args()
    given.device = "cuda" if torch.cuda.is_available() else "cpu"
    given.folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    encoder = {name: value.float() for name, value in load_file(given.encoder).items() if value.is_floating_point()}
    {"large": large, "label": label, "small": small}[given.step](Material.open(given.material), encoder, given)


if __name__ == "__main__":
    main()
