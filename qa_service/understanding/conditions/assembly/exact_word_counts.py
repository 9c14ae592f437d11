"""Finds all the conditions in a question about exact words, or about words that reports must not contain."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from qa_service.understanding.conditions.assembly.left_out import kinds_left_out, kinds_named, kinds_of
from qa_service.understanding.conditions.assembly.newest_reports import with_choice
from qa_service.understanding.conditions.contents.exact_words import find_exact_words
from qa_service.understanding.conditions.newest import find_newest
from qa_service.understanding.conditions.slots import SlottedText
from qa_service.understanding.conditions.types import Conditions, Wanted

_THAT = re.compile(r" (?:that|which|where|with|without|to|\w+ing)\b")
"""Words after "reports" that say which reports are meant: "the five most recent reports that say …"."""


def find_exact_word_count(slotted: SlottedText, names: Collection[str]) -> Conditions | None:
    """Return the conditions in a question about exact words, and the conditions on the reports to search.

    None if the question is not about exact words.
    """
    located = find_exact_words(slotted)
    if located is None or located.conditions.wanted is Wanted.SENTENCES:
        return located.conditions if located else None
    left_out = [match for match in kinds_left_out(slotted) if not located.extent or match.start() < located.extent[0]]
    found = replace(
        located.conditions,
        kinds=kinds_named(slotted, left_out, located.extent),
        other_kinds=kinds_of([slotted.entities_in(*match.span("kind"))[0] for match in left_out]),
    )
    newest = find_newest(slotted)
    if newest is None or newest.unknown or (located.extent and newest.phrase[0] >= located.extent[0]):
        return found
    chosen = newest.chosen or not _THAT.match(slotted.text[newest.phrase[1] :])
    own = newest.of_each or (newest.of_its_own and not names)
    return with_choice(found, replace(newest, of_each=own, chosen=chosen), slotted)
