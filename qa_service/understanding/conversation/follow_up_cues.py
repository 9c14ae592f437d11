"""Words that show how a question continues a conversation: it refers back, starts again, compares or corrects."""

from __future__ import annotations

import re

from index.search.text_analysis import terms

_OPENS = re.compile(
    r"^(?:oops|wait|and|or|but|so|ok(?:ay)?|also|just|only|same|sorry|no|what about|how about|what of|compare that)\b",
    re.IGNORECASE,
)
IMPROVEMENTS = "improvements"
"""Placeholder for the subject of a question that asks what needs to improve."""
_POINTS = re.compile(
    r"^(?:why|when|where|which)\b|\b(?:there|they|them|their|theirs|it|its|that|those|these|this|ones?|same|then|later|"
    r"both|too|as well|still|each|elsewhere)\b",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"\b(?:it|its|they|them|their|theirs)\b", re.IGNORECASE)
_QUESTION_WORD = re.compile(r"^(?:why|when|where|which)\b", re.IGNORECASE)
_TO_SUBJECT = re.compile(
    r"(?<!\bsay )(?<!\bsays )\b(?:it|this|that|these|those|them|its|the (?:problem|issue|same)s?)\b"
    r"(?!\s+(?:year|council|authority|area|place|visit|inspection|report|time|letter|one|say|said|find|found|show|"
    r"at|in|who|with|of|on|aged|under|over|placed|living|leaving|whose)\b)",
    re.IGNORECASE,
)
"""A word that refers to the subject of the previous question."""
_PEOPLE = re.compile(
    r"\b(?:child(?:ren)?|kids?|young people|youngsters?|teenagers?|leavers?|carers?|adopters?|adults?|workers?|staff|"
    r"managers?|teams?|parents?|famil(?:y|ies)|fathers?|dads?|mothers?|mums?|babies|siblings|(?:personal )?advisers?|"
    r"PAs?|IROs?)\b",
    re.IGNORECASE,
)
_PEOPLE_NAMED = re.compile(
    r"(?:(?:\w+ )?(?:children|young people) (?:in (?:care|need)|looked after|leaving care|with \w+)|"
    r"(?:looked[- ]after|disabled|missing|privately fostered) children|care leavers|(?:foster|kinship|young) carers|"
    r"adopters|unaccompanied \w+(?: \w+)?)",
    re.IGNORECASE,
)
_FOR_PEOPLE = re.compile(rf"\bfor {_PEOPLE_NAMED.pattern}", re.IGNORECASE)
_THEIR = re.compile(r"\b(?:their|them)\b", re.IGNORECASE)
_THEY_DO = re.compile(
    r"\bthey (?:know|feel|like|wait|get|understand|think|want|trust|live|stay|receive|have to)\b", re.IGNORECASE
)
"""Verbs for what people in the previous question may do. With other verbs, such as "record", "they" refers to the
authority."""
_AFRESH = re.compile(
    r"\b(?:different (?:thing|question|topic|subject)|new (?:question|topic|subject)|something else|"
    r"change of subject|(?:which|how many|any|what) (?:councils?|authorit(?:y|ies)|LAs?|boroughs?|places|reports)|"
    r"across (?:all |the )?(?:reports?|authorities|councils|england|country)|nationally|in general|anywhere|"
    r"everywhere)\b",
    re.IGNORECASE,
)
"""Wording that changes the subject or asks about all authorities."""
_BACK = re.compile(
    r"^(?:(?:and|ok|so|now|can you|please|sorry)\W+)*(?:(?:go(?:ing)?|coming) )?(?:back|returning) to\b", re.IGNORECASE
)
_CORRECTS = re.compile(r"\b(?:sorry|oops|no,? wait|i mean(?:t)?|no,? not|rather)\b", re.IGNORECASE)
"""Words that introduce a correction: another authority for the same time."""
_BETWEEN_TWO = re.compile(
    r"\bwh(?:ich|o)\b.{0,40}\b(?:better|worse|best|worst|higher|lower|more|most|fewer|fewest|less|least|stronger|"
    r"weaker|newer|older|earlier|later|first)\b|\bwhich (?:one|is|was|did|of)\b|\b(?:the|of the|of them) two\b|"
    r"\bboth\b|\b(?:compare|compared)\b|\beither\b|\bdiffer(?:s|ed|ence)?\b|\bwhat changed\b|\bbetween them\b|"
    r"\b(?:better|worse) (?:than|or)\b",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )\bthere\b(?! (?:is|are|was|were)\b)|"
    r"\b(?:that|the other|the first|the last) one\b|\bthe one (?:before|after)\b|"
    r"\b(?:that|the) (?:council|authority|inspection|report|visit)\b|\bbefore\W*$",
    re.IGNORECASE,
)
"""Words that refer to one of several reports, times or authorities."""
_DISCOURSE = frozenset(
    terms(
        "and or but ok okay so also just only please sorry mean meant thank thanks same for one ones other others "
        "before after afterwards later earlier previous next last year years month months since then there any "
        "anything better worse improve improved improvement change changed changes still issue issues problem "
        "problems put right sort sorted fix fixed now recent newest latest most page quote quoted say says said "
        "see why when where how who what it that true really sure exactly long ago happen happened more less "
        "positive negative mention mentioned raise raised come came up position compare two both same between "
        "them different difference this these those too well again instead else if while even ever yet got get "
        "gotten go going went look like about inspector inspectors ofsted report reports visit visits inspection "
        "inspections letter full focused find found finding findings show tell told me us give gave given full "
        "word words exact exactly evidence source which did do does has have had is are was were be been of in on "
        "at the a an to from with by as i you they them their its not no yes much many bad good ok fine do doing "
        "done thing things stuff need needed required authority council area place summary point back only not "
        "was wasn isn didn t s re ll ve pages whats wasnt isnt approach moved q question returning rather "
        "actually oops make makes feel seem send"
    )
)
"""Stems of words that do not name a subject. These words only ask for more, or say when, where or how much."""


