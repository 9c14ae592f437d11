"""Fixtures for the real application with the sample reports."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.types import Report
from qa_service.answering.pipeline import Answerer
from web.app import create_app


@pytest.fixture(scope="session")
def app(answerer: Answerer) -> Flask:
    return create_app(answerer)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def many_app(many_answerer: Answerer) -> Flask:
    """An app with short reports about many authorities."""
    return create_app(many_answerer)


@pytest.fixture
def many_client(many_app: Flask) -> FlaskClient:
    return many_app.test_client()


@pytest.fixture(scope="session")
def westmarsh(answerer: Answerer) -> Report:
    """A PDF report of a full inspection, with grades."""
    return next(r for r in answerer.index.store.reports if r.file.startswith("westmarsh") and "2023" in r.file)


@pytest.fixture(scope="session")
def news(answerer: Answerer) -> Report:
    """A report without a page layout."""
    return next(r for r in answerer.index.store.reports if r.media_type == "text/plain")
