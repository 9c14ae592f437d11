"""Turns notes into the questions that they stand for: "supervision, Orle, worst bits", "Orle overall 2023".

A note has no verb. It names an authority, a time or a subject, and one thing to say about it. We do this only if every
word of a note has one of these roles. We return all other messages as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.understanding.conversation.messages.phrases import in_plain_words
from qa_service.understanding.conversation.messages.rewordings import reworded
from qa_service.understanding.conversation.messages.shapes import time_words
from qa_service.understanding.interpretation import authorities_named
from qa_service.understanding.times.reading import find_periods

_MOST_WORDS = 12
_VERB = re.compile(
    r"\b(?:who|whom|whose|what|which|when|where|how|is|are|was|were|do|does|did|has|have|had|can|could|should|will|"
    r"would|tell|give|show|list|name|compare|summari[sz]e|find|explain|describe|get|got|says?|said|track|trace|"
    r"follow|"
    r"chart|plot|monitor|any|been|done|made|anything|something|whether|if|not|no|whatever|happened|became|become|"
    r"went|still)\b|[?!]\s*\w",
    re.IGNORECASE,
)
_GRADE = r"(?:outstanding|good|RI|requires improvement|inadequate)"
_THING = r"(?:bits?|parts?|points?|things?|stuff|comments?|news|areas?|side|findings?)"
_STRENGTHS = (
    rf"(?:the )?(?:best|good|positive|strong|strongest|great) {_THING}|(?:main )?strengths|positives|praise|"
    r"what went well"
)
_IMPROVEMENTS = (
    r"(?:(?:latest|current|last|the|their|areas for|recommended) )*improvements?(?: (?:needed|points?|list|areas|"
    r"required))?|(?:latest |current |last )?(?:recommendations?|recs|afis?)|(?:things )?to (?:improve|fix)|"
    r"must improve"
)
_GRADE_ASKED = (
    r"(?:(?:last|latest|overall|current|ofsted|most recent|the|their) )*(?:grade|rating|judge?ment|score)|"
    r"overall(?: effectiveness)?"
)
_WHY = rf"why (?:(?:was|is) (?:it|they) )?(?:rated |judged |graded )?(?P<grade>{_GRADE})"
_WEAKNESSES = (
    rf"(?:the )?(?:worst|bad|negative|weak|weakest|poor|critical|not so good) {_THING}|(?:main )?weaknesses|"
    r"negatives|criticisms?|(?:main )?concerns|(?:main )?problems|failings|what went wrong"
)
_ASKED = {
    asked: re.compile(rf"(?:^|(?<=[\s,;:–—-]))(?:{words})(?=\W*$|[\s,;:–—-])", re.IGNORECASE)
    for asked, words in (
        ("why", _WHY),
        ("weaknesses", _WEAKNESSES),
        ("strengths", _STRENGTHS),
        ("improvements", _IMPROVEMENTS),
        ("grade", rf"{_GRADE_ASKED}|{_GRADE} or {_GRADE}"),
    )
}
"""What a note asks for, in the order in which we look for it."""
_FROM_YEAR = re.compile(
    r"\b(?P<noun>thing|one|stuff|bit|piece|report|letter|visit|inspection) from (?=(?:19|20)\d\d\b)", re.IGNORECASE
)
_EMPTY = re.compile(
    r"\b(?:the |that |those |a )?(?P<subject>[\w’'/& -]{3,60}?) (?:thing|stuff|bit|piece)\b", re.IGNORECASE
)
_JOIN = r"(?:[\s,;:.?!–—-]|\b(?:in|at|for|of|on|from|about|the|re|and|with|by|to|around|regarding)\b)"
_JOINER = re.compile(rf"^{_JOIN}+|{_JOIN}+$", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"\b(?:its|their|his|her|latest|current|last|most recent|newest|report|inspection|please|pls|thanks)\b\s*",
    re.IGNORECASE,
)
"""Words that name no subject. If a note names no subject, the answer comes from the latest report anyway."""
_VISIT = re.compile(
    r"\b(?:(?:focused|focussed|monitoring|joint targeted|area send) (?:visit|inspection|letter)|visit)\b\s*",
    re.IGNORECASE,
)
"""Words for an inspection, which are a part of the time and not of the subject."""
_TOPIC = (
    r"(?P<topic>(?!(?:since|in|at|for|from|between|before|after|during|of|as|under|on|by|"
    r"within)\b)[a-z][\w’'/& -]{2,40}?)"
)
_TOPIC_FIRST = re.compile(
    rf"\W*{_TOPIC}"
    r"\s*(?:[-–—:,]|\.\.+)\s*(?:which|what) (?P<who>councils|authorities|las|boroughs|ones|reports)(?: (?:is|are|was|"
    r"were|have|has|had|got|do|did))?(?: (?:it|them|they))?(?: been)? (?P<said>too (?:high|many|slow|late|long|weak|"
    r"big|low)|weak|poor|inconsistent|criticised(?: for it)?|slated|"
    r"praised(?: for it)?|good(?: at (?:it|this|that))?|best(?: at (?:it|this|that))?|strong|doing (?:it )?well)\W*",
    re.IGNORECASE,
)
"""A topic and then what to say about it: "caseloads - which councils too high"."""


_WHERE = re.compile(
    rf"\W*{_TOPIC}\s*(?:[-–—:,]|\.\.+)\s*(?P<said>criticised|praised|good|weak|poor|strong) where\W*", re.IGNORECASE
)
_WHICH = re.compile(
    rf"\W*{_TOPIC}"
    r" (?:(?:is|are|was|were) )?(?P<said>late|slow|delayed|weak|poor|inconsistent|too (?:high|many|slow|late|long|"
    r"weak|"
    r"big|low))\s*(?:[-–—:,]|\.\.+)\s*(?:which|what|who)(?: (?:ones?|(?P<who>councils|authorities|las|reports)))?\W*",
    re.IGNORECASE,
)
"""A topic, what is wrong with it, and then "which ones": "strategy discussions late - which ones"."""


_WEAK_TOPIC = re.compile(
    r"\W*(?P<said>weak|poor|late|slow|inconsistent) (?P<topic>[a-z][\w’'/& -]{2,40}?)\s*(?:[-–—:,]|\.\.+)\s*"
    r"(?:which|what|who)(?: (?:ones?|(?P<who>councils|authorities|las|reports)))?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Note:
    """The parts of a note."""

    asked: str
    authority: str
    time: str
    subject: str
    grade: str = ""

    @property
    def question(self) -> str | None:
        """The question that the note stands for. None if we do not know a question like this."""
        about = f" in {self.subject}" if self.subject else ""
        then = f" {self.time}" if self.time else ""
        if self.asked in ("weaknesses", "strengths"):
            return f"What are the {self.asked}{about} in {self.authority}{then}?"
        if self.asked == "improvements":
            if self.time.lower().startswith("since"):
                return None  # the note may ask what has improved
            if self.subject:
                return f"What was {self.authority} told to improve about {self.subject}{then}?"
            return f"What does {self.authority} need to improve{then}?"
        if self.subject:
            return None
        if self.asked == "why":
            return f"Why was {self.authority} judged {self.grade}{then}?"
        return f"What was the overall grade of {self.authority}{then or ' at the latest inspection'}?"


def written_out(text: str, authorities: Sequence[str], today: date) -> str:
    """Return the question that a note stands for. Return any other text as it is."""
    if (asked := reworded(text, authorities, today)) != text:
        return asked
    if (plain := in_plain_words(text, authorities, today)) != text:
        return plain
    if len(text.split()) > _MOST_WORDS:
        return text
    if topic := _TOPIC_FIRST.fullmatch(text):
        return _about_topic(topic["topic"], topic["who"], topic["said"])
    if topic := _WHERE.fullmatch(text):
        return _about_topic(topic["topic"], "councils", topic["said"])
    if topic := _WHICH.fullmatch(text) or _WEAK_TOPIC.fullmatch(text):
        return _about_topic(topic["topic"], topic["who"] or "reports", topic["said"])
    if not _VERB.search(text):
        text = _EMPTY.sub(lambda match: match["subject"], _FROM_YEAR.sub(lambda match: f"{match['noun']} in ", text))
    note = _read(text, authorities, today)
    return (note.question if note else None) or text


def _read(text: str, authorities: Sequence[str], today: date) -> _Note | None:
    """Return the parts of a note. None if the text is not a note, or does not name exactly one authority."""
    named, periods = authorities_named(text, authorities), find_periods(text, today)
    if len(named) != 1 or len(periods) > 1 or any(period.excluded for period in periods):
        return None
    spans = [(named[0].start, named[0].end), *((period.start, period.end) for period in periods)]
    rest = text
    for start, end in spans:
        rest = rest[:start] + "," * (end - start) + rest[end:]
    asked_for = [(asked, list(expression.finditer(rest))) for asked, expression in _ASKED.items()]
    if sum(len(found) for asked, found in asked_for if asked != "grade") > 1:
        return None
    for asked, found in asked_for:
        if len(found) != 1:
            continue
        left = [rest[: found[0].start()], rest[found[0].end() :]]
        pieces = [
            bare for part in left for piece in re.split(r"[,;:]+|\s[-–—]+\s", part) if (bare := _JOINER.sub("", piece))
        ]
        if _VERB.search(" ".join(left)) or len(pieces) > 1:
            return None
        time = time_words(text[periods[0].start : periods[0].end]) if periods else ""
        subject = _NO_SUBJECT.sub("", pieces[0]).strip() if pieces else ""
        if visit := _VISIT.search(subject):
            subject = _JOINER.sub("", subject[: visit.start()] + subject[visit.end() :]).strip()
            time = f"at the {visit.group().strip()} {time}".strip()
        return _Note(asked, named[0].name, time, subject, found[0].groupdict().get("grade") or "")
    return None


def _about_topic(topic: str, who: str, said: str) -> str:
    """Return a question that asks which authorities or reports say something about a topic."""
    who = {"ones": "councils", "las": "authorities"}.get(who.lower(), who.lower())
    if said.lower().startswith(("criticised", "slated")):
        return f"Which {who} have been criticised for {topic}?"
    if said.lower().startswith(("praised", "good", "best", "strong", "doing")):
        return f"Which {who} have been praised for {topic}?"
    say_verb = "say" if who == "reports" else "are told"
    verb = "are" if topic.endswith("s") else "is"
    return f"Which {who} {say_verb} that {topic} {verb} {said.lower()}?"
