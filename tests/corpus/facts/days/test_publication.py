from __future__ import annotations

from datetime import date

import pytest

from corpus.facts.days.publication import day_alone
from tests.corpus.facts.printed import described


@pytest.mark.parametrize(
    "printed",
    [
        "Report published: 22 April 2024",
        "Published on 22 April 2024",
        "Published: 22nd April 2024",
        "Date of letter: 22 April 2024",
        "Letter date: 22 April 2024",
    ],
)
def test_a_printed_date_of_publication_comes_before_the_file_name(printed):
    report = described(
        f"Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024\n{printed}",
        file="x-1-may-2024.pdf",
    )
    assert (report.published, report.published_source) == (date(2024, 4, 22), "text")


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("Published on the partnership’s website on 3 May 2024", date(2024, 5, 3)),
        ("Published on the Skelwith Council web site, 3 May 2024", date(2024, 5, 3)),
        ("Published on GOV.UK: 3 May 2024", date(2024, 5, 3)),
        ("Published online: 3 May 2024", date(2024, 5, 3)),
        ("Published by Skelwith Safeguarding Children Partnership on 3 May 2024", date(2024, 5, 3)),
        ("This review was published on our website on 3 May 2024.", None),
        ("This report was published on our website on 3 May 2024.", date(2024, 5, 3)),
        ("The plan was published on the council’s website on 3 May 2024.", None),
        ("Published on the partnership’s website. The review ended on 3 May 2024.", None),
        ("Previously published online on 3 May 2024", None),
        ("Replaces the report published on the council’s website on 3 May 2024", None),
    ],
)
def test_the_date_may_come_after_the_place_of_publication(printed, published):
    assert described(f"Local child safeguarding practice review: Child K\n{printed}").published == published


@pytest.mark.parametrize(
    "file", ["leeds-inspection-22-april-2024.pdf", "leeds_22_April_2024.pdf", "Leeds 22 apr 2024.pdf"]
)
def test_without_one_a_date_at_the_end_of_the_file_name_is_the_publication(file):
    report = described("Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024", file=file)
    assert (report.published, report.published_source) == (date(2024, 4, 22), "file name")


@pytest.mark.parametrize(
    "file", ["leeds-2024.pdf", "22-april-2024-leeds.pdf", "leeds-31-june-2024.pdf", "50001234.pdf"]
)
def test_without_either_the_publication_stays_unknown(file):
    report = described("Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024", file=file)
    assert (report.published, report.published_source) == (None, None)


def test_a_printed_publication_before_the_visit_is_a_misprint_and_is_ignored():
    opening = (
        "Inspection of Leeds children’s services\nInspection dates: 4 to 8 March 2024\nReport published: 22 April 2023"
    )
    assert described(opening).published is None
    named = described(opening, file="leeds-22-april-2024.pdf")
    assert (named.published, named.published_source) == (date(2024, 4, 22), "file name")


@pytest.mark.parametrize(
    ("printed", "published", "replaces"),
    [
        ("Published: 22 January 2026 (corrected). Originally published on 15 December 2025.", date(2026, 1, 22), True),
        ("Date published: 22 January 2026\nPrevious version: 15 December 2025", date(2026, 1, 22), True),
        ("Re-issued 22 January 2026 (first published 15 December 2025)", date(2026, 1, 22), True),
        ("First published: 15 December 2025", date(2025, 12, 15), False),
        ("Published: 22 January 2026\nThe plan was first published on 15 December 2024.", date(2026, 1, 22), False),
        ("Published: 22 January 2026\nThe visit of 15 December 2025 was replaced.", date(2026, 1, 22), False),
    ],
)
def test_the_earlier_issue_of_a_report_is_known_by_its_own_date(printed, published, replaces):
    report = described(f"Inspection of Leeds children’s services\nInspection dates: 3 to 7 November 2025\n{printed}")
    assert (report.published, report.replaces) == (published, date(2025, 12, 15) if replaces else None)


