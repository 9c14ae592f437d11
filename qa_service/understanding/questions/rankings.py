"""Recognises questions that ask for a ranking of themes, or of authorities by something other than their grades."""

from __future__ import annotations

import re

from index.types import Stance
from qa_service.understanding.conditions.types import Wanted
from qa_service.understanding.conditions.wanted import WHO
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.headlines import asks_what_recurs

_SUPERLATIVE = (
    r"(?:(?:the )?(?:most(?! (?:recent|recently|of|often|frequent|frequently|common|commonly|likely)\b)|fewest|least|"
    r"highest|lowest|biggest|largest|smallest|longest|shortest|best|worst|strongest|weakest|fastest|slowest|quickest|"
    r"poorest|greatest|busiest|cheapest|richest))"
)
_OF_ALL = re.compile(
    rf"^\W*(?:(?:and|so|but|ok|please|can you tell me|tell me|do you know),? )*"
    rf"(?:(?:which|what) (?:of (?:the|these|our|all) )?(?:\w+ )?{WHO}|who|whose|(?:which|what) one)\b"
    rf"(?![^?.!]*\b(?:at least|at best|inspect|visit|report|grade|rating|rated|judged|criticis|prais|mention)\w*)"
    rf"[^?.!]*?\b{_SUPERLATIVE}\b",
    re.IGNORECASE,
)
_RANK = re.compile(
    rf"^\W*(?:please )?(?:rank|league table)\b|^\W*(?:the )?{_SUPERLATIVE} (?:performing |\w+ )?{WHO}\b", re.IGNORECASE
)
_MATTER = (
    r"(?:themes?|issues?|weakness(?:es)?|problems?|concerns?|criticisms?|failings?|strengths?|areas for improvement|"
    r"topics?|subjects?|recommendations?|positives?|shortcomings?|improvements?)"
)
_OFTEN = (
    r"(?:most (?:often|common(?:ly)?|frequent(?:ly)?|regularly)|the most|commonest|most|often|frequently|repeatedly|"
    r"commonly|again and again|usually|typically|generally|tend to)"
)
_COMMON = re.compile(
    rf"^\W*(?:(?:and|so|please),? )*(?:which|what)(?:['’]s| is| are| were)? (?:the )?(?:{_OFTEN} )?(?:raised |"
    rf"criticised |praised |repeated )?{_MATTER}\b[^.?!]{{0,40}}?\b(?:{_OFTEN}|recur|come up|across)\b|"
    rf"^\W*(?:(?:what|which)(?:['’]s| is| are) )?(?:the |our )?(?:top \w+ |(?:most )?(?:common|frequent|"
    rf"recurring|recurrent|typical)(?:ly raised)? )(?:\w+ )?{_MATTER}\b|"
    rf"\bwhat (?:do|does|are) (?:ofsted|inspectors|reports|councils|authorities) [^.?!]{{0,20}}?{_OFTEN} "
    r"(?:criticise[ds]?|praise[ds]?)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:weakness(?:es)?|criticis\w+|problems?|concerns?|failings?|negatives?|bad|worst|badly)\b", re.IGNORECASE
)
_GOOD = re.compile(r"\b(?:strengths?|prais\w+|positives?|good|best|well)\b", re.IGNORECASE)


def themes_asked(question: Interpretation) -> tuple[Stance, ...]:
    """Return the stances on themes that a question asks about, if it asks which themes reports raise most.

    Empty if the question asks for anything else.
    """
    if question.authorities or question.conditions.theme or question.conditions.subject or question.conditions.own_list:
        return ()
    if not (_COMMON.search(question.text) or asks_what_recurs(question)):
        return ()
    if not _GOOD.search(question.text):
        return (Stance.WEAKNESS,)
    return (Stance.STRENGTH, Stance.WEAKNESS) if _BAD.search(question.text) else (Stance.STRENGTH,)


def asks_for_rank(question: Interpretation) -> bool:
    """Whether a question asks which authority comes first or last in something that reports do not compare."""
    asked = question.conditions
    counts = asked.theme or asked.subject or asked.own_list or asked.grades or asked.wanted is not Wanted.SENTENCES
    if counts or question.authorities or question.wait or question.places or themes_asked(question):
        return False
    return bool(_OF_ALL.search(question.text) or _RANK.search(question.text))
