"""Fixtures that all tests share: the real encoder, the shipped samples, and an index of them."""

from __future__ import annotations

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before any library looks: no test may reach a model hub

from pathlib import Path

import pytest

from index.build import Builder
from index.encoders import PassageEncoder, open_encoder
from index.folders import DataFolder
from index.sources import find_sources
from index.weights import encoder_folder
from qa_service.answering import Answerer
from qa_service.samples import sample_folder


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


REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
"""The real reports, beside the checkout where there are any."""


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real reports; the test skips, and says so, where it is absent."""
    if not REPORTS.is_dir():
        pytest.skip(f"the real reports are not at {REPORTS}: this check did not run")
    return REPORTS
