"""Words that the pages show for dates, places, kinds, outcomes and the progress of builds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corpus.dates import in_words
from corpus.facts.kinds import entry_of
from corpus.facts.report_days import inspected_words, published_words
from corpus.types import Form, Grading, ImprovementKind, Kind, Report
from index.search.filtering import report_day
from index.types import Stance
from qa_service import calibration
from qa_service.analysis.news import Addition
from qa_service.analysis.themes import ReportRemarks
from qa_service.answering.overviews.briefing import BriefingLine
from qa_service.answering.overviews.briefing_word import line_text as line_text
from qa_service.answering.overviews.comparison_table import NOT_STATED as NOT_STATED
from qa_service.answering.overviews.comparison_table import by_words as by_words
from qa_service.answering.overviews.comparison_table import says as says
from qa_service.answering.overviews.remark_table import NO_QUOTE as NO_QUOTE
from qa_service.export.references import DATE_ORIGINS as DATE_ORIGINS
from qa_service.export.references import Reference
from qa_service.export.references import corrected as corrected
from qa_service.export.references import dated as dated
from qa_service.export.references import not_applied as not_applied
from qa_service.export.references import place as place
from qa_service.export.references import quoted as quoted
from qa_service.export.tables import TableFormat
from qa_service.maintenance.build_jobs import Job, JobState
from qa_service.maintenance.uploads import Outcome
from qa_service.records.feedback import Verdict
from qa_service.types import Answer, Citation, FactName, Statement
from qa_service.wording import HEADINGS as HEADINGS
from qa_service.wording import MOVEMENTS as MOVEMENTS
from qa_service.wording import READINGS as READINGS
from qa_service.wording import STANCES as STANCES
from qa_service.wording import in_list, share_of, verb_after
from qa_service.wording import outcome as outcome
from web.serving.highlighting import Stretch, stretches

KINDS: dict[Kind, str] = {kind: entry_of(kind).label or entry_of(kind).name for kind in Kind}
FORMS: dict[Form, str] = {
    Form.REPORT: "report",
    Form.LETTER: "letter",
    Form.ARTICLE: "news article",
    Form.THEMATIC: "thematic report",
}
GRADINGS: dict[Grading, str] = {
    Grading.NOT_JUDGED: "This type of inspection does not give grades.",
    Grading.NOT_PRINTED: "This report does not give any grades.",
    Grading.UNREADABLE: "We could not read this report’s table of grades. Look for it on the report’s pages.",
}
VERDICTS: dict[Verdict, str] = {
    Verdict.RIGHT: "Right",
    Verdict.WRONG: "Wrong",
    Verdict.MISSING: "Missing something",
}
NOTES: dict[Verdict, str] = {
    Verdict.RIGHT: "Do you want to add anything?",
    Verdict.WRONG: "What is wrong with this answer?",
    Verdict.MISSING: "What is missing, and which report says it?",
}
SORTS: dict[str, str] = {
    "authority": "Authority, then latest inspection",
    "inspected": "Date inspected, latest first",
    "published": "Date published, latest first",
    "kind": "Type of inspection",
}
IMPROVEMENTS: dict[ImprovementKind, str] = {
    ImprovementKind.IMPROVEMENT: "What needs to improve",
    ImprovementKind.PRIORITY: "Priority actions",
    ImprovementKind.RECOMMENDATION: "Recommendations",
}
DOWNLOADS: dict[str, str] = {
    "docx": "Word",
    "md": "Plain text (Markdown)",
    "csv": "CSV",
}
"""The formats of a download, by the suffix of the file."""
TABLES: dict[str, str] = {TableFormat.XLSX.value: "Excel", TableFormat.CSV.value: "CSV"}
"""The formats of a table to download, by the suffix of the file."""
FACTS: dict[FactName, str] = {
    FactName.INSPECTED: "Inspected",
    FactName.PUBLISHED: "Published",
    FactName.LEAD_INSPECTOR: "Lead inspector",
    FactName.POST_HOLDER: "Post holder",
}
# These words only describe what we measure: how closely the sentences match the question, rather than whether they are
# true.
CONFIDENCE: dict[str, tuple[str, str]] = {
    "high": (
        "This sentence matches your question closely. Check that it answers it.",
        "These sentences match your question closely. Check that they answer it.",
    ),
    "medium": (
        "This sentence matches your question fairly closely. Check that it answers it.",
        "These sentences match your question fairly closely. Check that they answer it.",
    ),
    "low": (
        "This sentence matches your question only loosely. It may not answer it.",
        "These sentences match your question only loosely. They may not answer it.",
    ),
}
"""Words for how closely the quotes match, by level: first for one sentence, then for several."""
_NAMED = 5
"""Number of authorities to name before we count the others."""
_MINUTES_FROM = 90
"""We show a duration of at least this many seconds in minutes."""


def heading(answer: Answer) -> str:
    """Return the heading of an answer."""
    return outcome(answer.status, answer.summary)


def day(value: date) -> str:
    """Return a date in words, such as 5 February 2014."""
    return in_words(value)


def month(report: Report) -> str:
    """Return the month in which an inspection ended, such as February 2014."""
    return f"{report_day(report):%B %Y}"


def described(report: Report) -> str:
    """Return a report's kind and form in words, such as “focused visit” or “news article about a monitoring visit”."""
    if report.kind is None:
        return FORMS[report.form]
    if report.form is Form.ARTICLE:
        kind = KINDS[report.kind]
        return f"news article about {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    return KINDS[report.kind]


