"""Accounts for every word of a question: function words, words that we used, and words that are left over."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa_service.understanding.conditions.slots import Extent, SlottedText

_WORD = re.compile(r"[a-z\u00c0-\u024f\d][a-z\u00c0-\u024f\d'\-]*|[\ue000-\uf8ff]|%|£")
PREPOSITIONS = tuple(
    """
    in for with by near under within during since of on from at among outside except because than per through across
    around after before until without beyond between inside over as to while despite towards toward via about
    """.split()  # noqa: SIM905 - a list this long reads better as text
)
_PREPOSITION = rf"(?:{'|'.join(PREPOSITIONS)})"
_MODIFIER = re.compile(
    rf"\b{_PREPOSITION}(?: (?:a|an|the|its|their|our|this|that|any|some|more|than|least|most|only|all|those|these))* $"
)

_DENIED = re.compile(
    r"\b(?:which|what|where|who|whose|list|any)\b(?:(?!\b(?:when|if|because|while|once|until|unless)\b)[^?.!;,]){0,60}?"
    r"\b(?P<limit>(?:do|does|did|is|are|was|were|has|have|had|can|could|should)(?: \w+)?(?: not|n't)|"
    r"never)\b(?! only\b)"
)
"""A denial in the main clause of a question: "Which authorities do not …"."""

_PHRASE_START = re.compile(r"(?: +(?:[\w'\-]+|[\ue000-\uf8ff]))+")
_NEXT_WORD = re.compile(r" +(?P<word>[\w'\-]+|[\ue000-\uf8ff])")
_MOST_HOLDING, _LONGEST_PHRASE = 3, 4
"""Maximum numbers of words in a phrase after the word that limits it: first of function words, then of other words."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words in ``data/question_words.toml``, by their role in a question."""

    function: frozenset[str]
    asking: frozenset[str]
    frames: tuple[str, ...]
    """Phrases around a question that do not change what it asks."""
    limits: tuple[str, ...]
    cues: tuple[str, ...]
    terms: tuple[str, ...]
    strengths: frozenset[str]
    weaknesses: frozenset[str]
    either: frozenset[str]
    """Words that may appear in a question that asks for strengths or weaknesses."""
    ask_for_summary: tuple[str, ...]
    with_summary: frozenset[str]
    """Words that may appear in a question that asks for a summary."""
    ask_what_recurs: tuple[str, ...]
    with_what_recurs: frozenset[str]
    """Words that may appear in a question that asks what recurs."""
    with_items: frozenset[str]
    """Words in questions about what became of items to improve that do not say which items."""
    with_matter: frozenset[str]
    """More words in questions about what became of one matter that do not say which matter."""
    with_improvement: frozenset[str]
    """Words in questions about what must improve that do not say which subject they are about."""
    with_comparison: frozenset[str]
    """Words of comparisons of authorities, which do not say what is compared."""
    of_grades: frozenset[str]
    """Words of questions about grades, which do not say what is graded."""
    no_subjects: frozenset[str]
    """Words that name no subject by themselves, in addition to those above."""


