"""Finds a question's condition on what reports say about a theme of practice, such as "criticise supervision"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.theme_parts import clauses, names_aspect
from corpus.themes import known_themes
from index.types import Stance
from qa_service.understanding.conditions.slots import Extent, Slot, SlottedText, pattern
from qa_service.understanding.conditions.types import ThemeCondition

_ABOUT = r"(?:in|with|of|about|over|around|on|for|regarding)"
_FAULT = r"(?:concerns?|weakness(?:es)?|problems?|issues?|failings?|shortcomings?|criticisms?|shortfalls?)"
_MERIT = r"(?:strengths?|good practice|positives?|praise)"
_ANY = r"(?:any |some |serious |major |significant |clear |real |particular )?"
HAS = r"(?:have|has|had|having|with|found|find|finds|show|shows|showed)"
_REPORTS = (
    rf"(?:{HAS}|raise[sd]?|raising|express(?:es|ed)?|identif(?:y|ies|ied)|flag(?:s|ged)?(?: up)?|note[sd]?|"
    r"report(?:s|ed)?)"
)
_PASSIVE = r"(?:(?:is|are|was|were|been|being) )?"
CRITICISE = (
    r"(?:critici[sz](?:e|es|ed|ing)|critical (?:of|about)|faulted|called out|picked up on|"
    r"(?:negative|scathing|damning|unhappy|disparaging|harsh) (?:about|on)|complain(?:s|ed|ing)? about|"
    r"(?:find|finds|found|finding) fault with)"
)
PRAISE = (
    r"(?:prais(?:e|es|ed|ing)|commend(?:s|ed|ing)?|applaud(?:s|ed)?|positive about|complimentary about|"
    r"(?:speak(?:s|ing)?|spoke|spoken) (?:highly|well) of|"
    r"(?:give|gives|gave|given|get|gets|got|receive[sd]?|earn(?:s|ed)?) (?:credit|praise) for)"
)
_WEAK = r"(?:weak|poor|inconsistent|inadequate|insufficient|ineffective|variable|irregular)"
_STRONG = r"(?:strong|effective|excellent|impressive)"
_SAY = r"(?:say|says|said|saying)"
_THINGS = r"(?:things?|comments?|remarks?|words?)"


def _has_to_say(adjective: str) -> str:
    """Return a pattern for "have something critical to say about", "said good things about"."""
    something = rf"(?:something |anything |some )?{adjective}(?: {_THINGS})?"
    comments = rf"(?:make|makes|made) (?:some )?{adjective} {_THINGS}"
    return rf"(?:{HAS} {something} to say|{comments}|{_SAY} {something}) {_ABOUT}"


_NEGATIVE = r"(?:critical|negative|bad|unfavourable|disapproving)"
_POSITIVE = r"(?:good|positive|complimentary|favourable|approving|nice|kind)"
RAISE = (
    r"(?:raise[sd]?|raising|flag(?:s|ged|ging)?(?: up)?|identif(?:y|ies|ied)|note[sd]?|report(?:s|ed)?|"
    r"highlight(?:s|ed)?|mention(?:s|ed)?|single[sd]? out|pick(?:s|ed)? out|point(?:s|ed)? (?:to|out)|"
    r"(?:see|sees|saw|name[sd]?|describe[sd]?|regard(?:s|ed)?))"
)
_HEAVY = r"(?:high|heavy|excessive|unmanageable)"
_IS_WEAK = (
    rf"(?:is|are|was|were|to be|being) (?:{_WEAK}|"
    r"not (?:good enough|effective|regular|consistent|strong enough|timely)|too high|a weakness|a concern|a problem)"
)
_IS_STRONG = rf"(?:is|are|was|were|to be|being) (?:{_STRONG}|a strength|good enough|manageable|regular|timely)"
_VERBS = (
    (Stance.WEAKNESS, rf"{_PASSIVE}{CRITICISE}(?: {_ABOUT})?"),
    (Stance.WEAKNESS, rf"{_REPORTS} {_ANY}{_FAULT} {_ABOUT}"),
    (Stance.WEAKNESS, rf"{HAS} {_WEAK}"),
    (Stance.WEAKNESS, _has_to_say(_NEGATIVE)),
    (Stance.WEAKNESS, rf"(?:raise[sd]?|raising|flag(?:s|ged)?(?: up)?)(?= (?:{_HEAVY}|{_WEAK}) )"),
    (Stance.STRENGTH, rf"{_PASSIVE}{PRAISE}(?: {_ABOUT})?"),
    (Stance.STRENGTH, rf"{_REPORTS} {_ANY}{_MERIT} {_ABOUT}"),
    (Stance.STRENGTH, _has_to_say(_POSITIVE)),
    (Stance.STRENGTH, rf"{HAS} {_STRONG}"),
    (Stance.STRENGTH, r"with good"),
)
"""Verbs whose object is a theme."""
_CLAUSES = ((Stance.WEAKNESS, _IS_WEAK), (Stance.STRENGTH, _IS_STRONG))
"""Predicates whose subject is a theme."""
_AS = (
    (
        Stance.WEAKNESS,
        rf"(?:{_IS_WEAK}|as (?:an? )?{_ANY}(?:weakness|problem|concern|issue|failing|shortcoming|{_WEAK}))",
    ),
    (Stance.STRENGTH, rf"(?:{_IS_STRONG}|as (?:an? )?{_ANY}(?:strength|positive|good practice|{_STRONG}))"),
)
"""Words after a verb such as "flag" that say what a theme is: "as a problem", "being too high"."""
_BEFORE = r"\b(?:that |which |who |where |whose reports? |where (?:the )?(?:reports?|inspectors?) )?"
THEME = r"(?:the |their |its |any |how )*(?P<theme>[a-z\d][a-z\d',/& -]*?[a-z\d])(?!\w)"
"""The words for a theme. They end at a time, a name, a kind of report or the end of the question."""
END = (
    r"(?=[ ,?!.(]*(?:(?:and|but|so|what about|how about) )?"
    r"(?:(?:since|in|during|between|before|after|from|over|at|by|within|among|across|for)(?: the| [a-z]+)? )?"
    r"(?:{T}|{K}|{N})|\W*$)"
)
"""The end of the words for a theme. A follow-up may add a time or a name: "and since 2024?"."""
_ENDING = (Slot.AUTHORITY, Slot.TIME, Slot.KIND)
"""What may come after the words for a theme."""
SAYS = r"(?:told|sa(?:y|ys|id|ying)|find(?:s|ing)?|found|conclude[sd]?|judge[sd]?|where)(?: that)?"

_DENIAL = re.compile(
    r"\b(?:not|no|none|never|without|neither|nor|nothing|cannot|hardly|rarely|seldom|barely|avoid\w*|"
    r"fail(?:s|ed|ing)? to|free (?:of|from)|except(?:ing|ed)?|excluding|but|"
    r"(?:other|rather) than|apart from|aside from|instead of)\b|n['’]t\b"
)
"""Words that deny something or leave it out: "do not criticise", "supervision but not caseloads"."""
_DEGREE = re.compile(
    r"\bmost(?! recent)|\b(?:worst|worse|best|better|more|less|least|fewest|often|oftener|frequently|repeatedly|"
    r"consistently|once|twice|harshly|heavily|strongly|severely|"
    r"(?:many|several|more|two|three|four|five|\d+) times)\b"
)
"""Words that ask how much or how often a report says something: "criticises supervision the most"."""
_PREDICATE = re.compile(rf"\b(?:{_IS_WEAK}|{_IS_STRONG})\b")
_MORE_THAN_ONE = re.compile(r"\bboth\b|\bas well as\b|\b(?:together|along) with\b|\bplus\b")
"""Words that show that a report must say it about all the themes."""
_ONLY = re.compile(r"\b(?:only|just|solely|exclusively|mainly|mostly|alone)\b")
_COPULA = re.compile(r"^(?:is|are|was|were|to be|being|as)(?: an?)? ")
_ANY_VERB = re.compile(
    rf"\b(?:{CRITICISE}|{PRAISE}|mention(?:s|ed)?|discuss(?:es|ed)?|refer(?:s|red)? to|talk(?:s|ed)? about)(?= )"
)
"""A second verb in the words for a theme: "that criticise supervision mention neglect"."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What reports say according to a question: whether they praise or criticise, and what."""

    stance: Stance
    words: str
    whole: str
    """The words of the statement in the slotted text."""
    extent: Extent
    said: str = ""
    """What the statement says beyond praise or criticism: "are too high"."""

    @property
    def with_aspect(self) -> str:
        """The words for a theme, and the words that say which of its aspects is meant: "caseloads as too high"."""
        return f"{self.words} as {_COPULA.sub('', self.said)}" if self.said and names_aspect(self.said) else self.words


