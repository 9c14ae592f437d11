"""Finds sentences near a quote that give a reason for what it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index.search.text_analysis import terms

_REASON = re.compile(
    r"\b(?:because|due (?:\w+ ){0,2}to|owing to|prompt(?:ed|s)|(?:made|been) possible|"
    r"caused by|causes?|reasons?|stem(?:s|med|ming)? from|attribut\w+ (?:this |it |"
    r"them )?to|"
    r"result(?:s|ed|ing)? from|as a (?:direct )?result of|driven by|down to (?!earth)|contribut(?:es?|ed|ing) to|"
    r"explain(?:s|ed)? (?:by|why)|thanks to)\b",
    re.IGNORECASE,
)
"""Words in a sentence that give a reason for what it says, or for what the sentence before it says."""
_LEADS_TO = re.compile(
    r"\b(?:(?:has |have |had )?(?:led|leads|leading) to|this means|which means|meaning that|has meant|"
    r"(?:has |have )?(?:created|left|resulted in|results in))\b",
    re.IGNORECASE,
)
"""Words that introduce a consequence: "this led to", for example."""
_AS_A_RESULT = re.compile(
    r"(?:as a (?:result|consequence)(?! of)|consequently|therefore|this (?:means|has (?:led|meant|resulted))|"
    r"because of this|for this reason|hence|thus)\b",
    re.IGNORECASE,
)
"""How a sentence begins if it gives a result of the sentence before it."""
_CONTRAST = re.compile(
    r"(?:by|in) contrast|however|but|conversely|elsewhere|on the other hand|meanwhile", re.IGNORECASE
)
"""How a sentence begins if it changes the subject."""
_CAUSE = re.compile(
    r"\b(?:following|in response to|in recognition of|recognition|given (?:that|the|their|its)|in order to|so that|"
    r"so (?:as )?to|therefore|consequently|thereby|reflect(?:s|ed|ing)|recogni[sz]ing|on the grounds|result of|"
    r"factors?|attribut\w+|lack(?:s|ed|ing)?|absence of|shortages?|short of|(?:in)?sufficient(?:ly)?|inadequate|"
    r"without|too (?:few|many|much|little|high|low|late|heavily)|not (?:\w+ )?enough|prevent(?:s|ed|ing)?|hinder\w*|"
    r"hamper\w*|inhibit\w*|undermin\w*|weaken\w*|compromis\w*|imped\w*|deter(?:s|red|ring)?|restrict\w*|"
    r"affect(?:s|ed|ing)?|impact(?:s|ed|ing)?(?= on| by)|ha(?:s|ve) reduced|makes? it|making it|pressures?|"
    r"difficult(?:y|ies)|difficult to|barriers?|demands?|confusion|could have|fears?|concerns? (?:that|about)|"
    r"to ensure that|ha(?:s|ve) helped|enabling|providing)\b|"
    r"\bas (?!well\b|part\b|an?\b|such\b|soon\b|to\b|of\b|in\b|at\b|if\b|though\b|yet\b|possible\b|appropriate\b|"
    r"required\b|needed\b|early\b|quickly\b|they should\b|it should\b)\w+|,? (?:by|through|with) \w+ing\b|"
    r"\b(?:so|when|while|now) (?:that |the )?(?:they|there|it|social workers|children|parents|staff|managers)\b",
    re.IGNORECASE,
)
"""Other words that connect a fact with its cause or with an obstacle."""
_PURPOSE = re.compile(
    r"\b(?:aim(?:s|ed)? (?:to|of|at)|purpose|intended|designed|enabl(?:es|ed|ing)|allow(?:s|ed|ing)|help(?:s|ed|ing)|"
    r"ensur(?:es|ed|ing)|to (?:ensure|help|support|improve|strengthen|enable|address|meet|provide|reduce|prevent|"
    r"manage|allow|make|promote|respond|tackle|increase|focus|raise|give|build|develop|assist|avoid|identify|keep|"
    r"protect|encourage|bridge|find|save|bring))\b",
    re.IGNORECASE,
)
"""Words for the purpose of an action."""
_CONSEQUENCE = re.compile(
    r"\b(?:means?|meant|meaning)(?: that)?\b|\b(?:has |have |had )?(?:leads?|led|leading) to\b|"
    r"\b(?:has |have )?(?:results?|resulted|resulting) in\b|\b(?:has |have )?(?:caus(?:es|ed|ing)|creat(?:es|ed|ing)|"
    r"left|leav(?:es|ing)|contribut(?:es|ed|ing) to)\b|\bas a (?:direct )?(?:result|consequence)\b(?! of\b)|"
    r"\b(?:consequently|therefore)\b",
    re.IGNORECASE,
)
"""Words before an effect, and after its cause."""
_BECAUSE_OF_IT = re.compile(
    r"(?:this|these|it|they) (?:\w+ )?(?:is|are|was|were|has been|have been|results?|resulted|stems?|"
    r"reflects?) (?:\w+ )?"
    r"(?:because|due to|owing to|attributable|caused|the result|a result|as a result|from|down to)\b",
    re.IGNORECASE,
)
"""How the next sentence begins if it gives the cause of this one."""
_LEADS_ON = re.compile(
    r"(?:this|these|it) (?:\w+ )?(?:means?|meant|leads?|led|results?|resulted|weakens?|reduces?|limits?|makes?|"
    r"creates?|"
    r"impacts?|affects?|causes?|hinders?|undermines?|leaves?|delays?)\b",
    re.IGNORECASE,
)
"""How the next sentence begins if it gives an effect of this one."""
_MOST_OF_CAUSE = 0.5
"""A question is about the cause if this share of its terms is in the cause and none is in the effect. Chosen by eye."""
_NEAR = 3
"""A sentence counts as near if it is at most this many sentences away. We chose this value by judgement."""


def reasons_near(sentences: Sequence[str], quoted: int) -> list[int]:
    """Return the indexes of the sentences that give a reason for the one at ``quoted``, nearest first.

    The quoted sentence is among them if it gives its own reason.
    """
    first, last = max(0, quoted - _NEAR), min(len(sentences), quoted + _NEAR + 1)
    found = [number for number in range(first, last) if _gives_reason(sentences, number, quoted)]
    return sorted(found, key=lambda number: (abs(number - quoted), number))


def _gives_reason(sentences: Sequence[str], number: int, quoted: int) -> bool:
    text = sentences[number]
    if number != quoted and _CONTRAST.match(text):
        return False
    if number < quoted:
        follows = number == quoted - 1 and bool(_AS_A_RESULT.match(sentences[quoted]))
        return follows or bool(_LEADS_TO.search(text) or _REASON.search(text))
    return bool(_REASON.search(text)) and not (number > quoted and _AS_A_RESULT.match(text))


def gives_cause(
    sentences: Sequence[str], number: int, asked: Collection[str], *, refers_back: bool, purpose: bool = False
) -> bool:
    """Whether a sentence gives a cause of what a question asks about, or the next sentence does.

    ``asked`` are the terms of the question. If the sentence ``refers_back``, the one before it counts too. If only the
    cause has words of the question, the sentence says what follows from them, and not why they are so. A ``purpose``
    counts too if the question is about something that was done.
    """
    text = sentences[number]
    if (number and _AS_A_RESULT.match(text)) or cause_follows(sentences, number, asked):
        return True
    if refers_back and number:
        text = f"{sentences[number - 1]} {text}"
    if _REASON.search(text):
        return True
    effects = list(_CONSEQUENCE.finditer(text))
    if effects:
        return any(_is_of(asked, text[: effect.start()], text[effect.end() :]) for effect in effects)
    return bool(_CAUSE.search(text) or (purpose and _PURPOSE.search(text)))


def cause_follows(sentences: Sequence[str], number: int, asked: Collection[str]) -> bool:
    """Whether the next sentence gives the cause of this one, or the effect that a question asks about."""
    after = sentences[number + 1] if number + 1 < len(sentences) else ""
    if _BECAUSE_OF_IT.match(after):
        return True
    leads_on = _LEADS_ON.match(after) or _AS_A_RESULT.match(after)
    return bool(leads_on) and _is_of(asked, sentences[number], after)


def _is_of(asked: Collection[str], cause: str, effect: str) -> bool:
    """Whether a question asks about an effect, and not about its cause.

    The question and the sentence may use different words.
    """
    of_effect, of_cause = (set(terms(text)) & set(asked) for text in (effect, cause))
    return bool(of_effect) or len(of_cause) < _MOST_OF_CAUSE * len(asked)
