"""Addresses of reports, pages and quotes; each carries enough to find the words again in a later build."""

from __future__ import annotations

from flask import url_for

from qa_service import addresses
from qa_service.types import Citation, Quote
from web.contract.requests import ReportsRequest


def page_url(report_id: str, page: int, quote: str | None = None) -> str:
    """The address of a page, with the words to mark on it, scrolled to them."""
    return addresses.page_url(report_id, page, quote) + ("#marked" if quote else "")


def quote_url(quote: Quote, citation: Citation) -> str:
    """The address of a quote's page, scrolled to it."""
    return f"{addresses.quote_url(quote, citation)}#marked"


def picture_url(report_id: str, page: int, width: int) -> str:
    """The address of a page's picture."""
    return url_for("reports.picture", report_id=report_id, number=page, width=width)


def passage_url(citation: Citation) -> str:
    """The address of a passage's page, scrolled to what is marked on it."""
    return f"{addresses.passage_url(citation)}#marked"


def list_url(wanted: ReportsRequest, page: int) -> str:
    """The address of another page of the same list."""
    return url_for(
        "reports.catalogue_page",
        page=page,
        authority=list(wanted.authority),
        kind=[kind.value for kind in wanted.kind],
        form=[form.value for form in wanted.form],
        year=wanted.year,
        grade=wanted.grade,
        sort=wanted.sort.value,
    )
