"""Finds the words of a question that only say why the person asks: "I have a meeting in ten minutes"."""

from __future__ import annotations

import re

_WHO = r"(?:i|we|my (?:boss|manager|director))"
_EVENT = (
    r"(?:meeting|visit|briefing|presentation|interview|committee|scrutiny|panel|board|call|deadline|catch[- ]up|"
    r"appointment|session|cabinet|induction)"
)
_ASIDE = re.compile(
    rf"(?:(?<=[.!?;,:–-] )|^)(?:(?:as|because|since|and|but|so|ahead of|hi|hello),? )*{_WHO}"
    r"(?:(?: have|['’]ve| has| had|['’]ll have| will have) (?:(?:got|a|an|my|our|the|another|this) )*"
    rf"(?:[\w'’-]+ ){{0,2}}?{_EVENT}\b|"
    r"(?:['’]m| am|['’]re| are|['’]ll be| will be) (?:going to |about to |due to |off to )?"
    r"(?:meet(?:ing)?|see(?:ing)?|visit(?:ing)?|join(?:ing)?|start(?:ing)?|"
    r"(?:(?:the|a|an) )?(?:new|incoming|interim)\b))"
    r"(?:(?!\b(?:about|regarding|concerning|what|which|how|who)\b)[^.!?;,])*(?=[.!?;,]|$)",
    re.IGNORECASE,
)
_AFTER_QUESTION = re.compile(
    r"(?<=\?)\s+(?:(?:and|but|so|just),? )*(?:i|we|it|my|our|this is|that is|just)\b(?![^.?!]*\?)"
    r"(?:(?!\b(?:what|which|how many|who)\b)[^?])*$",
    re.IGNORECASE,
)
"""A statement after a question: "I thought it was nearly all of them", "just a yes or no is fine"."""
_TO_TELL = re.compile(
    r"(?<=[.!?])\s+(?:i|we) (?:want|need|have|would like|hope)(?: to be able)? to (?:tell|show|reassure|convince|"
    r"persuade)\b[^?]*$",
    re.IGNORECASE,
)
"""A statement that says what the answer is for: "I want to tell members that it can be done"."""
_PEOPLE = (
    r"(?:directors?|dcs|members?|councillors?|committees?|cabinet|board|panel|scrutiny|chief executive|chair|leader|"
    r"teams?|colleagues?|managers?|heads? of service|staff|audience|newcomers?|practitioners?|trustees|partners|"
    r"someone(?: (?:new|unfamiliar|who is new|senior|busy))?|somebody(?: new)?|a non-expert|non-experts|me|us|"
    rf"executives?|officers?|{_EVENT}|(?:tomorrow|today|tonight|next week|\w+day)(?:['’]s)?)"
)
_FOR_WHOM = re.compile(
    rf"\b(?:for|ahead of|before|in time for|to (?:give|share with|send to|take to|show|brief|present to))"
    rf"(?: (?:the|an?|our|my|their|this|next|tomorrow['’]?s|today['’]?s|busy|incoming|new|lead|senior|corporate))*"
    rf"(?: [\w'’-]+){{0,2}}? {_PEOPLE}(?: (?:meeting|paper|report|briefing|discussion|pack|members?))?"
    r"(?: (?:to|in|on|at|of|with|and) (?:the |our )*[\w'’-]+){0,2}"
    r"(?=(?: (?:on|about|of|from|at|in (?:an?|one|two|a few|\d+)\b[^?.!]{0,20}))?\W*$|[,.;])",
    re.IGNORECASE,
)

_PRONOUN = r"\b(?:it|this|them)\b(?!['’]s)"
_PRONOUNS = re.compile(_PRONOUN, re.IGNORECASE)
_ASKING = r"(?:is|are|was|were|has|have|had|do|does|did|what|who|which|how|why|when|where)\b"
_TOPIC = re.compile(
    rf"\W*(?P<topic>(?!{_ASKING})[A-Za-z](?:(?!\b{_ASKING})[\w ,/&'’-]){{2,58}}[\w'’])\s*[:–—]\s+"
    rf"(?P<question>{_ASKING}.*?{_PRONOUN}[^:]*)",
    re.IGNORECASE,
)
"""A topic, and a question in which "it" means the topic: "Private fostering: which inspections have criticised it?"."""
_LENGTH = re.compile(
    r"\b(?:(?:in|on|no more than|max(?:imum)?(?: of)?|about|around|under) )?(?:(?:one|two|half|an?|\d{1,3}) ){0,3}"
    r"(?:sides?(?: of a4)?|a4|pages?|words?|bullets?(?: points?)?|sentences?|para(?:graph)?s?|lines?|minutes?|mins?)"
    r"(?: of a4)?(?: (?:max|maximum|long|read|please)){0,2}\b|\bin plain english\b|\bplain english\b",
    re.IGNORECASE,
)


def without_asides(text: str) -> str:
    """Return a question with a space in place of each character of its asides, so that other words keep their places.

    If nothing else would be left, return the whole text.
    """
    blanked = text
    for aside in (_TO_TELL, _AFTER_QUESTION, _ASIDE):
        blanked = aside.sub(lambda match: " " * len(match.group()), blanked)
    return blanked if re.search(r"[A-Za-z]{3}", blanked) else text


def without_audience(text: str) -> str:
    """Return a request for a summary without the words for its readers, such as "for an incoming director"."""
    return _FOR_WHOM.sub(" ", text)


def without_length(text: str) -> str:
    """Return a request for a summary without the words for its length, such as "one side of A4"."""
    return _LENGTH.sub(" ", text)


def with_topic(text: str) -> str:
    """Return a question with the topic in place of the pronoun: "who has criticised X" for "X: who has …".

    Any other text is returned unchanged.
    """
    match = _TOPIC.fullmatch(text)
    if match is None:
        return text
    *_, pronoun = _PRONOUNS.finditer(match["question"])
    question: str = match["question"]
    return f"{question[: pronoun.start()]}{match['topic'].lower()}{question[pronoun.end() :]}"
