"""Finds where a person begins to ask, and removes words that only introduce the question: "I'd like to know"."""

from __future__ import annotations

import re

from qa_service.understanding.conversation.messages.sentences import Role, frame_in, role_of

_ANNOUNCED = re.compile(
    r"^\W*(?:(?:(?:i|we)(?:['’]ve| have)? )?(?:(?:just )?(?:got|need|want|have)(?: to (?:know|ask|"
    r"find out))?(?:(?: about)? (?:the following|(?:two|three|four|some|a (?:few|couple(?: of)?)|"
    r"several) (?:quick )?(?:things|questions|points|"
    r"queries|bits)))?)(?: please)?\s*:|(?:the )?(?:questions?|queries)(?: (?:is|are))?\s*:)\s*",
    re.IGNORECASE,
)
"""Words that only say that questions follow: "I need two things:"."""
_HOPED = re.compile(r"^\W*(?:ideally|preferably)\b[,:]?\s*", re.IGNORECASE)
_CLAUSE = r"(?:who|whose|what|which|when|where|why|how|whether|if)\b"
_ASKED_TO = re.compile(
    r"^\W*(?:(?:and|so|but) )?(?:(?:i|we)(?:['’]ve| have| had|['’]m| am| was| were)?(?: just)? (?:been |being |got |"
    r"keep (?:on )?(?:being |getting )?)?(?:asked|tasked|being asked)|(?:(?:my|our|the|an?|one of (?:my|our|"
    r"the)) [\w’' -]{2,40}?|he|she|they|hr|members|councillors|scrutiny) (?:also |now |really |just |"
    r"both )*(?:(?:has |have |had |is |are |keeps? )?(?:also )?(?:asked|asking|tasked|wondering|wondered)|wants?|"
    r"would (?:also )?like|needs?)(?: me| us)?)(?: by [\w’' -]{2,40}?)?(?: to (?:find out|check|confirm|look (?:into|"
    r"at|up)|report (?:back )?on|work out|establish|see|know|say|hear|ask)(?: about)?| to (?=(?:compare|summari[sz]e|"
    r"list|count|outline|describe|explain|identify|provide|give|name|"
    r"show)\b)| (?=(?:an?|the|some) (?:list|count|summary|figures?|numbers?|table|breakdown|comparison|overview)\b)|"
    rf"(?: (?:about|for))? (?={_CLAUSE}))\s*",
    re.IGNORECASE,
)
"""Words that say who wants the answer: "I have been asked by the chief executive to find out"."""
_POLITE = re.compile(
    r"^\W*(?:(?:i(?:['’]d| would)|we(?:['’]d| would)) be (?:very |really |so |most )?(?:grateful|pleased|"
    r"happy) if you (?:could|would|can)|it (?:would|['’]d) be (?:really |very )?(?:great|helpful|useful|good|"
    r"handy) if you (?:could|would|can)|"
    r"i was (?:wondering|hoping) if you (?:could|can))(?: please| kindly| possibly)?\s+",
    re.IGNORECASE,
)
_TO_TELL = re.compile(
    r"^\W*(?:please |kindly )?(?:(?:can|could|would|will) (?:you|someone|anyone|we) (?:please |kindly |possibly |"
    r"just )*)?(?:(?:tell|remind|let) (?:me|us)(?: know)?|find out|find|check|confirm|pull out|pull together|dig out|"
    r"look up|explain|say|"
    rf"clarify|advise)(?: (?:please|for me|for us))?\s+(?={_CLAUSE})",
    re.IGNORECASE,
)
"""A polite request before the clause with the question: "Could you please tell me"."""
_TO_KNOW = re.compile(
    r"^\W*(?:(?:(?:i|we)(?:['’]d| would|['’]m| am|['’]re| are)? (?:just |really |also |only |now |"
    r"still )*)?(?:(?:like|love|want|need|keen|hoping|hope|trying|looking)(?:ed)? to (?:know|find out|see|understand|"
    r"check|hear|ask|learn|work out|get a sense of|establish)(?: about)?|(?:wonder(?:ed|ing)?|curious|"
    r"interested(?: to know)?|asking))\b|(?:i|we)\b(?:['’]\w+)?(?: \w+(?:['’]t)?){0,4}? (?:know|sure|see|understand|"
    r"find|work out|remember|recall|tell|clear|unsure|forgot(?:ten)?|forget|say)(?: out)?(?: about)?)[,:]?\s+"
    rf"(?={_CLAUSE})",
    re.IGNORECASE,
)
"""A wish before the clause with the question: "I'd like to know"."""
_WANTS = re.compile(
    r"^\W*(?:(?:(?:i|we)(?:['’]d| would)? (?:just |really |also |only |now |still )*)?(?:like|love|want|need)|"
    r"(?:(?:i|we)(?:['’]m| am|['’]re| are) (?:just |really |also |only |now |still )*)?(?:after|looking for|"
    r"interested in))\s+(?:(?:some|any|a few|the|a|an) )*(?=(?:examples?|evidence|quotes?|information|info|details?|"
    r"anything|"
    r"everything)\b)",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"^.{0,60}?\bexamples? (?:where|of (?:where|when|reports? (?:where|that)|inspectors))\s+(?:(?:inspectors|ofsted|"
    r"(?:the )?reports?|they)\s+)?"
    r"(?:have |has )?(?P<verb>criticis\w+|prais\w+)\s+",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\s+(?:in|from|at|by) (?:(?:any )?other|different) (?:authorities|councils|las|areas|places)\b|"
    r"\s+elsewhere\b(?=\W*$)",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"^\W*(?:(?:ideally|preferably|mainly|mostly|especially|just) )?(?:the )?(?:most |more )?(?:recent(?: (?:ones?|"
    r"reports|inspections|visits|examples))?|(?:newest|latest) (?:ones|reports|inspections|visits|examples))"
    r"(?: (?:if possible|please|best|preferred))?\W*$",
    re.IGNORECASE,
)
"""A sentence that only asks for the newest first."""
_NOT_BEFORE = re.compile(
    r"^\W*(?:(?:i|we) )?(?:(?:don['’]?t|do not) (?:need|want)(?: to (?:see|know))?(?: anything| stuff| it| reports|"
    r" ones)?|nothing|not(?: anything)?|no(?:thing)? (?:reports|inspections|need for (?:anything|"
    r"stuff)))(?: (?:that is|that['’]s|from))? (?:before|older than|earlier than|prior to|pre-?) ?(?P<year>(?:19|"
    r"20)\d\d)\W*$",
    re.IGNORECASE,
)
"""A sentence that rules out what is too old: "Nothing before 2020"."""
_SOME_COUNCILS = re.compile(
    r"^\W*(?:please )?(?:(?:can|could|would) you (?:please )?)?"
    r"(?:find|give|name|show|list|get|suggest|recommend|tell)(?: me| us)? "
    r"(?:two or three|three or four|a few|some|a couple of|several|a handful of) "
    r"(?P<who>councils|authorities|las|reports) (?:that|which|who|where)\s+",
    re.IGNORECASE,
)
"""A request for a few authorities or reports. We answer it with a list of all of them."""
_INDIRECT = re.compile(
    r"\W*(?:if|whether) (?P<who>[^?.!,;]{2,60}?) (?P<verb>has|have|had|is|are|was|were|did|does|do) "
    r"(?P<rest>[^?.!]{3,200})[?.!]*\s*",
    re.IGNORECASE,
)
"""A clause that asks for yes or no: "whether Orle has ever been good"."""
_PARTICIPLES = {
    "improved": "improved", "rose": "risen", "fell": "fallen", "dropped": "dropped", "declined": "declined",
    "changed": "changed", "went": "gone", "got": "got",
}  # fmt: skip
_INDIRECT_PAST = re.compile(
    rf"\W*(?:if|whether) (?P<who>[^?.!,;]{{2,60}}?) (?P<verb>{'|'.join(_PARTICIPLES)})\b(?P<rest>[^?.!]{{0,200}})"
    r"[?.!]*\s*",
    re.IGNORECASE,
)
"""The same with a verb in the past: "whether its grade rose"."""
_WOULD_BE = re.compile(
    r"\s+(?:would|will|might) (?:also )?be (?:really |very |so |most )?(?:great|helpful|useful|good|handy|lovely|"
    r"amazing|"
    r"fantastic|ideal|appreciated|nice|brilliant)(?: too| as well| also)?\W*$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"\balso\b", re.IGNORECASE)
_START = re.compile(
    r"(?:[,;:]\s+|\s+[–—-]\s+|\s)(?:(?:and|so|but|because|,)\s+)*(?=(?:please\b|pls\b|(?:can|could|would|"
    r"will) (?:you|someone|anyone) |(?:i|we)(?:['’]d| would) (?:like|love) |(?:i|we) (?:want|need|"
    r"would like) (?:to (?:know|find|see|understand|check)|(?:two|three|some|a few|a couple of) )|(?:need|"
    r"want) to know\b|(?:i|we)(?:['’]m| am| was|['’]re| are) (?:just )?(?:wondering|after|looking for)\b|"
    r"(?:i(?:['’]d| would)|we(?:['’]d| would)) be (?:very |really |so )?(?:grateful|pleased)\b))",
    re.IGNORECASE,
)
"""The place where a person begins to ask, after the background in the same sentence."""
_QUESTION_AFTER = re.compile(
    r"(?:[,;:]\s+|\s+[–—-]\s+|\s+(?=(?:but|so)\s))(?:(?:and|so|but)\s+)?"
    r"(?=(?:who|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|any)\b)",
    re.IGNORECASE,
)
"""A question after a comma. The words before it may be background."""


def plain_request(wish: str) -> str:
    """Return a request without the polite words before and after the clause with the question."""
    text = _WOULD_BE.sub("", wish) if frame_in(wish) is None or not wish.rstrip().endswith("?") else wish
    for expression in (_ANNOUNCED, _POLITE, _TO_TELL, _TO_KNOW, _WANTS):
        match = expression.match(text)
        rest = text[match.end() :].strip() if match else ""
        if match and re.search(r"[A-Za-z]{3}", rest):
            text = _with_also(match.group(), rest)
    text = direct(text)
    if some := _SOME_COUNCILS.match(text):
        text = f"Which {some['who']} {text[some.end() :]}"
    if examples := _EXAMPLES.match(text):
        verb = "criticise" if examples["verb"].lower().startswith("criticis") else "praise"
        text = f"Which reports {verb} {_ELSEWHERE.sub('', text[examples.end() :])}"
    return text


def direct(text: str) -> str:
    """Return a clause with "if" or "whether" as a question: "whether Orle is good" asks "is Orle good?"."""
    match = _INDIRECT.fullmatch(text)
    if match is None:
        past = _INDIRECT_PAST.fullmatch(text)
        return f"Has {past['who']} {_PARTICIPLES[past['verb'].lower()]}{past['rest']}?" if past else text
    return f"{match['verb'].capitalize()} {match['who']} {match['rest']}?"


def plain_limit(text: str) -> str:
    """Return a sentence that limits the question next to it, in words that the question can include.

    "Ideally newest first" loses its first word, and "Don't need anything before 2020" says "since 2020".
    """
    if since := _NOT_BEFORE.match(text):
        return f"(since {since['year']})"
    return "newest first" if _RECENT.match(text) else _HOPED.sub("", text)


def without_who_asks(text: str) -> str:
    """Return a question without the words that say who wants the answer. Empty if there are no such words."""
    match = _ASKED_TO.match(text)
    asked = text[match.end() :].strip() if match else ""
    return _with_also(match.group(), direct(asked)) if match and len(asked.split()) > 1 else ""


def _with_also(before: str, asked: str) -> str:
    """Return a question with "also" in front, if the words removed before it contain it."""
    return f"also {asked}" if _ALSO.search(before) else asked


def where_asking_starts(text: str) -> int:
    """Return where the words that ask begin, after background in the same sentence. 0 if there is none."""
    for expression in (_START, _QUESTION_AFTER):
        for match in expression.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            if len(before.split()) > 1 and role_of(before) is Role.STATES and len(after.split()) > 1:
                return match.end()
    return 0
