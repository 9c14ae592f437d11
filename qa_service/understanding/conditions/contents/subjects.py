"""Finds a question's condition on what reports say about a subject in the person's own words.

Examples are "Who has been praised for edge of care work?", "How many reports mention private fostering?" and "Good
examples of family group conferences". Subjects that are themes of practice have a module of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from corpus.theme_parts import clauses
from corpus.themes import known_themes, plain
from index.types import Stance
from qa_service.understanding.aspects import aspect_of, said_of
from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.contents.themes import (
    CRITICISE,
    END,
    HAS,
    PRAISE,
    SAYS,
    THEME,
    around,
    has_other_sense,
    statements,
)
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import SubjectCondition, Wanted
from qa_service.understanding.conditions.wanted import WHO, LocatedWanted
from qa_service.understanding.subjects import subjects_of

_MOST_WORDS = 9
"""Maximum number of words in a subject. Longer texts say something that we would have to ignore."""
_GOOD = r"(?:really |particularly |very )?(?:good|great|strong|effective|excellent|positive|successful)"
_BAD = r"(?:really |particularly |very )?(?:bad|poor|weak|ineffective)"
_OF = r"(?:of|in|on|with|around|from|for|about|at|over|regarding)"
_THERE = r"(?:(?:are|is|was|were|have|has|been|there|raised|made|found|identified) )*"
_RECENT = r"(?:(?:the )?(?:most recent|latest|newest|recent) )?"
"""The newest reports come first anyway."""
_SHOWS = (
    r"(?:(?:highlight(?:s|ed)?|note[sd]?|identif(?:y|ies|ied)|show(?:s|ed)?|describe[sd]?|finds?|found|recognise[sd]?|"
    r"point(?:s|ed)? to) )?"
)
_SLATED = r"(?:slated|panned|slammed|marked down|pulled up|told off|hauled up|taken to task|rapped|knocked)"
_OFSTED = r"(?:ofsted|inspectors?|they|(?:the |our )?{K})"
_MENTION = (
    r"(?:mention(?:s|ed|ing)?|refer(?:s|red|ring)? to|discuss(?:es|ed|ing)?|talk(?:s|ed|ing)? about|"
    r"(?:say|says|said|saying) (?:anything|something) (?:about|on)|comment(?:s|ed|ing)? on|describ(?:e|es|ed|ing)|"
    r"cover(?:s|ed|ing)?|touch(?:es|ed)? on|report(?:s|ed|ing)? on|writ(?:e|es|ing) about|wrote about|"
    r"(?:have|has|had) (?:anything|something) (?:to say )?(?:on|about))"
)
_WELL = r"(?:working|going|done|doing|managed|handled|run|used) (?:really |particularly |very )?well"
_BADLY = r"(?:working|going|done|doing|managed|handled|run|used) (?:badly|poorly)|not (?:working|going|done) well"
_HAVE_BEEN = r"(?:has|have|had|is|are|was|were)(?: ever)?(?: been| being)?"
_Frame = tuple[Stance | None, bool, str]
"""The stance that a pattern states, whether it asks for the clearest first, and the pattern."""


def _both(*frames: tuple[str, str, str], clearest: bool = False, first: Stance = Stance.STRENGTH) -> Iterator[_Frame]:
    """Yield the patterns of the frames for one stance, and then for the other stance.

    Each frame is a pattern with “<judged>” in it, and the words that replace “<judged>” for praise and for criticism.
    """
    for stance in sorted(Stance, key=lambda stance: stance is not first):
        for frame, praise, criticism in frames:
            yield stance, clearest, frame.replace("<judged>", praise if stance is Stance.STRENGTH else criticism)


_FRAMES: tuple[_Frame, ...] = (
    # Examples, with the clearest first
    *_both(
        (rf"\b{_SHOWS}examples? of <judged> (?:(?:practice|work) (?:{_OF} )?)?{THEME}{END}", _GOOD, _BAD),
        (
            rf"\b{_SHOWS}<judged> (?:examples?|practice|work) {_OF} (?:<judged> )?(?:practice {_OF} )?{THEME}{END}",
            _GOOD,
            _BAD,
        ),
        clearest=True,
    ),
    *_both(
        (
            rf"\bwhere (?:is|are|was|were) {THEME} (?:<judged>)\b",
            f"{_WELL}|{_GOOD}",
            f"{_BADLY}|{_BAD}",
        ),
        clearest=True,
    ),
    # Who does something well or badly
    *_both(
        (
            rf"\b<judged> {_OF} {THEME}{END}",
            r"(?:do|does|did|doing|done) (?:really |particularly |especially )?well",
            r"(?:do|does|did|doing) (?:really |particularly )?(?:badly|poorly)",
        ),
        (rf"(?:\b(?:is|are|was|were|as|being)|\bwho's) <judged> {_OF} {THEME}{END}", _GOOD, _BAD),
        (
            (
                r"\b(?:do|does|did|doing|done|run|runs|running|handles?|handled|handling|manages?|managed|managing) "
                rf"{THEME} (?:<judged>)\b"
            ),
            r"(?:really |particularly |especially |very )?(?:well|brilliantly)",
            r"(?:really |particularly |very )?(?:badly|poorly)",
        ),
        (
            rf"\b<judged> {THEME}{END}",
            rf"{HAS} {_GOOD}",
            r"(?:struggl(?:e|es|ed|ing)|failing|fail(?:s|ed)?) (?:with|at|on|in|over)",
        ),
    ),
    # Whose subject is praised
    *_both((rf"\b(?:whose|{WHO}') {THEME} {_HAVE_BEEN} <judged>\b", PRAISE, CRITICISE)),
    # Praise and criticism as nouns
    *_both(
        (
            rf"\b{_RECENT}(?:<judged>) {_THERE}{_OF} {THEME}{END}",
            r"praise|strengths?|positives",
            r"criticisms?|concerns?|weakness(?:es)?|failings?|shortcomings?",
        ),
        first=Stance.WEAKNESS,
    ),
    # What is praised or criticised about something
    *_both(
        (
            rf"\bwhat (?:(?:has|have|did|do|does) )?{_OFSTED} (?:(?:has|have|had) )?<judged> {_OF} {THEME}{END}",
            PRAISE,
            CRITICISE,
        )
    ),
    (Stance.WEAKNESS, False, rf"\b(?:is|are|was|were|been|being|got|get) {_SLATED} {_OF} {THEME}{END}"),
    # Mentions
    (None, False, rf"\b(?:that |which |who )?{_MENTION} {THEME}{END}"),
)
"""How questions state a condition on a subject: its stance, whether the clearest sentences come first, and the words.
"""
_IMPROVING = r"(?:to improve|to be improved|for improvement|of improvement|for development|needing improvement)"
_LIST = (
    r"(?:what (?:needs?|must|has|have) (?:to )?(?:be )?(?:improved?)|(?:(?:the|its|their|an?|any|own|one of) )*"
    r"(?:improvements? (?:lists?|areas?|points?)|lists? of (?:improvements?|recommendations|what (?:needs to|must) "
    rf"improve)|(?:areas?|things?|items?|points?|something|one thing) {_IMPROVING}|afis?|"
    r"(?:something|things?|areas?) (?:that |which )?(?:needs?|must|has to|have to)(?: to)? (?:improve|be improved)|"
    r"recommendations?|priority actions?|areas? for priority action|improvements?(?: needed| required)?))"
)
"""Words for a report's own list of what must improve."""
_BETTER = (
    r"(?:better|improved|stronger|more effective|more consistent|more timely|"
    r"(?:an? )?(?:improvements?|changes?|progress) (?:in|to|of|on|with))"
)
_ASKS_FOR = rf"(?:(?:ask(?:s|ed|ing)?|call(?:s|ed|ing)?) for|want(?:s|ed|ing)?) {_BETTER}"
_HAS_LISTED = (
    r"(?:list(?:s|ed|ing)?|puts?|includ(?:e|es|ed)|ha(?:ve|s|d)|name[sd]?|identif(?:y|ies|ied)|g[ai]ve|with|raise[sd]?|"
    r"flag(?:s|ged)?|cite[sd]?|set out|feature[sd]?|where|whose)"
)
_PUT = r"(?:(?:listed|named|put|given|raised|flagged|identified|cited|included) )?"
_ABOUT = r"(?:on|about|around|to do with|covering|mention(?:s|ing)?|includ(?:e|es|ing))"
_TOLD = r"(?:told|tell|tells|asked|ask|asks|required|require|requires|want|wants|wanted|need(?:s|ed)?|had|have)"
_WHOM = rf"(?:(?:(?:the|that|an?|each|any) )?(?:{WHO}|them|leaders|managers) )?"
_MAKE_BETTER = r"(?:improve|strengthen|make better|do better (?:on|at|with)|get better at|tighten(?: up)?)"
_IN_LIST = (
    rf"\b{_HAS_LISTED} {THEME} (?:(?:listed|down) )?(?:under|in|on|as|among|amongst|within) {_LIST}",
    rf"\b{_ASKS_FOR} {THEME}{END}",
    rf"\b{_TOLD} {_WHOM}to {_MAKE_BETTER} (?!(?:in|at|on|for|by|since)\b){THEME}{END}",
    (
        rf"\b(?:sa(?:id|y|ys)|where|that|found) {THEME} (?:need(?:s|ed)?|must|had|has|have) "
        r"(?:to improve|to be improved|improving|improvement)\b"
    ),
    rf"\b(?:where |that |which )?{THEME} (?:is|was|are|were) {_PUT}(?:in|under|as|among) {_LIST}",
    rf"\b(?:is|was|are|were) {THEME} {_PUT}(?:(?:in|on|under|as|among) )?{_LIST}",
    rf"\b(?:has|have) {THEME} been {_PUT}(?:(?:in|on|under|as|among) )?{_LIST}",
    rf"\b(?:where |that |which ){THEME} (?:is|was|are|were) {_LIST}",
    rf"\b{_LIST} {_ABOUT} {THEME}{END}",
)
"""How questions say that a report must ask for something in its own list."""
_HOW_OFTEN = re.compile(r"\bhow often (?:do|does|did|has|have)\b")
_IMPERATIVE = re.compile(r"\W*(?:(?:please|can you|could you) )*(?:where|show|find|any|give|list|what)\b")
"""The start of a question that asks for a list without naming reports or authorities."""
_ANYONE = pattern(r"\b(?:has|have|had|is|are|was|were|does|do|did) (?:anyone|anybody)\b")
_WHO_WORDS = re.compile(r"\b(?:who|whose|where)\b")
_CLAUSE = re.compile(
    r"\b(?:who|which|that|when|where|because|if|whether|how|what|why|is|are|was|were|be|been|has|have|had|do|does|did|"
    r"not|no|should|can|could|will|would|it|this|these|those|them|anything|something|everything|you|we|i|us|me|"
    r"than|most|least|more|less|only|both)\b|n't"
)
"""Words that cannot be part of a noun phrase."""


