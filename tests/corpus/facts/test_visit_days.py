from __future__ import annotations

from datetime import date

import pytest

from tests.corpus.facts.printed import described


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Inspection dates: 16 to 27 September 2019", date(2019, 9, 16), date(2019, 9, 27)),
        ("Inspection dates: 27 February to 10 March 2023", date(2023, 2, 27), date(2023, 3, 10)),
        ("Inspection dates: 12 December 2022 to 13 January 2023", date(2022, 12, 12), date(2023, 1, 13)),
        ("Inspection dates: 12 December to 13 January 2023", date(2022, 12, 12), date(2023, 1, 13)),
        ("Inspection date: 22 September 2015 – 15 October 2015", date(2015, 9, 22), date(2015, 10, 15)),
        ("Inspection dates: 26 February 2024 to\n1 March 2024", date(2024, 2, 26), date(2024, 3, 1)),
        ("Inspection dates:\n3 and 4 May 2023", date(2023, 5, 3), date(2023, 5, 4)),
        ("Inspection date: 7th October 2021", date(2021, 10, 7), date(2021, 10, 7)),
        ("Reinspection dates: Monday 4 March 2024 to Friday 8 March 2024", date(2024, 3, 4), date(2024, 3, 8)),
        (
            "Inspection dates 4 to 8 March 2024 Lead inspector: A Reed Report published: 22 April 2024",
            date(2024, 3, 4),
            date(2024, 3, 8),
        ),
    ],
)
def test_the_inspection_dates_of_a_report_are_read_in_every_printed_form(printed, first, last):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nLead inspector: A Reed")
    assert (report.inspected_from, report.inspected_to) == (first, last)


@pytest.mark.parametrize(
    "printed",
    [
        "Inspected Monday 9th – Friday 13th June 2025",
        "Inspected: Mon 9 - Fri 13 June 2025",
        "INSPECTED 9/6/25 – 13/6/25",
        "Ofsted inspection 9-13 June 2025",
        "Inspection: the 9th to the 13th of June 2025",
        "Inspection took place 9 to 13 June 2025",
        "Period of inspection: 09.06.25-13.06.25",
        "Visited 9th & 13th June 2025",
    ],
)
def test_a_word_at_the_start_of_a_line_is_a_label_if_days_follow_it(printed):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nTo: Cabinet, 4th September 2025")
    assert (report.inspected_from, report.inspected_to) == (date(2025, 6, 9), date(2025, 6, 13))


@pytest.mark.parametrize(
    "printed",
    [
        "The last inspection was held w/c 9/6/25.",
        "Last inspected 9 June 2025",
        "Previous inspection: 9 June 2025",
        "Leaders were last\nInspected 9 June 2025",
        "To: Cabinet, Monday 9th June 2025",
        "Inspection report to Cabinet, 9 June 2025",
        "Inspection Panel 9 June 2025",
        "Report on the inspection, 9 June 2025",
        "Inspected 9 homes in June 2025",
    ],
)
def test_the_days_of_a_meeting_or_of_another_inspection_are_not_those_of_this_one(printed):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nLead inspector: A Reed")
    assert (report.inspected_from, report.inspected_to) == (None, None)


@pytest.mark.parametrize(
    "printed",
    [
        "Timeline\nInspection: 12 June 2019",
        "Inspected 12 June 2019 (Good)",
        "Inspected on 12 June 2019 (Good)",
        "Ofsted Inspection 12 June 2019 outcome: requires improvement",
        "Visited 12 March 2019 by HMI as part of a pilot",
        "Inspection period 1 April 2024 to 31 March 2025 for data",
    ],
)
def test_a_usual_label_of_the_days_comes_before_a_bare_or_loose_one(printed):
    report = described(
        f"Inspection of Leeds children’s services\n{printed}\nInspection dates: 3 to 7 November 2025\nA Reed"
    )
    assert (report.inspected_from, report.inspected_to) == (date(2025, 11, 3), date(2025, 11, 7))


def test_a_report_that_prints_no_dates_has_none():
    report = described("Inspection of Leeds children’s services\nThe last inspection was on 3 May 2019.")
    assert (report.inspected_from, report.inspected_to, report.published, report.published_source) == (None,) * 4
