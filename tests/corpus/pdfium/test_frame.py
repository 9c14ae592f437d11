"""Tests of the map from PDF units to fractions of a page."""

from __future__ import annotations

import random

import pytest

from corpus.pdfium.frame import Frame

FRAME = Frame(x=0.0, by_x=1.0, of_y=0.0, y=1.0, of_x=0.0, by_y=-1.0)


def _halves() -> list[float]:
    """Return numbers halfway between two millionths, and their neighbours."""
    seeded = random.Random(7)  # noqa: S311 - the numbers need not be secret
    middles = [(seeded.randrange(1_000_000) + 0.5) / 1_000_000 for _ in range(3000)]
    return [middle * (1 + step * 2.0**-52) for middle in middles for step in (-1, 0, 1)]


def test_a_box_is_rounded_to_six_decimal_places_as_python_rounds_them() -> None:
    seeded = random.Random(3)  # noqa: S311 - the numbers need not be secret
    fractions = [*_halves(), *(seeded.random() for _ in range(3000)), 0.0, 1.0, 1e-9, 1 - 1e-9]

    assert [FRAME.box(1, x, 0, x, 0).x0 for x in fractions] == [round(x, 6) for x in fractions]


@pytest.mark.parametrize(("x", "expected"), [(-0.2, 0.0), (1.2, 1.0)])
def test_a_box_beyond_the_page_ends_at_its_edge(x: float, expected: float) -> None:
    box = FRAME.box(1, x, 0, x, 0)

    assert (box.x0, box.x1) == (expected, expected)


def test_a_box_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="within its page"):
        FRAME.box(1, float("nan"), 0, 0, 0)
