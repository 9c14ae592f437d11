"""Checks the quotes in saved answers. Their words must be in the given passage, page and boxes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import UnreadableReport
from corpus.types import REPORT_ID_LENGTH, Box, Judgement, Reading
from qa_service.types import StatementKind
from qa_service.verification.saved_answer import SavedBox, SavedPassage, SavedQuote, SavedReport, SavedStatement
from qa_service.verification.source_files import SourceFiles, SourceReport

NEAR = 1e-3
"""The edges of a box may be this far from the words, as a fraction of the page's size."""
_DIGEST = 8
"""Number of digits at the end of a passage's id that come from the sha256 of its text."""
_CLAIMS = tuple(reading.value for reading in Reading if reading is not Reading.CONTRADICTED)
NO_TESSERACT = "Tesseract is not installed here, so they were not read again"
ASK_AGAIN = "Ask again, and save the reply exactly as you receive it."


class FaultKind(StrEnum):
    """What is wrong with a citation."""

    FILE_MISSING = "file-missing"
    """No file has the sha256 given, so the quote is neither proved nor disproved."""
    FILE_UNREADABLE = "file-unreadable"
    NO_CITATION = "no-citation"
    WRONG_REPORT = "wrong-report"
    """The id, the sha256, the passage and the judgement are not all from the same report."""
    NOT_IN_PASSAGE = "not-in-passage"
    NOT_ON_PAGE = "not-on-page"
    CONTRADICTED = "contradicted"
    """A second program, which the index does not use, reads different words at this place."""
    NOT_CONFIRMED = "not-confirmed"
    """The second program finds neither the words nor other words in their place."""
    FROM_PICTURE = "from-picture"
    """The words were read from a picture, so the second program proves nothing."""
    WRONG_PLACE = "wrong-place"
    """The boxes, the printed page number or the address do not match the words."""
    NOT_SAID = "not-said"
    """A statement's words differ from those of its quotes."""
    NOT_JUDGED = "not-judged"
    """The report does not give this grade for this area on this page."""
    NOT_GIVEN = "not-given"
    """The report does not give this value for this fact, or the fact's words do not state the value."""
    NOT_COUNTED = "not-counted"
    """The summary does not fit the rows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something is not proved, and what to do about it."""

    kind: FaultKind
    why: str
    remedy: str = ASK_AGAIN


def quote_faults(
    quote: SavedQuote, statement: SavedStatement, passage: SavedPassage | None, files: SourceFiles
) -> Iterator[Fault]:
    """Find the faults in a quote. ``passage`` is the passage that the quote cites, or None if there is none."""
    if passage is None:
        yield Fault(FaultKind.NO_CITATION, f"the quote cites passage {quote.citation}, which is not in the answer")
        return
    if quote.citation not in statement.citations:
        yield Fault(FaultKind.NO_CITATION, f"the statement of the quote does not cite passage {quote.citation}")
    is_within = 0 <= quote.start < quote.end <= len(passage.text)
    if not is_within or passage.text[quote.start : quote.end] != quote.text:
        why = f"characters {quote.start} to {quote.end} of passage {quote.citation} are not the words of the quote"
        yield Fault(FaultKind.NOT_IN_PASSAGE, why)
    # Clients may put the address of the service before the path.
    if not quote.url.partition("?")[0].endswith(f"/reports/{passage.report.id}/pages/{quote.page}"):
        yield Fault(FaultKind.WRONG_PLACE, f"the link of the quote does not lead to page {quote.page} of its report")
    yield from claim_faults(quote.reading)
    yield from passage_faults(passage, files)
    if passage.report.sha256 in files:
        try:
            yield from _page_faults(quote, statement, passage, files.report(passage.report.sha256))
        except UnreadableReport as error:
            yield unreadable(error)


def passage_faults(passage: SavedPassage, files: SourceFiles) -> Iterator[Fault]:
    """Check that a passage is from its report, and that the report's file is in the given folders."""
    report, digest = passage.report, hashlib.sha256(passage.text.encode()).hexdigest()
    if report.id != report.sha256[:REPORT_ID_LENGTH]:
        yield Fault(FaultKind.WRONG_REPORT, f"the id of the report, {report.id}, is not the start of its sha256")
    if not passage.passage_id.startswith(f"{report.id}-"):
        yield Fault(FaultKind.WRONG_REPORT, f"passage {passage.passage_id} is not from report {report.id}")
    if not passage.passage_id.endswith(f"-{digest[:_DIGEST]}"):
        yield Fault(FaultKind.NOT_IN_PASSAGE, f"the text of the passage is not that of {passage.passage_id}")
    yield from file_faults(report, files)


def file_faults(report: SavedReport, files: SourceFiles) -> Iterator[Fault]:
    """Check that the file of a report is in the given folders."""
    if report.sha256 not in files:
        same_name = f", but there is a {report.file} with different content" if report.file in files.names else ""
        unopened = "".join(f". {failure.file} cannot be opened: {failure.reason}" for failure in files.failures)
        yield Fault(
            FaultKind.FILE_MISSING,
            f"no file has the sha256 {report.sha256}{same_name}{unopened}",
            f"Use --reports to give the folder that contains {report.file}. The file must be identical to the "
            "service’s.",
        )


