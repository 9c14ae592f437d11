"""Finds the phrases that limit which sentences can answer a question: "at weekends", "over the age of 60".

A sentence meets a limit if it contains the limit's words. We recognise only the phrases listed here, because most
phrases are part of the subject ("children at risk of harm").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from index.search.text_analysis import terms
from qa_service.understanding.conditions.accounting import PREPOSITIONS, expression_of, overlaps, question_words
from qa_service.understanding.conditions.limits.numbers import find_number_limits
from qa_service.understanding.conditions.slots import Extent, SlottedText, pattern
from qa_service.understanding.conditions.types import Limit, NumberBound, Span
from qa_service.understanding.quantities import BOUNDS, QUANTITY
from qa_service.understanding.times.numbers import NUMBER, ORDINAL

_ARTICLE = (
    r"(?:(?:the|an?|their|its|his|her|our|your|any|some|this|that|these|those|each|every|all|being|having|been) )*"
)
_STOPS = """
    who which that where when if being not also only alone make makes made feel feels felt become became get gets did
    didn't somebody someone anybody anyone everybody everyone something nothing
    """.split()  # noqa: SIM905 - a list this long reads better as text
"""Words that end a noun phrase, in addition to function words and prepositions."""
_DENIALS = frozenset(
    ("no", "not", "never", "without", "none", "neither", "nor", *terms("lack absence absent fail unable"))
)
_CLOSE_TO = r"(?:outside(?: of)?|near(?: to)?|nearest(?: to)?|beyond|along|close to|next to)"
_TIME = (
    r"(?:weekends?|weekdays?|nights?|nighttime|evenings?|mornings?|afternoons?|lunchtimes?|"
    r"(?:school |bank |public |summer |easter |christmas )?holidays?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|summers?|winters?|christmas|easter|half[ -]terms|term[ -]time)"
)
_SUPERLATIVE = (
    r"(?:biggest|largest|smallest|longest|shortest|fastest|slowest|strongest|weakest|youngest|oldest|newest|cheapest|"
    r"dearest|poorest|richest|busiest|quickest|nearest|farthest|furthest|hardest|easiest|commonest|greatest|fewest|"
    r"(?:main|key)(?= (?:reason|concern|cause|problem|issue|weakness|strength|barrier|challenge|theme|criticism|risk|"
    rf"worr|factor|difficult|failing|gap|source|driver)\w*)|top(?= {NUMBER}))"
)
"""Superlatives that put items in order. Other superlatives, such as "best", are more often part of a subject: "the best
start in life"."""
_PARTICIPLE = r"(?:\w+ed|held|run|led|done|made|given|written|taken|paid|kept|built|sent|sought)"
_ORDINAL = rf"(?:{ORDINAL}|next|last)"
_NEVER_MET: frozenset[str] = frozenset()
_SAME = {"night": frozenset(terms("night overnight nighttime")), "weekend": frozenset(terms("weekend saturday sunday"))}
"""Words with the same meaning as a word in a limit."""
_MAIN = frozenset(terms("main mainly key principal greatest"))
_MUCH = frozenset(terms("bulk majority mostly largely vast predominantly"))
_ELSEWHERE = frozenset(terms("outside neighbouring distance away elsewhere"))
_COMPASS = {
    direction: frozenset(terms(f"{direction} {direction}ern {direction}wards"))
    for direction in ("north", "south", "east", "west")
}


def find_limits(
    slotted: SlottedText, names: Sequence[str] = (), regions: Sequence[str] = ()
) -> list[tuple[Extent, Limit]]:
    """Return the limits in a question, each with its place in the slotted text.

    ``names`` are the names in the question, apart from the names of authorities. ``regions`` are the regions that it
    names, because "the north west" is not part of an authority.
    """
    text = slotted.text.replace("-", " ")
    taken = [match.span() for match in expression_of(question_words().terms).finditer(slotted.text)]
    for region in regions:
        taken += [match.span() for match in re.finditer(re.escape(region.lower().replace("-", " ")), text)]
    found: list[tuple[Extent, Limit]] = []
    for extent, needed, bound in _candidates(slotted, names):
        if (needed or bound) and extent[0] < extent[1] and not overlaps(extent, taken):
            taken.append(extent)
            start, end = slotted.span(*extent)
            words = frozenset(terms(slotted.question[start:end]))
            found.append((extent, Limit(Span(start, end), words, tuple(needed), bound)))
    return sorted(found, key=lambda limit: limit[0])


def _candidates(
    slotted: SlottedText, names: Sequence[str]
) -> Iterator[tuple[Extent, list[frozenset[str]], NumberBound | None]]:
    for match in _OF_REPORTS.finditer(slotted.text):
        yield match.span(), [_NEVER_MET], None
    for expression, needed in _limits():
        for match in expression.finditer(slotted.text):
            yield match.span(), needed(match), None
    for extent, bound in find_number_limits(slotted):
        yield extent, [], bound
    for match in _TITLED.finditer(slotted.question):
        yield slotted.extent_of(*match.span()), _each(match["name"]), None
    for name in names:
        for match in re.finditer(rf"\b{re.escape(name)}\b", slotted.question):
            yield slotted.extent_of(*match.span()), _each(name), None