def opens_on_before(text: str) -> bool:
    """Whether a question begins with a word that shows it follows on from an earlier question."""
    return bool(_OPENS.search(text))


def points_back(text: str) -> bool:
    """Whether a question has a word that refers to an earlier question or answer."""
    return bool(_POINTS.search(text))


def stands_for_before(text: str) -> bool:
    """Whether a question that names an authority has a word that refers to an earlier question or answer."""
    return bool(_POINTS.search(_QUESTION_WORD.sub("", text)))


def refers_to_authority(text: str) -> bool:
    """Whether a question has a pronoun that can stand for an authority."""
    return bool(_AUTHORITY.search(text))


def points_at_subject(text: str, search_text: str = "", before: str = "") -> bool:
    """Whether a question has a pronoun for the subject of the previous question, or for the people in it."""
    if _TO_SUBJECT.search(text):
        return True
    if _PEOPLE.search(search_text):
        return False
    return bool(_THEY_DO.search(text)) or bool(_PEOPLE.search(before) and _THEIR.search(text))


def asks_why(text: str) -> bool:
    """Whether a question asks for the reason for the previous answer."""
    return bool(re.match(r"(?:and |but |so )?(?:why|how come)\b", text, re.IGNORECASE))


def begins_afresh(text: str) -> bool:
    """Whether a question changes the subject, or is about all authorities."""
    return bool(_AFRESH.search(text))


def goes_back(text: str) -> bool:
    """Whether a question returns to a question before the last one."""
    return bool(_BACK.search(text))


def corrects(text: str) -> bool:
    """Whether a question makes a correction, by naming another authority for the same time."""
    return bool(_CORRECTS.search(text))


def without_correction(text: str) -> str:
    """Return a text without the words that introduce a correction."""
    return re.sub(r"^(?:oops|no,? wait|wait|sorry)\b,?", " ", text, flags=re.IGNORECASE)


def is_denied(name: str, text: str) -> bool:
    """Whether a text says "not" before a name."""
    return bool(re.search(rf"\bnot {re.escape(name)}\b", text, re.IGNORECASE))


def asks_between(text: str) -> bool:
    """Whether a question asks us to choose between several authorities or times, or to compare them."""
    return bool(_BETWEEN_TWO.search(text))


def means_only_two(text: str) -> bool:
    """Whether a question compares only the last two authorities or times."""
    return bool(re.search(r"\b(?:two|both|either)\b", text, re.IGNORECASE))


def means_one_of_several(text: str) -> bool:
    """Whether a question refers to one of several reports, times or authorities: "there", "that one"."""
    return bool(_ONE_OF_THEM.search(text)) and not means_only_two(text)


def means_the_other(text: str) -> bool:
    """Whether a question asks about "the other" of two authorities or times."""
    return bool(
        re.search(r"\bthe other(?: one| council| authority| visit| inspection| report)?\W*$", text, re.IGNORECASE)
    )


def names_people(text: str) -> bool:
    """Whether a text names people: children, carers, staff."""
    return bool(_PEOPLE.search(text))


def with_other_people(before: str, text: str) -> str:
    """Return a subject in which the people in a follow-up replace its own people. Empty if this is not possible."""
    people, other = _FOR_PEOPLE.search(before), _PEOPLE_NAMED.search(text)
    if not people or not other or set(terms(text)) - _DISCOURSE - set(terms(other.group())):
        return ""
    return f"{before[: people.start()]}for {other.group()}{before[people.end() :]}"


def people_meant(text: str) -> str:
    """Return the words for the people that a subject is about ("for children in care"). Empty if it names no people."""
    match = _FOR_PEOPLE.search(text)
    return match.group() if match else ""


def means_that_one(text: str) -> bool:
    """Whether a question refers to one of several reports that were just mentioned."""
    return bool(re.search(r"\bthat (?:one|visit|report|inspection|letter)\b", text, re.IGNORECASE))


def subject_terms(text: str) -> list[str]:
    """Return the stems of the words that name a subject."""
    return [term for term in terms(text) if term not in _DISCOURSE]
