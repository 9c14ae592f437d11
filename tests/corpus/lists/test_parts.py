from __future__ import annotations

from corpus.lists.improvements import find_improvements
from corpus.types import ImprovementKind
from tests.corpus.lists.drafted import bullet, heading, paragraph, read, unread, whole

LIST = "Areas for improvement"


def test_a_heading_with_a_board_s_name_and_findings_below_it_ends_the_list():
    drafts = [heading(LIST), bullet("Visit."), heading("The Safeguarding Children Board"), paragraph("It meets often.")]
    assert [text for *_, text in read(*drafts)] == ["Visit."]


def test_a_plain_title_of_the_next_section_ends_the_list():
    drafts = [heading(LIST), bullet("Visit."), paragraph("Information about this inspection"), bullet("Two weeks.")]
    assert [text for *_, text in read(*drafts)] == ["Visit."]


def test_next_steps_have_only_items_with_marks():
    assert read(heading("Next steps"), paragraph("Leaders will publish a plan.")) == []
    assert [text for *_, text in read(heading("Next steps"), bullet("Publish a plan."))] == ["Publish a plan."]
    assert unread(heading("Next steps"), paragraph("Leaders will publish a plan.")) == []


def test_a_numbered_heading_is_the_number_of_the_item_below_it():
    drafts = [
        heading("Recommendations"),
        heading("Recommendation 1", 3),
        paragraph("Visit soon."),
        heading("Recommendation 2", 3),
    ]
    [first, second] = find_improvements(whole(*drafts, paragraph("Write plans.")))
    assert [(i.label, i.text, i.kind) for i in (first, second)] == [
        ("1", "Visit soon.", ImprovementKind.RECOMMENDATION),
        ("2", "Write plans.", ImprovementKind.RECOMMENDATION),
    ]


def test_the_weaknesses_that_a_statement_of_action_must_tackle_are_a_list():
    lead_in = (
        "The local area is required to produce a written statement of action that explains how it will tackle the "
        "following areas of significant weakness:"
    )
    drafts = [paragraph(lead_in), bullet("the lack of a plan for joint commissioning"), bullet("the wait for therapy")]
    assert [text for *_, text in read(*drafts)] == [
        "the lack of a plan for joint commissioning",
        "the wait for therapy",
    ]


def test_numbered_paragraphs_below_a_heading_like_a_label_are_no_items_of_a_list_with_bullets():
    drafts = [heading(LIST), bullet("Visit sooner."), bullet("Write shorter plans."), heading("Leaders and managers")]
    numbered = [paragraph(f"{n}. Leaders know the service well.", label=str(n)) for n in range(1, 5)]
    assert [text for *_, text in read(*drafts, *numbered)] == ["Visit sooner.", "Write shorter plans."]
    assert unread(*drafts, *numbered) == []
