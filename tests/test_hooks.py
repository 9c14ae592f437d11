from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.commit_message import faults

ROOT = Path(__file__).resolve().parents[1]


def test_the_hooks_run_the_targets_that_make_check_runs() -> None:
    hooks = re.findall(r"entry: make (\w+)", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    check = re.search(
        r"^check:.*\n.*--no-print-directory (.+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert check is not None
    assert hooks == check.group(1).split()


@pytest.mark.parametrize(
    "message",
    [
        "Add a hook\n\nIt checks the message.\n",
        f"{'x' * 72}\n\nWhy",
        "\n\nAdd a hook\n\nWhy\n",
        "# A comment\nAdd a hook\n# Another\n\nWhy\n# On branch main\n",
        "Merge branch 'w-docs'\n",
        "fixup! Add a hook\n",
    ],
)
def test_a_message_with_a_short_title_and_a_body_is_accepted(message: str) -> None:
    assert faults(message) == []


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("", "no title"),
        ("# Only a comment\n", "no title"),
        (f"{'x' * 73}\n\nWhy", "73 characters"),
        ("Add a hook\n", "no body"),
        ("Add a hook\n\n\n# On branch main\n", "no body"),
        ("Add a hook\nand another\n", "second line"),
        ("Add a hook\n\n# ------------------------ >8 ------------------------\ndiff --git a b\n", "no body"),
    ],
)
def test_any_other_message_is_refused_with_its_fault(message: str, fault: str) -> None:
    [said] = faults(message)
    assert fault in said
