from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from qa_service.settings import Settings

OPERATIONS = Path(__file__).resolve().parents[2] / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    for name in list(os.environ):
        if name.startswith("QA_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_setting_is_documented(name):
    assert f"QA_{name.upper()}" in OPERATIONS.read_text(encoding="utf-8")
    assert Settings.model_fields[name].description


def test_the_defaults_serve_this_machine_only():
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert settings.data_dir == Path("var")
    assert settings.encoder is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [("DATA_DIR", "/data", Path("/data")), ("PORT", "9000", 9000), ("ENCODER", "m", "m"), ("THREADS", "2", 2)],
)
def test_a_setting_is_read_from_the_environment(monkeypatch, name, value, expected):
    monkeypatch.setenv(f"QA_{name}", value)
    assert getattr(Settings(), name.lower()) == expected


@pytest.mark.parametrize(("name", "value"), [("PORT", "0"), ("PORT", "65536"), ("PORT", "http"), ("THREADS", "0")])
def test_a_setting_out_of_its_bounds_is_refused(monkeypatch, name, value):
    monkeypatch.setenv(f"QA_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()
