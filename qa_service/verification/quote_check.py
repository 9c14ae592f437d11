"""Whether a quote of a given answer holds: its words in the passage, on the page and at the place that it names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import UnreadableReport
from corpus.types import REPORT_ID_LENGTH, Box, Judgement
from qa_service.types import StatementKind
from qa_service.verification.saved_answer import SavedBox, SavedPassage, SavedQuote, SavedStatement
from qa_service.verification.source_files import SourceFiles, SourceReport

NEAR = 1e-3
"""How far an edge of a box may lie from where the words are, in shares of the page."""
_DIGEST = 8
"""Digits of its text's sha256 that a passage's id ends in."""
_ASK_AGAIN = "Ask the service again and save its reply as it gives it."


class FaultKind(StrEnum):
    """What does not hold."""

    FILE_MISSING = "file-missing"
    """No file has the sha256 named: nothing is said against the quote, and nothing for it."""
    FILE_UNREADABLE = "file-unreadable"
    NO_CITATION = "no-citation"
    WRONG_REPORT = "wrong-report"
    """Id, sha256, passage and judgement are not of one report."""
    NOT_IN_PASSAGE = "not-in-passage"
    NOT_ON_PAGE = "not-on-page"
    WRONG_PLACE = "wrong-place"
    """Boxes, the printed page label or the address are not where the words are."""
    NOT_SAID = "not-said"
    """A statement says other words than its quotes."""
    NOT_JUDGED = "not-judged"
    """A grade is not one that the report prints for that area on that page."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something is not proved, and what to do."""

    kind: FaultKind
    why: str
    remedy: str = _ASK_AGAIN


def quote_faults(
    quote: SavedQuote, statement: SavedStatement, passage: SavedPassage | None, files: SourceFiles
) -> Iterator[Fault]:
    """What fails of a quote, whose citation names a passage or None; nothing where it is proved."""
    if passage is None:
        yield Fault(FaultKind.NO_CITATION, f"it cites passage {quote.citation}, which is not there")
        return
    if quote.citation not in statement.citations:
        yield Fault(FaultKind.NO_CITATION, f"its statement does not cite passage {quote.citation}")
    within = 0 <= quote.start < quote.end <= len(passage.text)
    if not within or passage.text[quote.start : quote.end] != quote.text:
        why = f"characters {quote.start} to {quote.end} of passage {quote.citation} are not its words"
        yield Fault(FaultKind.NOT_IN_PASSAGE, why)
    # Clients may put the service's own address before it.
    if not quote.url.partition("?")[0].endswith(f"/reports/{passage.report.id}/pages/{quote.page}"):
        yield Fault(FaultKind.WRONG_PLACE, f"its address does not lead to page {quote.page} of its report")
    yield from passage_faults(passage, files)
    if passage.report.sha256 in files:
        try:
            yield from _page_faults(quote, statement, files.report(passage.report.sha256))
        except UnreadableReport as error:
            yield Fault(FaultKind.FILE_UNREADABLE, f"{error.path.name}: {error.reason}", error.remedy)


def passage_faults(passage: SavedPassage, files: SourceFiles) -> Iterator[Fault]:
    """Whether a passage is of the report that it names, and that report's file is there."""
    report, digest = passage.report, hashlib.sha256(passage.text.encode()).hexdigest()
    if report.id != report.sha256[:REPORT_ID_LENGTH]:
        yield Fault(FaultKind.WRONG_REPORT, f"the report's id {report.id} does not begin its sha256")
    if not passage.passage_id.startswith(f"{report.id}-"):
        yield Fault(FaultKind.WRONG_REPORT, f"passage {passage.passage_id} is not of report {report.id}")
    if not passage.passage_id.endswith(f"-{digest[:_DIGEST]}"):
        yield Fault(FaultKind.NOT_IN_PASSAGE, f"the passage's text is not that of {passage.passage_id}")
    if report.sha256 not in files:
        same_name = f"; {report.file} is there with another content" if report.file in files.names else ""
        unopened = "".join(f"; {failure.file}: {failure.reason}" for failure in files.failures)
        yield Fault(
            FaultKind.FILE_MISSING,
            f"file missing: none has the sha256 {report.sha256}{same_name}{unopened}",
            f"Name with --reports the folder of the very file that the service has as {report.file}.",
        )


def find_judgement(statement: SavedStatement, page: int, report: SourceReport) -> Judgement | None:
    """The judgement of a statement as the report's own file has it on a page; None where it has not."""
    named = statement.judgement
    same = (j for j in report.judgements if named and (j.area, j.grade, j.page) == (named.area, named.grade, page))
    return next(same, None)


def _page_faults(quote: SavedQuote, statement: SavedStatement, report: SourceReport) -> Iterator[Fault]:
    """Whether a quote's words stand on the page that it names, and where it says on that page."""
    known = quote.page in report.labels
    places = report.places(quote.text, quote.page) if known else ()
    if not places:
        of_file = f"page {quote.page} of {report.path.name}"
        why = f"not word for word on {of_file}" if known else f"there is no {of_file}: it has {len(report.labels)}"
        page = report.page_of(quote.text)
        where = f"The words stand on page {page} of it." if page else "The words stand on no page of it."
        yield Fault(FaultKind.NOT_ON_PAGE, why, f"{where} {_ASK_AGAIN}")
        return
    label = report.labels[quote.page]
    if quote.page_label != label:
        yield Fault(FaultKind.WRONG_PLACE, f"page {quote.page} has the printed label {label}, not that given")
    boxes: Sequence[Box] = places[0].boxes
    if statement.kind is StatementKind.FINDING:
        judgement = find_judgement(statement, quote.page, report)
        if judgement is None:
            return  # told of the statement; where its row is, nobody can say
        boxes = (judgement.box,) if judgement.box else ()
    if not _are_near(quote.boxes, boxes):
        yield Fault(FaultKind.WRONG_PLACE, f"its boxes are not where the words are on page {quote.page}")


def _are_near(given: Sequence[SavedBox], boxes: Sequence[Box]) -> bool:
    return len(given) == len(boxes) and all(
        one.page == box.page
        and all(abs(edge - true) <= NEAR for edge, true in zip(one.edges, _edges(box), strict=True))
        for one, box in zip(given, boxes, strict=True)
    )


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1
