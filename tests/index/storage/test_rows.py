from __future__ import annotations

import pytest

from corpus.types import SecondReading
from index.errors import DamagedIndex
from index.storage.rows import (
    StoredPassage,
    StoredReport,
    pack_second,
    read_report,
    read_second,
    report_columns,
    second_columns,
)


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


def test_second_readings_can_be_read_from_their_row(make_report):
    readings = (
        SecondReading(same=True),
        SecondReading(same=False, text="é", problem="p", unconfirmed=2, contradicted=1),
    )
    stored = StoredReport(make_report(), (None, None), (), None, "2026-01-01", pack_second(readings))
    assert read_second(second_columns(stored)) == dict(enumerate(readings, 1))
    report_id, _, digest = second_columns(stored)
    with pytest.raises(DamagedIndex, match="have changed"):
        read_second((report_id, pack_second(readings[:1] * 2), digest))
    unread = StoredReport(make_report(), (None,), (), None, "2026-01-01")
    assert read_second(second_columns(unread)) == {}
