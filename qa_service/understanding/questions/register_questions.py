"""Recognises questions about what became of the improvements that reports asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from corpus.themes import known_themes, plain
from qa_service.understanding.conditions.accounting import question_words
from qa_service.understanding.conditions.entities import kinds_in
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.subjects import is_named

_DO = (
    r"(?:act (?:up)?on|follow(?: (?:up|through))?|sort|fix|put(?=\b[^?.!]* right\b)|address|deal with|tackle|resolve|"
    r"solve|deliver|implement|complete|meet|fulfil|carry out|carry(?=\b[^?.!]* out\b)|finish|make good|"
    r"get (?:on top of|to grips with|round to|done)|get(?=\b[^?.!]* (?:done|sorted|right|better)\b)|achieve|"
    r"make (?:\w+ ){0,3}?(?:progress|headway|inroads|improvements)|progress|respond to|close|clear|remedy|rectify|"
    r"turn(?=\b[^?.!]* around\b)|take(?=\b[^?.!]* (?:on board|forward|seriously)\b)|"
    r"take (?:\w+ )?(?:action|heed|steps)|action (?:the|its|their|them|it|all|any)|discharge|overcome|"
    r"heed|learn|come of|tick off|sign off|"
    r"do (?:anything|something|enough|much|what|about|as|on|with|well|so)|work (?:on|through)|improve)"
)
"""What an authority does about an item, after “did”."""
_DONE = (
    r"(?:acted (?:up)?on|followed(?: (?:up|through))?|sorted|fixed|put(?=\b[^?.!]* right\b)|put right|addressed|"
    r"dealt with|tackled|resolved|solved|delivered|implemented|completed|met|fulfilled|carried (?:out|through)|"
    r"carried(?=\b[^?.!]* out\b)|finished|(?:got|gotten|getting) (?:on top of|to grips with|round to|done|better)|"
    r"(?:got|gotten)(?=\b[^?.!]* (?:done|sorted|right|better)\b)|achieved|made good|"
    r"(?:made|making) (?:\w+ ){0,3}?(?:progress|headway|inroads|improvements)|progressed|responded to|closed|cleared|"
    r"remedied|rectified|turned(?=\b[^?.!]* around\b)|turned around|"
    r"ironed out|taken?(?=\b[^?.!]* (?:on board|forward|seriously)\b)|"
    r"taken (?:\w+ )?(?:action|heed|steps)|taken forward|"
    r"actioned|discharged|overcome|heeded|learn(?:ed|t)|ticked off|signed off|cracked|done|worked (?:on|through)|"
    r"acting (?:up)?on|addressing|dealing with|tackling|fixing|resolving|delivering|implementing|completing|"
    r"progressing|responding to|improved)"
)
"""What an authority has done about an item, or is doing about it."""
_PUT_RIGHT = re.compile(
    rf"\b(?:did|do|does) (?:[\w’'-]+[ ,]+){{0,14}}?(?<!\bto ){_DO}\b|"
    rf"\b(?:failed|fails|managed|manages?|able|yet|left|got|still|begun|started|tried) to {_DO}\b|"
    rf"(?<!\bto )\b{_DONE}\b",
    re.IGNORECASE,
)
"""Asks whether something was put right: "did Brent act on", "have they been met"."""
_BECAME = re.compile(
    r"\bwhat(?:['’]?s| is)? (?:has |have |had |ever )?"
    r"(?:becomes?|became|happen(?:s|ed)|comes?|came|left) (?:next )?(?:of|to|with|from)\b|"
    r"\b(?:how far|where|how|how well)(?:['’]s)?(?: (?:has|have|had|is|are|did|was|were|does|do))? (?:[\w’'-]+ ){1,6}?"
    r"(?:got|get|getting on|getting along|come|gone|go|do|done|doing|stand|up to|moved on|progress(?:ed|ing)?|"
    r"far(?:e|ed|ing))\b(?=[^?.!]*\b(?:with|on|to|against)\b)|"
    r"\bwhere (?:is|are) (?:[\w’'-]+ ){1,6}?(?:with|on)\b|"
    r"\bprogress\b[^?.!]*\b(?:on|with|against|towards|in)\b|\b(?:on|off) track\b|\bfurther (?:forward|on|ahead)\b|"
    r"\b(?:status|state|fate|outcomes?|results?|update|movement|news|latest|response|follow-?up) "
    r"(?:of|on|with|for|from|about|against|regarding|to)\b|^\W*track\b|\btracker\b|\bloose ends\b|"
    r"\bwhat (?:did|has|have) (?:[\w’'-]+ ){1,4}?(?:changed?|done?)\b|\bha(?:s|ve|d) (?:[\w’'-]+ ){1,8}?happened\b|"
    r"\bmoved on (?:from|with|since)\b|\blearn(?:ed|t)?\b[^?.!]*\b(?:from|lessons?)\b|"
    r"\b(?:still|remain(?:s|ed|ing)?|left|yet|now|are|is) (?:to (?:be )?)?(?:a |an )?"
    r"(?:outstanding|open|live|unresolved|unmet|incomplete|undone|done|do|unaddressed|unfinished|concern|issue|problem)\b",
    re.IGNORECASE,
)
"""Other words that ask how something turned out."""
_ASKED = r"(?:ask|tell|told|sa(?:y|id)|want|recommend|requir|identif|rais|flag|criticis|find|found|set|highlight|list)"
_BY = r"(?:ofsted|(?:the )?inspectors?|the (?:\w+ ){0,2}?(?:inspection|report|visit|letter)|it was|they were)"
_LIST = (
    r"improvements?(?! (?:journey|board|partner|adviser|notice|plan|group|team))|"
    r"recommendations?\b(?! (?:of|from|by|made by) "
    r"(?:[\w’'-]+ ){0,3}?(?:conferences?|reviews?|audits?|panels?|coroners?|ombudsm[ae]n|managers?|IROs?))|"
    r"priority actions?|"
    r"(?:areas?|points?) (?:for|of) (?:improvement|development|weakness|concern)|improvement points?|"
    r"(?:things|items|points|areas?|actions?|stuff) (?:for|to|it|they|asked|required)|asks"
)
_SOFT = r"(?:issues|concerns|weaknesses|problems|failings|shortcomings|criticisms|gaps|areas of \w+)"
_ITEMS = re.compile(
    rf"\b(?:{_LIST}|improvement areas?|as (?:it was|they were) told|"
    rf"(?:what|things|items|points|stuff|everything|all|that|areas|changes|{_SOFT}) (?:that |which )?{_BY}\b|"
    rf"{_SOFT} (?:\w+ ){{0,2}}?(?:raised|found|identified|flagged|criticised|highlighted|picked up)\b"
    rf"(?! by (?!{_BY}))|{_SOFT} (?:raised |found |identified )?(?:in|from|at) (?:[\w’'-]+ ){{0,3}}?"
    r"(?:inspection|report|visit|letter)|"
    r"(?:(?:was|were|been|is|are) (?:[\w’'-]+ )?(?:told|asked)|"
    r"(?:ofsted|inspectors?) (?:[\w’'-]+ )?(?:told?|tell|asked?|recommend(?:ed)?))\b"
    r"(?=[^?.!]*\b(?:improve|fix|do|address|work on|change)\b)|"
    r"(?:what|did) (?:did )?(?:ofsted|inspectors?) (?:ask|tell|recommend)\b)",
    re.IGNORECASE,
)
"""Words for what reports asked for. A weakness or a concern counts only if the question says that inspectors found
it."""
_KNOWN_ITEMS = re.compile(
    rf"\b(?:the|those|these|its|their|all|each|of|every|[\w’'-]+(?:['’]s|s['’])) (?:[\w’'-]+ ){{0,3}}?(?:{_LIST})\b",
    re.IGNORECASE,
)
"""Words for items that the question assumes to exist: “its recommendations”, but not “any recommendations”."""
_YES_OR_NO = re.compile(
    r"^\W*(?:(?:can|could|please|tell|let|i|we|need|want|would|like|know|to|me|us|check|see|find|out|you|and|so|but|ok|"
    r"d|whatever|hi|hello)\b[\s,’']*)*(?:whether |if |how )?(?:did|do|does|has|have|had|is|are|was|were|happened)\b"
    r"(?! there\b)",
    re.IGNORECASE,
)
_IN_LATER_REPORTS = re.compile(
    r"\b(?:next|later|subsequent|following|newer) (?:\w+ ){0,2}?(?:inspections?|visits?|reports?|letters?)\b|"
    r"\bupdate (?:me|us) on\b",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    rf"\b(?:{_LIST})\b[^?.!]*? (?:mention|include|cover|say|refer|relate|concern|involve|focus|about)\b[^?.!]*\?*$|"
    rf"^\W*(?:has|have|was|were) (?:[\w’'-]+ ){{0,3}}?(?:{_LIST}) (?:been )?(?:made|given|issued|set)\b|"
    rf"\b(?:an?|any|one of \S+) (?:[\w’'-]+ ){{0,2}}?(?:{_LIST})\b|"
    rf"\b(?:what|which)(?:['’]?s|['’]re| is| are| was| were) (?:the |its |their |[\w-]+['’]s )?(?:\w+ )?(?:{_LIST})\b|"
    r"\bdid (?:ofsted|(?:the )?inspectors?) (?:make|set|give|issue|identify|list)\b",
    re.IGNORECASE,
)
"""Asks what the items say, or whether there are any."""
_OUTSTANDING = re.compile(
    rf"\boutstanding (?:{_LIST}|actions?|items?|issues|points|matters)\b|\b(?:{_LIST}|actions?|items?)\b[^?.!]* "
    r"(?:remain(?:s|ing)?|(?:is|are|was|were|any|still)) (?:still )?outstanding\b",
    re.IGNORECASE,
)
"""Asks what still has to be done. “Outstanding” is also a grade."""
_RAISED_BY_OTHERS = re.compile(
    r"\b(?:raised|made|given|identified|set) (?:by|in|at) (?:the )?(?:children|parents|famil\w+|staff|partners|audits?|"
    r"managers|supervision|reviews?|conferences?)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:must|should|can|could|will|would|need(?:s|ed)? to|ha(?:s|ve) to|ought to) (?:[\w’'-]+ ){0,3}?" + _DO + r"\b",
    re.IGNORECASE,
)
"""Asks what somebody must do, rather than what became of it."""
_OTHER = re.compile(
    r"^\W*(?:(?:and|so|but|please) )*(?:why|who(?:m|se)?|when|how (?:long|often|soon))\b|"
    r"\b(?:why|by whom|(?<!\bor )not|never|nothing|none|cannot)\b|n['’]t\b|^\W*(?:is|are) there\b[^?.!]* that\b",
    re.IGNORECASE,
)
"""Words that ask for a reason, a person, a time or what was not done. The outcomes of items do not answer these."""
_LAST_TIME = re.compile(r"\blast time\b", re.IGNORECASE)
_SERVICES = re.compile(r"\b(?:children(?:['’]?s|s['’])? )?(?:social care|services?)\b")
_WORD = re.compile(r"[\w’'-]+|,")
_PAST = re.compile(r"(?!disabled|looked|unaccompanied|abused|exploited|neglected|privately|need)[a-z]{3,}ed")
"""A verb in the past tense, which says what happened to items."""
_JOINERS = (",", "and", "or")
_AGES = re.compile(r"\b\d\d-? (?:and|or|to) \d\d(?:[ -]years?[ -]olds?)?\b")
_AGES_JOINED = re.compile(r"\b(\d\d)-(?:and|or|to)-(\d\d)\b")
"""Two ages, which are one subject although "and" joins them: "16 and 17 year olds"."""
_DIVIDED = re.compile(r"\s*,\s*(?:and |or )?|\s+(?:and|or)\s+")
_PRIORITY = re.compile(r"\bpriority (?:and immediate )?actions?\b", re.IGNORECASE)


def asks_what_became(question: Interpretation) -> bool:
    """Whether a question asks what became of improvements: "What became of the improvements asked of Brent?"."""
    text = question.text
    if _OTHER.search(text) or _RAISED_BY_OTHERS.search(text):
        return False
    if _OUTSTANDING.search(text):
        return True
    asks = _BECAME.search(text) or (_PUT_RIGHT.search(text) and not _NOW.search(text))
    return bool(asks and _ITEMS.search(text)) or _asks_about_known_items(text)


def _asks_about_known_items(text: str) -> bool:
    """Whether a yes-or-no question is about items that it assumes to exist: "Have the recommendations worked?"."""
    known = _YES_OR_NO.match(text) or _IN_LATER_REPORTS.search(text)
    return bool(known and _KNOWN_ITEMS.search(text) and not (_CONTENTS.search(text) or _NOW.search(text)))


def is_about_latest_items(question: Interpretation) -> bool:
    """Whether a question is about what the latest report asked for: "What was Brent told to improve last time?"."""
    return question.latest or bool(_LAST_TIME.search(question.text))


def subject_of_items(question: Interpretation) -> str:
    """Return the words that say which improvements a question is about: "neglect".

    Empty if the question is about all of them.
    """
    return _subject_in(question.search_text.lower())


def subjects_of_items(question: Interpretation) -> tuple[str, ...]:
    """Return the subjects of the improvements that a question is about: two for "neglect and private fostering".

    One empty text if the question is about all of them.
    """
    subject = subject_of_items(question)
    if _is_one(subject):
        return (subject,)
    parts = [_AGES_JOINED.sub(r"\1 and \2", part.strip()) for part in _DIVIDED.split(subject)]
    return tuple(dict.fromkeys(part for part in parts if part)) or ("",)


def asks_for_priority(question: Interpretation) -> bool:
    """Whether a question is about areas for priority action only, and not about a report's other items."""
    return bool(_PRIORITY.search(question.text))


