"""Tests that a PDF without a list of layers has none, and that one that we cannot unpack may have some."""

from __future__ import annotations

import time
import zlib

import pytest

from corpus.pdfium.hiding.layers import may_have_layers

LAYERS = b"<< /Type /Catalog /OCProperties << /OCGs [] >> >>"
PLAIN = b"<< /Type /Catalog /Pages 2 0 R >>"


def packed(objects, before=b"1 0 obj << /Type /ObjStm /Filter /FlateDecode /N 1 /First 4 >> stream\r\n"):
    return before + zlib.compress(objects) + b"\r\nendstream endobj\n"


@pytest.mark.parametrize(
    ("data", "may"),
    [
        (LAYERS, True),
        (PLAIN, False),
        (packed(LAYERS), True),
        (packed(PLAIN) + packed(LAYERS), True),
        (packed(PLAIN), False),
        (packed(PLAIN)[:-60] + b"endstream", True),
        (b"<< /Type /ObjStm >> stream\nnot packed\nendstream", True),
        (b"<< /Type /ObjStm >>", True),
        (PLAIN + b"trailer << /Encrypt 5 0 R >>", True),
    ],
    ids=["layers", "none", "packed", "packed second", "packed without", "cut", "unpacked", "no stream", "encrypted"],
)
def test_a_file_may_have_layers_unless_we_can_see_that_it_has_none(data, may):
    assert may_have_layers(b"%PDF-1.7\n" + data) is may


def test_many_mentions_of_one_packed_stream_unpack_it_once():
    data = b"/ObjStm " * 200 + packed(b"0" * 20_000_000)
    began = time.process_time()
    assert not may_have_layers(data)
    assert time.process_time() - began < 5


def test_a_file_that_unpacks_to_too_much_may_have_layers():
    assert may_have_layers(packed(b"0" * 60_000_000))
