"""Finds the conditions in a question, and accounts for each of its words.

It makes several passes over a :class:`SlottedText`. They find what the question names, its conditions on grades, which
inspections it means, what it asks for, and finally the words left over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.grades import Grade, Relation
from corpus.names.authorities import Mention
from corpus.types import Kind
from qa_service.understanding.conditions.accounting import (
    is_cue,
    is_modifier,
    limits_left,
    merged,
    overlaps,
    with_preposition,
    words_left,
)
from qa_service.understanding.conditions.by_year import LocatedByYear, find_by_year
from qa_service.understanding.conditions.entities import INSPECTIONS, areas_in, grades_in, kinds_in, phrases_in
from qa_service.understanding.conditions.exact_words import find_exact_words
from qa_service.understanding.conditions.grade_changes import (
    find_change,
    find_last_two,
    find_movement,
    says_still_now,
)
from qa_service.understanding.conditions.grade_conditions import (
    Extent,
    LocatedCondition,
    area_scope,
    find_area_comparison,
    find_grade_conditions,
    relation_in,
    with_grade_sets,
)
from qa_service.understanding.conditions.limits import find_limits
from qa_service.understanding.conditions.people import LocatedLeader, find_leader
from qa_service.understanding.conditions.selection import (
    LocatedCount,
    LocatedNewest,
    LocatedWhich,
    find_count,
    find_newest,
    find_turn,
    find_what_is_new,
    find_which,
    says_came_out,
)
from qa_service.understanding.conditions.slots import Entity, Slot, SlottedText, pattern
from qa_service.understanding.conditions.subjects import asks_for_anyone, find_subject, wanted_with
from qa_service.understanding.conditions.themes import LocatedTheme, find_theme
from qa_service.understanding.conditions.types import (
    Condition,
    Conditions,
    GradeChange,
    GradeCondition,
    Span,
    Truth,
    Wanted,
    Which,
)
from qa_service.understanding.conditions.wanted import WHO, LocatedWanted, asks_yes_or_no, find_wanted
from qa_service.understanding.grade_questions import asks_about_others, asks_for_reason
from qa_service.understanding.times.period import Period

_LEFT_OUT = pattern(
    r"\b(?:other than|apart from|except(?: for)?|with the exception of|barring|save for|excluding|aside from|"
    r"besides|not including|leaving out|but not|ignoring|"
    r"not) (?:the |in |those |reports? |ones? |on |about |of |from |for |{K} )*({N}(?:(?:,? (?:and|or) |, ?){N})*)"
)
_BEFORE_TIME = pattern(
    r"\b(?:during|between|around|over|within|throughout|by|as of|per|until|up to|from|to|and|through|across|"
    r"after|before|since)"
    r" (?:the |its |their |his )*(?={T})|\b(?:in|over|for|during) the (?:years?|period)(?: from| of)? (?={T})"
)
"""A preposition that belongs to the words for a time that follow it."""
_BEFORE_NAMES = pattern(
    r"\b(?:between|among|amongst|out of|comparing)\b(?= {N})|\bof (?:the |them )?(?:two|three|four|\d)\b"
)
"""Words that only introduce the authorities to choose from."""
_ANY_KIND = pattern(
    r"\bof (?:any|whatever|all|every) (?:kind|sort|type)s?\b|\bfrom one {K} to the next\b|\beach of them\b|"
    r"\bbetween (?:one |successive )?{K} and the next\b|\b(?:i'm|i am|we're|we are) after\b|"
    r"\bwith (?:the|its|both|their) (?:two |both )?{K}(?: concerned| named| listed)?"
)
"""Words that do not narrow a question."""
_FRAME = pattern(
    r"^for (?:my|our|the|an?|this) (?:[\w'-]+ ){0,2}(?:[\w'-]+|{K}),? (?=(?:i|we|please|can|could)\b)|"
    r"^(?:i am|i'm|we are|we're) (?:preparing|writing|drafting|compiling|updating|working on|putting together)\b"
    r"[^,;:.]{0,60}?(?:,| and| so) (?=(?:i|we|would|need|want|please|can|could)\b)|"
    r",? ?\b(?:names|dates|{K} dates)(?: only)? please\b|, {K} dates?\W*$|,? ?\byes or no\b|\bon (?:the )?record\b|"
    r"^(?:please )?(?:can|could|would) you (?:please )?confirm\b|^(?:please )?confirm\b|"
    r"\bdo(?:es)? (?:that|this|it) apply(?: to)?\b|"
    r"\blooking (?:only |just )?at (?={K}|{N}|{T})|\bonly (?=(?:the |at |in |for |from )*(?:{K}|{T}|{N}))"
)
"""Words around a question that do not change what it asks, and "only" before words that already limit the answer."""
_NOT_KIND = pattern(
    r"\b(?:not(?: (?:counting|including|a|an|the|any))*|other than|apart from|except(?: for)?|excluding|ignoring|"
    r"leaving out|without counting|n't) (?:(?:of|at|in|from|the|any|a|an) )*(?P<kind>{K})"
)
"""Words that leave out some kinds of report: "reports that are not focused visits"."""
_EITHER = pattern(r"{S}(?:(?!\bbut\b|\band\b).){0,60}\bor\b (?:\w+ ){0,4}{S}|{A}.{0,20}\bor\b (?:\w+ ){0,4}{A}")
"""Two conditions in a question that is satisfied if either is met."""
_RATED = re.compile(
    r"\b(?:rated|graded|judged|grades?|ratings?|judge?ments?|ofsted|inspected|outcome|overall|found to be|"
    r"deemed|classed|"
    r"declared|awarded|given|considered|placed|ranked|scored)\b"
)
_OF_AUTHORITY = pattern(rf"{{G}}(?: or {{G}})? (?:rated )?{WHO}")
"""A grade before the noun that it describes: "good authorities"."""
_BEING = pattern(
    r"\b(?:is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|not|require|n't|than|least|get|got|become|became|only|"
    r"below|above|neither|never|ever|still|remain(?:s|ed)?|or|from|to|lost|lose|have|has|had|receive|received|"
    r"which|with|at|out|saw|was) "
    r"(?:[^ ]+ ){0,5}?{G}"
)
"""A grade after a verb: "are good", "have never been good"."""
_REQUIRE = pattern(rf"{WHO} (?:[^ ]+ ){{0,2}}{{G}}")
"""A grade in the form of a verb: "councils require improvement"."""
_GOOD = frozenset({Grade.GOOD})
"""The only grade that is also an everyday adjective."""
_UP_OR_DOWN = re.compile(r"\bup,? (?:or|and) (?:\w+ )?down\b|\bdown,? (?:or|and) (?:\w+ )?up\b")
"""Words that mean a change of grade if the question also names a graded area."""
_OF_THESE = re.compile(r"\bof (?:the |our |your )$")
"""Words before reports from which a question chooses: "which of the five most recent reports"."""
_SHARE = re.compile(r"\b(?:proportion|share|percentage|per ?cent|fraction)\b")
_LISTS = (Wanted.AUTHORITIES, Wanted.REPORTS)
_DENIAL = re.compile(r"(?:not|no|never|without|neither|nor|except|excluding|n't)\b|\w+n't\b")
_ABOUT = re.compile(
    r"\b(?:about|mention(?:s|ed|ing)?|say|says|said|talk(?:s|ed)?|discuss(?:es|ed)?|refer(?:s|red)?|regarding|describ\w+|"
    r"criticis\w+|prais\w+)\b"
)
_OBJECT = pattern(
    r"\b(?:re-?)?inspected\b|\bvisited\b|\bhold\b|\bhave you got\b|\bcover(?:ed)?\b|\bin the index\b|\bdo you have\b|"
    r"\bthere\b|{K}"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What we found in a question, before we decide what answers it."""

    slotted: SlottedText
    stated: tuple[LocatedCondition, ...]
    wanted: LocatedWanted | None
    which: LocatedWhich | None
    count: LocatedCount | None
    leader: LocatedLeader | None
    comparison: tuple[frozenset[Relation], Extent] | None
    """How the question compares the authorities that it names."""
    left_out: tuple[re.Match[str], ...]
    other_kinds: tuple[re.Match[str], ...] = ()
    theme: LocatedTheme | None = None
    asserts: Extent | None = None
    """Words which show that the question wants yes or no for an answer."""
    newest: LocatedNewest | None = None
    new: Extent | None = None
    """Words that ask what is new."""
    by_year: LocatedByYear | None = None

    @property
    def excluded(self) -> tuple[str, ...]:
        """The authorities that the question leaves out."""
        named = (entity.value for match in self.left_out for entity in self.slotted.entities_in(*match.span(1)))
        return tuple(dict.fromkeys(named))

    @property
    def used(self) -> list[Extent]:
        """The words that state a condition, or that say what the question asks for."""
        text, used = self.slotted.text, [match.span() for match in (*self.left_out, *self.other_kinds)]
        used += [extent for extent in (self.asserts, self.new) if extent]
        used += self.by_year.extents if self.by_year else ()
        used += [extent for located in self.stated for extent in located.extents]
        used += [
            located.extent for located in (self.which, self.count, self.leader, self.theme, self.newest) if located
        ]
        if self.comparison:
            used += [self.comparison[1], *(match.span() for match in re.finditer(r"\b(?:than|as)\b", text))]
        for expression in (_BEFORE_TIME, _BEFORE_NAMES, _ANY_KIND, _FRAME):
            used += [match.span() for match in expression.finditer(text)]
        if len(self.slotted.names) > 1 or len(self.slotted.positions(Slot.AREA)) > 1:
            used += [match.span() for match in re.finditer(r"\bboth\b", text)]
        if self.wanted:
            used += _without(self.wanted.extent, self.wanted.unknown)
            used += [extent for extent in (area_scope(text)[1],) if extent]
            used += [match.span() for match in _SHARE.finditer(text) if self.wanted.share]
        return used


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier steps know about a question."""

    named_before: tuple[str, ...] = ()
    """The authorities that the question is about, even if it does not name them."""
    asks_for_grade: bool = False
    """Whether the question's wording asks for the grades of those authorities."""
    asks_for_improvements: bool = False
    """Whether the question asks what a report says must improve."""
    names: tuple[str, ...] = ()
    """The names in the question, apart from the names of authorities."""
    regions: tuple[str, ...] = ()
    unread_times: tuple[tuple[int, int], ...] = ()
    """``[start, end)`` of words in the question that name a time we cannot work out."""


