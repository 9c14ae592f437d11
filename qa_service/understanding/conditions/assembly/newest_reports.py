"""Finds that a question asks what is new, or for the newest reports: "the five most recent visits"."""

from __future__ import annotations

import re
from dataclasses import replace

from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.selection import find_newest, find_what_is_new
from qa_service.understanding.conditions.slots import Slot
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conditions.wanted import LocatedWanted
from qa_service.understanding.questions.grade_questions import asks_for_reason

_OF_THESE = re.compile(r"\bof (?:the |our |your )$")
"""Words before reports from which a question chooses: "which of the five most recent reports"."""


def with_newest(found: Found) -> Found:
    """Make a question ask for a list of reports, if it asks what is new or for the newest of them."""
    slotted, wanted = found.slotted, found.wanted
    if found.stated or asks_for_reason(slotted.question):
        return found
    if (
        not found.theme
        and (wanted is None or wanted.wanted in (Wanted.GRADES, Wanted.REPORTS))
        and (new := find_what_is_new(slotted))
    ):
        asserts = found.asserts if slotted.positions(Slot.TIME) else None
        reports = wanted if wanted and wanted.wanted is Wanted.REPORTS else LocatedWanted(Wanted.REPORTS, new)
        return replace(found, wanted=reports, which=None, new=new, asserts=asserts, newest=find_newest(slotted))
    newest = find_newest(slotted) if wanted and wanted.wanted is Wanted.REPORTS else None
    if wanted is None or newest is None or ((wanted.counts or found.theme) and newest.count is None):
        return found
    if found.theme and not _OF_THESE.search(slotted.text[: newest.extent[0]]):
        # "The five most recent reports that criticise supervision" may not be among the five most recent reports.
        return replace(found, wanted=replace(wanted, unknown=newest.extent), which=None)
    return replace(found, newest=newest, which=None)
