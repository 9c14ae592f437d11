from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.drafts import Draft, Piece, assemble
from corpus.facts.metadata import describe
from corpus.facts.warnings import second_reading_warnings, warnings_of
from corpus.names.authorities import known_authorities
from corpus.types import BlockKind, Form, Grading, Judgement, Kind, Page, Report, SecondReading

SHA = "ab" * 32
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
TABLE, FOOTNOTE = BlockKind.TABLE, BlockKind.FOOTNOTE
SOUND = Report(
    id=SHA[:16],
    file="sound.pdf",
    title="Sound",
    form=Form.REPORT,
    media_type="application/pdf",
    page_count=2,
    sha256=SHA,
    authority=known_authorities()[0].name,
    kind=Kind.ILACS,
    inspected_from=date(2023, 5, 1),
    inspected_to=date(2023, 5, 12),
    published=date(2023, 6, 1),
    published_source="text",
    judgements=(Judgement("Leaders", "Good", 1),),
    grading=Grading.GRADED,
)
UNDATED = {"published": None, "published_source": None}


def document(*blocks, pages=2, **options):
    """Return a document of blocks. Each block is given as (kind, text, label = None)."""
    drafts = [
        Draft(kind, (Piece(text, 1),), level=int(kind is HEADING), label=label[0] if label else None)
        for kind, text, *label in blocks or ((HEADING, "Findings"), (PARAGRAPH, "Children are safe."))
    ]
    numbered = tuple(Page(number) for number in range(1, pages + 1))
    return assemble(drafts, pages=numbered, media_type="application/pdf", opening="", **options)


def warned(**facts):
    return warnings_of(document(), replace(SOUND, **facts))


def broken(*blocks):
    return [w for w in warnings_of(document((HEADING, "Findings"), *blocks), SOUND) if "broken" in w]


def numbers(*labels):
    blocks = [(PARAGRAPH, f"{label}. Children are safe.", label) for label in labels]
    return warnings_of(document((HEADING, "Findings"), *blocks), SOUND)


def test_a_report_with_all_its_facts_has_no_warnings():
    assert warned() == ()


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"authority": None}, "No authority was recognised"),
        ({"authority": "Westmarsh"}, "“Westmarsh” is not in the list of authorities"),
        ({"kind": None}, "The type of inspection was not recognised"),
        ({"form": Form.LETTER, "kind": None}, "The type of inspection was not recognised"),
        ({"inspected_from": None, "inspected_to": None}, "The dates of the inspection were not found"),
        (UNDATED, "No date of publication is in the text"),
        (
            {"published": date(2023, 5, 11)},
            "publication, 11 May 2023, is before the inspection's last day, 12 May 2023",
        ),
        ({"judgements": (), "grading": Grading.NOT_PRINTED}, "No grades were found"),
        (
            {"missing_areas": ("Adoption", "Leadership")},
            "grade “Adoption”, “Leadership”, but the grades could not be read",
        ),
        (
            {"judgements": (), "grading": Grading.NOT_PRINTED, "missing_areas": ("Adoption",)},
            "Inspections of this type grade “Adoption”",
        ),
        ({"judgements": (), "grading": Grading.UNREADABLE}, "a table of grades that could not be read"),
        ({"form": Form.LETTER, "judgements": (), "grading": Grading.UNREADABLE}, "could not be read"),
    ],
)
def test_a_missing_or_contradictory_fact_gives_one_warning(facts, words):
    [warning] = warned(**facts)
    assert words in warning


@pytest.mark.parametrize(
    "facts",
    [
        {"form": Form.ARTICLE, "kind": None, "inspected_from": None, "inspected_to": None},
        {"form": Form.THEMATIC, "kind": None, "authority": None, "inspected_from": None, "inspected_to": None},
        {"form": Form.ARTICLE, "judgements": (), "grading": Grading.NOT_PRINTED},
        {"form": Form.LETTER, "judgements": (), "grading": Grading.NOT_PRINTED},
        {"form": Form.LETTER, "judgements": (), "grading": Grading.NOT_JUDGED},
        {"published": date(2023, 5, 12)},
    ],
)
def test_facts_that_a_form_never_has_give_no_warning(facts):
    assert warned(**facts) == ()


def test_a_list_of_improvements_that_was_not_read_gives_a_warning():
    read = document((HEADING, "Inspection of Orle"), (PARAGRAPH, "It is good."), (HEADING, "Recommendations"))
    assert warnings_of(read, SOUND) == ()
    [warning] = warnings_of(read, replace(SOUND, unread_lists=("Recommendations",)))
    assert "The list “Recommendations” on page 1 could not be read as a whole: none of the items were found." in warning


def test_an_article_without_an_authority_gives_a_warning():
    assert len(warned(form=Form.ARTICLE, authority=None)) == 1


