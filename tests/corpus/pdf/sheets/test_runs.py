"""Tests that the edges of many lines are found together, and that unusual lines are left for a closer look."""

from __future__ import annotations

import numpy as np

from corpus.pdf.sheets.runs import plain_lines


def lines(*rows, least_gap=5.0):
    rects = np.array([rect for row in rows for rect in row], np.float64).reshape(-1, 4)
    return plain_lines(rects, [len(row) for row in rows], least_gap)


def run(left, right, bottom=100.0, top=110.0):
    return (left, bottom, right, top)


def test_the_edges_of_a_line_enclose_its_runs():
    assert lines([run(72, 90), run(92, 120, bottom=98)], [run(72, 80, 80, 90)]) == [
        (72, 98, 120, 110),
        (72, 80, 80, 90),
    ]


def test_a_line_with_a_wide_gap_needs_a_closer_look_and_the_lines_around_it_do_not():
    plain, row = [run(72, 90), run(91, 120)], [run(72, 90), run(95.1, 120)]
    assert [edges is None for edges in lines(plain, row, plain)] == [False, True, False]


def test_runs_in_another_order_or_on_two_lines_need_a_closer_look():
    assert lines([run(92, 120), run(72, 90)], [run(72, 90), run(91, 120, 80, 90)]) == [None, None]


def test_a_line_without_runs_has_no_edges():
    assert lines([], [run(72, 90)], []) == [None, (72, 100, 90, 110), None]
    assert lines() == []


def test_the_step_from_one_line_to_the_next_is_no_gap():
    assert None not in lines([run(300, 320)], [run(72, 90)], [run(400, 420)])


def test_infinite_numbers_do_no_harm():
    assert len(lines([run(72, np.inf), run(-np.inf, 90)], [run(72, 90)])) == 2
