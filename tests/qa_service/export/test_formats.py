from __future__ import annotations

import csv
import io
import zipfile

import docx
import pytest

from qa_service.export.formats import ExportedAnswer, ExportedStatement, as_csv, as_markdown, as_word, export_answer
from qa_service.export.references import Reference
from qa_service.types import Question

AT = Reference(
    "Inspection of Aldermere",
    "Aldermere",
    "29 April to 1 May 2024",
    ("3 (printed page 2)",),
    "14",
    "http://h/reports/x/pages/3?quote=a_b",
)


def exported(text="Leaders know *what* to do.", question="Why?"):
    return ExportedAnswer(
        question,
        "What the reports say",
        ("There is a later report.",),
        (ExportedStatement(text, quoted=True, reference=AT),),
        "2 May 2026",
        "b1",
    )


def test_markdown_has_a_footnote_for_each_sentence_and_escapes_signs():
    text = as_markdown("Title # one", [exported(), exported("[x](javascript:alert(1))")])
    assert "> “Leaders know \\*what\\* to do.”[^1]" in text
    assert (
        "[^1]: Inspection of Aldermere, 29 April to 1 May 2024, page 3 (printed page 2), paragraph 14. <http://h/reports/x/pages/3?quote=a_b>"
        in text
    )
    assert "\\[x\\](javascript" in text
    assert "[^2]: " in text
    assert "**What the reports say.** There is a later report." in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_that_looks_like_a_formula_starts_with_an_apostrophe(text):
    rows = list(csv.reader(io.StringIO(as_csv([exported(text, question=text)]).removeprefix("\ufeff"))))
    assert rows[1][0] == f"'{text}"
    assert rows[1][2] == f"'{text}"


def test_a_row_has_the_dates_and_the_printed_page():
    rows = list(csv.reader(io.StringIO(as_csv([exported()]).removeprefix("\ufeff"))))
    assert rows[1][3:8] == [
        "Inspection of Aldermere",
        "Aldermere",
        "29 April to 1 May 2024",
        "3 (printed page 2)",
        "14",
    ]


def test_a_question_without_an_answer_has_its_row_and_reason():
    unanswered = ExportedAnswer("Why?", "The reports do not say", ("No report mentions it.",), (), "2 May 2026", "b1")
    rows = list(csv.reader(io.StringIO(as_csv([unanswered]).removeprefix("\ufeff"))))
    assert rows[1] == ["Why?", "The reports do not say", *[""] * 7, "No report mentions it.", "2 May 2026", "b1"]
    assert len(rows[0]) == len(rows[1])
    assert "No report mentions it." in as_markdown("T", [unanswered])


def test_word_drops_characters_that_xml_cannot_contain():
    written = as_word("Title", [exported("a\x00b\x0bc & <d> \u00ad")])
    assert "“abc & <d> \u00ad”" in [p.text for p in docx.Document(io.BytesIO(written)).paragraphs]
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert packed.testzip() is None
        assert "footnotes.xml" in packed.read("[Content_Types].xml").decode()


def test_an_export_has_the_statements_of_the_answer(answerer):
    for question in ("How was Westmarsh rated overall in 2023?", "What do Westmarsh care leavers get to set up home?"):
        answer = answerer.answer(Question(question))
        export = export_answer(answer, "What the reports say", "today", "http://h/", str.title)
        assert len(export.statements) == len(answer.statements) > 0
        for exported, statement in zip(export.statements, answer.statements, strict=True):
            assert exported.quoted == (statement.judgement is None)
            assert not exported.quoted or exported.text == statement.text
            assert exported.reference.link.startswith("http://h/reports/")
            assert exported.reference.page.split()[0] == str(statement.quotes[0].page)
