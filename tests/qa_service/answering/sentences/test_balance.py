"""Tests that praise and criticism come first."""

from __future__ import annotations

import pytest

from index.types import Stance
from qa_service.answering.sentences.balance import in_balance

_TAKES = {"+": (Stance.STRENGTH,), "-": (Stance.WEAKNESS,), "±": tuple(Stance), "0": ()}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("+1 +2 -1", "+1 -1 +2"),
        ("-1 -2 -3 +1", "-1 +1 -2 -3"),
        ("0 +1 -1", "+1 -1 0"),
        ("±1 +1 -1", "+1 -1 ±1"),
        ("+1 +2 ±1", "+1 ±1 +2"),
        ("+1 +2 +3", "+1 +2 +3"),
        ("01 02", "01 02"),
        ("", ""),
    ],
)
def test_the_first_that_praises_and_the_first_that_criticises_come_first(found: str, expected: str) -> None:
    assert in_balance(found.split(), lambda each, stance: stance in _TAKES[each[0]]) == expected.split()
