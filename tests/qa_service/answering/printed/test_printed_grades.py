"""Tests of finding the passage that contains a grade."""

from __future__ import annotations

from index.storage.manifest import STORE
from index.storage.store import Store
from qa_service.answering.printed.printed_grades import all_printed_grades, prints, proved


def test_the_passage_of_a_grade_is_the_first_that_contains_it_also_when_it_is_looked_up_again(sample_index):
    store = Store(sample_index.current() / STORE)
    grades = [grade for report in store.reports for grade in all_printed_grades(report, store)]
    assert len(grades) >= 10
    for grade in grades:
        first = next(p for p in store.passages_of(grade.report.id) if prints(p, grade.judgement))
        assert grade.passage.row == first.row
    assert proved(((grade.report, grade.judgement) for grade in grades), store) == grades


def test_views_of_a_store_look_up_their_own_passages(sample_index):
    store = Store(sample_index.current() / STORE)
    report = next(report for report in store.reports if report.judgements)
    judgements = [(report, report.judgements[0])]
    assert proved(judgements, store)
    assert proved(judgements, store.without(frozenset({report.id}))) == []
