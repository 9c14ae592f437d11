"""Questions about an index with other kinds of paper: on homes, schools and decisions, and undated reports."""

from __future__ import annotations

import json

import pytest

from corpus.types import Kind
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.storage.data_folder import DataFolder
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.export.references import dated
from qa_service.types import Question
from qa_service.wording import named_by_date

PAPERS = {
    "dudley-inspection.html": """<h1>Inspection of Dudley local authority children’s services</h1>
<p>Inspection dates: 8 to 19 May 2023</p>
<table><tr><th>Judgement</th><th>Grade</th></tr>
<tr><td>The impact of leaders on social work practice with children and families</td><td>Good</td></tr>
<tr><td>The experiences and progress of children who need help and protection</td><td>Good</td></tr>
<tr><td>The experiences and progress of children in care</td><td>Good</td></tr>
<tr><td>Overall effectiveness</td><td>Good</td></tr></table>
<p>Leaders in Dudley know their services well. Children in care see their social workers every four weeks.</p>""",
    "dudley-home.html": """<h1>Rowan Cottage</h1>
<p>Registered provider: Dudley Metropolitan Borough Council</p>
<h2>Information about this children’s home</h2>
<p>Inspection dates: 6 to 7 February 2024</p>
<table><tr><th>Judgement</th><th>Grade</th></tr>
<tr><td>Overall experiences and progress of children and young people</td><td>Inadequate</td></tr>
<tr><td>The effectiveness of leaders and managers</td><td>Inadequate</td></tr></table>
<p>Leaders in this Dudley home do not keep children safe. Children went missing 14 times.</p>""",
    "bolton-school.html": """<h1>Inspection of Millbrook Primary School</h1>
<p>12 High Lane, Bolton BL1 4QQ</p><p>Inspection dates: 7 and 8 November 2023</p>
<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Overall effectiveness</td><td>Inadequate</td></tr>
<tr><td>Leadership and management</td><td>Inadequate</td></tr></table>
<p>Pupils at this school in Bolton do not learn to read well. Bolton Council helps the school.</p>""",
    "leeds-decision.html": """<h1>Leeds City Council (22 001 234)</h1><p>Category : Children's care services</p>
<p>Decision : Upheld</p><p>Decision date : 12 May 2023</p><h2>The Ombudsman's final decision</h2>
<p>The Council took 31 weeks to answer a complaint about an assessment. It agreed to apologise.</p>""",
    "ravensmoor.md": """# Inspection of Ravensmoor local authority children’s services

## The experiences and progress of children in care

In Ravensmoor, 52 children in care live more than 20 miles from home, and each is visited every four weeks.
Leaders in Ravensmoor know their services well.
""",
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory, encoder, open_scorer):
    """An answerer that uses the papers above."""
    folder = tmp_path_factory.mktemp("papers")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    data = DataFolder.prepare(tmp_path_factory.mktemp("data"))
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    assert not builder.build(find_sources([folder])).manifest.failures
    return Answerer.open(data, encoder, remembered=0, open_scorer=open_scorer)


def everything_said(answer):
    """Return the whole answer as text: its sentences and all its JSON."""
    return json.dumps(answer_json(answer, 1.0), ensure_ascii=False, default=str)


def test_the_kinds_of_the_papers_are_known(papers):
    kinds = {report.file: (report.kind, report.authority) for report in papers.index.store.reports}
    assert kinds == {
        "dudley-inspection.html": (Kind.ILACS, "Dudley"),
        "dudley-home.html": (Kind("childrens-home"), "Dudley"),
        "bolton-school.html": (Kind("school"), None),
        "leeds-decision.html": (Kind("ombudsman-decision"), "Leeds"),
        "ravensmoor.md": (Kind.ILACS, "Ravensmoor"),
    }


@pytest.mark.parametrize(
    "question",
    [
        "Which authorities are inadequate?",
        "Which councils were rated inadequate?",
        "Which authorities are inadequate for leadership?",
        "How many authorities were judged inadequate?",
        "List the inadequate authorities in 2024",
    ],
)
def test_a_home_or_a_school_that_is_inadequate_is_no_inadequate_authority(papers, question):
    answer = papers.answer(Question(question))
    assert not [s for s in answer.statements if s.judgement and s.judgement.grade == "Inadequate"]
    assert (
        not any(word in answer.summary.sentence for word in ("Bolton", "Rowan", "Millbrook"))
        if answer.summary
        else True
    )
    assert "Dudley was rated Inadequate" not in everything_said(answer)
    assert answer.summary is None or not answer.summary.count
    assert papers.answer(Question("Which authorities are good?")).total == 1  # the list is not empty for other grades


@pytest.mark.parametrize(
    "question",
    ["Was Dudley rated inadequate?", "What grade did Dudley get overall?", "How was Dudley rated for leadership?"],
)
def test_the_grade_of_an_authority_comes_from_the_inspection_of_its_services(papers, question):
    answer = papers.answer(Question(question))
    found = [statement for statement in answer.statements if statement.judgement]
    cited = {answer.citations[number - 1].report.kind for statement in found for number in statement.citations}
    grades = {statement.judgement.grade for statement in found}
    assert grades == {"Good"}
    assert cited == {Kind.ILACS}


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest report on Ravensmoor?",
        "What did Ravensmoor’s report say in 2023?",
        "When was Ravensmoor last inspected?",
        "How many children in care in Ravensmoor live more than 20 miles from home?",
        "Which reports are from before 2020?",
        "Which is the oldest report?",
        "List all reports",
        "Compare Ravensmoor and Dudley on children in care",
        "Why was Ravensmoor rated inadequate?",
        "Summarise the Ravensmoor report",
        "What is the latest inspection in the reports?",
    ],
)
@pytest.mark.parametrize("before", [(), ("How far from home do children in care in Ravensmoor live?",)])
def test_nobody_reads_that_an_undated_report_is_from_the_first_of_january_of_year_1(papers, question, before):
    said = everything_said(papers.answer(Question(question, before)))
    assert "January 1" not in said.replace("January 19", "").replace("January 20", "")
    assert "0001-01-01" not in said
    assert "January 0001" not in said


def test_an_undated_report_has_null_dates_and_says_so(papers):
    (report,) = [report for report in papers.index.store.reports if report.file == "ravensmoor.md"]
    assert (report.inspected_from, report.inspected_to, report.published) == (None, None, None)
    assert (dated(report), named_by_date(report)) == ("no date found", "undated inspection")


def test_a_decision_is_named_by_the_day_on_which_it_was_made(papers):
    (report,) = [report for report in papers.index.store.reports if report.file == "leeds-decision.html"]
    assert named_by_date(report) == "ombudsman decision of 12 May 2023"
    assert dated(report) == "decided on 12 May 2023"