def inspected(report: Report) -> str | None:
    """Return the dates of a report's inspection in words, or None if they are unknown."""
    return inspected_words(report)


def published(report: Report) -> str | None:
    """Return a report's date of publication in words. If it has none, return the main date of reports of its kind.

    None if both dates are unknown. The words say what the date is, unless it is the date of publication.
    """
    return published_words(report, "")


def issued(report: Report) -> str | None:
    """Return the date of a report with a verb: "published 3 May 2023" or "decided on 3 May 2023"."""
    return published_words(report)


def source(report: Report) -> str:
    """Return one line that names a report, such as “Bolton · full inspection · 11 to 15 September 2023”."""
    return " · ".join((report.authority or report.title, described(report), dated(report)))


def reference(statement: Statement, cited: Citation, host: str) -> str:
    """Return a quote with its full reference, ready to paste into a document. The link starts with ``host``."""
    full = Reference.build(cited, statement, host)
    note = READINGS[statement.reading]
    label = f"{statement.label}: " if statement.label else ""
    return f"{label}{quoted(statement.text)} ({full.text}) {full.link}{f' ({note})' if note else ''}"


def reference_text(line: BriefingLine) -> str:
    """Return the reference of a statement in a briefing, without a link."""
    return Reference.build(line.citation, line.statement).text


def recognised(report: Report) -> str:
    """Say which pages of a report were read from pictures, and what that means."""
    if len(report.recognised) == report.page_count:
        which = "All pages of this report are pictures" if report.page_count > 1 else "This report is a picture"
    elif len(report.recognised) == 1:
        which = f"Page {report.recognised[0]} is a picture"
    else:
        which = f"Pages {in_list([str(number) for number in report.recognised])} are pictures"
    return f"{which}. A program read the words, and some may be wrong. We took no dates or grades from them."


def unsure_marked(statement: Statement) -> tuple[Stretch, ...]:
    """Return a statement in quotation marks, with the words marked that may have been read wrongly from a picture."""
    text = quoted(statement.text)
    opening, spans, at = len("“"), list[tuple[int, int]](), 0
    for quote in statement.quotes:
        at = max(statement.text.find(quote.text, at), at)
        spans += [(opening + at + start, opening + at + end) for start, end in quote.unsure]
        at += len(quote.text)
    return tuple(stretches(text, 0, len(text), spans))


def unsure(statement: Statement) -> str:
    """Say how many words of a statement may have been read wrongly from a picture. Empty if there are no such words."""
    count = sum(len(quote.unsure) for quote in statement.quotes)
    if count == 0:
        return ""
    return "The marked word may be wrong." if count == 1 else f"The {count} marked words may be wrong."


def confidence(value: float) -> str:
    """Return the level for a confidence between 0 and 1: high, medium or low. The level is a key in ``CONFIDENCE``."""
    if value >= calibration.CLOSE_CONFIDENCE:
        return "high"
    return "medium" if value >= calibration.FAIR_CONFIDENCE else "low"


def overall(report: Report) -> str:
    """Return a report's overall grade in words, or the number of areas graded if it has no overall grade.

    If there are grades that we could not read, their number follows.
    """
    count = len(report.missing_areas)
    unread = f" ({count} {'grade' if count == 1 else 'grades'} could not be read)" if count else ""
    return f"{_overall(report)}{unread}"


def _overall(report: Report) -> str:
    for judgement in report.judgements:
        if judgement.area.casefold().startswith("overall"):
            return f"Overall: {grade(judgement.grade)}"
    count = len(report.judgements)
    if not count:
        return "No grades given" if report.grading is Grading.NOT_JUDGED else "No grades found"
    return f"{count} {'area' if count == 1 else 'areas'} graded"


def in_range(place: str, number: int, count: int) -> str:
    """Return the words for one of the places of a quote: "pages 4", then "5", for a quote on pages 4 and 5.

    ``number`` is the number of the place among ``count`` places, from 1.
    """
    if count == 1:
        return place
    page = place.removeprefix("page ")
    return f"pages {page}" if number == 1 else page


def before_page(number: int, count: int) -> str:
    """Return the word before one of the places of a quote: "pages 4 to 5", "pages 4, 5 and 6"."""
    if number == 1:
        return ""
    return ", " if number < count else " to " if count == 2 else " and "


