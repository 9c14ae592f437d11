"""Interprets a follow-up that refers to something in an earlier answer, or that asks for more of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.types import Report
from index.search.filtering import report_day
from qa_service.types import Choice
from qa_service.understanding.conversation import follow_up_cues
from qa_service.understanding.conversation.pointing import (
    LAST,
    Item,
    Pointer,
    Shown,
    ShownBy,
    asks_for_more,
    find_pointer,
    relation_asked,
)
from qa_service.understanding.interpretation import Interpretation, Pointed, Relation, divide, without_improvements
from qa_service.understanding.questions.grade_questions import asks_for_grade
from qa_service.understanding.relative_times import find_relative_time
from qa_service.understanding.times.latest import asks_for_latest
from qa_service.wording import is_dated

_ABOUT_ITEM = "What is said about this?"
"""The text of a question that asks what reports say about an item. We only search for these words. The names, times and
grades in them are not conditions of the question."""
_ABOUT_QUOTED = {
    Relation.REASON: "What is the reason for this?",
    Relation.REMEDY: "What is to be done about this?",
}
ASK_ABOUT_ONE = "To read more, ask about one item, for example “the first one”."
_LABEL_LENGTH = 90
"""Maximum number of characters of an item to show in its label. We chose this value by judgement."""
_MOST_CHOICES = 6
"""Maximum number of items that we offer if a question does not say which one it means. We chose this value by
judgement."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a follow-up may refer to, and the functions that interpret the questions that replace it."""

    earlier: Sequence[Interpretation]
    """The questions before the follow-up, oldest first."""
    reports: Sequence[Report]
    shown_by: ShownBy
    standalone: Callable[[str], Interpretation]
    """A function that interprets a question on its own."""

    def interpret(self, text: str) -> Interpretation | None:
        """Return what a follow-up means.

        None if the follow-up does not refer to anything that an earlier answer showed.
        """
        if not self.earlier or self.earlier[-1].choices:
            return None
        if pointer := find_pointer(text):
            return self._pointed(text, pointer)
        if relation := relation_asked(text):
            return self._related(relation)
        return self._more() if asks_for_more(text) else None

    def _related(self, relation: Relation) -> Interpretation | None:
        """Return a question about the sentences just quoted, or about the report that printed a grade.

        None if the earlier answer showed no sentence and no grade. If the last question was also of this kind, we use
        the same sentences.
        """
        last, place = self.earlier[-1], len(self.earlier) - 1
        if last.pointed and last.pointed.relation:
            return replace(last, text=_ABOUT_QUOTED[relation], pointed=replace(last.pointed, relation=relation))
        shown = self.shown_by(place, last)
        quoted = tuple((item.report.id, item.words) for item in shown.items if item.report and item.words)
        if shown.is_list or not shown.quotes or not quoted:
            return self._about_graded(shown, relation) if asks_for_grade(last) or last.pointed else None
        pointed = Pointed(place, relation=relation, quoted=quoted)
        question = without_improvements(last)
        carried = last.carried_over if last.pointed else (f"“{last.search_text}”",)
        return replace(question, text=_ABOUT_QUOTED[relation], carried_over=carried, pointed=pointed)

    def _about_graded(self, shown: Shown, relation: Relation) -> Interpretation | None:
        """Return a question about the one report that printed a grade. None if there is not exactly one."""
        reports = {item.report.id: item.report for item in shown.items if item.report}
        if len(reports) != 1:
            return None
        (report,) = reports.values()
        named = f"the {f'{report_day(report):%B %Y} ' * is_dated(report)}report on {report.authority}"
        asked = f"Summary of {named}" if relation is Relation.REASON else f"What needs to improve in {named}?"
        return replace(self.standalone(asked), carried_over=(named,), pointed=Pointed(len(self.earlier) - 1))

    def _pointed(self, text: str, pointer: Pointer) -> Interpretation | None:
        last = self.earlier[-1]
        root = last.pointed.root if last.pointed else len(self.earlier) - 1
        before = self.earlier[root]
        if pointer.position is None and last.pointed:
            return self._more()
        shown = self.shown_by(root, before)
        if not shown.is_list and _may_be_a_report(text, before):
            return None
        if pointer.position is None:
            return self._which(before, shown, root)
        if not pointer.whole and not shown.is_list:
            return None
        lists = _by_list(shown)
        found = [item for items in lists if (item := _item_at(items, pointer))]
        if not found:
            return _unmet(before, root, _nothing_there(shown, pointer))
        if len(found) > 1:
            return _left_open(before, root, found)
        item = found[0]
        place = shown.items.index(item) + 1 if pointer.position == LAST or len(lists) == 1 else pointer.position
        if item.words:
            pointed = Pointed(root, told=shown.quotes, item=item.words)
            return _about_words(item, place, before, pointed, _question_about_item(text, pointer))
        return self._about_report(item, place, text, pointer, root)

    def _which(self, before: Interpretation, shown: Shown, root: int) -> Interpretation | None:
        """Ask which item the person means, if there are several."""
        return _left_open(before, root, shown.items) if shown.is_list and len(shown.items) > 1 else None

    def _about_report(self, item: Item, place: int, text: str, pointer: Pointer, root: int) -> Interpretation:
        """Return a question about an authority or a report in a list.

        If the person asked nothing about it, ask for its grades or findings.
        """
        name, day = str(item.authority), report_day(item.report) if item.report else None
        named = f"the {day:%B %Y} report on {name}" if day else name
        graded = [item.report] if item.report else [r for r in self.reports if r.authority == name]
        if not pointer.whole:
            asked = f"{text[: pointer.start]}{named}{text[pointer.end :]}"
        elif any(report.judgements for report in graded):
            asked = f"What grades did {name} get in {day:%B %Y}?" if day else f"What grades does {name} have?"
        else:
            asked = f"What did inspectors find in {named}?"
        question = self.standalone(asked)
        return replace(question, carried_over=(f"{place}: {named}",), pointed=Pointed(root))

    def _more(self) -> Interpretation:
        """Ask the last question again, but leave out the sentences already quoted for it."""
        last, place = self.earlier[-1], len(self.earlier) - 1
        root = last.pointed.root if last.pointed else place
        shown = self.shown_by(place, last)
        told = (*(last.pointed.told if last.pointed else ()), *shown.quotes)
        if last.pointed and last.pointed.items:
            return replace(last, pointed=replace(last.pointed, told=told))
        if shown.next_offset:
            return replace(last, pointed=Pointed(root, first_item=shown.next_offset))
        words = [item.words for item in shown.items if item.words]
        if shown.is_list and words:
            question = replace(without_improvements(last), text=_ABOUT_ITEM, search_text=" ".join(words))
            pointed = Pointed(root, told, items=tuple(words))
            return replace(question, carried_over=("more about the list",), pointed=pointed)
        if shown.is_list or shown.is_whole:
            return _unmet(last, root, f"We have shown the whole list. {ASK_ABOUT_ONE}")
        if not words:
            reason = (
                "We did not show anything for your last question, so there is nothing more to show. Try asking it in a "
                "different way."
            )
            return _unmet(last, root, reason)
        carried = last.carried_over if last.pointed else (f"“{last.search_text}”",)
        question = replace(last, carried_over=carried, pointed=Pointed(root, told))
        if asks_for_grade(last):
            question = replace(
                question, text=_ABOUT_ITEM, search_text=" ".join(words) if not told else last.search_text
            )
        return question


