"""Compares authorities on chosen aspects.

Each cell has the latest report that says something, with at most two quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from corpus.grades import OVERALL
from corpus.quotes.originals import Originals
from corpus.themes import Theme
from corpus.types import OWN_ACCOUNT, Report
from index.search.filtering import report_day
from index.search.search_index import SearchIndex
from index.search.text_analysis import terms, words_are_together
from index.types import Query, Remark, Stance
from qa_service.analysis.grade_history import GivenGrade, grade_histories
from qa_service.analysis.remarks import quoted, remarks_by_report
from qa_service.analysis.themes import to_quote
from qa_service.answering.citations import Prover, number_citations
from qa_service.answering.overviews.remark_quotes import evidence_of
from qa_service.answering.sentences.balance import in_balance
from qa_service.answering.sentences.evidence import Evidence
from qa_service.answering.sentences.subject_stances import is_grade
from qa_service.answering.sentences.subjects import JudgedSentence, SubjectSentence, by_report, judged, sentences_about
from qa_service.types import Citation, Statement
from qa_service.understanding.quantities import quantities_in
from qa_service.understanding.subjects import Subject, subjects_of
from qa_service.understanding.words.vocabulary import other_names

MAX_AUTHORITIES = 20
MAX_ASPECTS = 8
MAX_ASPECT_WORDS = 80
"""Maximum number of characters in a person's own words for an aspect."""
MAX_QUOTES = 2
"""Maximum number of quotes in a cell."""
_TRIED = 4
"""Number of sentences to try from one report. We may be unable to prove some of them, and others may repeat the same
words."""
LEAST_CERTAINTY = 0.7
"""We quote a remark only if the model is at least this sure whether it praises or criticises.

Two readers judged the quotes in 100 cells, with remarks of any certainty. In 33 cells, a quote was less certain than
this. The readers found 12 of these cells wrong, and 10 of the other 67 cells."""
_LEAST_SIMILARITY = 0.5
"""Smallest cosine between a subject and a sentence that is mainly about the subject but does not begin with it. We
chose this value by reading the sentences about two subjects in six authorities."""
_LEAST_OF_BALANCE = 0.3
"""Smallest cosine between a subject and a sentence that we quote because it says the opposite of another quote.

We chose this value by reading such sentences about ten subjects in 20 authorities. A sentence below this value only
mentions the subject in passing."""
_BEGINNING = 8
"""Number of words at the start of a sentence in which we look for its subject."""
HOW_COMPARED = (
    "Each cell has at most two quotes from the authority’s latest report that says something about the aspect. We use "
    "an article only if no report or letter says anything. For a theme, the quotes are sentences that a trained model "
    "counts as praise or criticism and is at least 70% sure about, the clearest of each first. For your own words, "
    "they are sentences with the words in this order. If we find praise and criticism among them, we quote one of "
    "each. We also look for other names for the same thing, such as “connected carers” for “kinship care”, and say so. "
    "“Not stated” means that we found no such sentence in its reports. A report may say the same in different words."
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """What to compare: a theme of practice, or the sentences that contain some words."""

    name: str
    theme: Theme | None = None

    @classmethod
    def of_theme(cls, theme: Theme) -> Aspect:
        """Return a theme as an aspect."""
        return cls(theme.name, theme)


@dataclass(frozen=True, slots=True)
class CellQuote:
    """A sentence about an aspect in the report's own words, with its source."""

    stance: Stance | None
    """Whether it praises or criticises. None for an aspect that is not a theme."""
    statement: Statement
    citation: Citation
    other_words: str = ""
    """The words that we found instead of the person's own words, if any."""
    is_item: bool = False
    """Whether it is in the report's own list of what must improve."""


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """What an authority's latest report that mentions an aspect says about the aspect."""

    aspect: Aspect
    report: Report | None
    """None if no report on the authority mentions the aspect."""
    quotes: tuple[CellQuote, ...]
    later: int
    """Number of the authority's later reports in which inspectors say nothing about the aspect."""
    reports: int
    """Number of the authority's reports that we looked at."""

    def __post_init__(self) -> None:
        if bool(self.quotes) != (self.report is not None) or len(self.quotes) > MAX_QUOTES:
            raise ValueError(f"a cell has a report and 1 to {MAX_QUOTES} quotes, or neither: {self}")
        if any(quote.citation.report != self.report for quote in self.quotes):
            raise ValueError(f"all quotes of a cell are from its report: {self}")


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One authority, with its latest overall grade and a cell for each aspect, in the order of the aspects."""

    authority: str
    grade: GivenGrade | None
    cells: tuple[ComparisonCell, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence about an aspect."""

    evidence: Evidence
    stance: Stance | None = None
    other_words: str = ""


_Finder = Callable[[Report], list[_Sentence]]
"""Finds the sentences in a report about an aspect, in the order in which to quote them."""


def compare(
    index: SearchIndex, reports: Iterable[Report], authorities: Sequence[str], aspects: Sequence[Aspect]
) -> list[ComparisonRow]:
    """Compare authorities, in the given order. ``reports`` are the reports that may be used.

    Raises ValueError if there are too many authorities or aspects.
    """
    if not 1 <= len(authorities) <= MAX_AUTHORITIES or not 1 <= len(aspects) <= MAX_ASPECTS:
        raise ValueError(f"give 1 to {MAX_AUTHORITIES} authorities and 1 to {MAX_ASPECTS} aspects")
    by_authority: dict[str, list[Report]] = {name: [] for name in authorities}
    for report in sorted(reports, key=_newest_own_first):
        if report.authority in by_authority and report.superseded_by is None:
            by_authority[report.authority].append(report)
    usable = [report for of_authority in by_authority.values() for report in of_authority]
    grades = {history.authority: history.latest for history in grade_histories(usable, OVERALL)}
    cells = _cells(index, list(by_authority.values()), aspects)
    return [ComparisonRow(name, grades.get(name), of_one) for name, of_one in zip(by_authority, cells, strict=True)]


def cells_of(index: SearchIndex, reports: Iterable[Report], aspects: Sequence[Aspect]) -> tuple[ComparisonCell, ...]:
    """Return a cell for each aspect from the reports on one authority, in any order.

    There is no maximum number of aspects.
    """
    usable = [report for report in sorted(reports, key=_newest_own_first) if report.superseded_by is None]
    (cells,) = _cells(index, [usable], aspects)
    return cells


def _cells(
    index: SearchIndex, by_authority: Sequence[Sequence[Report]], aspects: Sequence[Aspect]
) -> list[tuple[ComparisonCell, ...]]:
    """Return a cell for each aspect of each authority.

    The reports of an authority are in the order in which we look at them.
    """
    finders = [_finder(index, list(chain.from_iterable(by_authority)), aspect) for aspect in aspects]
    with Originals() as originals:
        prover = Prover(originals, index.source)
        return [
            tuple(_cell(index, aspect, own, find, prover) for aspect, find in zip(aspects, finders, strict=True))
            for own in by_authority
        ]


def _newest_own_first(report: Report) -> tuple[bool, int, str]:
    """Put what inspectors wrote before articles about it, with the latest first."""
    return (report.form not in OWN_ACCOUNT, -report_day(report).toordinal(), report.id)


def _finder(index: SearchIndex, reports: Sequence[Report], aspect: Aspect) -> _Finder:
    """Return a function that finds the sentences about an aspect in any of the reports."""
    if aspect.theme is None:
        subjects = subjects_of(aspect.name)
        with_words = _finder_of_words(index, {report.id for report in reports}, aspect.name)
        return lambda report: _clearest_first(index, with_words(report), subjects)
    remarks = remarks_by_report(index, reports, [aspect.theme.id])
    return lambda report: [
        _Sentence(evidence_of(each), each.remark.stance)
        for each in quoted(index, _sure(remarks.get(report.id, []))[:_TRIED])
    ]


def latest_remarks(
    reports: Iterable[Report], remarks: Mapping[str, Sequence[Remark]], certainty: float
) -> tuple[Remark, ...]:
    """Return the remarks in an authority's latest report that has any with at least this certainty.

    ``remarks`` is what :func:`remarks_by_report` returns. They are in the order in which to quote them.
    """
    found = (_sure(remarks.get(report.id, []), certainty) for report in sorted(reports, key=_newest_own_first))
    return next(filter(None, found), ())


def latest_with_words(index: SearchIndex, reports: Sequence[Report], words: str) -> list[Evidence]:
    """Return what the latest report on an authority says about a subject in a person's own words.

    This is the latest report with a sentence that is mainly about the subject. If there is none, it is the latest
    report that mentions the subject. We return at most two sentences, the clearest ones. If the report both praises and
    criticises the subject, one sentence does each. After them come any lines of a table that grade the subject.
    """
    subjects = subjects_of(words)
    about = by_report(judged(index, sentences_about(index, {report.id for report in reports}, subjects), subjects))
    latest = [about[report.id] for report in sorted(reports, key=_newest_own_first) if report.id in about]
    similarity = _similarities(index, words, [each.sentence for said in latest for each in said])
    for said in latest:
        ranked = sorted(said, key=lambda each: -each.clarity * similarity[each.sentence.place])
        mainly = [each for each in ranked if _is_mainly_about(each, subjects, similarity[each.sentence.place])]
        if mainly:
            others = [
                each
                for each in ranked
                if each not in mainly and each.takes_any and similarity[each.sentence.place] >= _LEAST_OF_BALANCE
            ]
            grades = [each for each in said if is_grade(each.sentence.text)]
            chosen = in_balance(_once([*mainly, *others]), JudgedSentence.takes)[:MAX_QUOTES]
            return [each.sentence.evidence() for each in (*chosen, *grades[:1])]
    mentions = sorted(next(iter(latest), []), key=lambda each: -similarity[each.sentence.place])
    return [each.sentence.evidence() for each in in_balance(_once(mentions), JudgedSentence.takes)[:MAX_QUOTES]]


def _once(sentences: Sequence[JudgedSentence]) -> list[JudgedSentence]:
    """Return sentences, leaving out those that repeat earlier words. A report may print a sentence twice."""
    return list({each.sentence.text: each for each in reversed(sentences)}.values())[::-1]


def _is_mainly_about(each: JudgedSentence, subjects: Sequence[Subject], similarity: float) -> bool:
    """Whether a sentence does more than mention a subject in passing.

    It does if it is an item that must improve, if it begins with the subject, or if it takes a stance and is close to
    the subject.
    """
    text = each.sentence.text
    if each.sentence.is_listed or is_grade(text):
        return each.sentence.is_listed
    beginning = " ".join(text.split()[:_BEGINNING])
    begins = any(subject.is_in(beginning) for subject in subjects)
    return begins or (each.takes_any and similarity >= _LEAST_SIMILARITY)


def _similarities(
    index: SearchIndex, words: str, sentences: Sequence[SubjectSentence]
) -> Mapping[tuple[int, int], float]:
    """Return the cosine between some words and each sentence, keyed by the sentence's place.

    Without an encoder, all are 1.
    """
    if index.degraded:
        return {each.place: 1.0 for each in sentences}
    rows = {
        scored.row: scored for scored in index.score(Query(words), sorted({each.passage.row for each in sentences}))
    }
    return {each.place: rows[each.passage.row].sentence_similarities[each.number] for each in sentences}


def latest_with_figures(index: SearchIndex, reports: Sequence[Report], words: str) -> list[Evidence]:
    """Return the sentences with the words next to a figure, from an authority's latest report that has any.

    Other names for the same thing also count.
    """
    find = _finder_of_words(index, {report.id for report in reports}, words)
    for report in sorted(reports, key=_newest_own_first):
        found = [each.evidence for each in find(report) if _gives_figure(each.evidence.text, each.other_words or words)]
        if found:
            return found
    return []


def _gives_figure(sentence: str, phrase: str) -> bool:
    """Whether a sentence has a figure close to all the words of a phrase."""
    wanted = frozenset(terms(phrase))
    return any(wanted <= quantity.near for quantity in quantities_in(sentence))


def _sure(remarks: Sequence[Remark], certainty: float = LEAST_CERTAINTY) -> tuple[Remark, ...]:
    """Return the remarks of a report that the model is sure of, in the order in which to quote them."""
    return to_quote([remark for remark in remarks if remark.certainty >= certainty])


def _finder_of_words(index: SearchIndex, reports: Collection[str], words: str) -> _Finder:
    """Return a function that finds the sentences with some words, or with other names for the same thing."""
    rows: dict[str, dict[str, list[int]]] = {}
    for phrase in (words, *other_names(words)):
        for row in index.rows_with(phrase, reports):
            rows.setdefault(index.report_at(row).id, {}).setdefault(phrase, []).append(row)
    return lambda report: [
        _Sentence(evidence, None, "" if phrase == words else phrase)
        for phrase, of_phrase in rows.get(report.id, {}).items()
        for evidence in _with_words(index, of_phrase, phrase)
    ]


def _with_words(index: SearchIndex, rows: Sequence[int], phrase: str) -> list[Evidence]:
    """Return the sentences of some passages that contain a phrase. Singular and plural forms count as the same."""
    wanted = terms(phrase)
    return [each for each in _sentences(index, rows) if words_are_together(wanted, terms(each.text))]


def _sentences(index: SearchIndex, rows: Sequence[int]) -> list[Evidence]:
    """Return the sentences of some passages."""
    return [
        Evidence(passage, number, start, end, 1.0, 1.0, 1.0)
        for passage in index.passages_at(rows)
        for number, (start, end) in enumerate(passage.passage.sentences)
    ]


def _clearest_first(index: SearchIndex, sentences: list[_Sentence], subjects: Sequence[Subject]) -> list[_Sentence]:
    """Sort sentences by how clearly they praise or criticise.

    The first two both praise and criticise, if there are sentences for both.

    Without an encoder, sentences keep their order.
    """
    if not sentences or index.degraded:
        return sentences
    found = judged(index, [SubjectSentence(each.evidence.scored, each.evidence.number) for each in sentences], subjects)
    ranked = sorted(zip(sentences, found, strict=True), key=lambda each: -each[1].clarity)
    return [sentence for sentence, _ in in_balance(ranked, lambda each, stance: each[1].takes(stance))]


def _cell(
    index: SearchIndex, aspect: Aspect, reports: Sequence[Report], find: _Finder, prover: Prover
) -> ComparisonCell:
    """Return the cell of an authority. Its reports are in the order in which we look at them."""
    for place, report in enumerate(reports):
        if quotes := _proved_quotes(index, find(report), prover):
            # We have not looked at anything after this report, such as newer articles.
            later = sum(report_day(other) > report_day(report) for other in reports[:place])
            return ComparisonCell(aspect, report, quotes, later, len(reports))
    return ComparisonCell(aspect, None, (), 0, len(reports))


def _proved_quotes(index: SearchIndex, sentences: Sequence[_Sentence], prover: Prover) -> tuple[CellQuote, ...]:
    """Return the first sentences that appear word for word on their pages, without repeats."""
    quotes: list[CellQuote] = []
    for sentence in sentences[:_TRIED]:
        evidence = sentence.evidence
        if len(quotes) == MAX_QUOTES:
            break
        if any(quote.statement.text == evidence.text for quote in quotes):
            continue
        if statement := prover.quote(evidence, 1):
            (citation,) = number_citations([evidence.scored], [statement], index.store.page_labels)
            place = evidence.scored.passage.start + evidence.start
            is_item = evidence.scored.report.improvement_at(place) is not None
            quotes.append(CellQuote(sentence.stance, statement, citation, sentence.other_words, is_item))
    return tuple(quotes)
