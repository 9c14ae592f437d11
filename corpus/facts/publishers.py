"""Finds the council or partnership that a paper names in its title or on the lines of its publisher.

Here the words around a name show that it belongs to an authority, so it does not have to be in our list: "Dunsmere
Safeguarding Children Partnership", "Commissioned by Dunsmere Council", "Borough of Dunsmere". Running text never
counts, because it names other authorities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from corpus.dates import DATE
from corpus.english import is_english
from corpus.facts.kinds import head_lines
from corpus.facts.visit_titles import JOINING, TIMES, in_small_letters, is_place
from corpus.names.authorities import canonical, mentions
from corpus.types import BlockKind, Document

_HEAD_LINES = 14
"""The lines of the publisher are among this many lines at the start. Chosen by eye."""
_TITLE_BLOCKS = 3
"""The headings among this many blocks at the start are titles. Chosen by eye."""
_MOST_WORDS = 6
"""Maximum number of words in the name of a place. Chosen by eye."""
_WORD = r"(?:St\.|[A-ZÀ-Þ][\w’'-]*)"
_JOINING = f"(?:{'|'.join(JOINING)})"
_NAME = rf"{_WORD}(?: (?:{_JOINING} ){{0,2}}{_WORD}){{0,9}}?"
_COUNCIL = r"(?P<council>(?:(?:Metropolitan|County|City|Borough|District|Unitary) )*Council\b)"
_CHILDREN, _ADULTS = r"Children(?:[’']s)?", r"Adults?(?:[’']s?)?"
_GROUPS = rf"(?:{_CHILDREN}(?: (?:and|&) {_ADULTS})?|{_ADULTS} (?:and|&) {_CHILDREN})"
_PARTNERSHIP = (
    rf"(?:(?:Local |Multi-?Agency )*Safeguarding (?:{_GROUPS} )?(?:Partnership|Board)|"
    r"Children[’']s Safeguarding (?:Partnership|Board)|(?:Local Area|SEND|Youth Justice) Partnership|"
    r"(?:LSC|Lsc)[BPbp]|Youth (?:Justice|Offending) (?:Service|Team)|Children[’']s Social Care)\b"
)
_NAME_FIRST = re.compile(rf"(?<![\w’'&-])(?P<name>{_NAME})(?:[’']s?)? (?:{_COUNCIL}|{_PARTNERSHIP})")
_NAME_LAST = re.compile(
    r"\b(?:(?:London|Royal|Metropolitan) Borough|(?:City|County)(?= of [^,.|]* Council)|Borough|"
    rf"Council(?: of the City)?|Safeguarding (?:{_GROUPS} )?(?:Partnership|Board)) (?:of|for|in) (?P<name>{_NAME})"
    rf"(?= Council\b|[’']s\b|$|[,.:;|(]| [–—-] )"
)
_PLAIN = ("Council", "children’s services")
"""Words that many bodies use. Only an authority is called "City Council"."""
_BOROUGH_OF = re.compile(r"^(?:The )?(?:(?:London|Royal|Metropolitan) Borough|Borough|City|County) of ")
_LEAD = re.compile(
    r"(?:(?:an? |the )?(?:joint |final |annual )?(?:report|review|audit|paper|statement) (?:of|by|for|to|from)|"
    r"(?:(?:(?:an?|the|this|was|were|is|jointly|independent|overview|joint|report|review|audit|study) ){0,5}"
    r"(?:commissioned|published|prepared|produced|issued|written|undertaken|completed) )?"
    r"(?:by|on behalf of)|(?:commissioned|prepared|produced|written) for|submitted to|"
    r"(?:publisher|commissioner|commissioning body|authority|local authority|council|partnership|from|published by|"
    r"commissioned by|prepared by)\s?:) (?:the )?",
    re.IGNORECASE,
)
"""Words before the name of a publisher on a line of its own."""
_TAIL = re.compile(
    rf"(?:[’']s)?(?: \([^()]{{2,60}}\))?(?: (?:and|of|for|the|&|[A-Z\d][\w’'/–-]*)){{0,9}}(?: on (?i:{DATE.pattern}))?"
)
"""Words after the name of a publisher on a line of its own, such as those of a department, or the day of a decision."""
_PARTS = re.compile(r"\s*[|•·;]\s*|\s[–—-]\s|(?<!\bSt)\.\s+(?=[A-Z])|,\s+|[\\.]+$")
"""The separators between the parts of a line that names a publisher."""
_PEOPLE = re.compile(
    r"^\W*(?:(?:present|members?|attend\w+|in attendance|apologies|circulation|copied to|copy|cc|distribution|contact|"
    r"panel|steering group|with|thanks to)\b[^:]{0,20}:|"
    r"(?:Cllr|Councillor|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Revd?)\b|"
    r"(?-i:[A-Z][\w’'-]*\.?(?: [A-Z]\.?)? [A-Z][\w’'-]+),)",
    re.IGNORECASE,
)
"""The start of a line that names people, who may come from other authorities."""
_LIST = re.compile(r",[^,]*\b(?:and|&)\s[^,]*$|\w, [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)? (?:and|&) [A-Z]")
MANY = "councils|(?:local )?authorities|England|English|nationally|nationwide"
"""A pattern for words that show that a text is about many authorities."""
_MANY = re.compile(rf"\b(?:{MANY}|partnerships|boards|regional|national)\b", re.IGNORECASE)
"""Words in the title of a paper about many authorities."""
_PROVIDER = re.compile(
    r"\b(?:(?:children[’']s|care|nursing|residential|secure) home|home[’']s|academy|nursery|"
    r"(?:independent|special) school|(?:fostering|adoption|support) agency|regulation 4[45])\b",
    re.IGNORECASE,
)
"""Words in the title of a paper about a provider. It may name the authority that places children there."""
# fmt: off
_LEADING = frozenset((
    "a", "an", "the", "this", "our", "annual", "report", "reports", "review", "reviews", "audit", "statement",
    "strategy", "plan", "minutes", "meeting", "final", "draft", "published", "commissioned", "prepared", "produced",
    "issued", "written", "learning", "practice", "thematic", "independent", "summary", "overview", "briefing",
    "newsletter", "response", "letter", "cabinet", "by", "for", "of", "to", "in", "at", "from", "and", "on", "behalf",
    "with", "welcome", "about",
))
"""Words that may come before a name and are never its first word."""
_NEVER = frozenset((
    "youth", "school", "schools", "town", "parish", "community", "student", "students", "care", "full", "arts",
    "research", "legal", "health", "medical", "nursing", "national", "general", "local", "safeguarding", "children",
    "children's", "childrens", "child", "adult", "adults", "police", "british", "english", "welsh", "scottish", "privy",
    "joint", "executive", "works", "council", "councils", "board", "partnership", "trust", "regional", "multi-agency",
    "multi", "agency", "society", "university", "college", "church", "diocese", "ofsted", "front", "door", "family",
    "families", "young", "people", "people's", "your", "my", "other", "each", "every", "neighbouring", "host",
    "placing", "home", "another", "no", "any", "which", "both", "all", "some", "when", "if", "while", "since", "after",
    "before", "inspectors", "leaders", "members", "officers", "councillors", "residents", "staff", "director",
    "chief", "chair", "mayor", "lead", "leader", "cabinet", "scrutiny", "committee", "panel", "city", "county",
    "borough", "district", "metropolitan", "unitary", "authority", "government", "ministers", "department", "social",
    "services", "service", "early", "help", "justice", "offending", "send", "area", "commissioners", "nhs", "icb",
    "bbc", "lga", "dfe", "hmi", "cqc", *TIMES,
))
"""Words that are never part of the name of a place before "Council" or "Partnership"."""
_IN_PLACES = frozenset((
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "mid", "great", "little",
    "upper", "lower", "old", "new", "saint", "st", "st.", "high", "long", "royal", "castle", "isle", "isles", "island",
    "islands", "vale", "valley", "valleys", "hill", "hills", "forest", "coast", "bay", "park", "bridge", "wells",
    "sands", "moor", "moors", "marsh", "marshes", "heath", "green", "field", "fields", "water", "waters", "lakes",
    "river", "downs", "wold", "wolds", "fen", "fens", "dale", "dales", "head", "mouth", "ford", "port", "haven",
    "sound", "cross", "abbey", "regis", "riding", "edge", "shore", "wood", "woods", "peak", "sea", "market", "spa",
    *JOINING,
))
"""English words that are part of the names of many places."""
# fmt: on
_BODIES = (
    r"(?:Metropolitan|County|City|Borough|District|Unitary|Council|Local|Safeguarding|Children|Adults?|SEND|Youth)\b"
)
"""A pattern for words that come after a name of an authority, and are not part of it."""
_AFTER_KNOWN = (_NEVER | {"and", "&"}) - {"town", "parish", "community"}


def find_publishers(document: Document, *, of_title: bool = False) -> frozenset[str]:
    """Return the authorities that the title and the lines of the publisher name.

    The result contains "" if such a line has a name that several authorities may have, or that may not be a name. If
    ``of_title`` is true, only the title counts, because the publisher of such a paper may be another authority.
    """
    titles = titles_of(document)
    if is_about_others(titles):
        return frozenset()
    found = {name for title in titles for name in named_in(title, document.text)}
    if of_title:
        return frozenset(found)
    short = [line for line in head_lines(document.opening) if line]
    lines = (line for line in document.opening.splitlines() if line.strip())
    for line in islice(lines, _HEAD_LINES):
        found.update(_published_by(line, document.text))
    if found:
        found.update(name for line in short for name in named_in(line, document.text) if name)
    return frozenset(found)


def is_about_others(titles: Sequence[str]) -> bool:
    """Return whether titles are those of a paper about a provider or about many authorities."""
    return bool(_MANY.search("\n".join(titles))) or is_about_provider(titles)


def is_about_provider(titles: Sequence[str]) -> bool:
    """Return whether titles are those of a paper about a provider, such as a home or a school."""
    return bool(_PROVIDER.search("\n".join(titles)))


def place_before_body(name: str, *, council: str) -> str:
    """Return the place in the words before "Council" or "Partnership", or "" if they may be other words.

    ``council`` has the words for a council, such as "City Council", or "" before the words for a partnership. Before
    words that other bodies use too, an English word is not a place: "Arts Council", "Strong Partnership".
    """
    words = _without_lead(name)
    plain = [_plain(word) for word in words]
    if known := _known_in(name) or _known_in(" ".join(words)):
        return known
    if not words or len(words) > _MOST_WORDS or _NEVER & set(plain) or not is_place(" ".join(words)):
        return ""
    if mentions(" ".join(words)):
        return ""  # a known name with others
    if len(words) == 1:
        certain = council and council not in _PLAIN  # "Hillside City Council", but not "Arts Council"
        no_place = plain[0] in _IN_PLACES or plain[0].startswith("pan-") or plain[0].endswith("'s")
        return "" if no_place or (is_english(plain[0]) and not certain) else words[0]
    if not council and {"and", "&"} & set(plain):
        return ""  # a partnership of two authorities
    strange = [word for word in plain if word not in _IN_PLACES and is_english(word)]
    return "" if strange else " ".join(words)


def _known_in(words: str) -> str:
    """Return the known authority in some words, if no other word may name a place: "Improving Leeds", "Leeds Youth"."""
    found = mentions(words)
    if len(found) != 1:
        return ""
    before = [_plain(word) for word in words[: found[0].start].split()]
    after = {_plain(word) for word in words[found[0].end :].split()}
    alone = after <= _AFTER_KNOWN and all(word not in _IN_PLACES and is_english(word) for word in before)
    return found[0].name if alone else ""


def _is_no_name(name: str) -> bool:
    """Return whether words before "Council" are only words that name no place: "Children in Care", "Youth"."""
    plain = (_plain(word) for word in name.split())
    return not mentions(name) and all(word in _NEVER or word in _LEADING or is_english(word) for word in plain)


def _without_lead(name: str) -> list[str]:
    """Return the words of a name without labels before it: "Annual Report of Dunsmere" is "Dunsmere"."""
    words = _BOROUGH_OF.sub("", name).split()
    lead = sum(1 for _ in takewhile(lambda word: _plain(word) in _LEADING, words))
    return words[lead:]


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").strip("()'\"")


def titles_of(document: Document) -> tuple[str, ...]:
    """Return the title that the file declares, its first line if that is not running text, and the first headings."""
    blocks = document.blocks[:_TITLE_BLOCKS]
    first = next(head_lines(document.opening), "").lstrip("# ")
    headings = (document.text[b.start : b.end] for b in blocks if b.kind is BlockKind.HEADING)
    titles = (" ".join(title.split()) for title in (document.title or "", first, *headings))
    return tuple(dict.fromkeys(title for title in titles if title and not _PEOPLE.match(title)))


def named_in(title: str, text: str) -> Iterator[str]:
    """Yield the authorities that a title names with the words for a council or a partnership."""
    line = _readable(title, text)
    for found in () if _PEOPLE.match(line) else _NAME_FIRST.finditer(line):
        if found.start() and line[found.start() - 1] == "(":
            continue  # "A Reed (Dunsmere Council)"
        name = place_before_body(found["name"], council=found["council"] or "")
        if name or not _is_no_name(found["name"]):
            yield _checked(name, found["name"], line[: found.start()], text)
    for found in _NAME_LAST.finditer(line):
        yield _checked(_place_after_body(found["name"]), found["name"], "", text)


def _published_by(line: str, text: str) -> Iterator[str]:
    """Yield the authorities on a line whose parts are the name of a publisher, alone or after "Published by"."""
    line = _readable(line, text)
    if _PEOPLE.match(line):
        return
    for part in _PARTS.split(line):
        lead = _LEAD.match(part)
        start = lead.end() if lead else 0
        if found := _NAME_FIRST.match(part, start):
            if _TAIL.fullmatch(part, found.end()):
                name = place_before_body(found["name"], council=found["council"] or "")
                if name or not _is_no_name(found["name"]):
                    yield _checked(name, found["name"], line[: line.find(part)], text)
        elif (found := _NAME_LAST.match(part, start)) and _TAIL.fullmatch(part, found.end()):
            yield _checked(_place_after_body(found["name"]), found["name"], "", text)


def _place_after_body(name: str) -> str:
    """Return the place in the words after "Borough of", or "" if other words may belong to the name."""
    if known := _known_in(name):
        return known
    words = [_plain(word) for word in name.split()]
    strange = _NEVER & set(words) or any(is_english(word) and word not in _IN_PLACES for word in words[1:])
    return "" if strange or not is_place(name) else name


def _checked(name: str, printed: str, before: str, text: str) -> str:
    """Return the authority with this name, or "" if the words before it or the text may mean a different one."""
    if not name:
        return ""
    known = {mention.name for mention in mentions(name)}
    if known:
        return known.pop() if len(known) == 1 else ""
    if _LIST.search(f"{before}{printed}"):
        return ""
    for start in range(1, len(words := name.split())):
        rest = " ".join(words[start:])
        alone = rf"(?<!\w){re.escape(rest)}(?!\w)(?! (?!{_BODIES})[A-Z])"  # "Moor End" is another place than "Moor"
        with_start = rf"(?<!\w){re.escape(words[start - 1])}\s+{re.escape(rest)}(?!\w)"
        if len(re.findall(alone, text)) > len(re.findall(with_start, text)):
            return ""  # the text has a shorter name, so the first words may not belong to it
    return canonical(name)


def _readable(line: str, text: str) -> str:
    """Return a line with single spaces and without the commas in known names. Capitals become small letters."""
    words = in_small_letters(" ".join(line.split()).lstrip("# "), text)
    for known in reversed(mentions(words)):
        words = words[: known.start] + words[known.start : known.end].replace(",", "") + words[known.end :]
    return words
