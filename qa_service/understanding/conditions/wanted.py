"""What a question asks for: grades, a list, a count, a date, a person, yes or no."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from qa_service.understanding.conditions.slots import Extent, SlottedText, pattern
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.times.numbers import NUMBER

WHO = (
    r"(?:(?:local )?(?:councils?|authorit(?:y|ies)(?:'s?)?|las?\b|boroughs?|count(?:y|ies)|places|trusts?|areas|"
    r"regions?)"
    r"(?: (?:children'?s services|areas?))?|children'?s services(?: departments?)?)"
)
"""Words for authorities in general."""
_ADJECTIVES = (
    r"(?:(?:of|the|all|any|other|different|english|local|your|these|those|more|every|in total|total|new|full|graded|"
    r"ofsted|{G}|{T}|or|and)[ -]+)*"
)
_UNKNOWN = (
    r"(?P<unknown>(?:(?!(?:areas|do|does|did|is|are|was|were|has|have|had|can|could|should|would|will)\b)"
    r"[a-z][\w'-]+ ){0,2}?)"
)
"""Words before the noun that a question asks for, such as "Labour" in "Labour councils". These words count as
unused."""
_COUNT = r"(?:how many|number of|count(?: up)?|total(?: number)?(?: of)?|what number of)"
_ASK = (
    r"(?:which|what|list|name|show(?: me)?|tell me(?: about)?|give(?: me)?|find(?: me)?|any|"
    r"(?:is|are|was|were) there(?: any| an?)?|identify|all(?: of)?(?: the)?)"
)
_DID = (
    r"(?:is|are|was|were|has|have|had|got|gets?|went|became|fell|improved|dropped|moved|remains?|stayed|requires?|"
    r"declined|deteriorated|worsened|slipped|regressed|rose|climbed|"
    r"isn't|aren't|wasn't|weren't|hasn't|haven't)"
)
_NEWEST = r"(?:latest|last|first|most recent|newest|oldest|earliest|previous)"
_SHARE = re.compile(
    r"\b(?:what|which) (?:proportion|share|percentage|per ?cent|fraction|%) (?:of|is|are|was|were|has|have|had|"
    r"got)\b|\bhow large a (?:share|proportion) of\b|^\W*(?:the )?(?:proportion|share|percentage|per ?cent|%) of\b|"
    r"(?<=, )what (?:proportion|share|percentage|per ?cent|fraction|%)(?= )"
)
_OF_WHO: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{_COUNT} {_ADJECTIVES}{_UNKNOWN}{WHO}\b",
        rf"(?:\b(?:proportion|share|percentage|per ?cent|fraction)|(?<!\w)%) {_ADJECTIVES}{WHO}\b",
        rf"\b{_ASK} {_ADJECTIVES}{_UNKNOWN}{WHO}\b(?! (?:for|of) improvement)",
        (
            rf"^(?:and )?{_ADJECTIVES}{WHO} (?:that|which|who|whose|with|without|having|where|rated|judged|graded|in|"
            r"under|not|(?:fully )?inspected)\b"
        ),
        rf"\b(?:do|does|did|has|have|is|are|was|were) any {_ADJECTIVES}{WHO}\b",
        rf"\b(?:{_COUNT}|which) of (?:the |these |those )?(?:following )?(?:{{N}}(?:,? and |,? or |, ))+{{N}}",
        rf"\bwho (?:else )?{_DID}\b(?! the\b| lead\b)",
        (
            rf"\bwhich (?!(?:is|are|was|were) (?:the |your )*(?:{NUMBER} )?{_NEWEST} (?:\w+ )?{{K}})"
            rf"(?:of them |ones? )?{_DID}\b"
        ),
        r"\bwho do you (?:hold|have|cover)\b",
        rf"\b(?:if|where|when|whether) (?:a|an|any|the) {WHO}\b",
        rf"\b(?:every|each) {_ADJECTIVES}{WHO}\b",
        rf"\b(?:the )?{WHO} (?:that|which|who|whose|where)\b",
        r"\bwhose (?:[^ ]+ ){0,3}(?:grades?|ratings?|judge?ments?)\b",
        r"\bwhose (?:latest |current )?{A}",
        rf"(?:^|, )(?:which|what) {WHO}\W*$",
        r"\b(?:share|proportion|percentage|per cent) of (?:{N}(?:,? and |,? or |, ))+{N}",
        rf"\b(?:a |the )?(?:list|names?|number) of (?:all )?(?:the )?{_ADJECTIVES}{WHO}\b",
        rf"\b(?:is|are|was|were) there (?:ever )?(?:an?|any|some|one) {_ADJECTIVES}{WHO}\b",
        rf"[:–-] ?(?:which|what) {_ADJECTIVES}{WHO}\b",
    )
)
_OF_UNNAMED: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{_COUNT} {_DID}\b",
        r"\b(?:what|which) (?:share|proportion|percentage) (?:is|are|was|were|has|have|had|got)\b",
        r"\bwhere (?:is|are|was|were|did|do|does|have|has)\b",
        r"\b(?:has|have|had|did|is|are|was|were) (?:anyone|anybody|any)(?: of (?:them|these|those))?\b(?! {K})",
        rf"\bany(?: ones?)? (?:that|which|who) {_DID}\b",
    )
)
"""Wording that does not name what to list or count. It means authorities only if the question also has a condition on
authorities."""
_INSPECTED = pattern(r"\b(?:re-?)?(?:inspected|visited)\b|\b(?:had|have|has|received) (?:[^ ]+ ){0,3}?{K}")
_ASKS_WHETHER = r"(?:^(?:and |so |but )*|\b(?:if|whether) )"
_OF_REPORTS: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"\b{_COUNT} {_ADJECTIVES}(?:{{N}}(?:'s?)? )?{_UNKNOWN}{{K}}",
        r"\bwhat (?:did|has|have|was|were) (?:ofsted |been |they )?(?:publish(?:ed)?|issued?|released?|put out)\b",
        (
            rf"^(?:out )?of (?:all )?(?:the |our |these )?{_ADJECTIVES}{{K}}"
            r"(?=[^?.!]*, (?:how many|what (?:number|proportion|share|percentage|per ?cent|fraction|%)) )"
        ),
        rf"\b{_ASK} {_ADJECTIVES}{_UNKNOWN}{{K}}",
        (
            rf"(?:\b(?:proportion|share|percentage|per ?cent|fraction)|(?<!\w)%) {_ADJECTIVES}"
            r"(?:{N}(?:'s?)? )?{K}"
        ),
        (
            r"\b(?:has|have|had|did) {N} (?:ever |yet |already )*(?:had|have|received?|get)"
            r"(?: an?| any| its| their)?(?: first)? {K}"
        ),
        (
            rf"\b(?:what|which)(?:'s| is| was) (?:the |its |their |{{N}}(?:'s?)? )*{_NEWEST} (?:full |graded )?{{K}}"
            r"(?! (?:say|find|found|said|about))"
        ),
        (
            rf"(?:\b(?:{_ASK}|(?:what|which)(?:'s|'re| is| are| was| were)|see) |^)"
            r"(?:of |the |your |our |its |{N}(?:'s?)? )*"
            rf"(?:{NUMBER} {_NEWEST}|{_NEWEST}(?: {NUMBER})?) (?:full |graded |ofsted )*{{K}}"
            r"(?! (?:say|find|found|said|about)\b)"
        ),
        r"\b(?:do|have) (?:you|we|i) (?:have|hold|got)(?: any| an?| the| all)?(?: other)?(?: {G})? {K}",
        (
            r"\bhow (?:often|frequently|many times) (?:has|have|was|were|is|are|did|had)\b"
            r"(?=.{0,60}\b(?:inspect|visit|rated|judged|graded|chang|improv|gone?\b|got\b|declin|f[ae]ll|drop|worse|risen|been\b))"
        ),
        r"\bwhat (?:do|have) (?:you|we) (?:have|hold|got|cover) (?:on|about|for|from)\b",
        (
            r"^(?:the |all |any |a list of )*{K} (?:published|released|issued|from|in|since|before|after|about|"
            r"on|for|of|"
            r"between|by|with|without|that|which|where|rated|held)\b|^(?:the |all |any |a list of )*{K} {T}"
        ),
        r"\b(?:need|want|after|looking for|see|like) (?:all )?(?:of )?(?:the |any )?(?:\w+ ){0,2}?{K}",
        (
            r"\b(?:every|each|all|list|any)(?: the)? (?:time|change|fall|rise|drop|improvement|decline|increase)s?\b|"
            r"^changes? (?:for|in|to)\b"
        ),
        r"\b(?:is|are|was|were) there (?:ever )?(?:an?|any|more than|at least|fewer than|less than)? ?(?:\w+ )?{K}",
        (
            r"\b(?:has|have|had|did) {N} (?:ever |yet |already )*(?:had|have|received?|get|"
            r"been given) (?:(?!at\b(?! least| most)|in\b|on\b|from\b|for\b)\w+ ){1,5}?{K}"
        ),
        rf"^(?:the |all |an? )?{_NEWEST} (?:full |graded )?{{K}} (?:of|on|about|for|in|to) {{N}}\W*$",
        (
            rf"{_ASKS_WHETHER}(?:has|have|had|was|were|is|are) {{N}} (?:ever |yet |already |also |again |been )*"
            r"(?:re-?)?(?:inspected|visited)\b"
        ),
        (
            rf"{_ASKS_WHETHER}{{N}} (?:has|have|had|was|were) (?:ever |yet |already |also |been )*"
            r"(?:re-?)?(?:inspected|visited)\b"
        ),
        rf"{_ASKS_WHETHER}did (?:ofsted|inspectors|they) (?:ever |also )?(?:re-?)?(?:inspect|visit|go to) {{N}}",
    )
)
_WHEN = pattern(
    r"^(?:and |so )?when\b|\b(?:tell me|know|say|remind me|confirm|check|show me|find out) (?:exactly )?when\b|"
    r"\bwhen(?:'s| was| were| did| is| has| had| have| will)\b|\b(?:what|which|on what|on which|in what|in which) "
    r"(?:exact )?(?:date|day|month|year)s?\b|\bdates? (?:of|for|on which|when|that)\b|\bhow (?:recently|long ago)\b|"
    r"\bwhat(?:'s| is| was| were) the dates?\b"
)
_PUBLISHED = re.compile(r"\b(?:publish\w*|publication|released?|issued?|came out|come out)\b")
_PUBLICATION_DATE = re.compile(r"\bpublication dates?\b|\bdates? of publication\b", re.IGNORECASE)
_EVENT = pattern(
    r"{K}|\b(?:re-?)?inspect(?:ed|ing)?\b|\bvisit(?:ed|ing)?\b|\brated\b|\bgraded\b|\bjudged\b|\bpublish\w*\b|"
    r"\breleased\b|\bcame? out\b|\binspectors? (?:were|was|last)\b|\bget\b|\bbecome\b|\blose\b|\bimprove\b"
)
_PERSON = pattern(
    r"\blead inspectors?\b|\b(?:name of|named?) the (?:lead )?inspectors?\b|\bwhich inspectors?\b|\bhmi\b.*\bname\b|"
    r"\bwho (?:led|inspected|wrote|signed|carried out|conducted|was in charge of|headed(?: up)?|undertook)"
    r"(?: (?:the|this|that|its|their|our|each|all|full|last|latest|newest|first|previous|recent|most|ofsted(?:'s)?|of|"
    r"{N}(?:'s?)?|{T}|\d{4}))*? (?:{K}|{N}|inspections?|visits?|reports?|letters?|it|them|that one)(?!\w)|"
    r"\bwho (?:was|is) in charge(?!\w| of)|"
    r"\bwho (?:was|were|is|are) the (?:lead )?(?:inspectors?|hmi)\b"
)
_YES_OR_NO = re.compile(
    r"(?:^any(?= )|(?:^|[:;,–-] )(?:and |so |but |ok |please |can you (?:tell me|confirm|say) (?:if|whether) |"
    r"(?:please )?(?:tell me|confirm|check|say|let me know) (?=if|whether)|i want to know (?:if|whether) )*"
    r"(?:is it (?:right|true|correct|the case) that |is|are|was|were|has|have|had|did|does|do|isn't|wasn't|aren't|"
    r"weren't|hasn't|didn't|if|whether)\b)"
)
_ALL = re.compile(r" *(?:absolutely |really )?(?:all|every|each)\b")
_IN_ALL = pattern(
    r"\b(?:in|at|for|across|of|by) (?:absolutely )?(?:all|every|each)(?: of)?(?: (?:the|our|these|those))* "
    rf"(?!areas?\b){WHO}\b"
)
_ALL_THAT = pattern(
    r" *(?:all|every|each)\b(?: (?:of|the|those|these|our|one))* "
    r"(?:{G}|(?:[^ ]+ ){1,4}?(?:that|which|who|whose|with)\b)"
)
_RATING = r"(?:grades?|ratings?|marks?|judge?ments?|(?:{A} )?effectiveness|outcomes?)"
_GRADES = pattern(
    r"\bhow (?:was|were|is|are|did|has|have|does|do|had)(?: the)? .{0,80}?(?:rated?|graded?|judged?|fared?|come out|"
    r"came out|scored?|ranked|assessed|marked|do\b|done\b|perform(?:ed)?)|"
    r"\b(?:what|which)(?:'s| is| was| were| are| did| does| has| have| had)? .{0,60}?"
    rf"(?:{_RATING}|rated|graded|judged|verdict)\b|"
    rf"{{N}}(?:'s?)? (?:overall |latest |current |full |previous |last |first )*(?:{{A}} )?(?:ofsted )?{_RATING}\b|"
    rf"\b{_RATING} (?:of|for|in|at|given to) |"
    r"\bwhat (?:did|does|has|had) (?:{N}|it|they) (?:get|got|receive|achieve|score)\b|"
    r"\bhow did {N} (?:get on|do|fare)\b|"
    r"\bhow (?:has|have|did|does) .{0,80}?(?:grades?|ratings?|judge?ments?|{A}).{0,30}?chang|"
    r"\bhow .{0,60}?\b(?:ratings?|grades?) (?:chang|mov)"
)
_BARE_COMPARISON = pattern(
    r"^\W*(?:please |can you |could you )?compare (?:the (?:latest |last |most recent )*{K} (?:of|to|for) )?"
    r"{N}(?:(?:,|,? (?:and|with|to|against)) {N})+(?: please)?\W*$|"
    r"^\W*how (?:do|does|did) {N}(?:,? and {N})* (?:compare|stack up|measure up|shape up|match up)"
    r"(?: (?:with|to|against|next to|alongside) {N}(?:,? (?:and|or) {N})*)?\W*$|"
    r"^\W*what(?:'s| is| are) the (?:main |key |biggest )?differences? between {N}(?:,? and {N})+\W*$|"
    r"^\W*{N} (?:vs\.?|versus|compared (?:with|to)) {N}\W*$"
)
"""A comparison of authorities that names nothing to compare. Such a question compares their grades."""
_AREAS = pattern(
    r"^(?:the )?areas? (?:of {N} )?(?:in which|for which|where|that|which)\b|\b(?:which|what|how many|list|"
    r"in (?:which|what|how many)|name)(?: of(?: the| its| their)*)? ?(?:\w+ ){0,2}?"
    r"(?:areas?|judge?ments?|services?|parts?|aspects?|categor(?:y|ies)|strands?|bits?)\b(?! (?:for|of) improvement)"
)
_GRADED_AREAS = pattern(
    r"{N}(?:'s?)? [^?.!;]{0,40}?\b(?:grades|ratings|judge?ments)\b[^?.!;]*\b(?:all|every|each) (?:the )?areas?\b"
)
"""All areas of an authority's services. These are not local areas."""
_BEST_OF = pattern(
    r"\b(?:which|who)\b.{0,60}?\b(?:better|best|higher|highest|worse|worst|lower|lowest|weaker|weakest|"
    r"stronger|strongest|poorer|poorest)\b|"
    r"{N}.{0,20}(?:or|versus|vs\.?) {N}.{0,30}(?:better|higher|worse)"
)


