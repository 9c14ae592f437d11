from __future__ import annotations

import pytest

from corpus.pdfium.tiles import has_tiny_tiles


@pytest.mark.parametrize(
    ("facts", "tiny"),
    [
        (b"/PatternType 1 /XStep 0.0001 /YStep 12", True),
        (b"/PatternType 1 /XStep 12 /YStep -.01", True),
        (b"/PatternType 1 /XStep\n0 /YStep 8", True),
        (b"/PatternType 1 /XStep 4 /YStep 4.5", False),
        (b"/PatternType 1 /XStep 7 0 R /YStep . ", False),
        (b"/Type /Page", False),
    ],
)
def test_only_tiles_that_are_very_close_together_are_tiny(tmp_path, facts, tiny):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n4 0 obj << " + facts + b" >> stream\nendstream endobj")
    assert has_tiny_tiles(path) is tiny