_WHOSE_CLAUSE = re.compile(
    r"\b(?:children|young people|people|those|parents|carers|families|care leavers|babies|teenagers|siblings)"
    r"(?: and young people)? (?P<who>who|that)(?: (?:are|have been|have|is))?(?! (?:not|be|been|the|a|an|to)\b) [a-z]"
)
"""A noun for people, with the clause that describes them: "children who go missing". The clause is part of the noun
phrase."""
_WHO_IS = re.compile(r" (?:who|that)(?: (?:are|have been|have|is))? ")
_OWNED = re.compile(r"\b(?:the|their|its) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LocatedSubject:
    """A condition on what reports say about a subject, and the extent of the words that state it."""

    condition: SubjectCondition
    extent: Extent
    alone: bool = False
    """Whether the words ask for a list by themselves: "good examples of …"."""


def find_subject(slotted: SlottedText, ignored: list[Extent]) -> LocatedSubject | None:
    """Return what reports must say about a subject. None if the question has no such condition.

    ``ignored`` are words in ``slotted`` that another condition has used, such as "that are not focused visits".
    """
    for located in _conditions_from_frames(slotted):
        words = located.condition.words
        of_theme = located.condition.stance and not located.condition.clearest_first and _is_theme(words)
        if not _is_subject(words) or of_theme:
            continue
        how_often = [match.span() for match in _HOW_OFTEN.finditer(slotted.text)]
        if has_other_sense(around(slotted.text, [*ignored, *how_often, located.extent])):
            return None
        return replace(located, condition=replace(located.condition, words=_as_written(words, slotted.question)))
    return None


def _is_subject(words: str) -> bool:
    """Whether some words are a noun phrase that names a subject."""
    ordinary = question_words().function | question_words().asking | question_words().no_subjects
    words = without_clauses(words)
    names_something = any(word not in ordinary for word in words.replace("-", " ").split())
    return (
        names_something and len(words.split()) <= _MOST_WORDS and not _CLAUSE.search(words) and bool(subjects_of(words))
    )


def without_clauses(words: str) -> str:
    """Return words without the "who" of a clause that describes people: "children go missing"."""
    return _WHOSE_CLAUSE.sub(lambda match: _WHO_IS.sub(" ", match.group()), words)


def _is_theme(words: str) -> bool:
    """Whether each part of the words names a whole theme, so that the answer is a count for the theme."""
    themes = known_themes()
    parts = clauses(themes, words)
    return all(themes.whole_in(plain(part)) and themes.themes_of(part) for part in parts)


def _as_written(words: str, question: str) -> str:
    """Return words of a slotted text as they are in the question, with "the" in place of a word such as "their"."""
    start = question.lower().replace("’", "'").find(words)
    if start < 0 or len(question.lower()) != len(question):
        return words
    the = "the " if _OWNED.search(question[:start]) else ""
    return the + question[start : start + len(words)]


def _conditions_from_frames(slotted: SlottedText) -> Iterator[LocatedSubject]:
    """Yield the conditions that the frames of questions state, starting with the most certain wording."""
    named = SlottedText.of(
        slotted.question,
        [each for each in slotted.entities if each.slot in (Slot.AUTHORITY, Slot.TIME, Slot.KIND)],
    )
    for expression in _in_list():
        for match in expression.finditer(named.text):
            condition = SubjectCondition(match["theme"], in_list=True)
            yield LocatedSubject(condition, slotted.extent_of(*named.span(*match.span())), alone=True)
    for of_aspect, expression in _of_aspects():
        for match in expression.finditer(named.text):
            condition = SubjectCondition(match["theme"], of_aspect, aspect_of(match["said"]))
            yield LocatedSubject(condition, slotted.extent_of(*named.span(*match.span())))
    for said in statements(slotted):
        alone = bool(_IMPERATIVE.match(slotted.text))
        yield LocatedSubject(SubjectCondition(said.words, said.stance), said.extent, alone=alone)
    for stance, clearest, framed in _frames():
        for match in framed.finditer(named.text):
            condition = SubjectCondition(match["theme"], stance, clearest_first=clearest)
            extent = slotted.extent_of(*named.span(*match.span()))
            yield LocatedSubject(condition, extent, alone=stance is not None)


def asks_for_anyone(slotted: SlottedText) -> bool:
    """Whether a question asks if there is anyone, or how often: "Has anyone been praised for …"."""
    return bool(_ANYONE.search(slotted.text) or _HOW_OFTEN.search(slotted.text))


def wanted_with(slotted: SlottedText) -> LocatedWanted:
    """Return what a question with a condition on a subject asks for, if its other words do not say so."""
    if how_often := _HOW_OFTEN.search(slotted.text):
        return LocatedWanted(Wanted.REPORTS, how_often.span(), counts=True)
    who = _ANYONE.search(slotted.text) or _WHO_WORDS.search(slotted.text)
    extent = who.span() if who else (0, 0)
    return LocatedWanted(Wanted.AUTHORITIES if who else Wanted.REPORTS, extent)


@cache
def _of_aspects() -> tuple[tuple[Stance, re.Pattern[str]], ...]:
    be = r"(?:is|are|was|were|being|to be)(?: (?:often|sometimes|too often|usually|always|still|frequently))?"
    return tuple(
        (stance, pattern(rf"\b(?:that |which |who |where )?{SAYS} {THEME} {be} (?P<said>{said_of(stance)})"))
        for stance in (Stance.WEAKNESS, Stance.STRENGTH)
    )


@cache
def _in_list() -> tuple[re.Pattern[str], ...]:
    return tuple(map(pattern, _IN_LIST))


@cache
def _frames() -> tuple[tuple[Stance | None, bool, re.Pattern[str]], ...]:
    return tuple((stance, clearest, pattern(expression)) for stance, clearest, expression in _FRAMES)
