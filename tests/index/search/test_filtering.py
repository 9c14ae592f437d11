from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from corpus.types import Form, Judgement, Kind
from index.search.filtering import allowed_reports, latest_ids, report_day
from index.types import Filters


@pytest.fixture
def reports(make_report):
    """Two inspections of Westmarsh (0, 1), a letter to Aldermere (2), and an undated article about no authority (3)."""
    good, poor = (
        Judgement("Overall effectiveness", "Good", 1),
        Judgement("Overall effectiveness", "Requires improvement to be good", 1),
    )
    leavers = Judgement("The experiences and progress of care leavers", "Outstanding", 1)
    inspection = {"authority": "Westmarsh", "kind": Kind.ILACS, "published_source": "text"}
    return [
        make_report(
            0,
            **inspection,
            inspected_from=date(2019, 9, 16),
            inspected_to=date(2019, 9, 27),
            published=date(2019, 11, 8),
            judgements=(poor,),
        ),
        make_report(
            1,
            **inspection,
            inspected_from=date(2023, 9, 11),
            inspected_to=date(2023, 9, 22),
            published=date(2023, 11, 3),
            judgements=(good, leavers),
        ),
        make_report(
            2,
            authority="Aldermere",
            kind=Kind.FOCUSED_VISIT,
            form=Form.LETTER,
            inspected_from=date(2024, 5, 14),
            inspected_to=date(2024, 5, 15),
            published=date(2024, 6, 18),
            published_source="text",
        ),
        make_report(3, form=Form.ARTICLE),
    ]


CASES = [
    ({}, [0, 1, 2, 3]),
    ({"authority": ("Westmarsh",)}, [0, 1]),
    ({"authority": ("WESTMARSH", "aldermere")}, [0, 1, 2]),
    ({"authority": ("Carrowby",)}, []),
    ({"kind": (Kind.FOCUSED_VISIT,)}, [2]),
    ({"kind": (Kind.ILACS, Kind.FOCUSED_VISIT)}, [0, 1, 2]),
    ({"form": (Form.ARTICLE,)}, [3]),
    ({"form": (Form.REPORT, Form.LETTER)}, [0, 1, 2]),
    ({"report_id": ("01" * 8, "03" * 8)}, [1, 3]),
    ({"grade": (("Overall effectiveness", "Good"),)}, [1]),
    ({"grade": (("overall", "requires improvement"),)}, [0]),
    ({"grade": (("overall", "Requires improvement to be good"),)}, [0]),
    ({"grade": (("overall", "require improvement"),)}, [0]),
    ({"grade": (("care leavers", "Outstanding"), ("Overall effectiveness", "Requires improvement"))}, [0, 1]),
    ({"grade": (("Overall effectiveness", "Inadequate"),)}, []),
    ({"inspected_from": date(2023, 9, 22)}, [1, 2]),
    ({"inspected_from": date(2023, 9, 23)}, [2]),
    ({"inspected_to": date(2023, 9, 11)}, [0, 1]),
    ({"inspected_to": date(2023, 9, 10)}, [0]),
    ({"inspected_from": date(2019, 9, 20), "inspected_to": date(2019, 9, 21)}, [0]),
    ({"published_from": date(2023, 11, 3)}, [1, 2]),
    ({"published_to": date(2023, 11, 3)}, [0, 1]),
    ({"published_from": date(2019, 11, 9), "published_to": date(2023, 11, 2)}, []),
    ({"latest_only": True}, [1, 2, 3]),
    ({"latest_only": True, "inspected_to": date(2020, 1, 1)}, [0]),
    ({"authority": ("Westmarsh",), "kind": (Kind.FOCUSED_VISIT,)}, []),
    ({"authority": ("Westmarsh",), "latest_only": True, "grade": (("Overall", "Requires"),)}, [0]),
]


@pytest.mark.parametrize(("filters", "passing"), CASES, ids=[str(filters)[:60] for filters, _ in CASES])
def test_each_filter_passes_the_reports_that_it_names_and_no_others(reports, filters, passing):
    allowed = allowed_reports(reports, Filters(**filters))
    assert [number for number, passes in enumerate(allowed) if passes] == passing


def test_the_day_of_a_report_is_the_last_of_its_inspection_or_else_its_publication(make_report):
    assert report_day(
        make_report(inspected_to=date(2023, 9, 22), published=date(2023, 11, 3), published_source="text")
    ) == date(2023, 9, 22)
    assert report_day(make_report(published=date(2023, 11, 3), published_source="text")) == date(2023, 11, 3)
    assert report_day(make_report()) == date.min


def test_the_latest_report_is_by_inspection_and_not_by_publication_or_order(make_report):
    late = make_report(
        1, authority="A", inspected_to=date(2023, 5, 2), published=date(2023, 6, 1), published_source="text"
    )
    early = make_report(
        2, authority="A", inspected_to=date(2023, 5, 1), published=date(2023, 9, 1), published_source="text"
    )
    assert latest_ids([late, early]) == latest_ids([early, late]) == {late.id}


def test_each_kind_has_its_own_latest_report(make_report):
    visit = make_report(1, authority="A", kind=Kind.FOCUSED_VISIT, inspected_to=date(2024, 1, 1))
    inspection = make_report(2, authority="A", kind=Kind.ILACS, inspected_to=date(2022, 1, 1))
    assert latest_ids([visit, inspection]) == {visit.id, inspection.id}


@pytest.mark.parametrize("name", ["inspected", "published"])
def test_a_period_must_not_end_before_it_starts(name):
    limits: dict[str, Any] = {f"{name}_from": date(2023, 1, 2), f"{name}_to": date(2023, 1, 1)}
    with pytest.raises(ValueError, match="after"):
        Filters(**limits)


def test_without_reports_none_pass():
    assert allowed_reports([], Filters(latest_only=True)).tolist() == []