_OF_REPORTS = pattern(
    rf"\b(?:(?:exactly|{'|'.join(BOUNDS.values())}) )?{QUANTITY} (?:of )?{_ARTICLE}(?:local )?(?:authorities|councils|"
    r"reports|inspections|visits|letters|areas|las)\b"
)
"""A number of reports or authorities. No single sentence can show such a number."""
_TITLED = re.compile(r"\b(?:Mrs?|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.? (?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")


@cache
def _limits() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[frozenset[str]]]], ...]:
    """Return each pattern with a function that returns what a sentence must contain to meet the limit."""
    noun = rf"{_ARTICLE}(?P<noun>{_word()}(?: (?!\w+ed\b){_word()}){{0,2}})"
    return (
        (pattern(r"\b(?:in|on|at|from) the (?:\w+ )?(?:paragraph|page|sentence|chapter)\b|\bon page \d+\b"),
         _never),
        (pattern(rf"\b(?:at|on|in|over|before|after|until|by|around|during|throughout) {_ARTICLE}"
                 r"(?:(?:early|late|mid|long|whole) )?"
                 rf"(?P<noun>{_TIME}(?: (?:mornings?|afternoons?|evenings?|nights?))?)\b"), _noun),
        (pattern(rf"\b(?:during|throughout|ahead of|leading up to|in the run[- ]up to) {noun}"), _noun),
        (pattern(rf"\b(?<!look )(?<!looks )(?<!looked )(?<!looking )(?:before|after) {noun}"
                 r"(?=\W*$|[,;?]| (?:in|at|of|for|by|from)\b)"), _noun),
        (pattern(r"\b(?:(?:in|across|from|to|of|at) )?(?:the |its )?(?P<noun>(?:far )?(?:north|south|east|west)"
                 r"(?:[ -]?(?:east|west))?(?:ern|erly)?)\b(?! riding)(?: (?:side|part|half|end|areas?|districts?|of))*"
                 r"(?: (?:the |this )?(?:county|city|borough|town|authority|area|{N}))?"), _direction),
        (pattern(rf"\b(?:in|on|across|from|of|for|to) {_ARTICLE}(?P<noun>(?:islands?|coast|coastline|estates?|"
                 r"villages?|(?:city|town) centres?|countryside|suburbs|inner city|seaside towns?|market towns?)|"
                 r"(?:rural|urban|coastal|remote|deprived|affluent|isolated|inner[ -]city) \w+)\b"), _noun),
        (pattern(rf"\b{_CLOSE_TO} (?:the |their |its |a )*{{N}}"), _elsewhere),
        (pattern(rf"\b{_CLOSE_TO} (?=the |an? |their |its |his |her |our |schools?\b){noun}"), _noun),
        (pattern(rf"\bwithout {_ARTICLE}(?:{_word()} ){{1,3}}(?:being|as)\b"), _never),
        (pattern(rf"\bwithout {noun}"), _denial),
        (pattern(r"\b(?:who|that|which|where) (?:they )?"
                 r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would)"
                 rf"(?: not|n't| never)(?: yet)? {noun}"), _denial),
        (pattern(rf"\b(?:with|have|has|had|having|when|where|if|while) (?:absolutely )?no {noun}"), _denial),
        (pattern(r"\b(?:neither(?: of)?|none of|nobody|no[ -]one|(?:hardly|scarcely|barely) any|lacking|"
                 rf"refusing(?: to)?|who (?:lack|lacks|lacked|refuse|refuses|refused)(?: to)?) {noun}"), _denial),
        (pattern(rf"\b(?:(?:{_PARTICIPLE} )?(?:only|solely) by {_ARTICLE}(?P<noun>{_word()})|"
                 rf"(?:{_PARTICIPLE} )?by {_ARTICLE}(?P<other>{_word()}) (?:only|alone))\b"), _only),
        (pattern(rf"\b{_PARTICIPLE} (?:\w+ ){{0,2}}by {noun}"), _agent),
        (pattern(rf"\b(?:via|at the hands of|on behalf of) {noun}"), _noun),
        (pattern(rf"\baccording to (?!(?:the |a )?(?:inspect|ofsted|report|letter|latest|most|last|news|"
                 rf"article|press|{{K}}|{{T}}|{{N}})){noun}"), _noun),
        (pattern(r"\b(?:(?:better|worse) or )?"
                 r"(?:(?:more|less) (?P<noun>\w+)|(?!rather|other|whether)(?P<other>\w{2,}er|worse))"
                 rf"(?: for (?:\w+ ){{1,3}}| )than (?!£|{QUANTITY})(?:[\w'-]+|{{N}}|{{T}}|{{K}})"
                 r"(?: (?:[\w'-]+|{N}|{T}|{K})){0,6}"), _noun),
        (pattern(rf"\b(?:compared (?:with|to)|as opposed to|unlike|in contrast to|every bit as|just as \w+ as) "
                 rf"(?:what )?{noun}"), _noun),
        (pattern(r"\b(?:dead last|(?<!on )top of|(?<!at the )bottom of|"
                 r"ranked|penultimate|league table|in order of \w+)\b"), _never),
        (pattern(r"\b(?:comes?|came|ranks?) (?:first|second|third|last|next|top)\b"), _place),
        (pattern(r"\b(?:the bulk of|all but (?:a|one|two|\w+)|every single|both halves of|"
                 r"(?:several|a few|two|three) dozen|a handful of|a smattering of|the minority of)\b"), _quantifier),
        (pattern(rf"\b(?:(?:the|its|their|a|one of the) |(?P<place>{_ORDINAL} ))(?:most|least) "
                 r"(?!recent|of\b|likely\b|vulnerable|complex|in need|at risk|"
                 rf"{NUMBER})(?P<noun>\w+)(?= {_word()})"), _ranking),
        (pattern(rf"\b{_SUPERLATIVE} {NUMBER}"), _never),
        (pattern(rf"\b(?P<place>{_ORDINAL} |{NUMBER} )?(?P<noun>{_SUPERLATIVE})\b"), _ranking),
    )  # fmt: skip


