"""What a question is about: the authorities, times and kinds of inspection it names, and the words left to search."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.authorities import Mention, mentions, misspelt
from corpus.dates import MONTH
from corpus.types import FULL_INSPECTIONS, VISITS, Form, Kind, Report
from index.filtering import report_day
from qa_service.claims import claimed_grade, grade_of
from qa_service.periods import Period, asks_for_latest, closeness, find_periods

_LETTER = r"\bletter\b(?! (?:before|to|from|sent)\b)"
"""The letter that reports on a visit; others are sent to parents, or before proceedings."""
_KINDS: tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kinds)
    for pattern, kinds in (
        (r"\bmonitoring visits?\b", (Kind.MONITORING_VISIT,)),
        (r"\bfocus+ed (?:visit|report|inspection)s?\b", (Kind.FOCUSED_VISIT,)),
        (r"\b(?:area |local area )?send (?:inspection|report|local area)s?\b|\b(?-i:SEND)\b", (Kind.AREA_SEND,)),
        (r"\bjoint targeted\b|\bJTAI\b", (Kind.JOINT_TARGETED,)),
        (r"\bfull inspections?\b", FULL_INSPECTIONS),
        (rf"\bvisits?\b|{_LETTER}", VISITS),
        (r"\binspect(?:ions?|ed)\b", (*FULL_INSPECTIONS, Kind.AREA_SEND)),
    )
)
_IMPROVE = re.compile(
    r"\b(?:areas? (?:for|of) improvement|needs? (?:to be )?improv(?:e|ed|ing)|"
    r"need(?:s|ed)? to (?:improve|fix|do better)|"
    r"(?:has|have|had|told|asked|get|got|anything|something) (?:\w+ ){0,3}to (?:fix|improve|work on|do better|address)|"
    r"recommend(?:ed|ations?)|priority actions?|"
    r"what(?:[’']?s| is)? (?:still |left )*to (?:improve|fix|work on|do better))\b",
    re.IGNORECASE,
)
_IMPROVE_HEADING = "What needs to improve?"
"""The heading that reports give the list: it is embedded above each passage of the list, and so finds it."""
_IMPROVE_SECTION = re.compile(
    r"needs? to (?:improve|do better)|(?:areas?|points) for (?:improvement|priority action|development)|"
    r"^recommendations?|^priority actions?",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:chang(?:e|ed|es|ing)|improv(?:ed|ing|ement)|better|worse|moved|progress(?:ed)?|"
    r"since|still|went|go (?:up|down)|"
    r"up or down|compared with)\b",
    re.IGNORECASE,
)
_SEND = re.compile(
    r"\b(?:(?-i:SEND?)|EHC ?plans?|EHCPs?|special educational|autis(?:m|tic)|neurodiver\w+|SENCOs?|speech and language|"
    r"learning difficult\w+|area partnership)\b",
    re.IGNORECASE,
)
"""What the inspections of an area's arrangements for these children are about; others are not looked for in them when
the latest report is asked for."""
KIND_WORDS = {
    Kind.ILACS: "inspection",
    Kind.SINGLE_INSPECTION: "inspection",
    Kind.SHORT: "inspection",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.AREA_SEND: "area SEND inspection",
    Kind.JOINT_TARGETED: "joint targeted area inspection",
    Kind.LSCB_REVIEW: "safeguarding board review",
}
_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"\b(?:thematic|national(?:ly)?|study)\b", re.IGNORECASE), Form.THEMATIC),
    (re.compile(r"\b(?:news|article|press)\b", re.IGNORECASE), Form.ARTICLE),
    (re.compile(_LETTER, re.IGNORECASE), Form.LETTER),
)
# Words that speak of the asking, not of what is asked; what the other fields stand for is taken out with them.
_ASKING = re.compile(
    rf"{_LETTER}|\b(?:according to|ofsted|inspectors?|inspections?|reports?|visits?|find|found|said|say|says|tell|told|"
    r"news|article|thematic|"
    r"please|pls|thanks|compared?|versus|vs|v|latest|most recent(?:ly)?|currently|now|"
    r"(?:(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) )?monitoring|"
    r"focus+ed)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}\b(?!-)")
_NOT_NAMES = re.compile(
    rf"^(?:{MONTH}|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|ofsted|council|borough|county|"
    r"city|english|british|england|please|thanks|latest|children|services|inspectors|reports?|visit|inspection)$",
    re.IGNORECASE,
)
"""Words that people write with a capital and that name nothing to look for."""
_PREFERENCE = {"period": 2.0, "kind": 0.6, "latest": 1.0, "form": 1.0, "claimed": 1.0, "recent": 0.3, "scale": 0.7}
"""How much each wish that a report meets adds to its passages' scores, all times the scale; a score is under 2."""
_YEARS_TO_HALF = 3.0


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things a question asks about: an authority, a time, or one at the other."""

    authorities: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    latest: bool = False


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question taken apart."""

    text: str
    """The standalone question, whole."""
    search_text: str
    """The words left to search, without the names and times that filters and preferences stand for."""
    authorities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Words with a capital in mid-sentence, other than authorities: names of places, schemes, bodies."""
    places: tuple[str, ...] = ()
    """Those of the names that follow "in" or "at"."""
    periods: tuple[Period, ...] = ()
    kinds: tuple[Kind, ...] = ()
    latest: bool = False
    form: Form | None = None
    improvements: bool = False
    """Whether it asks what a report wants improved."""
    claimed: str | None = None
    """A grade that it takes for given, by its first letters: the report that gave it is meant."""
    parts: tuple[Part, ...] = (Part(),)
    """What is searched apart, so that each side of a comparison is found: never empty."""

    @property
    def across(self) -> bool:
        """Whether it is asked of all reports, and not of one authority, place or article."""
        return not (self.authorities or self.places or self.form or self.improvements)

    @property
    def in_words(self) -> tuple[str, ...]:
        """What was understood, to be shown to the person who asked."""
        times = (period.words for period in self.periods)
        kinds = (KIND_WORDS[kind] for kind in self.kinds[:1])
        return (*self.authorities, *dict.fromkeys(times), *kinds, *(("latest report",) if self.latest else ()))


def interpret(text: str, known: Sequence[str]) -> Interpretation:
    """Take a standalone question apart; ``known`` are the authorities that the index holds reports of."""
    named = mentions(text, known, typed=True)
    right = [(mention.start, mention.end) for mention in named]
    typed = [wrong for wrong in misspelt(text, known) if not any(s < wrong.end and wrong.start < e for s, e in right)]
    named = sorted((*named, *typed), key=lambda mention: mention.start)
    periods = tuple(find_periods(text))
    authorities = tuple(dict.fromkeys(mention.name for mention in named))
    latest = asks_for_latest(text)
    improvements = bool(_IMPROVE.search(text))
    return Interpretation(
        text=text,
        search_text=_search_text(text, named, periods) + (f" {_IMPROVE_HEADING}" if improvements else ""),
        authorities=authorities,
        names=_names(text, named),
        places=tuple(name for name in _names(text, named) if re.search(rf"\b(?:in|at|near) {name}\b", text)),
        periods=periods,
        kinds=next((kinds for pattern, kinds in _KINDS if pattern.search(text)), ()),
        latest=latest,
        improvements=improvements,
        claimed=claimed_grade(text),
        form=next((form for pattern, form in _FORMS if pattern.search(text)), None),
        parts=divide(authorities, periods, latest=latest, change=asks_of_change(text)),
    )


def is_of_partnership(question: Interpretation) -> bool:
    """Whether a question is about what inspections of an area's arrangements for SEND are about."""
    return question.kinds == (Kind.AREA_SEND,) or bool(_SEND.search(question.text))


