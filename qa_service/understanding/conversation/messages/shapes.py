"""Shapes of what people type: words, alternatives, and names in braces, as ``data/rewordings.toml`` explains."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.grades import OVERALL
from corpus.themes import known_themes, plain
from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.contents.subjects import without_clauses
from qa_service.understanding.conditions.entities import entities_of
from qa_service.understanding.conditions.grades.sets import with_grade_sets
from qa_service.understanding.conditions.slots import Slot, SlottedText, pattern
from qa_service.understanding.interpretation import authorities_named
from qa_service.understanding.subjects import subjects_of
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.reading import find_periods
from qa_service.wording import in_list

_GAP = r"(?:'s?(?=[\s,;:.]))?(?:[\s,;:.()–—-]*)"
"""What may follow a word: the end of a possessive, spaces and marks."""
_SUBJECT_WORD = r"(?:[a-z0-9][a-z0-9'/&-]*|{A}(?:'s?)?)"
_SLOTS = {
    "authority": r"{N}(?:'s?)?",
    "other": r"{N}(?:'s?)?",
    "authorities": r"(?:{N}(?:'s?)?(?:,? and |,? or |,? vs\.? |,? versus |,? v |, | )?){2,6}",
    "grade": r"{S}",
    "from": r"{S}",
    "to": r"{S}",
    "area": r"{A}(?: effectiveness)?",
    "kind": r"{K}",
    "time": r"between {T} and {T}|(?:\b(?:in|from|during|over|for|at|between) )?(?:the )?{T}(?:,? or (?:in )?{T})?",
    "when": r"{T}",
    "before": r"{T}",
    "then": r"(?:\b(?:in|from|during) )?{T}",
    "since": r"(?:\b(?:in|over|during|within) )?(?:the )?{T}",
    "times": r"(?:\b(?:in|from|during|between) )?{T}(?:,? (?:or|and) (?:in )?{T})?",
    "number": r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)",
    "words": rf"{_SUBJECT_WORD}(?: {_SUBJECT_WORD}){{0,4}}?",
    "subject": rf"{_SUBJECT_WORD}(?:[ ,]+{_SUBJECT_WORD}){{0,8}}?",
    "subjects": rf"{_SUBJECT_WORD}(?:[ ,]+{_SUBJECT_WORD}){{0,17}}?",
}
"""The pattern that replaces each name in braces."""
_SLOT_OF = {
    "authority": Slot.AUTHORITY,
    "other": Slot.AUTHORITY,
    "authorities": Slot.AUTHORITY,
    "grade": Slot.GRADE_SET,
    "from": Slot.GRADE_SET,
    "to": Slot.GRADE_SET,
    "area": Slot.AREA,
    "kind": Slot.KIND,
    "time": Slot.TIME,
    "times": Slot.TIME,
    "when": Slot.TIME,
    "before": Slot.TIME,
    "then": Slot.TIME,
    "since": Slot.TIME,
}
_OF_KINDS = frozenset({"report", "reports", "inspection", "inspections", "visit", "visits"})
"""Words that name kinds of report, so that a slotted text has one character for them."""
_PART = re.compile(r"\{(?P<slot>[a-z]+)\}|<(?P<words>[a-z-]+)>|(?P<mark>[\[\]()|])|(?P<word>[^\s\[\](){}|<>]+)")
_IN_QUESTION = re.compile(r"\{([a-z]+)\}")
_PREPOSITION = re.compile(r"(?:in|from|since|during|before|after|between|at|on|over|within)\b", re.IGNORECASE)
_BEFORE = re.compile(r"before|prior to|pre\b", re.IGNORECASE)
_TO_NOW = re.compile(r"(?:(?:in|over|during|within) )?(?:the )?(?:since|last|past)\b", re.IGNORECASE)
_NEEDS_ARTICLE = re.compile(r"(?:last|past|previous) (?:\d|\w+ (?:years|yrs|months|mths|weeks))", re.IGNORECASE)
_BETWEEN_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_NOT_IN_SUBJECT = re.compile(
    r"\b(?:who|which|that|when|where|because|if|whether|how|what|why|is|are|was|were|has|have|had|do|does|did|not|"
    r"should|can|could|will|would|it|this|these|those|them|they|you|we|i|us|me|than|most|least|more|less|better|best|"
    r"worse|worst|latest|last|since|councils?|authorit(?:y|ies)|las)\b"
)
"""Words that no subject contains. A shape with such words would hide what the text says."""


def slotted_for_shapes(text: str, authorities: Sequence[str], today: date) -> SlottedText:
    """Return a text with one character for each name, as shapes need it.

    ``authorities`` are the ones that the index has reports on.
    """
    entities = entities_of(text, authorities_named(text, authorities), find_periods(text, today))
    return with_grade_sets(SlottedText.of(text, (one for one in entities if one.value is not OVERALL)))


def filled(says: str, match: re.Match[str], slotted: SlottedText, *, each: str = "") -> str | None:
    """Return the words that a shape stands for, with the text's own words in braces. None if they do not belong there.

    ``match`` is a match of the shape in ``slotted``. ``each`` names a slot. If it names several subjects, the words are
    given once for each of them, because each is a question of its own.
    """
    found: dict[str, str] = {}
    for group, words in match.groupdict().items():
        if not words:
            continue
        slot = group.rpartition("_")[0]
        found[slot] = _words(slot, slotted, match.span(group), *slotted.span(*match.span(group)))
        if not found[slot]:
            return None
    parts = _parts_of(found[each]) if each in found else [""]
    said = " ".join(
        _IN_QUESTION.sub(lambda slot, part=part: part if slot[1] == each else found.get(slot[1], ""), says)  # type: ignore[misc]
        for part in parts
    )
    return re.sub(r"\s+(?=[?.,]|$)", "", re.sub(r"\s{2,}", " ", said))


def _parts_of(words: str) -> list[str]:
    """Return the subjects that some words name, in the person's words. A term such as "drugs and alcohol" is one."""
    parts = [part for part in _BETWEEN_PARTS.split(words) if part]
    themes = known_themes()
    of_themes = len(themes.themes_of(words)) > 1 and all(themes.whole_in(plain(part)) for part in parts)
    return parts if len(parts) > 1 and (of_themes or len(parts) == len(subjects_of(words))) else [words]


