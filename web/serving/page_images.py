"""Pictures of pages, drawn in a separate process so that a slow or large page does not affect other requests."""

from __future__ import annotations

import io
import multiprocessing
import threading
from collections.abc import Sequence
from concurrent.futures import TimeoutError as DrawTimeout
from functools import lru_cache
from pathlib import Path

from pebble import ProcessExpired, ProcessPool
from PIL import Image

from corpus.errors import UndrawablePage
from corpus.pdf import pdf_file
from corpus.types import Box
from index.building.read_pool import limit_memory
from web.contract.problems import Undrawable

TIME_LIMIT = 10.0
"""Maximum number of seconds for drawing one page. A page of text takes 0.05 seconds."""
_WIDTH, _MARGIN = 1600, 12
"""Width in pixels of the page from which we cut a part, and how much more than the words we cut out."""
_LOCK = threading.Lock()
_pool: ProcessPool | None = None


@lru_cache(maxsize=64)
def draw_page(path: Path, number: int, width: int) -> bytes:
    """Return a picture of a page in PNG format.

    The last 64 pictures are cached. Raises Undrawable or UnreadableReport.
    """
    try:
        drawn: bytes = _process().schedule(pdf_file.render_png, args=[path, number, width], timeout=TIME_LIMIT).result()
    except DrawTimeout as error:
        raise Undrawable(f"Drawing page {number} takes more than {TIME_LIMIT:g} seconds.") from error
    except UndrawablePage as error:
        raise Undrawable(str(error)) from error
    except (ProcessExpired, MemoryError) as error:
        raise Undrawable(f"Drawing page {number} uses too much memory.") from error
    return drawn


def draw_part(path: Path, number: int, boxes: Sequence[Box]) -> bytes:
    """Return a picture of the part of a page around some boxes, as a PNG. Raises Undrawable or UnreadableReport."""
    around = Box.around(boxes)
    with Image.open(io.BytesIO(draw_page(path, number, _WIDTH))) as page:
        edges = (around.x0 * page.width, around.y0 * page.height, around.x1 * page.width, around.y1 * page.height)
        left, top, right, bottom = (round(edge) for edge in edges)
        area = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
        part = page.crop((max(area[0], 0), max(area[1], 0), min(area[2], page.width), min(area[3], page.height)))
    buffer = io.BytesIO()
    part.save(buffer, format="PNG")
    return buffer.getvalue()


def _process() -> ProcessPool:
    """Return a pool of one process, which starts with the first picture.

    PDFium draws only one page at a time anyway.
    """
    global _pool
    with _LOCK:
        if _pool is None or not _pool.active:
            context = multiprocessing.get_context("spawn")  # forking a process that has threads can deadlock
            _pool = ProcessPool(1, context=context, initializer=limit_memory)
        return _pool
