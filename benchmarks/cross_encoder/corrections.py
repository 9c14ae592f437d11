"""Train the corrections of the encoder's own layers, which read sentences closely in their context.

    python -m benchmarks.cross_encoder.corrections DATA START OUT

DATA is a data folder with an index of the real reports. START has the first corrections. The command writes the
corrections to OUT after each pass, as files that replace ``index/data/corrections.safetensors``. The shipped
corrections began with the ones in ADR 0012 (``git show f9ab8b0:index/data/cross_encoder.safetensors``), which learned
from 2,079 questions. They then learned from the labelled pairs and from half of SelQA's development part
(``--general``), which took 90 minutes on two cores. We stopped after 1,250 of 1,383 steps. Each pair had the sentence
before, even if it was not needed. Next, they learned from a random half of the same questions and from those whose ids
begin with ``t1-`` to ``tb-``. There were two runs with ``--rate 2.5e-4``: 400 steps with the ids up to ``t5-``, and
then 620 steps with all. This took 40 minutes. Two more runs at this rate followed. The first had 560 steps, with the
ids ``tc-`` to ``tg-``, two fifths of the questions up to ``tb-`` and a tenth of the others. The second had 640 steps,
with ``th-`` to ``tk-``, half of ``tc-`` to ``tg-``, three tenths of the questions up to ``tb-`` and three twentieths of
the others. We ship the mean of the weights after these two runs. To try the command out: ``--limit 20 --epochs 1``.

We keep the questions about ``HELD`` out of training, and measure with them. They are not among the authorities set
aside for the blind questions. No labelled pair is about the authorities that are set aside.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sklearn.metrics import roc_auc_score
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.cross_encoder.labelled_pairs import Group, cosines, groups_of_reports, groups_of_sections
from benchmarks.cross_encoder.models import Batch, Large
from benchmarks.harness.labelled import HELD
from index.encoding.context_pieces import ContextPieces
from index.encoding.encoder_files import default_folder, revision_of
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.encoding.torch_models.torch_layers import NAMES
from index.storage.data_folder import DataFolder

LAYERS, HEADS = 6, 12
EPOCHS, RATE, DECAY = 3, 5e-4, 0.01
_GROUPS = 6
"""Number of questions in each step."""
_NEGATIVES = 7
"""Number of sentences that do not answer, for each question in training. More sentences would teach little and take
longer."""
_WARM_UP, _LOWEST = 60, 0.05
"""Number of steps until the learning rate reaches its maximum, and the share of the maximum that is left at the end."""
_CHOICE = 0.5
"""Weight of the task of choosing one sentence or none from the whole group. Judging each sentence alone has a weight of
1."""
_WEIGHT = {1.0: 3.0, 0.5: 1.5, 0.0: 1.0}
"""Weight of a pair, by its value. One sentence in twelve answers its question."""
_WINDOW = 20
"""Number of steps whose questions we sort by length together, so that little padding is needed."""
_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question's pairs as word pieces, with their cosines and values."""

    pieces: tuple[ContextPieces, ...]
    cosines: tuple[float, ...]
    values: tuple[float, ...]

    @property
    def longest(self) -> int:
        """Number of word pieces in the longest of the pairs."""
        return max(len(pair.ids) for pair in self.pieces)


