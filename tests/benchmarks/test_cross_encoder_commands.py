"""Tests that the documented commands run exactly as given, and train the layers that the product ships."""

from __future__ import annotations

import re
import shlex
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from benchmarks import cross_encoder
from benchmarks.cross_encoder import gather
from benchmarks.cross_encoder.material import PARTS, Material
from index.encoding.encoder_files import default_folder, revision_of
from index.encoding.pair_weights import HEAD_WIDTH, pair_weights

COMMANDS = re.findall(
    r"^    python -m benchmarks\.cross_encoder\.(\w+) (.*)$", cross_encoder.__doc__ or "", re.MULTILINE
)
LOADS_TORCH = pytest.mark.thorough
"""The mark for tests of steps that load torch and scikit-learn, because this takes longer than most tests together."""


def test_the_package_documents_every_step() -> None:
    steps = [arguments.split()[0] if module == "train" else module for module, arguments in COMMANDS]
    once = ["gather", "large", "large", "large", "label", "small", "corrections"]
    assert steps == [*once, "gather", "large", "label", "small"]


def parser(module: str) -> ArgumentParser:
    made: ArgumentParser = import_module(f"benchmarks.cross_encoder.{module}").parser()
    return made


@pytest.mark.parametrize(
    ("module", "arguments"),
    [pytest.param(*command, marks=[] if command[0] == "gather" else LOADS_TORCH) for command in COMMANDS],
)
def test_each_documented_command_is_parsed(module: str, arguments: str) -> None:
    options = parser(module).parse_args(shlex.split(arguments))
    assert options.start == Path("START") if module == "corrections" else options.material == Path("material.npz")


@LOADS_TORCH
@pytest.mark.parametrize("step", [[], ["large"], ["label"], ["small"]])
def test_help_explains_every_argument(step: list[str]) -> None:
    explained = parser("train")
    for name in step:
        [commands] = [action.choices for action in explained._actions if action.dest == "step"]
        explained = commands[name]  # type: ignore[index]  # the choices of a subparser are a mapping
    assert [action.dest for action in explained._actions if action.dest != "step" and not action.help] == []
    assert explained.format_help()


@LOADS_TORCH
def test_the_defaults_make_the_layers_that_are_shipped() -> None:
    weights = pair_weights(revision_of(default_folder()))
    assert weights is not None
    options = parser("train").parse_args(["small", "material.npz", "out"])
    assert options.width == weights["narrow.weight"].shape[0]
    assert options.layers == len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
    assert options.width % HEAD_WIDTH == 0


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten lists of twelve sentences, which consist of random word pieces.

    Each part has two lists, one of them with evidence.
    """
    chance = np.random.default_rng(5)
    pieces, width, sentences, questions = 30, 384, 40, 12
    lists = 2 * len(PARTS)
    holds = np.zeros((lists, gather.LISTED), dtype=bool)
    holds[::2, 3] = True
    made = Material(
        table=chance.normal(size=(pieces, width)).astype(np.float16),
        special=np.array([0, 1]),
        sentence_pieces=chance.integers(2, pieces, 8 * sentences).astype(np.uint16),
        sentence_ends=np.arange(8, 8 * sentences + 1, 8),
        sentence_vectors=chance.integers(0, 256, (sentences, width)).astype(np.uint8),
        sentence_reports=np.arange(sentences) % 3,
        question_pieces=chance.integers(2, pieces, 5 * questions).astype(np.uint16),
        question_ends=np.arange(5, 5 * questions + 1, 5),
        question_vectors=chance.normal(size=(questions, width)).astype(np.float16),
        lists=np.array([chance.permutation(sentences)[: gather.LISTED] for _ in range(lists)]),
        holds=holds,
        cosines=chance.random((lists, gather.LISTED)),
        list_questions=np.arange(lists),
        list_parts=np.repeat(np.arange(len(PARTS)), 2),
    )
    path = tmp_path_factory.mktemp("material") / "material.npz"
    made.save(path)
    return path


@LOADS_TORCH
def test_the_steps_run_one_after_another(material: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.cross_encoder import train

    common = [str(material), str(tmp_path)]
    train.main(["large", *common, "--steps", "1"])
    train.main(["large", *common, "--steps", "1", "--seed", "1"])
    train.main(["label", *common, "--limit", "2"])
    train.main(["small", *common, "--steps", "1", "--width", "32", "--layers", "1"])
    printed = capsys.readouterr().out
    assert '"large ones together": 2' in printed
    with safe_open(tmp_path / "small-32x1.safetensors", framework="numpy") as weights:
        assert weights.metadata() == {"encoder": revision_of(default_folder())}
        assert weights.get_tensor("narrow.weight").shape == (32, 384)


@LOADS_TORCH
def test_labels_need_a_large_cross_encoder(material: Path, tmp_path: Path) -> None:
    from benchmarks.cross_encoder import train

    with pytest.raises(SystemExit, match="Run the step “large” first"):
        train.main(["label", str(material), str(tmp_path), "--limit", "2"])


@LOADS_TORCH
def test_pairs_to_label_leave_out_the_questions_kept_out_of_training(material: Path) -> None:
    from safetensors.torch import load_file

    from benchmarks.cross_encoder import train
    from benchmarks.cross_encoder.pairs import Pairs

    made = Material.open(material)
    encoder = load_file(default_folder() / "model.safetensors")
    questions, sentences, cosines = train.choose_pairs(made, Pairs(made, encoder, "cpu"))
    learned = {int(q) for q, part in zip(made.list_questions, made.list_parts, strict=True) if part < 2}
    assert set(questions.tolist()) == learned | {10, 11}  # the last two questions have no list
    assert len(questions) == len(sentences) == len(cosines)