@dataclass(frozen=True, slots=True)
class LocatedTheme:
    """A condition on what reports say about a theme, and the extent of the words that state it."""

    condition: ThemeCondition
    extent: Extent


def find_theme(slotted: SlottedText, ignored: Sequence[Extent] = ()) -> LocatedTheme | None:
    """Return what reports must say about a theme. None if the question does not say this.

    The words after a verb such as "criticise" must name a theme of ``corpus.themes`` in each of their clauses. If the
    question denies something or compares how often reports say it, a count would be wrong, so there is no condition.
    ``ignored`` are words in ``slotted`` that another condition has used, such as "that are not focused visits".
    """
    for said in statements(slotted):
        themes = tuple(theme.id for theme in known_themes().themes_of(said.words))
        if themes:
            stated = around(slotted.text, [*ignored, said.extent])
            if has_other_sense(f"{stated} {said.whole}") or not _names_only_themes(said.words):
                return None
            return LocatedTheme(ThemeCondition(themes, said.stance, said.with_aspect), said.extent)
    return None


def statements(slotted: SlottedText) -> Iterator[Statement]:
    """Yield the statements about reports in a question, starting with the most certain wording."""
    # Words such as "management" may be part of a theme, so we ignore graded areas and grades here.
    plain = SlottedText.of(slotted.question, [entity for entity in slotted.entities if entity.slot in _ENDING])
    for stance, expression in _expressions():
        for match in expression.finditer(plain.text):
            extent = slotted.extent_of(*plain.span(*match.span()))
            yield Statement(stance, match["theme"], match[0], extent, match.groupdict().get("said") or "")


