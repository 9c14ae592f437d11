"""Fixtures for the tests of qa_service: sample questions with their answers, and handmade passages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.types import Passage, Report
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from index.types import ScoredPassage
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, Question
from tests.remembering import OpenScorer

KNOWN = ("Aldermere", "Carrowby", "Northwold", "Pellbrook", "Westmarsh")
"""The authorities in the samples. They are invented, so they are not in any list of real authorities."""
TODAY = date(2026, 11, 29)
"""The day that tests use as today."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need the answers to all sample questions as thorough."""
    for item in items:
        if "sample_answers" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(scope="session")
def known() -> tuple[str, ...]:
    return KNOWN


@pytest.fixture(scope="session")
def sample_questions(samples: Path) -> list[dict[str, Any]]:
    """The lines of questions.jsonl, in the order in which they appear in the file."""
    return [json.loads(line) for line in (samples / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def sample_answers(answerer: Answerer, sample_questions: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Answer]]:
    """Each sample question with its answer. All tests share them."""
    return [(line, answerer.answer(Question(line["question"], tuple(line["history"])))) for line in sample_questions]


@pytest.fixture
def own_data(tmp_path: Path, sample_index: DataFolder) -> DataFolder:
    """A copy of the samples' data folder. A test may damage it."""
    shutil.copytree(sample_index.root, tmp_path / "data", ignore=shutil.ignore_patterns("cache"))
    return DataFolder(tmp_path / "data")


@pytest.fixture
def own_answerer(own_data: DataFolder, encoder: PassageEncoder, open_scorer: OpenScorer) -> Answerer:
    """An answerer over a copy of the samples' data folder. A test may damage the copy."""
    return Answerer.open(own_data, encoder, open_scorer=open_scorer)


MakeScored = Callable[..., ScoredPassage]


@pytest.fixture(scope="session")
def make_scored() -> MakeScored:
    """Return a function that makes a scored passage from sentences and their similarities."""

    def make(
        report: Report,
        sentences: Sequence[tuple[str, float]],
        *,
        score: float = 1.0,
        start: int = 0,
        page: int = 1,
        section: tuple[str, ...] = (),
        label: str | None = None,
    ) -> ScoredPassage:
        spans, text = [], ""
        for sentence, _ in sentences:
            start_of_sentence = len(text) + bool(text)
            text = f"{text} {sentence}".strip()
            spans.append((start_of_sentence, len(text)))
        passage = Passage(report.id, 0, text, start, start + len(text), section, label, (page,), (), tuple(spans))
        values = tuple(similarity for _, similarity in sentences)
        return ScoredPassage(start, passage, report, score, {}, max(values, default=0.0), values)

    return make
