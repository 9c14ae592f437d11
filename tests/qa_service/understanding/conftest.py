"""Handmade reports that the tests of understanding share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from corpus.types import Kind, Report

ReportSets = Mapping[str, list[Report]]


@pytest.fixture(scope="session")
def report_sets(known: tuple[str, ...], make_report: Callable[..., Report]) -> ReportSets:
    """Sets of reports, by name.

    "dated" has four reports on Westmarsh from different years, and one from 2023 on each of the other authorities.
    "undated" has one report without a date on each authority.
    """
    westmarsh = [
        ("Westmarsh", Kind.SINGLE_INSPECTION, date(2016, 5, 13)),
        ("Westmarsh", Kind.ILACS, date(2019, 5, 10)),
        ("Westmarsh", Kind.FOCUSED_VISIT, date(2021, 11, 3)),
        ("Westmarsh", Kind.ILACS, date(2023, 9, 22)),
    ]
    others = [(name, Kind.ILACS, date(2023, 3, 3)) for name in known if name != "Westmarsh"]
    dated = [
        make_report(f"{name}{day}", authority=name, kind=kind, inspected_from=day, inspected_to=day)
        for name, kind, day in (*westmarsh, *others)
    ]
    return {"dated": dated, "undated": [make_report(f"{name}.txt", authority=name) for name in known]}
