"""Where the facts of a report come from, in the words of answers and downloads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.facts.report_days import OTHER_DATE
from qa_service.export.references import FACT_ORIGINS
from qa_service.report_facts import fact_source
from qa_service.types import FactName
from tests.made_reports import inspection

REPORT = inspection("Orle", "2023-06-16", published="2023-07-28")


@pytest.mark.parametrize(
    ("source", "shown"),
    [("text", "text"), (OTHER_DATE, "text"), ("file name", "file name"), ("sidecar", "sidecar")],
)
def test_each_source_of_a_date_is_one_that_the_contract_and_the_downloads_know(source, shown):
    report = replace(REPORT, published_source=source)
    assert fact_source(report, FactName.PUBLISHED) == shown
    assert shown in FACT_ORIGINS
    assert fact_source(report, FactName.INSPECTED) == "text"
