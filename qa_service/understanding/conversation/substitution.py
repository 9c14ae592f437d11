"""Replaces something in a question with what a follow-up names, such as "What about neglect?".

After "How many reports criticise supervision?", "What about neglect?" asks how many reports criticise neglect. We do
this for questions that are answered by a count, a list, a comparison or figures by year, because only their whole
wording says what to do. :mod:`qa_service.understanding.conversation.follow_up` completes all other questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.entities import areas_in, grades_in, kinds_in
from qa_service.understanding.conditions.slots import Entity
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.interpretation import Interpretation, authorities_named
from qa_service.understanding.questions.comparisons import compared_in
from qa_service.understanding.questions.matter_questions import matter_asked
from qa_service.understanding.times.reading import find_periods

_ASKS_AGAIN = re.compile(
    r"\W*(?:(?:and|but|so|ok(?:ay)?|also|then|now|or|thanks|right)\b\W*)*"
    r"(?:(?:(?:what|how) about|what of|same (?:again |question |thing )?(?:for|but for|on|with|but)|(?:do|try|"
    r"repeat) (?:the same|that|it) (?:for|with|on)|"
    r"try)\W+)?(?:(?:for|on|with|in|at|about) )?(?P<what>[^?.!;]{2,60}?)"
    r"(?: (?:too|instead|as well|then|please))*\W*",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\W*(?:(?:ok(?:ay)?|so|right|thanks|now)\W+)*(?:and|or|but|also|what|how|same|do|try|repeat)\b", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"\b(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|should|will|would|"
    r"tell|give|show|list|compare|more|else|that|those|these|this|it|them|they|there|one|ones|same|both|other|others|"
    r"before|after|since|next|previous|earlier|later)\b",
    re.IGNORECASE,
)
"""Words that show that a follow-up does more than name something, or that it refers to an item."""
_NAME = re.compile(r"[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_MOST_BARE_WORDS = 3
_UP = {
    "down": "up",
    "worse": "better",
    "fallen": "improved",
    "fell": "improved",
    "dropped": "improved",
    "declined": "improved",
}
_DOWN = {"up": "down", "better": "worse", "improved": "declined", "risen": "fallen", "rose": "fell"}
_CRITICISED = {"praised": "criticised", "praise": "criticise", "praises": "criticises", "praising": "criticising"}
_PRAISED = {criticised: praised for praised, criticised in _CRITICISED.items()}
_OPPOSITES: tuple[tuple[re.Pattern[str], dict[str, str]], ...] = tuple(
    (
        re.compile(
            rf"(?:(?:those|ones|the ones)(?: that| who)? (?:have |were |has |was |been |gone |"
            rf"went )*)?(?:{words})(?: for (?:it|this|that))?",
            re.IGNORECASE,
        ),
        opposite,
    )
    for words, opposite in (
        (r"(?:gone |going |went )?up|better|improved|risen", _UP),
        (r"(?:gone |going |went )?down|worse|declined|fallen|dropped", _DOWN),
        (r"criticis(?:e|ed|es|ing|m)", _CRITICISED),
        (r"prais(?:e|ed|es|ing)", _PRAISED),
    )
)
"""What a follow-up may ask for instead: the words for it, and the kind of words that they replace in the question
before."""
_EDGE = re.compile(
    r"^(?:[\s,]|\b(?:and|or|for|on|in|at|with|about|of|the|their|its)\b)+|(?:[\s,]|\b(?:and|or|for|on|in|at|with|"
    r"about|of)\b)+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a follow-up names, in its own words."""

    authority: str = ""
    time: str = ""
    kind: str = ""
    grade: str = ""
    area: str = ""
    subject: str = ""

    @property
    def is_only_a_time(self) -> bool:
        return bool(self.time) and not (self.authority or self.kind or self.grade or self.area or self.subject)


