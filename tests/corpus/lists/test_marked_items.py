from __future__ import annotations

from corpus.lists.improvements import find_improvements
from tests.corpus.lists.drafted import bullet, heading, paragraph, read, unread, whole

LIST = "Areas for improvement"


def test_letters_in_running_text_open_items_up_to_the_end_of_the_sentence():
    text = "To improve, the council should: (a) visit sooner; (b) write plans; and (c) ask. Ofsted will return."
    drafts = [heading("Leadership"), paragraph("Leaders know this."), paragraph(text)]
    assert [(label, text) for label, *_, text in read(*drafts)] == [
        ("a", "visit sooner;"),
        ("b", "write plans; and"),
        ("c", "ask."),
    ]
    [section] = {i.section for i in find_improvements(whole(*drafts))}
    assert section == "To improve, the council should"


def test_lettered_paragraphs_keep_the_bullets_below_them():
    drafts = [heading(LIST), paragraph("(a) Visit:"), bullet("alone"), bullet("often."), paragraph("(b) Write.")]
    assert [(label, text) for label, *_, text in read(*drafts)] == [("a", "Visit: alone often."), ("b", "Write.")]


def test_a_lead_in_keeps_its_bullets_in_a_format_without_layout():
    drafts = [heading(LIST), bullet("Write plans that say:"), bullet("who acts;"), bullet("when."), bullet("visit.")]
    assert [text for *_, text in read(*drafts)] == ["Write plans that say: who acts; when.", "visit."]


def test_the_bullets_of_a_second_column_open_items():
    drafts = [
        bullet("Visit.", 0.1, 0.8),
        bullet("Write.", 0.55, 0.2),
        bullet("to all", 0.6, 0.3),
        bullet("Ask.", 0.55, 0.4),
    ]
    assert [text for *_, text in read(heading(LIST), *drafts)] == ["Visit.", "Write. to all", "Ask."]


def test_numbers_may_go_on_below_each_label():
    drafts = [
        heading("Recommendations"),
        heading("Aldermere Youth Justice Service should:", 3),
        paragraph("1. make sure that reviews are held"),
        heading("The Aldermere Youth Justice Management Board should:", 3),
        paragraph("2. ask how plans are made"),
        paragraph("3. read them"),
    ]
    assert [(number, text) for number, _, _, text in read(*drafts)] == [
        ("1", "make sure that reviews are held"),
        ("2", "ask how plans are made"),
        ("3", "read them"),
    ]
    assert unread(*drafts) == []
