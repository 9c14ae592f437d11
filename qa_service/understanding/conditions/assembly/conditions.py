"""Finds the conditions in a question, and accounts for each of its words. Start with :func:`find_conditions`.

It makes several passes over a :class:`SlottedText`. They find what the question names, its conditions on grades, the
inspections that it means, what it asks for, and finally the words left over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.names.authorities import Mention
from qa_service.understanding.conditions.accounting import merged, overlaps, words_left
from qa_service.understanding.conditions.assembly.answered_by import facts_answer, looks_like_facts
from qa_service.understanding.conditions.assembly.content_counts import find_own_list_count, find_subject_count
from qa_service.understanding.conditions.assembly.exact_word_counts import find_exact_word_count
from qa_service.understanding.conditions.assembly.finding import find_all
from qa_service.understanding.conditions.assembly.found import Known
from qa_service.understanding.conditions.assembly.newest_reports import find_count_of_newest, with_newest
from qa_service.understanding.conditions.assembly.numbers_by_authority import find_numbers_by_authority
from qa_service.understanding.conditions.assembly.numbers_by_year import (
    find_numbers_by_year,
    find_numbers_of_reports,
    only_modifies,
)
from qa_service.understanding.conditions.assembly.results import of_facts, of_text, spans_of
from qa_service.understanding.conditions.assembly.visit_focus_lists import find_visit_focus_list
from qa_service.understanding.conditions.by_year import EACH_YEAR
from qa_service.understanding.conditions.entities import entities_of
from qa_service.understanding.conditions.newest import find_newest
from qa_service.understanding.conditions.selection import (
    find_how_often,
    find_since_inspection,
    find_since_last_full,
    find_which,
)
from qa_service.understanding.conditions.slots import Slot, SlottedText
from qa_service.understanding.conditions.types import LISTS, Conditions, Span, Wanted
from qa_service.understanding.conditions.wanted import LocatedWanted
from qa_service.understanding.times.changes import words_for_change
from qa_service.understanding.times.period import Period

_NOTHING_KNOWN = Known()


def find_conditions(
    text: str, named: Sequence[Mention], periods: Sequence[Period], known: Known = _NOTHING_KNOWN
) -> Conditions:
    """Return the conditions in a question. ``named`` and ``periods`` are the authorities and times that it names."""
    if (since := find_since_last_full(text)) and (anchored := _since_last_full(text, since, named, periods, known)):
        return anchored
    slotted = SlottedText.of(text, entities_of(text, named, periods))
    return _with_unapplied_named(_conditions(text, slotted, named, periods, known), slotted)


def _conditions(
    text: str, slotted: SlottedText, named: Sequence[Mention], periods: Sequence[Period], known: Known
) -> Conditions:
    names = {mention.name for mention in named} or set(known.named_before)
    of_its_own = (
        _since_inspection(text, slotted, named, periods, known)
        or _said_by_year(text, slotted, named, periods, known)
        or _said_often(text, slotted, named, periods, known)
        or find_exact_word_count(slotted, names)
        or find_count_of_newest(slotted, names, asks_for_improvements=known.asks_for_improvements)
        or find_own_list_count(slotted, names)
        or find_visit_focus_list(slotted, names)
        or _of_years(slotted, names)
        or _of_report_years(slotted)
        or find_numbers_by_authority(slotted)
    )
    if of_its_own:
        return of_its_own
    found = with_newest(find_all(slotted, names))
    improvements = known.asks_for_improvements
    if of_subject := find_subject_count(slotted, found, names, asks_for_improvements=improvements):
        return of_subject
    if known.asks_for_improvements and not slotted.positions(Slot.GRADE):
        return of_text(found, known)
    if known.asks_for_grade and found.wanted is None:
        found = replace(found, wanted=LocatedWanted(Wanted.GRADES, (0, 0)))
    if found.wanted:
        left = words_left(slotted, found.used)
        if facts_answer(found, found.wanted, left):
            return of_facts(found, found.wanted, left)
        if words_for_change(slotted.question):  # its words are the subject of a search, and do not limit a list
            return of_text(found, known)
        if looks_like_facts(found) or (known.asks_for_grade and found.wanted.wanted is Wanted.GRADES):
            searched = of_text(found, known)
            limited = [slotted.extent_of(limit.span.start, limit.span.end) for limit in searched.limits]
            unused = spans_of(slotted, merged(slotted.text, [one for one in left if not overlaps(one, limited)]))
            return replace(searched, not_applied=(*searched.not_applied, *unused))
    return of_text(found, known)


def _of_years(slotted: SlottedText, names: Collection[str]) -> Conditions | None:
    """Return the conditions in a question for numbers of grades by year.

    None if the question does not ask for these.
    """
    found = find_numbers_by_year(slotted, names)
    if found is None or found.wanted is None:
        return None
    left = words_left(slotted, found.used)
    return of_facts(found, found.wanted, left) if not left or only_modifies(found, left) else None


def _said_by_year(
    text: str, slotted: SlottedText, named: Sequence[Mention], periods: Sequence[Period], known: Known
) -> Conditions | None:
    """Return the conditions of a question that counts, for each year, the reports that say something.

    None if the rest of the question, without the words for each year, does not ask for such a count.
    """
    each_year = EACH_YEAR.search(slotted.text)
    if each_year is None:
        return None
    without = find_conditions(_blanked(text, Span(*slotted.span(*each_year.span()))), named, periods, known)
    says = without.theme is not None or without.subject is not None
    counts = says and without.wanted is Wanted.REPORTS and not without.newest
    return replace(without, by_year=True) if counts else None


def _said_often(
    text: str, slotted: SlottedText, named: Sequence[Mention], periods: Sequence[Period], known: Known
) -> Conditions | None:
    """Return the conditions of a question for authorities about which several reports say something.

    None if the rest of the question, without the words for how many, does not ask for a list of such authorities.
    """
    often = find_how_often(slotted)
    if often is None or slotted.positions(Slot.GRADE):
        return None
    without = find_conditions(_blanked(text, Span(*slotted.span(*often.extent))), named, periods, known)
    says = (without.theme or without.subject) and without.wanted is Wanted.AUTHORITIES
    of_newest = without.newest or without.newest_that_fit or without.newest_of_each
    return replace(without, number=often.count) if says and not (of_newest or without.number) else None


def _of_report_years(slotted: SlottedText) -> Conditions | None:
    """Return the conditions in a question for numbers of reports by year.

    None if the question does not ask for these.
    """
    found = find_numbers_of_reports(slotted)
    if found is None or found.wanted is None:
        return None
    left = words_left(slotted, found.used)
    return of_facts(found, found.wanted, left) if facts_answer(found, found.wanted, left) else None


def _since_last_full(
    text: str, since: Span, named: Sequence[Mention], periods: Sequence[Period], known: Known
) -> Conditions | None:
    """Return the conditions of a question that lists or counts what came after an authority's last full inspection.

    ``since`` is the place of these words. None if the rest of the question does not ask for a list of reports or
    authorities.
    """
    without = find_conditions(_blanked(text, since), named, periods, known)
    of_newest = without.newest or without.newest_that_fit or without.newest_of_each
    if without.wanted not in LISTS or without.grades or without.by_year or of_newest or periods:
        return None
    if without.wanted is Wanted.AUTHORITIES and without.which:
        return None  # "who had the latest visit since …" asks for only one
    return replace(without, since_last_full=True)


def _since_inspection(
    text: str, slotted: SlottedText, named: Sequence[Mention], periods: Sequence[Period], known: Known
) -> Conditions | None:
    """Return the conditions of a question that lists or counts what came after an inspection: "since the 2023 one".

    None if the rest of the question does not ask for a list of reports, or if it names no authority or other times.
    """
    since = find_since_inspection(slotted)
    if since is None or len(periods) != 1 or periods[0].excluded or not (named or known.named_before):
        return None
    for span in since.spans:
        text = _blanked(text, span)
    without = find_conditions(text, named, (), known)
    of_what = (
        without.grades
        or without.newest
        or without.theme
        or without.subject
        or without.own_list
        or without.focus
        or without.by_year
    )
    return replace(without, since_inspection=since.kinds) if without.wanted is Wanted.REPORTS and not of_what else None


def _with_unapplied_named(conditions: Conditions, slotted: SlottedText) -> Conditions:
    """Name the words that choose some of the reports, if they limit a search and no step has applied them.

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


def _blanked(text: str, span: Span) -> str:
    """Return a text with spaces instead of some words, so that the other words keep their places."""
    return text[: span.start] + " " * (span.end - span.start) + text[span.end :]
