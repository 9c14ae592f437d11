from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from corpus.chunking import chunk
from corpus.quotes.originals import Originals
from corpus.reading import read
from corpus.types import Reading, SecondReading
from corpus.witness.confirmation import reading_of
from corpus.witness.second_reading import (
    Witness,
    open_witness,
    read_page,
    second_reading,
    second_readings,
    sentence_readings,
)
from tests.corpus.word_files import paragraph, word_file

PDF = "application/pdf"
PAGE = [(72, 100, "Children are seen alone."), (72, 120, "Plans are written with them.")]


def sentences(path, token_count, readings=None):
    """Return each sentence of a file, with the result of the second program."""
    document = read(path)
    passages = chunk(document, report_id="0" * 16, title="A title", count=token_count, max_tokens=256)
    readings = readings or second_readings(path, document.media_type, len(document.pages))
    with Originals() as originals:
        return [
            (words, reading)
            for passage in passages
            for words, _, reading in sentence_readings(
                passage, path, document.media_type, dict(enumerate(readings, 1)), originals
            )
        ]


@pytest.mark.thorough
def test_each_sentence_of_the_samples_is_confirmed(sample_paths, count):
    for path in sample_paths.values():
        found = sentences(path, count)
        assert len(found) > 5
        assert [words for words, reading in found if reading is not Reading.CONFIRMED] == []


def test_a_page_that_both_programs_read_alike_needs_no_text(make_pdf):
    assert second_readings(make_pdf(PAGE, PAGE), PDF, 2) == (SecondReading(same=True),) * 2


def test_words_that_are_printed_twice_for_bold_do_not_matter(make_pdf):
    twice = [(72.3, *PAGE[0][1:]), *PAGE]
    assert read_page(
        open_witness(make_pdf(twice), PDF), 1, "Children are seen alone.\nPlans are written with them."
    ).same


def test_a_page_that_differs_keeps_the_second_text_and_its_sentences_are_compared(make_pdf, count):
    path = make_pdf(PAGE)
    reading = read_page(open_witness(path, PDF), 1, "Children are not seen alone.\r\nPlans are written with them.")
    assert (reading.same, reading.problem) == (False, "")
    assert reading.text.split() == ["Children", "are", "seen", "alone.", "Plans", "are", "written", "with", "them."]
    other = replace(reading, text="Children are rarely seen alone.\nPlans are written with them.")
    found = dict(sentences(path, count, [other]))
    assert found["Children are seen alone."] is Reading.CONTRADICTED
    assert found["Plans are written with them."] is Reading.CONFIRMED


def test_an_error_of_the_second_program_leaves_a_page_unconfirmed():
    def fails(number):
        raise RecursionError("too\n deep")

    assert read_page(Witness(fails), 1, "Words.") == SecondReading(
        same=False, problem="it failed (RecursionError: too deep)"
    )


def test_a_page_that_may_rightly_differ_has_a_caution(tmp_path, make_pdf):
    witness = Witness(lambda number: "Other words.", lambda number: "the page says so")
    assert read_page(witness, 1, "Words.") == SecondReading(same=False, text="Other words.", problem="the page says so")


def test_pages_that_are_left_when_the_time_is_up_are_not_read(make_pdf):
    ticks = count()
    readings = second_readings(make_pdf(PAGE, PAGE, PAGE), PDF, 3, seconds=1.5, clock=lambda: float(next(ticks)))
    assert [reading.same for reading in readings] == [True, False, False]
    assert {reading.problem for reading in readings[1:]} == {"it took too long"}


def test_the_sentences_that_are_not_confirmed_are_counted(write, count):
    path = write("# Visit to Aldermere\n\nChildren are ***seen***\\_*alone*. Plans are {written} with them.\n", "a.md")
    document = read(path)
    passages = chunk(document, report_id="0" * 16, title="A title", count=count, max_tokens=256)
    [reading] = second_readings(path, document.media_type, 1, passages)
    found = [outcome for _, outcome in sentences(path, count)]
    assert reading.unconfirmed == found.count(Reading.NOT_CONFIRMED)
    assert reading.contradicted == found.count(Reading.CONTRADICTED)
    unread = second_readings(path, document.media_type, 1, passages, seconds=-1)
    assert [(one.unconfirmed, one.problem) for one in unread] == [(len(found), "it took too long")]


def test_the_value_of_a_form_s_field_is_read_where_it_stands(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "form.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Children in care:")
    canvas.acroForm.textfield(name="n", x=72, y=665, width=200, height=20, value="412 children")
    canvas.drawString(72, 640, "Leaders meet them.")
    canvas.save()
    text = open_witness(path, PDF).text(1)
    assert [line for line in text.splitlines() if line.strip()] == [
        "Children in care:", "412 children", "Leaders meet them.",
    ]  # fmt: skip


