"""Tests of what a command loads, because “qa-service ask” must start quickly."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from index.storage.data_folder import DataFolder

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "scipy",
    "bm25s",
    "trafilatura",
    "docx",
    "flask",
    "pydantic",
    "index.building.build",
)


def loaded_by(sample_index: DataFolder, *arguments: str) -> set[str]:
    code = (
        "import sys\n"
        "from qa_service.cli.main import main\n"
        f"main({list(arguments)!r}, standalone_mode=False)\n"
        f"print('loaded:', *(name for name in {HEAVY!r} if name in sys.modules))\n"
    )
    environment = {**os.environ, "QA_DATA_DIR": str(sample_index.root)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.thorough
def test_asking_a_question_loads_nothing_that_only_building_or_serving_needs(sample_index: DataFolder) -> None:
    assert loaded_by(sample_index, "ask", "How long do care leavers in Westmarsh wait for a flat?") == set()


def test_a_module_that_is_loaded_is_noticed(sample_index: DataFolder) -> None:
    assert "index.building.build" in loaded_by(sample_index, "build", "--help")
