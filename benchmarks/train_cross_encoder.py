"""Train the cross-encoder: python -m benchmarks.train_cross_encoder DATA, with DATA a folder that holds an index.

The training questions (2,079, of which 1,010 have no answer) are about reports that the questions kept for checking are
not about; with them come some hundreds on other subjects altogether, each naming an authority (golden/off_topic.txt).
For each, the sentences that the pipeline would read are listed; the loss is that of choosing among them one that holds
the evidence, or none where there is none. The encoder's own weights stay as they are: what is learned is a low-rank
correction of each linear layer, and a head. About an hour on two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from benchmarks.questions import TRAINING, unpacked
from benchmarks.service import ROOT
from index.embedding import SentenceEncoder
from index.folders import DataFolder
from index.pair_correction import MAX_TOKENS, WEIGHTS
from index.torch_cross_encoder import PairHead
from qa_service.answering import Answerer
from qa_service.evaluation import STATES, covered
from qa_service.evidence import Evidence, in_context
from qa_service.mechanisms import Mechanism
from qa_service.types import Question

_LISTED, _BATCH = 8, 12
"""Sentences of a question, questions of a step."""
_RANK, _RATE, _WARM, _LAST = 16, 1e-3, 15, 0.02
"""Rank of the correction, learning rate, steps until it is reached, share of it at the end."""
_SEED, _HELD = 0, 10
"""One question in so many is held out, to see what was learned."""
OFF_TOPIC = ROOT / "benchmarks" / "golden" / "off_topic.txt"
_PLACES, HELD_OFF = 6, 6
"""Authorities that each question off the subject is asked of; one such question in so many is held out."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The sentences read for one part of a question, and which of them hold its evidence: none where it has none."""

    question: str
    sentences: tuple[str, ...]
    cosines: tuple[float, ...]
    holds: tuple[bool, ...]


