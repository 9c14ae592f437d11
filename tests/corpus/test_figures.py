from __future__ import annotations

import pytest

from corpus.figures import is_figure


@pytest.mark.parametrize("text", ["39", "1,284", "81.1%", "£3", "(4)", "39[a]", " 39 [1] ", "12."])
def test_a_figure_may_have_signs_and_the_mark_of_a_note(text):
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "Theme 1", "16 and 17", "3 May 2024", "5 to 15", "n/a"])
def test_words_are_no_figure(text):
    assert not is_figure(text)
