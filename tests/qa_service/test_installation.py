from __future__ import annotations

from pathlib import Path

import pytest

from qa_service.installation import Installation

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
NAMES = ("QA_DATA_DIR", "QA_ENCODER")


@pytest.mark.parametrize("value", [None, ""])
def test_without_variables_the_defaults_are_used(monkeypatch, value):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
    assert Installation.from_environment() == Installation(Path("var"), None)


def test_variables_are_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("QA_DATA_DIR", "/data")
    monkeypatch.setenv("QA_ENCODER", "/models/m")
    assert Installation.from_environment() == Installation(Path("/data"), "/models/m")


@pytest.mark.parametrize("name", NAMES)
def test_each_variable_is_documented(name):
    assert name in OPERATIONS.read_text(encoding="utf-8")