def find_conditions(
    text: str, named: Sequence[Mention], periods: Sequence[Period], known: Known = Known()
) -> Conditions:
    """Return the conditions in a question. ``named`` and ``periods`` are the authorities and times found in it."""
    slotted = SlottedText.of(text, _entities(text, named, periods))
    if exact := find_exact_words(slotted):
        return exact
    names = {mention.name for mention in named} or set(known.named_before)
    if (by_year := _by_year(slotted, names)) and by_year.wanted:
        left = words_left(slotted, by_year.used)
        if not left or _only_modifies(by_year, left):
            return _of_facts(by_year, by_year.wanted, left)
    found = _with_newest(_find(slotted, names))
    if not known.asks_for_improvements and (of_subject := _of_subject(slotted, found, names)):
        return of_subject
    if known.asks_for_improvements and not slotted.positions(Slot.GRADE):
        return _of_text(found, known)
    if known.asks_for_grade and found.wanted is None:
        found = replace(found, wanted=LocatedWanted(Wanted.GRADES, (0, 0)))
    if found.wanted:
        left = words_left(slotted, found.used)
        if _facts_answer(found, found.wanted, left):
            return _of_facts(found, found.wanted, left)
        if _looks_like_facts(found) or (known.asks_for_grade and found.wanted.wanted is Wanted.GRADES):
            searched = _of_text(found, known)
            limited = [slotted.extent_of(limit.span.start, limit.span.end) for limit in searched.limits]
            unused = _spans(slotted, merged(slotted.text, [one for one in left if not overlaps(one, limited)]))
            return replace(searched, not_applied=(*searched.not_applied, *unused))
    return _of_text(found, known)


