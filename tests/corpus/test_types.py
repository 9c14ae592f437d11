from __future__ import annotations

from datetime import date

import pytest

from corpus.types import Block, BlockKind, Box, Document, Form, Judgement, Line, Page, Passage, Report

SHA = "0123456789abcdef" * 4


def passage(**changes):
    facts = {
        "report_id": SHA[:16],
        "ordinal": 0,
        "text": "Children are safe.",
        "start": 10,
        "end": 28,
        "section": (),
        "label": None,
        "pages": (1,),
        "boxes": (),
        "sentences": ((0, 18),),
    }
    return Passage(**{**facts, **changes})


def report(**changes):
    facts = {
        "id": SHA[:16],
        "file": "a.pdf",
        "title": "A",
        "form": Form.REPORT,
        "media_type": "application/pdf",
        "page_count": 1,
        "sha256": SHA,
    }
    return Report(**{**facts, **changes})


@pytest.mark.parametrize(
    "edges", [(0, 0, 0, 1, 1), (1, 0.5, 0, 0.4, 1), (1, 0, 0.5, 1, 0.4), (1, -0.1, 0, 1, 1), (1, 0, 0, 1.1, 1)]
)
def test_a_box_lies_within_its_page(edges):
    with pytest.raises(ValueError, match=r"page"):
        Box(*edges)


def test_a_line_and_a_block_have_text():
    with pytest.raises(ValueError, match="has text"):
        Line(3, 3, 1)
    with pytest.raises(ValueError, match="has text"):
        Block(BlockKind.PARAGRAPH, 5, 4)


@pytest.mark.parametrize(("kind", "level"), [(BlockKind.HEADING, 0), (BlockKind.PARAGRAPH, 1)])
def test_only_a_heading_has_a_level(kind, level):
    with pytest.raises(ValueError, match="level"):
        Block(kind, 0, 1, level=level)


def test_a_judgement_names_its_area_and_grade():
    with pytest.raises(ValueError, match="area"):
        Judgement("", "Good", 1)
    with pytest.raises(ValueError, match="grade"):
        Judgement("Overall effectiveness", "", 1)


@pytest.mark.parametrize("spans", [((0, 3), (2, 5)), ((4, 5), (0, 3)), ((0, 6),)])
def test_blocks_and_lines_are_in_order_separate_and_within_the_text(spans):
    blocks = tuple(Block(BlockKind.PARAGRAPH, *span) for span in spans)
    lines = tuple(Line(start, end, page=1) for start, end in spans)
    for parts in ({"blocks": blocks, "lines": ()}, {"blocks": (), "lines": lines}):
        with pytest.raises(ValueError, match=r"overlap|beyond"):
            Document("01234", (Page(1),), media_type="text/plain", opening="", **parts)


def test_the_lines_in_a_span_are_those_that_contain_a_character_of_it():
    lines = (Line(0, 3, 1), Line(4, 6, 1), Line(7, 9, 2))
    document = Document("012 45 78", (Page(1), Page(2)), lines, (), "text/plain", "")
    assert document.lines_in(2, 5) == lines[:2]
    assert document.lines_in(3, 4) == ()
    assert document.lines_in(6, 9) == lines[2:]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "f" * 16},
        {"id": SHA[:15]},
        {"published": date(2023, 1, 1)},
        {"published_source": "text"},
        {"inspected_from": date(2023, 1, 2), "inspected_to": date(2023, 1, 1)},
    ],
)
def test_the_id_and_dates_of_a_report_agree(changes):
    assert report().id == SHA[:16]
    with pytest.raises(ValueError, match=r"id|publication|inspected"):
        report(**changes)


@pytest.mark.parametrize("changes", [{"end": 29}, {"pages": ()}, {"sentences": ((0, 19),)}, {"sentences": ((3, 3),)}])
def test_the_text_span_pages_and_sentences_of_a_passage_agree(changes):
    with pytest.raises(ValueError, match=r"span|page|sentence"):
        passage(**changes)


def test_the_id_of_a_passage_gives_its_report_place_and_words():
    assert passage().id == passage(ordinal=7, section=("A",)).id
    others = [passage(start=11, end=29), passage(report_id="f" * 16), passage(text="Children are Safe.")]
    assert len({passage().id, *(other.id for other in others)}) == 4
