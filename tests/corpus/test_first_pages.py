from __future__ import annotations

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.types import BlockKind, Page
from tests.corpus.first_pages import FIRST_PAGES

SHA = "0123456789abcdef" * 4


def facts_of(page):
    """Return the facts of a first page as we read them, in the form in which the list gives them."""
    lines = page.text.splitlines()
    kinds = [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * (len(lines) - 1)]
    drafts = [
        Draft(kind, (Piece(line, 1),), level=int(kind is BlockKind.HEADING))
        for kind, line in zip(kinds, lines, strict=True)
    ]
    document = assemble(drafts, pages=(Page(1),), media_type=page.media_type, opening=page.text)
    return describe(document, file="paper.pdf", sha256=SHA)


@pytest.mark.parametrize("page", FIRST_PAGES, ids=[page.name for page in FIRST_PAGES])
def test_the_facts_of_a_first_page_are_those_that_a_person_reads(page):
    report = facts_of(page)
    inspected = (report.inspected_from, report.inspected_to) if report.inspected_from else None
    grades = tuple((judgement.area, judgement.grade) for judgement in report.judgements)
    assert (report.kind, report.authority, inspected, report.published, report.inspected_as, grades) == (
        page.kind,
        page.authority,
        page.inspected,
        page.published,
        page.inspected_as,
        page.grades,
    )


def test_the_first_pages_are_of_many_kinds():
    assert len({page.kind for page in FIRST_PAGES}) > 15
