"""The service's own words: dates, kinds and outcomes as a person says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from corpus.dates import days_in_words, in_words
from corpus.types import Form, Grading, ImprovementKind, Kind, Report
from qa_service.export.references import Reference
from qa_service.export.references import dated as dated
from qa_service.export.references import place as place
from qa_service.export.references import quoted as quoted
from qa_service.maintenance.build_jobs import Job, JobState
from qa_service.records.feedback import Verdict
from qa_service.types import AnswerStatus, Citation, Statement

KINDS: dict[Kind, str] = {
    Kind.ILACS: "full inspection",
    Kind.SINGLE_INSPECTION: "full inspection (single inspection framework)",
    Kind.SHORT: "short inspection",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.AREA_SEND: "area SEND inspection",
    Kind.JOINT_TARGETED: "joint targeted area inspection",
    Kind.LSCB_REVIEW: "review of the safeguarding children board",
}
FORMS: dict[Form, str] = {
    Form.REPORT: "report",
    Form.LETTER: "letter",
    Form.ARTICLE: "news article",
    Form.THEMATIC: "thematic report",
}
GRADINGS: dict[Grading, str] = {
    Grading.NOT_JUDGED: "This kind of inspection gives no grades.",
    Grading.NOT_PRINTED: "This document prints no grades.",
    Grading.UNREADABLE: "This document prints a table of grades that could not be read. See its pages.",
}
VERDICTS: dict[Verdict, str] = {
    Verdict.RIGHT: "Right",
    Verdict.WRONG: "Wrong",
    Verdict.MISSING: "Missing something",
}
NOTES: dict[Verdict, str] = {
    Verdict.RIGHT: "Anything to add?",
    Verdict.WRONG: "What is wrong with it?",
    Verdict.MISSING: "What is missing, and where does it stand?",
}
SORTS: dict[str, str] = {
    "authority": "By authority, the latest inspection first",
    "inspected": "The latest inspection first",
    "published": "The latest published first",
    "kind": "By kind of inspection",
}
IMPROVEMENTS: dict[ImprovementKind, str] = {
    ImprovementKind.IMPROVEMENT: "What needs to improve",
    ImprovementKind.PRIORITY: "Priority actions",
    ImprovementKind.RECOMMENDATION: "Recommendations",
}
SOURCES: dict[str, str] = {
    "text": "as printed",
    "sidecar": "as corrected here",
    "file name": "from the end of the file’s name",
}
HEADINGS: dict[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: "What the reports say",
    AnswerStatus.FALSE_PREMISE: "The reports say otherwise",
    AnswerStatus.CLARIFICATION: "Please say which you mean",
    AnswerStatus.NOT_IN_REPORTS: "The reports do not say",
    AnswerStatus.NOT_JUDGED: "This was not judged",
    AnswerStatus.LOW_CONFIDENCE: "No passage answers this clearly enough",
    AnswerStatus.OUT_OF_SCOPE: "Outside what these reports cover",
}
# What is measured is likeness to the question, not truth, and the words claim no more.
CONFIDENCE: dict[str, str] = {
    "high": "These sentences match the words and meaning of your question closely. Check that they answer it.",
    "medium": "These sentences match your question in part. Check that they answer it.",
    "low": "These sentences match your question loosely, and may not answer it.",
}
_HIGH, _MEDIUM = 0.75, 0.5


def day(value: date) -> str:
    """A date: 5 February 2014."""
    return in_words(value)


def described(report: Report) -> str:
    """What sort of document a report is: focused visit, news article about a monitoring visit."""
    if report.kind is None:
        return FORMS[report.form]
    if report.form is Form.ARTICLE:
        return f"news article about a {KINDS[report.kind]}"
    return KINDS[report.kind]


def inspected(report: Report) -> str | None:
    """When the inspection was."""
    return days_in_words(report.inspected_from, report.inspected_to)


def source(report: Report) -> str:
    """A report in one line: Bolton · full inspection · 11 to 15 September 2023."""
    return " · ".join((report.authority or report.title, described(report), dated(report)))


def reference(statement: Statement, cited: Citation, host: str) -> str:
    """A quotation with its full reference, to paste into a paper; ``host`` begins the link."""
    full = Reference.build(cited, statement, host)
    return f"{quoted(statement.text)} ({full.text}) {full.link}"


def confidence(value: float) -> str:
    """How sure the service is, in a word."""
    if value >= _HIGH:
        return "high"
    return "medium" if value >= _MEDIUM else "low"


def overall(report: Report) -> str:
    """A report's grades in a few words: the overall one where it prints one."""
    for judgement in report.judgements:
        if judgement.area.casefold().startswith("overall"):
            return f"Overall: {grade(judgement.grade)}"
    count = len(report.judgements)
    if not count:
        return "none given" if report.grading is Grading.NOT_JUDGED else "none read"
    return f"{count} {'area' if count == 1 else 'areas'} graded"


def grade(printed: str) -> str:
    """A grade with a capital; otherwise as printed."""
    return printed[:1].upper() + printed[1:]


def kind(value: str) -> str:
    """A kind's value in words."""
    return KINDS[Kind(value)]


JOBS = {
    JobState.RUNNING: "Bringing the index up to date …",
    JobState.DONE: "The index is up to date",
    JobState.FAILED: "The index could not be brought up to date",
    JobState.CANCELLED: "Cancelled",
    JobState.INTERRUPTED: "Interrupted",
}
"""How a build in the background stands."""


def progress(job: Job) -> str:
    """How far a build is, in words."""
    if not job.running:
        return f"Ended: {job.ended}" if job.ended else ""
    count = f": {job.done} of {job.total}" if job.total > 1 else ""
    left = f", about {max(1, round(job.seconds_left))} s left" if job.seconds_left else ""
    return f"{job.stage}{count}{left}"


_DEGRADED = {
    "encoder": "search by meaning is off, so passages are found by their words alone",
    "cross_encoder": "what tells whether a sentence answers a question is off",
}


def degraded(parts: Sequence[str]) -> str:
    """What is not at work, in words."""
    return "; ".join(_DEGRADED[part] for part in parts)
