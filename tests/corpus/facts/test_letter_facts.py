from __future__ import annotations

from datetime import date

import pytest

from corpus.types import Form
from tests.corpus.facts.printed import described, letter


@pytest.mark.parametrize(
    ("visit", "first", "last"),
    [
        ("focused visit to Leeds on 14 and 15 May 2024", date(2024, 5, 14), date(2024, 5, 15)),
        ("focused visit to Leeds children’s services on 14 and 15 May", date(2024, 5, 14), date(2024, 5, 15)),
        ("monitoring visit to Leeds between 30 April and 1 May", date(2024, 4, 30), date(2024, 5, 1)),
        ("visit from 11 to 12 December", date(2023, 12, 11), date(2023, 12, 12)),
        ("visit on 7 February 2024", date(2024, 2, 7), date(2024, 2, 7)),
    ],
)
def test_the_date_of_a_letter_gives_the_year_of_its_visit(visit, first, last):
    report = letter(visit)
    assert (report.form, report.inspected_from, report.inspected_to) == (Form.LETTER, first, last)


def test_the_date_of_a_letter_is_its_publication():
    report = letter("focused visit to Leeds on 14 and 15 May 2024")
    assert (report.published, report.published_source) == (date(2024, 6, 18), "text")


def test_the_date_of_a_letter_may_come_after_its_text_in_the_file():
    opening = "Dear Ms Reed\nFocused visit to Leeds children’s services\nThe visit on 14 and 15 May was the first.\n18 June 2024"
    report = described(opening)
    assert (report.published, report.inspected_to) == (date(2024, 6, 18), date(2024, 5, 15))


def test_a_letter_without_any_date_is_undated():
    report = letter("focused visit to Leeds on 14 and 15 May", written="Ofsted")
    assert (report.inspected_from, report.inspected_to, report.published) == (None, None, None)


def test_a_letter_dated_before_its_visit_has_no_such_publication():
    assert letter("focused visit to Leeds on 14 and 15 May 2024", written="18 June 2023").published is None


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Our ref: CS/14/0932 Date: 3rd June 2024 Reply by: 24th June 2024", date(2024, 6, 3)),
        ("Contact: A Reed, 01632 960 001 Date: 3 June 2024", date(2024, 6, 3)),
        ("Our ref: CS/14/0932 Reply date: 24 June 2024", None),
    ],
)
def test_the_label_of_the_date_may_stand_among_others_on_its_line(head, published):
    assert letter("focused visit to Leeds on 14 and 15 May 2024", written=head).published == published
