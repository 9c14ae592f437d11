"""What a question is about: the authorities, times and kinds of inspection that it names, and its search words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from corpus.facts.kinds import any_words, asked_words
from corpus.grades import Grade
from corpus.lists.titles import names_list
from corpus.names.authorities import Mention
from corpus.names.typed_names import AmbiguousMention, typed_names
from corpus.types import FULL_INSPECTIONS, VISITS, Form, Kind
from qa_service.calibration import MAX_PARTS
from qa_service.types import Choice, Correction
from qa_service.understanding.conditions.types import Conditions, Span
from qa_service.understanding.conditions.wording import condition_words, newest_words
from qa_service.understanding.grade_claims import claimed_grade
from qa_service.understanding.graded_parts.types import GradedParts
from qa_service.understanding.histories.types import PastGrades
from qa_service.understanding.order_words import without_order
from qa_service.understanding.questions.asides import with_topic, without_asides
from qa_service.understanding.times.changes import (
    CHANGED,
    asks_what_changed,
    compared_with_before,
    since_last_inspection,
)
from qa_service.understanding.times.latest import asks_for_latest
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.reading import find_periods
from qa_service.understanding.waits.types import Wait
from qa_service.understanding.words.abbreviations import written_out
from qa_service.understanding.words.normalisation import normalised
from qa_service.understanding.words.search_words import LETTER, names_in, search_text
from qa_service.understanding.words.spelling import correct
from qa_service.understanding.words.unknown_words import UnknownWord, unknown_words
from qa_service.wording import KIND_WORDS, in_list

_KINDS: tuple[tuple[re.Pattern[str], tuple[Kind, ...], bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kinds, alone)
    for pattern, kinds, alone in (
        *((rf"\b(?:{any_words(asked)})\b", (kind,), True) for kind, asked in asked_words()),
        (r"\bmonitoring visits?\b", (Kind.MONITORING_VISIT,), True),
        (r"\bfocus+ed (?:visit|report|inspection)s?\b", (Kind.FOCUSED_VISIT,), True),
        (r"\b(?:area |local area )?send (?:inspection|report|local area)s?\b", (Kind.AREA_SEND,), True),
        (r"\b(?-i:SEND)\b", (Kind.AREA_SEND,), False),
        (r"\bjoint targeted\b|\bJTAI\b", (Kind.JOINT_TARGETED,), True),
        (r"\bfull inspections?\b", FULL_INSPECTIONS, True),
        (rf"\bvisits?\b|{LETTER}", VISITS, False),
        (r"\binspect(?:ions?|ed)\b", (*FULL_INSPECTIONS, Kind.AREA_SEND), False),
    )
)
_ANCHOR = re.compile(
    r"\b(?:since|than|compared (?:with|to))\b(?:\s+[\w’'-]+){0,7}?\s+(?:inspections?|visits?|reports?|letters?)\b",
    re.IGNORECASE,
)
"""The inspection from which a change is counted: "since the 2021 visit". The question is about later inspections
too."""
_KIND_NOUN = re.compile(r"\b(inspections?|visits?|letters?)\b", re.IGNORECASE)
_IMPROVE = re.compile(
    r"\b(?:areas? (?:for|of) improvement|(?:which|what|every|all|the) improvements?(?: points?)?\b|improvement points?|"
    r"improvements? (?:needed|required|wanted|asked for)|what (?:still )?(?:has|have|needs?) to (?:improve|get better)|"
    r"(?:still )?needs? (?:to be )?improv(?:e|ed|ing)|"
    r"(?:still )?need(?:s|ed)? to (?:improve|fix|do better)|"
    r"(?:has|have|had|told|tell|asked?|required?|expect(?:ed)?|wants?|wanted|instruct(?:ed)?|advised?|supposed|get|got|"
    r"anything|something) (?:[\w’'-]+ ){0,5}?to (?:fix|improve|work on|do better|address)|"
    r"recommend(?:ed|ations?)|(?:ofsted|inspectors?|reports?|inspections?) recommends?|priority actions?|"
    r"(?:say|says|said) (?:that )?(?:[\w’'-]+ ){1,5}?(?:must|should|needed to|had to) improve|"
    r"(?:(?:told|tell|ask(?:ed)?|want(?:ed|s)?|need(?:s|ed)?|has|have|had) (?:[\w’'-]+ ){0,5}?to (?:get )?|"
    r"need(?:s|ed)? (?:to )?(?:get )?)"
    r"(?:sort(?:ed)?(?: out)?|put right|get right|pull (?:its|their) socks up(?: on)?|buck up(?: on)?|tighten up)"
    r"(?= (?:in|at|by|from|according|when|after|on the|during|first|next)\b|\W*$)|"
    r"what (?:must|should) (?:[\w’'-]+ ){0,6}?(?:improve|do better|fix|work on|tackle|prioritise|"
    r"(?:do|sort out|focus on)(?= (?:first|next)\b))|"
    r"what(?:[’']?s| is)? (?:still |left )*to (?:improve|fix|work on|do better)|"
    r"what (?:must|should|does|do|is|are) (?:the )?(?:[\w’'-]+ ){0,4}?(?:ICBs?|integrated care board|councils?|"
    r"local authority|partnership|board|police|schools|LSCB|health (?:services|leaders)|probation(?: service)?) "
    r"(?:(?:have|need|asked|told|required) to )?do(?= in\b| for\b| now\b| next\b|\W*$))\b",
    re.IGNORECASE,
)
IMPROVE_SEARCH = " What needs to improve?"
"""The heading of the list of improvements in a report. Each passage in the list is embedded with this heading, so
searching for it finds the list."""
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
"""Words for the subjects of area SEND inspections. If a question on another subject asks for the latest report, these
inspections do not count."""
LATEST = "latest report"
"""The label that shows that a question refers to the latest report."""
SINCE_LAST = "since the last inspection"
"""The label that shows that a question refers to the reports from the last full inspection on."""
_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"\b(?:thematic|national(?:ly)?|study)\b", re.IGNORECASE), Form.THEMATIC),
    (re.compile(r"\b(?:news|article|press)\b", re.IGNORECASE), Form.ARTICLE),
    (re.compile(LETTER, re.IGNORECASE), Form.LETTER),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question: an authority, a time, or an authority at a given time."""

    authorities: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    latest: bool = False
    after: Period | None = None
    """The earlier time that the other part is about, if this part is about the reports after it."""


