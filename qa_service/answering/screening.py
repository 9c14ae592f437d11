"""Recognises, before the search, questions that no report can answer, such as those about an unknown authority."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from corpus.dates import in_words
from corpus.names.regions import region_named
from corpus.types import Report
from index.search.filtering import allowed_reports, report_day
from index.types import Filters
from qa_service import calibration
from qa_service.analysis.authorities import authorities_of
from qa_service.answering.abstention import Decision, authorities_without_reports, from_times
from qa_service.answering.named_places import regions_among
from qa_service.types import AnswerStatus, Choice
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.headlines import asks_what_recurs
from qa_service.understanding.questions.rankings import asks_for_rank
from qa_service.understanding.report_preference import reports_of_time
from qa_service.understanding.requirements import asks_about_future, asks_for_advice, asks_for_proof, asks_for_writing
from qa_service.understanding.words.vocabulary import is_term
from qa_service.wording import KIND_WORDS, in_list, not_recognised, share_of, verb_after

_RECURS = (
    "Name one authority to see what keeps coming back in its reports. You can also ask about one subject, such as "
    "supervision, or what an authority needs to improve."
)

_RANK = (
    "Reports do not compare authorities, so they cannot say who has the most or the least, or who does best. You can "
    "ask who was praised or criticised for it, how authorities were graded, or compare a few that you name."
)
_FUTURE = (
    "Reports say what inspectors found. They do not say when the next inspection will be, or what it will find. You "
    "can ask how long it is since the last full inspection, or what must improve."
)


def screen(
    question: Interpretation,
    filters: Filters,
    reports: Sequence[Report],
    is_known: Callable[[str], bool],
    mentions: Callable[[str, Collection[str]], bool],
) -> Decision | None:
    """Return a decision not to answer, or None if the reports may answer the question.

    ``filters`` are the filters that the person set. ``is_known`` returns whether any passage contains the words of a
    name. ``mentions`` takes words and the ids of reports, and returns whether one passage of those reports contains all
    the words.
    """
    if reason := _beyond_quotes(question.text):
        return Decision(AnswerStatus.OUT_OF_SCOPE, 0.02, reason)
    named = max(len(question.authorities), len({period for period in question.periods if period.exact}))
    if named > calibration.MAX_PARTS:
        reason = (
            f"Your question names {named} authorities or times. You can ask about up to {calibration.MAX_PARTS} at "
            "once. Name fewer, or ask several questions."
        )
        return Decision(AnswerStatus.LOW_CONFIDENCE, 0.0, reason)
    if asks_what_recurs(question) and len(question.authorities) > 1:
        return Decision(AnswerStatus.OUT_OF_SCOPE, 0.02, _RECURS)
    if reason := _excluded_by_filters(question, filters, reports):
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.02, reason)
    missing = authorities_without_reports(question, reports)
    none_thematic = all(report.authority is not None for report in reports)  # a thematic report may mention it
    if missing and len(missing) == len(question.authorities) and none_thematic:
        reason = (
            f"We have no reports about {in_list(missing, last='or')}. Check the name, or choose an authority from the "
            "list of reports."
        )
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.02, reason)
    if decision := _unknown(question, reports, is_known):
        return decision
    if question.authorities and (decision := _no_mention(question, reports, mentions)):
        return decision
    if question.regions and not question.authorities:
        return _of_region(question, reports)
    if question.conditions.is_about_facts:
        return None  # the answer itself says if no report is from the time in the question
    return (
        _no_ranking(question)
        or _after_the_latest_report(question, reports)
        or _no_report_of_that_time(question, reports)
    )


def _unknown(question: Interpretation, reports: Sequence[Report], is_known: Callable[[str], bool]) -> Decision | None:
    """Abstain if no report contains a name in the question, or a word in the position of a place name.

    A question that also names an authority may be answered, without that word.
    """
    if unknown := [name for name in question.names if not is_known(name)]:
        names = in_list(unknown, last="or")
        mention = verb_after(0, len(reports), "mentions", "mention")
        reason = f"{share_of(0, len(reports))} {mention} {names}. Check the spelling, or ask without the name."
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.03, reason, not_applied=tuple(unknown))
    placed = [word.word for word in question.unknown if word.is_placed]
    if not placed or question.authorities or question.regions:
        return None
    reason = f"{not_recognised(placed)} Check the spelling, or ask without {'it' if len(placed) == 1 else 'them'}."
    return Decision(AnswerStatus.NOT_IN_REPORTS, 0.03, reason, not_applied=tuple(placed))


def _no_ranking(question: Interpretation) -> Decision | None:
    """Abstain if a question asks who has the most or the least of something, because quotes would not show that."""
    return Decision(AnswerStatus.OUT_OF_SCOPE, 0.02, _RANK) if asks_for_rank(question) else None


def _of_region(question: Interpretation, reports: Sequence[Report]) -> Decision:
    """Say that no filter covers a region. Quotes and grades from elsewhere would answer a different question."""
    regions = in_list(question.regions)
    named = tuple(regions_among(question.not_applied, question))
    [*known] = filter(None, map(region_named, question.regions))
    if len(known) == len(question.regions) == 1:
        if not any(report.authority in known[0].authorities for report in reports):
            reason = f"We have no reports on an authority in {regions}."
            return Decision(AnswerStatus.NOT_IN_REPORTS, 0.02, reason, not_applied=named)
        reason = (
            f"We can limit an answer to {regions}, but not compare it with other places or leave it out. Ask about the "
            "authorities there."
        )
        return Decision(AnswerStatus.OUT_OF_SCOPE, 0.02, reason, not_applied=named)
    reason = (
        f"We cannot limit an answer to {regions}, because reports do not say which region an authority is in, or what "
        "type of council it has. Name the authorities that you mean, or one region of England."
    )
    return Decision(AnswerStatus.OUT_OF_SCOPE, 0.02, reason, not_applied=named)


def _beyond_quotes(text: str) -> str:
    """Say why quotes from reports cannot give what a question asks for. Empty if they can."""
    if asks_for_writing(text):
        return "This service only quotes inspection reports. It cannot write text for you. Ask what the reports say."
    if asks_for_advice(text):
        return "This service only quotes inspection reports. It cannot advise you. Ask what the reports say."
    if asks_for_proof(text):
        return "This service only quotes inspection reports. It cannot prove a general claim. Ask what the reports say."
    return _FUTURE if asks_about_future(text) else ""


def _no_mention(
    question: Interpretation, reports: Sequence[Report], mentions: Callable[[str, Collection[str]], bool]
) -> Decision | None:
    """Abstain if the question names a person, place or scheme that no report on its authorities mentions."""
    about = {report.id for report in _about(question, reports)}
    # A specialist term in capitals, such as "Contact Centre", is not a name. Reports may use another word for it.
    names = [name for name in question.names if not is_term(name)]
    absent = tuple(name for name in names if about and not mentions(name, about))
    if not absent:
        return None
    reason = (
        f"No report about {in_list(question.authorities)} mentions {in_list([f'“{name}”' for name in absent])}. Check "
        "the spelling, or ask without the name."
    )
    return Decision(AnswerStatus.NOT_IN_REPORTS, 0.03, reason, not_applied=absent)


def ask_which(choices: Sequence[Choice]) -> Decision:
    """Ask which of several possible meanings the person intended."""
    names = in_list([choice.label for choice in choices], last="or")
    return Decision(AnswerStatus.CLARIFICATION, 0.0, f"Your question could be about {names}. Which do you mean?")


def say_what_can_be_asked(reports: Sequence[Report]) -> Decision:
    """Say what the service does, with examples about an authority in the index."""
    about = authorities_of(reports)
    examples = ["“Which authorities require improvement?”"]
    if about:
        of_one = (
            "How was {} rated?",
            "What does {} need to improve?",
            "What did inspectors say about care leavers in {}?",
        )
        examples = [*(f"“{question.format(about[0])}”" for question in of_one), *examples]
    reason = (
        "This service uses inspection reports to answer your questions, in the reports’ own words. You can ask, for "
        "example: "
        f"{in_list(examples, last='or')}."
    )
    return Decision(AnswerStatus.OUT_OF_SCOPE, 0.0, reason)


def _excluded_by_filters(question: Interpretation, filters: Filters, reports: Sequence[Report]) -> str:
    """Say why the filters leave no report that could answer the question. Empty if they leave at least one."""
    if not filters.any:
        return ""
    allowed = [report for report, passes in zip(reports, allowed_reports(reports, filters), strict=True) if passes]
    if not allowed:
        return "No report matches your filters. Remove a filter, then ask again."
    if not question.authorities:
        return ""
    if filters.authority and not {name.casefold() for name in filters.authority} & {
        name.casefold() for name in question.authorities
    }:
        return (
            f"Your question is about {in_list(question.authorities)}, but your filter includes only "
            f"{in_list(filters.authority)}. Change the filter or the question."
        )
    excluded = authorities_without_reports(question, allowed)
    with_reports = set(question.authorities) - set(authorities_without_reports(question, reports))
    if with_reports and set(excluded) == set(question.authorities) and all(report.authority for report in allowed):
        return f"Your filters leave out every report about {in_list(excluded)}. Remove a filter, then ask again."
    return ""


def _after_the_latest_report(question: Interpretation, reports: Sequence[Report]) -> Decision | None:
    """Abstain if every time that the question names is later than the latest report."""
    days = [max(report_day(report), report.published or date.min) for report in _about(question, reports)]
    latest, number = max(days, default=None), len(days)
    if latest is None or not question.periods or any(period.first <= latest for period in question.periods):
        return None
    if latest == date.min:
        reason = (
            f"{share_of(0, number)}{_about_whom(question)} {verb_after(0, number, 'has', 'have')} a date, so we cannot "
            "tell which is from the time you asked about. Ask again without the date."
        )
        return Decision(AnswerStatus.NOT_IN_REPORTS, 0.03, reason)
    reason = (
        f"Our latest report{_about_whom(question)} is from {in_words(latest)}. That is before the time you asked about."
    )
    return Decision(AnswerStatus.NOT_IN_REPORTS, 0.03, reason)


def _no_report_of_that_time(question: Interpretation, reports: Sequence[Report]) -> Decision | None:
    """Abstain if the question asks for reports from a certain time and there are none."""
    for part in question.parts:
        named = [period for period in part.periods if period.exact and period.of_report]
        if not named or reports_of_time(part, reports):
            return _no_report_of_that_kind(question, reports)
    periods = [period for period in question.periods if period.exact]
    days = sorted(day for report in _about(question, reports) if (day := report_day(report)) != date.min)
    if not periods or not days:
        return None
    months = list(dict.fromkeys(f"{day:%B %Y}" for day in days))
    dates = f"{months[0]} to {months[-1]}" if len(months) > calibration.MAX_DATES_LISTED else in_list(months)
    whom = _about_whom(question)
    ours = f"Our report{whom} is" if len(days) == 1 else f"Our reports{whom} are"
    reason = f"We have no report{whom} {from_times(periods)}. {ours} from {dates}."
    return Decision(AnswerStatus.NOT_IN_REPORTS, 0.05, reason)


def _no_report_of_that_kind(question: Interpretation, reports: Sequence[Report]) -> Decision | None:
    """Abstain if a question names authorities, a kind of inspection and a time, and we have no such report."""
    kinds, periods = question.kinds, [period for period in question.periods if period.exact and period.of_report]
    if not (question.only_kinds and kinds and periods and question.authorities):
        return None
    then = {each for part in question.parts for each in reports_of_time(part, reports) or ()}
    of_kind = [report for report in _about(question, reports) if report.kind in kinds]
    if len(periods) < len(question.periods) or any(report.id in then for report in of_kind):
        return None
    noun, names = KIND_WORDS[kinds[0]], in_list(question.authorities)
    months = list(dict.fromkeys(f"{report_day(report):%B %Y}" for report in sorted(of_kind, key=report_day)))
    others = f" Those that we have are from {in_list(months)}." if months else ""
    reason = f"We have no report on a {noun} about {names} {from_times(periods)}.{others}"
    return Decision(AnswerStatus.NOT_IN_REPORTS, 0.05, reason)


def _about(question: Interpretation, reports: Sequence[Report]) -> list[Report]:
    """Return the reports on the authorities that a question names, or all reports if it names none."""
    return [report for report in reports if not question.authorities or report.authority in question.authorities]


def _about_whom(question: Interpretation) -> str:
    return f" about {in_list(question.authorities)}" if question.authorities else ""
