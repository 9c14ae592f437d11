"""Tests of briefings: each statement is proved from the files alone, and Word shows each with its footnote."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from lxml import etree

from index.search.search_index import SearchIndex
from qa_service.answer_json.answer import answer_json
from qa_service.answering.overviews.briefing import Briefing, brief
from qa_service.answering.overviews.briefing_word import as_word
from qa_service.answering.overviews.profile import profile_named
from qa_service.answering.pipeline import Answerer
from qa_service.samples import sample_folder
from qa_service.types import StatementKind
from qa_service.verification.citation_check import check
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def index(answerer: Answerer) -> SearchIndex:
    return answerer.index


@pytest.fixture(scope="module")
def briefing(index: SearchIndex) -> Briefing:
    return brief(index, profile_named(index, "Westmarsh"), date(2026, 11, 30))


def test_a_briefing_has_grades_items_and_quotes_by_theme(briefing: Briefing) -> None:
    headings = [section.heading for section in briefing.sections]
    assert headings[:2] == ["Grades", "What must improve"]
    assert {"Caseloads", "Supervision"} & set(headings)
    kinds = {section.heading: {line.statement.kind for line in section.lines} for section in briefing.sections}
    assert kinds["Grades"] == {StatementKind.FINDING}
    assert all(of == {StatementKind.QUOTE} for heading, of in kinds.items() if heading != "Grades")
    grades = [line for line in briefing.sections[0].lines if line.statement.text.startswith("Overall effectiveness")]
    assert [(line.lead, line.statement.text) for line in grades] == [
        ("September 2023", "Overall effectiveness: Good"),
        (grades[1].lead, "Overall effectiveness: Requires improvement to be good"),
    ]


def test_every_statement_has_its_date_and_its_own_source(briefing: Briefing) -> None:
    for line in (line for section in briefing.sections for line in section.lines):
        assert line.lead.rsplit(" ", 1)[1].isdigit()
        assert line.citation.number in line.statement.citations
        assert line.citation.report.authority == "Westmarsh"


def test_the_manifest_is_proved_from_the_files_alone(briefing: Briefing) -> None:
    saved = json.dumps(answer_json(briefing.answer, 0)).encode()
    files = SourceFiles.below([sample_folder()])
    items = list(check(read_answers(saved), files))
    assert len(items) >= len(briefing.answer.statements) >= 12
    assert all(item.proved for item in items)
    changed = json.loads(saved)
    changed["answer"][-1]["text"] = changed["answer"][-1]["text"].replace("e", "a", 1)
    assert not all(item.proved for item in check(read_answers(json.dumps(changed).encode()), files))


def test_word_has_a_footnote_for_each_statement(briefing: Briefing) -> None:
    data = as_word(briefing, "https://reports.example/")
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == "Briefing on Westmarsh"
    texts = [paragraph.text for paragraph in document.paragraphs]
    for section in briefing.sections:
        assert section.heading in texts
        for line in section.lines:
            assert any(text.startswith(f"{line.lead}: ") and line.statement.text in text for text in texts)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml")).findall(f"{_W}footnote")
    numbered = [note for note in notes if int(note.get(f"{_W}id")) > 0]
    assert len(numbered) == len(briefing.answer.statements)
    assert all("https://reports.example/reports/" in "".join(note.itertext()) for note in numbered)


def test_sections_and_answer_must_agree(briefing: Briefing) -> None:
    with pytest.raises(ValueError, match="exactly the statements"):
        replace(briefing, sections=briefing.sections[1:])


def test_an_authority_without_anything_to_prove_has_an_empty_briefing(index: SearchIndex) -> None:
    profile = profile_named(index, "Westmarsh")
    empty = replace(profile, histories=(), asked=(), themes=())
    made = brief(index, empty, date(2026, 11, 30))
    assert (made.sections, made.answer.statements, made.answer.citations) == ((), (), ())
