"""The real application with the sample reports, and with reports designed to harm it."""

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
    """The application without the cross-encoder.

    The cross-encoder accounts for nine tenths of the time that an answer takes, and makes no difference to these tests.
    """
    return create_app(Answerer(answerer.index))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def report(answerer: Answerer) -> Report:
    """A PDF report of a full inspection, with grades."""
    return next(r for r in answerer.index.store.reports if r.file.startswith("westmarsh") and "2023" in r.file)


@pytest.fixture(scope="session")
def conversation(app: Flask) -> Asked:
    """A conversation with one question, and the browser that owns it."""
    return asked(app.test_client(), "How was Westmarsh rated overall?")


@pytest.fixture(scope="session")
def planted(
    tmp_path_factory: pytest.TempPathFactory, sample_index: DataFolder, samples: Path, encoder: PassageEncoder
) -> Planted:
    """An application with the sample reports and all the harmful reports."""
    root = tmp_path_factory.mktemp("planted") / "data"
    shutil.copytree(sample_index.root, root)  # copy the index, so that we need not read and embed the samples again
    data = DataFolder.prepare(root)
    folder = tmp_path_factory.mktemp("hostile")
    files = plant(folder)
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    manifest = builder.build(find_sources([samples, folder])).manifest
    answerer = Answerer(Answerer.open(data, encoder).index)
    return Planted(create_app(answerer), answerer, manifest, files)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as thorough, because each runs many similar cases."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.thorough)
