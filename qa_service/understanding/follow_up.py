"""Make a question that leans on earlier ones stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.types import FULL_INSPECTIONS, VISITS, Kind, Report
from index.search.filtering import report_day
from index.search.text_analysis import terms
from qa_service.answering.kinds.grade import asks_for_grade, names_graded_area
from qa_service.types import Choice
from qa_service.understanding import follow_up_cues
from qa_service.understanding.clarification import choices
from qa_service.understanding.interpretation import (
    Interpretation,
    Part,
    asks_of_change,
    divide,
    interpret,
    is_of_partnership,
    without_kinds,
    without_understood,
)
from qa_service.understanding.periods import Period
from qa_service.understanding.relative_times import find_relative, resolve
from qa_service.understanding.report_preference import preferences, reports_of_time

_POINTING = 12
"""A question that points back at something ("they", "there") does so to an earlier question when it is no longer than
this, in words; a longer one holds what it points at."""
_FEW = 3
"""A question with an authority and no subject leans on an earlier one where it has no more words beside the name."""
_SHORT = 9
"""A follow-up of no more words than this, that names no authority, is about the one named before."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question made to stand alone, and what was carried over into it."""

    question: Interpretation
    carried: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    """What it may mean, where nobody could say which: it is then not answered."""


def stand_alone(
    text: str,
    history: Sequence[str],
    reports: Sequence[Report],
    set_aside: Sequence[str] = (),
    set_aside_before: Sequence[Sequence[str]] = (),
) -> Standalone:
    """Carry over from earlier questions what this one leaves unsaid: the authority, the time, the subject.

    ``set_aside`` is what was understood of it before, and is not meant; ``set_aside_before`` the same of each earlier.
    """
    known = tuple(sorted({report.authority for report in reports if report.authority}))
    earlier: list[Interpretation] = []
    for said, aside in zip_longest(history, set_aside_before[: len(history)], fillvalue=()):
        made = _Turn(_without_denied(interpret(str(said), known)), tuple(earlier), reports).resolved()
        earlier.append(without_understood(made.question, aside))
    made = _Turn(_without_denied(interpret(text, known)), tuple(earlier), reports).resolved()
    return replace(made, question=without_understood(made.question, set_aside)) if set_aside else made


