from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpus.graded_areas import (
    area_names,
    framework_areas,
    is_cut_short,
    is_known_area,
    is_same_area,
    may_continue,
    missing_areas,
)
from corpus.grades import AREAS
from corpus.types import Form, Kind

LEADERS = "The impact of leaders on social work practice with children and families"
PROTECTION = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
JOINT = "The experiences and progress of children in care and care leavers"
OVERALL = "Overall effectiveness"
BOARD = "The effectiveness of the Local Safeguarding Children Board"
REPORT = Form.REPORT


def test_each_list_names_its_source_and_only_known_kinds_and_its_days_are_in_order():
    assert framework_areas()
    for table in framework_areas():
        assert all((table.source, table.areas, table.kinds))
        assert table.first < table.last


def test_questions_can_name_each_listed_area_except_those_of_the_earlier_scale():
    earlier = {name for table in framework_areas() if Kind.LOOKED_AFTER in table.kinds for name in table.areas}
    for name in set(area_names()) - earlier:
        assert any(area.is_printed_as(name) for area in AREAS), name


@pytest.mark.parametrize(
    ("kind", "day", "printed", "missing"),
    [
        (Kind.ILACS, date(2019, 5, 1), (LEADERS, PROTECTION, JOINT, OVERALL), ()),
        (Kind.ILACS, date(2019, 5, 1), (LEADERS, PROTECTION, JOINT), (OVERALL,)),
        (Kind.ILACS, date(2024, 5, 1), (LEADERS, PROTECTION, CARE, LEAVERS, OVERALL), ()),
        (Kind.ILACS, date(2024, 5, 1), (LEADERS, PROTECTION, CARE, OVERALL), (LEAVERS,)),
        (Kind.ILACS, date(2024, 5, 1), (), (LEADERS, PROTECTION, CARE, LEAVERS, OVERALL)),
        (Kind.ILACS, date(2026, 5, 1), (LEADERS, PROTECTION, CARE, LEAVERS), ()),
        (Kind.ILACS, None, (LEADERS, PROTECTION, CARE, LEAVERS), ()),
        (Kind.ILACS, None, (LEADERS, PROTECTION, LEAVERS), (CARE,)),
        (Kind.LOOKED_AFTER, date(2013, 5, 1), (OVERALL, "Quality of provision"),
         ("Capacity for improvement", "Leadership and management")),
        (Kind.FOCUSED_VISIT, date(2024, 5, 1), (), ()),
        (Kind.AREA_SEND, date(2024, 5, 1), (), ()),
        (None, date(2024, 5, 1), (), ()),
    ],
)  # fmt: skip
def test_the_areas_that_a_framework_prints_at_the_time_of_the_inspection_are_missing_if_not_read(
    kind, day, printed, missing
):
    assert missing_areas(printed, kind, REPORT, day, "") == missing


@pytest.mark.parametrize("days", [-20, 0, 20])
def test_around_a_change_of_framework_either_list_of_areas_is_whole(days):
    day = date(2023, 1, 1) + timedelta(days=days)
    assert missing_areas((LEADERS, PROTECTION, JOINT, OVERALL), Kind.ILACS, REPORT, day, "") == ()
    assert missing_areas((LEADERS, PROTECTION, CARE, LEAVERS, OVERALL), Kind.ILACS, REPORT, day, "") == ()


def test_the_board_is_missing_only_if_the_first_pages_announce_its_review():
    title = "Review of the effectiveness\nof the Local Safeguarding Children Board"
    single = next(table.areas for table in framework_areas() if Kind.SINGLE_INSPECTION in table.kinds)
    day = date(2015, 5, 1)
    assert missing_areas(single, Kind.SINGLE_INSPECTION, REPORT, day, title) == (BOARD,)
    assert missing_areas((*single, BOARD), Kind.SINGLE_INSPECTION, REPORT, day, title) == ()
    assert missing_areas(single, Kind.SINGLE_INSPECTION, REPORT, day, "Inspection") == ()


@pytest.mark.parametrize("form", [Form.ARTICLE, Form.THEMATIC])
def test_an_article_about_an_inspection_lacks_no_area(form):
    assert missing_areas((), Kind.ILACS, form, date(2024, 5, 1), "") == ()


@pytest.mark.parametrize(
    ("printed", "name", "same"),
    [
        ("2.2 Experiences and progress of Care Leavers", LEAVERS, True),
        ("The experience and progress of care leavers", LEAVERS, True),
        ("The experiences and progress of children care leavers", LEAVERS, True),
        ("The experiences and progress of care", LEAVERS, False),
        (f"{CARE} {PROTECTION}", CARE, False),
        (OVERALL, LEAVERS, False),
        ("", LEAVERS, False),
    ],
)
def test_an_area_is_recognised_however_it_is_printed_but_not_if_words_are_missing(printed, name, same):
    assert is_same_area(printed, name) is same


def test_one_printed_area_stands_for_one_area_even_if_it_names_two():
    day = date(2024, 5, 1)
    assert missing_areas((LEADERS, PROTECTION, JOINT, OVERALL), Kind.ILACS, REPORT, day, "") == (CARE,)


def test_a_name_is_known_may_go_on_or_is_cut_short():
    assert [is_known_area(name) for name in (CARE, JOINT, f"{CARE} Good")] == [True, True, False]
    assert [may_continue(name) for name in (f"{CARE} and care", f"{CARE} {OVERALL}")] == [True, False]
    cut = "The experiences and progress of children who"
    assert [is_cut_short(name) for name in (cut, CARE, "Leadership", "Visits to them all")] == [True] + [False] * 3


def test_the_words_taking_into_account_make_no_other_area():
    area = "Overall experiences and progress of children and young people"
    assert is_same_area(f"{area}, taking into account", area)
    assert is_same_area(area, f"{area}, taking into account")
