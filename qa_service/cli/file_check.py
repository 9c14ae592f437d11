"""The results of ``qa-service reports --check``: what was read from each file, or why it could not be read."""

from __future__ import annotations

from typing import Any

from corpus.facts.report_days import inspected_words, published_words
from corpus.types import Grading, Report
from index.building.read_pool import ReadReport
from index.building.reuse import ReadResults
from qa_service.answer_json.passages import report_json
from qa_service.cli.rendering import WIDTH, counted, failure_list, wrapped
from qa_service.report_facts import fact_value
from qa_service.types import FactName

_GRADINGS = {
    Grading.NOT_JUDGED: "none, because this type of inspection gives no grades",
    Grading.NOT_PRINTED: "none given in this document",
    Grading.UNREADABLE: "printed in a table that could not be read",
}
_SOURCES = {
    "text": "printed",
    "other date": "printed",
    "sidecar": "from its facts file",
    "file name": "from the file's name",
}


def check_payload(results: ReadResults) -> dict[str, Any]:
    """Return the results of a check as JSON."""
    return {
        "reports": [_row(read) for read in results.reports],
        "left_out": [{"file": f.file, "reason": f.reason, "remedy": f.remedy} for f in results.failures],
        "duplicates": [{"file": file, "same_as": same} for file, same in results.duplicates],
    }


def check_text(results: ReadResults) -> str:
    """Return the results of a check as text: a few lines for each file, then the files that could not be read."""
    lines = [line for read in results.reports for line in _lines(read)]
    with_warnings = sum(bool(read.warnings) for read in results.reports)
    lines.append(f"{counted(len(results.reports), 'report')} read, {with_warnings} with warnings.")
    lines += [f"{file} has the same content as {same}, so it was read once." for file, same in results.duplicates]
    if results.failures:
        lines.append(failure_list(results.failures))
    return "\n".join(lines)


def _row(read: ReadReport) -> dict[str, Any]:
    report = read.report
    return {
        **report_json(report),
        "published_source": report.published_source,
        "lead_inspector": report.lead_inspector,
        "post_holder": report.post_holder,
        "post_held": report.post_held,
        "source_url": report.source_url,
        "grading": report.grading.value,
        "judgements": [{"area": j.area, "grade": j.grade, "page": j.page} for j in report.judgements],
        "missing_areas": list(report.missing_areas),
        "not_judged": list(report.not_judged),
        "improvements": [
            {
                "kind": i.kind.value,
                "label": i.label,
                "page": i.page,
                "section": i.section,
                "body": i.body,
                "deadline": i.deadline,
                "text": i.text,
            }
            for i in report.improvements
        ],
        "unread_lists": list(report.unread_lists),
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
    counts = (
        counted(report.page_count, "page"),
        counted(read.sections, "section"),
        counted(len(read.passages), "passage"),
    )
    grades = [f"{judgement.area}: {judgement.grade}" for judgement in report.judgements]
    grades += [f"{area}: not judged" for area in report.not_judged]
    lines = [
        report.file,
        wrapped(f"  {report.title}", "    "),
        f"  {', '.join(counts)}",
        wrapped(f"  {_facts(report)}", "    "),
        wrapped(f"  Grades: {'; '.join(grades) or _why_none(report)}", "    "),
    ]
    if report.missing_areas:
        lines.append(wrapped(f"  Grades that could not be read: {'; '.join(report.missing_areas)}", "    "))
    if report.improvements:
        improvements = counted(len(report.improvements), "improvement")
        where = "on" if len(report.improvements) == 1 else "starting on"
        lines.append(f"  Lists {improvements}, {where} page {report.improvements[0].page}")
    if report.visit or report.follows_judgement:
        follows = f"follows {report.follows_judgement}" if report.follows_judgement else None
        lines.append("  About: " + "; ".join(part for part in (report.visit, follows) if part))
    if report.corrected:
        lines.append(f"  Corrected by its facts file (.toml): {', '.join(report.corrected)}")
    lines += [wrapped(f"  ! {warning}", "    ") for warning in read.warnings]
    return [*lines, "-" * WIDTH]


def _why_none(report: Report) -> str:
    """Say why a report has no grades."""
    return "none that could be read" if report.missing_areas else _GRADINGS[report.grading]


def _facts(report: Report) -> str:
    inspected = inspected_words(report) or "dates not found"
    published = "publication date not found"
    if report.published and report.published_source:
        published = f"{published_words(report)} ({_SOURCES[report.published_source]})"
    return "; ".join(
        (
            report.authority or "authority not found",
            report.kind.value if report.kind else "type not found",
            report.form.value,
            f"inspected {inspected}",
            published,
            f"lead inspector {report.lead_inspector}" if report.lead_inspector else "lead inspector not found",
            *([f"post holder {fact_value(report, FactName.POST_HOLDER)}"] if report.post_holder else ()),
        )
    )
