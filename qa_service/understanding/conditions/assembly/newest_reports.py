"""Finds that a question asks what is new, or asks for the newest reports: "the five most recent visits"."""

from __future__ import annotations

from dataclasses import replace

from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.newest import find_newest
from qa_service.understanding.conditions.selection import find_what_is_new
from qa_service.understanding.conditions.slots import Slot
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conditions.wanted import LocatedWanted
from qa_service.understanding.questions.grade_questions import asks_for_reason


def with_newest(found: Found) -> Found:
    """Make a question ask for a list of reports, if it asks what is new or for the newest reports."""
    slotted, wanted = found.slotted, found.wanted
    if found.stated or asks_for_reason(slotted.question):
        return found
    newest = find_newest(slotted)
    newest = newest if newest and newest.count != 1 and not newest.unknown else None
    if (
        not found.theme
        and (wanted is None or wanted.wanted in (Wanted.GRADES, Wanted.REPORTS))
        and (new := find_what_is_new(slotted))
    ):
        asserts = found.asserts if slotted.positions(Slot.TIME) else None
        reports = wanted if wanted and wanted.wanted is Wanted.REPORTS else LocatedWanted(Wanted.REPORTS, new)
        return replace(found, wanted=reports, which=None, new=new, asserts=asserts, newest=newest)
    if wanted is None or wanted.wanted is not Wanted.REPORTS or newest is None:
        return found
    if found.theme:  # find_count_of_newest() did not understand all the words for these reports
        return replace(found, wanted=replace(wanted, unknown=newest.extent), which=None)
    if wanted.counts and newest.count is None:
        return found
    return replace(found, newest=newest, which=None)
