"""Questions about grades, answered from the judgements that the reports print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.types import Judgement, Kind, Report
from index.search.filtering import report_day
from index.search.text_analysis import terms
from index.storage.store import Store
from index.types import IndexedPassage
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.periods import closeness

_ASKS = re.compile(
    r"\b(?:grades?|graded|ratings?|rated|judge?ments?|overall effectiveness|"
    r"(?:was|were|been|get|got|is|are) (?:\w+ ){0,3}judged|judged (?:outstanding|good|inadequate)|"
    r"(?:still|now|remain(?:s|ed)?) (?:outstanding|good|inadequate|requires improvement)|go(?:ne)? up or down)\b",
    re.IGNORECASE,
)
_SOFT = re.compile(
    r"\bhow (?:did|does|do|has|have)\b.{3,120}?\b(?:do|done|fare|fared|come out|score|scored)\b|\bverdict\b|"
    r"(?<!\bthat )(?<!\bwhich )\b(?:come|came) out (?:as|at|in|on|top|well|badly)\b|"
    r"\boutcome of\b.{0,60}\b(?:inspection|reinspection)\b|\binspection outcome\b",
    re.IGNORECASE,
)
"""Ways to ask for a grade that may ask for a finding too: believed where they name a graded area, or nothing else."""
_FEW = 3
"""Words left to search, at most, where a question names nothing else."""
_BARE = re.compile(
    r"^(?:is|are|was|were)\s+(?:still |now )*(?:good|outstanding|inadequate|(?:rated |judged )\w+)\W*$", re.IGNORECASE
)
"""What is left of "Is Newham good?" without the name."""
_REASON = re.compile(r"\bwhy\b|\breasons?\b|\bwhat (?:led|caused)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:(?:children[’']s|residential|care|unregistered) homes?|agenc(?:y|ies)|schools?|nurser(?:y|ies)|colleges?|"
    r"hospitals?|academ(?:y|ies)|providers?|childminders?|audits?|audited|cases|case files|pieces of work)\b",
    re.IGNORECASE,
)
"""What is graded too, but not by the reports on an authority, or not by their tables."""
_PREVIOUS = re.compile(r"\b(?:previous|prior|earlier|last but one|the one before)\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:each|every|all)\b|\bgrades\b|\bratings\b|\bjudge?ments\b", re.IGNORECASE)
_BOARD = re.compile(r"\bsafeguarding (?:children )?board\b|\bLSCB\b", re.IGNORECASE)
_OVERALL = r"\boverall\b"
_AREAS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(printed, re.IGNORECASE))
    for asked, printed in (
        (r"\bcare leavers?\b|\bleaving care\b|\bleft care\b|\bcare[- ]experienced\b", r"care leavers"),
        (r"\b(?:children )?in care\b|\blooked[- ]after\b", r"in care\b|looked after"),
        (r"\bhelp (?:and|&) protection\b|\bneed(?:ing)? help\b|\bchild protection\b", r"help and protection"),
        (r"\bleaders(?:hip)?\b|\bmanagement\b", r"leaders"),
        (r"\badoption\b", r"adoption"),
        (_BOARD.pattern, r"safeguarding children board"),
        (_OVERALL, r"overall"),
    )
)
_ASKING_TERMS = frozenset(terms("come came out outcome verdict area full inspection fare score done overall service"))
_GRADE_WORD = re.compile(r"\b(outstanding|good|requires? improvement|inadequate)\b", re.IGNORECASE)
_WHICH = re.compile(r"\bwhich\b|\bwhat (?:part|area|service)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grade:
    """A judgement of a report, and the passage that prints it."""

    report: Report
    judgement: Judgement
    passage: IndexedPassage


def asks_for_grade(question: Interpretation) -> bool:
    """Whether a question asks what a grade is, not why."""
    if _REASON.search(question.text) or asks_of_others(question.text):
        return False
    return bool(_ASKS.search(question.text) or _BARE.match(question.search_text)) or _asks_softly(question)


def asks_of_others(text: str) -> bool:
    """Whether a text is about homes, schools or agencies, which are graded by reports of their own."""
    return bool(_OTHERS.search(text))


def names_graded_area(text: str) -> bool:
    """Whether a text names an area that reports grade."""
    return any(asked.search(text) for asked, _ in _AREAS)


def _asks_softly(question: Interpretation) -> bool:
    visits = Kind.FOCUSED_VISIT in question.kinds or Kind.MONITORING_VISIT in question.kinds
    if visits or not _SOFT.search(question.text):
        return False
    left = [term for term in terms(question.search_text) if term not in _ASKING_TERMS]
    return len(left) <= _FEW or names_graded_area(question.text)


def find_grades(question: Interpretation, part: Part, reports: Iterable[Report], store: Store) -> list[Grade]:
    """The judgements that answer one part of a question: of its authority's report of that time, else its latest."""
    fitting = [report for report in reports if _is_graded_for(report, question)]
    report = _graded_report(part, fitting, previous=bool(_PREVIOUS.search(question.text)))
    return printed_grades(report, question.text, store) if report else []


