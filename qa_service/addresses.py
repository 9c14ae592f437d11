"""Addresses of a report's pages on the service's own site, without its host."""

from __future__ import annotations

from urllib.parse import quote as percent_encode

from qa_service.types import Citation, Quote

_MAX_QUOTE = 1000
"""The most characters of a quote to put in an address. Servers accept addresses of about 4,000 characters in all."""


def page_url(report_id: str, page: int, quote: str | None = None) -> str:
    """Return the address of a report's page, with the words to mark on it."""
    address = f"/reports/{report_id}/pages/{page}"
    if quote and len(quote) > _MAX_QUOTE:
        quote = quote[:_MAX_QUOTE].rsplit(maxsplit=1)[0]  # whole words, because the page could not find half a word
    return f"{address}?quote={percent_encode(quote, safe='')}" if quote else address


def quote_url(quote: Quote, citation: Citation) -> str:
    """Return the address of a quote's page, with the words that locate the quote on it."""
    words = citation.scored.passage.text[slice(*quote.around)] if quote.around else quote.text
    return page_url(citation.report.id, quote.page, words)


def passage_url(citation: Citation) -> str:
    """Return the address of a passage's page, with its first cited sentence (or else its first) to mark on it."""
    passage = citation.scored.passage
    span = citation.found_by or next(iter(citation.highlights or passage.sentences), None)
    start, end = span or (0, len(passage.text))
    return page_url(passage.report_id, citation.page, passage.text[start:end])
