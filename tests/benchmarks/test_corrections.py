"""Tests of training the corrections, with made-up pairs."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from benchmarks.cross_encoder.corrections import Batches, _as_learned, _as_shipped, fewer_negatives, loss_of, steps_of
from benchmarks.cross_encoder.corrections import Prepared as PreparedPairs
from benchmarks.cross_encoder.labelled_pairs import Group, groups_of_sections
from benchmarks.harness.service import ROOT
from index.encoding.context_pieces import ContextPieces
from index.encoding.pair_weights import CORRECTIONS
from index.types import SentenceInContext

pytestmark = pytest.mark.thorough  # torch takes ten seconds to start
CHANCE = random.Random(0)  # noqa: S311 - for training, not for secrets


def pairs(*lengths: int) -> PreparedPairs:
    pieces = tuple(ContextPieces(list(range(1, n + 1)), [0] + [1] * (n - 1)) for n in lengths)
    return PreparedPairs(pieces, (0.5,) * len(lengths), (1.0,) + (0.0,) * (len(lengths) - 1))


def test_the_names_in_a_shipped_file_can_be_read_and_written_back() -> None:
    shipped = load_file(ROOT / "index" / CORRECTIONS)
    again = _as_shipped(_as_learned(shipped))
    assert again.keys() == shipped.keys()
    assert all(torch.equal(again[name], value) for name, value in shipped.items())


def test_the_loss_is_least_if_the_sentence_that_answers_has_the_highest_logit() -> None:
    values = torch.tensor([1.0, 0.0, 0.0])
    right, wrong = (loss_of(torch.tensor(logits), values, [3]) for logits in ([4.0, -4.0, -4.0], [-4.0, 4.0, -4.0]))
    assert right < 0.1 < wrong


def test_a_question_without_an_answer_is_learned_from_too() -> None:
    values = torch.zeros(2)
    assert loss_of(torch.tensor([-4.0, -4.0]), values, [2]) < loss_of(torch.tensor([4.0, -4.0]), values, [2])


def test_a_pass_has_each_question_once() -> None:
    groups = [pairs(n % 7 + 2, 3) for n in range(100)]
    seen = [id(group) for step in steps_of(groups, CHANCE) for group in step]
    assert sorted(seen) == sorted(map(id, groups))


def test_a_batch_pads_shorter_pairs_and_keeps_values_in_order() -> None:
    tables = {"word": 40, "token_type": 2, "position": 20}
    encoder = {f"embeddings.{name}_embeddings.weight": torch.randn(size, 4) for name, size in tables.items()}
    batch, values = Batches(encoder).of([pairs(5, 3), pairs(9)])
    assert batch.mask.sum(1).tolist() == [5, 3, 9]
    assert batch.pieces.shape == (3, 16, 4)
    assert values.tolist() == [1, 0, 1]


def test_all_sentences_that_answer_are_kept_and_some_of_the_others() -> None:
    sentences = tuple(SentenceInContext(str(number)) for number in range(20))
    group = Group("?", "", sentences, (0.0,) * 18 + (0.5, 1.0))
    kept = fewer_negatives(group, CHANCE)
    assert sorted(value for value in kept.values if value) == [0.5, 1.0]
    assert kept.values.count(0.0) == 7


def test_sections_of_another_field_give_each_sentence_with_the_one_before(tmp_path: Path) -> None:
    row = {"question": "Who won?", "section": "Final", "candidates": ["It rained.", "Leeds won."], "answers": [1]}
    path = tmp_path / "sections.json"
    path.write_text(json.dumps([row]))
    [group] = groups_of_sections(path)
    assert group.values == (0.0, 1.0)
    assert group.sentences[1] == SentenceInContext("Leeds won.", "Final", "It rained.")


def test_each_sentence_of_a_group_needs_a_value() -> None:
    with pytest.raises(ValueError, match="1 values for 2 sentences"):
        Group("?", "", (SentenceInContext("a"), SentenceInContext("b")), (1.0,))
