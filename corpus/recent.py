"""Keeps the most recently used values in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The most recently used values, by key. Safe to use from several threads."""

    def __init__(self, most: int, size_of: Callable[[V], int] = lambda value: 1) -> None:  # noqa: ARG005 - one each
        """Make a cache that keeps values with a total size of at most ``most``."""
        self._most = most
        self._size_of = size_of
        self._size = 0
        self._kept: dict[K, V] = {}
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """Total size of the values kept now."""
        return self._size

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return a key's value, making it if needed.

        If the values become too large, the least recently used ones are dropped.
        """
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
        value = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = value
                self._size += self._size_of(value)
            while self._size > self._most:
                self._size -= self._size_of(self._kept.pop(next(iter(self._kept))))
        return value
