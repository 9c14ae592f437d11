from __future__ import annotations

import pytest

from tests.corpus.lists.drafted import bullet, heading, paragraph, read

LIST = "Areas for improvement"


@pytest.mark.parametrize(
    "label", [paragraph("The ICB should:"), heading("The ICB should:", 3), heading("The ICB should")]
)
def test_a_label_belongs_to_the_items_below_it_and_is_no_item(label):
    drafts = [heading(LIST), paragraph("The council:"), bullet("Visit."), label, bullet("Wait less."), bullet("Tell.")]
    body = "The ICB should"
    assert read(*drafts) == [
        (None, "The council", None, "Visit."),
        (None, body, None, "Wait less."),
        (None, body, None, "Tell."),
    ]


def test_a_heading_that_says_by_when_belongs_to_its_items():
    drafts = [heading("Recommendations"), heading("Immediately:"), bullet("Visit."), heading("Within six months:")]
    assert read(*drafts, bullet("Write."), heading("Findings"), bullet("Plans are late.")) == [
        (None, None, "Immediately", "Visit."),
        (None, None, "Within six months", "Write."),
    ]


def test_a_label_is_kept_for_each_sort():
    drafts = [heading(LIST), paragraph("Immediately:"), paragraph("The council should:"), bullet("Visit.")]
    assert read(*drafts, paragraph("Schools:"), bullet("Write.")) == [
        (None, "The council should", "Immediately", "Visit."),
        (None, "Schools", "Immediately", "Write."),
    ]
