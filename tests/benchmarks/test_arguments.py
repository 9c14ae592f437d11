"""Tests of the command lines of proofs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.harness.arguments import data_and_parts, no_arguments, parts_named

PARTS = ("one", "two")
PROOFS = ("main", "page", "evidence", "service", "index", "speed", "reading", "answers", "questions", "findings")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    return lambda *arguments: monkeypatch.setattr(sys, "argv", ["prove", *arguments])


def test_parts_are_those_named_or_all(given) -> None:
    given()
    assert parts_named("Doc.", PARTS) == ["one", "two"]
    given("two")
    assert parts_named("Doc.", PARTS) == ["two"]


def test_a_data_folder_comes_first_and_may_be_left_out(given) -> None:
    given()
    assert data_and_parts("Doc.", PARTS) == (None, ["one", "two"])
    given("folder", "two")
    assert data_and_parts("Doc.", PARTS) == (Path("folder"), ["two"])
    given("two", "one")
    assert data_and_parts("Doc.", PARTS) == (None, ["two", "one"])
    given("folder")
    assert data_and_parts("Doc.") == (Path("folder"), [])


@pytest.mark.parametrize("arguments", [("three",), ("folder", "three"), ("--fast",)])
def test_what_is_not_known_is_refused(given, arguments: tuple[str, ...]) -> None:
    given(*arguments)
    with pytest.raises(SystemExit) as stopped:
        parts_named("Doc.", PARTS)
    assert stopped.value.code == 2
    with pytest.raises(SystemExit):
        no_arguments("Doc.")


@pytest.mark.thorough
@pytest.mark.parametrize("name", PROOFS)
def test_each_proof_has_help_and_measures_nothing_then(name: str) -> None:
    command = [sys.executable, "-m", f"benchmarks.proofs.prove_{name}", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("usage: ")
