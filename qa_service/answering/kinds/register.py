"""Questions about the improvement register: "What keeps coming back in Brent?", "What became of the improvements?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.theme_parts import part_meant
from corpus.themes import known_themes
from corpus.types import ImprovementKind
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.search.text_analysis import terms
from qa_service import calibration
from qa_service.analysis.matters import known_matters
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.register import (
    OUTCOME_WORDS,
    RECURRING_RULE,
    RULE,
    Recurrence,
    Register,
    RegisterItem,
    raised_within,
)
from qa_service.answering.abstention import Decision
from qa_service.answering.facts.times import in_words
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.overviews.register import Place, evidence_at, find_register, item_places
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus, Summary
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.questions.headlines import asks_what_recurs
from qa_service.understanding.questions.register_questions import (
    asks_for_priority,
    asks_what_became,
    is_about_latest_items,
    subjects_of_items,
    without_words_of_items,
)
from qa_service.understanding.report_preference import reports_of_time
from qa_service.wording import capitalised, in_list, named_by_date, the_reports

_NAMED = 4
"""Maximum number of matters to name in the first sentence of an answer."""
_WORDS = "The words that show this"
_NEAREST = "The nearest words"
_AGAIN = "Criticised again, but not in the report’s list"
_UNNAMED = "Similar improvements"
_RECURRING_NOTE = f"{RECURRING_RULE} The authority's page lists all items."
_Item = TypeVar("_Item")
Headed = tuple[str, Place]
"""The note on a sentence, and the place of the sentence in the index."""


class ImprovementRegister:
    """Answers with the matters that several reports raise, or with what later reports say about the items."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks what keeps coming back in one authority, or what became of its improvements."""
        return len(question.authorities) == 1 and (asks_what_recurs(question) or asks_what_became(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the register. None if the register cannot answer the question but a search might."""
        question = state.interpretation
        register = find_register(tools.index, question.authorities[0])
        if register is None or (problem := _problem(register, state, tools)):
            if register is None or not asks_what_recurs(question):
                return None  # the search may find sentences that answer the question
            return replace(state, decision=Decision(AnswerStatus.OUT_OF_SCOPE, 0.02, problem))
        if asks_what_recurs(question):
            return _recurring(state, register, tools)
        return _became(state, register, tools)

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the question to the next kind, because the register cannot answer it."""
        return state


def _problem(register: Register, state: PipelineState, tools: Tools) -> str:
    """Say why a register cannot answer. Empty if it can."""
    name = register.authority
    allowed = {report.id for report in tools.index.allowed(state.question.filters)}
    if tools.index.degraded:
        return "We cannot compare reports at the moment. Ask what an authority needs to improve."
    if not register.items:
        return f"No report about {name} has a list of what needs to improve."
    if any(item.report.id not in allowed for item in register.items):
        return f"We can only say what recurs in all the reports about {name}. Remove the filters, then ask again."
    return ""


def _recurring(state: PipelineState, register: Register, tools: Tools) -> PipelineState:
    question, found = state.interpretation, list(register.recurring)
    name = f"{register.authority}{in_words(question, of_reports=True)}"
    reports = tools.index.store.reports
    within = reports_of_time(Part((register.authority,), question.periods), reports)
    if within is not None:
        found = raised_within(found, within)
    if not found:
        reason = f"No two reports about {name} clearly ask for the same improvement."
        return replace(state, decision=Decision(AnswerStatus.NOT_IN_REPORTS, 0.1, f"{reason} {_RECURRING_NOTE}"))
    page = _page(state, found)
    headed = [each for matter in page for each in _of_matter(tools.index, matter)]
    count = len(found)
    first = in_list([f"{_matter_name(matter)} ({matter.reports} reports)" for matter in found[:_NAMED]])
    named = "The most frequent are" if count > _NAMED else "This is" if count == 1 else "These are"
    matters = "1 matter" if count == 1 else f"{count} matters"
    reason = f"We found {matters} that two or more reports about {name} raise. {named} {first}. There may be others."
    return _with(state, headed, reason, _RECURRING_NOTE, len(found), len(page), tools)


def _matter_name(matter: Recurrence) -> str:
    """Return the name of a matter as it is written within a sentence."""
    name = matter.name or _UNNAMED
    return name[:1].lower() + name[1:]


def _of_matter(index: SearchIndex, matter: Recurrence) -> Iterator[Headed]:
    """Yield the sentences of each report that raises a matter, the earliest report first."""
    days = sorted(report_day(report) for report in matter.raised_in)
    heading = f"{matter.name or _UNNAMED}: {matter.reports} reports, {days[0]:%B %Y} to {days[-1]:%B %Y}"
    raised: list[tuple[int, str, list[Place]]] = [
        (report_day(item.report).toordinal(), "", _on_matter(index, item, matter)) for item in matter.items
    ]
    raised += [
        (report_day(word.report).toordinal(), "" if best.item else _AGAIN, [(best.row, best.number)])
        for word in matter.again
        for best in word.sentences[:1]
    ]
    for at, (_, own, places) in enumerate(sorted(raised, key=lambda each: each[0])):
        for number, place in enumerate(places):
            yield (heading if at == number == 0 else own if number == 0 else ""), place


def _on_matter(index: SearchIndex, item: RegisterItem, matter: Recurrence) -> list[Place]:
    """Return the sentences in an item that are about a matter. If there are none, return the item's first sentence."""
    places = item_places(index, item.report, item.number)
    found = [
        place
        for place, evidence in zip(places, evidence_at(index, places), strict=True)
        if known_matters().of_sentence(evidence.text) & matter.matters
    ]
    return found or places[:1]


def _became(state: PipelineState, register: Register, tools: Tools) -> PipelineState | None:
    question = state.interpretation
    parts = subjects_of_items(question)
    about = {part: _about(part, _of_kind(question, register.items)) for part in parts}
    wanted = {id(item) for found in about.values() for item in found}
    items = _items_from_time(question, [item for item in register.items if id(item) in wanted])
    if not items:
        return None
    page = _page(state, items)
    reports = list({item.report.id: item.report for item in items}.values())
    counts = [
        f"{OUTCOME_WORDS[outcome].lower()} ({number})"
        for outcome in Outcome
        if (number := sum(item.outcome is outcome for item in items))
    ]
    shown = {id(item) for item in items}
    lacking = [part for part, found in about.items() if not any(id(item) in shown for item in found)]
    named = [part for part in about if part and part not in lacking]
    subject = in_list(named) if named else ""
    noun = "area for priority action" if asks_for_priority(question) else "item"
    noun = noun if len(items) == 1 else noun.replace("area", "areas") if noun != "item" else "items"
    asked = (
        f"{capitalised(the_reports(reports))} asked for {len(items)} {noun}{f' about {subject}' if subject else ''}."
    )
    waiting = sum(item.outcome is None for item in items)
    reason = f"{asked} Later reports say: {in_list(counts)}." if counts else asked
    if waiting:
        which = f"{waiting} of them" if counts else "them" if waiting > 1 else "it"
        reason += f" We have no report of a later inspection, so we cannot tell what became of {which}."
    headed = [each for item in page for each in _of_item(tools.index, item)]
    state = replace(state, interpretation=without_words_of_items(question, all_applied=bool(named) and not lacking))
    none = f"No item there is about {in_list(lacking, last='or')}." if lacking else ""
    note = " ".join(filter(None, (none, RULE if counts else "")))
    return _with(state, headed, reason, note, len(items), len(page), tools)


def _of_item(index: SearchIndex, item: RegisterItem) -> Iterator[Headed]:
    """Yield the sentences of an item with its outcome, and then the sentence that shows the outcome best."""
    for number, place in enumerate(item_places(index, item.report, item.number)):
        yield (_outcome(item) if number == 0 else ""), place
    if item.latest and item.latest.sentences:
        best = item.latest.sentences[0]
        yield (_NEAREST if item.outcome is Outcome.CANNOT_TELL else _WORDS), (best.row, best.number)


def _outcome(item: RegisterItem) -> str:
    """Say what became of an item, and which report shows it: "Improved (focused visit of 3 June 2021)"."""
    if item.outcome is None:
        return "No later report"
    words = OUTCOME_WORDS[item.outcome]
    if item.outcome is Outcome.NOT_MENTIONED:
        return f"{words} in the {f'{len(item.later)} later reports' if len(item.later) > 1 else 'later report'}"
    if item.latest is None or item.outcome is Outcome.CANNOT_TELL:
        return f"We {words[:1].lower()}{words[1:]}"
    return f"{words} ({named_by_date(item.latest.report)})"


def _items_from_time(question: Interpretation, items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Return the items from the time in the question.

    If it names no time, return the items of the latest report that has a later report.

    If no report has a later report, return the items of the latest report. If the question is about the latest report,
    its items come first, even though no report can yet say what became of them.
    """
    if not items:
        return []
    items = [item for item in items if item.report.kind in question.kinds] or items
    reports = {item.report.id: item.report for item in items}
    followed = {item.report.id: item.report for item in items if item.later}
    if question.periods:
        times = Part(question.authorities, question.periods)
        wanted = reports_of_time(times, list(followed.values())) or reports_of_time(times, list(reports.values()))
        return [item for item in items if item.report.id in (wanted or ())]
    wanted = {max((followed or reports).values(), key=report_day).id}
    if is_about_latest_items(question):
        wanted.add(max(reports.values(), key=report_day).id)
    return [item for item in items if item.report.id in wanted]


def _of_kind(question: Interpretation, items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Return the areas for priority action if a question asks about these. Return all items of other questions.

    If an authority has had none, return all its items.
    """
    priority = [item for item in items if item.improvement.kind is ImprovementKind.PRIORITY]
    return priority if priority and asks_for_priority(question) else list(items)


def _about(subject: str, items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Return the items about a subject, or all items if the subject is empty.

    An item is about the subject if it has one of the subject's themes or matters, or all its words.
    """
    matcher, matters = known_themes(), known_matters()
    words = set(terms(subject))
    parts = {theme.name: part_meant(matcher, theme.id, subject) for theme in matcher.themes_of(subject)}
    of_matters = frozenset() if parts else matters.of_sentence(subject)
    return [
        item
        for item in items
        if words.issubset(terms(item.improvement.text))
        or any(name in item.themes and part.is_in(item.improvement.text) for name, part in parts.items())
        or of_matters & matters.of_sentence(item.improvement.text)
    ]


def _page(state: PipelineState, items: Sequence[_Item]) -> Sequence[_Item]:
    """Return the items to show, from the question's offset on."""
    return items[state.first_item : state.first_item + (state.question.items or calibration.ITEMS_PER_LIST)]


def _with(
    state: PipelineState, headed: Sequence[Headed], reason: str, note: str, total: int, shown: int, tools: Tools
) -> PipelineState:
    """Return the state with sentences to quote, each under its heading. ``total`` and ``shown`` count items."""
    found = evidence_at(tools.index, [place for _, place in headed])
    selected = [replace(each, heading=heading) for each, (heading, _) in zip(found, headed, strict=True)]
    last = state.first_item + shown
    return replace(
        state,
        decision=Decision(AnswerStatus.ANSWERED, calibration.REGISTER_CONFIDENCE, reason, note),
        summary=Summary(reason),
        passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
        selected=tuple(selected),
        total=total,
        next_offset=last if last < total else None,
    )
