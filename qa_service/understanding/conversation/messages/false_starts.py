"""Removes words that a person takes back: "Orle's fostering... no wait, how are Orle's care leavers?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from qa_service.understanding.interpretation import interpret

_SAYS = (
    r"(?:(?:oh|ah|er+m?|um+|actually|oops|no)[,. ]+)*"
    r"(?:no,? wait|wait,? no|no,? sorry|no,? actually|actually,? no|scrap that|strike that|ignore that|forget that|"
    r"sorry,? (?:no|wait|scrap that|ignore that)|(?:sorry,? )?(?:i mean(?:t)?(?: to (?:say|ask))?|"
    r"that should (?:be|say|read)|make that)|correction|let me (?:rephrase|start again|try again)|or rather|"
    r"on second thoughts?)"
)
"""Words with which a person takes back what they have written."""
_BROKEN_OFF = r"(?:\s*(?:\.{2,}|…)\s*|\s*[–—]+\s*|\s+-+\s+|[.?!,;:]\s+)"
_TAKES_BACK = re.compile(
    rf"{_BROKEN_OFF}(?:{_SAYS}\b(?!['’]))[\s,.:;…–—-]*|"
    r"\s*(?:\.{2,}|…|\s[–—-]+)\s*(?:sorry|wait|hang on|hold on|actually)\b[\s,.:;…–—-]+",
    re.IGNORECASE,
)
"""The place where a person takes back what they have written. "Sorry" alone does so only after "..." or a dash."""
_SAYS_NOTHING = re.compile(
    r"(?:\W|\b(?:sorry|no|oh|ah|wait|actually|hi|hello|hey|ok|okay|well|apologies|my (?:mistake|bad))\b)*",
    re.IGNORECASE,
)
"""A beginning that has nothing to take back. The message then corrects an earlier one."""
_MOST_WORDS = 5
"""A correction with more words than this, or with a verb, is a message of its own. Chosen by judgement."""


def without_false_start(text: str, authorities: Sequence[str], today: date) -> str:
    """Return the part of a message after its last false start, or the whole message if it has none.

    If only the name of an authority follows, it replaces the name before: "How is Orle? Sorry, I mean Dene" asks about
    Dene.
    """
    matches = [match for match in _TAKES_BACK.finditer(text) if not _SAYS_NOTHING.fullmatch(text[: match.start()])]
    if not matches or not re.search(r"\w{2}", text[matches[-1].end() :]):
        return text
    before, after = text[: matches[-1].start()], text[matches[-1].end() :].strip()
    if len(after.split()) > _MOST_WORDS:
        return after
    named = interpret(after, authorities, today, verbatim=True)
    only_name = len(named.authorities) == 1 and not re.search(r"\w{2}", _without(after, named.authorities[0]))
    asked = interpret(before, authorities, today, verbatim=True)
    if only_name and len(asked.authorities) == 1 and asked.authorities[0] in before:
        mark = "?" if "?" in matches[-1].group() else ""
        return before.replace(asked.authorities[0], named.authorities[0]) + mark
    return after


def _without(text: str, name: str) -> str:
    return re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