@cache
def question_words() -> QuestionWords:
    """Return the words in ``data/question_words.toml``."""
    text = files("qa_service").joinpath("data/question_words.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    cues = {cue for group in data["cues"].values() for cue in group}
    return QuestionWords(
        function=frozenset(data["function"]),
        asking=frozenset(data["asking"]),
        frames=tuple(sorted(data["frames"], key=len, reverse=True)),
        limits=tuple(sorted(data["limits"], key=len, reverse=True)),
        cues=tuple(sorted(cues, key=len, reverse=True)),
        terms=tuple(sorted(data["terms"], key=len, reverse=True)),
        strengths=frozenset(data["headlines"]["strengths"]),
        weaknesses=frozenset(data["headlines"]["weaknesses"]),
        either=frozenset(data["headlines"]["either"]),
        ask_for_summary=tuple(sorted(data["summaries"]["ask"], key=len, reverse=True)),
        with_summary=frozenset(data["summaries"]["with"]),
        ask_what_recurs=tuple(sorted(data["recurring"]["ask"], key=len, reverse=True)),
        with_what_recurs=frozenset(data["recurring"]["with"]),
        with_items=frozenset(data["items"]["words"]),
        with_matter=frozenset(data["matters"]["words"]),
        with_improvement=frozenset(data["improving"]["words"]),
        with_comparison=frozenset(data["comparisons"]["words"]),
        of_grades=frozenset(data["grades"]["words"]),
        no_subjects=frozenset(data["no_subject"]["words"]),
    )


def words_left(slotted: SlottedText, used: Iterable[Extent]) -> list[Extent]:
    """Return the extent of each word that no step has used, except function words."""
    words, used = question_words(), list(used)
    left = []
    for match in _WORD.finditer(slotted.text):
        word = match.group().strip("-'")
        plain = word.removesuffix("'s")
        known = plain in words.function or plain in words.asking or word in words.function or not word
        is_entity = len(word) == 1 and "\ue000" <= word <= "\uf8ff"
        if not known and not is_entity and not overlaps(match.span(), used):
            left.append(match.span())
    return left


def limits_left(slotted: SlottedText, used: Iterable[Extent]) -> list[Extent]:
    """Return the unused words that limit what reports may say, each with the rest of its phrase."""
    used = list(used)
    terms = [match.span() for match in expression_of(question_words().terms).finditer(slotted.text)]
    left: list[Extent] = []
    for expression in (expression_of(question_words().limits), _DENIED):
        for match in expression.finditer(slotted.text):
            extent = match.span("limit") if expression is _DENIED else match.span()
            if not overlaps(extent, [*used, *terms, *left]):
                left.append(_with_its_words(slotted.text, extent))
    return merged(slotted.text, left)


def overlaps(extent: Extent, others: Iterable[Extent]) -> bool:
    """Whether an extent has words in common with any of the other extents."""
    return any(start < extent[1] and extent[0] < end for start, end in others)


def is_cue(words: str) -> bool:
    """Whether these words can begin a phrase that limits an answer."""
    return bool(_cue_expression().match(words))


def is_modifier(slotted: SlottedText, extents: Sequence[Extent], who: Extent) -> bool:
    """Whether the words left over only modify a question, which is complete without them.

    Examples are "in the north" and "by a large margin". Words before the noun that a question asks for also only modify
    it: "Labour councils".
    """
    if not extents:
        return True
    inside = [extent for extent in extents if who[0] <= extent[0] and extent[1] <= who[1]]
    rest = [extent for extent in extents if extent not in inside]
    groups = merged(slotted.text, rest)
    cues = _cue_expression()
    return all(
        _MODIFIER.search(slotted.text[:start])
        or _starts_modifier(slotted.text[start:end])
        or cues.match(slotted.text[start:end])
        for start, end in groups
    )


def merged(text: str, extents: Sequence[Extent]) -> list[Extent]:
    """Join extents if there are only function words between them."""
    function = question_words().function
    joined: list[Extent] = []
    for start, end in sorted(extents):
        between = _WORD.findall(text[joined[-1][1] : start]) if joined else []
        if (
            joined
            and all(word in function for word in between)
            and not re.search(r"[.?!;]", text[joined[-1][1] : start])
        ):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def with_preposition(text: str, extent: Extent) -> Extent:
    """Return an extent together with any preposition and articles before it, so that "in the north" is not split."""
    match = _MODIFIER.search(text[: extent[0]])
    return (match.start(), extent[1]) if match else extent


def _starts_modifier(text: str) -> bool:
    return bool(re.match(rf"{_PREPOSITION}\b", text))


def has_cue(words: str) -> bool:
    """Whether any of some words may limit an answer: "not", "better", "first"."""
    return bool(_cue_expression().search(words.lower()))


def _with_its_words(text: str, extent: Extent) -> Extent:
    """Return a limit together with the words that belong to it, so that we can name it: "better than it used to be".

    A comparison with "than" and a denial reach to the end of their clause.
    """
    limit, rest = text[slice(*extent)], text[extent[1] :]
    if not (_THAN.match(limit + rest) or _DENIES.search(limit)):
        return _with_phrase(text, extent)
    match = _TO_CLAUSE_END.match(rest)
    return (extent[0], extent[1] + match.end()) if match else extent


def _with_phrase(text: str, extent: Extent) -> Extent:
    """Return an extent with the rest of its phrase after it: "best virtual school", "better than others".

    The rest of the phrase may begin with a few function words. It ends before the next function word.
    """
    match = _PHRASE_START.match(text, extent[1])
    next_words = list(_NEXT_WORD.finditer(match.group())) if match else []
    words = [(each["word"], extent[1] + each.end()) for each in next_words]
    content = [at for at, (word, _) in enumerate(words) if not _only_holds(word)]
    if not content or content[0] > _MOST_HOLDING:
        return extent
    last = content[0]
    while last + 1 < len(words) and last + 1 - content[0] < _LONGEST_PHRASE and not _only_holds(words[last + 1][0]):
        last += 1
    return extent[0], words[last][1]


def _only_holds(word: str) -> bool:
    return word in question_words().function or word in PREPOSITIONS


_ANY_WORD = r"[\w'’\-]+"
_THAN = re.compile(r"(?:better|worse)(?: or (?:better|worse))?(?: than\b| or\b|$)")
_DENIES = re.compile(r"(?:\bnot|n't|\bnever)$")
_TO_CLAUSE_END = re.compile(rf"(?: +{_ANY_WORD}){{1,7}}")


@cache
def _cue_expression() -> re.Pattern[str]:
    return expression_of(question_words().cues)


@cache
def expression_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of the phrases, as whole words."""
    alternatives = (("" if phrase == "n't" else r"\b") + re.escape(phrase) + r"\b" for phrase in phrases)
    return re.compile("|".join(alternatives))
