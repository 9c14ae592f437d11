"""Addresses of a report's pages on the service's own site, without the host name."""

from __future__ import annotations

from urllib.parse import quote as percent_encode

from qa_service.types import Citation, Quote

_MAX_QUOTE = 1000
"""Maximum number of characters of a quote to put in an address. Servers accept addresses of up to about 4,000
characters in total."""


def page_url(report_id: str, page: int, quote: str | None = None) -> str:
    """Return the address of a page in a report, with any words to mark on that page."""
    address = f"/reports/{report_id}/pages/{page}"
    if quote and len(quote) > _MAX_QUOTE:
        quote = quote[:_MAX_QUOTE].rsplit(maxsplit=1)[0]  # cut between words, because the page cannot find half a word
    return f"{address}?quote={percent_encode(quote, safe='')}" if quote else address


def quote_url(quote: Quote, citation: Citation) -> str:
    """Return the address of the page that a quote is on, with the words that locate the quote there."""
    return page_url(citation.report.id, quote.page, located_by(quote, citation))


def located_by(quote: Quote, citation: Citation) -> str:
    """Return the words to look for on the page that a quote is on."""
    return citation.scored.passage.text[slice(*quote.around)] if quote.around else quote.text


def passage_url(citation: Citation) -> str:
    """Return the address of the page that a passage is on, with a sentence to mark on it.

    The sentence is the first one cited or, if none is cited, the first one in the passage.
    """
    passage = citation.scored.passage
    span = citation.found_by or next(iter(citation.highlights or passage.sentences), None)
    start, end = span or (0, len(passage.text))
    return page_url(passage.report_id, citation.page, passage.text[start:end])