def test_hidden_and_deleted_parts_of_a_web_page_are_left_out(write):
    path = write(
        "<html><head><title>T</title></head><body><h1>Visit</h1><p hidden>Not shown.</p>"
        "<p>Leaders <del>do</del> <ins>do not</ins> act.<!-- a note --></p><dl><dt>In care</dt><dd>388</dd></dl>"
        "<ul><li>One<ul><li>Two</li></ul></li></ul><ol start=4 type=a><li>Three<li>Four</ol><p>Café</p></body></html>",
        "a.html",
    )
    lines = [line.strip() for line in open_witness(path, "text/html").text(1).splitlines() if line.strip()]
    assert lines == ["Visit", "Leaders do not act.", "In care", "388", "• One", "• Two", "d. Three", "e. Four", "Café"]


@pytest.mark.parametrize(
    ("data", "text"), [("£5".encode("utf-16"), "£5"), (b"\xa35 \x96 6", "£5 – 6"), ("£5".encode(), "£5")]
)
def test_text_is_read_in_any_usual_encoding(write, data, text):
    assert open_witness(write(data), "text/plain").text(1) == text


def test_the_signs_of_markdown_are_left_out(write):
    path = write(
        "# Visit to *Aldermere*\n\n- Leaders **do\\* not** act.[^1]\n\n> See [the report](https://a.org/x_y) &amp; `plan_b`.\n"
        "<!-- hidden -->\n| Area | Grade |\n",
        "a.md",
    )
    printed = open_witness(path, "text/markdown").text(1).split("\n")
    assert printed[0] == "Visit to Aldermere"
    assert printed[2].startswith("Leaders do* not act.")
    assert printed[4] == "See the report & plan_b."
    assert "hidden" not in "".join(printed)
    assert printed[6].split() == ["Area", "Grade"]


@pytest.mark.parametrize(
    "inner",
    [
        "<p>Visits took 31 weeks<sup><a href='#n'>1</a></sup> in 2024 in 5 areas<sup>3</sup>only, or 9 m<sup>2</sup>.</p>",
        "<p>Support for:</p><ul><li>homes<ul><li>jobs</li></ul></li><li>visits</li></ul><p>End.</p>",
        "<ol start=9 reversed><li>homes<ol type=i><li>jobs<li>visits</ol><li value=4>plans</ol><p>End.</p>",
        "<ol style='list-style: none'><li>homes</ol><ul style='list-style-type: lower-latin'><li>jobs</ul><p>End.</p>",
        "<div style='visibility:hidden'>Old one. <p style='visibility:visible'>Staffing is steady.</p>Older.</div>",
        "<p>Leaders are <span style='DISPLAY:NONE !important'>not </span>open.</p>",
        "<table><tfoot><tr><td>Source<td>Letters<tbody><tr><td>Help<td>Good</table><p>End.</p>",
        "<p>‘Yes,’ one said, and <q>no <q>never</q></q>.</p><p><q>We are <b>safe</b></q></p>",
    ],
)
def test_both_readings_of_a_web_page_are_the_same(write, inner):
    path = write(f"<html><body><h1>Visit to Thornby</h1>{inner}<p>Leaders act.</p></body></html>", "a.html")
    assert second_readings(path, "text/html", 1) == (SecondReading(same=True),)


def test_both_readings_of_markdown_are_the_same(write):
    path = write(
        "# Visit\n\nWaits are ~~short~~ long<sup>[1](#n)</sup>, in 5 **areas**<sup>3</sup> of 9 m<sup>2</sup>.<sup>"
        "<a href='#n'>4</a></sup> <!-- check\nthis --> They said <q>no</q>.\n",
        "a.md",
    )
    assert second_readings(path, "text/markdown", 1) == (SecondReading(same=True),)


def test_the_boxes_of_a_list_of_tasks_are_the_same_in_both_readings(write):
    path = write("# Visit\n\n- [x] Files were read.\n- [ ] Parents were met.\n\n1. [X] See [Plans](#p).\n", "a.md")
    assert second_readings(path, "text/markdown", 1) == (SecondReading(same=True),)


def test_a_quote_of_several_items_of_a_web_page_is_confirmed(write):
    path = write(
        "<html><body><p hidden>x</p><p>Support for:</p><ul><li>homes</li><li>jobs<ul><li>visits</li></ul></li></ul>"
        "</body></html>",
        "a.html",
    )
    reading = SecondReading(same=False, text=open_witness(path, "text/html").text(1))
    assert reading_of("Support for: • homes • jobs • visits", "Support for:\n\n• homes\n• jobs\n• visits", reading) is (
        Reading.CONFIRMED
    )


def test_the_word_document_that_was_made_from_a_file_is_read_again_instead_of_the_file(tmp_path):
    made = word_file(paragraph("<w:r><w:t>Children are seen alone.</w:t></w:r>"))
    old = tmp_path / "old.doc"
    old.write_bytes(b"no Word document")
    assert second_readings(old, "application/msword", 1, converted=made) == (SecondReading(same=True),)
    assert second_reading(old, "application/msword", 1, converted=made) == SecondReading(same=True)
    [alone] = second_readings(old, "application/msword", 1)
    assert "BadZipFile" in alone.problem