def printed_grades(report: Report, text: str, store: Store) -> list[Grade]:
    """A report's judgements of the areas that a text names, else of all, each with the passage that prints it."""
    passages = store.passages_of(report.id)
    found = []
    for judgement in _asked(text, report.judgements):
        passage = next((p for p in passages if prints(p, judgement)), None)
        if passage is not None:
            found.append(Grade(report, judgement, passage))
    return found


def without_overall(question: Interpretation, found: Iterable[Grade]) -> bool:
    """Whether the overall grade and no other is asked for, and a report prints grades but none overall."""
    named = [printed for asked, printed in _AREAS if asked.search(question.text)]
    prints_none = [grade for grade in found if not any("overall" in j.area.lower() for j in grade.report.judgements)]
    return len(named) == 1 and named[0].pattern == "overall" and bool(prints_none)


def _is_graded_for(report: Report, question: Interpretation) -> bool:
    """Whether a report's judgements are of what is asked: those on a partnership or a board, only where it is named."""
    if Kind.AREA_SEND in question.kinds and Kind.ILACS not in question.kinds:
        return report.kind is Kind.AREA_SEND
    if _BOARD.search(question.text):
        return any(_BOARD.search(judgement.area) for judgement in report.judgements)
    return report.kind not in (Kind.AREA_SEND, Kind.LSCB_REVIEW)


def _graded_report(part: Part, reports: Iterable[Report], *, previous: bool) -> Report | None:
    held = [report for report in reports if report.authority in part.authorities and report.judgements]
    exact = [period for period in part.periods if period.exact]
    if exact:
        close = {report.id: max(closeness(report, period) for period in exact) for report in held}
        held = [report for report in held if close[report.id] == max(close.values()) > 0]
    held.sort(key=report_day, reverse=True)
    wanted = 1 if previous and not exact else 0
    return held[wanted] if len(held) > wanted else None


def _asked(text: str, judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements of the areas that a question names, else the overall one, else all that are printed."""
    wanted = _GRADE_WORD.search(text)
    if wanted and _WHICH.search(text):
        stem = wanted.group(1).lower()[:7]
        return [judgement for judgement in judgements if judgement.grade.lower().startswith(stem)]
    for asked, printed in _AREAS:
        if asked.search(text):
            named = [judgement for judgement in judgements if printed.search(judgement.area)]
            if named or asked.pattern != _OVERALL:
                return named if _EVERY.search(text) else named[:1]
    if _EVERY.search(text):
        return list(judgements)
    overall = [judgement for judgement in judgements if "overall" in judgement.area.lower()]
    return overall or list(judgements)


def prints(indexed: IndexedPassage, judgement: Judgement) -> bool:
    """Whether a passage holds a judgement's grade and most words of its area, on its page."""
    words = set(re.findall(r"\w+", indexed.passage.text.lower()))
    area = [word for word in re.findall(r"\w+", judgement.area.lower()) if len(word) > 3]
    grade = re.findall(r"\w+", judgement.grade.lower())
    held = judgement.page in indexed.passage.pages and all(word in words for word in grade)
    # Reports before 2018 print the overall judgement as a sentence, without the words "overall effectiveness":
    # "Children's services in … are inadequate", or in 2014 "The overall judgement is inadequate".
    of_services = not any(word in words for word in area) and "services" in words
    stated = rf"\boverall judge?ment is (?:that .{{0,120}} )?{re.escape(judgement.grade.lower())}\b"
    is_sentence = of_services or ("overall" in area and bool(re.search(stated, indexed.passage.text.lower())))
    return held and (sum(word in words for word in area) >= 0.8 * len(area) or is_sentence)
