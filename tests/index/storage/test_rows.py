from __future__ import annotations

import pytest

from index.errors import DamagedIndex
from index.storage.rows import StoredPassage, StoredReport, read_report, report_columns


def test_a_passage_can_be_read_from_its_row(make_passage, make_report):
    passage = make_passage(make_report())
    stored = StoredPassage.of(passage)
    again = StoredPassage.read(stored.columns)
    assert again == stored
    assert again.passage() == passage


def test_a_row_with_any_altered_value_is_refused(make_passage, make_report):
    columns = StoredPassage.of(make_passage(make_report())).columns
    for place, value in enumerate(columns):
        altered = (*columns[:place], f"{value}x", *columns[place + 1 :])
        with pytest.raises(DamagedIndex, match="changed since"):
            StoredPassage.read(altered)


def test_a_report_can_be_read_from_its_row(make_report):
    stored = StoredReport(make_report(), (None,), (), "ab", "2026-01-01")
    assert read_report(report_columns(stored)) == (stored.report, "ab", "2026-01-01")
    report_id, facts, *rest = report_columns(stored)
    with pytest.raises(DamagedIndex, match="changed since"):
        read_report(
            (report_id, facts.replace("Inspection", "Vision"), *rest)
            if "Inspection" in facts
            else (report_id, facts + " ", *rest)
        )
