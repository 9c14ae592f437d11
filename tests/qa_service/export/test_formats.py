from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest

from corpus.types import Reading
from qa_service.export.formats import ExportedAnswer, ExportedStatement, as_csv, as_markdown, as_word, export_answer
from qa_service.export.references import Reference
from qa_service.types import Question
from qa_service.wording import READINGS

AT = Reference(
    "Inspection of Aldermere",
    "Aldermere",
    "29 April to 1 May 2024",
    ("3 (printed page 2)",),
    "14",
    "http://h/reports/x/pages/3?quote=a_b",
)


def outcome(status, summary):
    """Return the outcome of a question in the words of an export."""
    return status.value if status else "not tried"


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


def test_every_format_says_which_words_were_not_confirmed():
    note = READINGS[Reading.NOT_CONFIRMED]
    export = exported()
    doubted = replace(export, statements=(replace(export.statements[0], note=note), *export.statements[1:]))
    texts = [as_markdown("T", [doubted]), as_csv([doubted]), "\n".join(word_texts(as_word("T", [doubted])))]
    for text in texts:
        assert note in text
    except_where = "Quotes are word for word, except where a note asks you to check them."
    assert [except_where in text for text in texts] == [True, False, True]
    assert note not in as_markdown("T", [export])
    assert "Quotes are word for word." in as_markdown("T", [export])


def word_texts(written):
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(written)).paragraphs]


def test_word_drops_characters_that_xml_cannot_contain():
    written = as_word("Title", [exported("a\x00b\x0bc & <d> \u00ad")])
    assert "“abc & <d> \u00ad”" in [p.text for p in docx.Document(io.BytesIO(written)).paragraphs]
    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert packed.testzip() is None
        assert "footnotes.xml" in packed.read("[Content_Types].xml").decode()


def test_an_export_has_the_statements_of_the_answer(answerer):
    for question in ("How was Westmarsh rated overall in 2023?", "What do Westmarsh care leavers get to set up home?"):
        answer = answerer.answer(Question(question))
        export = export_answer(answer, outcome, "today", "http://h/", str.title)
        assert len(export.statements) == len(answer.statements) > 0
        for exported, statement in zip(export.statements, answer.statements, strict=True):
            assert exported.quoted == (statement.judgement is None)
            assert not exported.quoted or exported.text == statement.text
            assert exported.reference.link.startswith("http://h/reports/")
            assert exported.reference.page.split()[0] == str(statement.quotes[0].page)


def test_a_row_of_a_list_says_what_it_is_about_and_facts_have_their_page(many_answerer):
    answer = many_answerer.answer(Question("How many reports do you hold?", items=500))
    export = export_answer(answer, outcome, "today", "http://h/", str.title)
    assert len(export.statements) == 25
    assert export.notes[0].startswith("We have 25 reports.")
    first = export.statements[0]
    assert (first.subject, first.text) == ("Yaxby, inspection", "Inspected: 24 to 28 September 2023")
    assert first.reference.page == "1"
    assert "- Yaxby, inspection. Inspected: 24 to 28 September 2023[^1]" in as_markdown("T", [export])


def test_a_date_from_the_file_s_name_has_no_page(many_answerer):
    answer = many_answerer.answer(Question("When was the 2023 inspection of Dunfold published?"))
    [statement] = export_answer(answer, outcome, "today", "http://h/", str.title).statements
    assert (statement.text, statement.reference.page) == ("Published: 20 October 2023", "")
    assert statement.reference.text.endswith(", 4 to 8 September 2023, from the file’s name")
    assert statement.reference.link == f"http://h/reports/{answer.statements[0].report_id}"


def test_words_that_were_not_applied_are_in_every_format(many_answerer):
    answer = many_answerer.answer(Question("Which authorities are rated good?", items=500))
    answer = replace(answer, not_applied=("in the north",))
    export = export_answer(answer, outcome, "today", "http://h/", str.title)
    note = "We could not apply these words in your question: “in the north”."
    assert note in as_markdown("T", [export])
    assert note in as_csv([export])
    assert any(note in p.text for p in docx.Document(io.BytesIO(as_word("T", [export]))).paragraphs)


def test_a_refusal_does_not_say_that_it_ignored_words(many_answerer):
    answer = many_answerer.answer(Question("Which authorities in the north are rated good?"))
    assert answer.not_applied
    export = export_answer(answer, outcome, "today", "http://h/", str.title)
    assert "could not apply" not in as_markdown("T", [export])


def test_each_of_several_questions_has_its_own_answer_in_every_format(many_answerer):
    message = (
        "Which authorities are rated good? Which are inadequate? When was Dunfold inspected? "
        "Who led the inspection of Yaxby?"
    )
    answer = many_answerer.answer(Question(message, items=500))
    export = export_answer(answer, outcome, "today", "http://h/", str.title)
    good, inadequate, inspected, *rest = export.parts
    assert (good.question, len(good.statements)) == ("Which authorities are rated good?", 24)
    assert good.statements[0].subject == "Ambleford, inspection, 1 to 5 September 2023"
    assert inadequate.outcome == "answered"
    assert all("Inadequate" not in statement.text for statement in inadequate.statements)
    assert inadequate.note.startswith("None of the 24 authorities")
    assert len(inspected.statements) == 1
    assert [part.outcome for part in rest] == ["not tried"] * len(rest)
    assert "### Which are inadequate?\n\n**answered.** None of the 24" in as_markdown("T", [export])
    rows = list(csv.reader(io.StringIO(as_csv([export]).removeprefix("\ufeff"))))[1:]
    assert [row[0] for row in rows] == [part.question for part in export.parts for _ in part.statements or (None,)]
    paragraphs = docx.Document(io.BytesIO(as_word("T", [export]))).paragraphs
    assert [p.text for p in paragraphs if p.style.name == "Heading 2"] == [part.question for part in export.parts]


def test_an_export_says_how_the_question_was_read(many_answerer):
    answer = many_answerer.answer(Question("How is supervison in Yaxby?"))
    assert "These are results for “supervision” instead of “supervison”." in export_notes(answer)
    answer = many_answerer.answer(Question("Which authorities were inspected in 2022/23?"))
    assert "It could also mean “1 April 2022 to 31 March 2023 (financial year)”." in export_notes(answer)
    answer = many_answerer.answer(Question("Which authorities were inspected last year?", today=date(2024, 5, 1)))
    assert "Times such as “last year” and “how long ago” are counted from 1 May 2024." in export_notes(answer)


def export_notes(answer):
    return " ".join(export_answer(answer, outcome, "today", "http://h/", str.title).notes)


def test_word_documents_are_on_a4_paper():
    page = docx.Document(io.BytesIO(as_word("T", [exported()]))).sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