class Corrected(nn.Module):
    """A linear layer that stays as it is, with a correction of low rank."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.a = nn.Parameter(torch.randn(_RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.b = nn.Parameter(torch.zeros(linear.out_features, _RANK))

    def forward(self, x: Tensor) -> Tensor:
        """The layer's output and the correction's."""
        corrected: Tensor = self.linear(x) + (x @ self.a.T) @ self.b.T
        return corrected


class PairReader(nn.Module):
    """The encoder's layers, corrected, with the head."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        super().__init__()
        self.layers = encoder.layers
        self.layers.requires_grad_(requires_grad=False)
        for name, module in list(self.layers.named_modules()):
            if isinstance(module, nn.Linear) and "encoder.layer" in name:
                parent, _, child = name.rpartition(".")
                setattr(self.layers.get_submodule(parent), child, Corrected(module))
        self.head = PairHead(encoder.dimension)
        self._encoder = encoder

    def forward(self, lists: Sequence[Listed]) -> Tensor:
        """The logits of all sentences of some lists, one after another."""
        pairs = [(one.question, sentence) for one in lists for sentence in one.sentences]
        words = self._encoder.tokenize_pairs(pairs, MAX_TOKENS)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.layers(**words).last_hidden_state
        cosines = torch.tensor([cosine for one in lists for cosine in one.cosines], dtype=torch.float32)
        logits: Tensor = self.head(hidden.float(), words["attention_mask"].unsqueeze(-1).float(), cosines)
        return logits

    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Go on from what was learned before."""
        for name, module in self.layers.named_modules():
            if isinstance(module, Corrected):
                module.a.data, module.b.data = weights[f"{name}.a"].float(), weights[f"{name}.b"].float()
        self.head.load_state_dict(
            {name.removeprefix("head."): value.float() for name, value in weights.items() if name.startswith("head.")}
        )

    def weights(self) -> dict[str, Tensor]:
        """What was learned, by the names that :mod:`index.cross_encoder` looks for."""
        corrections = {
            f"{name}.{side}": getattr(module, side).detach().half().contiguous()
            for name, module in self.layers.named_modules()
            if isinstance(module, Corrected)
            for side in ("a", "b")
        }
        head = {f"head.{name}": value.half().contiguous() for name, value in self.head.state_dict().items()}
        return {**corrections, **head}


def lists_of(answerer: Answerer) -> Iterator[Listed]:
    """For each part of each training question, the sentences that the pipeline would read."""
    for line in unpacked(TRAINING):
        if line["kind"] == "theme":  # many reports answer, and the evidence names but some of them
            continue
        question = Question(line["question"], tuple(line["history"]))
        inquiry = answerer.inquire(question, last="choose evidence")
        for ranked in inquiry.ranked:
            listed = _listed(inquiry.standalone.question.search_text, ranked[:_LISTED], line["gold"])
            missed = line["gold"] and not any(listed.holds)
            if missed and len(inquiry.ranked) == 1:
                listed = _with_evidence(listed, line["gold"][0]["quote"])
                missed = False
            if listed.sentences and not missed:
                yield listed


def off_topic(answerer: Answerer, chance: random.Random) -> tuple[list[Listed], list[Listed]]:
    """The sentences that the pipeline would read for questions on other subjects: to learn from, and held out."""
    names = sorted({report.authority for report in answerer.index.store.reports if report.authority})
    learned: list[Listed] = []
    held: list[Listed] = []
    for number, template in enumerate(OFF_TOPIC.read_text(encoding="utf-8").splitlines()):
        for turn, place in enumerate(chance.sample(names, _PLACES)):
            asked = template.format(place=place)
            dated = f"{asked.rstrip('?')} in {chance.randint(2018, 2025)}?"
            inquiry = answerer.inquire(Question(dated if turn % 3 == 0 else asked), last="choose evidence")
            for ranked in inquiry.ranked:
                listed = _listed(inquiry.standalone.question.search_text, ranked[:_LISTED], [])
                if listed.sentences:
                    (learned if number % HELD_OFF else held).append(listed)
    return learned, held


def _listed(question: str, ranked: Sequence[Evidence], gold: Sequence[dict[str, str]]) -> Listed:
    return Listed(
        question=question,
        sentences=tuple(in_context(evidence) for evidence in ranked),
        cosines=tuple(evidence.similarity for evidence in ranked),
        holds=tuple(
            any(
                evidence.scored.report.file == piece["file"] and covered(piece["quote"], evidence.text) >= STATES
                for piece in gold
            )
            for evidence in ranked
        ),
    )


def _with_evidence(listed: Listed, quote: str) -> Listed:
    """A list that missed the evidence, with it in place of its last sentence, as near as such sentences are."""
    return Listed(
        listed.question, (*listed.sentences[:-1], quote), (*listed.cosines[:-1], 0.45), (*listed.holds[:-1], True)
    )


def loss_of(logits: Tensor, lists: Sequence[Listed]) -> Tensor:
    """Of choosing, for each list, a sentence that holds the evidence, or none (a logit of 0) where none does."""
    losses, at = [], 0
    for one in lists:
        own = logits[at : at + len(one.sentences)]
        at += len(one.sentences)
        every = torch.logsumexp(torch.cat([own, torch.zeros(1)]), 0)
        holds = torch.tensor(one.holds)
        losses.append(every - torch.logsumexp(own[holds], 0) if any(one.holds) else every)
    return torch.stack(losses).mean()


def train(reader: PairReader, lists: Sequence[Listed], epochs: int, most: float) -> None:
    """Learn from the lists, each seen so many times, in an order that the seed decides; at most at that rate."""
    learned = [parameter for parameter in reader.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=most, weight_decay=0.01)
    steps, step, began = epochs * -(-len(lists) // _BATCH), 0, time.perf_counter()
    reader.train()
    for _ in range(epochs):
        for batch in _batches(lists):
            rate = most * min(1.0, (step + 1) / _WARM) * max(_LAST, 1 - step / steps)
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss = loss_of(reader(batch), batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            step += 1
            if step % 20 == 0:
                took = time.perf_counter() - began
                print(f"step {step} of {steps}, loss {loss.item():.3f}, {took:.0f} s", flush=True)


def _batches(lists: Sequence[Listed]) -> list[list[Listed]]:
    """Lists of like length together, the batches in any order."""
    mixed = random.sample(list(lists), len(lists))
    batches = []
    for at in range(0, len(mixed), 16 * _BATCH):
        chunk = sorted(mixed[at : at + 16 * _BATCH], key=lambda one: max(map(len, one.sentences)))
        batches += [chunk[k : k + _BATCH] for k in range(0, len(chunk), _BATCH)]
    return random.sample(batches, len(batches))


def told_apart(reader: PairReader, lists: Sequence[Listed]) -> float:
    """Share of pairs of a list with evidence and one without that the sum of their sentences' odds puts right."""
    reader.eval()
    with torch.inference_mode():
        values = [(float(torch.logsumexp(reader([one]), 0)), any(one.holds)) for one in lists]
    can, cannot = [v for v, holds in values if holds], [v for v, holds in values if not holds]
    return sum((a > b) + 0.5 * (a == b) for a in can for b in cannot) / (len(can) * len(cannot))


def main() -> None:
    """List, train, write."""
    parser = argparse.ArgumentParser(description="Train the cross-encoder on our own questions.")
    parser.add_argument("data", type=Path, help="a data folder with an index of the reports and the seeds")
    parser.add_argument("--out", type=Path, default=ROOT / "index" / WEIGHTS)
    parser.add_argument("--from", dest="before", type=Path, help="go on from these weights")
    parser.add_argument("--epochs", type=int, default=3, help="times that each question is seen")
    parser.add_argument("--rate", type=float, default=_RATE, help="the highest learning rate")
    given = parser.parse_args()
    random.seed(_SEED)
    torch.manual_seed(_SEED)
    encoder = SentenceEncoder.open()
    answerer = Answerer.open(DataFolder(given.data), encoder).leaving_out(Mechanism.CROSS_ENCODER)
    lists = list(lists_of(answerer))
    off, held_off = off_topic(answerer, random.Random(_SEED))  # noqa: S311 - the same places each time
    print(f"{len(lists)} lists, {sum(any(one.holds) for one in lists)} with evidence", flush=True)
    held, rest = lists[::_HELD], [one for at, one in enumerate(lists) if at % _HELD]
    reader = PairReader(encoder)
    if given.before:
        reader.load(load_file(given.before))
    train(reader, [*rest, *off], given.epochs, given.rate)
    save_file(reader.weights(), given.out, metadata={"encoder": encoder.revision})
    answerable = [one for one in held if any(one.holds)]
    figures = {
        "lists": len(rest),
        "off the subject": len(off),
        "held out": len(held),
        "auroc of those held out": round(told_apart(reader, held), 3),
        "held out, against questions off the subject": round(told_apart(reader, [*answerable, *held_off]), 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
