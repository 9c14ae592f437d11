"""The words of questions about the grades of the parts of an inspection."""

from __future__ import annotations

import re

from qa_service.understanding.conditions.slots import pattern
from qa_service.understanding.graded_parts.types import Choice
from qa_service.understanding.times.numbers import NUMBER

FAIL = re.compile(r"\bfail(?:s|ed|ing)?\b", re.IGNORECASE)
_NOUN = r"(?:grad(?:e|ing)s?|marks?|ratings?|judge?ments?|scores?|verdicts?|results?)"
_PART = (
    r"(?:(?:graded )?areas?|bits?|parts?|strands?|services?|elements?|aspects?|judge?ments?|sections?|headings?|"
    r"categor(?:y|ies)|teams?|grades?|ratings?)"
)
_WHICH_PART = (
    rf"\b(?:which|what)(?:'s| is| was)?(?: (?:(?:ones?|other|of|the|its|their|only|children's|"
    rf"{NUMBER})\b|{{N}}(?:'s?)?))*+ {_PART}\b"
)
_GIVEN = r"(?:rated|graded|judged|marked|scored|ranked|assessed)"
_OVERALL = (
    rf"(?:(?:(?:that|this|the|its|their) )?(?:overall|headline|main)(?: (?:{_NOUN}|one|effectiveness))?|"
    rf"(?:that|this|the) (?:line|level|standard|bar|{_NOUN})\b|that\b|this\b|it\b)"
)
_REST = r"(?:the )?(?:rest|others?|other (?:areas|parts|grades|judge?ments|services|strands|bits))\b"
_DOWN = (
    r"\b(?:let|lets|letting|drag(?:s|ged|ging)?|brought|brings?|pull(?:s|ed|ing)?|held|hold(?:s|ing)?) "
    rf"(?:(?:the )?(?:side|team|council|authority|{_NOUN}|overall(?: {_NOUN})?|services?|"
    rf"{{N}}(?:'s?)?(?: {{T}})?(?: {_NOUN})?)|"
    r"it|them|things)? ?(?:down|back)(?: {N})?\b"
)
_BEST = r"(?:best|highest|strongest|top)"
_WORST = r"(?:worst|lowest|weakest|poorest|bottom)"


def _superlative(words: str) -> str:
    """Return an expression for the areas with the highest or the lowest grade."""
    return (
        rf"\b{words}(?:[- ](?:{_GIVEN}|scoring|performing))? (?:(?:ofsted|possible|overall) )?(?:{_NOUN}|{_PART})\b|"
        rf"{_WHICH_PART}[^.?!;]{{0,80}}?\b(?:the )?{words}\b(?! rates?\b)|"
        rf"\b(?:{_GIVEN}|came out|come out) (?:the )?{words}\b"
    )