def _of_subject(slotted: SlottedText, found: _Found, names: Collection[str]) -> Conditions | None:
    """Return the conditions in a question about a subject in the person's own words. None if it is no such question.

    All its words must be used, because the count of reports would otherwise ignore some of them.
    """
    if found.theme or found.newest or found.new or asks_for_reason(slotted.question):
        return None
    if found.stated and found.wanted and not words_left(slotted, found.used):
        return None  # "good for care leavers" is a grade
    located = find_subject(slotted, [match.span() for match in (*found.left_out, *found.other_kinds)])
    if located is None or any(not overlaps(located.extent, each.extents) for each in found.stated):
        return None
    others = find_wanted(slotted, names, conditions=False, moves=False)
    listed = others if others and others.wanted in _LISTS else None
    if listed is None and (names or not (located.alone or asks_for_anyone(slotted))):
        return None
    wanted = listed or wanted_with(slotted)
    asked = replace(
        found, wanted=wanted, stated=(), which=None, count=None, leader=find_leader(slotted), comparison=None
    )
    left = words_left(slotted, [*asked.used, located.extent, wanted.extent])
    if left:
        return None
    return replace(_of_facts(asked, wanted, ()), subject=located.condition, asserts=False)


def _by_year(slotted: SlottedText, names: Collection[str]) -> _Found | None:
    """Return what a question for numbers of grades by year consists of. None if it asks for something else."""
    located = find_by_year(slotted, names)
    question = slotted.question
    if located is None or asks_for_reason(question) or asks_about_others(question):
        return None
    left_out, other_kinds = _left_out(slotted), _other_kinds(slotted)
    if find_theme(slotted, [match.span() for match in (*left_out, *other_kinds)]):
        return None
    wanted = LocatedWanted(
        Wanted.BY_YEAR,
        (0, 0),
        counts=True,
        share=located.share,
        date_of="published" if located.published else "inspected",
    )
    leader = find_leader(slotted)
    return _Found(slotted, located.stated, wanted, None, None, leader, None, left_out, other_kinds, by_year=located)


