from __future__ import annotations

import os
from pathlib import Path

import pytest

from qa_service.access import Mode
from qa_service.errors import UnusableSetting
from qa_service.settings import Settings

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch):
    for name in list(os.environ):
        if name.startswith("QA_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_setting_is_documented(name):
    assert f"QA_{name.upper()}" in OPERATIONS.read_text(encoding="utf-8")
    assert Settings.model_fields[name].description


def test_by_default_only_this_machine_is_served():
    settings = Settings()
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("PORT", "9000", 9000), ("THREADS", "2", 2), ("ACCESS", "tokens", Mode.TOKENS)],
)
def test_a_setting_is_read_from_the_environment(monkeypatch, name, value, expected):
    monkeypatch.setenv(f"QA_{name}", value)
    assert getattr(Settings(), name.lower()) == expected


@pytest.mark.parametrize(("name", "value"), [("PORT", "0"), ("PORT", "65536"), ("PORT", "http"), ("THREADS", "0")])
def test_a_setting_that_is_out_of_range_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(f"QA_{name}", value)
    with pytest.raises(UnusableSetting, match=f"QA_{name}={value}"):
        Settings.read()
