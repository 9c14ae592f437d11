"""The real application over the sample reports, and over reports that were made to harm it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.types import Report
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from tests.hostile.pages import Asked, asked
from tests.hostile.planted import Planted, plant
from web.app import create_app


@pytest.fixture(scope="session")
def app(answerer: Answerer) -> Flask:
    """Without the cross-encoder, which takes nine tenths of an answer's time and decides nothing here."""
    return create_app(Answerer(answerer.index))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def report(answerer: Answerer) -> Report:
    """A full inspection, as a PDF with grades."""
    return next(r for r in answerer.index.store.reports if r.file.startswith("westmarsh") and "2023" in r.file)


@pytest.fixture(scope="session")
def conversation(app: Flask) -> Asked:
    """A conversation of one question, and the browser that it belongs to."""
    return asked(app.test_client(), "How was Westmarsh rated overall?")


@pytest.fixture(scope="session")
def planted(
    tmp_path_factory: pytest.TempPathFactory, sample_index: DataFolder, samples: Path, encoder: PassageEncoder
) -> Planted:
    """The sample reports, and beside them all those that were made to harm."""
    root = tmp_path_factory.mktemp("planted") / "data"
    shutil.copytree(sample_index.root, root)  # so that the samples are neither read nor embedded again
    data = DataFolder.prepare(root)
    folder = tmp_path_factory.mktemp("hostile")
    files = plant(folder)
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    manifest = builder.build(find_sources([samples, folder])).manifest
    answerer = Answerer(Answerer.open(data, encoder).index)
    return Planted(create_app(answerer), answerer, manifest, files)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these are many cases of one thing."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.thorough)