def _only_modifies(found: _Found, left: Sequence[Extent]) -> bool:
    """Whether the words left over in a question for numbers by year limit it, so that the answer can name them."""
    text = found.slotted.text
    denied = any(_DENIAL.match(text[start:end]) for start, end in left)
    who = find_wanted(found.slotted, (), conditions=True, moves=False)
    return not denied and is_modifier(found.slotted, left, who.extent if who else (0, 0))


def _left_out(slotted: SlottedText) -> tuple[re.Match[str], ...]:
    """Return the words that leave out authorities."""
    return tuple(_LEFT_OUT.finditer(slotted.text))


def _other_kinds(slotted: SlottedText) -> tuple[re.Match[str], ...]:
    """Return the words that leave out kinds of report."""
    matches = _NOT_KIND.finditer(slotted.text)
    return tuple(match for match in matches if slotted.entities_in(*match.span("kind"))[0].value)


def _find(slotted: SlottedText, names: Collection[str]) -> _Found:
    """Find all the conditions, and what the question asks for."""
    change, comparison = find_change(slotted), find_area_comparison(slotted)
    movement = None if change or comparison else find_movement(slotted)
    stated = [change] if change else [comparison] if comparison else find_grade_conditions(slotted)
    wanted = None
    compares = len(slotted.names) > 1 and relation_in(slotted.text) is not None
    left_out, other_kinds = _left_out(slotted), _other_kinds(slotted)
    theme = find_theme(slotted, [match.span() for match in (*left_out, *other_kinds)])
    stated = _outside(theme, stated)
    # "Audits" and "agency" may be part of a theme. Otherwise they mean that the question is not about authorities.
    of_facts = not asks_for_reason(slotted.question) and (bool(theme) or not asks_about_others(slotted.question))
    if of_facts:
        wanted = find_wanted(slotted, names, conditions=bool(stated), moves=movement is not None or compares)
    between = None
    if wanted and len(slotted.names) > 1 and wanted.wanted in (Wanted.BEST_OF, Wanted.YES_OR_NO):
        between = relation_in(slotted.text)
    if change and _asks_only_for_grade_now(slotted, change, wanted, names):
        stated = [_as_it_was(change)]
    if between:
        stated = []
    elif movement and wanted:
        stated = [movement]
        if slotted.positions(Slot.GRADE):  # "fell since 2019 and yet are good now"
            stated += find_grade_conditions(slotted)
    if wanted is None and stated and not names and of_facts:
        wanted = _bare_list(slotted, stated)
    count = find_count(slotted)
    if count and wanted and wanted.counts and count.extent[0] < wanted.extent[1]:
        count = None  # "how many monitoring visits" does not give a number
    which = _which(slotted, stated, wanted)
    asserts = None
    if (
        wanted
        and not wanted.counts
        and (wanted.wanted is Wanted.AUTHORITIES or (wanted.wanted is Wanted.REPORTS and names))
    ):
        asserts = asks_yes_or_no(slotted.text)
    leader = find_leader(slotted) if wanted else None
    wanted = _reports_of(leader, wanted, slotted)
    theme = theme if wanted and wanted.wanted in _LISTS else None
    return _Found(slotted, tuple(stated), wanted, which, count, leader, between, left_out, other_kinds, theme, asserts)


