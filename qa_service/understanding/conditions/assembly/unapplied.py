"""Names the words of a question that choose some of the reports if no step has applied them."""

from __future__ import annotations

from dataclasses import replace

from qa_service.understanding.conditions.accounting import overlaps
from qa_service.understanding.conditions.assembly.results import spans_of
from qa_service.understanding.conditions.newest import find_newest
from qa_service.understanding.conditions.selection import find_which
from qa_service.understanding.conditions.slots import SlottedText
from qa_service.understanding.conditions.types import Conditions, Wanted


def with_unapplied_named(conditions: Conditions, slotted: SlottedText) -> Conditions:
    """Name the words that choose some of the reports, if they limit what reports say and no step has applied them.

    Examples are "the last five reports" and "at every inspection".
    """
    searches = conditions.wanted is Wanted.SENTENCES
    of_words = conditions.wanted in (Wanted.PHRASES, Wanted.ABSENCE)
    counts_said = conditions.theme or conditions.subject or conditions.own_list or of_words
    applied = conditions.newest or conditions.newest_that_fit or conditions.newest_of_each
    if applied or not (searches or counts_said):
        return conditions
    newest, which = find_newest(slotted), find_which(slotted) if counts_said and not of_words else None
    extents = [which.extent] if which else []
    if newest and newest.count != 1 and not (searches and newest.count in (None, 2)):
        # A search already prefers the latest reports, and "the last two" means a comparison.
        extents = [newest.extent]
    named = [slotted.extent_of(span.start, span.end) for span in conditions.not_applied]
    unnamed = [extent for extent in extents if not overlaps(extent, named)]
    return replace(conditions, not_applied=(*conditions.not_applied, *spans_of(slotted, unnamed)))
