"""Questions about what became of one matter: "Did Brent fix its caseloads?", "When was supervision first raised?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.types import OF_SERVICES, OWN_ACCOUNT, Report
from index.search.filtering import report_day
from qa_service import calibration
from qa_service.analysis.authorities import find_authority
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.register import OUTCOME_WORDS
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.times import in_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.matters import MatterSought, ReportOnMatter, matter_sought, reports_on
from qa_service.answering.sentences.neighbours import with_subjects
from qa_service.answering.sentences.subjects import JudgedSentence
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.questions.matter_questions import asks_when_raised, matter_asked, without_words_of_matter
from qa_service.understanding.report_preference import reports_of_time
from qa_service.wording import capitalised, is_dated, length_of_time, month_of, named_by_date

_MOST_ITEMS = 3
"""Maximum number of sentences from one report's list of what must improve."""
_PRAISED = "Praised"
"""What we add if the latest report praises the matter, because praise does not show that anything changed."""
_BOTH = "Both praised and criticised"


@dataclass(frozen=True, slots=True)
class _History:
    """What an authority's reports say about a matter over time."""

    authority: str
    times: str
    """Words for the time in which reports raised the matter, starting with a space. Empty if any time counts."""
    sought: MatterSought
    raised: tuple[ReportOnMatter, ...]
    """The reports that ask for the matter or criticise it, earliest first."""
    latest: ReportOnMatter
    """The latest report that asks for the matter, criticises it or praises it."""
    mention: ReportOnMatter | None
    """The latest report that mentions the matter, if it is later than ``latest``."""
    silent: int
    """Number of reports after ``latest``."""


