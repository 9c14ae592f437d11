"""A question about the strengths or weaknesses of an authority as a whole: "What are the strengths of Aldermere?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.dates import in_words
from corpus.types import FULL_INSPECTIONS, Report
from index.search.filtering import report_day
from index.types import Query
from qa_service import calibration
from qa_service.answering.abstention import Decision
from qa_service.answering.kinds.kind import Tools
from qa_service.answering.sentences.evidence import Evidence, states_nothing
from qa_service.answering.sentences.limits import refers_back
from qa_service.answering.state import PipelineState
from qa_service.types import AnswerStatus
from qa_service.understanding.headlines import headlines_asked
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.polarity import Polarity, only_criticises, only_praises
from qa_service.understanding.report_preference import reports_of_kind, reports_of_time
from qa_service.wording import KIND_WORDS

_STRENGTHS = re.compile(
    r"following strengths|(?:key|authority[’']s) strengths$|^strengths$|areas of strength|"
    r"doing that is effective|(?<!not )(?:working|works) well",
    re.IGNORECASE,
)
"""The heading of a report's own section on what is good."""
_WEAKNESSES = re.compile(
    r"following weaknesses|(?:key|authority[’']s) weaknesses$|^weaknesses$|areas for development|not working well|"
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
        r"\b(?:strong(?:ly)?(?=[ ,])|a (?:\w+ )?strength|excellent|exceptional(?:ly)?|outstanding|highly|impressive|"
        r"exemplary|very (?:good|effective|well)|particularly (?:strong|good|effective|well)|significantly improved|"
        r"high[- ]quality)\b",
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


_NOTE = (
    "They were chosen by their words, from the parts that sum the report up first. Read the report for what it says as "
    "a whole."
)


class Headlines:
    """Quotes what the latest full inspection of an authority says is good, or not good."""

    def matches(self, question: Interpretation) -> bool:
        """Whether the question asks for strengths or weaknesses of authorities, and of nothing in particular."""
        return bool(question.authorities and headlines_asked(question))

    def retrieve(self, state: PipelineState, tools: Tools) -> PipelineState | None:  # noqa: ARG002 - the protocol's
        """Leave the search to the next kind. Its passages are needed if no sentence says what is good."""
        return None

    def answer(self, state: PipelineState, tools: Tools) -> PipelineState:
        """Quote the headlines of one report for each authority. If there are none, leave the question."""
        question = state.interpretation
        selected: list[Evidence] = []
        quoted_reports: list[Report] = []
        for part in question.parts:
            reports = [r for r in tools.index.allowed(state.question.filters) if r.authority in part.authorities]
            allowed_ids = (reports_of_time(part, reports), reports_of_kind(question, part, reports))
            chosen = [r for r in reports if all(ids is None or r.id in ids for ids in allowed_ids)]
            for report in sorted(chosen, key=_latest_full_first):
                if found := _headlines(report, question, tools):
                    selected += found
                    quoted_reports.append(report)
                    break
        if not selected:
            return state
        quoted = {evidence.scored.row: evidence.scored for evidence in selected}
        others = (scored for scored in state.passages if scored.row not in quoted)
        passages = (*quoted.values(), *others)
        decision = Decision(AnswerStatus.ANSWERED, calibration.HEADLINES_CONFIDENCE, _reason(quoted_reports), _NOTE)
        return replace(
            state,
            passages=passages,
            selected=tuple(selected),
            decision=decision,
            limits_applied=tuple(
                limit
                for limit in question.conditions.limits
                if question.words_at(limit.span).lower() in _SAYS_HEADLINES
            ),
        )


_SAYS_HEADLINES = ("main", "key")
"""Words that ask for headlines, which is what this kind gives."""


def _latest_full_first(report: Report) -> tuple[bool, int]:
    return report.kind not in FULL_INSPECTIONS, -report_day(report).toordinal()


def _headlines(report: Report, question: Interpretation, tools: Tools) -> list[Evidence]:
    """Return the sentences that say what is good or not good in a report, for each that a question asks for.

    The report's own section on it comes first, then the parts that sum the report up, then emphatic sentences.
    """
    passages = tools.index.store.passages_of(report.id)
    scored = tools.index.score(Query(question.search_text), [passage.row for passage in passages])
    sentences = [
        Evidence(one, number, start, end, similarity=1.0, overlap=1.0, score=1.0)
        for one in sorted(scored, key=lambda each: each.passage.start)
        for number, (start, end) in enumerate(one.passage.sentences)
    ]
    stated = [
        e for e in sentences if not (states_nothing(e.text) or refers_back(e.text) or e.text in question.told)
    ]  # a sentence that begins with "it" would stand without its subject
    asked = headlines_asked(question)
    limit = calibration.SENTENCES_SHOWN if len(asked) == 1 else calibration.SENTENCES_PER_PART
    found: list[Evidence] = []
    for polarity in asked:
        of_polarity = [e for e in stated if _HAS_POLARITY[polarity](e.text)]
        other = next(each for each in Polarity if each is not polarity)
        ranked = [
            *(e for e in stated if _OWN_SECTION[polarity].search(_heading(e)) and not _HAS_POLARITY[other](e.text)),
            *(e for e in of_polarity if _HEADLINES.search(_heading(e))),
            *(e for e in of_polarity if _EMPHATIC[polarity].search(e.text)),
        ]
        found += list({(e.scored.row, e.start): e for e in ranked}.values())[:limit]
    return found


def _heading(evidence: Evidence) -> str:
    section = evidence.scored.passage.section
    return section[-1] if section else ""


def _reason(reports: Sequence[Report]) -> str:
    """Say where the sentences are from."""
    of = " and ".join(
        f"{report.authority}’s {KIND_WORDS[report.kind] if report.kind else 'report'} of {in_words(report_day(report))}"
        for report in reports
    )
    return f"These sentences are from {of}."
