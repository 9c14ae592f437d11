"""Words and phrases for the sentences in answers from facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.facts.kinds import entry_of
from corpus.types import FULL_INSPECTIONS, OTHER_KINDS, Kind, Report
from index.storage.fact_query import Pick
from qa_service.understanding.conditions.types import CountCondition
from qa_service.wording import KIND_WORDS, days_of, in_list, is_dated, kind_words, named_by_date, share_of

_NAMED_APART = 5
"""Maximum number of authorities that a note names one by one. We chose this value by judgement."""
_PREPOSITIONS = {entry_of(kind).name: entry_of(kind).of for kind in OTHER_KINDS}
PICK_WORDS = {Pick.FIRST: "first", Pick.PREVIOUS: "second most recent", Pick.LATEST: "latest"}
"""Words before a noun that show which of an authority's inspections we mean."""


def plural(count: int, noun: str, many: str = "") -> str:
    """Return a count with its noun: "1 report", "2 reports", "no authorities"."""
    words = noun if count == 1 else many or f"{noun}s"
    return f"{count or 'no'} {words}"


def number_words(count: CountCondition) -> str:
    """Return words for a number of inspections: "2 or more", "at most 1"."""
    if count.most is None:
        return f"{count.least} or more"
    if count.least == count.most:
        return f"exactly {count.least}" if count.least else "no"
    return f"at most {count.most}" if not count.least else f"{count.least} to {count.most}"


def number_of_noun(count: CountCondition) -> int:
    """Return the number that the noun after :func:`number_words` must agree with: "at most 1 visit", "no visits"."""
    return 1 if count.most == 1 else 2


def share_words(total: int, looked_at: int, which: str, noun: str = "authority", many: str = "authorities") -> str:
    """Return the subject of a sentence: "2 of the 24 authorities with an overall grade"."""
    return f"{share_of(total, looked_at, noun, many)} {which}"


def with_time_first(time: str, sentence: str) -> str:
    """Return a sentence that begins with a time: "In 2023, 1 of the 2 authorities …"."""
    time = time.strip()
    return f"{time[0].upper()}{time[1:]}, {sentence[0].lower()}{sentence[1:]}" if time else sentence


def kind_noun(kinds: Sequence[Kind], count: int) -> str:
    """Return the noun for the given kinds of inspection: "monitoring visit", "inspections", "reports"."""
    names = {KIND_WORDS[kind] for kind in kinds}
    noun = (
        "full inspection"
        if set(kinds) == set(FULL_INSPECTIONS)
        else names.pop()
        if len(names) == 1
        else "visit"
        if names and all("visit" in name for name in names)
        else ("inspection" if names and Kind.ILACS in kinds else "report")
    )
    return noun if count == 1 else f"{noun}s"


def with_article(noun: str) -> str:
    """Return a noun with "a" or "an"."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def preposition_of(noun: str) -> str:
    """Return the preposition between an inspection and its authority: "a visit to Brent", "an inspection of Brent"."""
    return _PREPOSITIONS.get(noun.removesuffix("s"), "to" if noun.endswith(("visit", "visits")) else "of")


def report_words(kinds: Sequence[Kind], count: int, authorities: Sequence[str]) -> str:
    """Return words for some reports and their subject: "report on a visit to Brent", "reports on inspections"."""
    reports, noun = "report" if count == 1 else "reports", kind_noun(kinds, count)
    names = in_list(list(authorities)) if authorities else ""
    if noun == reports:
        return f"{reports} on {names}" if names else reports
    whose = f" {preposition_of(noun)} {names}" if names else ""
    return f"{reports} on {with_article(noun) if count == 1 else noun}{whose}"


def without_overall_words(lacking: int, reports: int, unread: int = 0) -> str:
    """Say that some of the reports do not give the overall grade that a question asks for. Empty if all do.

    ``unread`` is the number of these reports that should give the grade, but in which we could not read it.
    """
    if not lacking:
        return ""
    if unread:
        where = "the report" if reports == 1 else "one report" if unread == 1 else f"{unread} reports"
        could = f"We could not read the overall grade in {where}, so we show the grades that we could read."
        return " ".join(filter(None, (could, without_overall_words(lacking - unread, max(2, reports)))))
    if lacking == 1:
        report = "The report" if reports == 1 else "One report"
        return f"{report} does not give an overall grade, so we show all its grades."
    these = "The reports do" if lacking == reports else f"{lacking} reports do"
    return f"{these} not give an overall grade, so we show all their grades."


def inspections_words(reports: Sequence[Report]) -> str:
    """Name one or more inspections by their dates: "inspections of 4 May 2018 and 15 September 2023"."""
    kinds = {kind_words(report) for report in reports}
    if len(reports) > 1 and len(kinds) == 1 and all(map(is_dated, reports)):
        return f"{kinds.pop()}s of {in_list([days_of(report) for report in reports])}"
    return in_list([named_by_date(report) for report in reports])


def used_words(pick: Pick, whose: str = "the", *, many: bool = False) -> str:
    """Say which graded inspections were used: "each authority’s latest graded inspection"."""
    if pick is Pick.ALL:
        return "every graded inspection"
    return f"{whose} {PICK_WORDS[pick]} graded inspection{'s' * many}"


def unread_words(areas: Iterable[str], report: Report) -> str:
    """Say that we could not read some grades of a report, and what to do."""
    quoted = [f"“{area}”" for area in areas]
    grades, them = ("grade", "it") if len(quoted) == 1 else ("grades", "them")
    where = f"the report on {report.authority}’s {named_by_date(report)}"
    return f"We could not read the {grades} for {in_list(quoted)} in {where}. Look for {them} on the report’s pages."


def apart_words(authorities: Sequence[str], why: str) -> str:
    """Return a note on authorities that were not counted."""
    return f"We did not count {_first_few(authorities)}, because {why}." if authorities else ""


def others_words(authorities: Sequence[str]) -> str:
    """Return a note on the authorities that do not fit, if the others do."""
    if not authorities:
        return ""
    return f"The other{' is' if len(authorities) == 1 else 's are'} {_first_few(authorities)}."


def _first_few(authorities: Sequence[str]) -> str:
    """Return the names of authorities in a list, or of the first few and the number of the rest."""
    if len(authorities) <= _NAMED_APART:
        return in_list(list(authorities))
    return in_list([*authorities[:_NAMED_APART], f"{len(authorities) - _NAMED_APART} more"])
