"""Finds out whether a PDF has layers, without asking PDFium, which does not say."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_LAYERS, _ENCRYPTED = b"/OCProperties", b"/Encrypt"
_PACKED = re.compile(rb"/ObjStm\b")
_START = re.compile(rb"stream\r?\n")


def may_have_layers(path: Path) -> bool:
    """Return whether a PDF may have layers. Nearly all PDFs have none, and then nothing can be in a layer that is off.

    The list of layers is in the file as it is, or in a packed stream of objects.
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
        except zlib.error:  # packed in another way, or damaged
            return True
        if _LAYERS in objects:
            return True
    return False
