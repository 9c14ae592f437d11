from __future__ import annotations

import pytest

from corpus.lists.improvements import read_lists
from corpus.lists.titles import announced, is_of_section, list_kind
from corpus.reading import read
from corpus.types import ImprovementKind

TITLE = "<h1>Inspection of Thornby services</h1><p>Children are safe and well cared for here.</p>"
PLANS, VISITS = "The service should write shorter plans.", "The service should visit children sooner."


@pytest.fixture
def lists(write):
    def find(body, name="a.html"):
        text = f"<html><body><main>{TITLE}{body}</main></body></html>" if name.endswith("html") else body
        items, unread = read_lists(read(write(text, name)))
        return [(item.body, item.deadline, item.text) for item in items], [one.section for one in unread]

    return find


def bare(*texts):
    return [(None, None, text) for text in texts]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("What does the children’s home need to do to improve?", ImprovementKind.IMPROVEMENT),
        ("What does the agency need to do next?", ImprovementKind.IMPROVEMENT),
        ("What the provider must do", ImprovementKind.IMPROVEMENT),
        ("What should change", ImprovementKind.IMPROVEMENT),
        ("What needs to change?", ImprovementKind.IMPROVEMENT),
        ("Statutory requirements", ImprovementKind.IMPROVEMENT),
        ("What must happen next", ImprovementKind.IMPROVEMENT),
        ("What happens next", None),
        ("Requirements and recommendations", ImprovementKind.RECOMMENDATION),
        ("Summary of recommendations", ImprovementKind.RECOMMENDATION),
        ("Areas requiring improvement", ImprovementKind.IMPROVEMENT),
        ("Areas that need improvement", ImprovementKind.IMPROVEMENT),
        ("Improvements required", ImprovementKind.IMPROVEMENT),
        ("What does the area partnership need to do better?", None),
        ("What the provider does well", None),
        ("What is the council doing to improve?", None),
        ("What has changed", None),
        ("Requirements of the regulations", None),
        ("What should have changed by 2020", None),
    ],
)
def test_titles_of_other_publishers_name_a_list_or_none(title, kind):
    assert list_kind(title) is kind


def test_the_title_of_a_section_covers_only_the_text_directly_below_it(lists):
    assert is_of_section("What does the home need to do to improve?")
    assert not is_of_section("What needs to improve?")
    body = (
        "<h2>What does the home need to do to improve?</h2><h3>Statutory requirements</h3><ul><li>{}</li></ul>"
        "<h3>Contacts</h3><p>The home sends its reports to us within two weeks of each visit.</p>"
    )
    assert lists(body.format(PLANS)) == (bare(PLANS), [])


def test_a_last_sentence_that_says_by_when_is_the_deadline(lists):
    body = (
        f"<h2>Statutory requirements</h2><p>{PLANS} (Regulation 9) This must be done by 3 May 2025.</p><p>{VISITS}</p>"
    )
    assert lists(body)[0] == [(None, "by 3 May 2025", f"{PLANS} (Regulation 9)"), (None, None, VISITS)]


def test_items_below_the_name_of_a_body_have_that_body(lists):
    body = (
        "<h2>What needs to improve?</h2><ul><li>For the council:<ul><li>{0}</li><li>{1}</li></ul></li>"
        "<li>The police should:<ul><li>share maps of harm</li></ul></li><li>All plans are late.</li></ul>"
    )
    assert lists(body.format(PLANS, VISITS)) == (
        [
            ("For the council", None, PLANS),
            ("For the council", None, VISITS),
            ("The police should", None, "share maps of harm"),
            (None, None, "All plans are late."),
        ],
        [],
    )


def test_an_item_that_ends_in_a_colon_and_names_nobody_keeps_what_is_below_it(lists):
    body = (
        "<h2>What needs to improve?</h2><ul><li>Plans for children:<ul><li>length</li><li>clarity</li></ul></li></ul>"
    )
    assert lists(body) == (bare("Plans for children: length clarity"), [])


def test_paragraphs_with_the_word_recommendation_are_items_with_or_without_a_title(lists):
    paragraphs = f"<p>Recommendation 1: {PLANS}</p><p>Recommendation 2: {VISITS}</p>"
    assert lists(f"<h2>What should change</h2>{paragraphs}") == (bare(PLANS, VISITS), [])
    assert lists(f"<h2>Conclusion</h2>{paragraphs}") == (bare(PLANS, VISITS), [])
    assert lists(f"<h2>Progress since 2019</h2>{paragraphs}") == ([], [])
    assert lists("<h2>Conclusion</h2><p>Recommendation 1: done in May.</p>") == ([], [])


def test_headings_with_the_word_recommendation_are_a_list(lists):
    body = f"<h2>Recommendation 1</h2><p>{PLANS}</p><h2>Recommendation 2</h2><p>{VISITS}</p><h2>Thanks</h2><p>We thank all.</p>"
    assert lists(body) == (bare(PLANS, VISITS), [])
    assert lists(body.replace("Recommendation 2", "Recommendation 3"))[1] == ["Recommendation 1"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The review makes two recommendations.", 2),
        ("We are making 3 further recommendations to the board:", 3),
        ("The panel makes the following recommendations:", 0),
        ("The review made two recommendations.", None),
        ("The last review makes two recommendations.", None),
        ("The review makes two recommendations. They follow.", None),
        ("The review makes few recommendations.", None),
    ],
)
def test_a_sentence_may_announce_recommendations(text, count):
    assert announced(text) == count


