from __future__ import annotations

import csv
import io
import zipfile

import docx
import pytest

from qa_service.export.formats import Exported, Said, as_csv, as_markdown, as_word, exported
from qa_service.export.references import Reference
from qa_service.types import Question

AT = Reference(
    "Inspection of Aldermere",
    "Aldermere",
    "29 April to 1 May 2024",
    ("3 (printed 2)",),
    "14",
    "http://h/reports/x/pages/3?quote=a_b",
)


def turn(text="Leaders know *what* to do.", question="Why?"):
    return Exported(
        question,
        "What the reports say",
        ("A later report is held.",),
        (Said(text, quoted=True, reference=AT),),
        "2 May 2026",
        "b1",
    )


def test_markdown_has_a_footnote_for_each_sentence_and_takes_signs_for_text():
    text = as_markdown("Title # one", [turn(), turn("[x](javascript:alert(1))")])
    assert "> “Leaders know \\*what\\* to do.”[^1]" in text
    assert (
        "[^1]: Inspection of Aldermere, 29 April to 1 May 2024, page 3 (printed 2), paragraph 14. <http://h/reports/x/pages/3?quote=a_b>"
        in text
    )
    assert "\\[x\\](javascript" in text
    assert "[^2]: " in text
    assert "**What the reports say.** A later report is held." in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_taken_for_a_formula(text):
    rows = list(csv.reader(io.StringIO(as_csv([turn(text, question=text)]).removeprefix("\ufeff"))))
    assert rows[1][0] == f"'{text}"
    assert rows[1][2] == f"'{text}"


def test_a_row_has_the_dates_and_the_printed_page():
    rows = list(csv.reader(io.StringIO(as_csv([turn()]).removeprefix("\ufeff"))))
    assert rows[1][3:8] == ["Inspection of Aldermere", "Aldermere", "29 April to 1 May 2024", "3 (printed 2)", "14"]


def test_a_question_without_an_answer_has_its_row_and_reason():
    unanswered = Exported("Why?", "The reports do not say", ("Nothing is said of it.",), (), "2 May 2026", "b1")
    rows = list(csv.reader(io.StringIO(as_csv([unanswered]).removeprefix("\ufeff"))))
    assert rows[1] == ["Why?", "The reports do not say", *[""] * 7, "Nothing is said of it.", "2 May 2026", "b1"]
    assert len(rows[0]) == len(rows[1])
    assert "Nothing is said of it." in as_markdown("T", [unanswered])


def test_word_takes_any_text_there_is():
    written = as_word("Title", [turn("a\x00b\x0bc & <d> \u00ad")])
    assert "“abc & <d> \u00ad”" in [p.text for p in docx.Document(io.BytesIO(written)).paragraphs]
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert packed.testzip() is None
        assert "footnotes.xml" in packed.read("[Content_Types].xml").decode()


def test_what_is_taken_away_is_what_was_answered(answerer):
    for question in ("How was Westmarsh rated overall in 2023?", "What do Westmarsh care leavers get to set up home?"):
        answer = answerer.answer(Question(question))
        taken = exported(answer, "What the reports say", "today", "http://h/", str.title)
        assert len(taken.said) == len(answer.statements) > 0
        for said, statement in zip(taken.said, answer.statements, strict=True):
            assert said.quoted == (statement.judgement is None)
            assert not said.quoted or said.text == statement.text
            assert said.reference.link.startswith("http://h/reports/")
            assert said.reference.page.split()[0] == str(statement.quotes[0].page)