class Batches:
    """Turns prepared pairs into the layers' input, with the encoder's embeddings."""

    def __init__(self, encoder: Mapping[str, Tensor]) -> None:
        self._words, self._types, self._positions = (
            encoder[f"embeddings.{name}_embeddings.weight"] for name in ("word", "token_type", "position")
        )

    def of(self, groups: Sequence[Prepared]) -> tuple[Batch, Tensor]:
        """Return one input for several groups, and the values of their pairs."""
        pairs = [pair for group in groups for pair in group.pieces]
        columns = -(-max(len(pair.ids) for pair in pairs) // _COLUMNS) * _COLUMNS
        ids, types, mask = (torch.zeros(len(pairs), columns, dtype=torch.long) for _ in range(3))
        for row, pair in enumerate(pairs):
            length = len(pair.ids)
            ids[row, :length], types[row, :length] = torch.tensor(pair.ids), torch.tensor(pair.type_ids)
            mask[row, :length] = 1
        embedded = self._words[ids] + self._types[types] + self._positions[:columns]
        near = torch.tensor([cosine for group in groups for cosine in group.cosines])
        unused = torch.zeros(0)  # these layers do not use the vectors of the question and the sentence
        values = torch.tensor([value for group in groups for value in group.values])
        return Batch(embedded, mask.float(), near, unused, unused), values


def prepared(encoder: GraphEncoder, groups: Sequence[Group]) -> list[Prepared]:
    """Split all pairs into word pieces."""
    return [
        Prepared(tuple(encoder.context_pieces(group.question, group.sentences)), tuple(near), group.values)
        for group, near in zip(groups, cosines(encoder, groups), strict=True)
    ]


def fewer_negatives(group: Group, chance: random.Random) -> Group:
    """Return a group with all the sentences that answer, in whole or in part, and only some of the others."""
    answering = [number for number, value in enumerate(group.values) if value]
    others = [number for number, value in enumerate(group.values) if not value]
    kept = sorted(answering + chance.sample(others, min(_NEGATIVES, len(others))))
    return Group(
        group.question,
        group.authority,
        tuple(group.sentences[number] for number in kept),
        tuple(group.values[number] for number in kept),
    )


def loss_of(logits: Tensor, values: Tensor, sizes: Sequence[int]) -> Tensor:
    """Return the loss for judging each pair alone, and for choosing one pair or none from each group."""
    weights = torch.tensor([_WEIGHT[float(value)] for value in values])
    alone = (functional.binary_cross_entropy_with_logits(logits, values, reduction="none") * weights).mean()
    choices = []
    for own, right in zip(torch.split(logits, list(sizes)), torch.split(values, list(sizes)), strict=True):
        best = own[right == right.max()] if right.max() > 0 else own[:0]
        if right.max() < 1:
            best = functional.pad(best, (0, 1))  # choosing none, at a logit of 0, is also right
        choices.append(torch.logsumexp(functional.pad(own, (0, 1)), 0) - torch.logsumexp(best, 0))
    return alone + _CHOICE * torch.stack(choices).mean()


def steps_of(groups: Sequence[Prepared], chance: random.Random) -> Iterator[list[Prepared]]:
    """Yield the groups for each step of a pass. The order is random, but groups of similar length stay together."""
    order = list(groups)
    chance.shuffle(order)
    size = _GROUPS * _WINDOW
    steps = []
    for start in range(0, len(order), size):
        window = sorted(order[start : start + size], key=lambda group: group.longest)
        steps += [window[at : at + _GROUPS] for at in range(0, len(window), _GROUPS)]
    chance.shuffle(steps)
    yield from steps


@torch.inference_mode()
def measure(model: Large, batches: Batches, held: Sequence[Prepared]) -> dict[str, float]:
    """Return how well the model separates pairs and questions, and how often its first sentence answers."""
    model.eval()
    logits = [model(batches.of([group])[0]).numpy() for group in held]
    answered = np.array([max(group.values) == 1 for group in held])
    best = np.array([scores.max() for scores in logits])
    first = [group.values[int(scores.argmax())] == 1 for group, scores in zip(held, logits, strict=True)]
    values = np.concatenate([np.array(group.values) == 1 for group in held])
    kept = np.quantile(best[answered], 0.05)
    return {
        "pairs_auroc": round(float(roc_auc_score(values, np.concatenate(logits))), 4),
        "questions_auroc": round(float(roc_auc_score(answered, best)), 4),
        "first_answers": round(float(np.mean(np.array(first)[answered])), 3),
        "refused_at_kept_95": round(float((best[~answered] < kept).mean()), 3),
    }


def train(options: argparse.Namespace) -> None:
    """Train, and write the corrections after each pass."""
    torch.manual_seed(0)
    chance = random.Random(0)  # noqa: S311 - for training, not for secrets
    graph = GraphEncoder.open()
    groups = list(groups_of_reports(DataFolder(options.data)))
    held = [group for group in groups if group.authority in HELD][: options.limit]
    general = groups_of_sections(options.general) if options.general else iter(())
    learned = [group for group in chain(groups, general) if group.authority not in HELD][: options.limit]
    to_learn = prepared(graph, [fewer_negatives(group, chance) for group in learned])
    to_check = prepared(graph, held)
    weights = {name: value.float() for name, value in load_file(default_folder() / "model.safetensors").items()}
    model, batches = Large(weights, LAYERS, HEADS), Batches(weights)
    model.load_state_dict(_as_learned(load_file(options.start)), strict=False)
    optimizer = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), options.rate, weight_decay=DECAY)
    total, step, began = options.epochs * -(-len(to_learn) // _GROUPS), 0, time.perf_counter()
    print(json.dumps({"pass": 0, "questions": len(to_learn), **measure(model, batches, to_check)}), flush=True)
    for number in range(1, options.epochs + 1):
        model.train()
        for some in steps_of(to_learn, chance):
            batch, values = batches.of(some)
            loss = loss_of(model(batch), values, [len(group.values) for group in some])
            for group in optimizer.param_groups:
                group["lr"] = options.rate * _rate(step, total)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch does not annotate it
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
        figures = measure(model, batches, to_check)
        print(json.dumps({"pass": number, "seconds": round(time.perf_counter() - began), **figures}), flush=True)
        options.out.mkdir(parents=True, exist_ok=True)
        save_file(
            _as_shipped(model.learned()),
            options.out / f"corrections-{number}.safetensors",
            {"encoder": revision_of(default_folder())},
        )


def _rate(step: int, total: int) -> float:
    """Return the share of the learning rate at a step.

    It rises for a short time, then falls along half a cosine wave.
    """
    fall = _LOWEST + (1 - _LOWEST) * 0.5 * (1 + math.cos(math.pi * step / total))
    return min(1.0, (step + 1) / _WARM_UP) * fall


def _as_learned(shipped: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename the corrections of a shipped file to the names that the model uses."""
    short = {name: own for own, name in NAMES.items()}
    learned = {}
    for name, value in shipped.items():
        if name.startswith("encoder.layer."):
            number, rest = name.removeprefix("encoder.layer.").split(".", 1)
            part, side = rest.rsplit(".", 1)
            learned[f"layers.{number}.{short[part]}.{side}"] = value.float()
        else:
            learned[name] = value.float()
    return learned


def _as_shipped(learned: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the corrections of the model in half precision, under the names that a shipped file uses."""
    shipped = {}
    for name, value in learned.items():
        if name.startswith("layers."):
            _, number, own, side = name.split(".")
            shipped[f"encoder.layer.{number}.{NAMES[own]}.{side}"] = value.half().contiguous()
        else:
            shipped[name] = value.half().contiguous()
    return shipped


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("data", type=Path, help="data folder with an index of the real reports")
    options.add_argument("start", type=Path, help="corrections to begin with")
    options.add_argument("out", type=Path, help="folder for the corrections after each pass")
    options.add_argument("--epochs", type=int, default=EPOCHS, help="passes over the pairs (default: %(default)s)")
    options.add_argument("--rate", type=float, default=RATE, help="highest learning rate (default: %(default)s)")
    options.add_argument("--limit", type=int, help="use only this many questions, to try out the command")
    options.add_argument("--general", type=Path, help="questions of another field to learn from too, in SelQA’s format")
    return options


def main() -> None:
    """Read the command line and train."""
    train(parser().parse_args())


if __name__ == "__main__":
    main()
