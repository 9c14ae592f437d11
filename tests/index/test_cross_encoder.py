from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from index.cross_encoder import BATCH, CrossEncoder, PairHead, correct
from index.embedding import SentenceEncoder
from index.types import Encoder
from index.weights import default_folder

Scores = npt.NDArray[np.float32]
CosinesTo = Callable[[str, Sequence[str]], list[float]]

CLOSE = 0.05
"""How far a score may differ by what else is in its batch."""
PAIRS = [
    (
        "How long do care leavers wait for a flat?",
        "The wait for a flat averages seven weeks.",
        "Care leavers like the flats they live in.",
    ),
    (
        "How many children does each social worker hold?",
        "Each social worker holds 17 children on average.",
        "Social workers enjoy working with children in this city.",
    ),
    (
        "Who chairs the corporate parenting board?",
        "The chief executive chairs the corporate parenting board.",
        "The corporate parenting board is ambitious for children.",
    ),
    (
        "When did the emergency duty team move in house?",
        "The emergency duty team moved in house in October 2024.",
        "The emergency duty team responds well to urgent calls.",
    ),
    (
        "How often do social workers have supervision?",
        "Supervision takes place every four weeks.",
        "Social workers value the supervision that they have.",
    ),
    (
        "What do foster carers say about their training?",
        "Foster carers told inspectors that training is dull and comes too late.",
        "There are 140 foster carers in the borough.",
    ),
    (
        "Why are health assessments late?",
        "Health assessments are late because the clinic has had no paediatrician since May.",
        "Health assessments are late for most children.",
    ),
    (
        "How much money do care leavers get to set up home?",
        "They receive £3,000 to set up home.",
        "Care leavers are helped to set up home.",
    ),
]
QUESTION = PAIRS[0][0]
SENTENCES = [sentence for _, *both in PAIRS for sentence in both] + ["Yes.", "Visits are on time. " * 4, "word " * 300]
"""Of all lengths, and more than a batch holds."""


def beside(encoder: SentenceEncoder) -> CrossEncoder:
    made = CrossEncoder.beside(encoder)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def cross(encoder: SentenceEncoder) -> CrossEncoder:
    return beside(encoder)


@pytest.fixture(scope="module")
def together(cross: CrossEncoder) -> Scores:
    """The scores of all sentences, asked for at once."""
    return cross.scores(QUESTION, SENTENCES, [0.5] * len(SENTENCES))


def test_another_sort_of_encoder_has_none_beside_it(make_encoder: Callable[[], Encoder]) -> None:
    assert CrossEncoder.beside(make_encoder()) is None


def test_the_same_sort_of_encoder_with_other_weights_has_none_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder)
    [weights] = folder.glob("*.safetensors")
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(bytes(content))
    assert CrossEncoder.beside(SentenceEncoder.open(str(folder))) is None


def test_the_encoder_beside_it_stays_as_it_was(encoder: SentenceEncoder) -> None:
    before = encoder.encode_query([QUESTION])
    weights = {name: weight.clone() for name, weight in encoder.layers.named_parameters()}
    beside(encoder).scores(QUESTION, SENTENCES[:2], [0.5, 0.5])
    assert all(torch.equal(weight, weights[name]) for name, weight in encoder.layers.named_parameters())
    assert (encoder.encode_query([QUESTION]) == before).all()


@pytest.mark.parametrize(("question", "answers", "only_shares"), PAIRS)
def test_a_sentence_that_answers_scores_above_one_that_only_shares_the_subject(
    cross: CrossEncoder, question: str, answers: str, only_shares: str
) -> None:
    better, worse = cross.scores(question, [answers, only_shares], [0.6, 0.6])
    assert better > worse + CLOSE


@pytest.fixture(scope="module")
def cosines_to(encoder: SentenceEncoder) -> CosinesTo:
    """The cosines of sentences to a question, as the encoder gives them."""
    return lambda question, sentences: (
        encoder.encode_document(sentences) @ encoder.encode_query([question])[0]
    ).tolist()


@pytest.mark.parametrize(("question", "answers", "only_shares"), PAIRS)
def test_the_same_holds_with_the_cosines_that_the_encoder_gives(
    cross: CrossEncoder, cosines_to: CosinesTo, question: str, answers: str, only_shares: str
) -> None:
    both = [answers, only_shares]
    better, worse = cross.scores(question, both, cosines_to(question, both))
    assert better > worse


@pytest.mark.parametrize(
    ("question", "answers", "only_shares"),
    [
        # Known to fall short since the weights learned to refuse other subjects: it comes third.
        pytest.param(*pair, marks=pytest.mark.xfail(strict=True)) if pair[1].startswith("They receive £3,000") else pair
        for pair in PAIRS
    ],
)
def test_the_sentence_that_answers_is_among_the_first_two_of_all(
    cross: CrossEncoder, cosines_to: CosinesTo, question: str, answers: str, only_shares: str
) -> None:
    scores = cross.scores(question, SENTENCES, cosines_to(question, SENTENCES))
    assert SENTENCES.index(answers) in np.argsort(scores)[-2:]


def test_the_same_pairs_score_the_same_to_the_last_digit(
    cross: CrossEncoder, encoder: SentenceEncoder, together: Scores
) -> None:
    again = cross.scores(QUESTION, SENTENCES, [0.5] * len(SENTENCES))
    assert (again == together).all()
    anew = beside(encoder).scores(QUESTION, SENTENCES, [0.5] * len(SENTENCES))
    assert (anew == together).all()