@cache
def _word() -> str:
    """Return a pattern for a word in a noun phrase: no function word, no preposition and no word in ``_STOPS``."""
    stop = sorted({*question_words().function, *PREPOSITIONS, *_STOPS}, key=len, reverse=True)
    return rf"(?!(?:{'|'.join(map(re.escape, stop))})\b)[a-z][\w'-]*"


def _each(words: str) -> list[frozenset[str]]:
    """Require each of the words, in any form."""
    return [_SAME.get(term, frozenset({term})) for term in terms(words)]


def _noun(match: re.Match[str]) -> list[frozenset[str]]:
    """Require the words of a noun phrase, up to its first plural. "During the inspection" limits nothing."""
    words = next((match[group] for group in ("noun", "other") if match.groupdict().get(group)), "").split()
    if all(word in question_words().asking for word in words):
        return []
    plural = next((at for at, word in enumerate(words) if re.search(r"[^s]s$", word)), len(words))
    return _each(" ".join(words[: plural + 1]))


def _never(match: re.Match[str]) -> list[frozenset[str]]:  # noqa: ARG001 - the signature of all these functions
    """Make a limit that no sentence meets, because words alone cannot show that a sentence does."""
    return [_NEVER_MET]


def _direction(match: re.Match[str]) -> list[frozenset[str]]:
    return [stems for direction, stems in _COMPASS.items() if direction in match["noun"]]


def _place(match: re.Match[str]) -> list[frozenset[str]]:
    """Require a position in a ranking, such as "first", if the question asks who has that position.

    "Children come first" is not about a ranking.
    """
    return [_NEVER_MET] if re.search(r"\b(?:which|who|what)\b", match.string[: match.start()]) else []


def _elsewhere(match: re.Match[str]) -> list[frozenset[str]]:  # noqa: ARG001 - the signature of all these functions
    return [_ELSEWHERE]


def _agent(match: re.Match[str]) -> list[frozenset[str]]:
    """Require the person who acts: "assessments completed by students".

    If the question asks who acts, that is not a limit.
    """
    asks = re.match(r"\W*(?:how|is|are|was|were|do|does|did|has|have|why|when)\b", match.string)
    words_before = match.string[: match.start()].split()[-4:]
    is_asked = asks and {"is", "are", "was", "were", "been", "being", "get", "gets"}.intersection(words_before)
    return [] if is_asked else _noun(match)


def _denial(match: re.Match[str]) -> list[frozenset[str]]:
    """Require the denied words, together with a denial or with "un-" in front of one of them."""
    denied = _noun(match)
    opposites = frozenset(f"un{stem}" for stems in denied for stem in stems)
    return [*(stems | {f"un{stem}" for stem in stems} for stems in denied), _DENIALS | opposites] if denied else []


def _only(match: re.Match[str]) -> list[frozenset[str]]:
    return [*_noun(match), frozenset(terms("only solely exclusively alone"))]


def _quantifier(match: re.Match[str]) -> list[frozenset[str]]:
    """Require a word for the same amount: "the bulk of" means the same as "the majority of"."""
    return [_MUCH] if match.group() == "the bulk of" else [_NEVER_MET]


def _ranking(match: re.Match[str]) -> list[frozenset[str]]:
    """Require the word for a place in a ranking.

    No sentence can show a lower place, such as "second most common".
    """
    if match["place"]:
        return [_NEVER_MET]
    return [_MAIN] if match["noun"] in ("main", "key", "top") else _each(match["noun"])
