"""Checks the summary of a saved answer against its rows: counts, yes or no, lengths of time and changes of grade.

Whether a row belongs in the list depends on the question, so the check cannot prove the count. The count only needs to
fit the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.dates import find_date
from corpus.errors import UnreadableReport
from corpus.grades import AREAS
from corpus.types import Report
from index.search.filtering import report_day
from qa_service.types import StatementKind
from qa_service.verification.fact_check import cited_passage
from qa_service.verification.quote_check import Fault, FaultKind
from qa_service.verification.saved_answer import SavedAnswer, SavedStatement, SavedSummary
from qa_service.verification.source_files import SourceFiles
from qa_service.wording import length_of_time

_ONE = r"(?:authority|report|grade|area)\b"
_MANY = r"(?:authorities|reports|grades|areas)\b"
_STATED = re.compile(
    r"(?:^|(?<=[.:] ))(?:[A-Z][^.:“”]*?, )?"
    r"(?:(?:There (?:is|are) |We (?:have|found) (?=1 (?:report|inspection)\b|\S+ (?:reports|inspections)\b))"
    r"(?P<counted>\d+|no)\b|(?P<count>\d+|[Nn]one|[Nn]either) of the (?P<of>\d+)\b|(?P<no>[Nn]o) " + _ONE + "|"
    r"(?P<none>None\. |No\. )?(?:(?P<all>[Bb]oth|[Aa]ll (?P<every>\d+)) " + _MANY + "|[Tt]he one " + _ONE + "))"
)
"""Matches a count, and the total if the sentence gives one: "In 2023, 3 of the 5".

The count is at the start of the sentence, or after a time.