class Relation(StrEnum):
    """What a follow-up asks about the sentences that were quoted."""

    REASON = "reason"
    REMEDY = "remedy"
    """It asks what the report says must be done about them."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a follow-up refers to: an item in an earlier answer, or more of the answer."""

    root: int
    """Index in the history of the question whose answer the follow-up refers to."""
    told: tuple[str, ...] = ()
    """The sentences already quoted, which we do not quote again."""
    item: str = ""
    """The words of the item that the follow-up refers to. Empty if there is no item, or if it is an authority or a
    report."""
    items: tuple[str, ...] = ()
    """The words of each item in a list, if the follow-up asks for more about all of them."""
    first_item: int = 0
    """Index of the first item to show, if the follow-up asks for more of a list."""
    relation: Relation | None = None
    """Whether the follow-up asks for the reasons for a quote, or for what should be done about it."""
    quoted: tuple[tuple[str, str], ...] = ()
    """The sentences for which it asks the reasons or remedies, each with the id of its report."""
    unmet: str = ""
    """Why the follow-up cannot be answered, if the answer has no such item."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What we understood a question to mean, with the parts that earlier questions add to it."""

    text: str
    """The whole question, with all that it needs to make sense on its own."""
    search_text: str
    """The words to search for. They do not include the names and times that filters and preferences cover."""
    authorities: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Words with a capital letter in mid-sentence: names of places, schemes and bodies, but not of authorities."""
    places: tuple[str, ...] = ()
    """The names that follow "in", "at" or "near"."""
    periods: tuple[Period, ...] = ()
    kinds: tuple[Kind, ...] = ()
    """The kinds of inspection whose reports we prefer for this question."""
    only_kinds: bool = False
    """Whether the question is only about those kinds, because it names them exactly: "monitoring visits", but not
    "inspections"."""
    latest: bool = False
    changed: bool = False
    """Whether the question only asks if something has changed up to now: "Is supervision better than it was?"."""
    in_own_words: bool = False
    """Whether we search for the question's own words, because the words for a change find nothing."""
    since_last: bool = False
    """Whether the question is about the time since the last full inspection of each authority."""
    form: Form | None = None
    asks_for_improvements: bool = False
    """Whether the question asks what a report says must improve."""
    claimed_grade: Grade | None = None
    """A grade that the question assumes an authority has. The question is then about the report that gave it."""
    parts: tuple[Part, ...] = (Part(),)
    """The parts to search for separately, so that the search finds both sides of a comparison. Never empty."""
    carried_over: tuple[str, ...] = ()
    """What earlier questions added, in words."""
    times_left_out: tuple[Period, ...] = ()
    """The times that the question excludes: "other than 2023"."""
    choices: tuple[Choice, ...] = ()
    """The possible meanings of the question, if it has several. The question is then not answered."""
    conditions: Conditions = field(default_factory=Conditions)
    """What the question asks for, and what limits the answer apart from authorities, times and kinds."""
    wait: Wait | None = None
    """The length of time that the question asks for: "how long ago". None if the question asks for no length of time.
    """
    past_grades: PastGrades | None = None
    """What the question asks about the grades of authorities over time. None if the question does not ask about these.
    """
    graded_parts: GradedParts | None = None
    """The parts of an inspection that the question asks the grades of: "which part was not good?". None if it does not
    ask this."""
    districts: tuple[tuple[str, str], ...] = ()
    """The districts that the question names, each with the authority that it belongs to."""
    regions: tuple[str, ...] = ()
    """The regions that the question names. They are not authorities, so no filter covers them."""
    ambiguous: tuple[AmbiguousMention, ...] = ()
    """The names in the question that may mean several authorities. All their meanings are in ``authorities``."""
    corrections: tuple[Correction, ...] = ()
    """The misspelt words in the question as typed. The other fields use the corrected words."""
    pointed: Pointed | None = None
    """What the question refers to, if it refers to an earlier answer."""
    unknown: tuple[UnknownWord, ...] = ()
    """The words that are neither in our lists nor in the reports, as typed."""

    @property
    def unrecognised(self) -> tuple[str, ...]:
        """The words that we did not recognise. Names that no report contains are in ``names``."""
        return tuple(word.word for word in self.unknown if not any(word.word in name for name in self.names))

    @property
    def told(self) -> tuple[str, ...]:
        """The sentences that earlier answers quoted, if the question asks for more."""
        return self.pointed.told if self.pointed else ()

    @property
    def depends_on_day(self) -> bool:
        """Whether the answer depends on the day the question is asked, as it does for "last year" or "how long ago"."""
        times = (*self.periods, *self.times_left_out)
        return any(period.relative for period in times) or (self.wait is not None and self.wait.depends_on_day)

    @property
    def asks_how_it_stands(self) -> bool:
        """Whether the question is about how one authority is doing, so that its latest report that answers counts."""
        past = self.periods and not (self.changed and all(period.last == date.max for period in self.periods))
        limited = self.only_kinds or self.pointed or self.conditions.order or self.conditions.limits
        return len(self.authorities) == 1 and not (past or limited)

    @property
    def reads_change(self) -> bool:
        """Whether the search text asks in plain words what has changed. See :func:`changes.as_change`."""
        return self.changed and self.search_text.endswith(CHANGED)

    @property
    def is_across_reports(self) -> bool:
        """Whether the question is about all reports, and not about an authority, a place or an article."""
        return not (self.authorities or self.places or self.form or self.asks_for_improvements)

    @property
    def labels(self) -> tuple[str, ...]:
        """What we understood, as labels to show to the person who asked."""
        times = (period.shown for period in self.periods)
        kinds = (KIND_WORDS[kind] for kind in self.kinds[:1] if self.only_kinds)
        latest = (*((LATEST,) if self.latest else ()), *((SINCE_LAST,) if self.since_last else ()))
        conditions = (condition_words(condition) for condition in self.conditions.grades)
        leader = (f"led by {self.conditions.led_by}",) if self.conditions.led_by else ()
        newest = filter(None, (newest_words(self.conditions),))
        left_out = [f"not {name}" for name in self.conditions.excluded]
        left_out += [period.shown for period in self.times_left_out]
        named = (self.label_of(name) for name in self.authorities if name not in self.conditions.excluded)
        return (*named, *left_out, *dict.fromkeys(times), *kinds, *latest, *newest, *leader, *conditions)

    @property
    def not_applied(self) -> tuple[str, ...]:
        """Words that limit the answer but that we could not apply."""
        words = [self.words_at(span) for span in self.conditions.not_applied]
        regions = [region for region in self.regions if not any(region.lower() in said.lower() for said in words)]
        return tuple(dict.fromkeys((*words, *regions)))

    def words_at(self, span: Span) -> str:
        """Return the words of the question at a span."""
        return self.text[span.start : span.end].strip()

    def label_of(self, authority: str) -> str:
        """Return the label of an authority. If the question names it by its districts, the label includes them."""
        districts = [district for district, name in self.districts if name == authority]
        return f"{authority} (for {in_list(districts)})" if districts else authority