def _reports_of(
    leader: LocatedLeader | None, wanted: LocatedWanted | None, slotted: SlottedText
) -> LocatedWanted | None:
    """Make a question ask for reports, if it names who led them: "reports with Ann Bell as lead inspector"."""
    if leader is None or wanted is None or wanted.wanted is not Wanted.PERSON:
        return wanted
    return replace(wanted, wanted=Wanted.REPORTS, counts=bool(re.search(r"\bhow many\b", slotted.text)))


def _outside(theme: LocatedTheme | None, stated: Sequence[LocatedCondition]) -> list[LocatedCondition]:
    """Leave out grades in the words of a condition on a theme: "good things to say about supervision"."""
    return [located for located in stated if theme is None or not overlaps(theme.extent, located.extents)]


def _with_newest(found: _Found) -> _Found:
    """Make a question ask for a list of reports, if it asks what is new or for the newest of them."""
    slotted, wanted = found.slotted, found.wanted
    if found.stated or asks_for_reason(slotted.question):
        return found
    if (
        not found.theme
        and (wanted is None or wanted.wanted in (Wanted.GRADES, Wanted.REPORTS))
        and (new := find_what_is_new(slotted))
    ):
        asserts = found.asserts if slotted.positions(Slot.TIME) else None
        reports = wanted if wanted and wanted.wanted is Wanted.REPORTS else LocatedWanted(Wanted.REPORTS, new)
        return replace(found, wanted=reports, which=None, new=new, asserts=asserts, newest=find_newest(slotted))
    newest = find_newest(slotted) if wanted and wanted.wanted is Wanted.REPORTS else None
    if wanted is None or newest is None or ((wanted.counts or found.theme) and newest.count is None):
        return found
    if found.theme and not _OF_THESE.search(slotted.text[: newest.extent[0]]):
        # "The five most recent reports that criticise supervision" may not be among the five most recent reports.
        return replace(found, wanted=replace(wanted, unknown=newest.extent), which=None)
    return replace(found, newest=newest, which=None)


def _which(
    slotted: SlottedText, stated: Sequence[LocatedCondition], wanted: LocatedWanted | None
) -> LocatedWhich | None:
    """Return which inspections a question is about. A change between the last two is the change to the latest.

    If the question gives the times of both, they say which inspections it means.
    """
    changes = any(isinstance(one.condition, GradeChange) for one in stated)
    if changes and len(slotted.positions(Slot.TIME)) < 2 and (last_two := find_last_two(slotted)):
        return LocatedWhich(Which.LATEST, last_two)
    return find_which(slotted) or (find_turn(slotted) if wanted and wanted.wanted is Wanted.DATE else None)