"None. All 5 … are rated Good" means that none of the 5 meet the denial in the question.
"""
_DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_BEFORE = re.compile(rf"\b(?P<first>{_DAY}), (?P<length>(?:\d+ (?:year|month|day)s? ?)+)before (?P<last>{_DAY})\b")
"""Matches the time since an inspection: "17 November 2023, 3 years before 30 November 2026"."""
_AFTER = re.compile(
    rf"\b(?P<last>{_DAY}), (?P<length>\d+ days?) after the (?:inspection|visit) ended on (?P<first>{_DAY})\b"
)
"""Matches the time from an inspection to the publication of its report."""
_VERDICT = re.compile(r"^(?P<verdict>Yes|No)\b")
_ONE_BY_ONE = "Ask about one authority at a time. Such an answer lists the reports that were looked at."
_Row = tuple[SavedStatement, Report]


def summary_faults(answer: SavedAnswer, summary: SavedSummary, files: SourceFiles) -> Iterator[Fault]:
    """Check that a summary fits the rows of its answer and the files of the reports in these rows."""
    findings = [statement for statement in answer.statements if statement.kind is StatementKind.FINDING]
    yield from _sentence_faults(summary)
    yield from _length_faults(answer, summary, findings)
    if summary.yes is not None and not findings:
        yield Fault(FaultKind.NOT_COUNTED, f"the answer is {'yes' if summary.yes else 'no'}, but no row shows why")
    if summary.count == 0 and not (answer.statements or (answer.passages and not answer.parts)):
        why = "the answer gives a count of 0, but does not cite what was searched"
        yield Fault(FaultKind.NO_CITATION, why, _ONE_BY_ONE)
    quotes = [] if findings or answer.parts else list(answer.statements)  # a list by what reports say has no findings
    rows = _read(findings or quotes, answer, files)
    if len(rows) < len(findings or quotes):
        return  # a fault in the row gives the reason
    if summary.changes:
        yield from _change_faults(rows)
    if quotes and summary.count is not None and summary.counted == "authorities":
        yield from _quoted_faults(answer, summary, summary.count, rows)
    elif summary.count is not None:
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
    numbers = [_numbers(match) for match in stated]
    wrong_of = summary.of is not None and any(total not in (None, summary.of) for _, total in numbers)
    if stated and (sum(count for count, _ in numbers) != summary.count or wrong_of):
        said = " and ".join(f"“{match.group()}”" for match in stated)
        total = "" if summary.of is None else f" of {summary.of}"
        given = "no count is given" if summary.count is None else f"the count is {summary.count}{total}"
        yield Fault(FaultKind.NOT_SAID, f"the sentence says {said}, but {given}")
    verdict = _VERDICT.match(summary.sentence)
    if summary.yes is not None and (verdict is None or (verdict["verdict"] == "Yes") != summary.yes):
        yield Fault(FaultKind.NOT_SAID, f"the sentence does not say {'yes' if summary.yes else 'no'}")


def _length_faults(answer: SavedAnswer, summary: SavedSummary, findings: Sequence[SavedStatement]) -> Iterator[Fault]:
    """Check that each length of time fits its two days, and that the first day is in a row.

    If the answer is a later page of a list, or one of several answers, the row may be elsewhere.
    """
    known = {day for row in findings if row.fact for day in row.fact.value.split("/")}
    for match in (*_BEFORE.finditer(summary.sentence), *_AFTER.finditer(summary.sentence)):
        first, last = find_date(match["first"]), find_date(match["last"])
        given = match["length"].strip()
        if first is None or last is None:
            continue
        days = f"{(last - first).days} day{'' if (last - first).days == 1 else 's'}"
        months = _whole_months(first, last)
        length = days if match.re is _AFTER or not months else length_of_time(months)
        if given != length:
            why = f"the sentence says {given} from {match['first']} to {match['last']}, but it is {length}"
            yield Fault(FaultKind.NOT_SAID, why)
        if not answer.offset and not answer.parts and first.isoformat() not in known:
            yield Fault(FaultKind.NOT_SAID, f"the sentence counts from {match['first']}, but no row gives that day")


def _whole_months(first: date, last: date) -> int:
    """Return the number of whole months from one day to a later one. This does not use the code that counted them."""
    months = 12 * (last.year - first.year) + last.month - first.month
    return months if last.day >= first.day else months - 1


def _numbers(stated: re.Match[str]) -> tuple[int, int | None]:
    """Return the count that a sentence states, and the total if it states one."""
    count = stated["counted"] or stated["count"] or stated["no"]
    if count:
        return int(count) if count.isdigit() else 0, int(stated["of"]) if stated["of"] else None
    every = int(stated["every"] or 2) if stated["all"] else 1
    return 0 if stated["none"] else every, every


def _count_faults(answer: SavedAnswer, summary: SavedSummary, count: int, rows: Sequence[_Row]) -> Iterator[Fault]:
    """Check that the count fits the items shown. If the count is 0, the rows show only what was searched."""
    if count < 0:
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count}, but a count cannot be less than 0")
    elif summary.of is not None and count > summary.of:
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count}, but the total is only {summary.of}")
    if answer.total not in (None, count):
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count}, but the length of the list is {answer.total}")
    if count == 0:
        return
    items, offset = _items(summary, rows), answer.offset or 0
    reached = offset + items
    if reached > count:
        why = f"the count is {count}, but the list has at least {reached} {summary.counted or 'items'}"
        yield Fault(FaultKind.NOT_COUNTED, why)
    elif answer.offset is not None and reached != (answer.next_offset or count):
        expected = (answer.next_offset or count) - offset
        counted = summary.counted or "items"
        why = f"the number of {counted} on this page should be {expected}, but there are rows for {items}"
        yield Fault(FaultKind.NOT_COUNTED, why)


def _quoted_faults(answer: SavedAnswer, summary: SavedSummary, count: int, rows: Sequence[_Row]) -> Iterator[Fault]:
    """Check a number of authorities against the quotes shown. The pages of such a list are pages of reports."""
    shown = len({report.authority for _, report in rows} - {None})
    whole = not answer.offset and answer.next_offset is None
    if summary.of is not None and count > summary.of:
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count}, but the total is only {summary.of}")
    elif shown > count or (whole and shown < count):
        yield Fault(FaultKind.NOT_COUNTED, f"the count is {count}, but the quotes are about {shown} authorities")


def _items(summary: SavedSummary, rows: Sequence[_Row]) -> int:
    """Return the number of counted items that have rows."""
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
            about = " and ".join(report.authority or "an unknown authority" for report in (before, after))
            why = f"{whose} are not a change, because they are about {about}"
            yield Fault(FaultKind.WRONG_REPORT, why)
        elif not _same_area(first, second):
            why = f"{whose} are not a change, because they are not grades for the same area"
            yield Fault(FaultKind.NOT_COUNTED, why)
        elif report_day(before) >= report_day(after):
            why = f"{whose} are in the wrong order, because the first is not the earlier one"
            yield Fault(FaultKind.NOT_COUNTED, why)


def _same_area(first: SavedStatement, second: SavedStatement) -> bool:
    if first.judgement is None or second.judgement is None:
        return False
    printed = (first.judgement.area, second.judgement.area)
    return printed[0] == printed[1] or any(all(map(area.is_printed_as, printed)) for area in AREAS)
