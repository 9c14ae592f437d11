"""Recognises questions about what has changed up to now: "Is it better than it used to be?", "improved since 2021"."""

from __future__ import annotations

import re

from corpus.dates import MONTH
from qa_service.understanding.times.numbers import NUMBER

Place = tuple[int, int]
"""``[start, end)`` of some words in a text."""

_REPORT = r"(?:inspections?|visits?|reports?|letters?|ILACS|time)"
_LAST = r"(?:last|previous|latest|most\s+recent|prior)"
_OF_REPORT = r"(?:(?:full|focus+ed|graded|standard|ofsted|ILACS|monitoring|judgement)\s+){0,3}"
_THE = r"(?:(?:the|its|their|our|that|your)\s+)?(?:very\s+)?"
_LAST_REPORT = rf"{_THE}{_LAST}\s+{_OF_REPORT}{_REPORT}(?!\s+(?:but|before)\b)"
_CALLED = r"(?:came|visited|inspected|looked)"
_CAME = rf"(?:(?:ofsted|inspectors?|they|you)\s+(?:(?:last|previously)\s+{_CALLED}|{_CALLED}\s+last))"
_SINCE_LAST = re.compile(rf"\bsince\s+(?:{_LAST_REPORT}|{_CAME})\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_WHO = r"(?:(?:it|they|he|she|we|you|things|this|that|these|those|there|people|children|staff)\s+)?"
_WAS = (
    r"(?:(?:ever\s+)?used\s+to(?:\s+(?:be|do|have|get))?|was|were|did|had\s+been|had|has\s+been|have\s+been)"
    r"(?![\w’'])(?:\s+(?:doing|being|done|like))?"
)
_AGO = (
    rf"(?:(?:about|around|over)\s+)?(?:an?|{NUMBER}|(?:an?\s+)?(?:few|couple\s+of)|some|several)\s+"
    r"(?:years?|months?)\s+(?:ago|before|earlier|back)"
)
_EARLIER = (
    rf"(?:before(?:hand)?|previously|formerly|in\s+the\s+past|back\s+then|back\s+in\s+the\s+day|earlier|once|last\s+year|"
    rf"the\s+year\s+before|{_AGO}|ever(?:\s+before)?|(?:(?:at|in|on|during)\s+)?{_LAST_REPORT})(?![\w’'])"
)
_TIME = (
    r"(?:back\s+)?(?:(?:at|in|on|during|from)\s+)?(?:the\s+)?"
    rf"(?=(?:(?:early|mid|late|spring|summer|autumn|winter|{MONTH})[\s-]+(?:of\s+)?)?(?:19|20)\d\d\b)"
)
_COMPARED = re.compile(
    rf"\b(?:than|compared\s+(?:with|to)(?:\s+(?:how|what|when))?|as\s+against)\s+"
    rf"(?:{_WHO}{_WAS}(?:\s+{_EARLIER}|\s+{_TIME})?|(?<!more\sthan\s)(?<!less\sthan\s)(?:{_EARLIER})|{_TIME})",
    re.IGNORECASE,
)
_IS_LAST = re.compile(rf"\b{_LAST_REPORT}\b", re.IGNORECASE)
_EITHER_WAY = re.compile(
    r"\b(?:(?:any\s+)?(?:better|worse|stronger|weaker|up|down)\s*(?:,|or|/)\s*(?:better|worse|stronger|weaker|down|up|"
    r"the\s+same|not)|improv(?:ed|ing)\s+or\s+(?:not|worse|declin\w+|deteriorat\w+))\b",
    re.IGNORECASE,
)
_MOVED = (
    r"(?:improv(?:ed|es|ing|ement)|changed|strengthened|weakened|deteriorat(?:ed|ing)|declined|worsened|slipped|"
    r"progressed|moved\s+(?:on|forward)|got(?:ten)?\s+(?:(?:any|much|a\s+lot|a\s+bit)\s+)?(?:\w+er|better|worse|more\s+\w+)|"
    r"getting\s+(?:(?:any|much)\s+)?(?:\w+er|better|worse|more\s+\w+)|become\s+(?:(?:any|much)\s+)?(?:\w+er|more\s+\w+)|"
    r"(?:come|gone)\s+(?:up|down|backwards?|downhill)|fallen|risen|dropped|reduced|increased)"
)
_HAS_MOVED = re.compile(
    rf"\b(?:has|have|had|is|are|did|does|do|any)\b[^?.!]*\b{_MOVED}\b|\bany\s+(?:better|worse)\b", re.IGNORECASE
)
_STILL = re.compile(
    r"\b(?:is|are|does|do|has|have)\b[^?.!]*\bstill\b[^?.!]*\b(?:bad|poor|weak|high|low|slow|late|inconsistent|variable|"
    r"struggl\w+|good|strong)\W*(?:$|\bat\b)",
    re.IGNORECASE,
)
_SPEAKS_OF_CHANGE = re.compile(
    r"\b(?:since\s+(?:the|its|their|our)\s+(?:last|previous)|(?:has|have|had|been|is|are)\s+(?:\w+\s+){0,2}?"
    r"(?:improv\w+|strengthened|weakened|deteriorated|declined|worsened|reduced|increased|stabilised)|"
    r"(?:much|significantly|greatly|further)\s+(?:improved|strengthened)|than\s+(?:at|in|during)\s+the\s+(?:last|previous)|"
    r"no\s+longer|remains?|continues?\s+to|now|improvements?\s+(?:made|in|to)|more\s+\w+\s+than)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:better|worse|more|less|fewer|improve[ds]?|improvement|chang\w+|differ\w*|strong\w*|weak\w*|(?!other|rather|whether|either|"
    r"under|over|after|number|never|ever|carer|leaver|offer|worker|manager)\w{2,}er)\b",
    re.IGNORECASE,
)
_ASKS_OTHER = re.compile(
    r"\b(?:why|who|whom|whose|when|where|which|how\s+(?:many|much|long|often|far|old)|at\s+what)\b|"
    r"\bwhat\b(?!(?:[’']?s|\s+(?:has|have|is))?\s+(?:changed|improved|got\s+(?:better|worse)))",
    re.IGNORECASE,
)
_FRAME = frozenset(
    """
    is are was were be been being has have had do does did the a an any their its it they them there how what with and
    got get gets getting gotten become gone come go up down now still yet ever much lot bit at all or not so
    more less better worse improved improve improves improving improvement improvements changed change changing changes
    stronger weaker strengthened weakened deteriorated deteriorating declined worsened slipped progressed moved used
    quicker faster slower good bad poor of in on to for than before since just really actually these days own
    """.split()  # noqa: SIM905 - a list this long reads better as text
)
_WORD = re.compile(r"[\w’'()&/-]+")
CHANGED = "now, and has it improved since the last inspection?"
"""The end of a question about a change, in plain words."""
GENERAL = "good quality service services work level number use"
"""Words that do not say what may have changed."""


def compared_with_before(text: str) -> tuple[Place, ...]:
    """Return the words that compare now with an earlier time: "than it used to be". A year after them is left out."""
    return tuple(match.span() for match in _COMPARED.finditer(text))


def since_last_inspection(text: str) -> tuple[Place, ...]:
    """Return the words for the time since the last inspection: "since the last inspection", "than at the last one"."""
    compared = [(start, end) for start, end in compared_with_before(text) if _IS_LAST.search(text[start:end])]
    return (*(match.span() for match in _SINCE_LAST.finditer(text)), *compared)


def words_for_change(text: str) -> tuple[Place, ...]:
    """Return the words that only ask whether something changed, and so limit no answer. Empty if none do."""
    if not asks_what_changed(text):
        return ()
    found = [match.span() for match in (*_EITHER_WAY.finditer(text), *_BETTER.finditer(text))]
    for start, end in compared_with_before(text):
        before = [match.start() for match in _BETTER.finditer(text[:start])]
        found.append((before[-1] if before else start, end))
    return tuple(found)


def asks_what_changed(text: str) -> bool:
    """Whether a question asks only if something changed, and not for a reason, name, day or number."""
    without = text
    for start, end in reversed(compared_with_before(text)):
        without = f"{without[:start]} | {without[end:]}"
    if _ASKS_OTHER.search(without):
        return False
    compares = ("|" in without or _SINCE.search(without)) and _BETTER.search(without)
    return bool(compares or any(words.search(text) for words in (_EITHER_WAY, _HAS_MOVED, _STILL)))


def speaks_of_change(sentence: str) -> bool:
    """Whether a sentence of a report says that something has changed, or that it has not."""
    return bool(_SPEAKS_OF_CHANGE.search(sentence))


def as_change(search_text: str) -> str:
    """Return a question about a change in plain words: "How good is supervision now, and has it improved since …?".

    Of several wordings, this one best distinguishes the sentences that answer such questions.
    """
    text = _SINCE_LAST.sub(" ", _EITHER_WAY.sub(" ", _COMPARED.sub(" ", search_text)))
    words = [word for word in _WORD.findall(text) if word.lower() not in _FRAME and word.strip("-")]
    return f"How good is {' '.join(words)} {CHANGED}" if words else search_text
