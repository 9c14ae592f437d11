from __future__ import annotations

from datetime import date

import pytest

from corpus.types import Form
from tests.corpus.facts.printed import article, described, letter


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


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("Inspection dates\n4 March 2024\n5 March 2024", date(2024, 3, 4), date(2024, 3, 5)),
        ("Inspection dates: 4 March 2024\n5 March 2024\n6 March 2024", date(2024, 3, 4), date(2024, 3, 6)),
        ("Inspection dates 4 March 2024 5 March 2024", date(2024, 3, 4), date(2024, 3, 5)),
        ("Inspection dates 4 March 2024 5 March 2024 6 March 2024", date(2024, 3, 4), date(2024, 3, 6)),
        ("Inspection date 4 March 2024 22 April 2024", date(2024, 3, 4), date(2024, 3, 4)),
        ("Inspection date: 4 March 2024\n22 April 2024", date(2024, 3, 4), date(2024, 3, 4)),
        ("Inspection date: 4 March 2024\n5 March 2024: date of the letter", date(2024, 3, 4), date(2024, 3, 4)),
        ("Fieldwork: 4 to 8 March 2024. Published: 18 May 2024.", date(2024, 3, 4), date(2024, 3, 8)),
        ("On-site: 4–8 March 2024", date(2024, 3, 4), date(2024, 3, 8)),
    ],
)
def test_days_on_lines_of_their_own_and_days_of_fieldwork_are_read(printed, first, last):
    report = described(f"Inspection of Leeds children’s services\n{printed}\nLead inspector: A Reed")
    assert (report.inspected_from, report.inspected_to) == (first, last)


@pytest.mark.parametrize(
    "make",
    [
        lambda end: described(f"Inspection of Leeds children’s services\nInspection dates: 3/6/2024{end}"),
        lambda end: described(f"Inspection of Leeds children’s services\nInspection dates: w/c 3/6/2024{end}"),
        lambda end: letter("visit on 3/6/2024", written=f"28 June 2024{end}"),
        lambda end: article("Leeds", f"Leeds was praised after a visit on 3/6/2024 by inspectors.{end}"),
    ],
    ids=["day", "week", "letter", "article"],
)
def test_days_in_figures_are_not_read_if_another_date_has_the_month_first(make):
    assert make("").inspected_from == date(2024, 6, 3)
    assert make("\nUpdated: 6/25/2024").inspected_from is None


PEERS = "Peer challenge of Leeds children’s services"


@pytest.mark.parametrize(
    ("opening", "days"),
    [
        (f"{PEERS}\n4 to 7 March 2024\nThe team was welcomed.", (date(2024, 3, 4), date(2024, 3, 7))),
        (f"{PEERS}\nLeeds City Council\n(4–7 March 2024)", (date(2024, 3, 4), date(2024, 3, 7))),
        ("Focused visit to Leeds children’s services\n4 and 5 March 2024", (date(2024, 3, 4), date(2024, 3, 5))),
        (f"{PEERS}\nFinal report\n4 to 7 March 2024", (date(2024, 3, 4), date(2024, 3, 7))),
        (f"{PEERS}\nRegister for the seminar\n4 to 7 March 2024", (None, None)),
        (f"{PEERS}\n7 March 2024", (None, None)),
        (f"{PEERS}\n1 April 2023 to 31 March 2024", (None, None)),
        (f"{PEERS}\nCabinet meets on 4 to 7 March 2024", (None, None)),
        ("Annual report of the virtual school, Leeds\n4 to 7 March 2024", (None, None)),
        ("Serious case review: Child K\nLeeds Council\n4 to 7 March 2024", (None, None)),
    ],
)
def test_several_days_alone_below_the_title_of_an_inspection_are_its_days(opening, days):
    report = described(opening)
    assert (report.inspected_from, report.inspected_to) == days


def told(title, *paragraphs):
    return described("\n".join((title, *paragraphs)), body=[title, *paragraphs], media_type="text/html")


