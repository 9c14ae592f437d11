"""Replies to check against the sample reports."""

from __future__ import annotations

import json

import pytest

from qa_service.answer_json.answer import answer_json
from qa_service.verification.citation_check import check
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles


@pytest.fixture(scope="session")
def files(samples):
    return SourceFiles.below([samples])


@pytest.fixture
def reply(ask):
    """Ask a question, and return a new copy of the reply, which a test may change."""
    return lambda text, **limits: json.loads(json.dumps(answer_json(ask(text, **limits), 1.0)))


@pytest.fixture(scope="session")
def checked(files):
    """Check a reply after writing it as JSON and reading it again."""
    return lambda given, against=files: list(check(read_answers(json.dumps(given).encode()), against))
