from __future__ import annotations

import pytest

from tests.corpus.lists.drafted import bullet, heading, paragraph, unread

LIST = "Areas for improvement"


@pytest.mark.parametrize(
    ("drafts", "items"),
    [
        ([], 0),
        ([paragraph("Plans")], 0),
        ([paragraph("1. Visit.", "1"), paragraph("3. Write.", "3")], 2),
        ([paragraph("2. Visit.", "2")], 1),
        ([paragraph("(a) Visit; (b) write (c) ask.")], 2),
        ([bullet("Visit."), bullet("Write plans"), paragraph("that say who acts.")], None),
        ([bullet("Visit."), paragraph("so that children are seen.")], 1),
    ],
)
def test_a_list_that_was_not_read_as_a_whole_is_reported(drafts, items):
    found = unread(heading(LIST), *drafts)
    assert found == ([] if items is None else [(LIST, items)])


@pytest.mark.parametrize(
    "drafts",
    [
        [bullet("Visit.")],
        [paragraph("There are no areas for improvement.")],
        [paragraph("18. There are no areas for improvement.", "18")],
        [paragraph("1. Visit.", "1"), paragraph("2. Write.", "2")],
        [paragraph("The council:"), paragraph("1. Visit.", "1"), paragraph("Schools:"), paragraph("1. Write.", "1")],
    ],
)
def test_a_whole_list_is_not_reported(drafts):
    assert unread(heading(LIST), *drafts) == []


def test_numbers_may_go_on_from_the_paragraphs_before_the_list():
    drafts = [paragraph("7. Plans are late.", "7"), heading(LIST), paragraph("8. Write plans.", "8")]
    assert unread(*drafts) == []


def test_a_title_repeated_over_nothing_is_not_reported():
    assert unread(heading(LIST), bullet("Visit."), heading("Findings"), heading(LIST)) == []
