"""Links to reports, pages and quotes.

Each link contains enough words to find the right place in later builds as well.
"""

from __future__ import annotations

from flask import url_for

from qa_service import addresses
from qa_service.types import Citation, Quote
from web.contract.requests import ReportsRequest


def page_url(report_id: str, page: int, quote: str | None = None) -> str:
    """Return the address of a page, which opens at the words to be marked."""
    return addresses.page_url(report_id, page, quote) + ("#marked" if quote else "")


def quote_url(quote: Quote, citation: Citation) -> str:
    """Return the address of the page that a quote is on, which opens at the quote."""
    return f"{addresses.quote_url(quote, citation)}#marked"


def picture_url(report_id: str, page: int, width: int) -> str:
    """Return the address of a page's picture, ``width`` pixels wide."""
    return url_for("reports.picture", report_id=report_id, number=page, width=width)


def cutout_url(quote: Quote, citation: Citation) -> str:
    """Return the address of the part of a page's picture that shows a quote."""
    return url_for(
        "reports.cutout", report_id=citation.report.id, number=quote.page, quote=addresses.located_by(quote, citation)
    )


def passage_url(citation: Citation) -> str:
    """Return the address of the page that a passage is on, which opens at the marked words."""
    return f"{addresses.passage_url(citation)}#marked"


def list_url(query: ReportsRequest, page: int) -> str:
    """Return the address of another page of a list of reports."""
    return url_for(
        "reports.catalogue_page",
        page=page,
        authority=list(query.authority),
        kind=[kind.value for kind in query.kind],
        form=[form.value for form in query.form],
        year=query.year,
        grade=query.grade,
        sort=query.sort.value,
    )