VISIT, FULL = "Focused visit to Leeds children’s services", "Inspection of Leeds children’s services"
JOINT = "Joint targeted area inspection of Leeds"


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        (VISIT, "Inspectors visited on 4th and 5th March 2024 and looked at work with care leavers."),
        (VISIT, "Inspectors visited Leeds on 4 and 5 March 2024 to look at the front door."),
        (VISIT, "His Majesty’s Inspectors visited Leeds City Council children’s services on 4 and 5 March 2024."),
        (VISIT, "This letter summarises the findings of the focused visit to Leeds on 4 and 5 March 2024."),
        (VISIT, "The visit was on 4 & 5 March 2024. It was the third since the inspection of 2021."),
        (VISIT, "The visit took place over two days, from 4 to 5 March 2024."),
        (VISIT, "On 4 and 5 March 2024, two inspectors visited the council to look at planning."),
        (VISIT, "Our inspectors visited the council between 04/03/2024 and 05/03/2024 to look at planning."),
        (FULL, "The inspection was carried out between 4 and 5 March 2024 by a team of six."),
        (FULL, "A team of inspectors inspected Leeds on 4 and 5 March 2024 and met many children."),
        (JOINT, "Between 4 and 5 March 2024, our four inspectorates visited Leeds to look at neglect."),
        (
            "Monitoring visit to Leeds children’s services",
            "This letter summarises the findings of the third visit on 4 and 5 March 2024, since a grade in June 2022.",
        ),
    ],
)
def test_a_sentence_at_the_start_tells_the_days_of_the_inspection(title, sentence):
    report = told(title, sentence, "Children are safe and know who to talk to.")
    assert (report.inspected_from, report.inspected_to) == (date(2024, 3, 4), date(2024, 3, 5))


@pytest.mark.parametrize(
    ("title", "sentences"),
    [
        (VISIT, ("The last visit was on 4 and 5 March 2024 and found drift.",)),
        (VISIT, ("The inspection took place on 4 and 5 March 2022 and found weak practice.",)),
        (VISIT, ("The next visit will take place on 4 and 5 March 2024, as planned.",)),
        (VISIT, ("Inspectors visited a children’s home on 4 March 2024 and met two children.",)),
        (VISIT, ("The visit to a hostel was on 4 March 2024, and it was clean.",)),
        (FULL, ("The inspection of 2019 was on 4 March 2019 to 8 March 2019.",)),
        (VISIT, ("Inspectors visited Leeds on 4 March 2023 and on 5 March 2024 to look at planning.",)),
        (VISIT, ("Inspectors visited again on 4 March 2024 to read more of the files.",)),
        (VISIT, ("Inspectors visited Leeds on 4 March 2024.", "Inspectors visited Leeds on 9 May 2024 too.")),
        (VISIT, ("Leaders told us that the peer team visited on 4 March 2024 to help.",)),
        (VISIT, ("Inspectors visited Leeds in March 2024 to look at the front door.",)),
        (
            VISIT,
            (
                "One is safe in all ways.",
                "Two is safe in all ways.",
                "Three is safe in all ways.",
                "Inspectors visited Leeds on 4 March 2024.",
            ),
        ),
        (FULL, ("Inspectors visited Leeds on 4 and 5 March 2023 and found drift.",)),
        (FULL, ("The focused visit took place on 4 and 5 March 2023 and found drift.",)),
        ("Serious case review: Child K, Leeds", ("Inspectors visited Leeds on 4 and 5 March 2023.",)),
    ],
)
def test_a_sentence_about_another_visit_does_not_give_the_days(title, sentences):
    report = told(title, *sentences)
    assert (report.inspected_from, report.inspected_to) == (None, None)


def test_an_article_has_the_days_after_a_label_at_the_start_of_a_line():
    lines = ("Ashlea Cottage", "Full inspection of a home", "Inspection dates: 4 March 2024 to 5 March 2024")
    report = article(*lines)
    assert (report.form, report.inspected_from, report.inspected_to) == (
        Form.ARTICLE,
        date(2024, 3, 4),
        date(2024, 3, 5),
    )
    several = article(*lines, "Inspection dates: 9 May 2022")
    assert (several.inspected_from, several.inspected_to) == (None, None)
    assert article("Good news", "The paper lists inspection dates: 4 and 5 March 2024.").inspected_from is None


def test_a_letter_may_give_its_days_after_a_label_instead_of_in_a_sentence():
    lines = ("Published: 13 January 2025", "Focused visit to Pellbrook children’s services")
    days = "Date of visit: 27th–28th November 2024"
    report = described("\n".join((*lines, days, "Dear Director,", "Inspectors looked at plans.")))
    assert report.form is Form.LETTER
    assert (report.inspected_from, report.inspected_to) == (date(2024, 11, 27), date(2024, 11, 28))