def _words(slot: str, slotted: SlottedText, extent: tuple[int, int], start: int, end: int) -> str:
    """Return the words of a slot as the question needs them."""
    typed = slotted.question[start:end].strip(" ,;:.()–—-")
    if slot in ("authority", "other"):
        [named] = slotted.entities_in(*extent, Slot.AUTHORITY)
        return str(named.value)
    if slot == "authorities":
        return in_list([str(entity.value) for entity in slotted.entities_in(*extent, Slot.AUTHORITY)])
    if slot == "before" and not _BEFORE.match(typed):
        return ""
    if slot in ("when", "before"):
        return _PREPOSITION.sub("", typed).strip()
    if slot == "since" and not _TO_NOW.match(typed):
        return ""
    if slot in ("time", "times", "then", "since"):
        return _time(typed, [entity.value for entity in slotted.entities_in(*extent, Slot.TIME)])
    if slot in ("subject", "subjects"):
        plain = slotted.text[slice(*extent)].strip(" ,")
        return typed if _is_subject(plain, slotted, extent) else ""
    return typed


def _is_subject(words: str, slotted: SlottedText, extent: tuple[int, int]) -> bool:
    """Whether some words may name a subject."""
    named = bool(slotted.entities_in(*extent, Slot.AREA))
    ordinary = question_words().function | question_words().asking
    says_something = named or any(word not in ordinary for word in words.replace("-", " ").split())
    return says_something and not _NOT_IN_SUBJECT.search(without_clauses(words))


def _time(typed: str, periods: Sequence[Period]) -> str:
    """Return words for one time, or for two that follow each other: "in 2018 or 2019" is from 2018 to 2019."""
    if len(periods) < 2 or typed.lower().startswith("between"):
        return time_words(typed)
    first, last = sorted(periods, key=lambda period: period.first)
    follow = first.exact and last.exact and (last.first - first.last).days == 1
    return f"between {first.words} and {last.words}" if follow else ""


