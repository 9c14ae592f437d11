"""Finds out whether a PDF has layers. PDFium has no function for this."""

from __future__ import annotations

import re
import zlib

_LAYERS, _ENCRYPTED = b"/OCProperties", b"/Encrypt"
_PACKED = re.compile(rb"/ObjStm\b")
_MOST = 50_000_000
"""Number of bytes to unpack from one file. A file with more bytes than this may have layers. We chose this value by
judgement."""
_START = re.compile(rb"stream\r?\n")


def may_have_layers(data: bytes) -> bool:
    """Return whether a PDF with this content may have layers.

    Nearly all PDFs have none, so none of their text is in a hidden layer. The list of layers is either in the file as
    plain text or in a compressed stream of objects.
    """
    if _LAYERS in data or _ENCRYPTED in data:
        return True
    done, room = 0, _MOST
    for packed in _PACKED.finditer(data):
        if packed.end() <= done:  # this stream is already unpacked
            continue
        start = _START.search(data, packed.end())
        if not start:
            return True
        done = start.end()
        unpacker = zlib.decompressobj()
        try:
            objects = unpacker.decompress(data[done : data.find(b"endstream", done)], room)
        except zlib.error:  # compressed in another way, or damaged
            return True
        room -= len(objects)
        if _LAYERS in objects or not unpacker.eof or room <= 0:
            return True
    return False
