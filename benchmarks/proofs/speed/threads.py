"""Limit computation to one thread, for the parts that compare what a single processor can do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NAME = "OMP_NUM_THREADS"


@contextmanager
def one_thread() -> Iterator[None]:
    """Limit each encoder and each process that starts inside the block to one thread."""
    before = os.environ.get(_NAME)
    os.environ[_NAME] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_NAME]
        else:
            os.environ[_NAME] = before
