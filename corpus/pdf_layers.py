"""Finds out whether a PDF has layers. PDFium has no function for this."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_LAYERS, _ENCRYPTED = b"/OCProperties", b"/Encrypt"
_PACKED = re.compile(rb"/ObjStm\b")
_START = re.compile(rb"stream\r?\n")


def may_have_layers(path: Path) -> bool:
    """Return whether a PDF may have layers. Nearly all PDFs have none, so none of their text is in a hidden layer.

    The list of layers is either in the file as plain text or in a compressed stream of objects.
    """
    data = path.read_bytes()
    if _LAYERS in data or _ENCRYPTED in data:
        return True
    for packed in _PACKED.finditer(data):
        start = _START.search(data, packed.end())
        if not start:
            return True
        try:
            objects = zlib.decompress(data[start.end() : data.find(b"endstream", start.end())])
        except zlib.error:  # compressed in another way, or damaged
            return True
        if _LAYERS in objects:
            return True
    return False
