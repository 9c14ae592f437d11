"""Answers with the inspectors who led inspections."""

from __future__ import annotations

import re

from corpus.types import Report
from qa_service.answering.facts.reports.meant import SENTENCES, none_of_that_time, reports_meant, which_authority
from qa_service.answering.facts.types import FactAnswer, FactRow, FactScope
from qa_service.report_facts import is_only_signed
from qa_service.types import FactName, Summary
from qa_service.wording import capitalised, named_by_date, the_reports, whose

_ALL_INSPECTORS = re.compile(r"\binspectors\b|\binspection team\b|\bwho inspected\b", re.IGNORECASE)
"""Words that ask for all the inspectors, and not only for the leader."""


def person_answer(scope: FactScope) -> FactAnswer | None:
    """Return who led the inspections that a question is about. None if we have no report about its authorities."""
    if unclear := which_authority(scope):
        return unclear
    meant = reports_meant(scope)
    if not meant:
        return none_of_that_time(scope)
    reports = [report for report in meant if report.lead_inspector]
    if not reports:
        do = "does" if len(meant) == 1 else "do"
        sentence = f"{capitalised(the_reports(meant))} {do} not name a lead inspector."
        return FactAnswer((), Summary(sentence), answered=False)
    sentences = [_leader_words(report) for report in reports[:SENTENCES]]
    if _ALL_INSPECTORS.search(scope.question.text):
        sentences.append("We do not have any other names. The reports may name other inspectors.")
    items = tuple((FactRow(report, fact=FactName.LEAD_INSPECTOR),) for report in reports)
    return FactAnswer(items, Summary(" ".join(sentences)))


def _leader_words(report: Report) -> str:
    """Say who led an inspection, or who signed the letter about it."""
    if is_only_signed(report):
        return f"{report.lead_inspector} signed the letter on {whose(report)} {named_by_date(report)}."
    return f"The lead inspector of {whose(report)} {named_by_date(report)} was {report.lead_inspector}."