@pytest.mark.parametrize(
    ("printed", "replaces"),
    [
        ("This report was first published on 15 December 2025.", True),
        ("This report was\nfirst published on 15 December 2025.", True),
        ("This is a corrected report. It was originally published on 15 December 2025.", True),
        ("Note: first published on 15 December 2025.", True),
        ("The previous version dated 15 December 2025 had an error.", True),
        ("The local plan was first published on 15 December 2025.", False),
        ("Leaders know the local plan,\nfirst published on 15 December 2025.", False),
        ("Ofsted’s framework, first published 15 December 2025, sets the rules.", False),
        ("Ofsted’s framework (first published 15 December 2025) sets the rules.", False),
        ("Leaders use a plan whose previous version: 15 December 2025", False),
    ],
)
def test_the_first_issue_of_another_paper_is_not_an_earlier_issue_of_the_report(printed, replaces):
    report = described(
        "Inspection of Leeds children’s services\nInspection dates: 3 to 7 November 2025\n"
        f"Published: 22 January 2026\n{printed}"
    )
    assert (report.published, report.replaces) == (date(2026, 1, 22), date(2025, 12, 15) if replaces else None)


@pytest.mark.parametrize(
    "line",
    ["5 September 2023", "Tuesday 5 September 2023", "Published on 5 September 2023", "By Jo Reed | 5 September 2023",
     "Posted: 5 September 2023, 9:30am"],
)  # fmt: skip
def test_the_date_of_an_article_is_on_a_line_of_its_own(line):
    assert day_alone(f"Westmarsh visits go well\n\n{line}\n\nInspectors came on 18 July 2023.") == date(2023, 9, 5)


@pytest.mark.parametrize(
    "line",
    ["published on 5 September 2023", "Inspectors came on 5 September 2023", "5 September 2023 was a good day for us"],
)
def test_a_date_in_a_sentence_is_not_that_of_an_article(line):
    assert day_alone(f"Westmarsh visits go well\nThe letter was\n{line}") is None


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Sufficiency statement, published 1 October 2024", date(2024, 10, 1)),
        ("Spring issue, published on 1 October 2024", date(2024, 10, 1)),
        ("Minutes published 1 October 2024", date(2024, 10, 1)),
        ("Approved by the panel of Skelwith Council on 12 July 2024; published 1 October 2024.", date(2024, 10, 1)),
        ("Agreed by the board on\n12 July 2024, and published 1 October 2024.", date(2024, 10, 1)),
        ("Skelwith Council published this page on 1 October 2024.", date(2024, 10, 1)),
        ("Letter dated\nTuesday, 1 October 2024\nLead officer", date(2024, 10, 1)),
        ("Response to the joint inspection, published 1 October 2024", None),
        ("The strategy of 12 July 2024, published 1 October 2024, is kept under review.", None),
        ("Leaders wrote the strategy of 12 July 2024, published 1 October 2024.", None),
        ("Their plan was agreed on 12 July 2024; published 1 October 2024.", None),
        ("Letter dated 1 October 2024 from the minister", None),
        ("The letter dated 1 October 2024", None),
    ],
)
def test_the_head_of_a_paper_may_say_in_its_own_words_when_it_was_published(head, published):
    assert described(f"Skelwith Council: care leavers\n{head}\nChildren are safe.").published == published


def test_such_words_further_down_are_about_another_paper():
    lines = "\n".join(f"Line {number}" for number in range(6))
    assert described(f"Skelwith Council\n{lines}\nSufficiency statement, published 1 October 2024").published is None


@pytest.mark.parametrize("line", ["Date: Tue, 1 Oct 2024 09:14:00 +0100", "Sent: Tuesday 1 October 2024 09:14"])
def test_a_saved_message_has_the_date_of_its_head(line):
    assert day_alone(f"Subject: Care leavers\nFrom: Skelwith Council\n{line}\n\nDear all") == date(2024, 10, 1)