def _asks_only_for_grade_now(
    slotted: SlottedText, change: LocatedCondition, wanted: LocatedWanted | None, names: Collection[str]
) -> bool:
    """Whether a question with a change such as "still good" asks only for the grade now.

    Areas are listed by their grade. An authority that is inadequate now is on a list of those that "are still
    inadequate", even if it was not so before.
    """
    of_areas = wanted is not None and wanted.wanted is Wanted.AREAS
    return of_areas or (not names and says_still_now(slotted, change))


def _as_it_was(located: LocatedCondition) -> LocatedCondition:
    """If a change says that a grade stayed the same, return a condition on that grade.

    Return any other change unchanged.
    """
    change = located.condition
    if isinstance(change, GradeChange) and change.before == change.after and change.latest:
        return replace(located, condition=GradeCondition(change.after, change.area))
    return located


def _bare_list(slotted: SlottedText, stated: Sequence[LocatedCondition]) -> LocatedWanted | None:
    """Make a question ask for authorities, if it consists only of conditions: "below good for leaders"."""
    extents = [extent for located in stated for extent in located.extents]
    extents += [match.span() for match in _FRAME.finditer(slotted.text)]
    return None if words_left(slotted, extents) else LocatedWanted(Wanted.AUTHORITIES, (0, 0))


def _of_facts(found: _Found, wanted: LocatedWanted, left: Sequence[Extent]) -> Conditions:
    text = found.slotted.text
    groups = [with_preposition(text, extent) for extent in merged(text, left)]
    return Conditions(
        wanted=wanted.wanted,
        counts=wanted.counts,
        share=wanted.share,
        kinds=_kinds(found.slotted, found.other_kinds),
        other_kinds=_kinds_of([found.slotted.entities_in(*match.span("kind"))[0] for match in found.other_kinds]),
        asserts=found.asserts is not None,
        grades=tuple(located.condition for located in found.stated),
        any_of=len(found.stated) > 1 and bool(_EITHER.search(with_grade_sets(found.slotted).text)),
        which=found.which.which if found.which else None,
        newest=found.newest.count if found.newest else None,
        is_new=found.new is not None or (wanted.wanted is Wanted.REPORTS and says_came_out(found.slotted)),
        number=found.count.count if found.count else None,
        led_by=found.leader.name if found.leader else "",
        date_of=wanted.date_of,
        relations=found.comparison[0] if found.comparison else frozenset(),
        excluded=found.excluded,
        theme=found.theme.condition if found.theme else None,
        not_applied=_spans(found.slotted, groups),
    )


def _of_text(found: _Found, known: Known) -> Conditions:
    """Return the conditions in a question that the reports' own words answer."""
    slotted = found.slotted
    stated = tuple(located for located in found.stated if _OF_AUTHORITY.search(slotted.text))
    which = found.which if found.which and slotted.entities_in(*found.which.extent, Slot.KIND) else None
    used = [extent for located in stated for extent in located.extents]
    used += [which.extent] if which else []
    used += [match.span() for match in found.left_out]
    used += [slotted.extent_of(start, end) for start, end in known.unread_times]
    limits = [
        (extent, limit)
        for extent, limit in find_limits(slotted, known.names, known.regions)
        if not overlaps(extent, used)
    ]
    used += [extent for extent, _ in limits]
    used += [match.span() for match in _FRAME.finditer(slotted.text)]
    return Conditions(
        grades=tuple(located.condition for located in stated if isinstance(located.condition, GradeCondition)),
        which=which.which if which else None,
        excluded=found.excluded,
        limits=tuple(limit for _, limit in limits),
        not_applied=(
            *_spans(slotted, [*_grades_left(found, used), *limits_left(slotted, used)]),
            *(Span(start, end) for start, end in known.unread_times),
        ),
    )


def _grades_left(found: _Found, used: Sequence[Extent]) -> list[Extent]:
    """Return the words for a grade or a change of grade that a query does not apply."""
    question = found.slotted.question
    if asks_about_others(question) or asks_for_reason(question):
        return []
    certain = [located for located in found.stated if located.certain or _says_when(located.condition)]
    extents = [extent for located in certain for extent in located.extents]
    if found.slotted.positions(Slot.AREA) or "overall" in found.slotted.text:
        extents += [match.span() for match in _UP_OR_DOWN.finditer(found.slotted.text)]
    return merged(found.slotted.text, [extent for extent in extents if not overlaps(extent, used)])


