"""Describes a mention of a theme for the model in ``mentions``: the words near it, its place and the cues of a stance.

A sentence often praises one thing and criticises another. These features describe the words next to the words of the
theme: before them, after them and in the same clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.themes import Mention

_WORD = re.compile(r"[\w’]+")
_BEFORE, _AFTER = 4, 5
"""How many words before and after the theme count one by one."""
_NEAR_BEFORE, _NEAR_AFTER = 40, 60
"""A word is near the theme if there are at most this many letters between them."""
_PLACES = (0, 3, 8, 15)
"""Bounds on the number of words before the theme. A feature gives the first bound that the number does not exceed, if
there is one."""
_MOST = 3
"""If a sentence has more cues than this, the others do not count."""
_CONTRAST = r"(?:but|although|though|however|while|whilst|whereas|yet|despite|except)"
_BORDER = re.compile(rf"; |: |,? {_CONTRAST} |, (?:and|which|who|so) |\. ")
"""Signs and words that separate two clauses."""
_OPENING = re.compile(r"(?:however|but|nevertheless|conversely|despite this|although|while|unfortunately)\b")
_TURN = re.compile(rf"\b{_CONTRAST}\b")
_CRITICAL = re.compile(
    r"\b(?:(?:(?:is|are|was|were|does|do|did|has|have) )?"
    r"not (?:always|yet|all|enough|good|well|timely|evident|enable|been|have|receive|used|"
    r"(?:consistent|sufficient|routine|full|clear|effective|regular|robust)\w*|prioriti[sz]\w*|\w+ed)|"
    r"(?:is|are|was|were|does|do|did|has|have) not|cannot|without|"
    r"too (?:many|high|long|few|late|often|slow\w*|much|variable|little|brief|early|reliant|optimistic)|"
    r"delay\w*|drift\w*|gaps?|lack\w*|insufficient\w*|inadequate\w*|unsuitable|unstable|instability|variab\w+|varies|"
    r"vary|varied|inconsisten\w+|limited|poor\w*|weak\w*|fail\w*|more (?:to do|work|needs|remains)|"
    r"further (?:work|improve\w*|strengthen\w*|develop\w*)|needs? to|needed|"
    r"needs (?:further|more|improv\w+|strengthen\w+)|remains?|challeng\w+|difficult\w*|missed|shortfall\w*|shortage\w*|"
    r"struggl\w*|hinder\w*|under ?developed|unclear|slow\w*|waits?|waiting|rarely|seldom|overly|excessive\w*|"
    r"unmanageable|stretched|pressures?|ineffective\w*|absen\w+|infrequent\w*|irregular\w*|reactive|decline\w*|"
    r"deteriorat\w*|unnecessar\w*|only (?:a )?(?:few|minority|some|recent\w*)|recently|adversely|"
    r"impact(?:s|ed|ing)? (?:on|negatively)|concerns?|"
    r"less (?:effective|well|consistent|robust|clear|evident|developed|strong)|could be|should|high turnover|"
    r"unallocated|repetitive|vague|generic|out of date|superficial|task focused|over ?reli\w+|"
    r"no (?:evidence|clear|consistent|longer|formal)|(?:little|limited) evidence|late|lateness|uneven|patchy|thin|"
    r"not at all|few|none|never|hardly|worse\w*|"
    r"work in progress|partial\w*|inexperienced|relian(?:ce|t) on|there (?:is|are|was|were) no|"
    r"overdue|lapse[sd]?|double|only \d+)\b"
)
"""Words that often criticise."""
_NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|without)\b")
_APPROVING = re.compile(
    r"\b(?:strong\w*|effective(?:ly)?|well|good|high quality|timely|prompt\w*|thorough\w*|comprehensive\w*|robust\w*|"
    r"clear(?:ly)?|consistent(?:ly)?|regular(?:ly)?|improv(?:ed|ing)|strengthened|sensitive\w*|skil\w+|purposeful\w*|"
    r"proactive\w*|appropriate\w*|detailed|rigorous\w*|success\w*|benefit\w*|excellent|exceptional|outstanding|"
    r"impressive|impactful|positive\w*|manageable|reduc(?:ed|ing)|stable|valued?|supportive|reflective|creative\w*|"
    r"careful\w*|thoughtful\w*|child (?:centred|focused)|embedded|established|tenacious\w*|persistent\w*|swift\w*|"
    r"quick(?:ly)?|meaningful\w*|helpful\w*|insightful|informed|ensur(?:e|es|ing)|enabl(?:e|es|ing)|routinely|always|"
    r"mostly|generally|largely|most|all|wide range|central|centre|championed|listened|heard|praise\w*|commend\w*|"
    r"strengths?|secure\w*|progress\w*|accessible|visible|committed|ambitious|"
    r"increas(?:ed|ing) (?:number|choice|range))\b"
)
"""Words that often praise."""


def features_of(mention: Mention, *, listed: bool) -> dict[str, float]:
    """Return the features of a mention, each with its value.

    ``listed`` says whether the sentence is in the report's own list of what must improve.
    """
    features = dict.fromkeys(_words(mention, listed=listed), 1.0)
    features.update((name, float(value)) for name, value in _cues(mention) if value)
    return features


def clause_of(mention: Mention) -> str:
    """Return the clauses of the sentence that contain words of the theme."""
    text = mention.text
    borders = [0, *(border.start() for border in _BORDER.finditer(text)), len(text)]
    clauses = (
        text[start:end]
        for start, end in pairwise(borders)
        if any(first < end and start < last for first, last in mention.spans)
    )
    return " ".join(clauses)


def _around(mention: Mention) -> tuple[str, str, str]:
    """Return the text before the theme, the longest phrase with which it begins, and the text after that."""
    start = mention.spans[0][0]
    end = max(last for first, last in mention.spans if first == start)
    return mention.text[:start], mention.text[start:end], mention.text[end:]


def _words(mention: Mention, *, listed: bool) -> Iterator[str]:
    before, phrase, after = (_WORD.findall(part) for part in _around(mention))
    kind = "item" if listed else "sentence"
    yield f"in {kind}"
    yield f"theme {mention.theme} {' '.join(phrase)}"
    yield from (f"before {word}" for word in before[-_BEFORE:])
    yield from (f"after {word}" for word in after[:_AFTER])
    yield from (f"next before {' '.join(before[-count:])}" for count in (1, 2) if len(before) >= count)
    yield from (f"next after {' '.join(after[:count])}" for count in (1, 2) if len(after) >= count)
    place = next((f"at most {most}" for most in _PLACES if len(before) <= most), "later")
    yield from (f"place {place}", f"place in {kind} {place}", f"leads in {kind} {mention.leads}")
    yield from (f"clause {word}" for word in _WORD.findall(clause_of(mention)))


def _cues(mention: Mention) -> Iterator[tuple[str, int]]:
    before, _, after = _around(mention)
    clause = clause_of(mention)
    places = (mention.text, clause, after[:_NEAR_AFTER], before[-_NEAR_BEFORE:])
    criticised = [len(_CRITICAL.findall(place)) for place in places]
    # "Not consistently" does not approve.
    approved = [len(_APPROVING.findall(_CRITICAL.sub(" ", place))) for place in places]
    for name, (in_sentence, in_clause, just_after, just_before) in (("critical", criticised), ("approving", approved)):
        yield f"{name} in sentence", min(in_sentence, _MOST)
        yield f"{name} in clause", min(in_clause, _MOST)
        yield f"{name} just after", min(just_after, _MOST - 1)
        yield f"{name} just before", min(just_before, _MOST - 1)
        yield f"any {name} in sentence", int(in_sentence > 0)
        yield f"any {name} in clause", int(in_clause > 0)
    yield f"cues in clause {criticised[1] > 0} {approved[1] > 0}", 1
    if opening := _OPENING.match(mention.text):
        yield f"opening {opening[0]}", 1
    yield "negation in clause", len(_NEGATION.findall(clause))
    yield "turn after", int(_TURN.search(after) is not None)
    yield "turn before", int(_TURN.search(before) is not None)
