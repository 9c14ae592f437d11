"""Recognises questions about grades: whether a question asks for a grade, for which area, and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grades import AREAS, GRADE_WORDS, OVERALL, Grade, grade_named
from corpus.types import Judgement, Kind
from index.search.text_analysis import terms
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.grade_subjects import names_other_subject

_ASKS = re.compile(
    r"\b(?:grades?|graded|ratings?|rated|judge?ments?|overall effectiveness|"
    rf"(?:was|were|been|get|got|is|are) (?:\w+ ){{0,3}}judged|judged {GRADE_WORDS}|"
    rf"(?:still|now|remain(?:s|ed)?) {GRADE_WORDS}|go(?:ne)? up or down)\b",
    re.IGNORECASE,
)
_MAY_ASK = re.compile(
    r"\bhow (?:did|does|do|has|have)\b.{3,120}?\b(?:do|done|fare|fared|come out|score|scored)\b|\bverdict\b|"
    r"(?<!\bthat )(?<!\bwhich )\b(?:come|came) out (?:as|at|in|on|top|well|badly)\b|"
    r"\boutcome of\b.{0,60}\b(?:inspection|reinspection)\b|\binspection outcome\b",
    re.IGNORECASE,
)
"""Wording that may ask either for a grade or for a finding. We take it to ask for a grade if the question also names a
graded area, or contains few other words."""
_LITTLE_ELSE = 3
"""Maximum number of search words in a question that otherwise names only an inspection."""
_BARE = re.compile(
    rf"^(?:is|are|was|were)\s+(?:still |now )*(?:{GRADE_WORDS}|(?:rated |judged )\w+)\W*$", re.IGNORECASE
)
"""An example is "Is Newham good?" without the name."""
_REASON = re.compile(r"\bwhy\b|\breasons?\b|\bwhat (?:led|caused)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:(?:children[’']s|residential|care|unregistered) homes?|(?<!multi[- ])agenc(?:y|ies)|schools?(?! year)|"
    r"nurser(?:y|ies)|colleges?|hospitals?|academ(?:y|ies)|providers?|childminders?|audits?|audited|cases|case files|"
    r"pieces of work)\b",
    re.IGNORECASE,
)
"""Homes, schools and other services that have grades, but not in the grade tables of reports on authorities."""
_PREVIOUS = re.compile(r"\b(?:previous|prior|earlier|last but one|the one before)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:each|every|all)\b|\bgrades\b|\bratings\b|\bjudge?ments\b", re.IGNORECASE)
_WHICH = re.compile(r"\bwhich\b|\bwhat (?:part|area|service)s?\b", re.IGNORECASE)
_GRADE = re.compile(rf"\b{GRADE_WORDS}\b", re.IGNORECASE)
_LISTS = re.compile(
    r"\b(?:which|what|how many|any|list|name|who)\b.{0,60}?\b(?:councils?|authorit(?:y|ies)|LAs?|boroughs?|areas?|"
    r"places|services|ones|(?:was|were|is|are|has been|have been|got|get))\b",
    re.IGNORECASE,
)
_RATED = re.compile(
    r"\b(?:judged|rated|graded|given|got|get|have|has|are|were|is|was|been|a|an|with)\s+(?:\w+\s+){0,2}?"
    rf"{GRADE_WORDS}\b(?!\s+(?:practice|work|support|quality|at\b|example))",
    re.IGNORECASE,
)
_ASKING_TERMS = frozenset(terms("come came out outcome verdict area full inspection fare score done overall service"))


def asks_for_grade(question: Interpretation) -> bool:
    """Whether a question asks what a grade is, rather than why it was given."""
    if _REASON.search(question.text) or asks_about_others(question.text):
        return False
    asks = bool(_ASKS.search(question.text) or _BARE.match(question.search_text)) or _asks_indirectly(question)
    # A place without reports is the name of what is graded: "What grade did Larkwood get?"
    place = () if question.authorities else question.names
    return asks and not names_other_subject(question.search_text, place)


def asks_about_others(text: str) -> bool:
    """Whether a text is about homes, schools or agencies, which are graded in reports of their own."""
    return bool(_OTHERS.search(text))


def asks_for_reason(text: str) -> bool:
    """Whether a text asks why. No grade table answers that."""
    return bool(_REASON.search(text))


def asks_for_previous(text: str) -> bool:
    """Whether a text asks for the inspection before the latest one."""
    return bool(_PREVIOUS.search(text))


def asks_only_for_overall(text: str) -> bool:
    """Whether a text names the overall grade and no other area."""
    return [area for area in AREAS if area.is_asked_in(text)] == [OVERALL]


def names_graded_area(text: str) -> bool:
    """Whether a text names an area that reports grade."""
    return any(area.is_asked_in(text) for area in AREAS)


def grade_in(text: str) -> Grade | None:
    """Return the first grade that a text names."""
    match = _GRADE.search(text)
    return grade_named(match.group()) if match else None


def asked_judgements(text: str, judgements: Sequence[Judgement]) -> list[Judgement]:
    """Return the judgements on the areas that a question names.

    If it names none, return the overall judgement or, if there is none, all judgements.

    "Which areas are good?" asks for every area with that grade.
    """
    grade = grade_in(text)
    if grade and _WHICH.search(text):
        return [judgement for judgement in judgements if grade_named(judgement.grade) is grade]
    for area in AREAS:
        if area.is_asked_in(text):
            of_area = [judgement for judgement in judgements if area.is_printed_as(judgement.area)]
            if of_area or area is not OVERALL:
                return of_area if _EVERY.search(text) else of_area[:1]
    if _EVERY.search(text):
        return list(judgements)
    overall = [judgement for judgement in judgements if OVERALL.is_printed_as(judgement.area)]
    return overall or list(judgements)


def _asks_indirectly(question: Interpretation) -> bool:
    about_visits = Kind.FOCUSED_VISIT in question.kinds or Kind.MONITORING_VISIT in question.kinds
    if about_visits or not _MAY_ASK.search(question.text):
        return False
    others = [term for term in terms(question.search_text) if term not in _ASKING_TERMS]
    return len(others) <= _LITTLE_ELSE or names_graded_area(question.text)
