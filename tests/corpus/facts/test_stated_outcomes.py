from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.stated_outcomes import all_judgements
from corpus.types import BlockKind, Box, Judgement, Kind, Page

HEADING, PARAGRAPH, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE
OVERALL = "Overall effectiveness"
BOARD = "The effectiveness of the Local Safeguarding Children Board"
OUTCOME = "Inspection outcome"
ROWS = (
    Judgement("Children who need help and protection", "Requires improvement", 1),
    Judgement("Leadership, management and governance", "Inadequate", 1),
)
"""The first and last rows of the numbered block of grades that reports used from 2013 to 2018."""
MODERN = (Judgement("The experiences and progress of care leavers", "Good", 1),)
POSITIVE = "typically lead to positive experiences and outcomes"
INCONSISTENT = "lead to inconsistent experiences and outcomes"
FAILINGS = "widespread and/or systemic failings leading to significant concerns about the experiences and outcomes"


def block(text, kind=HEADING, page=1, box=None):
    return Draft(kind, (Piece(text, page, box),), level=int(kind is HEADING))


def whole(*drafts, judgements=ROWS):
    pages = (Page(1), Page(2), Page(3))
    return assemble(drafts, pages=pages, media_type="application/pdf", opening="", judgements=judgements)


def stated(*drafts, judgements=ROWS, kind=Kind.SINGLE_INSPECTION):
    return [(j.area, j.grade) for j in all_judgements(whole(*drafts, judgements=judgements), kind)]


def printed(judgements):
    return [(judgement.area, judgement.grade) for judgement in judgements]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("Children’s services in Westmarsh are inadequate", "inadequate"),
        ("Children’s services in Westmarsh are inadequate.", "inadequate"),
        ("Children's services in Westmarsh and Aldermere are good", "good"),
        ("Children’s services in Westmarsh require improvement to be good", "require improvement to be good"),
        ("Children’s services in Westmarsh require improvement", "require improvement"),
        ("The overall judgement is that children’s services are inadequate", "inadequate"),
        ("The overall judgement is inadequate", "inadequate"),
        ("The overall judgement is requires improvement", "requires improvement"),
        ("The overall judgement is Outstanding", "Outstanding"),
        ("Children’s services in St. Osric are good", "good"),
    ],
)
@pytest.mark.parametrize("kind", [HEADING, PARAGRAPH, TABLE])
def test_the_overall_grade_before_2018_is_read_as_printed_and_comes_before_the_rows(sentence, grade, kind):
    assert stated(block(sentence, kind)) == [(OVERALL, grade), *printed(ROWS)]


@pytest.mark.parametrize(
    "text",
    [
        "Children’s services in Westmarsh are inadequate. Some children wait too long.",
        "In 2011 inspectors report_judgements that children’s services in Westmarsh are inadequate",
        "Children’s services in Westmarsh are not good enough",
        "Children’s services in Westmarsh were last inspected in 2011. They were good",
        "The overall judgement is 3 grades below good",
        "Children’s services in Westmarsh are no longer inadequate",
        "Children’s services in Westmarsh have never been good",
        "Children’s services in Westmarsh were inadequate",
        "Children’s services in Westmarsh previously judged inadequate",
        "The overall judgement is that services are not yet good",
    ],
)
def test_a_grade_within_more_text_is_not_an_overall_judgement(text):
    assert stated(block(text, PARAGRAPH)) == printed(ROWS)


@pytest.mark.parametrize("kind", [BlockKind.LIST_ITEM, BlockKind.FOOTNOTE])
def test_an_item_or_a_footnote_states_no_judgement(kind):
    texts = "Children’s services in Westmarsh are inadequate", "The Local Safeguarding Children Board is good"
    assert stated(*(block(text, kind) for text in texts)) == printed(ROWS)


def test_the_overall_grade_counts_only_on_the_page_of_the_rows():
    sentence = "Children’s services in Westmarsh are inadequate"
    assert stated(block("Findings", page=1), block(sentence, page=2)) == printed(ROWS)
    second = tuple(Judgement(row.area, row.grade, 2) for row in ROWS)
    document = whole(block(sentence, page=2), judgements=second)
    overall, *_ = all_judgements(document, None)
    assert (overall.area, overall.grade, overall.page) == (OVERALL, "inadequate", 2)


def test_an_earlier_page_does_not_hide_the_sentence_next_to_the_rows():
    second = tuple(Judgement(row.area, row.grade, 2) for row in ROWS)
    before = block("Children’s services in Westmarsh are good", page=1)
    beside = block("Children’s services in Westmarsh are inadequate", page=2)
    assert stated(before, beside, judgements=second)[0] == (OVERALL, "inadequate")


