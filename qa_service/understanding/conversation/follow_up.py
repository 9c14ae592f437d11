"""Interprets a question in context. Earlier questions give the parts that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.types import FULL_INSPECTIONS, OTHER_KINDS, VISITS, Kind, Report
from index.search.filtering import report_day
from index.search.text_analysis import terms
from qa_service.analysis.authorities import authorities_of
from qa_service.understanding.conditions.of_interpretation import with_conditions
from qa_service.understanding.conversation import follow_up_cues
from qa_service.understanding.conversation.clarification import meanings_of_names, possible_meanings
from qa_service.understanding.conversation.messages.wishes import read_message
from qa_service.understanding.conversation.pointed_items import Before
from qa_service.understanding.conversation.pointing import Shown, ShownBy
from qa_service.understanding.conversation.several_questions import several_questions
from qa_service.understanding.conversation.substitution import Substitution
from qa_service.understanding.graded_parts.of_interpretation import with_graded_parts
from qa_service.understanding.histories.of_interpretation import with_past_grades
from qa_service.understanding.interpretation import (
    Interpretation,
    Part,
    asks_about_change,
    divide,
    interpret,
    is_about_partnership,
    without_kinds,
    without_labels,
)
from qa_service.understanding.questions.grade_questions import asks_for_grade, names_graded_area
from qa_service.understanding.relative_times import find_relative_time, resolve
from qa_service.understanding.report_preference import preferences, reports_of_time
from qa_service.understanding.times.period import Period
from qa_service.understanding.times.wording import when
from qa_service.understanding.waits.of_interpretation import with_wait
from qa_service.understanding.words.spelling import placed_in

_REFERRING_WORDS = 12
"""Maximum number of words in a question in which "they" or "there" refers to an earlier question. In a longer question,
a word like this refers to a noun in the question itself."""
_FEW = 3
"""Maximum number of words, not counting the authority's name, in a question that has no subject and depends on an
earlier one."""
_SHORT = 9
"""Maximum number of words in a follow-up that names no authority, and so is about the authority named before."""


def interpret_in_context(
    text: str,
    history: Sequence[str],
    reports: Sequence[Report],
    today: date,
    rejected: Sequence[str] = (),
    rejected_before: Sequence[Sequence[str]] = (),
    *,
    known_counts: Mapping[str, int] | None = None,
    verbatim: bool = False,
    shown_by: ShownBy | None = None,
) -> Interpretation:
    """Interpret a question, with the authority, time and subject that earlier questions give it.

    Times such as "last year" are counted from ``today``.

    ``rejected`` contains the labels of the interpretation that the person rejected. ``rejected_before`` contains the
    labels that the person rejected for each earlier question. ``known_counts`` says how often the reports contain each
    word, so that misspelt words can be corrected. If ``verbatim`` is true, we do not correct anything in the last
    question. ``shown_by`` returns what the answer to an earlier question showed. Without it, a question that refers to
    an item in an answer is interpreted like any other follow-up.
    """
    authorities = tuple(authorities_of(reports))
    earlier: list[Interpretation] = []
    texts = [*history, text]
    labels_rejected = [*rejected_before[: len(history)], *[()] * (len(history) - len(rejected_before)), rejected]

    def complete(question: Interpretation) -> Interpretation:
        timed = with_wait(with_conditions(question, authorities, today), authorities, today)
        return with_graded_parts(with_past_grades(timed, authorities, today), authorities, today)

    def standalone(asked: str) -> Interpretation:
        return interpret(asked, authorities, today, verbatim=True)

    def shown(place: int, question: Interpretation) -> Shown:
        return shown_by(place, complete(question)) if shown_by else Shown()

    for place, (typed, labels) in enumerate(zip(texts, labels_rejected, strict=True)):
        as_typed = verbatim and place == len(history)
        asked = typed if as_typed else read_message(typed, authorities, today).text
        if place < len(history):
            asked = several_questions(asked, authorities, today)[-1]
        before = Before(tuple(earlier), reports, shown, standalone)
        pointed = before.interpret(asked) if shown_by else None
        if pointed is None and earlier and not earlier[-1].choices:
            again = Substitution(complete(earlier[-1]), authorities, today, lambda text: complete(standalone(text)))
            pointed = again.interpret(asked)
        if pointed is None:
            alone = interpret(asked, authorities, today, known_counts=known_counts, verbatim=as_typed)
            alone = replace(alone, corrections=placed_in(typed, alone.corrections))
            now = meanings_of_names(alone, earlier, reports)
            pointed = _FollowUp(_without_denied(now), tuple(earlier), reports).resolved()
        if place == len(history):
            pointed = complete(pointed)
        earlier.append(without_labels(pointed, labels))
    return earlier[-1]


def _without_denied(question: Interpretation) -> Interpretation:
    """Return a question without the authorities that it excludes: "sorry, Wiltshire not Wirral"."""
    meant = tuple(name for name in question.authorities if not follow_up_cues.is_denied(name, question.text))
    return replace(question, authorities=meant or question.authorities)


@dataclass(frozen=True, slots=True)
class _FollowUp:
    """A question, the interpretations of the questions before it, and the reports."""

    now: Interpretation
    earlier: tuple[Interpretation, ...]
    reports: Sequence[Report]

    def resolved(self) -> Interpretation:
        """Return the question together with the parts that it leaves out, so that it makes sense on its own."""
        before = self._antecedent()
        if before is None or not self._depends():
            return self._with_times(self.now, self.now.periods, self.now.authorities, None)
        compared = self._compared(before)
        carried = () if self._is_elsewhere() else before.authorities
        authorities = compared.authorities if compared else self.now.authorities or carried
        choices = () if compared else possible_meanings(self.now, (*self.earlier[:-1], before), self.reports)
        if choices:
            return replace(self._left_open(before), choices=choices)
        question = replace(self.now, authorities=authorities)
        question, carried_over = self._with_subject(question, before, compared is not None)
        question = self._in_time(question, before, compared)
        return replace(question, carried_over=(*self._labels_carried_over(question), *carried_over))

    def _left_open(self, before: Interpretation) -> Interpretation:
        """Return an ambiguous question with all its meanings, so that later questions can refer to them."""
        question, _ = self._with_subject(replace(self.now, authorities=before.authorities), before, compared=False)
        return self._with_times(question, before.periods, before.authorities, before)

    def _antecedent(self) -> Interpretation | None:
        """Return the question that this one may depend on: the last one, or an earlier one that it returns to."""
        if follow_up_cues.goes_back(self.now.text):
            named, own = set(self.now.authorities), set(self._own_subject())
            for question in reversed(self.earlier):
                if named & set(question.authorities) or (not named and own & set(terms(question.search_text))):
                    return question
        return self.earlier[-1] if self.earlier else None

    def _depends(self) -> bool:
        """Whether the question leaves out something that an earlier question may contain."""
        now = self.now
        words = len(now.text.split())
        if follow_up_cues.begins_afresh(now.text) and not follow_up_cues.asks_between(now.text):
            return False
        if follow_up_cues.goes_back(now.text):
            return True
        if follow_up_cues.opens_on_before(now.text):
            return words <= 2 * _REFERRING_WORDS
        if now.authorities and follow_up_cues.asks_between(now.text):
            before = {name for question in self.earlier for name in question.authorities}
            whole = len(now.authorities) > 1 and self._own_subject()  # the question makes a comparison of its own
            return set(now.authorities) <= before or (words <= _REFERRING_WORDS and not whole)
        if now.authorities and self._own_subject():  # "its" refers to that authority here
            return words <= _REFERRING_WORDS and follow_up_cues.points_at_subject(now.text.replace(" its ", " "))
        if now.authorities:
            return words <= _FEW + len(" ".join(now.authorities).split()) or follow_up_cues.stands_for_before(now.text)
        return words <= _SHORT or (words <= _REFERRING_WORDS and follow_up_cues.points_back(now.text))

    def _is_elsewhere(self) -> bool:
        """Whether the question names a region instead of the authority before it: "and in London?"."""
        return bool(self.now.regions) and not follow_up_cues.refers_to_authority(self.now.text)

    def _own_subject(self) -> list[str]:
        """Return the stems of the question's subject words.

        Empty if the question only gives a name or a time, or only asks for more.
        """
        text = self.now.search_text
        if text == self.now.text and (self.now.authorities or self.now.periods):
            return []
        if relative := find_relative_time(text):
            text = f"{text[: relative.start]} {text[relative.end :]}"
        return follow_up_cues.subject_terms(without_kinds(follow_up_cues.without_correction(text)))

    def _compared(self, before: Interpretation) -> Interpretation | None:
        """Return the questions that this one compares, combined into one.

        None if the question does not compare questions.
        """
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
        """Return the latest questions on the same subject, oldest first. The result has at least two questions."""
        subject = set(terms(self.earlier[-1].search_text))
        start = len(self.earlier) - 2
        while start > 0 and subject & set(follow_up_cues.subject_terms(self.earlier[start - 1].search_text)):
            start -= 1
        return self.earlier[start:]

    def _with_subject(
        self, question: Interpretation, before: Interpretation, compared: bool
    ) -> tuple[Interpretation, list[str]]:
        """Add the earlier subject to the question, if the question has no subject of its own or refers back to one."""
        own = self._own_subject() or ([follow_up_cues.IMPROVEMENTS] if self.now.asks_for_improvements else [])
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
        improvements = question.asks_for_improvements or before.asks_for_improvements
        combined = replace(question, text=text, search_text=search_text, asks_for_improvements=improvements)
        return combined, [f"“{before.search_text}”"]

    def _with_people(
        self, question: Interpretation, carried: list[str], before: Interpretation
    ) -> tuple[Interpretation, list[str]]:
        """Add the people in the earlier question, if this one follows on and names nobody: "and health checks?"."""
        people = follow_up_cues.people_meant(before.search_text)
        if not people or carried or follow_up_cues.names_people(question.search_text):
            return question, carried
        if not re.match(r"and (?!for\b)", question.text, re.IGNORECASE) or question.authorities != before.authorities:
            return question, carried
        return replace(question, search_text=f"{question.search_text} {people}"), [people]

    def _with_grade(self, question: Interpretation, before: Interpretation) -> tuple[Interpretation, list[str]]:
        """Make the question ask for a grade, if the earlier question did and this one only names another area."""
        only_area = names_graded_area(self.now.text) and len(self._own_subject()) <= _FEW
        if not only_area or asks_for_grade(question) or not asks_for_grade(before):
            return question, []
        return replace(question, text=f"{question.text} (grade)"), ["the grade"]

    def _in_time(
        self, question: Interpretation, before: Interpretation, compared: Interpretation | None
    ) -> Interpretation:
        """Return the question with its own time, with a time relative to the earlier one, or with the earlier time."""
        relative = find_relative_time(self.now.text)
        corrected = follow_up_cues.corrects(self.now.text)
        same_place = corrected or not self.now.authorities or self.now.authorities == before.authorities
        if self.now.periods or (self.now.latest and not relative):
            return self._with_times(question, self.now.periods, question.authorities, None)
        if compared:
            return self._with_times(
                replace(question, kinds=question.kinds or before.kinds), compared.periods, compared.authorities, None
            )
        if relative and (anchor := self._anchor(before)):
            kinds = self._kinds_counted(anchor) if relative.step else question.kinds
            period = resolve(relative, report_day(anchor), question.authorities, kinds, self.reports)
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
        """Return the earlier question's times, if the new authority also had an inspection of that kind then."""
        anchor = self._anchor(before)
        exact = tuple(period for period in before.periods if period.exact)
        alike = next((kinds for kinds in (FULL_INSPECTIONS, VISITS) if anchor and anchor.kind in kinds), ())
        then = reports_of_time(Part(question.authorities, exact), self.reports) or set()
        return exact if any(report.id in then and report.kind in alike for report in self.reports) else ()

    def _kinds_counted(self, anchor: Report) -> tuple[Kind, ...]:
        """Return the kinds that "the next one" can refer to: the kinds named, or else kinds similar to the anchor's."""
        if self.now.kinds:
            return self.now.kinds
        return next((kinds for kinds in (FULL_INSPECTIONS, VISITS) if anchor.kind in kinds), ())

    def _anchor(self, question: Interpretation) -> Report | None:
        """Return the report that most likely answered an earlier question."""
        added = preferences(question, question.parts[-1], self.reports)
        held = [report for report in self.reports if report.authority in question.authorities]
        own = [r for r in held if r.kind not in OTHER_KINDS or r.kind in question.kinds] or held
        own = [r for r in own if r.kind is not Kind.AREA_SEND or is_about_partnership(question)] or own
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
        relative = find_relative_time(self.now.text)
        exact = [period for period in periods if period.exact]
        if relative and relative.years and len(exact) == 1 and self.now.periods:  # "in 2021 …, and a year later?"
            later = resolve(relative, exact[0].first, authorities, (), self.reports)
            if later and reports_of_time(Part(authorities, (later,)), self.reports):
                periods = (*periods, later)
        change = asks_about_change(self.now.text)
        return replace(
            question,
            authorities=authorities,
            periods=periods,
            parts=divide(authorities, periods, latest=question.latest, change=change),
        )

    def _labels_carried_over(self, question: Interpretation) -> list[str]:
        """Return labels for the parts that earlier questions added."""
        carried = []
        if question.authorities != self.now.authorities:
            carried.append(f"about {', '.join(question.authorities)}")
        carried += [when(period) for period in question.periods if period not in self.now.periods]
        return carried