def time_words(typed: str) -> str:
    """Return the words for a time with "in" before them, if they have no preposition of their own."""
    if _PREPOSITION.match(typed):
        return typed
    return f"in the {typed}" if _NEEDS_ARTICLE.match(typed) else f"in {typed}"


@dataclass(frozen=True, slots=True)
class Needs:
    """What every text of a shape has, so that we can rule out most texts quickly."""

    words: tuple[str, ...]
    """Words outside all brackets."""
    slots: tuple[Slot, ...]
    """Names outside all brackets."""
    starts: tuple[frozenset[str], ...]
    """For each choice outside other brackets, the first words of its alternatives. The text has one of them."""

    def are_met_by(self, slotted: SlottedText, named: frozenset[Slot]) -> bool:
        """Whether a text may have the shape. ``named`` are the names in it."""
        text = slotted.text
        if not (named.issuperset(self.slots) and all(map(text.__contains__, self.words))):
            return False
        return all(any(map(text.__contains__, starts)) for starts in self.starts)


def needs(shape: str) -> Needs:
    """Return what every text of a shape has."""
    words: list[str] = []
    slots: list[Slot] = []
    starts: list[frozenset[str]] = []
    depth = 0
    for part in _PART.finditer(shape):
        if part["mark"] == "(" and not depth and (group := _starts_of(shape, part.start())):
            starts.append(group)
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(part["mark"] or "", 0)
        if depth:
            continue
        word = (part["word"] or "").lower()
        if slot := _SLOT_OF.get("kind" if word in _OF_KINDS else part["slot"] or ""):
            slots.append(slot)
        elif word:
            words.append(word)
        elif part["words"] and (group := _starts_of(shapes_data()["words"][part["words"]], 0)):
            starts.append(group)
    return Needs(tuple(words), tuple(slots), tuple(starts))


def _starts_of(shape: str, at: int) -> frozenset[str]:
    """Return the first words of the alternatives of the choice at a place. Empty if one does not begin with a word."""
    found: set[str] = set()
    depth, is_first = 0, False
    for part in _PART.finditer(shape, at):
        if mark := part["mark"]:
            depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(mark, 0)
            if is_first and mark in "[(":
                return frozenset()
            is_first = depth == 1 and mark in "(|"
            if not depth:
                return frozenset(found)
        elif is_first:
            word = (part["word"] or "").lower()
            group = _starts_of(shapes_data()["words"][part["words"]], 0) if part["words"] else frozenset({word} - {""})
            if not group or word in _OF_KINDS:
                return frozenset()
            found |= group
            is_first = False
    return frozenset()


@cache
def compiled(shape: str, *, whole: bool) -> re.Pattern[str]:
    """Compile a shape of a whole text, with the marks around it, or of a part. Marks between its words do not matter.

    We compile only the shapes that a text may have, because compiling all of them takes a second.
    """
    expression = "".join(_expressions(shape, shapes_data()["words"], iter(range(100))))
    return pattern(rf"\W*?{expression}[?.!\s]*" if whole else expression)


@cache
def shapes_data() -> dict[str, Any]:
    """Return the contents of ``data/rewordings.toml``."""
    data = files("qa_service").joinpath("data/rewordings.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def _expressions(shape: str, words: Mapping[str, str], numbers: Iterator[int]) -> Iterator[str]:
    for part in _PART.finditer(shape):
        if (slot := part["slot"]) and slot not in _SLOTS:
            yield f"(?P<{slot}_{next(numbers)}>{''.join(_expressions(words[slot], words, numbers))})"
        elif slot:
            yield rf"(?P<{slot}_{next(numbers)}>{_SLOTS[slot]}){_GAP}"
        elif named := part["words"]:
            yield f"(?:{''.join(_expressions(words[named], words, numbers))})"
        elif mark := part["mark"]:
            yield {"[": "(?:", "]": ")?", "(": "(?:"}.get(mark, mark)
        elif part["word"].lower() in _OF_KINDS:
            yield rf"{{K}}{_GAP}"
        else:
            yield rf"\b{re.escape(part['word'].lower())}\b{_GAP}"