def around(text: str, extents: Sequence[Extent]) -> str:
    """Return a text without some of its extents."""
    kept = list(text)
    for start, end in extents:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def has_other_sense(text: str) -> bool:
    """Whether a question says more than that a report praises or criticises a theme."""
    stated = _PREDICATE.sub(" ", text)
    return any(expression.search(stated) for expression in (_DENIAL, _DEGREE, _MORE_THAN_ONE))


def _names_only_themes(words: str) -> bool:
    """Whether each clause of the words names a theme, and no clause says anything else."""
    if _ONLY.search(words) or _ANY_VERB.search(words):
        return False
    return all(known_themes().themes_of(clause) for clause in clauses(known_themes(), words))


@cache
def _expressions() -> tuple[tuple[Stance, re.Pattern[str]], ...]:
    verbs = ((stance, rf"{_BEFORE}{verb} {THEME}{END}") for stance, verb in _VERBS)
    clauses = ((stance, rf"{_BEFORE}{SAYS} {THEME} (?P<said>{predicate})\b") for stance, predicate in _CLAUSES)
    raised = (
        (stance, rf"{_BEFORE}{RAISE} (?:that |the (?:issue|problem|matter) of )?{THEME} (?P<said>{what})\b")
        for stance, what in _AS
    )
    passive = (
        (stance, rf"\b(?:is|are|was|were) {THEME} {verb}\b")
        for stance, verb in ((Stance.WEAKNESS, CRITICISE), (Stance.STRENGTH, PRAISE))
    )
    bare = (
        (Stance.WEAKNESS, rf"^\W*{THEME} (?:(?:is|are|being) )?(?P<said>too (?:high|many|slow|late|long|weak))\W*$"),
    )
    return tuple((stance, pattern(expression)) for stance, expression in (*raised, *verbs, *clauses, *passive, *bare))
