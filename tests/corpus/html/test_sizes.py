from __future__ import annotations

import pytest

from corpus.html.sizes import NO_TITLE, sizes_of
from corpus.html.tree import NOTHING, parse

LINE = "Social workers in Thornby visit children often and know them and their families well."


def test_an_element_is_counted_with_all_that_it_shows_and_without_what_is_left_out():
    root = parse(f"<div><h3>Visits</h3><p>{LINE} <a href='#a'>See</a> <a href='/b'>More</a></p><p>Short.</p>x</div>")
    box, last = root.find(".//div"), root.findall(".//p")[1]
    size = sizes_of(root, NOTHING)[box]
    prose = len(LINE.replace(" ", ""))
    assert (size.characters, size.linked, size.links, size.within) == (prose + 20, 7, 2, 1)
    assert (size.prose, size.stops, size.title) == (prose, 2, 3)
    assert sizes_of(root, frozenset({last}))[box].characters == prose + 14


@pytest.mark.parametrize(("text", "stops"), [("It ends.", 1), ("It is cut …", 0), ("It is cut...", 0), ("Home", 0)])
def test_a_text_that_ends_as_a_sentence_does_is_counted(text, stops):
    root = parse(f"<p>{text}</p>")
    size = sizes_of(root, NOTHING)[root.find(".//p")]
    assert (size.stops, size.title) == (stops, NO_TITLE)