def unreadable(error: UnreadableReport) -> Fault:
    """Return a fault for a file that cannot be read."""
    return Fault(FaultKind.FILE_UNREADABLE, f"{error.path.name}: {error.reason}", error.remedy)


def find_judgement(statement: SavedStatement, page: int, report: SourceReport) -> Judgement | None:
    """Return a statement's judgement as printed on a page of the report's file, or None if it is not there."""
    saved = statement.judgement
    same = (
        j for j in report.facts.judgements if saved and (j.area, j.grade, j.page) == (saved.area, saved.grade, page)
    )
    return next(same, None)


def reading_faults(words: Sequence[str], page: int, report: SourceReport) -> Iterator[Fault]:
    """Check words on a page against what the second program reads. Yield at most one fault, the most serious one.

    If we read the page from its picture, a second program cannot prove its words.
    """
    if page in report.recognised:
        yield from_picture(page, "they were read again on this machine, and are the same")
        return
    readings = {report.reading(part, page) for part in words}
    file, shown = report.path.name, " and ".join(f"“{part}”" for part in words)
    if Reading.CONTRADICTED in readings:
        why = f"a second program reads different words on page {page} of {file} instead of {shown}"
        yield Fault(FaultKind.CONTRADICTED, why, "Do not use these words. Look at the page.")
    elif readings != {Reading.CONFIRMED}:
        problem = report.second(page).problem
        because = f", because {problem}" if problem else ""
        why = f"a second program did not find {shown} on page {page} of {file}{because}"
        yield Fault(FaultKind.NOT_CONFIRMED, why, "Look for them on the page yourself.")


def claim_faults(reading: str | None) -> Iterator[Fault]:
    """Check that an answer gives a valid result for the second program."""
    if reading not in (None, *_CLAIMS):
        yield Fault(FaultKind.NOT_SAID, f"the reading “{reading}” is not one of these: {', '.join(_CLAIMS)}")


def _confirmation_faults(
    quote: SavedQuote, statement: SavedStatement, passage: SavedPassage, report: SourceReport
) -> Iterator[Fault]:
    """Check the words of a quote with the second program. A grade is checked together with its row in the table."""
    if statement.judgement is None:
        yield from reading_faults([quote.text], quote.page, report)
        return
    start, end = passage.text.rfind("\n", 0, quote.start) + 1, passage.text.find("\n", quote.end)
    row = passage.text[start : end if end >= 0 else len(passage.text)]
    words = [row] if report.places(row, quote.page) else [statement.judgement.area, statement.judgement.grade]
    yield from reading_faults(words, quote.page, report)


def _page_faults(
    quote: SavedQuote, statement: SavedStatement, passage: SavedPassage, report: SourceReport
) -> Iterator[Fault]:
    """Check that the words of a quote are on the page and in the boxes that it gives."""
    has_page = quote.page in report.labels
    if quote.reading == Reading.FROM_PICTURE.value and not_read_again(quote.page, report):
        yield from_picture(quote.page, NO_TESSERACT)
        return
    places = report.places(quote.text, quote.page) if has_page else ()
    if not places:
        place = f"page {quote.page} of {report.path.name}"
        why = f"the words are not on {place}"
        if not has_page:
            why = f"there is no {place}, which has {len(report.labels)} pages"
        page = report.page_of(quote.text)
        where = f"The words are on page {page}." if page else "The words are not on any page of this file."
        yield Fault(FaultKind.NOT_ON_PAGE, why, f"{where} {ASK_AGAIN}")
        return
    if quote.page in report.recognised:
        yield from reading_faults([quote.text], quote.page, report)
        return
    label = report.labels[quote.page]
    if quote.page_label != label:
        yield Fault(
            FaultKind.WRONG_PLACE, f"the number printed on page {quote.page} is {label}, not {quote.page_label}"
        )
    yield from _confirmation_faults(quote, statement, passage, report)
    boxes: Sequence[Box] = places[0].boxes
    if statement.kind is StatementKind.FINDING and statement.fact is None:
        judgement = find_judgement(statement, quote.page, report)
        if judgement is None:
            return  # a fault in the statement gives the reason, and there is no row to compare with
        boxes = (judgement.box,) if judgement.box else ()
    if not _are_near(quote.boxes, boxes):
        yield Fault(FaultKind.WRONG_PLACE, f"the boxes of the quote are not where the words are on page {quote.page}")


def not_read_again(page: int, report: SourceReport) -> bool:
    """Return whether a page exists but could not be read from its picture on this machine."""
    return page in report.labels and page not in report.recognised


def from_picture(page: int, compared: str) -> Fault:
    """Return the fault for words that no program can prove."""
    why = f"the words were read from the picture of page {page}, not proven; {compared}"
    return Fault(FaultKind.FROM_PICTURE, why, "Compare them with the picture of the page.")


def _are_near(saved_boxes: Sequence[SavedBox], boxes: Sequence[Box]) -> bool:
    return len(saved_boxes) == len(boxes) and all(
        saved.page == box.page
        and all(abs(edge - true) <= NEAR for edge, true in zip(saved.edges, _edges(box), strict=True))
        for saved, box in zip(saved_boxes, boxes, strict=True)
    )


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1
