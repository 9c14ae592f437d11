"""Grades that a report, letter or article states in a sentence, such as "judged inadequate in May 2021"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.grades import AREAS, BOARD, GRADE_WORDS, OVERALL, Area
from corpus.types import Kind, Report
from index.search.filtering import report_day
from index.types import IndexedPassage, Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.selection import select_best
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.conditions.types import GradeCondition, Wanted
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.grade_questions import asks_about_others, asks_for_grade, grade_in
from qa_service.wording import in_list, share_of, verb_after

_STATES = re.compile(
    rf"\b(?:judged|graded|rated)\s+(?:(?:it|them|to|be|as|overall|the|services?)\s+){{0,4}}[‘'\"]?{GRADE_WORDS}\b"
    r"(?!\s+by\s+(?!ofsted|inspectors|HMI))"
    r"|\boverall effectiveness\s+(?:[\w’']+\s+){0,6}?"
    rf"(?:was|were|is|are|remain(?:s|ed)?|became|as)\s+[‘'\"]?{GRADE_WORDS}\b"
    rf"|\bchildren[’']s services (?:in [\w ]{{2,40}}? )?(?:was|were|is|are|remain(?:s|ed)?)\s+{GRADE_WORDS}\b"
    rf"|\b(?:overall|previous|last|ofsted) (?:judge?ment|grade|rating)\s+(?:of|was|is)\s+[‘'\"]?{GRADE_WORDS}\b"
    rf"|\b(?:a|the|its) (?:judge?ment|grade|rating) of [‘'\"]?{GRADE_WORDS}\b"
    rf"|[‘'\"]?\b{GRADE_WORDS}[’'\"]?\s+(?:grade|rating)\b",
    re.IGNORECASE,
)
"""Words with which a sentence states a grade."""
_SUPPOSED = re.compile(
    r"\b(?:if|unless|would|will|could|may|might|should|not|never|until|aims?|hopes?)\b[^.;]{0,40}"
    rf"\b(?:judged|graded|rated|{GRADE_WORDS})",
    re.IGNORECASE,
)
"""Words with which a sentence assumes or denies a grade."""
_WHOSE = re.compile(r"\b(?:services?|authority|council|overall)\b", re.IGNORECASE)
_FIRST_WORDS = ("inadequate", "improvement", "good", "outstanding")
"""Words to search for. Every sentence that states a grade has one of them."""


def asks_for_stated_grade(question: Interpretation) -> bool:
    """Whether a question asks what a grade is, or whether a grade was given."""
    conditions = question.conditions
    yes_or_no = conditions.wanted is Wanted.YES_OR_NO and any(
        isinstance(condition, GradeCondition) for condition in conditions.grades
    )
    return yes_or_no or asks_for_grade(question)


def with_stated_grades(state: PipelineState, tools: Tools) -> PipelineState | None:
    """Quote sentences that state a grade of the place in the question. We use these if no report prints the grade.

    None if there is no such sentence, or if the question names no place. If the reports on the place print grades from
    other times, a sentence must contain the time that the question names.
    """
    question = state.interpretation
    if Kind.AREA_SEND in question.kinds[:1] or BOARD.is_asked_in(question.text):
        return None  # these sentences are about an authority, not about a partnership or a board
    place = _place_named(question)
    reports = tools.index.allowed(state.question.filters)
    about = [report for report in reports if report.authority in question.authorities]
    if not (about if question.authorities else place):
        return None
    found = _sentences_found(question, place, about or reports, tools)
    timely = [sentence for sentence in found if _has_time_named(question, sentence.text)]
    printed = any(report.judgements for report in about)
    selected = select_best(timely or ([] if printed else found), calibration.SENTENCES_PER_PART)
    if not selected:
        return None
    confidence = calibration.STATED_GRADE_CONFIDENCE
    name = in_list(question.authorities) if question.authorities else place
    give = verb_after(0, len(about or reports), "gives", "give")
    none = share_of(0, len(about or reports))
    reason = f"{none} {give} {'this grade' if printed else 'a grade'} for {name}. " + (
        "This sentence from one report is about an earlier inspection."
        if len(selected) == 1
        else "These sentences from our reports are about earlier inspections."
    )
    if not timely:
        confidence = calibration.NOT_APPLIED_CONFIDENCE
        reason += f" {'It does' if len(selected) == 1 else 'They do'} not mention the time that you asked about."
    quoted = {sentence.scored.row: sentence.scored for sentence in selected}
    others = (scored for scored in state.passages if scored.row not in quoted)
    return replace(
        state,
        decision=Decision(AnswerStatus.ANSWERED, confidence, reason),
        selected=tuple(selected),
        passages=(*quoted.values(), *others),
    )


def states_grade(sentence: str, area: Area | None = None) -> bool:
    """Whether a sentence states a grade of an authority's services, overall or in the given area."""
    if not _STATES.search(sentence) or _SUPPOSED.search(sentence) or asks_about_others(sentence):
        return False
    if area:
        return area.is_asked_in(sentence)
    in_one_area = any(other.is_asked_in(sentence) for other in AREAS if other is not OVERALL)
    return bool(_WHOSE.search(sentence)) and (not in_one_area or OVERALL.is_asked_in(sentence))


def _place_named(question: Interpretation) -> str:
    """Return the place that a question names, if it is not a known authority: "Larkwood".

    Empty if it names no such place.

    Several words with a capital letter form a name only if they are next to each other.
    """
    words = question.names
    together = re.search(r"\s+".join(map(re.escape, words)), question.text) if words else None
    return together.group() if together else ""


def _sentences_found(question: Interpretation, place: str, reports: Sequence[Report], tools: Tools) -> list[Evidence]:
    """Return the sentences that state a grade of the place, starting with the latest report."""
    area = _area_asked(question)
    ids = {report.id for report in reports}
    found: dict[tuple[int, int], IndexedPassage] = {}
    for word in _FIRST_WORDS:
        for indexed in tools.index.passages_with(f"{'' if question.authorities else place} {word}", ids):
            for number, (start, end) in enumerate(indexed.passage.sentences):
                sentence = indexed.passage.text[start:end]
                if (question.authorities or place in sentence) and states_grade(sentence, area):
                    found[indexed.row, number] = indexed
    scored = tools.index.score(Query(question.text), sorted({row for row, _ in found}))
    by_row = {passage.row: passage for passage in scored}
    # All have the same score, because the wording shows that each sentence states the grade.
    sentences = [
        Evidence(by_row[row], number, *i.passage.sentences[number], 1.0, 1.0, 1.0) for (row, number), i in found.items()
    ]
    fitting = [sentence for sentence in sentences if _gives(question, sentence.text)]
    return sorted(fitting, key=lambda sentence: report_day(sentence.scored.report), reverse=True)


def _area_asked(question: Interpretation) -> Area | None:
    """Return the area that a question names. None means the overall grade."""
    return next((area for area in AREAS if area is not OVERALL and area.is_asked_in(question.text)), None)


def _gives(question: Interpretation, sentence: str) -> bool:
    """Whether a sentence contains the grade that a question assumes. True if the question assumes no grade."""
    supposed = grade_in(question.text)
    return supposed is None or grade_in(sentence) is supposed


def _has_time_named(question: Interpretation, sentence: str) -> bool:
    """Whether a sentence contains the year of a time that the question names. True if the question names no time."""
    years = {str(day.year) for period in question.periods if period.exact for day in (period.first, period.last)}
    return not question.periods or any(year in sentence for year in years)
