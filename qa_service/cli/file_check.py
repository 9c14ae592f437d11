"""What reading made of each file, before it is indexed: facts, structure, warnings, and why a file cannot be read."""

from __future__ import annotations

from typing import Any

from corpus.dates import in_words
from corpus.types import Grading, Report
from index.building.read_pool import ReadReport
from index.building.reuse import Reading
from qa_service.answer_json import report_json
from qa_service.cli.rendering import WIDTH, failure_list, wrapped

_GRADINGS = {
    Grading.NOT_JUDGED: "none: this kind of inspection gives no grades",
    Grading.NOT_PRINTED: "none printed here",
    Grading.UNREADABLE: "printed, and could not be read",
}
_SOURCES = {"text": "printed", "sidecar": "from its sidecar", "file name": "from the file's name"}


def check_payload(checked: Reading) -> dict[str, Any]:
    """A check as JSON."""
    return {
        "reports": [_row(read) for read in checked.reports],
        "left_out": [{"file": f.file, "reason": f.reason, "remedy": f.remedy} for f in checked.failures],
        "duplicates": [{"file": file, "same_as": same} for file, same in checked.duplicates],
    }


def check_text(checked: Reading) -> str:
    """A check for a terminal: a few lines a file, then what was left out."""
    lines = [line for read in checked.reports for line in _lines(read)]
    warned = sum(bool(read.warnings) for read in checked.reports)
    lines.append(f"{len(checked.reports)} reports read, {warned} with warnings.")
    lines += [f"Same content as {same}, read once: {file}" for file, same in checked.duplicates]
    if checked.failures:
        lines.append(failure_list(checked.failures))
    return "\n".join(lines)


def _row(read: ReadReport) -> dict[str, Any]:
    report = read.report
    return {
        **report_json(report),
        "published_source": report.published_source,
        "lead_inspector": report.lead_inspector,
        "source_url": report.source_url,
        "grading": report.grading.value,
        "judgements": [{"area": j.area, "grade": j.grade, "page": j.page} for j in report.judgements],
        "improvements": [
            {
                "kind": i.kind.value,
                "label": i.label,
                "page": i.page,
                "section": i.section,
                "body": i.body,
                "text": i.text,
            }
            for i in report.improvements
        ],
        "visit": report.visit,
        "follows_judgement": report.follows_judgement,
        "corrected": list(report.corrected),
        "pages": report.page_count,
        "sections": read.sections,
        "passages": len(read.passages),
        "warnings": list(read.warnings),
    }


def _lines(read: ReadReport) -> list[str]:
    report = read.report
    counts = f"{report.page_count} pages, {read.sections} sections, {len(read.passages)} passages"
    lines = [report.file, wrapped(f"  {report.title}", "    "), f"  {counts}", wrapped(f"  {_facts(report)}", "    ")]
    grades = [f"{judgement.area}: {judgement.grade}" for judgement in report.judgements]
    lines.append(wrapped(f"  grades: {'; '.join(grades) or _GRADINGS[report.grading]}", "    "))
    if report.improvements:
        lines.append(f"  asks for {len(report.improvements)} improvements, from page {report.improvements[0].page}")
    if report.visit or report.follows_judgement:
        follows = f"follows {report.follows_judgement}" if report.follows_judgement else None
        lines.append("  about: " + "; ".join(part for part in (report.visit, follows) if part))
    if report.corrected:
        lines.append(f"  from its sidecar: {', '.join(report.corrected)}")
    lines += [wrapped(f"  ! {warning}", "    ") for warning in read.warnings]
    return [*lines, "-" * WIDTH]


def _facts(report: Report) -> str:
    days = [day for day in (report.inspected_from, report.inspected_to) if day]
    inspected = " to ".join(dict.fromkeys(in_words(day) for day in days)) or "dates not found"
    published = "publication date not found"
    if report.published and report.published_source:
        published = f"published {in_words(report.published)} ({_SOURCES[report.published_source]})"
    return "; ".join(
        (
            report.authority or "authority not found",
            report.kind.value if report.kind else "kind not found",
            report.form.value,
            f"inspected {inspected}",
            published,
            f"lead inspector {report.lead_inspector}" if report.lead_inspector else "lead inspector not found",
        )
    )
