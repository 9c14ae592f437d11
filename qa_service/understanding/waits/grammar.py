"""Recognises questions about the time since an inspection, or from an inspection to its report.

A question is one of these only if each of its words belongs to the grammar here, is a word that all questions may have,
or limits the answer ("in the north"). "How long do care leavers wait for a flat?" is about what reports say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.names.authorities import Mention
from corpus.types import FULL_INSPECTIONS, VISITS, Kind
from qa_service.understanding.conditions.accounting import is_modifier, merged, with_preposition, words_left
from qa_service.understanding.conditions.entities import INSPECTIONS, areas_in, grades_in, kinds_in, phrases_in
from qa_service.understanding.conditions.selection import find_which
from qa_service.understanding.conditions.slots import Entity, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import Span, Which
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.quantities import BOUNDS
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_reason
from qa_service.understanding.times.numbers import COUNT, number_of
from qa_service.understanding.times.period import Period
from qa_service.understanding.waits.types import Comparison, LengthBound, Measure, Order, Wait

ANY_INSPECTION = (*INSPECTIONS, *VISITS)
"""The kinds that "inspected" means."""
_UNITS = r"(?:days?|weeks?|months?|years?)"
_LENGTH = re.compile(
    rf"(?<![\w.,-])(?:(?:{'|'.join(f'(?P<{name}>{words})' for name, words in BOUNDS.items())}) )?(?:about |around )?"
    rf"(?P<count>{COUNT}|an?)(?P<half> and a half)? (?P<unit>{_UNITS})\b(?P<after_half> and a half)?"
    r"(?: (?P<least_after>or (?:more|longer))| (?P<most_after>or (?:less|fewer)))?"
)
"""A length of time, with or without a limit: "more than three years"."""
_AGO = re.compile(rf"(?:{'|'.join(BOUNDS.values())}) (?:{COUNT}|an?)(?: and a half)? {_UNITS} ago")
"""A time that says how long ago the last inspection was: "more than four years ago"."""
_HOW_LONG = (
    rf"(?:how (?:long|much time|many {_UNITS})|"
    r"(?:^|(?<=tell me )|(?<=give me )|what(?:'s| is| was) )(?:the )?(?:length of )?(?:time|gap|interval))"
)
_IS = r"(?:(?:is|was|has|have|had|it|it's|'s|been|passed|gone by|elapsed|now|there|that|roughly|exactly|about),? )"
_WAITED = r"(?:gone|been going|been waiting|been|waited|had to wait|waiting|go|wait|went)"
_ONE_WHO = rf"(?:{{N}}(?:'s?)?|it|they|(?:the |that |this ){WHO})"
_ALL_WHO = rf"(?:each|every|all|the different)(?: of)?(?: the)? {WHO}"
_PUBLISH = (
    r"(?:publish(?:ed|ing)?|publication|releas(?:e|ed|ing)|issu(?:e|ed|ing)|c[ao]me out|coming out|appear(?:ed|ing)?)"
)
_REPORT = r"(?:{K} reports?\b|(?P<report>{K})(?! report))"
_LEAVING = (
    r"\binspectors? (?:(?:have|had|has|were) )?(?:left|leaving|leave|gone|went|going|finish(?:ed|ing)?)\b|"
    r"\b(?:fieldwork|on-?site (?:visit|work))\b"
)
_INSPECTED = rf"(?:{{K}}|\binspected|\bvisited|{_LEAVING})"
"""The first event of a delay: an inspection, or its end."""
_RANK = r"(?P<rank>longest|shortest|least|most|greatest|biggest|smallest|slowest|quickest|fastest|soonest)"
_SHORTEST = ("shortest", "least", "smallest", "quickest", "fastest", "soonest")
_PUBLISHED_IN = re.compile(rf"{_PUBLISH} (?=\w)", re.IGNORECASE)
_EVENT = pattern(r"{K}|\b(?:re-?)?(?:inspect|visit)(?:ed|s)?\b")
_FULLY = re.compile(r"\bfully (?:re-?)?inspected\b|\binspected (?:fully|in full)\b|\bfull(?:y)? inspect\b")
_SINCE: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{_HOW_LONG} {_IS}*since\b",
        rf"\bhow (?:long|many {_UNITS}) (?:ago|back)\b",
        (
            rf"\bhow (?:long|many {_UNITS}) (?:has|have|had|did) (?:{_ONE_WHO}(?:,? and |,? or |, | ))+"
            rf"(?:now |so far |last )*{_WAITED} (?:now |so far )*(?:without|since|"
            r"for(?= (?:an? |its |their |the |another |any )*(?:next |last |proper |new )*{K}))(?= |$)"
        ),
        rf"\bhow (?:long|many {_UNITS}) (?:has|have) it been without\b",
        rf"\bhow (?:long|many {_UNITS}) (?:has|have) {_ONE_WHO} not (?:had|been inspected)\b",
    )
)
"""Asks how long ago the inspections of the authorities named were."""
_RANKED: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{_WAITED} (?:for )?(?:the )?{_RANK}(?: time)?\b",
        rf"\b(?:the )?{_RANK} (?:wait|gap|time|period|interval)s? (?:since|for|without|to)\b",
        rf"\b(?:the )?{_RANK} (?:time )?(?:ago|since)\b",
        (
            rf"\b(?:by|in (?:the )?order of|with) (?:the )?(?:length of )?(?:time|how long|{_UNITS})(?: ago)? "
            rf"{_IS}*(?:since|ago|without|(?:the|its|their|each|every) )"
        ),
        r"\b(?:by|in (?:the )?order of) how long ago\b",
        (
            rf"\b{_HOW_LONG} (?:{_IS}*since|(?:ago|back) (?:was|were|did|is)|(?:has|have)) (?:the )?"
            rf"(?:(?:last |latest |most recent |full )*{{K}} (?:of|in|at|to) )?{_ALL_WHO}\b"
        ),
    )
)
"""Asks for a comparison of authorities by the time since their last inspection."""
_BOUNDED: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{_WAITED} (?:for )?$",
        r"(?:\b(?:not|no|never|without)|n't)\b[^.?!;]{0,60}?(?:{K}|\binspected|\bvisited)[^.?!;]{0,20}?\b(?:for|in) $",
        r"\b(?:last|latest|most recent)\b[^.?!;]{0,40}?(?:{K}|\binspected|\bvisited)[^.?!;]{0,40}?$",
        r"\b(?:it is|it's|it has been|it's been|been|with) $",
    )
)
"""The words before a limit on the time since an inspection: "have gone", "were last inspected"."""
_BOUND_ENDS = re.compile(r" (?:ago|without|since|for|now|with no)\b|,|\W*$")
"""The words after such a limit."""
_DELAY: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        (
            rf"\bhow (?:long|much time|many {_UNITS}) (?:did|does|do|has|had) (?:it|ofsted|(?:the )?inspectors|they) "
            rf"(?:take|taken|need|wait)\b[^.?!;]{{0,90}}?\b{_PUBLISH}\b"
        ),
        (
            rf"\bhow (?:long|much time|many {_UNITS}) (?:did|does|do|has|had)\b[^.?!;]{{0,60}}?{{K}}"
            rf"[^.?!;]{{0,40}}?\b(?:take|taken) to (?:be )?{_PUBLISH}\b"
        ),
        (
            rf"\b{_HOW_LONG}\b[^.?!;]{{0,40}}?\b(?:between|from)\b[^.?!;]{{0,80}}?{_INSPECTED}"
            rf"[^.?!;]{{0,40}}?\b(?:and|to|until|till)\b[^.?!;]{{0,60}}?(?:\b{_PUBLISH}\b|{_REPORT})"
        ),
        (
            rf"\bhow (?:long|many {_UNITS}|soon|quickly|much later)\b[^.?!;]{{0,90}}?\bafter\b"
            rf"(?=[^.?!;]*{_INSPECTED})(?=.*\b{_PUBLISH}\b)"
        ),
        (
            rf"\bhow (?:long|many {_UNITS}|soon|quickly)\b[^.?!;]{{0,60}}?\b{_PUBLISH}\b[^.?!;]{{0,40}}?\bafter\b"
            rf"(?=[^.?!;]*{_INSPECTED})"
        ),
        rf"\b(?:{_RANK} )?delays?\b[^.?!;]{{0,50}}?\b{_PUBLISH}\b",
        rf"\b(?:{_RANK} )?{_PUBLISH} delays?\b",
        (
            rf"\bhow (?:long|many {_UNITS}) (?:did|does|do|has|had|have)\b[^.?!;]{{0,40}}?\bwait(?:ed)? "
            rf"(?:for|to (?:see|get|have|receive)) (?:(?:its|the|their) )?{_REPORT}"
        ),
        rf"\bwaited (?:the )?{_RANK} for (?:its|the|their) {_REPORT}",
        (
            rf"\b{_RANK}(?: time| gap| interval| wait| period)? (?:to|before|until|between)\b"
            rf"[^.?!;]{{0,60}}?\b{_PUBLISH}\b"
        ),
        rf"\b{_PUBLISH} (?:the )?(?:most )?(?:{_RANK}|quickly|slowly)\b(?! ago)",
        (
            rf"\b(?:by|in (?:the )?order of) (?:the )?(?:length of )?(?:time|how long|{_UNITS})\b[^.?!;]{{0,60}}?"
            rf"\b(?:took|take|taken|until|before|between|to)\b[^.?!;]{{0,30}}?\b{_PUBLISH}\b"
        ),
    )
)
"""Asks how long after an inspection its report was published."""
_DELAY_BOUNDED = pattern(rf"\b(?:took|take|taken|waited) $|\b{_PUBLISH}\b[^.?!;]{{0,20}}?$|\bdelays? (?:of )?$")
"""The words before a limit on such a delay: "took more than 60 days to be published"."""
_DELAY_BOUND_ENDS = re.compile(r" (?:to|after|before|from|until|between|of)\b|,|\W*$")
_LISTED_REPORTS = pattern(
    rf"\bwhat (?:is|was|'s) the {_RANK.replace('?P<rank>', '?:')} |"
    r"\b(?:which|what|list|show(?: me)?|name|find|all|rank|how many)\b[^.?!;]{0,30}?{K}"
)
_LISTED_WHO = pattern(
    rf"\b(?:which|what|list|name|show(?: me)?|find|rank|sort|how many|any|all|every|each|where|identify)\b"
    rf"(?:(?!{{N}})[^.?!;]){{0,30}}?{WHO}|\b(?:who|whose|where)\b|\bwhich (?:of|one)\b|"
    rf"\bwhich (?:has|have|is|was)\b|^{WHO}\b"
)
_ONE_OF_THEM = pattern(
    r"\b(?:which|what|name the|show me the|the) (?:\w+ ){0,2}?(?:council|authority|la|borough|county|trust|area|place|"
    r"one)\b|\bwho\b|\bwhose\b|\bwhich (?:has|is|was|of)\b"
)
_KNOWN_WORDS = """
    last latest previous previously first ago back since long longest time times passed gone go elapsed waited
    waiting wait waits been now today current currently between after before until till end ended ending close
    roughly approximately exactly precisely around finish finished publication appear appeared took take takes
    taken delay delays gap length interval sort sorted order ordered rank ranked by full fully proper properly
    again another next went apart later earlier being days weeks months years each every all soon quickly
    happen happened descending
    """.split()  # noqa: SIM905 - a list this long reads better as text
_KNOWN = re.compile(rf"\b(?:{'|'.join(_KNOWN_WORDS)}|most recent(?:ly)?|c[ao]me out|coming out)\b")
"""Words that say no more than the rest of such a question does."""
_PEOPLE = re.compile(
    r"\b(?:child(?!ren['’]?s['’]? (?:services|social care))(?:ren)?|kids?|young people|babies|teenagers?|leavers?|"
    r"foster\w*|adopt\w*|carers?|parents?|famil(?:y|ies)|mothers?|fathers?|workers?|staff|managers?|leaders?|directors?|"
    r"teams?|advisers?|referrals?|assessments?|plans?|placements?|flats?|courts?|police|visits? to (?:homes?|children)|"
    r"health|supervision|training|strategy|policy|response)\b",
    re.IGNORECASE,
)
"""Words for people and work. What reports say answers a question with one of these words."""
_GRADED = re.compile(r"\b(?:rated|graded|judged|grades?|ratings?|judge?ments?|outstanding|inadequate)\b", re.IGNORECASE)
_LEFT_OUT = pattern(
    r"\b(?:other than|apart from|except(?: for)?|excluding|besides|not including|but not) "
    r"{N}(?:(?:,? and |,? or |, ){N})*"
)
"""The authorities that the question leaves out."""
_DENIAL = re.compile(r"(?:not|no|never|without|neither|nor|except|excluding|other than|apart from|n't)\b|\w+n't\b")
_SO_LONG_AGO = re.compile(
    rf"(?:and )?how (?:long|many {_UNITS}) (?:ago|back|since) (?:is|was|were|did) (?:that|it|this|they)(?: happen)?\W*",
    re.IGNORECASE,
)


def asks_only_how_long_ago(clause: str) -> bool:
    """Whether a clause only asks how long ago the event in the clause before it was: "how long ago is that"."""
    return bool(_SO_LONG_AGO.fullmatch(clause.strip()))


def find_wait(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> Wait | None:
    """Return what a question about a length of time asks for. None if the question asks for no length of time.

    ``named`` and ``periods`` are the authorities and the times found in the text.
    """
    if _PEOPLE.search(text) or _GRADED.search(text) or asks_about_others(text) or asks_for_reason(text):
        return None
    slotted = SlottedText.of(text, _entities(text, named, [each for each in periods if not is_length(each, text)]))
    if any(slotted.positions(slot) for slot in (Slot.GRADE, Slot.AREA, Slot.PHRASE)):
        return None
    return _delay(slotted) or _since(slotted)


def is_length(period: Period, text: str) -> bool:
    """Whether words for a time say how long ago the last inspection must be: "last inspected over four years ago"."""
    before = text[: period.start].lower()
    ago = _AGO.fullmatch(period.words.lower())
    return bool(ago and re.search(r"\b(?:last|latest|most recent)(?:ly)?\b", before))


def _delay(slotted: SlottedText) -> Wait | None:
    text = slotted.text
    cores = [match for core in _DELAY for match in core.finditer(text) if _ends_in_report(slotted, match)]
    bound = _bound(slotted, (_DELAY_BOUNDED,), _DELAY_BOUND_ENDS) if re.search(rf"\b{_PUBLISH}\b", text) else None
    if bound and not _EVENT.search(text):
        bound = None
    if not cores and bound is None:
        return None
    rank = next((match["rank"] for match in cores if match.groupdict().get("rank")), "")
    listed = bool(_LISTED_REPORTS.search(text) or (_LISTED_WHO.search(text) and not slotted.names))
    lists = bool(rank or bound or re.search(r"\b(?:by|order of)\b", text)) and listed
    if (rank or bound) and not lists:
        return None
    extents = [match.span() for match in (*cores, *re.finditer(_LEAVING, text))] + ([bound[1]] if bound else [])
    kinds = _kinds(slotted)
    if lists and kinds == INSPECTIONS and _names_reports(slotted):
        kinds = ()  # "which report took longest after the inspection" means reports of any kind
    plural = re.search(r"\b(?:reports|inspections|visits|letters)\b", slotted.question.lower())
    return _wait(
        slotted,
        extents,
        Wait(
            Measure.DELAY,
            lists=lists,
            order=Order.SHORTEST if rank in _SHORTEST else Order.LONGEST,
            single=bool(rank) and not plural and bound is None,
            bound=bound[0] if bound and lists else None,
            kinds=kinds,
            which=_which(slotted, lists=lists),
        ),
    )


def _since(slotted: SlottedText) -> Wait | None:
    text = slotted.text
    published = re.search(rf"\b{_PUBLISH}\b", text)
    if not (_kinds(slotted) or published):
        return None  # "how long did it wait for its report?" asks for something else
    ranked = [match for core in _RANKED for match in core.finditer(text)]
    bound = _bound(slotted, _BOUNDED, _BOUND_ENDS)
    asked = [match for core in _SINCE for match in core.finditer(text)]
    listed = bool(_LISTED_WHO.search(text))
    lists = listed and bool(ranked or bound)
    if not lists and not asked:
        return None
    ranks = sorted((match.start("rank"), match["rank"]) for match in ranked if match.groupdict().get("rank"))
    rank = ranks[0][1] if ranks and lists else ""
    first_rank = re.search(r"\bfrom (?:the )?(longest|shortest)\b", text)
    rank = first_rank[1] if first_rank and rank else rank
    cores = [*(ranked if lists else ()), *asked]
    denied = re.finditer(r"\b(?:not|n't|no|never|without|\w+n't)\b", text) if lists else ()
    extents = [match.span() for match in (*cores, *denied)] + ([bound[1]] if bound else [])
    return _wait(
        slotted,
        extents,
        Wait(
            Measure.SINCE_PUBLICATION if published else Measure.SINCE_INSPECTION,
            lists=lists,
            order=Order.SHORTEST if rank in _SHORTEST else Order.LONGEST,
            single=bool(rank) and bound is None and bool(_ONE_OF_THEM.search(text)),
            bound=bound[0] if bound and lists else None,
            kinds=_kinds(slotted),
            which=_which(slotted, lists=lists),
        ),
    )


def _wait(slotted: SlottedText, extents: Sequence[tuple[int, int]], wait: Wait) -> Wait | None:
    """Return the length of time that is asked for, with the words that it does not apply.

    None if the question has words for another subject.
    """
    text = slotted.text
    used = [*extents, *(match.span() for core in (_KNOWN, _FULLY, _LEFT_OUT) for match in core.finditer(text))]
    left = words_left(slotted, used)
    groups = [with_preposition(text, extent) for extent in merged(text, left)]
    if any(_DENIAL.match(text[start:end]) for start, end in groups):
        return None
    who = _LISTED_WHO.search(text)
    if not is_modifier(slotted, left, who.span() if who else (0, 0)):
        return None
    spans = tuple(Span(*slotted.span(*group)) for group in groups)
    return replace(wait, not_applied=spans)


def _names_reports(slotted: SlottedText) -> bool:
    """Whether a question says "report", and not only "inspection"."""
    by_itself = any(not entity.value for _, entity in slotted.positions(Slot.KIND))
    return by_itself or bool(re.search(r"\breports?\b", slotted.text))


def _ends_in_report(slotted: SlottedText, match: re.Match[str]) -> bool:
    """Whether the second event of a delay is a report, and not another inspection."""
    report = match.groupdict().get("report")
    return not report or slotted.entities_in(*match.span("report"))[0].value == ()


def _bound(
    slotted: SlottedText, before: Iterable[re.Pattern[str]], after: re.Pattern[str]
) -> tuple[LengthBound, tuple[int, int]] | None:
    """Return the limit on a length of time that a question states between certain words, and its place."""
    for match in _LENGTH.finditer(slotted.text):
        opening = slotted.text[: match.start()]
        if any(core.search(opening) for core in before) and after.match(slotted.text, match.end()):
            return _length(match, Span(*slotted.span(*match.span()))), match.span()
    return None


def _length(match: re.Match[str], span: Span) -> LengthBound:
    found = match.groupdict()
    stated = next((name for name in BOUNDS if found[name]), "")
    if found["most_after"] or found["least_after"]:
        stated = "most" if found["most_after"] else "least"
    count, unit = _number(found["count"]), found["unit"].rstrip("s")
    half = bool(found["half"] or found["after_half"])
    comparison = Comparison(stated or "least")
    if unit in ("year", "month"):
        months = count * (12 if unit == "year" else 1) + (6 if unit == "year" and half else 0)
        return LengthBound(comparison, months=max(months, 1), span=span)
    days = count * (7 if unit == "week" else 1) + (4 if unit == "week" and half else 0)
    return LengthBound(comparison, days=max(days, 1), span=span)


def _number(words: str) -> int:
    return 1 if words in ("a", "an") else number_of(words)


def _which(slotted: SlottedText, *, lists: bool) -> Which:
    found = find_which(slotted)
    return found.which if found and not lists and found.which in (Which.FIRST, Which.PREVIOUS) else Which.LATEST


def _kinds(slotted: SlottedText) -> tuple[Kind, ...]:
    """Return the kinds of inspection that a question names, or those that "inspected" means.

    A follow-up has the words of the question before it in front. If the follow-up itself names kinds, these replace
    those of the question before.
    """
    if _FULLY.search(slotted.text):
        return FULL_INSPECTIONS
    places = [(at, entity.value) for at, entity in slotted.positions(Slot.KIND) if entity.value]
    mark = max((match.end() for match in re.finditer(r"[?.!] ", slotted.text)), default=0)
    named = [kinds for at, kinds in places if at >= mark] or [kinds for _, kinds in places]
    specific = [kinds for kinds in named if kinds != INSPECTIONS]
    if named:
        return tuple(dict.fromkeys(kind for kinds in specific or named for kind in kinds))
    return ANY_INSPECTION if re.search(r"\binspect|\bvisited", slotted.text) else ()


def _entities(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> list[Entity]:
    return [
        *phrases_in(text),
        *(Entity(Slot.AUTHORITY, mention.name, mention.start, mention.end) for mention in named),
        *(Entity(Slot.TIME, period, _time_starts(period, text), period.end) for period in periods),
        *kinds_in(text),
        *grades_in(text),
        *areas_in(text),
    ]


def _time_starts(period: Period, text: str) -> int:
    """Return where the words for a time start, without the "published" of "published in 2025"."""
    verb = _PUBLISHED_IN.match(text, period.start, period.end)
    return verb.end() if verb else period.start