@dataclass(frozen=True, slots=True)
class Substitution:
    """The question before, and a function that interprets the question that replaces it."""

    before: Interpretation
    """The question before, with its conditions."""
    authorities: Sequence[str]
    today: date
    standalone: Callable[[str], Interpretation]
    """A function that interprets a question on its own, with its conditions."""

    def interpret(self, text: str) -> Interpretation | None:
        """Return the question before, in which the thing that a follow-up names replaces something similar.

        None if nothing in the question before is similar.
        """
        if not _is_asked_again_whole(self.before):
            return None
        named = self._named(text)
        question = self._opposite(text) or (self._rewritten(named) if named and not named.is_only_a_time else None)
        if question is None or question == self.before.text:
            return None
        again = self.standalone(question)
        if not _is_alike(again, self.before):
            return None
        return replace(again, carried_over=(f"“{question}”",))

    def _opposite(self, text: str) -> str:
        """Return the question before, with the opposite of one of its words.

        Empty if the follow-up names no opposite.
        """
        match = _ASKS_AGAIN.fullmatch(text)
        if match is None:
            return ""
        for expression, opposite in _OPPOSITES:
            found = re.findall(rf"\b(?:{'|'.join(opposite)})\b", self.before.text, re.IGNORECASE)
            if expression.fullmatch(match["what"].strip()) and len(found) == 1:
                return re.sub(rf"\b{found[0]}\b", opposite[found[0].lower()], self.before.text)
        return ""

    def _named(self, text: str) -> _Named | None:
        match = _ASKS_AGAIN.fullmatch(text)
        if match is None or _CLAUSE.search(match["what"]):
            return None
        what = match["what"].strip()
        if not _CUE.match(text) and len(what.split()) > _MOST_BARE_WORDS:
            return None
        taken: dict[str, str] = {}
        mentions = authorities_named(what, self.authorities)
        periods = find_periods(what, self.today)
        if len(mentions) > 1 or len(periods) > 1:
            return None
        spans: list[tuple[int, int]] = []
        if mentions:
            taken["authority"] = mentions[0].name
            spans.append((mentions[0].start, mentions[0].end))
        if periods:
            taken["time"] = what[periods[0].start : periods[0].end]
            spans.append((periods[0].start, periods[0].end))
        rest = _EDGE.sub("", _blanked(what, spans))
        for slot, found in (("kind", kinds_in(rest)), ("grade", grades_in(rest)), ("area", areas_in(rest))):
            if whole := _whole(rest, found):
                taken[slot], rest = whole, ""
        if rest and text.find(rest.split()[0]) > 0 and _NAME.fullmatch(rest):
            return None  # a place or a person is not a subject
        if rest and all(word in _names_nothing() for word in re.findall(r"[a-z’'-]+", rest.lower())):
            return None
        return _Named(subject=rest, **taken)

    def _rewritten(self, named: _Named) -> str | None:
        """Return the question before, with the words of the follow-up added.

        None if there is no place for them.
        """
        text = self.before.text
        if named.area and not named.subject and not list(areas_in(text)):
            named = replace(named, area="", subject=named.area)
        places = (
            (named.subject, self._subject()),
            (named.kind, _only(text, kinds_in(text))),
            (named.grade, _only(text, grades_in(text))),
            (named.area, _only(text, areas_in(text))),
        )
        for words, place in places:
            if words and not place:
                return None
            if words:
                text = text.replace(place, words, 1)
        if named.time and self.before.periods:
            return None
        if named.time:
            text = f"{text} ({named.time})"
        if named.authority:
            text = self._with_authority(text, named.authority)
        return text

    def _with_authority(self, text: str, name: str) -> str:
        """Return a question about another authority.

        A comparison then includes this authority, and a list is limited to it.
        """
        mentions = authorities_named(text, self.authorities)
        if not mentions:
            return f"{text} ({name})"
        if len(mentions) == 1:
            return f"{text[: mentions[0].start]}{name}{text[mentions[0].end :]}"
        return f"{text[: mentions[0].end]}, {name}{text[mentions[0].end :]}"

    def _subject(self) -> str:
        """Return the words for the subject of the previous question, as they appear in its text.

        Empty if they do not appear there.
        """
        conditions, compared = self.before.conditions, compared_in(self.before)
        words = (
            conditions.theme.words
            if conditions.theme
            else conditions.subject.words
            if conditions.subject
            else compared.words
            if compared
            else matter_asked(self.before)
        )
        match = re.search(rf"\b{re.escape(words)}\b", self.before.text, re.IGNORECASE) if words else None
        return match.group() if match else ""


@cache
def _names_nothing() -> frozenset[str]:
    """Return the words that do not name a subject: "the worst", "other councils"."""
    words = question_words()
    return words.function | words.strengths | words.weaknesses | words.either


def _is_asked_again_whole(question: Interpretation) -> bool:
    """Whether only the whole wording of a question says what it asks for: a count, a list, a comparison."""
    conditions = question.conditions
    by_what_is_said = conditions.theme or conditions.subject or conditions.own_list
    lists = conditions.wanted in (Wanted.AUTHORITIES, Wanted.REPORTS, Wanted.BY_YEAR)
    return bool(by_what_is_said or (lists and not question.pointed) or compared_in(question) or matter_asked(question))


def _is_alike(question: Interpretation, before: Interpretation) -> bool:
    """Whether a question asks for the same thing as the question before it, but about something else."""
    one, two = question.conditions, before.conditions
    same_kind = (
        bool(one.theme or one.subject) == bool(two.theme or two.subject)
        and bool(one.own_list) == bool(two.own_list)
        and (compared_in(question) is None) == (compared_in(before) is None)
        and bool(matter_asked(question)) == bool(matter_asked(before))
    )
    return same_kind and one.wanted == two.wanted and one.counts == two.counts and not question.choices


def _only(text: str, found: Iterable[Entity]) -> str:
    """Return the longest words among some entities, if all are in the same place.

    Empty if they are in several places.
    """
    spans = sorted({(entity.start, entity.end) for entity in found}, key=lambda span: span[0] - span[1])
    if not spans:
        return ""
    start, end = spans[0]
    return text[start:end] if all(start <= other[0] and other[1] <= end for other in spans) else ""


def _whole(text: str, found: Iterable[Entity]) -> str:
    """Return a text if a single entity covers all of it. Empty if no entity does."""
    return text if text and any(entity.start == 0 and entity.end == len(text) for entity in found) else ""


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(text.split())