def capital(text: str) -> str:
    """Return a text with its first letter capitalised.

    Unlike ``str.capitalize``, this does not change the rest of the text.
    """
    return text[:1].upper() + text[1:]


def grade(printed: str) -> str:
    """Return a grade as printed, but with a capital first letter."""
    return capital(printed)


def kind(value: str) -> str:
    """Return the words for a kind of inspection."""
    return KINDS[Kind(value)]


def theme_counts(count: int, reports: int, name: str, stance: Stance) -> str:
    """Return a sentence with the number of reports that take a stance, such as "3 of 24 reports criticise it"."""
    verbs = STANCES[stance]
    return f"{share_of(count, reports)} {verb_after(count, reports, verbs.one, verbs.many)} {name}."


def theme_heading(stance: Stance | None, name: str) -> str:
    """Return the heading of the list of reports on a theme."""
    return f"Reports that {STANCES[stance].many if stance else 'criticise or praise'} {name}"


def remark_counts(found: ReportRemarks) -> str:
    """Say how many sentences of a report praise and criticise a theme."""
    counts = [(found.count(stance), verbs) for stance, verbs in STANCES.items() if found.count(stance)]
    parts = [
        f"{count} {'sentence' if count == 1 else 'sentences'} {verbs.one if count == 1 else verbs.many} it"
        for count, verbs in counts
    ]
    return f"{in_list(parts)}."


def reports_added(addition: Addition) -> str:
    """Return the title for reports that were added together: "3 reports added"."""
    return f"{len(addition.reports)} report{'' if len(addition.reports) == 1 else 's'} added"


def some_authorities(addition: Addition) -> str:
    """Name the first authorities that the added reports are about, and count the others."""
    names = list(dict.fromkeys(report.authority or report.title for report in addition.reports))
    more = len(names) - _NAMED
    return in_list([*names[:_NAMED], f"{more} more"] if more > 0 else names)


def moment(when: datetime) -> str:
    """Return a time in words, such as 11 September 2023 at 3:15pm (UTC)."""
    return _moment(when.isoformat())


def later_without(count: int) -> str:
    """Say that we found nothing about an aspect in some later reports."""
    return f"We found nothing about this in its {'later report' if count == 1 else f'{count} later reports'}."


OUTCOMES: dict[Outcome, str] = {
    Outcome.ADDED: "Added",
    Outcome.DUPLICATE: "Already there",
    Outcome.REFUSED: "Not added",
}
"""Wording for each outcome of adding a file."""
JOBS: dict[JobState, str] = {
    JobState.RUNNING: "Update in progress",
    JobState.DONE: "The index is up to date",
    JobState.FAILED: "We could not update the index",
    JobState.CANCELLED: "Update cancelled",
    JobState.INTERRUPTED: "Update interrupted",
}
"""Headings for the states of a background build."""
JOB_NOTES: dict[JobState, str] = {
    JobState.RUNNING: "Until this update finishes, we will use only the reports we already have.",
    JobState.FAILED: "We are still using only the reports we had before. Read the update log, then try again.",
    JobState.CANCELLED: (
        "We are still using only the reports we had before. You can start another update from Add reports."
    ),
    JobState.INTERRUPTED: (
        "The update stopped before it finished. We are still using only the reports we had before. You can start "
        "another update from Add reports."
    ),
}
"""Explanation of each state for people, if the heading does not explain it already."""


def progress(job: Job) -> str:
    """Return the progress of a build in words or, if the build has ended, when it ended."""
    if not job.running:
        return f"Ended on {_moment(job.ended)}" if job.ended else ""
    count = f": {job.done} of {job.total}" if job.total > 1 else ""
    left = f", about {_duration(job.seconds_left)} left" if job.seconds_left else ""
    return f"{job.stage}{count}{left}"


def _moment(text: str) -> str:
    """Return an ISO 8601 time in words, such as 11 September 2023 at 3:15pm (UTC). The update log uses UTC too."""
    moment = datetime.fromisoformat(text).astimezone(UTC)
    hour = moment.hour % 12 or 12
    return f"{day(moment.date())} at {hour}:{moment:%M}{'am' if moment.hour < 12 else 'pm'} (UTC)"


def _duration(seconds: float) -> str:
    """Return a number of seconds in words, such as 40 seconds or 3 minutes."""
    count, unit = (round(seconds / 60), "minute") if seconds >= _MINUTES_FROM else (max(1, round(seconds)), "second")
    return f"{count} {unit}{'' if count == 1 else 's'}"


_DEGRADED = {
    "encoder": "We cannot search by meaning at the moment, so we searched only for the words in your question.",
    "cross_encoder": "We cannot check how well sentences answer a question at the moment.",
}


def degraded(parts: Sequence[str]) -> str:
    """Say which parts of the service are not working. ``parts`` comes from ``Answer.degraded``."""
    return " ".join(_DEGRADED[part] for part in parts)
