"""Checks the facts that saved answers state: inspection dates, publication dates, lead inspectors and post holders.

A fact is proved if the file of its report gives the same value from the same source when we read it again. If the
answer gives words for the fact, they must be on their page and state that value. A date taken from the file name is
proved by that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import UnreadableReport
from corpus.types import Reading
from qa_service.report_facts import fact_source, fact_text, fact_value, find_fact
from qa_service.types import FactName
from qa_service.verification.quote_check import (
    ASK_AGAIN,
    NO_TESSERACT,
    Fault,
    FaultKind,
    claim_faults,
    file_faults,
    from_picture,
    not_read_again,
    reading_faults,
    unreadable,
)
from qa_service.verification.saved_answer import SavedAnswer, SavedFact, SavedPassage, SavedStatement
from qa_service.verification.source_files import SourceFiles, SourceReport

_CALLED = {
    FactName.INSPECTED: "inspection dates",
    FactName.PUBLISHED: "publication date",
    FactName.LEAD_INSPECTOR: "lead inspector",
    FactName.POST_HOLDER: "post holder",
}


def cited_passage(statement: SavedStatement, answer: SavedAnswer) -> SavedPassage | None:
    """Return the passage that a statement cites first, or None if it is not in the answer."""
    return answer.cited(statement.citations[0]) if statement.citations else None


def fact_faults(
    statement: SavedStatement, fact: SavedFact, passage: SavedPassage | None, files: SourceFiles
) -> Iterator[Fault]:
    """Find the faults in a fact. ``passage`` is the passage that its statement cites, or None if there is none."""
    if passage is None:
        yield Fault(FaultKind.NO_CITATION, "the statement cites no passage that is in the answer")
        return
    if passage.report.id != fact.report_id:
        why = f"the fact is from report {fact.report_id}, but its citation is from {passage.report.id}"
        yield Fault(FaultKind.WRONG_REPORT, why)
    yield from file_faults(passage.report, files)
    if passage.report.sha256 in files:
        try:
            report = files.report(passage.report.sha256)
            yield from _value_faults(statement, fact, passage, report)
            yield from _words_faults(statement, fact, report)
        except UnreadableReport as error:
            yield unreadable(error)


_EARLIER_WORDS = {FactName.LEAD_INSPECTOR: "Lead inspector: {}"}
"""The words that earlier versions used, even for a person who only signed a letter."""


def _value_faults(
    statement: SavedStatement, fact: SavedFact, passage: SavedPassage, report: SourceReport
) -> Iterator[Fault]:
    """Check that the report gives this value from this source, and that the statement says nothing else."""
    name, given = fact.name, fact_value(report.facts, fact.name)
    if (fact.value, fact.source) != (given, fact_source(report.facts, name)):
        file, called, claimed = report.path.name, _CALLED[name], f"“{fact.value}” ({_origin(fact.source)})"
        actual = f"“{given}” ({_origin(fact_source(report.facts, name))})"
        why = f"{file} gives the {called} as {actual}, not {claimed}"
        if not given:
            why = f"{file} gives no {called}, but the answer says {claimed}"
        yield Fault(FaultKind.NOT_GIVEN, why, _remedy(fact, passage))
    elif statement.text not in (fact_text(report.facts, name), _EARLIER_WORDS.get(name, "").format(given)):
        yield Fault(
            FaultKind.NOT_SAID, f"the statement does not say what its fact says, “{fact_text(report.facts, name)}”"
        )


def _origin(source: str) -> str:
    """Return the source of a fact in words, such as "from the text"."""
    return f"from the {'facts file' if source == 'sidecar' else source}"


def _remedy(fact: SavedFact, passage: SavedPassage) -> str:
    if fact.source == "file name":
        file = passage.report.file.rsplit("/", 1)[-1]
        return f"Give the folder where the file is named {file}, as it is in the service. {ASK_AGAIN}"
    if fact.source == "sidecar":
        return f"Put the facts file (.toml) that corrects the report next to its file. {ASK_AGAIN}"
    return f"If a facts file (.toml) next to the file gives another value, the service may not have it. {ASK_AGAIN}"


def _words_faults(statement: SavedStatement, fact: SavedFact, report: SourceReport) -> Iterator[Fault]:
    """Check that the words of a fact are on their page, state its value, and are the same as its quote."""
    if bool(fact.words) != (fact.page is not None):
        yield Fault(FaultKind.NOT_ON_PAGE, "the fact has words without a page, or a page without words")
        return
    yield from claim_faults(fact.reading)
    quoted = [(quote.text, quote.page) for quote in statement.quotes]
    if quoted and quoted != [(fact.words, fact.page)]:
        yield Fault(FaultKind.NOT_SAID, "the words of the fact are not those of its quote")
    if fact.page is None:
        return
    file = report.path.name
    if fact.reading == Reading.FROM_PICTURE.value and not_read_again(fact.page, report):
        if not quoted:
            yield from_picture(fact.page, NO_TESSERACT)
    elif fact.page not in report.labels or not report.places(fact.words, fact.page):
        page = report.page_of(fact.words)
        where = f"The words are on page {page}." if page else "The words are not on any page of this file."
        why = f"the words “{fact.words}” are not on page {fact.page} of {file}"
        yield Fault(FaultKind.NOT_ON_PAGE, why, f"{where} {ASK_AGAIN}")
    elif not quoted:  # quoted words are checked with their quote
        yield from reading_faults([fact.words], fact.page, report)
    if find_fact(fact.words, report.facts, fact.name) != (0, len(fact.words)):
        why = f"the words “{fact.words}” do not give the same {_CALLED[fact.name]} as {file}"
        yield Fault(FaultKind.NOT_GIVEN, why)
