"""Recognises questions that ask for a summary, the strengths or the weaknesses of a whole service."""

from __future__ import annotations

import re

from corpus.grades import GRADE_WORDS
from qa_service.understanding.conditions.accounting import expression_of, question_words
from qa_service.understanding.interpretation import IMPROVE_SEARCH, Interpretation
from qa_service.understanding.polarity import Polarity
from qa_service.understanding.questions.asides import without_audience, without_length
from qa_service.understanding.questions.grade_questions import asks_for_reason

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_ASKS = {
    Polarity.STRENGTHS: re.compile(
        r"\b(?:strengths?|strongest|positives?|prais\w+|(?:do(?:es|ing)?|did|goes|going|went|works?|working) "
        r"(?:really )?well|good (?:at|points|things|news)|(?:any|some|every)thing good)\b"
    ),
    Polarity.WEAKNESSES: re.compile(
        r"\b(?:weakness(?:es)?|weakest|negatives?|risks|concerns|problems|challenges|issues|worries|failings|"
        r"shortcomings|criticis\w+|wrong|(?:do(?:es|ing)?|did|going) (?:badly|poorly)|bad (?:points|things|news))\b"
    ),
}


_LISTS_PARTS = re.compile(r"^[^:]*:\s*(?:what|how|where|why|the|its|their|grades?|strengths?|key|main)\b")
"""A list, after a colon, of what a summary should say."""
_WHERE_IT_STANDS = re.compile(
    r"\bwhere\b[^.?!]{0,60}\b(?:stands?|(?:is|are) (?:at|now|today|currently))\b|\bhow (?:do )?things (?:stand|are)\b|"
    r"\bstate of play\b|\b(?:current|present) (?:position|situation|picture|state)\b|"
    r"\bwhat(?:['’]?s| is) the latest (?:on|about|for|from|with|at|in)\b",
    re.IGNORECASE,
)
"""A question that asks for a summary of how an authority is doing: "Where is Leeds now?"."""
_WHAT_IT_SAYS = re.compile(
    r"\bwhat (?:did|do|does|has|have)\b[^.?!]*\b(?:find|found|say|said|conclude[ds]?|think|thought)\b|"
    rf"\btell me about\b|{_WHERE_IT_STANDS.pattern}",
    re.IGNORECASE,
)
"""A question that asks for a summary if it names no subject: "What did inspectors find in Leeds?"."""
_NAMES_LATEST = re.compile(
    r"\b(?:latest|last|newest|most recent) (?:\w+ ){0,2}(?:report|inspection|visit|letter)s?\b", re.IGNORECASE
)
_TO_IMPROVE_ABOUT = re.compile(
    r"\b(?:about|on|around|regarding|over|in relation to|when it comes to)\s+(?:its |their |the )?"
    r"(?P<subject>[a-z][^?.!;:,()]{2,60}?)\s*(?:\(|[?.!;:,]|$)",
    re.IGNORECASE,
)
_MOST_SUBJECT_WORDS = 4
"""Maximum number of words for a subject that an item must have. We chose this value by judgement."""
_SECOND_CLAUSE = re.compile(r"\s[-–—]\s|[:;?]\s")
_GRADE = re.compile(rf"\b{GRADE_WORDS}\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"\W*(?:is|are|was|were|do|does|did|has|have)\b", re.IGNORECASE)
"""The start of a question that a list of strengths or weaknesses would not properly answer: "Is Leeds doing well?"."""


def asks_for_summary(question: Interpretation) -> bool:
    """Whether a question asks only what a report says in general: "Summarise the latest report"."""
    words = question_words()
    asked = question.search_text.lower()
    if _LISTS_PARTS.search(asked):  # "a briefing on Leeds: what slipped, what held up and what must improve"
        asked = asked[: asked.index(":")]
    asked = without_audience(asked)
    text, asks = expression_of(words.ask_for_summary).subn(" ", asked)
    asks = asks or text.lstrip() != without_length(text).lstrip()  # "one paragraph on the Leeds visit"
    text = without_length(text)
    known = words.function | words.either | words.with_summary
    return bool(asks or _WHAT_IT_SAYS.search(question.text)) and all(word in known for word in _WORD.findall(text))


def asks_why_graded(question: Interpretation) -> bool:
    """Whether a question asks only why an authority has its overall grade: "Why is Leeds inadequate?"."""
    if question.claimed_grade is None or len(question.authorities) != 1 or not asks_for_reason(question.text):
        return False
    words = question_words()
    known = (
        words.function
        | words.either
        | words.asking
        | {"was", "reason", "reasons", "led", "caused", "still", "ri", "drop", "slip"}
    )
    first, *_ = _SECOND_CLAUSE.split(question.search_text.lower(), maxsplit=1)
    text = _GRADE.sub(" ", first)
    return all(word in known for word in _WORD.findall(text))


def asks_in_general(question: Interpretation) -> bool:
    """Whether a question about what must improve names no subject: "What does Leeds need to improve?"."""
    words = question_words()
    known = words.function | words.either | words.asking | words.with_summary | words.with_improvement
    return all(word in known for word in _WORD.findall(question.search_text.lower()))


def subject_to_improve(question: Interpretation) -> str:
    """Return the subject at the end of a question about what must improve: "What must Leeds fix about …".

    Empty if the question names no subject, or if the words are too many for a subject.
    """
    match = _TO_IMPROVE_ABOUT.search(question.search_text.removesuffix(IMPROVE_SEARCH))
    subject = match["subject"].strip() if match else ""
    if not subject or asks_in_general(question) or len(subject.split()) > _MOST_SUBJECT_WORDS:
        return ""
    words = question_words()
    known = words.function | words.asking | words.with_summary | words.with_improvement
    return "" if all(word in known for word in _WORD.findall(subject.lower())) else subject


def asks_where_it_stands(question: Interpretation) -> bool:
    """Whether a question asks for a summary of how an authority is doing now, and names no report or time."""
    stands = asks_for_summary(question) and (question.latest or _WHERE_IT_STANDS.search(question.text))
    return bool(stands) and not (_NAMES_LATEST.search(question.text) or question.periods or question.only_kinds)


def asks_what_recurs(question: Interpretation) -> bool:
    """Return whether a question asks only what several reports say: "What keeps coming back?"."""
    words = question_words()
    searched = question.search_text.removesuffix(IMPROVE_SEARCH).lower()
    text, asks = expression_of(words.ask_what_recurs).subn(" ", searched)
    known = words.function | words.either | words.with_summary | words.asking | words.strengths | words.weaknesses
    known |= words.with_what_recurs
    return bool(asks) and all(word in known for word in _WORD.findall(text))


def headlines_asked(question: Interpretation) -> tuple[Polarity, ...]:
    """Return what a question asks for: strengths, weaknesses or both. Empty if the question asks for anything else."""
    text = question.search_text.lower()
    asked = tuple(polarity for polarity, words in _ASKS.items() if words.search(text))
    words = question_words()
    of = {Polarity.STRENGTHS: words.strengths, Polarity.WEAKNESSES: words.weaknesses}
    known = (words.function | words.either).union(*(of[polarity] for polarity in asked))
    if not asked or any(word not in known for word in _WORD.findall(text)):
        return ()
    return tuple(Polarity) if _YES_OR_NO.match(question.text) else asked