def _says_when(condition: Condition) -> bool:
    """Whether a condition on grades says at how many inspections it must be met: "has ever been inadequate"."""
    return isinstance(condition, GradeCondition) and condition.truth is not Truth.PICKED


def _looks_like_facts(found: _Found) -> bool:
    """Whether a question has conditions on grades that a query cannot apply, although facts do not answer it."""
    certain = any(located.certain for located in found.stated)
    return bool(found.stated) and (certain or bool(_RATED.search(found.slotted.text)))


def _facts_answer(found: _Found, wanted: LocatedWanted, left: Sequence[Extent]) -> bool:
    """Whether the facts of reports answer a question, even if some of its words are left over."""
    text = found.slotted.text
    plain = [
        s
        for s in found.stated
        if isinstance(s.condition, GradeCondition) and s.condition.grades == _GOOD and not s.certain
    ]
    if plain and not any(expression.search(text) for expression in (_RATED, _BEING, _OF_AUTHORITY, _REQUIRE)):
        return False  # "good supervision" is not a grade
    if found.newest or found.new:
        return not left  # what reports say about something is no list of reports
    if found.theme:
        return not left or is_modifier(found.slotted, left, wanted.extent)
    of_authorities = wanted.wanted is Wanted.AUTHORITIES and not found.stated
    if not left:
        return not of_authorities or _has_object(found.slotted)
    if _ABOUT.search(text) and not _RATED.search(text):
        return False
    if wanted.wanted in _LISTS and any(_DENIAL.match(text[start:end]) for start, end in left):
        return False  # if a list ignored a denial, it would say the opposite
    moves = any(isinstance(located.condition, GradeChange) and not located.certain for located in found.stated)
    if moves and not _RATED.search(text) and not all(is_cue(text[start:end]) for start, end in left):
        return False  # "better at dealing with neglect" is about what reports say
    alone = (Wanted.DATE, Wanted.PERSON, Wanted.REPORTS, Wanted.GRADES)
    by_facts = bool(found.stated) or wanted.wanted in alone
    complete = _has_object(found.slotted) if of_authorities else by_facts
    return complete and is_modifier(found.slotted, left, wanted.extent)


def _without(extent: Extent, hole: Extent | None) -> list[Extent]:
    """Return the parts of an extent before and after another extent."""
    if hole is None:
        return [extent]
    return [part for part in ((extent[0], hole[0]), (hole[1], extent[1])) if part[0] < part[1]]


def _has_object(slotted: SlottedText) -> bool:
    """Whether a question that names no grade asks which authorities were inspected, or which ones we have."""
    return bool(_OBJECT.search(slotted.text))


def _kinds(slotted: SlottedText, left_out: Sequence[re.Match[str]]) -> tuple[Kind, ...]:
    """Return the kinds of inspection that a question names. If it uses several words, return only the most specific."""
    without = [match.span("kind")[0] for match in left_out]
    named = [entity for at, entity in slotted.positions(Slot.KIND) if entity.value and at not in without]
    specific = [entity for entity in named if entity.value != INSPECTIONS]
    return _kinds_of(specific or named)


def _kinds_of(entities: Sequence[Entity]) -> tuple[Kind, ...]:
    return tuple(dict.fromkeys(kind for entity in entities for kind in entity.value))


def _entities(text: str, named: Sequence[Mention], periods: Sequence[Period]) -> list[Entity]:
    return [
        *phrases_in(text),
        *(Entity(Slot.AUTHORITY, mention.name, mention.start, mention.end) for mention in named),
        *(Entity(Slot.TIME, period, period.start, period.end) for period in periods),
        *kinds_in(text),
        *grades_in(text),
        *areas_in(text),
    ]


def _spans(slotted: SlottedText, extents: Sequence[Extent]) -> tuple[Span, ...]:
    return tuple(Span(*slotted.span(*extent)) for extent in extents)