def _without_denied(question: Interpretation) -> Interpretation:
    """A question without the authorities that it says are not meant: "sorry, Wiltshire not Wirral"."""
    meant = tuple(name for name in question.authorities if not follow_up_cues.is_denied(name, question.text))
    return replace(question, authorities=meant or question.authorities)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question, those before it as they were understood, and the reports held."""

    now: Interpretation
    earlier: tuple[Interpretation, ...]
    reports: Sequence[Report]

    def resolved(self) -> Standalone:
        before = self._before()
        if before is None or not self._leans():
            return Standalone(self._with_times(self.now, self.now.periods, self.now.authorities, None))
        compared = self._compared(before)
        authorities = compared.authorities if compared else self.now.authorities or before.authorities
        may_mean = () if compared else choices(self.now, (*self.earlier[:-1], before), self.reports)
        if may_mean:
            return Standalone(self._left_open(before), choices=may_mean)
        question = replace(self.now, authorities=authorities)
        question, carried = self._with_subject(question, before, compared is not None)
        question = self._in_time(question, before, compared)
        return Standalone(question, (*self._told(question), *carried))

    def _left_open(self, before: Interpretation) -> Interpretation:
        """A question of which nobody can say what it means, for those that come after it: on all that it may mean."""
        question, _ = self._with_subject(replace(self.now, authorities=before.authorities), before, compared=False)
        return self._with_times(question, before.periods, before.authorities, before)

    def _before(self) -> Interpretation | None:
        """The question that this one may lean on: the last, or the last on the authority that it goes back to."""
        if follow_up_cues.goes_back(self.now.text):
            named, own = set(self.now.authorities), set(self._own_subject())
            for question in reversed(self.earlier):
                if named & set(question.authorities) or (not named and own & set(terms(question.search_text))):
                    return question
        return self.earlier[-1] if self.earlier else None

    def _leans(self) -> bool:
        """Whether the question leaves something unsaid that an earlier one may have said."""
        now = self.now
        words = len(now.text.split())
        if follow_up_cues.begins_afresh(now.text) and not follow_up_cues.asks_between(now.text):
            return False
        if follow_up_cues.goes_back(now.text):
            return True
        if follow_up_cues.opens_on_before(now.text):
            return words <= 2 * _POINTING
        if now.authorities and follow_up_cues.asks_between(now.text):
            before = {name for question in self.earlier for name in question.authorities}
            whole = len(now.authorities) > 1 and self._own_subject()  # a comparison of its own
            return set(now.authorities) <= before or (words <= _POINTING and not whole)
        if now.authorities and self._own_subject():  # "its" is then that authority's
            return words <= _POINTING and follow_up_cues.points_at_subject(now.text.replace(" its ", " "))
        if now.authorities:
            return words <= _FEW + len(" ".join(now.authorities).split()) or follow_up_cues.stands_for_before(now.text)
        return words <= _SHORT or (words <= _POINTING and follow_up_cues.points_back(now.text))

    def _own_subject(self) -> list[str]:
        """The telling words of the question; none where all it says is a name, a time, or that more is wanted."""
        text = self.now.search_text
        if text == self.now.text and (self.now.authorities or self.now.periods):
            return []
        if told := find_relative(text):
            text = f"{text[: told.start]} {text[told.end :]}"
        return follow_up_cues.subject_terms(without_kinds(follow_up_cues.without_correction(text)))

    def _compared(self, before: Interpretation) -> Interpretation | None:
        """The last two questions as one, where this one asks which of the two."""
        if not follow_up_cues.asks_between(self.now.text) or (len(before.authorities) > 1 and not self.now.authorities):
            return None
        names = tuple(dict.fromkeys((*before.authorities, *self.now.authorities)))
        if self.now.authorities:
            return replace(before, authorities=names) if len(names) > 1 else None
        if len(self.earlier) < 2:
            return None
        among = self.earlier[-2:] if follow_up_cues.means_only_two(self.now.text) else self._thread()
        names = tuple(dict.fromkeys(name for question in among for name in question.authorities))
        periods = tuple(dict.fromkeys(period for question in among for period in question.periods))
        return replace(before, authorities=names, periods=periods)

    def _thread(self) -> tuple[Interpretation, ...]:
        """The last questions that are on one subject, oldest first; two at least."""
        subject = set(terms(self.earlier[-1].search_text))
        start = len(self.earlier) - 2
        while start > 0 and subject & set(follow_up_cues.subject_terms(self.earlier[start - 1].search_text)):
            start -= 1
        return self.earlier[start:]

    def _with_subject(
        self, question: Interpretation, before: Interpretation, compared: bool
    ) -> tuple[Interpretation, list[str]]:
        """The question with the subject of the one before, where it has none of its own or points at it."""
        own = self._own_subject() or ([follow_up_cues.IMPROVEMENTS] if self.now.improvements else [])
        if others := follow_up_cues.with_other_people(before.search_text, self.now.text):
            return replace(question, text=f"{before.text} {question.text}", search_text=others), [f"“{others}”"]
        points = follow_up_cues.points_at_subject(self.now.text, self.now.search_text, before.search_text)
        why = follow_up_cues.asks_why(self.now.text) and not asks_for_grade(before)
        whole = len(own) >= _FEW or "overall" in self.now.text.lower()
        if own and not (points or why or (compared and not whole)):
            return self._with_people(*self._with_grade(question, before), before)
        text, search_text = f"{before.text} {question.text}", before.search_text
        if own:
            search_text = f"{before.search_text} {question.search_text}"
        made = replace(
            question, text=text, search_text=search_text, improvements=question.improvements or before.improvements
        )
        return made, [f"“{before.search_text}”"]

    def _with_people(
        self, question: Interpretation, carried: list[str], before: Interpretation
    ) -> tuple[Interpretation, list[str]]:
        """The question about the people of the one before, where it goes on and names none: "and health checks?"."""
        people = follow_up_cues.people_meant(before.search_text)
        if not people or carried or follow_up_cues.names_people(question.search_text):
            return question, carried
        if not re.match(r"and (?!for\b)", question.text, re.IGNORECASE) or question.authorities != before.authorities:
            return question, carried
        return replace(question, search_text=f"{question.search_text} {people}"), [people]

    def _with_grade(self, question: Interpretation, before: Interpretation) -> tuple[Interpretation, list[str]]:
        """The question as one about a grade, where the one before was and this one only names another graded area."""
        only_area = names_graded_area(self.now.text) and len(self._own_subject()) <= _FEW
        if not only_area or asks_for_grade(question) or not asks_for_grade(before):
            return question, []
        return replace(question, text=f"{question.text} (grade)"), ["the grade"]

    def _in_time(
        self, question: Interpretation, before: Interpretation, compared: Interpretation | None
    ) -> Interpretation:
        """The question at its own time, else at one told by the time before, else at that."""
        told = find_relative(self.now.text)
        corrected = follow_up_cues.corrects(self.now.text)
        same_place = corrected or not self.now.authorities or self.now.authorities == before.authorities
        if self.now.periods or (self.now.latest and not told):
            return self._with_times(question, self.now.periods, question.authorities, None)
        if compared:
            return self._with_times(
                replace(question, kinds=question.kinds or before.kinds), compared.periods, compared.authorities, None
            )
        if told and (anchor := self._anchor(before)):
            kinds = self._kinds_stepped(anchor) if told.step else question.kinds
            period = resolve(told, report_day(anchor), question.authorities, kinds, self.reports)
            if period:
                return self._with_times(question, (period,), question.authorities, before)
        if not same_place:
            same_year = self._comparable(question, before) if question.text != self.now.text else ()
            return self._with_times(question, same_year, question.authorities, before)
        if self.now.kinds and self.now.kinds != before.kinds:
            return self._with_times(question, (), question.authorities, None)
        carried = replace(question, kinds=question.kinds or before.kinds, latest=before.latest)
        return self._with_times(carried, before.periods, question.authorities, None)

    def _comparable(self, question: Interpretation, before: Interpretation) -> tuple[Period, ...]:
        """The time before, where another authority was then called on in the same way."""
        anchor = self._anchor(before)
        exact = tuple(period for period in before.periods if period.exact)
        alike = next((kinds for kinds in (FULL_INSPECTIONS, VISITS) if anchor and anchor.kind in kinds), ())
        then = reports_of_time(Part(question.authorities, exact), self.reports) or set()
        return exact if any(report.id in then and report.kind in alike for report in self.reports) else ()

    def _kinds_stepped(self, anchor: Report) -> tuple[Kind, ...]:
        """The kinds among which the one before or after is counted: those named, else those like the anchor's."""
        if self.now.kinds:
            return self.now.kinds
        return next((kinds for kinds in (FULL_INSPECTIONS, VISITS) if anchor.kind in kinds), ())

    def _anchor(self, question: Interpretation) -> Report | None:
        """The report that a question was looked up in first."""
        added = preferences(question, question.parts[-1], self.reports)
        held = [report for report in self.reports if report.authority in question.authorities]
        own = [r for r in held if r.kind is not Kind.AREA_SEND or is_of_partnership(question)] or held
        return max(own, key=lambda report: (added.get(report.id, 0.0), report_day(report)), default=None)

    def _with_times(
        self,
        question: Interpretation,
        periods: tuple[Period, ...],
        authorities: tuple[str, ...],
        before: Interpretation | None,
    ) -> Interpretation:
        if before is not None and not question.kinds:
            question = replace(question, kinds=before.kinds)
        told = find_relative(self.now.text)
        exact = [period for period in periods if period.exact]
        if told and told.years and len(exact) == 1 and self.now.periods:  # "in 2021 …, and a year later?"
            later = resolve(told, exact[0].first, authorities, (), self.reports)
            held = later and reports_of_time(Part(authorities, (later,)), self.reports)
            periods = (*periods, later) if later and held else periods
        change = asks_of_change(self.now.text)
        return replace(
            question,
            authorities=authorities,
            periods=periods,
            parts=divide(authorities, periods, latest=question.latest, change=change),
        )

    def _told(self, question: Interpretation) -> list[str]:
        """What was carried over, in words."""
        carried = []
        if question.authorities != self.now.authorities:
            carried.append(f"about {', '.join(question.authorities)}")
        new = [period for period in question.periods if period not in self.now.periods]
        if new:
            carried += [
                f"in {p.words}" if re.match(r"\d|[A-Z]|s[pu]|aut|win|ear|mid|late", p.words) else p.words for p in new
            ]
        return carried