@dataclass(frozen=True, slots=True)
class LocatedWanted:
    """What a question asks for, and the part of the slotted text that says this."""

    wanted: Wanted
    extent: Extent
    counts: bool = False
    share: bool = False
    date_of: str = ""
    unknown: Extent | None = None
    """The words in this part that still count as unused."""


def find_wanted(slotted: SlottedText, names: Collection[str], *, conditions: bool, moves: bool) -> LocatedWanted | None:
    """Return the facts that a question asks for. None if the question asks for no facts.

    ``names`` are the authorities that the question is about. ``conditions`` says whether the question has a condition
    on grades. ``moves`` says whether the question has words for a change.
    """
    text = slotted.text
    if _PUBLICATION_DATE.search(slotted.question):
        return LocatedWanted(Wanted.DATE, (0, 0), date_of="published")
    if (match := _WHEN.search(text)) and (conditions or moves or _EVENT.search(text)):
        return LocatedWanted(Wanted.DATE, match.span(), date_of="published" if _PUBLISHED.search(text) else "inspected")
    if match := _PERSON.search(text):
        return LocatedWanted(Wanted.PERSON, match.span())
    if len(names) > 1 and (match := _BEST_OF.search(text)):
        return LocatedWanted(Wanted.BEST_OF, (match.start(), match.start()))
    if len(names) == 1 and (conditions or moves) and (match := _AREAS.search(text)):
        return LocatedWanted(Wanted.AREAS, match.span(), counts=_counts(match.group()))
    listed = _list(text, conditions=conditions or moves)
    if listed and names and _GRADED_AREAS.search(text):
        listed = None  # "Orle's grades, all areas"
    return listed or _of_names(text, names, conditions=conditions, moves=moves)


