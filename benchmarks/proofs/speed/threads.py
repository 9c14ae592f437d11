"""One thread each, for the parts that compare what a processor does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NAME = "OMP_NUM_THREADS"


@contextmanager
def one_thread() -> Iterator[None]:
    """The encoder opened here, and the processes started meanwhile, compute on one; what comes after does not."""
    before = os.environ.get(_NAME)
    os.environ[_NAME] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_NAME]
        else:
            os.environ[_NAME] = before
