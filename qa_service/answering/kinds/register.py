"""Questions about the improvement register: "What keeps coming back in Brent?", "What became of the improvements?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.theme_parts import part_meant
from corpus.themes import known_themes
from index.search.filtering import report_day
from index.search.text_analysis import terms
from qa_service import calibration
from qa_service.analysis.outcomes import Outcome
from qa_service.analysis.register import OUTCOME_WORDS, RECURRING_RULE, RULE, Register, RegisterItem
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.overviews.register import evidence_at, find_register, item_places
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.headlines import asks_what_recurs
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.register_questions import asks_what_became, subject_of_items
from qa_service.understanding.report_preference import reports_of_time
from qa_service.wording import capitalised, in_list, the_reports

_MATTERS = 5
"""Maximum number of matters in an answer."""
_RECURRING_NOTE = f"{RECURRING_RULE} The authority's page lists all items."
Places = list[tuple[int, int]]


class ImprovementRegister:
    """Answers with the items that several reports ask for, or with what later reports say about items."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks what recurs in one authority, or what became of its improvements."""
        return len(question.authorities) == 1 and (asks_what_recurs(question) or asks_what_became(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Answer from the register. None if the register cannot answer and a search might."""
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
    """Return the reason why a register cannot answer, or an empty text if it can."""
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
    name, found = register.authority, register.recurring[:_MATTERS]
    if not found:
        reason = f"No two reports about {name} clearly ask for the same improvement."
        return replace(state, decision=Decision(AnswerStatus.NOT_IN_REPORTS, 0.1, f"{reason} {_RECURRING_NOTE}"))
    places = [
        place
        for matter in found
        for item in matter.items
        for place in item_places(tools.index, item.report, item.number)
    ]
    count = len(register.recurring)
    matters = "matter" if count == 1 else "matters"
    shown = f" The first {_MATTERS} are quoted." if count > _MATTERS else ""
    reason = f"We found {count} {matters} that two or more reports about {name} ask for. There may be others.{shown}"
    return _with(state, places, reason, _RECURRING_NOTE, tools)


def _became(state: PipelineState, register: Register, tools: Tools) -> PipelineState | None:
    items = _about_subject(state.interpretation, _asked_about(state.interpretation, register.items))
    if not items:
        return None
    reports = list({item.report.id: item.report for item in items}.values())
    counts = [
        f"{OUTCOME_WORDS[outcome].lower()} ({number})"
        for outcome in Outcome
        if (number := sum(item.outcome is outcome for item in items))
    ]
    clear = [item for item in items if item.outcome in (Outcome.IMPROVED, Outcome.STILL)] or items
    shown = clear[: calibration.ITEMS_PER_LIST // 2]
    said = [item.latest.sentences[:1] if item.latest else () for item in shown]
    places: Places = []
    for item, sentences in zip(shown, said, strict=True):
        places += item_places(tools.index, item.report, item.number)
        places += [(each.row, each.number) for each in sentences]
    subject = subject_of_items(state.interpretation)
    noun = f"{'item' if len(items) == 1 else 'items'}{f' about {subject}' if subject else ''}"
    reason = f"{capitalised(the_reports(reports))} asked for {len(items)} {noun}. Later reports say: {in_list(counts)}."
    if all(said):
        reason += " Each item is quoted with the sentence of a later report that shows it best."
    elif any(said):
        reason += " If a later report shows what became of an item, we quote its best sentence after the item."
    if len(shown) < len(items):
        reason += f" {len(shown)} of the {len(items)} items are quoted. The authority's page has the others."
    return _with(state, places, reason, RULE, tools)


def _asked_about(question: Interpretation, items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Return the items from the time in the question or, if it names none, from the latest report with a later one."""
    reports = {item.report.id: item.report for item in items if item.later}
    if question.periods:
        times = Part(question.authorities, question.periods)
        wanted = reports_of_time(times, list(reports.values())) or set()
    else:
        wanted = {max(reports.values(), key=report_day).id} if reports else set()
    return [item for item in items if item.later and item.report.id in wanted]


def _about_subject(question: Interpretation, items: Sequence[RegisterItem]) -> list[RegisterItem]:
    """Return the items about the subject that a question names, or all of them if it names none.

    An item is about it if it has one of the subject's themes, or all its words.
    """
    subject, matcher = subject_of_items(question), known_themes()
    words = set(terms(subject))
    parts = {theme.name: part_meant(matcher, theme.id, subject) for theme in matcher.themes_of(subject)}
    return [
        item
        for item in items
        if words.issubset(terms(item.improvement.text))
        or any(name in item.themes and part.is_in(item.improvement.text) for name, part in parts.items())
    ]


def _with(state: PipelineState, places: Places, reason: str, note: str, tools: Tools) -> PipelineState:
    selected = evidence_at(tools.index, list(dict.fromkeys(places)))
    return replace(
        state,
        decision=Decision(AnswerStatus.ANSWERED, calibration.REGISTER_CONFIDENCE, reason, note),
        passages=tuple({evidence.scored.row: evidence.scored for evidence in selected}.values()),
        selected=tuple(selected),
    )
