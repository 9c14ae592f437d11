"""Finds the sentences in which a report says what is good, or not good, about a service as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from corpus.types import FULL_INSPECTIONS, Form, Report
from index.search.anaphora import refers_back
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import Query
from qa_service.answering.sentences.evidence import Evidence, states_nothing
from qa_service.understanding.interpretation import Interpretation, Part
from qa_service.understanding.polarity import Polarity, only_criticises, only_praises
from qa_service.understanding.report_preference import reports_of_kind, reports_of_time

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
"""The heading of a part that sums up a report. The first part of many reports has no heading."""
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
"""Words that stress what is good or not good. If a report has few headlines, we add sentences with these words."""
_CONTINUES = re.compile(
    r"(?:when|where|if|while|although|as|because|since) (?:this|that|these|those|it|they)\b|for (?:example|instance)\b",
    re.IGNORECASE,
)
"""How a sentence begins if it only goes on with the sentence before: "When this is not possible", "For example"."""
_OWN_SECTION = {Polarity.STRENGTHS: _STRENGTHS, Polarity.WEAKNESSES: _WEAKNESSES}
_HAS_POLARITY: dict[Polarity, Callable[[str], bool]] = {
    Polarity.STRENGTHS: only_praises,
    Polarity.WEAKNESSES: only_criticises,
}


def reports_that_sum_up(question: Interpretation, part: Part, reports: Iterable[Report]) -> list[Report]:
    """Return the reports that a part of a question is about: first full inspections, then the others, latest first."""
    about = [report for report in reports if report.authority in part.authorities]
    allowed_ids = (reports_of_time(part, about), reports_of_kind(question, part, about))
    chosen = [report for report in about if all(ids is None or report.id in ids for ids in allowed_ids)]
    return sorted(chosen, key=_best_to_sum_up)


def _best_to_sum_up(report: Report) -> tuple[bool, bool, int]:
    """Sort reports with full inspections first and news articles last. In each group, the latest comes first."""
    return report.form is Form.ARTICLE, report.kind not in FULL_INSPECTIONS, -report_day(report).toordinal()


def sentences_of(report: Report, question: Interpretation, index: SearchIndex) -> list[Evidence]:
    """Return the sentences of a report, in order, that can stand on their own and have not been quoted before."""
    passages = index.store.passages_of(report.id)
    scored = index.score(Query(question.search_text), [passage.row for passage in passages])
    sentences = (
        Evidence(one, number, start, end, similarity=1.0, overlap=1.0, score=1.0)
        for one in sorted(scored, key=lambda each: each.passage.start)
        for number, (start, end) in enumerate(one.passage.sentences)
    )
    # On its own, a sentence that begins with "it" does not say what it is about.
    return [
        e
        for e in sentences
        if not (states_nothing(e.text) or refers_back(e.text) or _CONTINUES.match(e.text) or e.text in question.told)
    ]


def headlines(sentences: Sequence[Evidence], polarity: Polarity, limit: int) -> list[Evidence]:
    """Return up to ``limit`` sentences of a report that say what is good, or what is not.

    The report's own section on strengths or weaknesses comes first. The parts that sum up the report come next, then
    emphatic sentences.
    """
    other = next(each for each in Polarity if each is not polarity)
    of_polarity = [e for e in sentences if _HAS_POLARITY[polarity](e.text)]
    ranked = [
        *(e for e in sentences if _OWN_SECTION[polarity].search(heading_of(e)) and not _HAS_POLARITY[other](e.text)),
        *(e for e in of_polarity if _HEADLINES.search(heading_of(e))),
        *(e for e in of_polarity if _EMPHATIC[polarity].search(e.text)),
    ]
    return list({(e.scored.row, e.start): e for e in ranked}.values())[:limit]


def heading_of(evidence: Evidence) -> str:
    """Return the nearest heading above a sentence, or ""."""
    section = evidence.scored.passage.section
    return section[-1] if section else ""