@pytest.mark.parametrize("judgements", [MODERN, ()], ids=["a table of another kind", "no table"])
def test_the_overall_grade_is_read_only_with_the_numbered_block(judgements):
    report_judgements = stated(block("Children’s services in Westmarsh are inadequate"), judgements=judgements)
    assert report_judgements == printed(judgements)


def test_only_the_first_overall_sentence_counts():
    first, again = (block(f"Children’s services in Westmarsh are {grade}") for grade in ("inadequate", "good"))
    assert stated(first, again) == [(OVERALL, "inadequate"), *printed(ROWS)]


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("The effectiveness of the Local Safeguarding Children Board (LSCB) is inadequate", "inadequate"),
        ("The effectiveness of the Local Safeguarding Children Board is good.", "good"),
        ("The Local Safeguarding Children Board (LSCB) is outstanding", "outstanding"),
        ("The Local Safeguarding Children Board requires improvement to be good", "requires improvement to be good"),
        (
            "The effectiveness of the Local Safeguarding Children Board (LSCB) requires improvement",
            "requires improvement",
        ),
        ("The effectiveness of the LSCB: good", "good"),
        ("Local Safeguarding Children Board – inadequate", "inadequate"),
        ("Inspectors judged the effectiveness of the LSCB to be good.", "good"),
        ("The Westmarsh Local Safeguarding Children Board is inadequate because its members rarely met.", "inadequate"),
        ("The judgement on the LSCB is that it requires improvement", "requires improvement"),
    ],
)
def test_the_boards_grade_comes_after_the_rows_under_one_name(sentence, grade):
    assert stated(block(sentence)) == [*printed(ROWS), (BOARD, grade)]


def test_the_boards_judgement_may_be_on_any_page_and_without_a_table():
    report_judgements = all_judgements(
        whole(block("Findings"), block(f"{BOARD} is good", page=3), judgements=()), Kind.LSCB_REVIEW
    )
    assert [(j.area, j.grade, j.page) for j in report_judgements] == [(BOARD, "good", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "The Local Safeguarding Children Board was good",
        "The Local Safeguarding Children Board is good at listening",
        "In 2012 the Local Safeguarding Children Board is said to be good. It is inadequate",
    ],
)
def test_another_sentence_about_the_board_gives_no_judgement(text):
    assert stated(block(text, PARAGRAPH)) == printed(ROWS)


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        (f"In Pellbrook, arrangements {POSITIVE} for children and young people with SEND.", POSITIVE),
        (f"What the partners do can {INCONSISTENT} for children and young people with SEND.", INCONSISTENT),
        (f"There are {FAILINGS} of children and young people with SEND, whom leaders must help.", FAILINGS),
    ],
)
def test_each_outcome_of_an_area_send_inspection_is_read_from_its_sentence(sentence, grade):
    title, text = block("Area SEND inspection of Pellbrook"), block(sentence, PARAGRAPH)
    assert stated(title, text, judgements=(), kind=Kind.AREA_SEND) == [(OUTCOME, grade)]


def test_an_outcome_over_several_lines_is_read_with_the_box_of_all_of_them():
    first, second = "The arrangements lead to inconsistent experiences", "and outcomes for children and young people."
    boxes = Box(1, 0.1, 0.30, 0.8, 0.32), Box(1, 0.1, 0.33, 0.6, 0.35)
    draft = Draft(PARAGRAPH, (Piece(first, 1, boxes[0]), Piece(second, 1, boxes[1])))
    [outcome] = all_judgements(whole(draft, judgements=()), Kind.AREA_SEND)
    assert (outcome.grade, outcome.page, outcome.box) == (INCONSISTENT, 1, Box(1, 0.1, 0.30, 0.8, 0.35))


@pytest.mark.parametrize("kind", [None, Kind.JOINT_TARGETED, Kind.ILACS])
def test_an_outcome_is_not_a_judgement_of_another_kind_of_inspection(kind):
    assert stated(block(f"Plans {POSITIVE} for children and young people.", PARAGRAPH), judgements=(), kind=kind) == []


def test_an_outcome_is_looked_for_only_at_the_start_of_the_report():
    long = block("Children are seen. " * 110, PARAGRAPH)
    late = block(f"Plans {POSITIVE} for children and young people.", PARAGRAPH, page=2)
    assert stated(long, late, judgements=(), kind=Kind.AREA_SEND) == []
    assert stated(late, long, judgements=(), kind=Kind.AREA_SEND) == [(OUTCOME, POSITIVE)]


