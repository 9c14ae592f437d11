"""Fixtures that all tests share: the real encoder, the shipped samples, and an index of them."""

from __future__ import annotations

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before any library looks: no test may reach a model hub

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.types import Form, Report
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder, open_encoder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.samples import sample_folder
from qa_service.types import Answer, Question


@pytest.fixture(scope="session")
def encoder() -> PassageEncoder:
    """The encoder that is shipped."""
    return open_encoder()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample reports."""
    return sample_folder()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder, samples: Path) -> DataFolder:
    """An index of the sample reports, built once. Tests that change an index make their own."""
    data = DataFolder.prepare(tmp_path_factory.mktemp("data"))
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([samples]))
    return data


@pytest.fixture(scope="session")
def answerer(sample_index: DataFolder, encoder: PassageEncoder) -> Answerer:
    """Answers from the sample reports. It remembers no question: what one test asks changes nothing for another."""
    return Answerer.open(sample_index, encoder, remembered=0)


@pytest.fixture(scope="session")
def ask(answerer: Answerer) -> Callable[..., Answer]:
    """Ask the samples a question, after others if there are any."""

    def asked(text: str, *history: str, **limits: Any) -> Answer:
        return answerer.answer(Question(text, history, **limits))

    return asked


MakeReport = Callable[..., Report]


@pytest.fixture(scope="session")
def make_report() -> MakeReport:
    """A report by hand; its id comes of its file's name."""

    def make(file: str = "a.txt", **facts: Any) -> Report:
        sha256 = hashlib.sha256(file.encode()).hexdigest()
        given = {"title": f"Report {file}", "form": Form.REPORT, "media_type": "text/plain", "page_count": 9, **facts}
        if given.get("published"):
            given.setdefault("published_source", "text")
        return Report(id=sha256[:16], file=file, sha256=sha256, **given)

    return make


REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
"""The real reports, beside the checkout where there are any."""


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real reports; the test skips, and says so, where it is absent."""
    if not REPORTS.is_dir():
        pytest.skip(f"the real reports are not at {REPORTS}: this check did not run")
    return REPORTS