def interpret(
    text: str,
    authorities: Sequence[str],
    today: date,
    *,
    known_counts: Mapping[str, int] | None = None,
    verbatim: bool = False,
) -> Interpretation:
    """Interpret a question on its own.

    ``authorities`` are the ones that the index has reports on. Times such as "last year" are counted from ``today``.
    ``known_counts`` says how often the reports contain each word. Without it, only names are corrected. If ``verbatim``
    is true, nothing is corrected.
    :func:`qa_service.understanding.conversation.follow_up.interpret_in_context` adds what earlier questions say.
    """
    text = with_topic(normalised(text) if normalised(text).strip() else text)
    typed = typed_names(text, authorities, mend=not verbatim)
    corrections: tuple[Correction, ...] = ()
    if known_counts and not verbatim:
        text, corrections = correct(text, known_counts, typed.spans)
        typed = typed_names(text, authorities)
    named = typed.authorities
    open_names = tuple(name for mention in typed.ambiguous for name in mention.names)
    names_of_authorities = tuple(dict.fromkeys((*(mention.name for mention in named), *open_names)))
    asked = without_asides(text)
    found = find_periods(asked, today)
    periods = tuple(period for period in found if not period.excluded and not _is_only_compared(period, asked))
    since_last = since_last_inspection(text)
    latest = asks_for_latest(_blanked(without_order(text), since_last))
    asks_for_improvements = bool(_IMPROVE.search(text))
    names = names_in(asked, typed.spans)
    understood = [*typed.spans, *((period.start, period.end) for period in find_periods(text, today))]
    times = dict.fromkeys((period.first, period.last) for period in periods if period.exact)
    changed = not asks_for_improvements and len(times) < 2 and asks_what_changed(asked)
    kinds, alone = _kinds_in(_ANCHOR.sub(" ", text) if changed else _blanked(text, since_last))
    compared = (*compared_with_before(asked), *since_last_inspection(asked)) if changed else ()
    searched = search_text(_blanked(without_order(asked), compared), (*named, *typed.ambiguous), found)
    if not verbatim:
        searched = written_out(searched)
    return Interpretation(
        text=text,
        search_text=searched + (IMPROVE_SEARCH if asks_for_improvements else ""),
        authorities=names_of_authorities,
        names=names,
        places=tuple(name for name in names if re.search(rf"\b(?:in|at|near) {name}\b", text)),
        periods=periods,
        kinds=kinds,
        only_kinds=alone,
        latest=latest,
        changed=changed,
        since_last=bool(since_last),
        asks_for_improvements=asks_for_improvements,
        claimed_grade=claimed_grade(text) or claimed_grade(_without_names(text, named)),
        form=next((form for pattern, form in _FORMS if pattern.search(text)), None),
        parts=divide(names_of_authorities, periods, latest=latest, change=asks_about_change(text)),
        districts=tuple((mention.district, mention.name) for mention in named if mention.district),
        regions=tuple(dict.fromkeys(mention.name for mention in typed.regions)),
        ambiguous=typed.ambiguous,
        corrections=corrections,
        unknown=unknown_words(text, known_counts or {}, understood),
    )


