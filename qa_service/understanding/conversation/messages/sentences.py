"""Divides a message into sentences, and says which of them ask for something.

These sentences are unlike those of a report: people abbreviate, and leave out capitals and full stops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qa_service.understanding.interpretation import without_kinds

_END = re.compile(r"(?<=[.?!;])[\"”’')]*\s+|\s*\n\s*")
_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|esp|etc|vs|no|incl|inc|approx|st|dr|mrs?|ms|cllr|re|dept|para|p)\.|(?<=\s)\d{1,2}\.(?=\s)",
    re.IGNORECASE,
)
_HELD = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^()]*\)")
_LINK = (
    r"(?:(?:and|but|also|so|then|plus|or|next|finally|secondly|second|lastly|oh|ok(?:ay)?|additionally|"
    r"in addition)\b[\s,:]*)*"
)
_VERB = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|may|might)(?:n['’]?t)?\b"
_QUESTION_WORD = r"(?:who|whose|whom|what|which|when|where|why|how)(?:['’]?s)?\b"
_COMMAND = (
    r"(?:tell|give|show|list|name|compare|summari[sz]e|find|explain|describe|outline|pull|dig|send|check|confirm|"
    r"identify|count|provide|share|look|quote|search|brief|remind|let|get|highlight|rank|help me (?:find|understand|"
    r"with)|set out|talk|walk|point|see|write|draft|rate|predict)\b"
)
_FRAME = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|someone|anyone|we|i)\b(?! (?:get|have) (?:any )?better)|(?:i|we)(?:['’]d|"
    r" would|['’]m| am|['’]re| are)? (?:(?:just|really|also|only|now|still|very|particularly) )*(?:(?:like|love|want|"
    r"need|keen|hoping|hope|trying|looking|wish)(?:ed)? (?:to (?:know|find|see|understand|check|get|hear|ask|read|"
    r"learn|work out|look|quote|compare|pull)\b|for\b|some\b|any\b|an?\b|the\b|all\b|\w+ things\b|examples\b|"
    r"evidence\b|details\b|information\b)|(?:wonder|wondering|interested|curious|after|asking)\b)|(?:do|does|"
    r"did) (?:you|anyone|we) (?:know|have)\b|any idea\b|(?:grateful|helpful|great|good|useful) if\b|"
    r"please|pls|plz)\b",
    re.IGNORECASE,
)
"""Words with which a person asks for something in a statement: "I'd like to know how …"."""
_UNSURE = re.compile(
    r"\b(?:i|we)\b[^.?!,;]{0,30}?\b(?:wonder(?:ed|ing)?|know|sure|see|understand|find|work out|remember|recall|tell|"
    r"clear|curious|unsure|forgot(?:ten)?|forget|say|ask(?:ed)?)(?: out)?(?: about)? "
    r"(?=(?:who|whose|what|which|when|where|why|how|whether|if)\b(?! (?:i|we|i['’]m|we['’]re|my|our|you)\b))",
    re.IGNORECASE,
)
"""Words with which a person says what they do not know: "I can't remember which year"."""
_ASKS = re.compile(
    rf"^\W*{_LINK}(?:(?:please|pls|can i ask|may i ask|ideally)[,: ]+)?(?:(?:in|at|for|on|to|from|by|of|under|"
    r"with|about|since) "
    rf"(?:what|which|whom|how)\b|{_QUESTION_WORD}|{_VERB} \w|{_COMMAND}|(?:any|anything|anyone)\b|"
    r"(?:need|want|looking|interested|wondering|keen|after)\b (?:to|for|in|if|some|any|an?|the|\w+s\b))",
    re.IGNORECASE,
)
"""A sentence that begins as a question or a request."""
_LIMITS = re.compile(
    r"^\W*(?:(?:i|we) )?(?:(?:don['’]?t|do not) (?:need|want)\b|nothing (?:before|older|earlier|prior|from))|"
    rf"^\W*{_LINK}(?:ideally|preferably|only|just (?:the|in|for|from|full|focus|since)|not (?:the|in|for|send|"
    r"just|inc|only)|exclud(?:e|ing)|ignor(?:e|ing)|except|leav(?:e|ing) out|focus(?:ing|ed)? on|limit(?:ed)?|"
    r"restrict|sort(?:ed)?|order|newest|latest|oldest|most recent|recent|since|from|between|before|after|within|"
    r"(?:in|over|for) (?:the )?(?:last|past|early|late|spring|summer|autumn|winter)|particularly|especially|"
    r"specifically|in particular|(?:i['’]m )?thinking (?:of|about)|i mean|i(?:['’]m| am) (?:only |most(?:ly)? |"
    r"mainly |just )?interested in|(?:(?:i )?(?:think|believe) )?(?:this|that|it)(?: is|['’]s| was) (?:about|for|"
    r"from|the|in|at)|under the)\b|"
    r"^\s*\(",
    re.IGNORECASE,
)
"""A sentence that limits the question next to it: "Ideally newest first.", "Only full inspections."."""
_OWN = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|im|ive|we|we['’](?:re|ve|d|ll)|my|our|me|us|ours|mine)\b", re.IGNORECASE)
_DOING = re.compile(
    r"^\W*(?:(?:just|currently|still|been|got|am|now|again)\s+)*(?:working|writing|prepp?ing|preparing|drafting|"
    r"doing|putting|pulling|picking|trying|reviewing|updating|researching|meeting|visiting|planning|compiling|"
    r"building|following up|getting|starting (?:at|as|my|a|the)|come|came|asked|told|heard|read|reading|seen|saw|had|"
    r"attending|running|presenting|revising|back (?:from|off|at (?:work|my)|in the office)|returned|finished|started|"
    r"joined|moved|inherited|taken over|context|background|new (?:here|to|in|\w+ (?:\w+ ){0,2}here)|for context|"
    r"for background|"
    r"as (?:discussed|agreed|promised|per)|further to|following)\b|^\W*(?:an? )?(?:[\w'’-]+ ){1,5}here\W*$",
    re.IGNORECASE,
)
"""The start of a statement that leaves out "I am" or "I have": "prepping for scrutiny", "just out of a meeting"."""
_OF_OFFICE = re.compile(
    r"^\W*(?:and )?(?:he|she|they|hr|(?:the |one of the |a |an )?(?:dcs|director|chief exec(?:utive)?|chair|leader|"
    r"lead member|members?|councillors?|cllr|boss|manager|head of service|ad|hr|team|scrutiny|board|committee|"
    r"cabinet|parents?|auditors?|colleagues?|press|media)(?: [\w'’-]+)?)\s+(?:really |just |also |now |always |"
    r"all )*(?:wants?|needs?|(?:is|are) (?:asking|nervous|keen|worried|anxious|not happy|interested|visiting|coming|"
    r"meeting|waiting|chasing)|asked|keeps? asking|would like|hopes?|thinks?|reckons?|swears?|insists?|believes?|"
    r"says?|said|meets?)\b|^\W*(?:context|background|deadline)\b|^\W*(?:it|this|that)(?: is|['’]s| was|"
    r" would be)(?: just| only| really)? (?:urgent|for (?:my|our)|quite|very|a bit|important|needed|due|confusing|"
    r"late|fine|ok(?:ay)?)\b|^\W*(?:the|this|that) (?:bid|paper|meeting|deadline|board|committee|panel|interview|"
    r"training|event|session|workshop|consultation)(?: [\w’'-]+)? (?:closes?|is (?:on|due|at|next|tomorrow|today)|"
    r"starts?|meets?|ends?)\b|"
    r"^\W*there(?: is|['’]s) (?:no rush|a deadline)\b",
    re.IGNORECASE,
)
"""A statement about the office of the people who ask: "The chair wants a paragraph on this."."""
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|do|does|did|am|wants?|needs?|asks?|asked|said|"
    r"says|thinks?|thought|went|got|goes|gone|keeps?|kept|came|comes?|lost|left|told|tells|seems?|feels?|felt|made|"
    r"makes?|retires?|swears?|claims?|argues?|insists?|reckons?|believes?|knows?|hates?|loves?|likes?|gets?|starts?|"
    r"runs?|"
    r"takes?|took|moved?|hopes?|\w{3,}(?:ed|n['’]t))\b",
    re.IGNORECASE,
)
_LONGEST_FRAGMENT = 9
"""Maximum number of words in a sentence without a verb that names what the person wants. Chosen by judgement."""


_ASKS_LATER = re.compile(rf",\s*(?:{_QUESTION_WORD}|{_VERB} \w|{_COMMAND})", re.IGNORECASE)
"""A question after words that limit it: "Since 2021, which authorities were good"."""


class Role(StrEnum):
    """The role of a sentence in a message."""

    ASKS = "asks"
    LIMITS = "limits"
    """It limits the question next to it, as in "Ideally newest first."."""
    FRAGMENT = "fragment"
    """It has no verb, so it may name what the person wants: "Bolton, supervision."."""
    STATES = "states"
    """It says something but asks for nothing: "We have scrutiny on Thursday."."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a message, and its role there."""

    text: str
    role: Role

    @property
    def is_first_person(self) -> bool:
        """Whether the sentence says "I" or "we"."""
        return bool(_OWN.search(self.text))

    @property
    def is_own(self) -> bool:
        """Whether the sentence is about the people who ask, and not about what reports say."""
        return any((self.is_first_person, _DOING.match(self.text), _OF_OFFICE.match(self.text)))


