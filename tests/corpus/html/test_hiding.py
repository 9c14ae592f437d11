from __future__ import annotations

import pytest

from corpus.html.hiding import hides, is_off_page, own_styles, strikes, with_styles


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "color:red; DISPLAY : NONE !important",
        "visibility:hidden",
        "visibility: collapse",
        "clip-path:inset(50%)",
        "mso-hide:all",
        "position:absolute; left:-999px",
        "position:fixed; clip:rect(0 0 0 0)",
        "display:block; display:none",
        "display:none !important; display:block",
    ],
)
def test_a_style_that_hides_its_element(style):
    assert hides(own_styles(style))


@pytest.mark.parametrize(
    "style",
    [
        "",
        "display:block",
        "display:none; display:block",
        "display:none; display:block !important",
        "display:block !important; display:none",
        "content:none",
        "left:-999px",
        "position:absolute; left:-9px",
        "position:relative; top:-999px",
        "clip-path:inset(5%)",
    ],
)
def test_a_style_that_shows_its_element(style):
    assert not hides(own_styles(style))


def test_only_a_place_outside_the_page_is_off_the_page():
    assert is_off_page({"position": "absolute", "top": "-999px"})
    assert not is_off_page({"display": "none", "position": "absolute"})


@pytest.mark.parametrize(
    ("style", "struck"),
    [
        ("text-decoration: red line-through", True),
        ("text-decoration-line:line-through", True),
        ("text-decoration:underline", False),
        ("text-decoration:line-through; text-decoration:none", False),
    ],
)
def test_a_style_that_strikes_out_words(style, struck):
    assert strikes(own_styles(style)) == struck


def test_a_style_is_added_instead_of_its_own_value():
    assert with_styles("display:none; color:red;", {"display": "block"}) == "color:red;display:block"
    assert with_styles("", {"display": "none", "text-decoration": "none"}) == "display:none;text-decoration:none"