@pytest.mark.parametrize(
    "opening",
    ["In 2018 inspectors report_judgements that plans", "At the previous inspection, plans", "Plans were last report_judgements to", "An earlier team said that plans"],
)  # fmt: skip
def test_the_outcome_of_an_earlier_inspection_does_not_count(opening):
    earlier = block(f"{opening} {INCONSISTENT} for children and young people.", PARAGRAPH)
    assert stated(earlier, judgements=(), kind=Kind.AREA_SEND) == []
    today = block(f"Now they {POSITIVE} for children and young people.", PARAGRAPH)
    assert stated(earlier, today, judgements=(), kind=Kind.AREA_SEND) == [(OUTCOME, POSITIVE)]


def test_the_section_inspection_outcome_states_it_whatever_comes_before():
    earlier, own = (
        block(f"Plans {text} for children and young people.", PARAGRAPH) for text in (POSITIVE, INCONSISTENT)
    )
    assert stated(earlier, block(OUTCOME), own, judgements=(), kind=Kind.AREA_SEND) == [(OUTCOME, INCONSISTENT)]


def test_the_first_outcome_counts_and_other_words_are_not_an_outcome():
    good, mixed = (
        block(f"Plans {text} for children and young people.", PARAGRAPH) for text in (POSITIVE, INCONSISTENT)
    )
    assert stated(mixed, good, judgements=(), kind=Kind.AREA_SEND) == [(OUTCOME, INCONSISTENT)]
    other = block("Plans lead to rather mixed experiences for children and young people.", PARAGRAPH)
    assert stated(other, judgements=(), kind=Kind.AREA_SEND) == []


def test_a_judgement_over_two_pages_has_the_page_and_box_of_its_start():
    box = Box(1, 0.1, 0.8, 0.9, 0.82)
    pieces = (Piece("The Local Safeguarding Children Board", 1, box), Piece("is good", 2, Box(2, 0.1, 0.1, 0.2, 0.12)))
    [judgement] = all_judgements(whole(Draft(HEADING, pieces, level=1), judgements=()), None)
    assert (judgement.page, judgement.box) == (1, box)


def test_a_judgement_in_a_format_without_layout_has_no_box():
    [judgement] = all_judgements(whole(block(f"{BOARD} is good", PARAGRAPH), judgements=()), None)
    assert judgement.box is None


def test_a_sample_states_its_overall_grade_and_its_boards_around_its_table(sample_documents):
    document = sample_documents["carrowby-2015"]
    report_judgements = all_judgements(document, Kind.SINGLE_INSPECTION)
    assert report_judgements[1:-1] == document.judgements
    assert [(j.area, j.grade, j.page) for j in (report_judgements[0], report_judgements[-1])] == [
        (OVERALL, "inadequate", 1),
        (BOARD, "inadequate", 1),
    ]
    assert report_judgements[0].box.y1 <= report_judgements[1].box.y0
    assert report_judgements[-2].box.y1 <= report_judgements[-1].box.y0


@pytest.mark.parametrize("sample", ["westmarsh-2019", "westmarsh-2023", "aldermere-2026", "aldermere-2024"])
def test_a_sample_that_states_nothing_has_the_judgements_of_its_table(sample_documents, sample):
    document = sample_documents[sample]
    assert all_judgements(document, Kind.ILACS) == document.judgements


@pytest.mark.parametrize("grade", ["Good", "Requires improvement"])
def test_the_boards_grade_may_be_a_line_below_its_name(grade):
    name = "The effectiveness of the Local Safeguarding Children Board (LSCB)"
    assert stated(block(name), block(grade, PARAGRAPH)) == [*printed(ROWS), (BOARD, grade)]
    assert stated(block(name), block("Its members meet."), block(grade, PARAGRAPH)) == printed(ROWS)


def test_a_board_in_the_table_is_not_stated_again():
    rows = (*ROWS, Judgement(f"{BOARD} (LSCB)", "Good", 1))
    assert stated(block(f"{BOARD} is good"), judgements=rows) == printed(rows)


def test_the_overall_grade_is_read_if_the_first_row_of_the_block_could_not_be():
    assert stated(block("The overall judgement is good"), judgements=ROWS[1:]) == [
        (OVERALL, "good"),
        *printed(ROWS[1:]),
    ]


def test_grades_of_the_earlier_scale_may_stand_in_headings_of_inspections_of_looked_after_services():
    texts = "Overall effectiveness Grade 3 (adequate)", "Capacity for improvement: good", "Value for money is good"
    expected = [(OVERALL, "Grade 3 (adequate)"), ("Capacity for improvement", "good")]
    assert stated(*map(block, texts), judgements=(), kind=Kind.LOOKED_AFTER) == expected
    assert stated(*map(block, texts), judgements=(), kind=Kind.ILACS) == []
    table = (Judgement(OVERALL, "Adequate", 1),)
    assert stated(*map(block, texts), judgements=table, kind=Kind.LOOKED_AFTER) == [(OVERALL, "Adequate"), expected[1]]