def _is_only_compared(period: Period, text: str) -> bool:
    """Whether a question only compares the present with a time that is counted from today: "better than last year".

    The reports themselves say how things have changed, so no report from that time is needed.
    """
    return period.relative and any(
        start <= period.start < end or not text[end : period.start].strip() for start, end in compared_with_before(text)
    )


def _blanked(text: str, places: Sequence[tuple[int, int]]) -> str:
    """Return a text with spaces instead of some words, so that the other words keep their places."""
    for start, end in places:
        end = min(end, len(text))
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without_names(text: str, named: Sequence[Mention]) -> str:
    """Return a text without the names of authorities: "why is inadequate" for "why is Leeds inadequate".

    The abbreviation "RI" is written out, because it is a grade.
    """
    for mention in reversed(named):
        text = text[: mention.start].rstrip() + text[mention.end :]
    return re.sub(r"\bRI\b", str(Grade.REQUIRES_IMPROVEMENT), text)


def _kinds_in(text: str) -> tuple[tuple[Kind, ...], bool]:
    """Return the kinds in the first entry of ``_KINDS`` that matches a text, and whether it names only those kinds."""
    matches = [(kinds, alone, match) for pattern, kinds, alone in _KINDS if (match := pattern.search(text))]
    if not matches:
        return (), False
    kinds, alone, _ = matches[0]
    words = _KIND_NOUN.findall(text.lower())
    return kinds, alone and len({word.rstrip("s") for word in words}) <= 1


def authorities_named(text: str, authorities: Sequence[str]) -> list[Mention]:
    """Return the mentions of authorities in a question, in order. The names may be misspelt."""
    return list(typed_names(text, authorities).authorities)


