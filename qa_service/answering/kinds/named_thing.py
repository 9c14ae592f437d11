"""A question that is only a name, such as "Who or what is the Horizon team?", quotes the sentences with that name.

A rare name has no meaning for the encoder, so the search by meaning does not find it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.search.filtering import report_day
from index.types import IndexedPassage, Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools, in_order
from qa_service.answering.kinds.phrases import phrase_pattern
from qa_service.answering.sentences.evidence import Evidence, states_nothing
from qa_service.answering.sentences.neighbours import with_subjects
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.questions.bare_names import bare_name, without_generic
from qa_service.wording import in_list, share_of, verb_after

_MOST_REPORTS = 5
"""A name that is in more reports than this is a subject, which the search by meaning ranks better. Chosen by
judgement."""
_PER_REPORT, _FROM_ONE = 2, 5
"""Maximum number of sentences from each report, and from the only report. Chosen by judgement."""
_NOUN = r"(?: (?:teams?|services?|hubs?|projects?|schemes?|programmes?|models?|groups?|panels?|centres?|offers?))?"
_EXPLAINED = re.compile(
    rf"[’”'\")]?{_NOUN}(?:,? (?:is|are|was|which is|that is|provides|offers|supports)|, (?:an?|the|which|its|our)) ",
    re.IGNORECASE,
)
"""Words after a name that say what it means."""
_EXPLAINS = re.compile(
    r"\b(?:called|known as|named|team|service|hub|project|scheme|programme|model|group|panel|centre|agency)[,:]? "
    r"[(‘“'\"]?$|\($",
    re.IGNORECASE,
)
"""Words before a name that say what it means: "the specialist family service (SWIFT)"."""
_STARTS = re.compile(r"(?:^|[.?!:•]\s+|[“‘\"'])$")


class NamedThing:
    """Quotes the sentences that contain a name exactly, if it is a name in few reports."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question is only a name."""
        return bool(bare_name(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:
        """Find the sentences with the name. None if no report has it as a name, or if too many reports do."""
        question = state.interpretation
        name = bare_name(question)
        allowed = [
            report
            for report in tools.index.allowed(state.question.filters)
            if not question.authorities or report.authority in question.authorities
        ]
        found = None
        of_reports = {report.id for report in allowed}
        for written in dict.fromkeys((without_generic(name), name)):  # reports may write "the ‘Horizon’ service"
            if written.isupper():  # "SWIFT" is not "swift"
                found = found or _find(written, of_reports, tools, as_typed=True)
            found = found or _find(written, of_reports, tools)
        if found is None:
            return None
        selected = found.selected(tools, question)
        mention = verb_after(found.reports, len(allowed), "mentions", "mention")
        about = f" about {in_list(question.authorities)}" if question.authorities else ""
        whole = share_of(found.reports, len(allowed))
        reason = f"{whole}{about} that we searched {mention} “{found.name}”. We quote the sentences that contain it."
        decision = Decision(AnswerStatus.ANSWERED, calibration.GRADE_LIST_CONFIDENCE, reason)
        passages = tuple({evidence.scored.row: evidence.scored for evidence in selected}.values())
        chosen = with_subjects(selected)
        answered = replace(state, decision=decision, passages=passages, selected=chosen, total=found.reports)
        return in_order(answered) if question.conditions.order else answered

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:  # noqa: ARG002 - the protocol's signature
        """Leave the state as it is, because it already has a decision if the name was found."""
        return state


@dataclass(frozen=True, slots=True)
class _Found:
    """The sentences that contain a name."""

    name: str
    places: tuple[tuple[IndexedPassage, int], ...]

    @property
    def reports(self) -> int:
        """Number of reports with the name."""
        return len({indexed.report.id for indexed, _ in self.places})

    def _explains_nothing(self, place: tuple[IndexedPassage, int]) -> bool:
        indexed, number = place
        return not says_what_it_is(indexed.passage.text[slice(*indexed.passage.sentences[number])], self.name)

    def selected(self, tools: Tools, question: Interpretation) -> tuple[Evidence, ...]:
        """Return the sentences to quote.

        The first are of the newest report that says what the name means, and then of the newest reports.
        """
        by_report: dict[str, list[tuple[IndexedPassage, int]]] = {}
        newest_first = sorted(self.places, key=lambda place: report_day(place[0].report), reverse=True)
        for indexed, number in sorted(newest_first, key=self._explains_nothing):
            by_report.setdefault(indexed.report.id, []).append((indexed, number))
        each = _FROM_ONE if len(by_report) == 1 else _PER_REPORT
        chosen = [place for places in by_report.values() for place in places[:each]]
        rows = list(dict.fromkeys(indexed.row for indexed, _ in chosen))
        scored = {one.row: one for one in tools.index.score(Query(question.search_text), rows)}
        return tuple(
            Evidence(scored[indexed.row], number, *indexed.passage.sentences[number], 1.0, 1.0, 1.0)
            for indexed, number in chosen
        )


def says_what_it_is(sentence: str, name: str) -> bool:
    """Whether a sentence says what a name means: "the ‘Horizon’ team, a service for …"."""
    return any(
        _EXPLAINED.match(sentence, match.end()) or _EXPLAINS.search(sentence[: match.start()])
        for match in phrase_pattern(name).finditer(sentence)
    )


def _find(name: str, reports: set[str], tools: Tools, *, as_typed: bool = False) -> _Found | None:
    """Return the sentences of some reports that contain a name.

    None if no sentence does, or if the words in the sentences are not a name. ``as_typed`` asks for the
    capitals of the name too, so that "SWIFT" does not find "swift".
    """
    pattern = phrase_pattern(name)
    if as_typed:
        pattern = re.compile(pattern.pattern)
    places: list[tuple[IndexedPassage, int]] = []
    written: list[str] = []
    inside: list[str] = []
    for indexed in tools.index.passages_with(name, reports):
        for number, (start, end) in enumerate(indexed.passage.sentences):
            sentence = indexed.passage.text[start:end]
            matches = list(pattern.finditer(sentence))
            within = [match.group() for match in matches if not _STARTS.search(sentence[: match.start()])]
            # At the start of a sentence, an ordinary word has a capital too.
            if any(word[0].isupper() for word in within) or (matches and not within):
                written += [word for word in within if word[0].isupper()]
                if not states_nothing(sentence):
                    places.append((indexed, number))
            inside += within
    found = _Found(written[0] if written else name, tuple(places))
    return found if places and _is_name(inside) and found.reports <= _MOST_REPORTS else None


def _is_name(written: Sequence[str]) -> bool:
    """Whether a word has a capital letter in most places inside sentences, as a name would."""
    capitals = sum(words[0].isupper() for words in written)
    return bool(written) and 2 * capitals > len(written)