def _may_be_a_report(text: str, before: Interpretation) -> bool:
    """Whether "the first one" may be one of the authorities, times or reports in the last question."""
    times = {period for period in before.periods if period.exact}
    several = len(before.authorities) > 1 or len(times) > 1
    return several or asks_for_latest(text) or find_relative_time(text) is not None


def _by_list(shown: Shown) -> list[list[Item]]:
    """Return the items of each report's own list. In any other kind of answer, all the items form one list."""
    lists: dict[str, list[Item]] = {}
    for item in shown.items:
        own = shown.is_list and item.words and item.report
        lists.setdefault(own.id if own else "", []).append(item)
    return list(lists.values())


def _item_at(items: Sequence[Item], pointer: Pointer) -> Item | None:
    """Return the item that a pointer refers to. The pointer gives the number printed before the item, or its place."""
    position = pointer.position or 0
    if position == LAST:
        return items[-1]
    printed = [item for item in items if pointer.by_number and item.label == str(position)]
    if printed:
        return printed[0]
    return items[position - 1] if 1 <= position <= len(items) else None


def _about_words(item: Item, place: int, before: Interpretation, pointed: Pointed, rest: str) -> Interpretation:
    """Return a question that asks what the reports on an item's authority say about the subject of the item."""
    authorities = (item.authority,) if item.authority else ()
    return Interpretation(
        text=_ABOUT_ITEM,
        search_text=f"{rest} {item.words}".strip(),
        authorities=authorities,
        places=() if authorities else before.places,
        periods=before.periods,
        latest=before.latest,
        form=None if authorities else before.form,
        parts=divide(authorities, before.periods, latest=before.latest, change=False),
        carried_over=(f"{place}: {_short(item.words)}",),
        pointed=pointed,
    )


def _question_about_item(text: str, pointer: Pointer) -> str:
    """Return what a question asks about the item that it refers to. Empty if the question asks nothing about it."""
    rest = "" if pointer.whole else f"{text[: pointer.start]} {text[pointer.end :]}"
    return " ".join(rest.split()) if follow_up_cues.subject_terms(rest) else ""


def _left_open(before: Interpretation, root: int, items: Sequence[Item]) -> Interpretation:
    """Return a question that may refer to any of several items."""
    choices = tuple(
        Choice(_name(item), f"What do reports about {item.authority} say about {item.words.rstrip('.;')}?", 1)
        if item.words
        else Choice(_name(item), f"What grades does {item.authority} have?", 1)
        for item in items[:_MOST_CHOICES]
    )
    return replace(before, choices=choices, pointed=Pointed(root))


def _name(item: Item) -> str:
    return _short(item.words) if item.words else str(item.authority)


def _unmet(before: Interpretation, root: int, reason: str) -> Interpretation:
    """Return a question that cannot be answered, because the answer has no such item."""
    return replace(before, pointed=Pointed(root, unmet=reason))


def _nothing_there(shown: Shown, pointer: Pointer) -> str:
    """Say that an answer has no such item."""
    count = len(shown.items)
    if not count:
        return f"Nothing in the previous answer matches “{pointer.words}”. Say what you want to know about."
    thing = "item" if shown.is_list else "sentence"
    whole = "The list" if shown.is_list else "The previous answer"
    return f"{whole} has {count} {thing}{'' if count == 1 else 's'}, so there is no number {pointer.position}."


def _short(words: str) -> str:
    """Return an item's words. If they are long, cut them off at the end of a word."""
    plain = " ".join(words.split()).rstrip(".;")
    return plain if len(plain) <= _LABEL_LENGTH else f"{plain[:_LABEL_LENGTH].rsplit(' ', 1)[0]} …"
