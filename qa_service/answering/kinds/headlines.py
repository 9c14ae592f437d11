"""A question about the strengths or weaknesses of an authority as a whole: "What are the strengths of Aldermere?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.dates import in_words
from corpus.types import FULL_INSPECTIONS, Report
from index.search.filtering import report_day
from index.types import IndexedPassage, Query, ScoredPassage
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence, states_nothing
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.headlines import headlines_asked
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.polarity import Polarity, only_criticises, only_praises
from qa_service.understanding.report_preference import reports_of_kind, reports_of_time
from qa_service.wording import KIND_WORDS

_STRENGTHS = re.compile(
    r"has the following strengths|(?:key |local authority[’']s |^)strengths$|doing that is effective|working well",
    re.IGNORECASE,
)
"""The heading of a report's own section on what is good."""
_WEAKNESSES = re.compile(
    r"is not yet good because|is inadequate because|need to do better|what needs to improve|needs to be better",
    re.IGNORECASE,
)
_HEADLINES = re.compile(
    r"^(?:overview|headline findings|main findings|executive summary|summary|inspection outcome|"
    r"the overall judge?ment .*|overall effectiveness.*|)$",
    re.IGNORECASE,
)
"""The heading of a part that sums a report up. The first part of many reports has no heading."""
_EMPHATIC = {
    Polarity.STRENGTHS: re.compile(
        r"\b(?:strong(?:ly)?|a (?:\w+ )?strength|excellent|exceptional(?:ly)?|outstanding|highly|impressive|exemplary|"
        r"very (?:good|effective|well)|particularly|significantly improved|high[- ]quality)\b",
        re.IGNORECASE,
    ),
    Polarity.WEAKNESSES: re.compile(
        r"\b(?:weak(?:ness(?:es)?)?|poor(?:ly)?|inadequate|insufficient|ineffective|serious(?:ly)?|drift|"
        r"too (?:long|many|few|slow|often|variable)|not (?:good enough|effective|sufficiently|always|yet)|"
        r"unacceptable)\b",
        re.IGNORECASE,
    ),
}
"""Words that make much of what is good or not. Sentences with them fill up headlines that are few."""
_OWN_SECTION = {Polarity.STRENGTHS: _STRENGTHS, Polarity.WEAKNESSES: _WEAKNESSES}
_HAS_POLARITY: dict[Polarity, Callable[[str], bool]] = {
    Polarity.STRENGTHS: only_praises,
    Polarity.WEAKNESSES: only_criticises,
}


class Headlines:
    """Quotes what the latest inspection that sums itself up says is good, or not good."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for strengths or weaknesses of authorities, and of nothing in particular."""
        return bool(question.authorities and headlines_asked(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:  # noqa: ARG002 - the protocol's
        """Leave the search to the next kind, which is needed if no report sums itself up."""
        return None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Quote the headlines of one report for each authority. If there are none, leave the question."""
        question = state.interpretation
        selected: list[Evidence] = []
        of: list[Report] = []
        for part in question.parts:
            reports = [r for r in tools.index.allowed(state.question.filters) if r.authority in part.authorities]
            limits = (reports_of_time(part, reports), reports_of_kind(question, part, reports))
            chosen = [r for r in reports if all(ids is None or r.id in ids for ids in limits)]
            for report in sorted(chosen, key=_latest_full_first):
                if found := _headlines(report, headlines_asked(question), tools, question.search_text):
                    selected += found
                    of.append(report)
                    break
        if not selected:
            return state
        quoted = {evidence.scored.row: evidence.scored for evidence in selected}
        others = (scored for scored in state.passages if scored.row not in quoted)
        passages = (*quoted.values(), *others)
        decision = Decision(AnswerStatus.ANSWERED, calibration.HEADLINES_CONFIDENCE, _reason(of))
        return replace(state, passages=passages, selected=tuple(selected), decision=decision)


def _latest_full_first(report: Report) -> tuple[bool, int]:
    return report.kind not in FULL_INSPECTIONS, -report_day(report).toordinal()


def _headlines(report: Report, asked: Sequence[Polarity], tools: Tools, search_text: str) -> list[Evidence]:
    """Return the sentences of a report that answer, in reading order, for each polarity asked for."""
    passages = tools.index.store.passages_of(report.id)
    scored = {s.row: s for s in tools.index.score(Query(search_text), [p.row for p in passages])}
    limit = calibration.SENTENCES_SHOWN if len(asked) == 1 else calibration.SENTENCES_PER_PART
    found: list[Evidence] = []
    for polarity in asked:
        own = [p for p in passages if p.passage.section and _OWN_SECTION[polarity].search(p.passage.section[-1])]
        summing_up = [p for p in passages if _HEADLINES.search(p.passage.section[-1] if p.passage.section else "")]
        sentences = [e for p in own for e in _sentences(p, scored) if not states_nothing(e.text)]
        sentences += [
            e
            for p in summing_up
            for e in _sentences(p, scored)
            if _HAS_POLARITY[polarity](e.text) and not states_nothing(e.text)
        ]
        sentences += [
            e
            for p in passages
            for e in _sentences(p, scored)
            if _HAS_POLARITY[polarity](e.text) and _EMPHATIC[polarity].search(e.text) and not states_nothing(e.text)
        ]
        distinct = {(e.scored.row, e.start): e for e in sentences}
        found += list(distinct.values())[:limit]
    return found


def _sentences(passage: IndexedPassage, scored: dict[int, ScoredPassage]) -> list[Evidence]:
    return [
        Evidence(scored[passage.row], number, start, end, similarity=1.0, overlap=1.0, score=1.0)
        for number, (start, end) in enumerate(passage.passage.sentences)
        if passage.row in scored
    ]


def _reason(reports: Sequence[Report]) -> str:
    """Say where the sentences are from, and how they were chosen."""
    of = " and ".join(
        f"{report.authority}’s {KIND_WORDS[report.kind] if report.kind else 'report'} of {in_words(report_day(report))}"
        for report in reports
    )
    return (
        f"These sentences are from {of}, from the parts that sum it up first. They were chosen by their words, so read "
        "the report for what it says as a whole."
    )
