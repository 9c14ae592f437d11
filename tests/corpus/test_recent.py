"""Tests of the cache of recently used values."""

from __future__ import annotations

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from corpus.recent import Recent


def test_the_least_recently_used_value_is_dropped_first() -> None:
    recent = Recent[str, str](2)
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    def value_of(key: str) -> str:
        return recent.get(key, partial(make, key))

    assert [value_of(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]


@given(st.lists(st.integers(0, 30)), st.integers(1, 40))
def test_the_values_kept_are_never_larger_than_allowed(keys: list[int], most: int) -> None:
    recent = Recent[int, bytes](most, len)
    for key in keys:
        assert len(recent.get(key, partial(bytes, key))) == key
        assert recent.size <= most