class MatterOverTime:
    """Answers with each report that raises a matter, and with what the latest report on it says."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks how one matter in one authority has gone, or when it was raised."""
        asks = len(question.authorities) == 1 and not question.pointed and question.past_grades is None
        return asks and bool(matter_asked(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from all the sentences about the matter.

        None if no report raises it, or if the filters leave out any report.
        """
        history = _history(state, tools)
        if history is None:
            return None
        groups = [_of_raised(each, history) for each in history.raised]
        latest = _of_latest(history)
        groups += [latest] if latest else []
        if history.mention:
            said = sorted(history.mention.said, key=lambda each: not each.sentence.is_whole)
            groups.append(_evidence_with_heading(f"Mentioned ({named_by_date(history.mention.report)})", said[:1]))
        first = state.first_item
        page = groups[first : first + (state.question.items or calibration.ITEMS_PER_LIST)]
        selected = [evidence for group in page for evidence in group]
        sentence = _summary(history)
        last = first + len(page)
        return replace(
            state,
            interpretation=without_words_of_matter(state.interpretation),
            decision=Decision(AnswerStatus.ANSWERED, calibration.REGISTER_CONFIDENCE, sentence, _rule(history)),
            summary=Summary(sentence),
            passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
            selected=tuple(selected),
            total=len(groups),
            next_offset=last if last < len(groups) else None,
        )

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because no report raises the matter."""
        return state


def _history(state: PipelineState, tools: Tools) -> _History | None:
    """Return what the reports of a question's authority say about its matter. None if we cannot tell."""
    question, index = state.interpretation, tools.index
    sought = matter_sought(matter_asked(question))
    authority = find_authority(index.store.reports, question.authorities[0])
    if sought is None or authority is None or index.degraded:
        return None
    allowed = {report.id for report in index.allowed(state.question.filters)}
    reports = [
        report
        for report in sorted(index.store.reports, key=lambda report: (report_day(report), report.file))
        if report.authority == authority and not report.superseded_by and report.form in OWN_ACCOUNT
    ]
    if any(report.id not in allowed for report in reports):
        return None  # the filters may leave out the first or the last report that raises the matter
    return _of_reports(question, authority, sought, _of_remit(reports, reports_on(index, reports, sought)), reports)


def _of_remit(reports: Sequence[Report], about: Sequence[ReportOnMatter]) -> list[ReportOnMatter]:
    """Return what inspections of the authority's own services say about the matter.

    If no such report raises the matter, return what all reports say.
    """
    services = {report.id for report in reports if report.kind is None or report.kind in OF_SERVICES}
    own = [each for each in about if each.report.id in services]
    return own if any(each.raises for each in own) else list(about)


def _of_reports(
    question: Interpretation,
    authority: str,
    sought: MatterSought,
    about: Sequence[ReportOnMatter],
    reports: Sequence[Report],
) -> _History | None:
    raised = [each for each in about if each.raises]
    wanted = reports_of_time(Part(question.authorities, question.periods), [each.report for each in raised])
    times = ""
    if wanted is not None and asks_when_raised(question):
        raised = [each for each in raised if each.report.id in wanted]
        times = in_words(question, of_reports=True)
    elif wanted is not None:  # reports from after that time show what became of the matter
        first = next((at for at, each in enumerate(raised) if each.report.id in wanted), 0)
        raised = raised[first:]
    if not raised or not is_dated(raised[0].report):
        return None
    clear = [each for each in about if each.raises or each.praise]
    services = {each.report.kind in OF_SERVICES for each in raised}
    later = [
        report
        for report in reports
        if report_day(report) > report_day(clear[-1].report) and (report.kind in OF_SERVICES) in services
    ]
    mention = about[-1] if about[-1] is not clear[-1] else None
    return _History(authority, times, sought, tuple(raised), clear[-1], mention, len(later))


def _of_raised(each: ReportOnMatter, history: _History) -> list[Evidence]:
    """Return the sentences in which a report asks for a matter. If there are none, return its clearest criticism."""
    verb = "asked for" if each.items else "criticised"
    is_still = each is history.latest and each is not history.raised[0] and not each.praise
    heading = f"{OUTCOME_WORDS[Outcome.STILL]}: {verb}" if is_still else capitalised(verb)
    return _evidence_with_heading(f"{heading} {month_of(each.report)}", each.items[:_MOST_ITEMS] or each.criticism[:1])


def _of_latest(history: _History) -> list[Evidence]:
    """Return what the latest report says, without what has already been quoted from it."""
    quoted = history.latest.report.id in {each.report.id for each in history.raised}
    found = [] if quoted else history.latest.items[:_MOST_ITEMS] or history.latest.criticism[:1]
    return _evidence_with_heading(_outcome(history), [*found, *history.latest.praise[:1]])


def _evidence_with_heading(heading: str, sentences: Sequence[JudgedSentence]) -> list[Evidence]:
    """Return sentences as evidence, with a heading above the first.

    Before a sentence such as "They were late", we quote the sentences that say what it is about.
    """
    found = with_subjects([each.sentence.evidence(each.clarity) for each in sentences])
    return [replace(each, heading="" if at else heading) for at, each in enumerate(found)]


def _outcome(history: _History) -> str:
    """Say what the latest report shows: "Improved (focused visit of 3 June 2021)"."""
    latest = history.latest
    if latest.raises:
        words = _BOTH if latest.praise else OUTCOME_WORDS[Outcome.STILL]
    else:
        words = OUTCOME_WORDS[Outcome.IMPROVED] if latest.improved else _PRAISED
    return f"{words} ({named_by_date(latest.report)})"


def _summary(history: _History) -> str:
    """Say how many reports raise the matter, when the first and the last did, and what the latest report says."""
    raised, latest, matter = history.raised, history.latest, history.sought.words
    whose = f"{history.authority}{history.times}"
    first, last = raised[0].report, raised[-1].report
    if len(raised) == 1:
        start = f"1 report about {whose} raises {matter}, {month_of(first)}."
    else:
        days = report_day(first), report_day(last)
        months = (days[1].year - days[0].year) * 12 + days[1].month - days[0].month
        start = (
            f"{len(raised)} reports about {whose} raise {matter}. The first did so {month_of(first)} and "
            f"the last {month_of(last)}, {length_of_time(months)} later."
        )
    says = "asks for it to improve" if latest.items else "criticises it"
    if latest.praise:
        says = f"praises it and also {says}" if latest.raises else "praises it, and does not criticise it"
    end = f"The latest report to say something clear about it, on the {named_by_date(latest.report)}, {says}."
    if history.silent:
        later = "1 later report says" if history.silent == 1 else f"{history.silent} later reports say"
        end += f" {later} nothing clear about it."
        if history.mention:
            end += f" We quote its mention in the report on the {named_by_date(history.mention.report)}."
    return f"{start} {end}"


def _rule(history: _History) -> str:
    """Say which sentences count, and how sure we are."""
    return (
        f"We looked in all of {history.authority}’s reports for sentences about {history.sought.words}. A report "
        "raises the matter if its list asks for it, or if our model counts a sentence as criticism of it. Our model is "
        "right about praise and criticism for about nine sentences in ten. Reports may say the same thing in different "
        "words. Read the quotes before you say that it has been put right."
    )