def test_there_is_one_number_for_each_sentence_and_they_tell_them_apart(together: Scores) -> None:
    assert len(SENTENCES) > BATCH
    assert together.shape == (len(SENTENCES),)
    assert together.dtype == np.float32
    assert np.isfinite(together).all()
    assert np.ptp(together) > 10 * CLOSE


def test_a_sentence_scores_alone_as_it_does_in_company(cross: CrossEncoder, together: Scores) -> None:
    alone = [float(cross.scores(QUESTION, [sentence], [0.5])[0]) for sentence in SENTENCES]
    assert alone == pytest.approx(together, abs=CLOSE)


@settings(deadline=None, max_examples=8)
@given(st.randoms(use_true_random=False), st.integers(1, len(SENTENCES)))
def test_scores_are_the_same_in_any_order_and_batch(
    cross: CrossEncoder, together: Scores, chance: Random, size: int
) -> None:
    order = chance.sample(range(len(SENTENCES)), size)
    scores = cross.scores(QUESTION, [SENTENCES[i] for i in order], [0.5] * size)
    assert scores == pytest.approx(together[order], abs=CLOSE)


def test_each_cosine_belongs_to_its_own_sentence(cross: CrossEncoder, together: Scores) -> None:
    cosines = [0.5] * len(SENTENCES)
    cosines[7] = 0.9
    moved = cross.scores(QUESTION, SENTENCES, cosines) - together
    assert moved.argmax() == 7
    assert np.delete(moved, 7) == pytest.approx(0, abs=1e-6)


def test_a_nearer_sentence_scores_higher(cross: CrossEncoder) -> None:
    scores = cross.scores(QUESTION, [SENTENCES[0]] * 5, [-1.0, 0.0, 0.4, 0.8, 1.0])
    assert (np.diff(scores) > 0).all()


def test_the_same_sentence_twice_scores_the_same(cross: CrossEncoder) -> None:
    first, second = cross.scores(QUESTION, [SENTENCES[1]] * 2, [0.5, 0.5])
    assert first == pytest.approx(second, abs=1e-6)


def test_no_sentences_have_no_scores(cross: CrossEncoder) -> None:
    assert cross.scores(QUESTION, [], []).shape == (0,)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("why " * 500, "Care leavers wait seven weeks."),
        (QUESTION, "Care leavers wait. " * 2000),
        ("x" * 2000, "y" * 20000),
        ("", ""),
        (QUESTION, ""),
        (QUESTION, "\n\x00\u202e"),
        ("🙂" * 500, "日本語。" * 500),
    ],
)
def test_any_lengths_and_letters_have_a_score(cross: CrossEncoder, question: str, sentence: str) -> None:
    assert np.isfinite(cross.scores(question, [sentence, "Visits are on time."], [0.5, 0.5])).all()


def test_a_long_question_leaves_room_for_the_sentence(cross: CrossEncoder) -> None:
    question = f"{QUESTION} {'Please tell me as much as you can about it. ' * 40}"
    better, worse = cross.scores(question, PAIRS[0][1:], [0.5, 0.5])
    assert better > worse + CLOSE


class Layers(nn.Module):
    """Two linear layers and one that is none."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(3, 2)
        self.inner = nn.ModuleDict({"deep": nn.Linear(2, 4), "norm": nn.LayerNorm(4)})


def test_the_correction_adds_the_product_of_its_two_matrices() -> None:
    layers = Layers()
    before = {name: weight.detach().clone() for name, weight in layers.named_parameters()}
    a, b = torch.randn(1, 3), torch.randn(2, 1)
    correct(layers, {"first.a": a, "first.b": b})
    expected = before["first.weight"] + torch.outer(b[:, 0], a[0])
    assert torch.allclose(layers.first.weight, expected, atol=1e-6)
    others = {name: weight for name, weight in layers.named_parameters() if name != "first.weight"}
    assert all(torch.equal(weight, before[name]) for name, weight in others.items())


def test_the_correction_reaches_layers_within_layers_and_reads_half_precision() -> None:
    layers = Layers()
    deep = layers.get_parameter("inner.deep.weight")
    before = deep.detach().clone()
    a, b = torch.ones(2, 2, dtype=torch.bfloat16), torch.full((4, 2), 0.5, dtype=torch.bfloat16)
    correct(layers, {"inner.deep.a": a, "inner.deep.b": b})
    assert torch.allclose(deep, before + 1.0, atol=1e-6)
    assert deep.dtype == torch.float32


def test_weights_for_no_linear_layer_change_nothing() -> None:
    layers = Layers()
    before = [weight.detach().clone() for weight in layers.parameters()]
    correct(layers, {"inner.norm.a": torch.ones(1, 4), "inner.norm.b": torch.ones(4, 1), "head.x": torch.ones(1)})
    assert all(torch.equal(now, then) for now, then in zip(layers.parameters(), before, strict=True))


def test_the_correction_can_still_be_trained() -> None:
    layers = Layers()
    correct(layers, {"first.a": torch.ones(1, 3), "first.b": torch.ones(2, 1)})
    assert layers.first.weight.requires_grad


def test_the_head_looks_at_no_padding() -> None:
    head = PairHead(4).eval()
    hidden = torch.randn(2, 5, 4)
    mask = torch.tensor([[1.0, 1, 1, 0, 0], [1, 1, 1, 1, 1]]).unsqueeze(-1)
    cosines = torch.tensor([0.2, 0.7])
    padded = hidden.clone()
    padded[0, 3:] = 99.0
    with torch.inference_mode():
        assert torch.allclose(head(hidden, mask, cosines), head(padded, mask, cosines))
        assert not torch.allclose(head(hidden, torch.ones(2, 5, 1), cosines), head(padded, mask, cosines))
