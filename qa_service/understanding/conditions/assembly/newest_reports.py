"""Recognises a question that asks for the newest reports, or counts them by what they say, list or give.

Examples are "the five most recent visits" and "How many of the five most recent visits criticise supervision?"
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from qa_service.understanding.conditions.accounting import words_left
from qa_service.understanding.conditions.assembly.answered_by import facts_answer
from qa_service.understanding.conditions.assembly.content_counts import find_own_list_count, find_subject_count
from qa_service.understanding.conditions.assembly.finding import find_all
from qa_service.understanding.conditions.assembly.found import Found
from qa_service.understanding.conditions.assembly.results import of_facts, spans_of
from qa_service.understanding.conditions.assembly.visit_focus_lists import find_visit_focus_list
from qa_service.understanding.conditions.newest import LocatedNewest, find_newest
from qa_service.understanding.conditions.selection import find_what_is_new
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import LISTS, Conditions, GradeCondition, Truth, Wanted
from qa_service.understanding.conditions.wanted import WHO, LocatedWanted
from qa_service.understanding.questions.grade_questions import asks_for_reason

_THESE = r"(?:(?:the|our|your|all|these|those|any|either|out|of|ofsted's|{N}(?:'s?)?) )*"
_BE = r"(?:do|does|did|has|have|had|is|are|was|were)"
_OF_THEM = rf"(?: of (?:them|these|those)| ones?| reports?)?(?! (?:of the )?{WHO}\b)"
_SHARE = r"(?:proportion|share|percentage|per ?cent|fraction|%)"
_IN = r"(?:of|among|amongst|in|from|across|over|within|for|by|at|take|taking|look at|looking at)"
_ASKS = tuple(
    pattern(expression)
    for expression in (
        rf"(?:^|[:;,] )\W*(?:(?:and|so|please|can you|tell me|say|check|if|whether),? )*{_BE} {_THESE}(?P<these>{{K}})",
        rf"\b(?:how many|which|what|any|either|neither|none|all) {_THESE}(?P<these>{{K}})",
        rf"\b(?:what|which) (?P<share>{_SHARE}) of {_THESE}(?P<these>{{K}})",
        (
            rf"\b{_IN} {_THESE}(?P<these>{{K}})(?P<rest>[^?.!;]{{0,60}}?)[.,:;–-]? "
            rf"(?:how many|what number|(?:what|which) (?P<share>{_SHARE})|which|{_BE} any){_OF_THEM}\b"
        ),
        rf"^\W*{_THESE}(?P<these>{{K}})(?P<rest>[^?.!;]{{0,60}}?)[,:–-] ?(?:how many|which){_OF_THEM}\b",
        (
            r"^\W*(?:and |so )?(?:is|are|was|were|has|have)(?P<rest> [^?.!;]{1,60}? )(?:in|by|at|across) "
            rf"{_THESE}(?P<these>{{K}})"
        ),
    )
)
"""Wording that asks what is true of certain reports. ``these`` are the reports, and ``rest`` are the other words."""
_LISTS = pattern(rf"\b(?:what|which)(?:'s|'re| is| are| was| were) {_THESE}(?P<these>{{K}})")
"""Wording that asks for the reports themselves."""
_FROM_THEM = re.compile(rf"\b(?:how many|which|any|what {_SHARE}) of (?:them|these|those)\b")
"""Words that choose from the reports named before them: "What are the last five visits, and how many of them …"."""
_HOW_MANY = re.compile(rf"\bhow many\b|\bwhat number\b|\b{_SHARE}(?!\w)")


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


def find_count_of_newest(
    slotted: SlottedText, names: Collection[str], *, asks_for_improvements: bool = False
) -> Conditions | None:
    """Return the conditions in a question about what the newest reports say, list or give.

    None if the question does not ask this.

    We replace all the words for these reports with one word, so that the rest of the question is read as if it were
    about any reports.
    """
    newest = find_newest(slotted)
    if newest is None or newest.unknown or asks_for_reason(slotted.question):
        return None
    plain = slotted.reduced([(*newest.phrase, Slot.KIND, slotted.entities_in(*newest.kind)[0].value)])
    wanted, chosen = _wanted_of_newest(plain, newest.phrase[0])
    if newest.count == 1 and names and wanted and not wanted.counts:
        return None  # what a single report says is answered in its own words
    is_limited = newest.published or newest.grade is not None
    of_all = _of_all(plain, names, wanted, is_limited=is_limited, asks_for_improvements=asks_for_improvements)
    if of_all is None or not _can_choose(of_all, newest):
        return None
    own = newest.of_each or (newest.of_its_own and not names)
    newest = replace(newest, of_each=own, chosen=newest.chosen or chosen)
    return with_choice(of_all, newest, slotted)


def _wanted_of_newest(plain: SlottedText, at: int) -> tuple[LocatedWanted | None, bool]:
    """Return what the words around the newest reports ask for, and whether they ask about all of these reports.

    ``at`` is the place of these reports in the text.
    """
    matches = (expression.search(plain.text) for expression in (*_ASKS, _LISTS))
    match = next((match for match in matches if match and match.start("these") == at), None)
    if match is None:
        return None, False
    groups = match.groupdict()
    rest = match.span("rest") if groups.get("rest") else None
    of_them = _FROM_THEM.search(plain.text, match.end())
    counts = bool(_HOW_MANY.search(of_them[0] if of_them else match[0]))
    located = LocatedWanted(Wanted.REPORTS, match.span(), counts, bool(groups.get("share")), unknown=rest)
    return located, match.re is not _LISTS or of_them is not None


def _of_all(
    plain: SlottedText,
    names: Collection[str],
    wanted: LocatedWanted | None,
    *,
    is_limited: bool,
    asks_for_improvements: bool,
) -> Conditions | None:
    """Return the conditions in a question that lists or counts reports by what they say, list or give.

    ``is_limited`` says whether the words for the newest reports also limit them in another way. If so, a question with
    no other condition is a list.
    """
    if of_list := find_own_list_count(plain, names, certain=wanted) or find_visit_focus_list(
        plain, names, certain=wanted
    ):
        return of_list
    found = find_all(plain, names, certain=wanted)
    of_subject = find_subject_count(plain, found, names, asks_for_improvements=asks_for_improvements, certain=wanted)
    is_list = bool(wanted or (found.wanted and found.wanted.wanted in LISTS))
    if of_subject and of_subject.subject and of_subject.subject.in_list and not is_list:
        return None  # "has it acted on its list of improvements" does not ask for reports
    if of_subject or asks_for_improvements:
        return of_subject
    if found.wanted is None or not is_list:
        return None
    left = words_left(plain, found.used)
    if not (found.theme or found.stated or (is_limited and not left)):
        return None
    return of_facts(found, found.wanted, left) if facts_answer(found, found.wanted, left) else None


def _can_choose(of_all: Conditions, newest: LocatedNewest) -> bool:
    """Whether we can limit a count to the newest reports, including those that give no grade."""
    if of_all.theme or of_all.subject or of_all.own_list or of_all.focus:
        return not of_all.grades and of_all.number is None
    of_one_inspection = all(isinstance(c, GradeCondition) and c.truth is Truth.PICKED for c in of_all.grades)
    is_plain = of_all.wanted is Wanted.REPORTS and of_all.which is None and of_all.number is None
    with_one_grade = not (newest.grade and of_all.grades)
    return of_one_inspection and is_plain and with_one_grade and newest.count != 1 and not newest.of_each


def with_choice(of_all: Conditions, newest: LocatedNewest, slotted: SlottedText) -> Conditions:
    """Limit a count of reports to the newest of them.

    If we cannot, say that the words for these reports were not applied.
    """
    if newest.grade:
        of_all = replace(of_all, grades=(GradeCondition(frozenset({newest.grade})),))
    if newest.published:
        of_all = replace(of_all, date_of="published")
    of_authorities = of_all.wanted is Wanted.AUTHORITIES
    if (newest.of_each and newest.count in (None, 1)) or (of_authorities and newest.count == 1):
        return replace(of_all, newest_of_each=True)
    if newest.count is None or newest.of_each:
        return replace(of_all, not_applied=(*of_all.not_applied, *spans_of(slotted, [newest.extent])))
    says = of_all.theme or of_all.subject or of_all.own_list
    if of_all.focus and not of_all.focus.words:
        return replace(of_all, newest=newest.count)
    if (newest.chosen or of_all.counts or of_authorities) and (says or not newest.grade):
        return replace(of_all, newest=newest.count)
    # "The five most recent reports that criticise supervision" may not all be among the five most recent reports.
    return replace(of_all, newest_that_fit=newest.count)