def test_warnings_of_the_file_come_first_and_then_those_of_facts_and_text():
    read = document((PARAGRAPH, "Children are"), (PARAGRAPH, "safe."), warnings=("Page 2 has no text.",))
    nothing = {"authority": None, "kind": None, "inspected_from": None, "inspected_to": None, **UNDATED}
    report = replace(SOUND, **nothing, judgements=(), grading=Grading.UNREADABLE)
    order = ["Page 2", "authority", "type", "dates of", "publication", "grades", "headings", "broken"]
    warnings = warnings_of(read, report)
    assert len(warnings) == len(order)
    assert all(words in warning for words, warning in zip(order, warnings, strict=True)), warnings


def test_several_pages_without_a_heading_give_a_warning_and_one_page_does_not():
    plain = [(PARAGRAPH, "Children are safe.")]
    assert "No headings" in warnings_of(document(*plain, pages=2), SOUND)[0]
    assert warnings_of(document(*plain, pages=1), SOUND) == ()


def test_paragraphs_that_may_be_broken_in_two_are_counted():
    blocks = [
        (PARAGRAPH, "Children are"),
        (PARAGRAPH, "safe in their"),
        (PARAGRAPH, "homes."),
        (PARAGRAPH, "All is well."),
    ]
    assert broken(*blocks) == ["2 paragraphs may be broken in two. Compare the report's text with the file."]


@pytest.mark.parametrize(
    "end", ["safe.", "safe:", "safe;", "safe!", "safe?", "safe…", "(safe)", "safe.”", "safe.’)", "safe.12", "safe.”3"]
)
def test_a_lower_case_paragraph_after_a_finished_one_is_not_broken(end):
    assert broken((PARAGRAPH, f"Children are {end}"), (PARAGRAPH, "iPads help them.")) == []


@pytest.mark.parametrize("end", ["safe", "safe,", "safe –", "the 12", "safe and"])
def test_a_lower_case_paragraph_after_an_unfinished_one_may_be_broken(end):
    assert len(broken((PARAGRAPH, f"Children are {end}"), (PARAGRAPH, "well cared for."))) == 1


def test_only_paragraphs_can_be_broken_and_a_footnote_between_them_does_not_count():
    assert broken((PARAGRAPH, "Children are"), (ITEM, "safe"), (TABLE, "well"), (FOOTNOTE, "as of May")) == []
    blocks = (PARAGRAPH, "Children are"), (FOOTNOTE, "As of May 2024."), (PARAGRAPH, "safe at home.")
    assert len(broken(*blocks)) == 1


@pytest.mark.parametrize(
    ("labels", "jumps"),
    [
        (["1", "3"], "1 to 3"),
        (["1", "2", "5", "6", "8"], "2 to 5, from 6 to 8"),
        (["1", "3", "5", "7", "9"], "1 to 3, from 3 to 5, from 5 to 7"),
    ],
)
def test_at_most_three_jumps_of_numbers_are_named(labels, jumps):
    assert numbers(*labels) == (f"Paragraph numbers jump from {jumps}. Check that no text is missing.",)


@pytest.mark.parametrize(
    "labels", [["1", "2", "3"], ["4", "5"], ["9", "10", "1", "2"], ["2", "2"], ["A", "C"], ["1"], []]
)
def test_consecutive_numbers_and_a_new_count_are_not_jumps(labels):
    assert numbers(*labels) == ()


def test_paragraphs_without_a_number_between_numbered_ones_are_not_a_jump():
    blocks = (PARAGRAPH, "1. One.", "1"), (PARAGRAPH, "Between."), (PARAGRAPH, "2. Two.", "2")
    assert warnings_of(document((HEADING, "Findings"), *blocks), SOUND) == ()


def test_the_samples_have_warnings_about_invented_names_and_not_about_broken_text(sample_documents, sample_paths):
    for name, read in sample_documents.items():
        report = describe(read, file=sample_paths[name].name, sha256=SHA)
        warnings = warnings_of(read, report)
        unlisted = [warning for warning in warnings if "is not in the list of authorities" in warning]
        assert [w for w in warnings if w not in unlisted and "grades" not in w] == [], name
        assert [f"“{report.authority}”" in warning for warning in unlisted] == ([True] if report.authority else []), (
            name
        )


def test_pages_that_a_second_program_reads_alike_or_without_harm_need_no_warning():
    assert second_reading_warnings(()) == ()
    assert second_reading_warnings((SecondReading(same=True), SecondReading(same=False, text="a"))) == ()


def test_pages_that_a_second_program_reads_differently_are_named():
    readings = (
        SecondReading(same=True),
        SecondReading(same=False, text="a", contradicted=1, unconfirmed=2),
        SecondReading(same=False, problem="it failed", unconfirmed=3),
        SecondReading(same=False, text="a", problem="the page says so", unconfirmed=1),
        SecondReading(same=False, problem="it failed"),
    )
    assert second_reading_warnings(readings) == (
        (
            "A second program reads different words in 1 sentence on page 2. Answers do not quote it. "
            "Compare the text with the file."
        ),
        "A second program did not find 2 sentences on page 2. Answers that quote them say so.",
        "A second program did not find 1 sentence on page 4 (the page says so). Answers that quote it say so.",
        "A second program could not read pages 3, 5: it failed. Answers that quote from there say so.",
    )
    assert second_reading_warnings(readings[1:2])[0].startswith(
        "A second program reads different words in 1 sentence in this"
    )
