"""Train the cross-encoder in three steps. The package's documentation gives the commands.

``large`` trains one large cross-encoder on the lists. It learns to choose a sentence that contains the evidence, or
none if no sentence does. ``label`` makes the large cross-encoders score over a million pairs, some with real questions
and some with made-up ones. ``small`` trains a small cross-encoder to give the same scores (Hinton et al., Distilling
the knowledge in a neural network, 2015), and then trains it on the lists too.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.cross_encoder.lists import NOT_LEARNED, Lists, measure, read
from benchmarks.cross_encoder.material import PARTS, Material
from benchmarks.cross_encoder.models import Batch, Large, Small
from benchmarks.cross_encoder.pairs import Pairs
from index.encoding.encoder_files import default_folder, revision_of

LAYERS, HEADS = 6, 12
"""How many layers the encoder has, and how many attention heads each layer has."""
WIDTH, SMALL_LAYERS, RATE = 128, 4, 1e-3
"""The width, layers and learning rate of the shipped cross-encoder. At this rate, layers of 192 units did not learn
(ADR 0024)."""
LARGE_EPOCHS, SMALL_EPOCHS, SECONDS = 3, 40, 300.0
"""The number of passes over the lists, the maximum number of passes over the pairs, and the maximum number of seconds
to spend on the pairs. We did not record how long the shipped small cross-encoder was trained. All the steps together
took ten minutes on one H200."""
_NEAREST, _OF_REPORT, _REPORTS, _RANDOM = 48, 12, 3, 12
"""How many sentences we pair with each question: the 48 nearest, the 12 nearest in each of 3 random reports, and 12
random ones."""
_LISTS, _MORE_LISTS = 12, 64
"""Number of lists in each step of ``large``, and in each of the last steps of ``small``."""
_PAIRS = 4096
"""Number of pairs in each step."""
_LOWEST = -9.0
"""The lowest logit to learn. We raise lower logits to this value."""


def large(material: Material, encoder: Mapping[str, Tensor], options: argparse.Namespace) -> None:
    """Train one large cross-encoder."""
    pairs = Pairs(material, encoder, options.device)
    reader = Large(encoder, LAYERS, HEADS).to(options.device)
    lists = Lists.to_learn(material, options.device)
    in_epoch = max(1, len(lists) // _LISTS)
    steps = min(options.epochs * in_epoch, options.steps or math.inf)
    optimizer = _optimizer(reader)
    reader.train()
    step, loss = 0, torch.tensor(math.nan)
    while step < steps:
        order = torch.randperm(len(lists), device=options.device)
        for some in torch.split(order, _LISTS)[: min(in_epoch, int(steps) - step)]:
            loss = lists.loss(lists.logits(reader, pairs, some), some)
            _step(optimizer, reader, loss, options.rate, step, int(steps))
            step += 1
    reader.eval()
    _print({"large": options.seed, "steps": step, "loss": round(loss.item(), 3), **measure(reader, pairs, material)})
    torch.save(reader.learned(), options.folder / f"large-{options.seed}.pt")


@torch.inference_mode()
def choose_pairs(material: Material, pairs: Pairs, limit: int | None = None) -> tuple[Tensor, Tensor, Tensor]:
    """Choose the pairs to label, and return the rows of their questions and sentences, and their cosines.

    We leave out the questions that are kept out of training, and use only the first ``limit`` of the others.
    """
    parts = np.asarray(material.list_parts)
    not_learned = np.isin(parts, [PARTS.index(name) for name in NOT_LEARNED])
    left_out = set(np.asarray(material.list_questions)[not_learned].tolist())
    rows = torch.tensor([q for q in range(len(pairs.questions)) if q not in left_out][:limit], device=pairs.device)
    reports = torch.from_numpy(np.asarray(material.sentence_reports).astype(np.int64)).to(pairs.device)
    count = int(reports.max()) + 1
    chosen: list[tuple[Tensor, Tensor, Tensor]] = []
    for some in torch.split(rows, 512):
        cosines = (pairs.question_vectors[some] @ pairs.sentence_vectors.T).float()
        columns = [cosines.topk(min(_NEAREST, len(reports)), dim=1).indices]
        for _ in range(_REPORTS):
            own = torch.randint(count, (len(some), 1), device=pairs.device)
            in_report = cosines.masked_fill(reports[None] != own, -1.0)
            columns.append(in_report.topk(min(_OF_REPORT, len(reports)), dim=1).indices)
        columns.append(torch.randint(len(reports), (len(some), _RANDOM), device=pairs.device))
        sentences = torch.cat(columns, dim=1)
        chosen.append((some[:, None].expand_as(sentences), sentences, cosines.gather(1, sentences)))
    questions, sentences, near = (torch.cat(tensors).flatten() for tensors in zip(*chosen, strict=True))
    # The product lowers the similarity of fragments, and of sentences that lack what the question asks for.
    lowered = torch.rand(near.shape, device=near.device) < 0.1
    return questions, sentences, near - 0.1 * lowered


@torch.inference_mode()
def label(material: Material, encoder: Mapping[str, Tensor], options: argparse.Namespace) -> None:
    """Score the pairs with all the large cross-encoders in the folder, and save the mean of their logits."""
    pairs = Pairs(material, encoder, options.device)
    questions, sentences, cosines = choose_pairs(material, pairs, options.limit)
    readers = []
    for path in sorted(options.folder.glob("large-*.pt")):
        reader = Large(encoder, LAYERS, HEADS)
        reader.load_state_dict(torch.load(path, map_location="cpu"), strict=False)
        readers.append(reader.to(options.device).eval())
    if not readers:
        raise SystemExit(f"{options.folder} holds no large-*.pt. Run the step “large” first.")

    def together(batch: Batch) -> Tensor:
        return torch.stack([reader(batch).float() for reader in readers]).mean(0)

    _print({"large ones together": len(readers), **measure(together, pairs, material)})
    order = pairs.lengths(questions, sentences).argsort()
    logits = torch.zeros(len(questions), device=options.device)
    for some in torch.split(order, _PAIRS):
        logits[some] = read(together, pairs.batch(questions[some], sentences[some], cosines[some]))
    lists = Lists.to_learn(material, options.device)
    everything = torch.arange(len(lists), device=options.device)
    listed = torch.cat([lists.logits(together, pairs, some) for some in torch.split(everything, 64)])
    torch.save((questions, sentences, cosines, logits, listed), options.folder / "labels.pt")
    _print({"pairs": len(questions), "share above 0": round(float((logits > 0).float().mean()), 3)})


def small(material: Material, encoder: Mapping[str, Tensor], options: argparse.Namespace) -> None:
    """Train one small cross-encoder on the labels, and then on the lists as well."""
    pairs = Pairs(material, encoder, options.device)
    labels = torch.load(options.folder / "labels.pt", map_location=options.device)
    questions, sentences, cosines, logits, listed = labels
    reader = Small(encoder, options.width, options.layers).to(options.device)
    batches = _batches(pairs, questions, sentences)

    def distance(some: Tensor) -> Tensor:
        values = read(reader, pairs.batch(questions[some], sentences[some], cosines[some]))
        return functional.smooth_l1_loss(values, logits[some].clamp(min=_LOWEST))

    steps = int(min(options.epochs * len(batches), options.steps or math.inf))
    optimizer, began, step = _optimizer(reader), time.perf_counter(), 0
    while step < steps and time.perf_counter() - began < options.seconds:
        for number in torch.randperm(len(batches)).tolist()[: steps - step]:
            took = time.perf_counter() - began
            loss = distance(batches[number])
            _step(optimizer, reader, loss, options.rate, max(step, int(steps * took / options.seconds)), steps)
            step += 1
            if took > options.seconds:
                break
        figures = {"steps": step, "seconds": round(time.perf_counter() - began), "distance": round(loss.item(), 4)}
        _print({**figures, **measure(reader, pairs, material)})
    name = f"small-{options.width}x{options.layers}"
    metadata = {"encoder": revision_of(options.encoder.parent)}
    save_file(reader.own.weights(), options.folder / f"{name}-labels.safetensors", metadata)
    lists = Lists.to_learn(material, options.device)
    steps = int(min(max(1, 4 * (len(lists) // _MORE_LISTS)), options.steps or math.inf))
    optimizer = _optimizer(reader)
    for step in range(steps):
        some = torch.randint(len(lists), (_MORE_LISTS,), device=options.device)
        values = lists.logits(reader, pairs, some)
        filled = lists.filled[some]
        near = functional.smooth_l1_loss(values[filled], listed[some][filled].clamp(min=_LOWEST))
        loss = 0.3 * lists.loss(values, some) + near + distance(batches[int(torch.randint(len(batches), ()))])
        _step(optimizer, reader, loss, options.rate / 5, step, steps)
    _print({"small": name, "loss": round(loss.item(), 4), **measure(reader, pairs, material)})
    save_file(reader.own.weights(), options.folder / f"{name}.safetensors", metadata)


def _optimizer(reader: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.AdamW([p for p in reader.parameters() if p.requires_grad], weight_decay=0.01)


def _step(
    optimizer: torch.optim.Optimizer, reader: nn.Module, loss: Tensor, highest: float, step: int, steps: int
) -> None:
    """Take one step. The learning rate rises at first, then falls along half a cosine wave to 2% of its peak."""
    step = min(step, steps)
    warm = min(1.0, (step + 1) / min(200, 1 + steps // 20))
    for group in optimizer.param_groups:
        group["lr"] = highest * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]  # torch does not declare its type
    nn.utils.clip_grad_norm_([p for p in reader.parameters() if p.requires_grad], 1.0)
    optimizer.step()


def _batches(pairs: Pairs, questions: Tensor, sentences: Tensor) -> list[Tensor]:
    """Divide the pairs at random into batches of similar length."""
    mixed = torch.randperm(len(questions), device=questions.device)
    order = mixed[pairs.lengths(questions[mixed], sentences[mixed]).argsort(stable=True)]
    return list(torch.split(order, _PAIRS))


def _print(figures: Mapping[str, object]) -> None:
    print(json.dumps(figures), flush=True)


def parser() -> argparse.ArgumentParser:
    """Return the parser for the command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("material", type=Path, help="the file that benchmarks.cross_encoder.gather wrote")
    common.add_argument("folder", type=Path, help="the folder for the results of all three steps")
    common.add_argument("--encoder", type=Path, help="the encoder's model.safetensors (default: the product's encoder)")
    common.add_argument("--seed", type=int, default=0, help="the seed of all random choices (default: %(default)s)")
    trains = argparse.ArgumentParser(add_help=False)
    trains.add_argument("--rate", type=float, default=RATE, help="the highest learning rate (default: %(default)s)")
    trains.add_argument("--steps", type=int, help="stop after this many steps, to try the command")
    whole = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    commands = whole.add_subparsers(dest="step", required=True)
    first = commands.add_parser("large", parents=[common, trains], help="train one large cross-encoder")
    first.add_argument("--epochs", type=int, default=LARGE_EPOCHS, help="passes over the lists (default: %(default)s)")
    second = commands.add_parser("label", parents=[common], help="score pairs with the large cross-encoders")
    second.add_argument("--limit", type=int, help="use only this many questions, to try the command")
    third = commands.add_parser("small", parents=[common, trains], help="train a small cross-encoder on the scores")
    third.add_argument("--width", type=int, default=WIDTH, help="the units of a layer (default: %(default)s)")
    third.add_argument("--layers", type=int, default=SMALL_LAYERS, help="the number of layers (default: %(default)s)")
    third.add_argument(
        "--epochs", type=int, default=SMALL_EPOCHS, help="the most passes over the pairs (default: %(default)s)"
    )
    third.add_argument(
        "--seconds", type=float, default=SECONDS, help="the most seconds to train on the pairs (default: %(default)s)"
    )
    return whole


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the step named on the command line."""
    options = parser().parse_args(arguments)
    options.device = "cuda" if torch.cuda.is_available() else "cpu"
    options.encoder = options.encoder or default_folder() / "model.safetensors"
    options.folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    encoder = {name: value.float() for name, value in load_file(options.encoder).items() if value.is_floating_point()}
    step = {"large": large, "label": label, "small": small}[options.step]
    step(Material.open(options.material), encoder, options)


if __name__ == "__main__":
    main()