def is_about_partnership(question: Interpretation) -> bool:
    """Whether a question is about a subject that area SEND inspections cover."""
    return question.kinds == (Kind.AREA_SEND,) or bool(_SEND.search(question.text))


def as_one_part(question: Interpretation) -> Interpretation:
    """Return the question with a single part to search for, even if it makes a comparison."""
    return replace(question, parts=(Part(question.authorities, question.periods, question.latest),))


def without_improvements(question: Interpretation) -> Interpretation:
    """Return the question as if it did not ask what a report says must improve."""
    text = question.search_text.removesuffix(IMPROVE_SEARCH)
    return replace(question, asks_for_improvements=False, search_text=text or question.search_text)


def without_authorities(question: Interpretation, names: Collection[str]) -> Interpretation:
    """Return the question as if it did not name the given authorities."""
    authorities = tuple(name for name in question.authorities if name not in names)
    parts = divide(authorities, question.periods, latest=question.latest, change=asks_about_change(question.text))
    return replace(question, authorities=authorities, parts=parts)


def without_labels(question: Interpretation, labels: Sequence[str]) -> Interpretation:
    """Return the question without the meanings whose labels (from ``Interpretation.labels``) the person rejected."""
    if not labels:
        return question
    authorities = tuple(name for name in question.authorities if question.label_of(name) not in labels)
    periods = tuple(period for period in question.periods if not period.goes_by(labels))
    latest = question.latest and LATEST not in labels
    since_last = question.since_last and SINCE_LAST not in labels
    kinds = () if question.kinds and KIND_WORDS[question.kinds[0]] in labels else question.kinds
    grades = tuple(c for c in question.conditions.grades if condition_words(c) not in labels)
    leader = "" if f"led by {question.conditions.led_by}" in labels else question.conditions.led_by
    excluded = tuple(name for name in question.conditions.excluded if f"not {name}" not in labels)
    left_out = tuple(period for period in question.times_left_out if not period.goes_by(labels))
    conditions = replace(question.conditions, grades=grades, excluded=excluded, led_by=leader)
    if newest_words(conditions) in labels:
        conditions = replace(conditions, newest=None, newest_that_fit=None, newest_of_each=False)
    choices = tuple(choice for choice in question.choices if choice.label not in labels)
    wait = question.wait
    if wait and wait.until not in periods:
        wait = replace(wait, until=None)
    return replace(
        question,
        wait=wait,
        choices=choices if len(choices) > 1 else (),
        times_left_out=left_out,
        conditions=conditions,
        past_grades=question.past_grades if grades == question.conditions.grades else None,
        authorities=authorities,
        periods=periods,
        kinds=kinds,
        latest=latest,
        since_last=since_last,
        parts=divide(authorities, periods, latest=latest, change=asks_about_change(question.text)),
    )


def without_kinds(text: str) -> str:
    """Return a text without the words that name a kind of inspection."""
    for pattern, *_ in _KINDS:
        text = pattern.sub(" ", text)
    return text


def asks_about_change(text: str) -> bool:
    """Whether a question asks how something changed. "Areas for improvement" are a list, not a change."""
    return bool(_CHANGE.search(_IMPROVE.sub(" ", text))) or asks_what_changed(text)


def lists_improvements(section: Sequence[str]) -> bool:
    """Whether a section is a report's own list of what must improve."""
    return any(names_list(heading) or _IMPROVE_SECTION.search(heading) for heading in section[-2:])


def divide(
    authorities: tuple[str, ...], periods: tuple[Period, ...], *, latest: bool, change: bool
) -> tuple[Part, ...]:
    """Divide a question into parts: one for each authority or, if it names at most one authority, one for each time.

    If it names as many times as authorities, they are paired in order ("Dudley in 2024 or Newham in 2022"). If it names
    one authority and one time, and asks about a change or the latest report, the reports after that time or the latest
    report are a separate part.
    """
    exact = tuple(dict.fromkeys(period for period in periods if period.exact))
    if len(authorities) > 1:
        paired = len(exact) == len(authorities)
        return tuple(
            Part((name,), (exact[index],) if paired else periods, latest)
            for index, name in enumerate(authorities[:MAX_PARTS])
        )
    if len(exact) > 1:
        return tuple(Part(authorities, (period,)) for period in exact[:MAX_PARTS])
    if authorities and exact and (latest or change):
        return (Part(authorities, exact), Part(authorities, latest=True, after=None if latest else exact[0]))
    return (Part(authorities, periods, latest),)
