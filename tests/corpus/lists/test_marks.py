from __future__ import annotations

import pytest

from corpus.lists.marks import first_series, forms_of, marks_in


def names(*texts):
    """Return the names in the first series of marks in a list with the given lines."""
    marks, at = [], 0
    for text in texts:
        marks += marks_in(text, at, [at])
        at += len(text) + 1
    return [mark.name for mark in first_series(marks, forms_of([marks]))]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("(a) Visit.", "(b) Write.", "(c) Ask."), ["a", "b", "c"]),
        (("a) Visit.", "b) Write."), ["a", "b"]),
        (("(i) Visit.", "(ii) Write.", "(iii)Ask."), ["i", "ii", "iii"]),
        (("1) Visit.", "2) Write."), ["1", "2"]),
        (("A. Visit.", "B. Write."), ["A", "B"]),
        (("Recommendation 1: Visit.", "Recommendation 2: Write."), ["1", "2"]),
        (("The council should: (a) visit; (b) write; and (c) ask.",), ["a", "b", "c"]),
        (("(a) Visit under section 17(3).", "(b) Write:", "(i) to all", "(ii) to some", "(c) Ask."), ["a", "b", "c"]),
    ],
)
def test_marks_that_follow_each_other_are_a_series(texts, found):
    assert names(*texts) == found


@pytest.mark.parametrize(
    "texts",
    [
        ("(a) Visit.",),
        ("The Children Act (b) says so.", "Section 20 (c) says more."),
        ("(b) Visit.", "(c) Write."),
        ("Plans (a) and (b) are late.",),
        ("A visit a) day.",),
    ],
)
def test_marks_that_begin_later_or_stand_alone_are_no_series(texts):
    assert names(*texts) == []


def test_a_list_that_begins_again_below_a_label_is_one_series():
    assert names("1) Visit.", "2) Write.", "1) Ask.") == ["1", "2", "1"]


def test_a_mark_alone_below_its_label_counts_if_the_list_has_others():
    runs = [marks_in("(a) Visit.", 0, [0]), marks_in("(a) Write.", 20, [20])]
    forms = forms_of(runs)
    assert [[mark.name for mark in first_series(run, forms)] for run in runs] == [["a"], ["a"]]


def test_a_mark_gives_where_its_words_begin_in_the_document():
    [mark] = list(marks_in("(a) Visit.", 100, [100]))
    assert (mark.start, mark.words, mark.inside) == (100, 104, False)
