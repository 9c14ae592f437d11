"""Reads titles that name a visit to "children's services" with the authority before or after these words.

Ofsted prints "Focused visit to Leeds children's services". Other publishers print "Leeds: focused visit to children's
services", "Leeds children's services: focused visit" and "Focused visit to children's services in Leeds".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from corpus.dates import DAY, MONTH, MONTHS, WEEKDAYS
from corpus.types import Kind

BODY_WORDS = re.compile(
    r"\b(?:the|london borough of|royal borough of|metropolitan borough of|city of|county of|borough of|"
    r"(?:metropolitan |county |city |borough |district |unitary )*council|metropolitan borough|local authority|"
    r"children and families trust|children[’']s (?:services )?trust|local area partnership|local area|"
    r"safeguarding children board)\b[’']?s?",
    re.IGNORECASE,
)
"""Words in the name of an authority that are not part of the name of its place."""
# fmt: off
_LABELS = frozenset((
    "re", "ref", "reference", "subject", "title", "published", "publication", "draft", "final", "official",
    "sensitive", "confidential", "restricted", "embargoed", "ofsted", "hmi", "dfe", "ilacs", "send", "letter",
    "outcome", "outcomes", "findings", "result", "results", "summary", "date", "dates", "dated", "from", "to",
    "inspection", "inspections", "reinspection", "re-inspection", "visit", "visits", "monitoring", "focused",
    "focussed", "unannounced", "report", "reports", "page", "part", "section", "appendix", "annex", "item",
    "agenda", "services", "children's",
))
# fmt: on
"""Words that may come before a title as a label. They are never part of the name of a place."""
# fmt: off
_PAPERS = frozenset((
    "guide", "guidance", "briefing", "framework", "handbook", "statement", "plan", "policy", "preparation",
    "preparing", "readiness", "improving", "improvement", "news", "update", "toolkit", "training", "template",
    "checklist", "consultation", "blog", "advice", "faq", "how", "what", "why", "about",
))
# fmt: on
"""Words for papers that are not inspections."""
# fmt: off
_NATIONS = frozenset((
    "england", "wales", "scotland", "northern", "ireland", "great", "britain", "united", "kingdom", "uk",
))
# fmt: on
TIMES = frozenset((*MONTHS, *WEEKDAYS))
# fmt: off
JOINING = (
    "and", "&", "of", "upon", "on", "under", "with", "in", "the", "le", "by", "super", "cum", "for",
)
# fmt: on
"""Words that join the other words in the names of places. They may have no capital."""
_SMALL = frozenset(("a", "an", *JOINING))
_AFTER_PLACE = re.compile(r"\s*[:;(|]|\s[-–—]\s|,\s+(?=\d)")
"""The marks that end the name of a place if a topic or a date follows it on the same line."""
_SEVERAL = re.compile(r",(?! (?:City|County) of\b)")
"""A comma between names that may belong to several authorities."""
_IN = re.compile(r"(?<=\s)(?:in|across)\s+(?:the\s+(?=City|County|London|Royal))?(?=[A-Z])")
_WORD_IN_CAPITALS = re.compile(r"[^\W\d_]+(?:[’'](?=S\b)S)?")
_VISITS = (
    ("Monitoring visit", Kind.MONITORING_VISIT),
    ("Focus+ed visit", Kind.FOCUSED_VISIT),
    ("(?:Re-?)?inspection", Kind.ILACS),
)
_REPORT_OF = r"(?:(?:report|letter|outcome|findings)(?: (?:of|on|from))? (?:the |an? )?)?"
SERVICES = r"(?:local authority )?children[’']s (?:social care )?services"
"""A pattern for the words that titles use for an authority's services."""
_COLON = r"(?:\s?[:–—]\s?|\s?-\s)"
"""A hyphen between two words is not a colon: "Re-inspection"."""
_END = (
    rf"(?:(?: |{_COLON})(?:inspection |visit )?(?:report|letter))?"
    rf"(?:(?:,|\s?[:–—-])?\s(?:(?:on|from|between)\s)?\(?(?:{DAY}\b[^\n]{{0,50}}|(?:{MONTH}\s)?)20\d\d\)?)?"
    r" ?\.? ?(?=\Z|\n(?! ?(?-i:[a-z])))"
)
"""The end of a title. It is the end of a line, and the next line does not continue it in lower case."""
_BEFORE = r"(?P<of>[^\d\n:–—]{3,60}?)"
_NAME = r"(?:[^.,:;\d\n–—]|(?<=\bSt)\.)"
_AFTER = (
    rf"(?: in| at| for| of|,) (?P<of>{_NAME}{{3,60}}?(?:(?:(?<=\sand)|(?<=\sof)|(?<=\sthe))\n{_NAME}{{3,40}}?)?"
    r"(?:, (?:City|County) of)?)"
)
"""A place. A line that ends in "and", "of" or "the" continues in the next line."""
_START = rf"^ ?(?:(?P<label>[^\n:–—]{{2,40}}?){_COLON})?"
_FORMS = (
    rf"{_START}{_REPORT_OF}(?P<title>VISIT (?:of|to) {SERVICES}{_AFTER}){_END}",
    rf"{_START}(?P<title>{_BEFORE}{_COLON}{_REPORT_OF}VISIT (?:of|to) {SERVICES}){_END}",
    rf"{_START}(?P<title>{_BEFORE}(?:’s|'s)? {SERVICES}{_COLON}{_REPORT_OF}VISIT){_END}",
    rf"{_START}{_REPORT_OF}(?P<title>VISIT (?:of|to) {SERVICES}(?P<of>))(?:, [^\n]{{2,40}})?{_END}",
)
"""The forms of a title. If several match at one place, the first counts. The last form has no authority."""
_PLACE_AFTER, _NO_PLACE = 0, len(_FORMS) - 1
_TITLES = tuple(
    (
        re.compile(pattern.replace("VISIT", visit).replace(" ", r"\s"), re.IGNORECASE | re.MULTILINE),
        form,
        kind,
    )
    for (form, pattern), (visit, kind) in product(enumerate(_FORMS), _VISITS)
)


