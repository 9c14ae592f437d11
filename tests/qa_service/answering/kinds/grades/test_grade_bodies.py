"""Tests of grades for the body in the question: an authority, its area's SEND partnership or its safeguarding board."""

from __future__ import annotations

import pytest

from corpus.types import Kind
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.storage.data_folder import DataFolder
from index.storage.store import Store
from qa_service.answering.kinds.grades.grade import grades_of_part
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY

INSPECTION = """<html lang="en"><title>Inspection of Westmarsh children’s services</title><body><main><article>
<h1>Inspection of Westmarsh children’s services</h1><p>Inspection dates: 4 to 8 March 2024. Inspectors were in Westmarsh.</p>
<table><tr><td>Overall effectiveness</td><td>Good</td></tr><tr><td>The impact of leaders</td><td>Outstanding</td></tr></table>
<p>Children in Westmarsh are safe, and inspectors said that they are well cared for.</p></article></main></body></html>"""
PARTNERSHIP = """Area SEND inspection of {0} Local Area Partnership\n\nInspection dates: 3 to 7 February 2025\n
Inspection outcome\n\nServices in {0} lead to inconsistent experiences and outcomes for children and young people.\n"""
BOARD = """{0} Council: Review of the effectiveness of the Local Safeguarding Children Board\n
Inspection dates: 2 to 6 June 2025\n\nThe effectiveness of the Local Safeguarding Children Board is inadequate.\n"""


@pytest.fixture(scope="module")
def kinds_graded(tmp_path_factory, encoder, known):
    """Return a function that finds the kinds of report that answer a question.

    The reports on the other bodies are later than the inspection of Westmarsh and earlier than that of Northwold.
    """
    folder, data = tmp_path_factory.mktemp("reports"), DataFolder.prepare(tmp_path_factory.mktemp("data"))
    (folder / "inspection.html").write_text(INSPECTION, encoding="utf-8")
    later = INSPECTION.replace("Westmarsh", "Northwold").replace("2024", "2026")
    (folder / "later.html").write_text(later, encoding="utf-8")
    for name in ("Westmarsh", "Pellbrook", "Northwold"):
        (folder / f"{name}-send.txt").write_text(PARTNERSHIP.format(name), encoding="utf-8")
        (folder / f"{name}-board.txt").write_text(BOARD.format(name), encoding="utf-8")
    builder = Builder(data, encoder, default_folder(), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([folder]))
    store = Store(data.current() / "store.sqlite")
    assert all(report.judgements and report.authority in known for report in store.reports)

    def found(text):
        question = interpret(text, known, TODAY)
        given = [grade for part in question.parts for grade in grades_of_part(question, part, store.reports, store)]
        return {grade.report.kind for grade in given}

    return found


@pytest.mark.parametrize("asked", ["How was {} rated?", "What were all the grades of {}?", "Is {} still good?", "How was {} rated at its latest inspection?", "the judgements on {} of the full inspection"])  # fmt: skip
def test_a_partnership_or_board_never_answers_for_the_authority(kinds_graded, asked):
    assert kinds_graded(asked.format("Westmarsh")) == {Kind.ILACS}
    assert kinds_graded(asked.format("Northwold")) == {Kind.ILACS}
    assert kinds_graded(asked.format("Pellbrook")) == set()


ALL = ("Westmarsh", "Pellbrook", "Northwold")
"""Three authorities. The reports on the other bodies are the latest for the first authority, and the only ones for the
second. For the third authority, they are earlier than the full inspection."""


@pytest.mark.parametrize("authority", ALL)
@pytest.mark.parametrize(
    "asked",
    ["How was SEND in {} judged?", "What grade did the area SEND inspection give {}?", "How was SEND in {} rated in the latest report?"],
)  # fmt: skip
def test_a_question_that_names_send_is_answered_with_the_area_send_outcome(kinds_graded, asked, authority):
    assert kinds_graded(asked.format(authority)) == {Kind.AREA_SEND}


@pytest.mark.parametrize("authority", ALL)
@pytest.mark.parametrize("board", ["safeguarding board", "LSCB", "Local Safeguarding Children Board"])
def test_a_question_that_names_the_board_gets_its_grade_even_if_a_later_report_has_none(kinds_graded, board, authority):
    assert kinds_graded(f"How was the {board} of {authority} rated?") == {Kind.LSCB_REVIEW}


@pytest.mark.parametrize(("body", "kind"), [("SEND", Kind.AREA_SEND), ("the safeguarding board", Kind.LSCB_REVIEW)])
def test_a_full_inspection_of_the_same_year_does_not_grade_another_body(kinds_graded, body, kind):
    assert kinds_graded(f"How was {body} in Northwold rated in 2025?") == {kind}
    assert kinds_graded(f"How was {body} in Northwold rated in 2026?") == set()
    assert kinds_graded("How was Northwold rated in 2026?") == {Kind.ILACS}