def test_the_recommendations_that_a_sentence_announces_are_items(lists):
    body = f"<h2>Ending</h2><p>The review makes {{}} recommendations.</p><ol><li>{PLANS}</li><li>{VISITS}</li></ol>"
    assert lists(body.format("two")) == (bare(PLANS, VISITS), [])
    assert lists(body.format("one"))[0] == bare(PLANS)
    assert lists(body.format("three")) == (bare(PLANS, VISITS), ["The review makes three recommendations"])
    assert lists("<p>The review makes two recommendations.</p><p>They are in the annex.</p>") == (
        [],
        ["The review makes two recommendations"],
    )
    with_title = body.format("two").replace("<ol>", "<h2>Recommendations</h2><ol>")
    assert lists(with_title) == (bare(PLANS, VISITS), [])


def test_a_title_with_words_that_are_no_items_is_an_unread_list(lists):
    assert lists("<h2>What does the agency need to do?</h2><p>See the plan</p>")[1] == [
        "What does the agency need to do?"
    ]
    assert lists("<h2>Statutory requirements</h2><p>None</p>") == ([], [])


def test_requirements_may_be_a_list_or_text_about_the_law(lists):
    assert lists("<h2>Requirements</h2><p>The law sets out what homes must do in a year.</p>") == ([], [])
    assert lists(f"<h2>Requirements</h2><ul><li>{PLANS}</li></ul>") == (bare(PLANS), [])


def test_only_the_first_paragraph_below_the_heading_of_one_recommendation_is_its_item(lists):
    body = f"<h2>Recommendations</h2><h2>Recommendation 1</h2><p>{PLANS}</p><p>{VISITS} This is why we say so.</p>"
    assert lists(body) == (bare(PLANS), [])


def test_the_numbers_of_items_may_have_a_letter_or_a_word(lists):
    for mark in ("R{}. ", "R{}: ", "Rec {}: ", "Rec. {}: ", "Recommendation {}. "):
        body = "".join(f"<p>{mark.format(n)}{text}</p>" for n, text in enumerate((PLANS, VISITS), 1))
        assert lists(f"<h2>Recommendations</h2>{body}") == (bare(PLANS, VISITS), [])


def test_the_rows_of_a_table_on_a_web_page_are_items_with_the_facts_in_their_other_cells(lists):
    rows = f"<table><tr><th>Action</th><th>By</th></tr><tr><td>{PLANS}</td><td>May</td></tr></table>"
    after = "<p>The service has said that it accepts all of this and that it has begun.</p>"
    assert lists(f"<h2>Recommendations</h2>{rows}{after}") == (bare(PLANS), [])
    terms = f"<dl><dt>Council</dt><dd>{PLANS}</dd><dt>Police</dt><dd>{VISITS}</dd></dl>"
    found = [("Council", None, PLANS), ("Police", None, VISITS)]
    assert lists(f"<h2>Areas for improvement</h2>{terms}") == (found, [])


def test_a_row_of_requirements_has_its_due_date_and_the_text_above_the_table_is_no_item(lists):
    above = "<p>This section sets out the actions that must be taken so that the home meets the regulations.</p>"
    heads = "<tr><th>Requirement</th><th>Due date</th></tr>"
    rows = f"<tr><td>{PLANS}</td><td>14 October 2024</td></tr><tr><td>{VISITS}</td><td>31/10/2024</td></tr>"
    found = [(None, "14 October 2024", PLANS), (None, "31/10/2024", VISITS)]
    assert lists(f"<h2>Statutory requirements</h2>{above}<table>{heads}{rows}</table>") == (found, [])


def test_rows_of_one_cell_are_items(lists):
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in ("Areas for improvement", PLANS, VISITS))
    assert lists(f"<h2>Areas for improvement</h2><table>{rows}</table>") == (bare(PLANS, VISITS), [])


def test_actions_for_a_body_are_items_only_with_marks(lists):
    assert lists(f"<h2>Actions for the council</h2><ul><li>{PLANS}</li></ul>")[0][0][2] == PLANS
    assert lists(f"<h2>Actions for the council</h2><p>{PLANS}</p>") == ([], [])


def test_an_item_whose_line_starts_with_the_next_number_is_two_items(make_pdf):
    page = [
        (72, 80, "Inspection of Thornby services", 18, True),
        (72, 120, "Children are safe and well cared for here, and leaders know them."),
        (72, 160, "Recommendations", 13, True),
        *(
            (72, 190 + 14 * n, text)
            for n, text in enumerate((f"1. {PLANS}", f"2. {VISITS}", "3. The board", "should meet."))
        ),
    ]
    items, unread = read_lists(read(make_pdf(page)))
    assert [(item.label, item.text) for item in items] == [("1", PLANS), ("2", VISITS), ("3", "The board should meet.")]
    assert unread == ()


def test_the_date_after_a_regulation_is_the_deadline(lists):
    body = f"<h2>Statutory requirements</h2><p>{PLANS} (Regulation 9) 3 May 2025</p><p>{VISITS}</p>"
    assert lists(body)[0][0] == (None, "3 May 2025", f"{PLANS} (Regulation 9)")
