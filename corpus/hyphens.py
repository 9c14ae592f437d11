"""Distinguishes hyphens in words ("well-being") from hyphens that only break words over two lines ("informa-tion")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from corpus.english import is_english

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
"""A word and the hyphen that ends its line. The pattern can match only at the start of a word, because a hostile file
may contain a word of 100,000 letters."""
_PREFIXES = re.compile(
    r"^(?:anti|bi|by|co|counter|cross|de|dis|ex|extra|hyper|in|inter|intra|mid|mini|mis|multi|non|off|on|out|over|post|"
    r"pre|pro|quasi|re|self|semi|sub|super|trans|tri|ultra|un|under|up|vice)$"
)
_CLOSED = re.compile(r"^(?:an|be|con|dis|mis|out|per|super|trans|un)$")
"""Beginnings of English words that rarely have a hyphen after them: "another", "supervision", "outreach"."""
_OFTEN_CLOSED = re.compile(r"^(?:bi|by|de|ex|in|off|on|over|pro|re|sub|tri|under|up)$")
"""Beginnings of English words that rarely have a hyphen after them, in documents that break words over lines."""
_CERTAIN = 2
"""A document breaks words over lines if this many breaks are certain. Chosen by eye."""
_SYLLABLE = 3
"""Maximum number of letters in the first part of a word for it to be a mere syllable. Chosen by eye."""
_ONE_WORD = re.compile(
    r"^(?:another|cannot|caseloads?|childcare|downloads?|feedback|frameworks?|handover|herself|himself|however|into|meanwhile|"
    r"networks?|nevertheless|otherwise|outcomes?|outstanding|overall|overcome|oversight|overviews?|safeguarding|sometimes|somewhere|"
    r"themselves|therefore|throughout|timescales?|together|underlying|undermined?|underpin(?:ned|s)?|understand|understanding|understood|undertaken?|undertook|updated?|upheld|upon|"
    r"whatever|whenever|wherever|within|without|workforce|workloads?)$"
)
"""Common words in reports that consist of two English words and never have a hyphen."""
_SECOND = re.compile(r"^([^\W\d_]+)")


def whole_words(texts: Iterable[str]) -> frozenset[str]:
    """Return, in lower case, the words that appear in one piece on at least one line. A compound counts as one word.

    The two halves of a word that is broken over two lines are left out.
    """
    words: set[str] = set()
    plain: list[str] = []
    broken = False
    for text in texts:
        ends_broken = text.endswith("-") and bool(_FIRST.search(text))
        if broken or ends_broken:
            line_words = _WORD.findall(text.lower())
            words.update(line_words[broken and bool(_SECOND.match(text)) : -1 if ends_broken else None])
        else:
            plain.append(text)
        broken = ends_broken
    tokens = set(" ".join(plain).lower().split())
    whole = {token for token in tokens if token.isalpha()}
    words |= whole
    for token in tokens - whole:  # the pattern is slow, so we pass it few tokens, and each one only once
        words.update(_WORD.findall(token))
    return frozenset(words)


def hyphenates(texts: Iterable[tuple[str, str]]) -> bool:
    """Return whether a document breaks words over lines, as programs for books do.

    ``texts`` are pairs of a line that ends with a hyphen and the line after it. A break is certain if the second part
    is not an English word, but the whole is one. We need several breaks, because a writer may type one such hyphen.
    """
    broken = ((_FIRST.search(before), _SECOND.match(after)) for before, after in texts)
    parts = ((first.group(1), second.group(1)) for first, second in broken if first and second)
    certain = (head for head, tail in parts if tail.islower() and not is_english(tail) and is_english(head + tail))
    return len(list(islice(certain, _CERTAIN))) == _CERTAIN


def only_breaks_word(before: str, after: str, words: frozenset[str], *, breaks_words: bool = False) -> bool:
    """Return whether the hyphen that ends ``before`` only breaks a word that ``after`` continues.

    This is true in two cases:

    - The document's ``words`` include the word in one piece, and the part before the hyphen is neither one of those
      words nor a prefix that takes a hyphen ("co-production").
    - The whole is an English word. In addition, its second part is not a word ("opera-tion"), its first part is neither
      a word nor a prefix ("confi-dent"), its first part rarely takes a hyphen ("trans-formed"), or the whole is in our
      list of words without a hyphen ("safe-guarding").

    ``breaks_words`` is True if the document breaks words at many line ends. In such a document, a first part such as
    "re" or "pro" rarely takes a hyphen of its own ("re-ports", "pro-vision"), nor does a syllable that happens to be a
    word ("let-ter").
    """
    first, second = _FIRST.search(before), _SECOND.match(after)
    if not first or not second or not second.group(1).islower():
        return False
    head, tail = first.group(1).lower(), second.group(1)
    if f"{head}-{tail}" in words:
        return False
    is_prefix = bool(_PREFIXES.match(head))
    is_word = is_english(head + tail)
    if head + tail in words and head not in words and not is_prefix:
        return True
    if _ONE_WORD.match(head + tail):
        return True
    if not is_word:
        return False
    syllable = breaks_words and not is_prefix and len(head) <= _SYLLABLE
    closed = syllable or _CLOSED.match(head) or (breaks_words and _OFTEN_CLOSED.match(head))
    return bool(closed) or not (is_english(tail) and (is_prefix or is_english(head)))
