"""Checks the summary of a saved answer against its rows: the count, the yes or no, and the changes of grade.

Whether a row belongs in the list depends on the question, so the count itself is not proved. It need only fit the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.errors import UnreadableReport
from corpus.grades import AREAS
from corpus.types import Report
from index.search.filtering import report_day
from qa_service.types import StatementKind
from qa_service.verification.fact_check import cited_passage
from qa_service.verification.quote_check import Fault, FaultKind
from qa_service.verification.saved_answer import SavedAnswer, SavedStatement, SavedSummary
from qa_service.verification.source_files import SourceFiles

_STATED = re.compile(
    r"(?:^|(?<=[.:] ))(?:(?:There (?:is|are) )(?P<counted>\d+|no)\b|(?P<count>\d+|None) of the (?P<of>\d+)\b)"
)
"""The count at the start of a sentence, with the total if there is one: "3 of the 5"."""
_VERDICT = re.compile(r"^(?P<verdict>Yes|No)\b")
_ONE_BY_ONE = "Ask about one authority at a time. Such an answer lists the reports that were looked at."
_Row = tuple[SavedStatement, Report]


def summary_faults(answer: SavedAnswer, summary: SavedSummary, files: SourceFiles) -> Iterator[Fault]:
    """Check that a summary fits the rows of its answer and the files of their reports."""
    findings = [statement for statement in answer.statements if statement.kind is StatementKind.FINDING]
    yield from _sentence_faults(summary)
    if summary.yes is not None and not findings:
        yield Fault(FaultKind.NOT_COUNTED, f"the answer is {'yes' if summary.yes else 'no'}, but no row shows why")
    if summary.count == 0 and not (answer.statements or (answer.passages and not answer.parts)):
        why = "the answer counts none, but does not cite what was searched"
        yield Fault(FaultKind.NO_CITATION, why, _ONE_BY_ONE)
    rows = _read(findings, answer, files)
    if len(rows) < len(findings):
        return  # a fault in the row says why
    if summary.changes:
        yield from _change_faults(rows)
    if summary.count is not None:
        yield from _count_faults(answer, summary, summary.count, rows)


def _read(statements: Sequence[SavedStatement], answer: SavedAnswer, files: SourceFiles) -> list[_Row]:
    """Return each statement with its report, read from the file. Leave it out if the report cannot be read."""
    rows: list[_Row] = []
    for statement in statements:
        passage = cited_passage(statement, answer)
        if passage is None or passage.report.sha256 not in files:
            continue
        try:
            rows.append((statement, files.report(passage.report.sha256).facts))
        except UnreadableReport:
            continue
    return rows


def _sentence_faults(summary: SavedSummary) -> Iterator[Fault]:
    """Check the numbers, and the yes or no, at the start of the sentence."""
    stated = list(_STATED.finditer(summary.sentence))
    numbers = [match["counted"] or match["count"] for match in stated]
    count = sum(int(number) for number in numbers if number.isdigit())
    wrong_of = summary.of is not None and any(match["of"] not in (None, str(summary.of)) for match in stated)
    if stated and (count != summary.count or wrong_of):
        said = " and ".join(f"“{match.group()}”" for match in stated)
        yield Fault(FaultKind.NOT_SAID, f"the sentence says {said}, but the count is {summary.count} of {summary.of}")
    verdict = _VERDICT.match(summary.sentence)
    if summary.yes is not None and (verdict is None or (verdict["verdict"] == "Yes") != summary.yes):
        yield Fault(FaultKind.NOT_SAID, f"the sentence does not say {'yes' if summary.yes else 'no'}")


def _count_faults(answer: SavedAnswer, summary: SavedSummary, count: int, rows: Sequence[_Row]) -> Iterator[Fault]:
    """Check that the count fits the items shown. If the count is 0, the rows only show what was searched."""
    if count < 0 or (summary.of is not None and count > summary.of):
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count} of {summary.of}")
    if answer.total not in (None, count):
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count}, but the list has {answer.total} items")
    if count == 0:
        return
    items, offset = _items(summary, rows), answer.offset or 0
    reached = offset + items
    if reached > count:
        why = f"the count is {count}, but the list has at least {reached} {summary.counted or 'items'}"
        yield Fault(FaultKind.NOT_COUNTED, why)
    elif answer.offset is not None and reached != (answer.next_offset or count):
        expected = (answer.next_offset or count) - offset
        why = f"{items} of the {expected} {summary.counted or 'items'} of this page have rows"
        yield Fault(FaultKind.NOT_COUNTED, why)


def _items(summary: SavedSummary, rows: Sequence[_Row]) -> int:
    """Return how many of the counted items have rows."""
    if summary.counted == "authorities":
        return len({report.authority for _, report in rows})
    if summary.counted == "reports":
        return len({report.id for _, report in rows})
    return len(rows) // 2 if summary.changes else len(rows)


def _change_faults(rows: Sequence[_Row]) -> Iterator[Fault]:
    """Check that the rows are pairs of grades for one area and authority, with the earlier inspection first."""
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    if len(rows) % 2:
        yield Fault(FaultKind.NOT_COUNTED, "one of the two grades of a change is missing")
    for (first, before), (second, after) in pairs:
        whose = f"“{first.text}” and “{second.text}”"
        if before.authority is None or before.authority != after.authority:
            why = f"{whose} are no change, because they are of {before.authority} and of {after.authority}"
            yield Fault(FaultKind.WRONG_REPORT, why)
        elif not _same_area(first, second):
            yield Fault(FaultKind.NOT_COUNTED, f"{whose} are no change, because they are not grades of one area")
        elif report_day(before) >= report_day(after):
            yield Fault(FaultKind.NOT_COUNTED, f"{whose} are in the wrong order, because the first is not the earlier")


def _same_area(first: SavedStatement, second: SavedStatement) -> bool:
    if first.judgement is None or second.judgement is None:
        return False
    printed = (first.judgement.area, second.judgement.area)
    return printed[0] == printed[1] or any(all(map(area.is_printed_as, printed)) for area in AREAS)
