"""Says which reports a question was answered from, if an authority, a time, a kind or a filter limited the search."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.types import Report
from qa_service.answering.facts.wording import report_words
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.report_preference import reports_of_time
from qa_service.understanding.times.wording import from_when
from qa_service.wording import in_list


def reports_searched(
    question: Interpretation, about: Sequence[str], reports: Sequence[Report], *, filtered: bool = False
) -> str:
    """Return words for the reports that we searched: "the reports about Brent from 2019".

    ``about`` has the authorities that the question names and ``reports`` are about. ``filtered`` is true if filters,
    or a region, limited the search too.
    """
    kinds = question.kinds if question.only_kinds else ()
    one, many = (report_words(kinds, count, about if kinds else ()) for count in (1, 2))
    whom = f" about {in_list(about)}" if about and not kinds else ""
    if question.latest and len(about) == 1 and len(question.parts) == 1 and not question.periods:
        searched = f"the latest {one}{whom}"
    else:
        named = _years_named(question, reports)
        passages = f"the passages with {in_list([f'“{year}”' for year in named], 'or')} in " if named else ""
        searched = f"{passages}the {many}{whom}{_when(question, reports)}"
    return f"{searched} that we searched" if filtered else searched


def _years_named(question: Interpretation, reports: Sequence[Report]) -> list[str]:
    """Return the years that a passage must name, because no report is from the times in the question."""
    parts = [part for part in question.parts if part.periods and not reports_of_time(part, reports)]
    if len(parts) < len(question.parts):
        return []
    return sorted({str(period.first.year) for part in parts for period in part.periods if period.exact})


def _when(question: Interpretation, reports: Sequence[Report]) -> str:
    """Return the times that limited the search. A time that no report is from limits nothing."""
    timed = [part for part in question.parts if reports_of_time(part, reports)]
    periods = [period for part in timed for period in part.periods]
    if not periods:
        return ""
    return f" {in_list(list(dict.fromkeys(map(from_when, periods))))}"
