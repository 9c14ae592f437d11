"""Words and phrases that several messages share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import in_words
from corpus.facts.kinds import entry_of
from corpus.facts.report_days import inspected_words
from corpus.grades import Relation
from corpus.types import Kind, Reading, Report
from index.search.filtering import report_day
from index.types import Stance
from qa_service.types import AnswerStatus, Summary


@dataclass(frozen=True, slots=True)
class StanceWords:
    """The verb for a stance, after one report and after several."""

    one: str
    many: str


STANCES: dict[Stance, StanceWords] = {
    Stance.WEAKNESS: StanceWords("criticises", "criticise"),
    Stance.STRENGTH: StanceWords("praises", "praise"),
}
KIND_WORDS = {kind: entry_of(kind).name for kind in Kind}
"""The name of each kind of inspection in a sentence."""
HEADINGS: dict[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: "What the reports say",
    AnswerStatus.FALSE_PREMISE: "The reports say otherwise",
    AnswerStatus.CLARIFICATION: "Choose which one you mean",
    AnswerStatus.NOT_IN_REPORTS: "The reports do not say",
    AnswerStatus.NOT_JUDGED: "The reports do not give a grade for this",
    AnswerStatus.LOW_CONFIDENCE: "We could not answer this question",
    AnswerStatus.OUT_OF_SCOPE: "We cannot answer this from these reports",
}
READINGS: dict[Reading, str] = {
    Reading.CONFIRMED: "",
    Reading.NOT_CONFIRMED: "A second program could not find these words on the page. Check them in the report.",
    Reading.FROM_PICTURE: "These words were read from a picture of the page. Compare them with the picture.",
}
"""The note below a statement, which depends on what a second program found. Empty if no note is needed."""
MOVEMENTS: dict[Relation, str] = {
    Relation.BETTER: "Improved",
    Relation.SAME: "No change",
    Relation.WORSE: "Declined",
}
"""How a grade changed from one inspection to the next."""
NOT_TRIED = "We did not look for an answer to this question"


def outcome(status: AnswerStatus | None, summary: Summary | None) -> str:
    """Return the outcome of a question in words. If facts show that no report fits, that is also an answer.

    The status is None if we did not try to answer the question, because its message has too many.
    """
    if status is None:
        return NOT_TRIED
    if summary and status is AnswerStatus.NOT_IN_REPORTS:
        return HEADINGS[AnswerStatus.ANSWERED]
    return HEADINGS[status]


def in_list(names: Sequence[str], last: str = "and") -> str:
    """Join names as in a sentence: "Dudley, Brent and Bolton"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def past_the_end(count: int, first: int) -> str:
    """Say that a list of ``count`` items ends before the item with the index ``first``."""
    return (
        f"The list has {count} item{'' if count == 1 else 's'}, so there is nothing from item {first + 1} on. "
        "Ask for an earlier part of it."
    )


def share_of(total: int, searched: int, one: str = "report", many: str = "reports") -> str:
    """Return the subject of a sentence: "3 of the 24 reports", "Both reports", or "No report" if there is only one."""
    if searched <= 1:
        return f"{'The one' if total else 'No'} {one}"
    if total == searched:
        return f"{'Both' if total == 2 else f'All {total}'} {many}"
    return f"{total or ('Neither' if searched == 2 else 'None')} of the {searched} {many}"


def searched_have(total: int, searched: int, when: str = "") -> str:
    """Return the start of a sentence: "3 of the 24 reports from 2019 that we searched have"."""
    return f"{share_of(total, searched)}{when} that we searched {verb_after(total, searched, 'has', 'have')}"


def number_of_verb(total: int, searched: int) -> int:
    """Return the number that the verb after :func:`share_of` must agree with: "Neither is", "None is"."""
    return 1 if searched <= 1 or not total else total


def verb_after(total: int, searched: int, one: str, many: str) -> str:
    """Return the form of a verb that fits after :func:`share_of`: "has" or "have"."""
    return one if number_of_verb(total, searched) == 1 else many


def is_one_word(phrases: Sequence[str]) -> bool:
    """Whether there is only one word to quote."""
    return len(" ".join(phrases).split()) == 1


def not_recognised(words: Sequence[str]) -> str:
    """Say that some words of a question are neither in our lists nor in the reports."""
    named = in_list([f"“{word}”" for word in words], last="or")
    return f"We did not recognise {named}, and no report has {'it' if len(words) == 1 else 'them'}."


def named_by_date(report: Report) -> str:
    """Name a report by its kind and dates: "inspection of 11 to 15 September 2023", or "undated focused visit"."""
    kind = kind_words(report)
    return f"{kind} of {days_of(report)}" if is_dated(report) else f"undated {kind}"


def kind_words(report: Report) -> str:
    """Return words for the kind of inspection that a report is on, or "report" if we do not know it."""
    return KIND_WORDS.get(report.kind, "report") if report.kind else "report"


def days_of(report: Report) -> str:
    """Return the days of an inspection in words, or its day of publication if they are unknown."""
    return inspected_words(report) or in_words(report_day(report))


def month_of(report: Report) -> str:
    """Return when an inspection ended, in words that follow a verb: "in June 2023", or "at an undated inspection"."""
    return f"in {report_day(report):%B %Y}" if is_dated(report) else "at an undated inspection"


def is_dated(report: Report) -> bool:
    """Whether we know when an inspection took place or when its report was published."""
    return report_day(report) > date.min


def whose(report: Report) -> str:
    """Return "Brent’s". Return "the" if we do not know the authority that a report is about."""
    return f"{report.authority}’s" if report.authority else "the"


def subject_of(report: Report, which: str = "the") -> str:
    """Return the words after "The report is": "on the focused visit of 3 June 2021", "dated 3 June 2021"."""
    if report.kind:
        return f"on {which} {named_by_date(report)}"
    return f"dated {in_words(report_day(report))}" if is_dated(report) else "undated"


def the_reports(reports: Sequence[Report]) -> str:
    """Name reports in a sentence: "the report on Brent’s focused visit of 3 June 2021"."""
    if len(reports) == 1 or not all(report.kind for report in reports):
        return in_list([_the_report(report) for report in reports])
    return f"the reports on {in_list([f'{whose(report)} {named_by_date(report)}' for report in reports])}"


def _the_report(report: Report) -> str:
    subject = subject_of(report, whose(report))
    return "the undated report" if subject == "undated" else f"the report {subject}"


def own_words(reports: Collection[Report]) -> str:
    """Return words for the source of a quote: "the report’s own words", or "the reports’ own words" for several."""
    return f"the {'report’s' if len({report.id for report in reports}) == 1 else 'reports’'} own words"


def capitalised(sentence: str) -> str:
    """Return a sentence with a capital letter at its start."""
    return f"{sentence[:1].upper()}{sentence[1:]}"


def length_of_time(months: int) -> str:
    """Return a number of months in words: "2 years 3 months", or "less than a month"."""
    parts = [(months // 12, "year"), (months % 12, "month")]
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(words) or "less than a month"
