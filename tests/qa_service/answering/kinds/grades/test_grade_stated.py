"""Tests of where a report states its overall grade, which is in a table row or in a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.types import Judgement, Report
from index.types import IndexedPassage, ScoredPassage
from qa_service.answering.printed.printed_grades import prints

OVERALL = Judgement("Overall effectiveness", "requires improvement", 1)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("The overall judgement is requires improvement", True),
        ("The overall judgement is that children’s services require improvement", False),
        ("Children’s services in Westmarsh requires improvement", True),
        ("Judgement Grade Overall effectiveness Requires improvement", True),
        ("The overall judgement is inadequate. Adoption requires improvement", False),
        ("Overall, practice requires improvement", False),
    ],
)
def test_an_overall_grade_is_printed_in_a_table_or_in_a_sentence(
    make_report: Callable[..., Report], make_scored: Callable[..., ScoredPassage], text: str, holds: bool
) -> None:
    scored = make_scored(make_report(), [(text, 0.5)])
    assert prints(IndexedPassage(0, scored.passage, scored.report), OVERALL) is holds
