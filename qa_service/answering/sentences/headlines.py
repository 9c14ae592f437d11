"""Finds the sentences in which a report says what is good or not good about a service as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile

from corpus.types import FULL_INSPECTIONS, Form, Report
from index.search.anaphora import refers_back
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.types import Query, ScoredPassage
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
_OWN_SUMMARY = re.compile(r"^(?:overview|(?:headline|main|key) findings|executive summary|summary)$", re.IGNORECASE)
"""The heading of the part in which a report sums itself up."""
_WHOLE_SENTENCE = re.compile(r"[.!?][”\"’')\]]*[\d¹²³⁴-⁹]*$")
"""The end of a sentence, with or without the mark of a footnote. Titles and rows of tables end without a full stop."""
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
"""Words that stress what is good or not good. If a report has few headlines, we add sentences that contain them."""
_CONTINUES = re.compile(
    r"(?:when|where|if|while|although|as|because|since) (?:this|that|these|those|it|they)\b|for (?:example|instance)\b",
    re.IGNORECASE,
)
"""How a sentence begins if it only continues the sentence before: "When this is not possible", "For example"."""
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


def passages_of(report: Report, question: Interpretation, index: SearchIndex) -> list[ScoredPassage]:
    """Return the passages of a report, in order, scored for a question."""
    rows = [passage.row for passage in index.store.passages_of(report.id)]
    return sorted(index.score(Query(question.search_text), rows), key=lambda each: each.passage.start)


def sentences_of(report: Report, question: Interpretation, index: SearchIndex) -> list[Evidence]:
    """Return the sentences of a report, in order, that make sense on their own and have not been quoted before."""
    sentences = (
        Evidence(one, number, start, end, similarity=1.0, overlap=1.0, score=1.0)
        for one in passages_of(report, question, index)
        for number, (start, end) in enumerate(one.passage.sentences)
    )
    # On its own, a sentence that begins with "it" does not say what it is about.
    return [
        e
        for e in sentences
        if not (states_nothing(e.text) or refers_back(e.text) or _CONTINUES.match(e.text) or e.text in question.told)
    ]


def own_summary(report: Report, passages: Sequence[ScoredPassage]) -> list[Evidence]:
    """Return the paragraphs in which a report sums itself up, in order. Empty if no part of it does.

    ``passages`` are all its passages, in order. The part has a heading of its own, or comes before the first heading of
    a full inspection's report.
    """
    named = [each for each in passages if _OWN_SUMMARY.match(_heading(each))]
    opening = list(takewhile(lambda each: not each.passage.section, passages))
    chosen = named or (opening if report.kind in FULL_INSPECTIONS else [])
    return [paragraph for each in chosen for paragraph in _paragraphs(each)]


def sentences_within(paragraph: Evidence) -> int:
    """Return the number of sentences in a paragraph."""
    return sum(paragraph.start <= start < paragraph.end for start, _ in paragraph.scored.passage.sentences)


def _paragraphs(scored: ScoredPassage) -> Iterator[Evidence]:
    """Yield the paragraphs of a passage, each from its first whole sentence to its last."""
    text, first, last = scored.passage.text, None, None
    for number, (start, end) in enumerate(scored.passage.sentences):
        whole = bool(_WHOLE_SENTENCE.search(text[start:end].rstrip())) and not states_nothing(text[start:end])
        if first is not None and last is not None and (not whole or "\n\n" in text[last:start]):
            yield Evidence(scored, first[0], first[1], last, similarity=1.0, overlap=1.0, score=1.0)
            first = None
        if whole:
            first, last = first or (number, start), end
    if first is not None and last is not None:
        yield Evidence(scored, first[0], first[1], last, similarity=1.0, overlap=1.0, score=1.0)


def headlines(sentences: Sequence[Evidence], polarity: Polarity, limit: int) -> list[Evidence]:
    """Return up to ``limit`` sentences of a report that say what is good or what is not good.

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
    return _heading(evidence.scored)


def _heading(scored: ScoredPassage) -> str:
    return scored.passage.section[-1] if scored.passage.section else ""