@dataclass(frozen=True, slots=True)
class VisitTitle:
    """A title, and the authority and kind that it names."""

    start: int
    """Place of the title in the lines, joined with line breaks."""
    kind: Kind
    authority: str
    """The authority, as printed, or "" if the title has none."""
    title: str


def find_visit_title(lines: Sequence[str], first: int) -> VisitTitle | None:
    """Return the first such title in the lines.

    Below the ``first`` lines, a title counts only if its place is at the end, because letters have long headings.
    """
    plain = [" ".join(line.split()) for line in lines]  # a hostile file may have thousands of spaces
    text = "\n".join(plain)
    head = len("\n".join(plain[:first]))
    return min(_titles(text, head), key=lambda found: found.start, default=None)


def _titles(text: str, head: int) -> Iterator[VisitTitle]:
    for pattern, form, kind in _TITLES:
        for match in pattern.finditer(text, 0, len(text) if form == _PLACE_AFTER else head):
            if _counts(form, kind, match["label"] or "", match["of"]):
                yield VisitTitle(match.start(), kind, match["of"], match["title"])


def _counts(form: int, kind: Kind, label: str, body: str) -> bool:
    """Return whether the name of a visit and the words around it are a title."""
    if form == _NO_PLACE:
        # "Inspection of children's services" alone may be the title of any paper.
        return only_labels(label) if label else kind is not Kind.ILACS
    return is_place(body) and not _PAPERS & set(_plain_words(label))


def only_labels(words: str) -> bool:
    """Return whether words name no authority, because all of them are labels, papers, nations or times."""
    return set(_plain_words(words)) <= _LABELS | _PAPERS | _NATIONS | TIMES | _SMALL


def place_in(body: str) -> str:
    """Return the place in the words after "inspection of", or "" if they do not name exactly one.

    A topic may come before the place ("the front door in Dunsmere") or after it ("Dunsmere: serious youth violence").
    """
    words = _AFTER_PLACE.split(" ".join(body.split()), maxsplit=1)[0]
    if _SEVERAL.search(words):
        return ""
    if is_place(words):
        return words
    places = (words[found.end() :] for found in _IN.finditer(words))
    return next((place for place in places if is_place(place)), "")


def in_small_letters(name: str, text: str) -> str:
    """Return a name that is in capitals as the text prints it elsewhere, or else with one capital for each word."""
    if not name.isupper():
        return name
    words = r"\s+".join(map(re.escape, name.split()))
    printed = (found.group() for found in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE))
    for spelling in printed:
        if spelling[:1].isupper() and not spelling.isupper():
            return " ".join(spelling.split())
    return _WORD_IN_CAPITALS.sub(_with_capital, name)


def _with_capital(found: re.Match[str]) -> str:
    word = found.group().lower()
    return word if found.start() and word in _SMALL else word.capitalize()


def is_place(body: str) -> bool:
    """Return whether words may be the name of an authority: capitalised words, and not a nation, label or date."""
    name = BODY_WORDS.sub(" ", body).split()
    if not name or only_labels(body) or (_LABELS | _PAPERS | TIMES) & set(_plain_words(" ".join(name))):
        return False
    return name[0][:1].isupper() and all(word[:1].isupper() or word in _SMALL for word in name)


def _plain_words(words: str) -> list[str]:
    """Return words in lower case without the punctuation around them."""
    return [plain for word in words.casefold().replace("’", "'").split() if (plain := word.strip(" .,:;()'\"-–—"))]