def without_parts(question: Interpretation) -> Interpretation:
    """The question searched as one, whatever it compares."""
    return replace(question, parts=(Part(question.authorities, question.periods, question.latest),))


def without_kinds(text: str) -> str:
    """A text without the words that name a kind of inspection."""
    for pattern, _ in _KINDS:
        text = pattern.sub(" ", text)
    return text


def asks_of_change(text: str) -> bool:
    """Whether a question asks how something changed."""
    return bool(_CHANGE.search(text))


def lists_improvements(section: Sequence[str]) -> bool:
    """Whether a section is a report's own list of what must improve."""
    return any(_IMPROVE_SECTION.search(heading) for heading in section[-2:])


def divide(
    authorities: tuple[str, ...], periods: tuple[Period, ...], *, latest: bool, change: bool
) -> tuple[Part, ...]:
    """The parts of a question: one an authority, or one a time where it asks how something changed.

    Where as many times as authorities are named, they belong together in order ("Dudley in 2024 or Newham in 2022").
    """
    exact = tuple(period for period in periods if period.exact)
    if len(authorities) > 1:
        paired = len(exact) == len(authorities)
        return tuple(
            Part((name,), (exact[index],) if paired else periods, latest) for index, name in enumerate(authorities)
        )
    if len(exact) > 1:
        return tuple(Part(authorities, (period,)) for period in exact)
    if authorities and exact and (latest or change):
        return (Part(authorities, exact), Part(authorities, latest=True))
    return (Part(authorities, periods, latest),)


