from __future__ import annotations

from datetime import date

import pytest

from corpus.types import Form, Judgement, Kind
from web.pages.examples import example_questions

GRADES = (Judgement("Overall effectiveness", "Good", 1),)


def test_examples_of_the_samples_are_about_what_is_indexed(answerer):
    reports = answerer.index.store.reports
    questions = example_questions(reports)
    assert len(questions) == len(set(questions)) == 4
    assert all(
        any(report.authority in question for report in reports if report.authority) for question in questions[:3]
    )


def test_every_example_of_the_samples_is_answered(answerer, ask):
    assert [q for q in example_questions(answerer.index.store.reports) if not ask(q).answered] == []


def test_an_empty_index_has_no_examples():
    assert example_questions([]) == ()


def test_reports_on_no_authority_make_no_examples(make_report):
    assert example_questions([make_report("many", form=Form.THEMATIC)]) == ()


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({}, 1),
        ({"kind": Kind.ILACS, "judgements": GRADES}, 3),
        ({"form": Form.LETTER}, 2),
        ({"kind": Kind.ILACS}, 1),
    ],
)
def test_examples_are_made_only_of_what_there_is(make_report, facts, count):
    questions = example_questions([make_report(authority="Westmarsh", **facts)])
    assert len(questions) == count


def test_the_latest_report_is_taken(make_report):
    old = make_report("old", authority="Westmarsh", kind=Kind.ILACS, judgements=GRADES, inspected_to=date(2019, 1, 1))
    new = make_report("new", authority="Aldermere", kind=Kind.ILACS, judgements=GRADES, inspected_to=date(2023, 1, 1))
    for reports in ([old, new], [new, old]):
        assert "Aldermere" in example_questions(reports)[0]
