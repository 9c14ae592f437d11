from __future__ import annotations

import numpy as np

from corpus.scans.ink import Rectangle, ink_of, is_bullet_mark, stroke, unread_words

LINE = 20


def page():
    return np.zeros((600, 400), dtype=bool)


def write(ink, left, top, letters, height=LINE):
    """Put something like letters on a page: strokes 3 points wide, 9 points apart."""
    for number in range(letters):
        ink[top : top + height, left + 9 * number : left + 9 * number + 3] = True


def test_ink_is_what_is_darker_than_halfway_between_paper_and_black():
    picture = np.full((100, 100), 240, dtype=np.uint8)
    picture[10:20, 10:30] = 30
    assert ink_of(picture).sum() == 200
    assert ink_of(np.full((100, 100), 240, dtype=np.uint8)).sum() == 0


def test_ink_is_found_between_the_same_shades_as_with_percentiles_of_all_points():
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 256, (60, 40)).astype(np.uint8)
    middle = (np.percentile(picture, 90) + np.percentile(picture, 0.5)) / 2
    assert (ink_of(picture) == (picture < middle)).all()


def test_a_word_that_was_not_read_is_noticed_and_one_that_was_read_is_not():
    ink = page()
    write(ink, 50, 100, 12)
    write(ink, 50, 300, 12)
    read = [Rectangle(50, 100, 155, 120)]
    assert unread_words(ink, read, LINE) >= 1
    assert unread_words(ink, [*read, Rectangle(50, 300, 155, 320)], LINE) == 0


def test_rules_dark_areas_and_specks_are_no_words():
    ink = page()
    ink[200:202, 20:380] = True
    ink[20:580, 100:102] = True
    ink[300:500, 150:350] = True
    ink[::37, ::41] = True
    assert unread_words(ink, [], LINE) <= 1


def test_marks_at_the_edge_of_the_page_are_ignored():
    ink = page()
    write(ink, 50, 0, 12, height=8)
    assert unread_words(ink, [], LINE) == 0


def test_a_disc_and_a_square_are_bullets_and_letters_are_not():
    ink = page()
    rows, columns = np.mgrid[0:600, 0:400]
    ink |= (rows - 110) ** 2 + (columns - 60) ** 2 <= 36
    ink[200:212, 50:62] = True
    write(ink, 50, 300, 2, height=12)
    assert is_bullet_mark(ink, Rectangle(54, 104, 67, 117))
    assert is_bullet_mark(ink, Rectangle(50, 200, 62, 212))
    assert not is_bullet_mark(ink, Rectangle(50, 300, 62, 312))
    assert not is_bullet_mark(ink, Rectangle(50, 200, 50, 212))


def test_bold_letters_have_longer_strokes():
    ink = page()
    write(ink, 50, 100, 5)
    ink[200:220, 50:56] = True
    assert stroke(ink, Rectangle(50, 100, 95, 120)) == 3
    assert stroke(ink, Rectangle(48, 200, 60, 220)) == 6
    assert stroke(ink, Rectangle(300, 400, 320, 420)) == 0