def asks_yes_or_no(text: str) -> Extent | None:
    """Return the extent of the words in a slotted text that ask for yes or no.

    None if the question has no such words.
    """
    match = _YES_OR_NO.search(text)
    return match.span() if match else None


def asks_of_all(text: str, asserts: Extent) -> bool:
    """Whether a yes-or-no question asks if all items fit: "Is every authority good?".

    ``asserts`` is what :func:`asks_yes_or_no` returned.
    """
    return bool(_ALL.match(text, asserts[1]) or _IN_ALL.search(text, asserts[1]))


def limits_all(text: str, asserts: Extent) -> bool:
    """Whether such a question asks about only some authorities: "Are all councils that were inadequate good now?"."""
    return bool(_ALL_THAT.match(text, asserts[1]))


def _list(text: str, *, conditions: bool) -> LocatedWanted | None:
    """Return the list or count of authorities or reports that a slotted text asks for."""
    reports = _first(_OF_REPORTS, text)
    if reports and re.match(r"how (?!many (?!times))", reports.group()):
        return LocatedWanted(Wanted.REPORTS, reports.span(), counts=True)
    of_authorities = conditions or bool(_INSPECTED.search(text))
    who = _first((*_OF_WHO, *_OF_UNNAMED) if of_authorities else _OF_WHO, text)
    if who and (reports is None or who.start() <= reports.start()):
        share = _SHARE.search(text)
        extent = (min(who.start(), share.start() if share else who.start()), who.end())
        counts = _counts(who.group()) or share is not None
        return LocatedWanted(Wanted.AUTHORITIES, extent, counts, share is not None, unknown=_unknown(who))
    if reports:
        share = _SHARE.search(text)
        extent = (min(reports.start(), share.start() if share else reports.start()), reports.end())
        counts = _counts(reports.group()) or share is not None
        return LocatedWanted(Wanted.REPORTS, extent, counts, share is not None, unknown=_unknown(reports))
    return None


def _of_names(text: str, names: Collection[str], *, conditions: bool, moves: bool) -> LocatedWanted | None:
    """Return what a slotted text asks about the authorities that it names: yes or no, or their grades."""
    if names and (conditions or moves) and (match := _YES_OR_NO.search(text)):
        return LocatedWanted(Wanted.YES_OR_NO, match.span())
    if names and (match := _BARE_COMPARISON.search(text)):
        return LocatedWanted(Wanted.GRADES, match.span())
    if names and (match := _GRADES.search(text)):
        return LocatedWanted(Wanted.GRADES, (match.start(), match.start()))  # the words between these two are not used
    return None


def _first(expressions: tuple[re.Pattern[str], ...], text: str) -> re.Match[str] | None:
    """Return the earliest match of any of the patterns."""
    matches = [match for expression in expressions if (match := expression.search(text))]
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)


def _unknown(match: re.Match[str]) -> Extent | None:
    return match.span("unknown") if match.groupdict().get("unknown") else None


def _counts(words: str) -> bool:
    return bool(re.search(r"\bhow many\b|\bnumber\b|\bcount\b|\btotal\b|\bhow often\b|\btimes\b|\bfrequently\b", words))