def _is_one(subject: str) -> bool:
    """Whether a subject with "and" is one term or the name of one theme: "drug and alcohol misuse"."""
    names = {plain(theme.name) for theme in known_themes().themes}
    return plain(subject) in names or (bool(subject) and is_named(subject))


def _subject_in(text: str) -> str:
    text = _AGES.sub(lambda ages: ages.group().replace(" ", "-").replace("--", "-"), text)
    for kind in sorted(kinds_in(text), key=lambda kind: -kind.start):
        text = f"{text[: kind.start]} {text[kind.end :]}"
    named = _ABOUT.search(text)
    told = _item_words(named["rest"]) if named else []
    return " ".join(told or [word for word in _item_words(text) if known_themes().themes_of(word)])


def _item_words(text: str) -> list[str]:
    """Return the words of a text that may say which items a question is about, with the “and” between them."""
    words = _WORD.findall(_SERVICES.sub(" ", _ANSWERS.sub(" ", text)))
    kept = [word for word in words if word in _JOINERS or not _only_frames(word)]
    while kept and kept[0] in _JOINERS:
        del kept[0]
    while kept and kept[-1] in _JOINERS:
        del kept[-1]
    return kept


def without_words_of_items(question: Interpretation, *, all_applied: bool = False) -> Interpretation:
    """Return a question about items with no words marked as not applied if they only ask what became of the items.

    ``all_applied`` says that items about each of its subjects were found, so that no words are left over.
    """
    conditions = question.conditions
    if all_applied:
        return replace(question, conditions=replace(conditions, not_applied=(), limits=()))
    kept = tuple(span for span in conditions.not_applied if _subject_in(question.words_at(span).lower()))
    return replace(question, conditions=replace(conditions, not_applied=kept))


_ABOUT = re.compile(
    rf"\b(?:{_LIST}|actions?|items?|points?) (?:\w+ed )?"
    r"(?:about|on|to|for|of|regarding|concerning|around|relating to|in|with) (?P<rest>[^?.!]*)",
    re.IGNORECASE,
)
"""What items are about: “the recommendations on supervision”."""
_ANSWERS = re.compile(rf"\b(?:{_DONE}|{_DO}|on board|on top of|to grips with|(?<=out)standing)\b", re.IGNORECASE)
"""What an authority does about an item. These words do not say which item is meant."""


@cache
def _frame() -> frozenset[str]:
    """Return the function words of a question, and the words that show only that it is about items."""
    words = question_words()
    return (words.with_items | words.function | words.asking) - {"care"}


def _only_frames(word: str) -> bool:
    plain = word.replace("’", "'").removesuffix("'s")
    return plain in _frame() or word.replace("’", "'") in _frame() or bool(_PAST.fullmatch(plain))