def sentences_of(message: str) -> list[str]:
    """Return the sentences of a message. Words in quotation marks or brackets are kept whole."""
    masked = _HELD.sub(_mask, _ABBREVIATED.sub(_mask, message))
    sentences, at = [], 0
    for match in _END.finditer(masked):
        sentences.append(message[at : match.end()].strip())
        at = match.end()
    return [sentence for sentence in (*sentences, message[at:].strip()) if sentence]


def _mask(match: re.Match[str]) -> str:
    return "x" * len(match.group())


def role_of(sentence: str) -> Role:
    """Return the role of a sentence in a message."""
    if _LIMITS.match(sentence) and "?" not in sentence and not _ASKS_LATER.search(sentence):
        return Role.LIMITS
    if "?" in sentence or any((_ASKS.match(sentence), _FRAME.search(sentence), _UNSURE.search(sentence))):
        return Role.ASKS
    if _OWN.search(sentence) or _DOING.match(sentence) or _OF_OFFICE.match(sentence):
        return Role.STATES
    if _FINITE.search(without_kinds(sentence)) or len(sentence.split()) > _LONGEST_FRAGMENT:
        return Role.STATES
    return Role.FRAGMENT


def frame_in(sentence: str) -> re.Match[str] | None:
    """Return the words with which a person asks for something in a statement, or None."""
    return _FRAME.search(sentence)
