"""Fixtures for all tests: the real encoder, the sample reports and an index of them."""

from __future__ import annotations

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # set this before a library reads it, so that no test reaches a hub

import gc
import hashlib
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from corpus.types import Form, Report
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder, open_encoder, open_pair_scorer
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.samples import sample_folder
from qa_service.types import Answer, Question
from tests import growing_collection, repeated_lists
from tests.many_reports import write_reports
from tests.remembering import OpenScorer, RememberingScorer

_IS_THOROUGH = "\npytestmark = pytest.mark.thorough"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Skip files whose tests the mark expression leaves out, because loading them takes as long as many quick tests.

    We understand only expressions that join marks with "and".
    """
    chosen = config.getoption("markexpr")
    parts = chosen.split(" and ")
    if "not e2e" in parts and collection_path.name == "e2e":
        return True
    if "not thorough" not in parts:
        return None
    is_thorough = collection_path.name == "hostile" or (
        collection_path.suffix == ".py" and _IS_THOROUGH in collection_path.read_text(encoding="utf-8")
    )
    return True if is_thorough else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let Python collect garbage once all tests are loaded, and then never check the loaded objects again.

    There are so many objects that each check takes seconds.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture(scope="session")
def encoder() -> PassageEncoder:
    """The encoder that ships with the product."""
    return open_encoder()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample reports."""
    return sample_folder()


@pytest.fixture(scope="session")
def open_scorer(encoder: PassageEncoder) -> OpenScorer:
    """A function that opens the shipped cross-encoder as ``Answerer.open`` does, but only once. It remembers scores."""
    scorer = open_pair_scorer(encoder)
    assert scorer is not None
    remembering = RememberingScorer(scorer)
    return lambda _: remembering


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder, samples: Path) -> DataFolder:
    """An index of the sample reports, built once. A test that changes an index must build its own."""
    return _built_once(tmp_path_factory, "samples", encoder, lambda: samples)


@pytest.fixture(scope="session")
def many_index(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> DataFolder:
    """An index of short reports about many authorities, so that lists have more than one page."""
    return _built_once(
        tmp_path_factory, "many", encoder, lambda: write_reports(tmp_path_factory.mktemp("many_reports"))
    )


def _built_once(
    folders: pytest.TempPathFactory, name: str, encoder: PassageEncoder, reports: Callable[[], Path]
) -> DataFolder:
    """Return a new copy of an index of ``reports()``. The worker processes of one run build it only once."""
    run = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # the folder that the workers of this run share
    finished = run / f"built-{name}"
    with FileLock(run / f"built-{name}.lock", is_singleton=True):
        if not finished.exists():
            data = DataFolder.prepare(folders.mktemp(f"building-{name}"))
            builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
            builder.build(find_sources([reports()]))
            data.root.rename(finished)
    return DataFolder(shutil.copytree(finished, folders.mktemp(name) / "data"))


@pytest.fixture(scope="session")
def many_answerer(many_index: DataFolder, encoder: PassageEncoder, open_scorer: OpenScorer) -> Answerer:
    """An answerer that uses the reports about many authorities."""
    return Answerer.open(many_index, encoder, remembered=0, open_scorer=open_scorer)


@pytest.fixture(scope="session")
def repeating_answerer(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Answerer:
    """An answerer for two reports that ask for the same improvement."""
    folder = tmp_path_factory.mktemp("repeated")
    data = DataFolder.prepare(folder / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    builder.build(repeated_lists.write_reports(folder))
    return Answerer.open(data, encoder, remembered=0)


@pytest.fixture(scope="session")
def growing_answerer(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Answerer:
    """An answerer for an index to which a second report was added later."""
    folder = tmp_path_factory.mktemp("growing")
    data = DataFolder.prepare(folder / "data")
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    first, second = growing_collection.write_reports(folder)
    builder.build([first])
    builder.build([first, second])
    return Answerer.open(data, encoder, remembered=0)


@pytest.fixture(scope="session")
def answerer(sample_index: DataFolder, encoder: PassageEncoder, open_scorer: OpenScorer) -> Answerer:
    """An answerer that uses the sample reports. It does not remember questions, so tests cannot affect each other."""
    return Answerer.open(sample_index, encoder, remembered=0, open_scorer=open_scorer)


@pytest.fixture(scope="session")
def ask(answerer: Answerer) -> Callable[..., Answer]:
    """Return a function that asks the samples a question, with or without earlier questions."""

    def asked(text: str, *history: str, **limits: Any) -> Answer:
        return answerer.answer(Question(text, history, **limits))

    return asked


MakeReport = Callable[..., Report]


@pytest.fixture(scope="session")
def make_report() -> MakeReport:
    """Return a function that makes a report. The report's id depends only on its file name."""

    def make(file: str = "a.txt", **facts: Any) -> Report:
        sha256 = hashlib.sha256(file.encode()).hexdigest()
        given = {"title": f"Report {file}", "form": Form.REPORT, "media_type": "text/plain", "page_count": 9, **facts}
        if given.get("published"):
            given.setdefault("published_source", "text")
        return Report(id=sha256[:16], file=file, sha256=sha256, **given)

    return make


REPORTS = Path(__file__).resolve().parents[2] / "shared" / "reports"
"""The folder of real reports, next to the checkout. It may not exist."""


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real reports. Skip the test if it does not exist."""
    if not REPORTS.is_dir():
        pytest.skip(f"the real reports are not at {REPORTS}: this check did not run")
    return REPORTS
