from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from corpus.scans.ink import ink_of
from corpus.scans.tilt import straighten, tilt_of


def picture(degrees=0.0):
    """Return a page of level lines, turned by some degrees clockwise."""
    page = np.full((1000, 700), 250, dtype=np.uint8)
    for top in range(150, 850, 30):
        page[top : top + 12, 80:620:7] = 60
        page[top + 6 : top + 9, 80 : 500 + top // 10] = 60
    turned = Image.fromarray(page).rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=250)
    return np.asarray(turned)


@pytest.mark.parametrize("degrees", [-6.0, -3.0, -1.2, 0.0, 0.7, 3.0, 7.0])
def test_the_tilt_of_lines_is_found(degrees):
    assert tilt_of(ink_of(picture(degrees))) == pytest.approx(degrees, abs=0.15)


def test_a_page_on_its_side_has_the_tilt_of_its_own_lines():
    side = np.rot90(picture(2.0))
    assert tilt_of(ink_of(side)) == pytest.approx(2.0, abs=0.15)


def test_a_level_page_is_not_touched_and_a_blank_one_has_no_tilt():
    level = picture()
    assert straighten(level, ink_of(level)).picture is level
    assert tilt_of(np.zeros((100, 100), dtype=bool)) == 0.0


def test_a_box_on_the_straight_page_is_found_again_on_the_tilted_one():
    tilted = picture(3.0)
    tilted = tilted.copy()
    tilted[60:80, 300:320] = 0
    straight = straighten(tilted, ink_of(tilted))
    assert straight.degrees == pytest.approx(3.0, abs=0.15)
    rows, columns = np.nonzero(straight.picture[:120] < 30)  # above the lines
    x, y = float(columns.mean()), float(rows.mean())
    left, top, right, bottom = straight.back(x, y, x + 1, y + 1)
    assert (left + right) / 2 == pytest.approx(310, abs=2)
    assert (top + bottom) / 2 == pytest.approx(70, abs=2)