def preferences(question: Interpretation, part: Part, reports: Sequence[Report]) -> dict[str, float]:
    """What is added for each report that meets a wish of the question: the time, the kind, being the latest.

    Where a question names no time, newer reports are preferred a little: an old finding may have been put right since.
    """
    added: dict[str, float] = {}
    latest = _latest(question, part, reports) if part.latest else set()
    timeless = bool(part.authorities) and not part.periods and not part.latest
    newest = _newest(reports) if timeless else {}
    for report in reports:
        bonus = _PREFERENCE["recent"] * _recency(report, newest) if timeless else 0.0
        bonus += _PREFERENCE["period"] * max((_wish(report, period) for period in part.periods), default=0.0)
        bonus += _PREFERENCE["kind"] * (report.kind in question.kinds)
        bonus += _PREFERENCE["latest"] * (report.id in latest)
        bonus += _PREFERENCE["form"] * (report.form is question.form)
        bonus += _PREFERENCE["claimed"] * (timeless and _gave(report, question.claimed))
        if bonus:
            added[report.id] = _PREFERENCE["scale"] * bonus
    return added


def reports_of_time(part: Part, reports: Sequence[Report]) -> set[str] | None:
    """Ids of the reports of the times that a part names, and of its authorities; None where it names no time."""
    exact = [period for period in part.periods if period.exact]
    if not exact:
        return None
    about = (report for report in reports if not part.authorities or report.authority in part.authorities)
    return {report.id for report in about if any(closeness(report, period) for period in exact)}


def _names(text: str, named: Sequence[Mention]) -> tuple[str, ...]:
    """Names, by their capital where no sentence begins; all capitals are an abbreviation, often spelt out."""
    found = []
    for match in _NAME.finditer(text):
        inside = any(mention.start <= match.start() < mention.end for mention in named)
        if not inside and not _NOT_NAMES.match(match.group()):
            found.append(match.group())
    return tuple(dict.fromkeys(found))


def _newest(reports: Sequence[Report]) -> dict[str | None, date]:
    """The day of each authority's newest report."""
    newest: dict[str | None, date] = {}
    for report in reports:
        newest[report.authority] = max(report_day(report), newest.get(report.authority, date.min))
    return newest


def _recency(report: Report, newest: Mapping[str | None, date]) -> float:
    """1.0 for an authority's newest report, half of that for one of three years before it, and so on."""
    years = (newest[report.authority] - report_day(report)).days / 365.25
    return _YEARS_TO_HALF / (_YEARS_TO_HALF + years)


def _gave(report: Report, claimed: str | None) -> bool:
    """Whether a report's overall grade is the one that a question takes for given."""
    return any("overall" in j.area.lower() and grade_of(j.grade) == claimed for j in report.judgements)


def _wish(report: Report, period: Period) -> float:
    return closeness(report, period) * (1.0 if period.exact else 0.3)


def _latest(question: Interpretation, part: Part, reports: Sequence[Report]) -> set[str]:
    """The latest report of each of a part's authorities, among those of the kinds named if there are any."""
    latest: dict[str | None, Report] = {}
    partnership = is_of_partnership(question)
    for report in reports:
        fits = not question.kinds or report.kind in question.kinds
        fits = fits and (partnership or report.kind is not Kind.AREA_SEND)
        named = not part.authorities or report.authority in part.authorities
        if (
            fits
            and named
            and (report.authority not in latest or report_day(report) > report_day(latest[report.authority]))
        ):
            latest[report.authority] = report
    return {report.id for report in latest.values()}


def _search_text(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> str:
    spans = sorted([(m.start, m.end) for m in named] + [(p.start, p.end) for p in periods])
    kept, at = [], 0
    for start, end in spans:
        if start >= at:
            kept.append(text[at:start])
            at = end
    kept.append(text[at:])
    words = re.sub(
        r"(?<=\s)['’]?s\b|^['’]?s\b|\b(?:in|at|for|of|to|from|and|with|by|between) (?=\s|[?,.;:)]|$)",
        " ",
        " ".join(kept),
    )
    words = re.sub(r"\(\s*\)", " ", _ASKING.sub(" ", words))
    words = re.sub(r"\s+([?.,;:])", r"\1", re.sub(r"\s+", " ", words)).strip(" ,;:-–")
    return words if re.search(r"[A-Za-z]{3}", words) else text
