"""Tests that CONTRIBUTING.md sends people to files and names that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa_service.answering.composition import ALL_KINDS

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PACKAGES = ("corpus", "index", "qa_service", "web", "tests", "benchmarks", "docs", "tools")
FILE = r"[\w./-]+\.(?:py|toml|html|jsonl|md)"


def _files() -> list[Path]:
    inside = [path for name in PACKAGES for path in (ROOT / name).rglob("*") if "__pycache__" not in path.parts]
    return [path.relative_to(ROOT) for path in (*inside, *ROOT.glob("*.*"))]


FILES = _files()


def _named(path: str) -> list[Path]:
    """Return the files and folders that a path may name. Its first folders may be left out."""
    parts = Path(path).parts
    return [file for file in FILES if file.parts[-len(parts) :] == parts]


@pytest.mark.parametrize("path", sorted(set(re.findall(rf"`({FILE}|[\w.-]+/[\w./-]*)`", TEXT)) - {"../shared"}))
def test_each_path_exists(path: str) -> None:
    assert _named(path) or (ROOT / path).exists()


@pytest.mark.parametrize(("name", "path"), re.findall(rf"`([A-Za-z_]\w+)` in `({FILE})`", TEXT))
def test_each_name_is_in_the_file(name: str, path: str) -> None:
    assert any(re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8")) for file in _named(path))


def test_the_kinds_of_question_are_in_the_order_in_which_they_are_tried() -> None:
    table = TEXT.split("| kind | example |")[1].split("\n\n")[0]
    listed = [module for row in table.splitlines()[2:] for module in re.findall(r"`([\w.]+)`", row.rsplit("|", 2)[1])]
    tried = [type(kind).__module__.removeprefix("qa_service.answering.kinds.") for kind in ALL_KINDS]
    assert listed == tried
