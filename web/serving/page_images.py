"""Pictures of pages, drawn in a process of their own: a page that takes for ever, or all memory, stops nobody else."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import TimeoutError as DrawTimeout
from functools import lru_cache
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from corpus import pdf
from index.building.read_pool import limit_memory
from web.contract.problems import Undrawable

TIME_LIMIT = 10.0
"""Seconds for one page; one of text takes 0.05."""
_LOCK = threading.Lock()
_pool: ProcessPool | None = None


@lru_cache(maxsize=64)
def picture(path: Path, number: int, width: int) -> bytes:
    """A page's picture; the last 64 are kept. Raises Undrawable, UnreadableReport."""
    try:
        drawn: bytes = _process().schedule(pdf.render_png, args=[path, number, width], timeout=TIME_LIMIT).result()
    except DrawTimeout as error:
        raise Undrawable(f"Drawing page {number} takes more than {TIME_LIMIT:g} seconds.") from error
    except (ProcessExpired, MemoryError) as error:
        raise Undrawable(f"Drawing page {number} uses too much memory.") from error
    return drawn


def _process() -> ProcessPool:
    """The one process that draws, started with the first picture; PDFium draws one page at a time anyway."""
    global _pool
    with _LOCK:
        if _pool is None or not _pool.active:
            context = multiprocessing.get_context("spawn")  # forking beside threads can deadlock
            _pool = ProcessPool(1, context=context, initializer=limit_memory)
        return _pool
