"""Recognises questions about an authority's grades over time.

We recognise a question only if each of its words belongs to the grammar here, or may be in any question. "Has Orle ever
been good at supervision?" is about what reports say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.grades import Area, Grade
from corpus.names.authorities import Mention
from qa_service.understanding.conditions.accounting import words_left
from qa_service.understanding.conditions.entities import entities_of
from qa_service.understanding.conditions.grades.changes import LAST_TWO
from qa_service.understanding.conditions.grades.conditions import area_scope
from qa_service.understanding.conditions.grades.sets import ALL_GRADES, with_grade_sets
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.histories.types import Form, PastGrades
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason
from qa_service.understanding.times.numbers import COUNT, number_of
from qa_service.understanding.times.period import Period


def _any(*groups: str) -> str:
    """Return an expression for any one of some words, which the groups list with spaces between them.

    A hyphen means a space within a phrase.
    """
    words = " ".join(groups).split()
    return rf"(?:{'|'.join(word.replace('-', ' ') for word in words)})"


_GRADE_NOUN = r"(?:grad(?:e|ing)s?|ratings?|judge?ments?|verdicts?)"
_GRADES = r"(?:grades|ratings|judge?ments)"
_WHOSE = r"(?:{N}(?:'s?)?)"
_FILL = (
    rf"(?:(?:{_any('been be being got get had have has was were is are did given received receive receiving rated')}|"
    rf"{_any('judged graded found to considered deemed a an overall the as in for by its their that ever once')}|"
    rf"{_any('with at on ofsted')}|{_GRADE_NOUN})\b[ ,]*|{{A}}[ ,]*|{_WHOSE}[ ,]*)*"
)
"""Words that may come between the others."""
_IT = rf"(?:it|they|things|{_WHOSE}|the (?:council|authority|borough|county|service)|services)"
_IMPROVED = (
    rf"(?:improv(?:ed?|ing|ement)|recover(?:ed|y)?|progress(?:ed)?|worse(?:ned)?|chang(?:ed?|ing)|"
    rf"{_any('get-better getting-better got-better gotten-better better got-worse gotten-worse bounced-back')}|"
    rf"{_any('moved gone come climbed risen')} (?:up|on)|turned (?:it|things|itself) around|"
    rf"{_any('rise risen up-or-down better-or-worse')})"
)
_ENDING = (
    rf"(?:stop(?:ped|s)?(?: being)?|cease[ds]?(?: (?:to be|being))?|escaped?|exit(?:ed)?|"
    rf"{_any('lose lost shed shake-off shook-off shaken-off leave left no-longer')}|"
    r"(?:g[eo]t|gotten|c[ao]me|move[ds]?|climb(?:ed)?|br[eo]a?ke?|d[iu]g|pull(?:ed)?)"
    r"(?: itself| themselves| back)?(?: up)?(?: out)?(?: of| from))"
)
"""Verbs for an authority that no longer has a grade."""
_BEGINNING = (
    rf"(?:{_any('become became reach reached achieve achieved gain gained earn earned turn turned get-to got-to go')}|"
    r"(?:move[ds]?|improve[ds]?|f[ae]ll|drop(?:ped)?|slip(?:ped)?|went)(?: up| down| back)? (?:in)?to)"
)
_NOW = _any("now then at-present today these-days lately recently yet still again")
_HOW_LONG = r"(?:for )?how (?:long|many years|many months)"
_WHEN = r"(?:when|(?:in )?(?:what|which) (?:year|month|date|{K}))"
_HAS = r"(?:has|have|had|is|are|was|were|did|does)(?:n't)?"
_S = r"(?P<grades>{S})"


def _patterns(*expressions: str) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern(expression) for expression in expressions)


_AND_SINCE = pattern(
    rf"(?:[,;?.–-]|\band\b|\bbut\b|\bif so\b)[ ,]*(?:(?:and|but|if so|so|how|what),? )*{_HAS} "
    rf"{_IT}(?: {_NOW}| at all| ever| any)* (?:{_any('been got gotten become made')} )?"
    rf"(?:{_IMPROVED}|{_ENDING} (?:it|that|this)|happened)(?: any| at all| much)?(?: {_NOW})*"
    rf"(?: (?:since|after|from)(?: then| that)?)?(?: {_NOW})*"
)
"""A second question, about what happened after the grades that the first one asks about."""
_THEN_WHAT = (
    r"what(?:'?s| has| is| have)? (?:happened|happening|become|became|changed)"
    r"(?: (?:to|of|with) (?:it|that|this|them))?|"
    r"how (?:has|have|did|is|are) (?:it|that|this|they) (?:changed?|changing|moved?|gone|done|going|evolved?)|"
    r"what (?:grades?|ratings?|judge?ments?)? ?(?:did (?:it|they) (?:get|have|receive)|"
    r"(?:was|were|is) (?:it|they)(?: given)?) (?:each|every) (?:time|{K})"
)
"""Words after the name of a grade that ask how it went over time."""
_ALL_OF_IT = rf"(?:{_any('full complete whole entire all every')} (?:of )?)"
_RECORD = _patterns(
    # Notes: "Orle – full history of Ofsted grades", "all of Orle's grades ever", "Orle: every grade"
    rf"{_WHOSE}[ ,:;–-]*(?:the )?{_ALL_OF_IT}*(?:ofsted )?{_any('history record journey timeline')}\b"
    rf"(?: (?:of|for) (?:(?:{_any('all its the their overall ofsted')}|{{A}}) )*(?:{_GRADE_NOUN}|ofsted)\b)?"
    rf"(?=[^?.!]*(?:\b{_GRADE_NOUN}\b|ofsted\b))",
    rf"\b{_ALL_OF_IT}(?:of )?(?:the )?{_WHOSE} (?:(?:ofsted|overall|{{A}}) )*{_GRADES}\b(?: ever)?",
    rf"(?:{_WHOSE}[ ,:;–-]*)(?:(?:overall|ofsted|{{A}}) )*(?:every|each) (?:(?:overall|ofsted|{{A}}) )*"
    rf"{_GRADE_NOUN}\b(?: ever)?",
    # The grade of one area, and then what became of it
    rf"{_WHOSE}[ ,]*(?:(?:overall|ofsted|{{A}})[ ,]*)*{_GRADE_NOUN}\b[ ,;:.–-]*(?:and )?(?:{_THEN_WHAT})",
    rf"(?:{{A}}|\boverall) (?:{_GRADE_NOUN} )?(?:in|at|for|of) {_WHOSE}[ ,;:.–-]*(?:{_THEN_WHAT})",
    rf"{_WHOSE}[ ,]*{_GRADE_NOUN} (?:for|on|in) (?:{{A}}|overall)[ ,;:.–-]*(?:{{T}}[ ,;:.–-]*)?(?:{_THEN_WHAT})",
    rf"\b(?:list|show(?: me)?|give(?: me)?|what (?:was|were)) "
    rf"(?:(?:all|of|the|its|their|overall|ofsted|{{A}}|{_WHOSE}) )*{_GRADE_NOUN} "
    rf"(?:(?:of|for|in) {_WHOSE} )?(?:each|every) (?:time|{{K}})\b",
    rf"\btrack record\b(?: (?:with|on|for|at|in) (?:ofsted\b|{{K}}|{_GRADE_NOUN}\b))*",
    (
        rf"\b{_any('history record journey trajectory timeline list sequence progression')} (?:of|for|in|with) "
        rf"(?:(?:{_any('all past previous the its their overall ofsted full')}|{_WHOSE}|{{A}}|{{K}}) )*"
        rf"(?:ofsted\b(?! {{K}})|{_GRADE_NOUN}\b|{{K}} {_any('results outcomes')}\b)"
    ),
    rf"(?:\b(?:{_GRADE_NOUN}|ofsted)|{{K}}|{{A}})(?: {_GRADE_NOUN})? {_any('history journey trajectory timeline')}\b",
    rf"\b{_any('past previous earlier')} (?:(?:{_any('overall ofsted')}|{{A}}|{{K}}) )*{_GRADES}\b",
    rf"(?:\b(?:{_GRADE_NOUN}|{_any('rated graded judged done fared got-on performed')})\b|{{N}}|{{A}})[^.?!;]{{0,40}} "
    rf"(?:over (?:time|the years)|{_any('down through')} the years|through time|year by year|at each {{K}})\b",
    rf"\bwhat(?:'?s| has| have)? (?:happened|become|became) (?:to|of|with) "
    rf"(?:(?:the|its|their|overall|{{A}}|{_WHOSE}) )*{_GRADE_NOUN}\b"
    rf"(?: (?:over time|at each {{K}}|at every {{K}}|each time|over the years|through the years))?",
    rf"\bhow (?:have|has|did|do) [^.?!;]{{0,60}}(?:\b(?:{_GRADE_NOUN}|effectiveness)|{{A}})[^.?!;]{{0,30}} "
    rf"{_any('move moved change changed changing evolve evolved developed shifted gone progressed')}\b",
)
_GRADES_OVER = pattern(
    rf"(?:{_WHOSE} )?(?:(?:the|its|their|all|overall|ofsted|{{A}}) )*{_GRADES}(?: (?:for|of|in) {_WHOSE})?"
    r"(?: overall)? {T}"
)
"""Grades over a period of time: "Leeds's grades since 2014"."""
_YEAR = 366
"""Number of days in a leap year. Only a longer period can include several inspections."""
_THEN_AND_NOW = _patterns(
    rf"\b{_GRADE_NOUN}\b[^.?!;]{{0,60}}(?:,|\band\b) ?(?:and )?(?:what(?:'s| is| are) (?:it|they|that)|how (?:is|are) "
    rf"(?:it|they)(?: {_any('rated graded doing')})?) {_NOW}",
    rf"\b{_GRADE_NOUN}\b[^.?!;]{{0,60}}\b(?:then|compared) (?:and|with|to) now\b",
)
"""Words that ask for the grade at one time, and for the present grade."""
_HIGHEST = _patterns(rf"\b{_any('best highest top')} (?:(?:overall|ofsted|{{A}}) )*(?:{_GRADE_NOUN}|result)\b")
_LOWEST = _patterns(rf"\b{_any('worst lowest poorest')} (?:(?:overall|ofsted|{{A}}) )*(?:{_GRADE_NOUN}|result)\b")
_WHICH_OF = re.compile(r"\b(?:who|which)\b")
_CHANGED = _patterns(
    rf"\bwhat(?: has| have|'s)? (?:changed|moved|got better|got worse|improved|declined|is different)"
    rf"(?: (?:in|at|for|with) {_WHOSE})? {LAST_TWO.pattern}",
    rf"\b(?:did|has|have|was there) (?:any|anything|any(?: of the| of its)? (?:{_GRADES}|areas?))(?: (?:area|grade))? "
    rf"(?:go|gone|went|drop(?:ped)?|f[ae]ll(?:en)?|slip(?:ped)?|get worse|got worse|improve[ds]?|change[ds]?|move[ds]?)"
    rf"(?: up| down)? (?:at|in|on) (?:the|its|their) "
    r"(?:(?:last|latest|most recent) {K}|{T} {K}|{K} (?:in|of) {T})",
)
_MOVED = pattern(
    rf"\bwhich (?:{{A}}|areas) (?:changed|fell|improved) when {_WHOSE} (?:went|fell|rose|moved) "
    r"from (?P<before>{S}) to (?P<after>{S})"
)
_ABOUT_ALL_GRADES: tuple[tuple[Form, tuple[re.Pattern[str], ...]], ...] = (
    (Form.CHANGED, _CHANGED),
    (Form.HIGHEST, _HIGHEST),
    (Form.LOWEST, _LOWEST),
    (Form.RECORD, _RECORD),
)
"""The forms that do not name a grade, each with its patterns."""
_EVER = _patterns(
    rf"\b(?:ever|at (?:any|some) (?:time|point|stage|{{K}})|in (?:any|one)(?: of (?:its|their))? {{K}}|previously|once|"
    rf"in the past) {_FILL}{_S}(?: {_any('before in-the-past previously at-all')})?"
)
_SINCE = _patterns(
    rf"\b{_IMPROVED}(?: at all| any| much)? (?:since|after|from) (?:when )?(?:{_IT} )?(?:last )?{_FILL}{_S}",
    rf"\b(?:since|after) (?:{_IT} )?(?:last )?{_FILL}{_S},? {_FILL}(?:{_IT} )?{_FILL}{_IMPROVED}",
)
_LEFT = _patterns(rf"\b{_HAS} {_IT} (?:(?:ever|yet|now|finally) )*{_ENDING} {_FILL}{_S}")
_ENDED = _patterns(
    rf"\b{_WHEN}\b[^.?!;]{{0,40}}?\b{_ENDING} {_FILL}{_S}",
    rf"\b{_WHEN}\b {_HAS} {_IT} last {_FILL}{_S}",
)
_STILL = _patterns(rf"\b(?:is|are|does|do|has|have)(?:n't)? {_IT} (?:been )?still {_FILL}{_S}")
_BEGAN = _patterns(
    rf"\bwhat (?:was|were) {_IT} {_FILL}(?:before|until) (?:{_IT} )?"
    rf"(?:{_BEGINNING} |becoming |getting )?{_FILL}{_S}",
    rf"\bsince when {_HAS} {_IT} {_FILL}{_S}",
    rf"\b{_WHEN} {_HAS} {_IT} (?:last |first )*{_BEGINNING} {_FILL}{_S}",
)
_LASTED = _patterns(
    rf"\b{_HOW_LONG}\b {_FILL}(?:{_IT} )?(?:{_any('spend spent stay stayed remain remained stuck')} )?{_FILL}{_S}",
    rf"\b{_HOW_LONG}\b[^.?!;]{{0,30}}?\b{_any('take took taken need needed')} (?:for )?(?:{_IT} )?(?:to )?"
    rf"{_ENDING} {_FILL}{_S}",
)
_NUMBER = _patterns(rf"\b(?:how many times|how often|on how many occasions|at how many {{K}})\b {_FILL}{_S}")
_TIMES = (
    rf"(?:{_any('more-than-once repeatedly several-times again-and-again twice-or-more twice')}|"
    rf"(?:at least )?(?P<count>{COUNT}) times(?: or more)?|at (?:two|2|several|more than one) {{K}})"
)
_SEVERAL = _patterns(rf"{_S} (?:on )?{_TIMES}", rf"\b{_TIMES} {_FILL}{_S}")
_WANTS_YES_OR_NO = re.compile(
    r"^(?:(?:and|but|so|also|do you know|can you (?:tell me|say)) )*(?:(?:if|whether) )?"
    r"(?:has|have|had|was|were|did|is|are|does|do)\b|\b(?:if|whether)\b"
)
_WITH_GRADES: tuple[tuple[Form, tuple[re.Pattern[str], ...], bool], ...] = (
    (Form.NUMBER, _NUMBER, False),
    (Form.SEVERAL, _SEVERAL, True),
    (Form.LASTED, _LASTED, False),
    (Form.ENDED, _ENDED, False),
    (Form.BEGAN, _BEGAN, False),
    (Form.SINCE, _SINCE, False),
    (Form.LEFT, _LEFT, False),
    (Form.STILL, _STILL, True),
    (Form.EVER, _EVER, True),
)
"""The forms that name grades, each with its patterns, and whether it must be a yes-or-no question."""
_KNOWN = pattern(
    rf"\b(?:{_any('ofsted history record over year years down through time all past previous last first before back')}|"
    rf"{_any('now then far to-date until-now up-to-now as happened since-then being')}|"
    rf"{_any('every each n pls full complete whole entire all them em of')}|{_GRADE_NOUN})\b|{{K}}|{_WHOSE}"
)
"""Words that add nothing to the rest of such a question."""


def find_past_grades(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> PastGrades | None:
    """Return what a question about past grades asks for. None if the question is not about past grades.

    ``named`` and ``periods`` are the authorities and the times found in the text. Only a question about the whole
    record may name a time.
    """
    if not named or asks_about_others(text) or asks_for_reason(text):
        return None
    slotted = with_grade_sets(SlottedText.of(text, entities_of(text, named, periods)))
    areas = {entity.value for _, entity in slotted.positions(Slot.AREA)}
    if len(areas) > 1 or slotted.positions(Slot.PHRASE):
        return None
    area: Area | None = next(iter(areas), None)
    if moved := _moved(slotted):
        return None if periods else moved
    if slotted.positions(Slot.GRADE_SET):  # the full record has one grade for each inspection, not for each area
        return None if periods or area_scope(slotted.text)[0] else _with_grades(slotted, area)
    return _about_all_grades(slotted, area)


def _moved(slotted: SlottedText) -> PastGrades | None:
    """Return what a question asks about the inspection at which the overall grade went from one to another."""
    match = _MOVED.search(slotted.text)
    if match is None or _has_words_left(slotted, [match.span()]):
        return None
    [before], [after] = (slotted.entities_in(*match.span(name), Slot.GRADE_SET) for name in ("before", "after"))
    return PastGrades(Form.MOVED, before.value, after=after.value)


def _with_grades(slotted: SlottedText, area: Area | None) -> PastGrades | None:
    """Return what a question that names grades asks for."""
    sets = slotted.positions(Slot.GRADE_SET)
    grades: frozenset[Grade] = sets[0][1].value
    if len(sets) > 1 or grades == ALL_GRADES:
        return None
    for form, patterns, wants_yes_or_no in _WITH_GRADES:
        match = _first_match(patterns, slotted.text)
        if match is None or (wants_yes_or_no and not _WANTS_YES_OR_NO.search(slotted.text)):
            continue
        since = _AND_SINCE.search(slotted.text, match.end())
        if _has_words_left(slotted, [match.span(), *([since.span()] if since else [])]):
            continue
        count = match.groupdict().get("count")
        return PastGrades(form, grades, area, and_since=since is not None, least=max(2, number_of(count or "2")))
    return None


def _about_all_grades(slotted: SlottedText, area: Area | None) -> PastGrades | None:
    """Return what a question that names no grade asks for.

    Only a question for the full record or for a change may name a time.
    """
    times = [entity.value for _, entity in slotted.positions(Slot.TIME)]
    long = any((period.last - period.first).days > _YEAR for period in times)
    if (match := _GRADES_OVER.search(slotted.text)) and long and not _has_words_left(slotted, [match.span()]):
        return PastGrades(Form.RECORD, area=area)
    if (match := _first_match(_THEN_AND_NOW, slotted.text)) and not _has_words_left(slotted, [match.span()]):
        return PastGrades(Form.RECORD, area=area, and_since=True)
    for form, patterns in _ABOUT_ALL_GRADES:
        if form in (Form.HIGHEST, Form.LOWEST) and len(slotted.names) > 1 and _WHICH_OF.search(slotted.text):
            continue  # the question asks which authorities have the grade now
        match = _first_match(patterns, slotted.text)
        if match is None or (form not in (Form.RECORD, Form.CHANGED) and times):
            continue
        if not _has_words_left(slotted, [match.span()]):
            return PastGrades(form, area=area)
    return None


def _first_match(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next(filter(None, (each.search(text) for each in patterns)), None)


def _has_words_left(slotted: SlottedText, used: Sequence[tuple[int, int]]) -> bool:
    known = [match.span() for match in _KNOWN.finditer(slotted.text)]
    return bool(words_left(slotted, [*used, *known]))