CHOICES: tuple[tuple[Choice, re.Pattern[str]], ...] = tuple(
    (choice, pattern(expression))
    for choice, expression in (
        (
            Choice.ALIKE,
            (
                rf"\b(?:did|were|was|are|is|do|does|had|have)\b[^.?!;]{{0,40}}\b(?:every|all|each)\b[^.?!;]{{0,40}}"
                rf"\bthe same(?: {_NOUN})?\b"
            ),
        ),
        (
            Choice.ALONE,
            (
                rf"\bodd one out\b|\b(?:differ(?:ent|ed|s|ently)?|out of (?:line|step))(?: {_NOUN})? "
                rf"(?:from|to|than|with) {_REST}|{_WHICH_PART}[^.?!;]{{0,40}}\bst(?:oo|an)ds? out\b"
            ),
        ),
        (
            Choice.BELOW,
            (
                r"\b(?:below|under|beneath|(?:lower|worse|weaker|poorer|less) than|short of|"
                rf"(?:not|n't) as (?:good|high|highly)(?: {_GIVEN})? as) {_OVERALL}|"
                rf"\b{_GIVEN} (?:lower|worse|down|less (?:well|highly))(?: than {_OVERALL})?|"
                rf"\b(?:anything|any|something|one|some)(?: {_PART})? (?:lower|worse|weaker|poorer|below)\b"
                rf"(?: (?:than )?{_OVERALL})?|"
                rf"\b(?:lower|weaker|worse|poorer) (?:{_NOUN}|{_PART})\b|{_DOWN}|"
                r"\b(?:lagg(?:ed|ing)|f[ae]ll(?:en|ing)?) (?:behind|short)\b|\bweak(?:est)? (?:spot|link|point)\b"
            ),
        ),
        (
            Choice.ABOVE,
            (
                r"\b(?:above|(?:higher|better|stronger|more) than|beat(?:s|en|ing)?|exceed(?:s|ed|ing)?|outshone|"
                rf"outperformed|ahead of) {_OVERALL}|\b{_GIVEN} (?:higher|better|more highly)(?: than {_OVERALL})?|"
                rf"\b(?:anything|any|something)(?: {_PART})? (?:higher|better|stronger|above)\b"
                rf"(?: (?:than )?{_OVERALL})?|"
                rf"\b(?:higher|better|stronger) (?:{_NOUN}|{_PART})\b"
            ),
        ),
        (
            Choice.DIFFERENT,
            rf"\b(?:differ(?:ent|ed|s|ently)?|out of line)(?: {_NOUN})? (?:from|to|than|with) {_OVERALL}",
        ),
        (
            Choice.SAME,
            rf"\b(?:the same(?: {_NOUN})? as|match(?:es|ed|ing)?|in line with|equal to|equalled) {_OVERALL}",
        ),
        (Choice.HIGHEST, _superlative(_BEST)),
        (Choice.LOWEST, _superlative(_WORST)),
        (
            Choice.EVERY,
            (
                rf"\b(?:sub-?|individual |separate |component |underlying )(?:{_NOUN}|areas?)\b|"
                rf"\b{_NOUN}(?: [^ ]+){{0,4}} (?:broken down )?(?:by|for|in|of) "
                rf"(?:each |every |all (?:the )?)?{_PART}\b|"
                rf"\b(?:each|every|all)(?: of)?(?: (?:the|its|their|{{N}}(?:'s?)?))* (?:{_PART}|{_NOUN})(?:'s)?\b"
            ),
        ),
    )
)
CHOICE_WORDS = pattern(
    rf"\b(?:{_BEST}|{_WORST})\b|{_DOWN}|"
    r"\b(?:odd one out|differ(?:ent|ed|s|ently)?|out of (?:line|step)|st(?:oo|an)ds? out|"
    r"below|under|beneath|lower|worse|weaker|poorer|less|higher|better|stronger|more|highly|above|than|short of|as|"
    r"beat(?:s|en|ing)?|exceed(?:s|ed|ing)?|outshone|outperformed|ahead of|match(?:es|ed|ing)?|in line with|equal to|"
    r"equalled|lagg(?:ed|ing)|f[ae]ll(?:en|ing)?|behind|weak(?:est)? (?:spot|link|point)|headline|main|line|bar|"
    r"scoring|performing|possible|sub-?(?:judge?ments?|grades?|ratings?|areas?)|individual|component|underlying|"
    r"broken down)\b"
)
"""The words with which a question chooses areas."""
ASKS_WHICH = pattern(rf"\b(?:which|what|where|name|list|how)\b|{{N}}'s? (?:{_BEST}|{_WORST})\b")
OF_EXTREMES = (Choice.HIGHEST, Choice.LOWEST)
MAY_ASK_WHETHER = (Choice.GRADED, Choice.ABOVE, Choice.BELOW, Choice.SAME, Choice.DIFFERENT)
ASKS_WHETHER_ANY = re.compile(
    r"\b(?:was|were|is|are|did|does|do|has|have|had) (?:there )?(?:any|anything|an?|some|something)\b"
)
"""Words that ask whether any area fits: "was anything below that?"."""
CHOOSES = pattern(
    rf"{_WHICH_PART}|\bwhich (?:one|ones|was|were|is|are)\b|\b(?:what|where|anything|any|something|one|some)\b|"
    rf"\b(?:{_NOUN}|{_PART})\b|\bodd one out\b"
)
"""Words that ask for parts of an inspection."""
OF_GRADES = pattern(
    rf"\b{_NOUN}\b|\b{_GIVEN}\b|\boverall\b|{_WHICH_PART}|{{G}}|\bodd one out\b|"
    rf"\b(?:{_BEST}|{_WORST}) (?:area|strand)\b"
)
"""Words that show that a question is about grades. "What let Orle down?" asks for the reasons."""
WHICH_WERE = pattern(
    rf"(?:{_WHICH_PART}|\b(?:was|were|is|are) (?:any|anything|any of it|any {_PART})\b|\bwhich (?:one|ones)\b)"
    r"(?: of (?:the |its |it|them|{N}(?:'s?)?|children's |services?|service)+)* ?(?:still |actually |in fact )*"
    r"(?P<verb>was|were|is|are|did|do|escaped|avoided)?(?P<denied>n't|n't be| not)?(?: (?:ok(?:ay)?|so|that|it))?"
    r" *(?:{T}|{N}| (?:in|for|at|then|though))*\W*$"
)
"""Words that refer to a grade named before them: "but which parts were?"."""
WITH_GRADES = pattern(
    rf"{_WHICH_PART}|\bwhich (?:one|ones)?\b|\b(?:any|an?|one|some|only|single) (?:single |one )?{_PART}\b|"
    r"\b(?:anything|something)\b|^\W*(?:and |but |so )?where\b"
)
"""Words that ask for the areas with the grades named after them: "was there an area that was not good?"."""
KEPT_FROM = pattern(
    r"\b(?:(?:stopp?(?:ed|ing)?|prevent(?:ed|ing)?|kept|keeping) (?:(?:it|them|the council|{N}) )?(?:from )?|"
    r"miss(?:es|ed)? out on |f[ae]ll(?:en)? short of |(?:escap(?:ed?|ing)|avoid(?:ed|ing)?|dodg(?:ed?|ing)) )"
    r"(?:(?:being|getting|becoming|reaching|rated|graded|a) )*$"
)
"""Words before a grade that an authority did not get because of one area."""
SECOND_SET = re.compile(r"\band (?:also )?(?:which|what)\b")
COMPARATIVE = re.compile(
    r"\b(?:better|worse|higher|lower|weaker|stronger|poorer|same|different(?:ly)?|as (?:good|high|highly|well))\b"
)
THAN_OTHERS = pattern(
    rf"\b(?:than|as|from|to|like) (?:(?:the|all|any of the|every) )*(?:rest|others?|other {_PART}|everything else)\b"
)
WHAT_OF_BOARD = pattern(
    r"\b(?:make|made|think|thought|conclude|concluded|decide|decided|say|said) (?:of|about|on)? ?"
    r"(?:{N}(?:'s?)? |the )*{A}"
)
"""Words that ask what inspectors thought of a board. A review of a board is about its grade."""
AND_OVERALL = re.compile(r"\boverall,? (?:and|&|as well as|plus)\b|\b(?:and|&|plus|with|than|to|or) (?:the )?overall\b")
AND_WHY = re.compile(
    r",? and (?:(?:what|how) (?:was|were|is|are) )?(?:the )?(?:gist of )?(?:why|(?:main |key )?reasons?)"
    r"(?: (?:for|behind) (?:it|that|this|them|the \w+))?(?: given)?\W*$",
    re.IGNORECASE,
)
"""A second part that asks for the reasons for the grade."""
ASKS_GRADE = pattern(
    rf"\b(?:what|which)(?:'s| is| was| were)? (?:(?:the|overall|ofsted|inspection|its|their|{{N}}(?:'s?)?) )*{_NOUN}\b|"
    rf"\b{_NOUN} (?:for|on|of|given to|about|in)\b|{{A}}(?:'s?)? (?:\w+ )?{_NOUN}\b|"
    rf"\bhow\b[^.?!;]{{0,60}}\b(?:{_GIVEN}|rate|grade|judge|come out|came out|fared?)\b|"
    r"\bwhat did (?:they|inspectors|ofsted|the inspectors) (?:give|award)\b|"
    rf"\bwhat did\b[^.?!;]{{0,60}}\b(?:score|get)\b|{{A}}[^.?!;]{{0,40}}\b{_GIVEN}\b"
)
COUNCIL = re.compile(r"\b(?:the )?(?:council|local authority|authority|la)(?:'s services| itself)?\b")
AGAINST_BOARD = re.compile(
    r"\b(?:compared (?:with|to)|against|versus)\b|"
    rf"\bboth\b|\bjust\b|\bonly\b|\btoo\b|\bas well\b|\bbetter\b|\bworse\b|\bsame\b|\b{_GIVEN}\b"
)
"""Words that put the council's grade next to its board's."""
BACKGROUND = pattern(
    r",? (?:given|considering|bearing in mind|in view of|in light of|despite|even though|although)\b[^?.!;,]*"
    r"(?=[?.!;,]|$)"
)
"""A clause that says why a person asks."""
KNOWN = pattern(
    rf"\b(?:{_NOUN}|{_GIVEN}|{_PART}|overall|only|still|even|though|although|however|yet|too|either|at all|then|back|"
    r"last|latest|most recent|first|previous|round|inspectors?|ofsted|team|side|any|anything|something|everything|"
    r"nothing|none|other|others|rest|each|every|all|both|same|just|while|when|whilst|separately|on (?:its|their) own|"
    r"come out|came out|coming out|come|went in|going in|award(?:ed)?|achieved?|received?|reviewed|went|"
    r"experiences(?: and progress)?|progress|governance|achieving permanence|who need|now|currently|today|at present|"
    r"impact|quality|effectiveness|performance|work|multi-agency|"
    r"over(?: in)?|early|late|mid|spring|summer|autumn|winter|framework|single|"
    r"across the board|break down|broken down|breakdown|fail(?:ed|s|ing)?|one|ones|two|"
    r"three|four|five|six|seven|more|compare|compared|against|versus|vs|v)\b"
)
"""Words that add nothing to the rest of such a question."""
