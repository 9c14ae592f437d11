"""Corrects misspelt words in a question, if it is clear which word in the reports the person means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.english import is_english
from corpus.names.edits import one_slip_away
from qa_service.types import Correction

_SHORTEST, _LONGEST = 4, 25
"""Minimum and maximum number of letters in a word that is corrected. Shorter words are too similar to each other."""
_FEWEST = 3
"""Minimum number of times that the reports must contain a word before we correct a misspelt word to it. A rarer word
may be a name, or an error in a report."""
_LEFT_OUT = 3
"""Minimum number of letters that a short form of a word leaves out."""
_MOST_WORDS = 80
"""Number of words that we check, from the start of a question. We chose this value by looking at questions."""
_WORD = re.compile(r"(?<![\w@./\\'’&+])[A-Za-z]+(?![\w@/\\'’&+]|\.\w)")
"""A word that is not part of an address or a number and has no apostrophe."""
_SENTENCE_START = re.compile(r"(?:^|[.?!:;\n])[\s“\"'(]*$")
_QUESTION_WORDS = frozenset(
    """
    authorities authority compare compared council councils grade graded grades grading inadequate inspect inspected
    inspection inspections inspector inspectors judged judgement judgements latest ofsted outstanding overall publish
    published rated rating ratings recommendation recommendations
    """.split()  # noqa: SIM905 - a list this long reads better as text
)
"""Words that questions contain more often than reports do. A misspelt word is more likely to be one of these."""
_NO_APOSTROPHE = re.compile(
    r"(?:are|is|was|were|do|does|did|has|have|had|ca|could|should|would|wo|must|need)nt|"
    r"(?:what|that|who|where|how|there|here|it|let)s|(?:they|you|we|there)(?:re|ve|ll|d)|im|ive"
)
"""Words that people often type without the apostrophe."""


def correct(
    text: str, known_counts: Mapping[str, int], names: Sequence[tuple[int, int]] = ()
) -> tuple[str, tuple[Correction, ...]]:
    """Return a question with its misspelt words corrected, and the corrections in order.

    A word is misspelt if neither the reports nor a list of English words contains it. We replace it with the word, from
    reports or questions, that differs from it by one typing error. If several do, one of them must be more frequent
    than the others. Abbreviations, names, numbers and words with an apostrophe do not change.

    Args:
        text: The question as typed.
        known_counts: How often the reports contain each word. If it is empty, nothing is corrected.
        names: Where the question names authorities and other places.

    """
    corrections: list[Correction] = []
    for word in list(_WORD.finditer(text))[:_MOST_WORDS] if known_counts else ():
        in_name = any(start < word.end() and word.start() < end for start, end in names)
        if in_name or not _may_be_misspelt(word, text) or is_known(word.group().lower(), known_counts):
            continue
        if meant := _word_meant(word.group().lower(), known_counts):
            taken = meant.capitalize() if word.group()[0].isupper() else meant
            corrections.append(Correction(word.group(), taken, word.start(), word.end()))
    corrected, at = "", 0
    for correction in corrections:
        corrected += text[at : correction.start] + correction.taken
        at = correction.end
    return corrected + text[at:], tuple(corrections)


def placed_in(message: str, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return corrections in the words of a message, with their places in the message as typed."""
    text, at, placed = message.casefold(), 0, []
    for word in corrections:
        start = max(text.find(word.typed.casefold(), at), at)
        at = start + len(word.typed)
        placed.append(replace(word, start=start, end=at))
    return tuple(placed)


def _may_be_misspelt(word: re.Match[str], text: str) -> bool:
    """Whether a word may be an ordinary word, rather than an abbreviation or a name inside a sentence."""
    written = word.group()
    if not _SHORTEST <= len(written) <= _LONGEST or not written[1:].islower():
        return False
    return written[0].islower() or bool(_SENTENCE_START.search(text[: word.start()]))


def is_known(word: str, known_counts: Mapping[str, int]) -> bool:
    """Whether a word, or its singular or plural, is in the reports or in the list of English words."""
    forms = (word, word.removesuffix("s"), f"{word}s")
    if any(form in known_counts or form in _QUESTION_WORDS or is_english(form) for form in forms):
        return True
    return bool(_NO_APOSTROPHE.fullmatch(word))


def _is_short_form(word: str, known_counts: Mapping[str, int]) -> bool:
    """Whether a word is the beginning of a much longer word: "strat" for "strategy"."""
    return any(known.startswith(word) and len(known) >= len(word) + _LEFT_OUT for known in known_counts)


def _word_meant(word: str, known_counts: Mapping[str, int]) -> str | None:
    """Return the word that a misspelt word stands for.

    None if we find no such word, or several that are equally frequent.
    """
    weights: dict[str, tuple[bool, int]] = {}
    short = _is_short_form(word, known_counts)
    for candidate in one_slip_away(word):
        if short and not candidate.startswith(word):  # a short word may lack only its last letter
            continue
        count, asked = known_counts.get(candidate, 0), candidate in _QUESTION_WORDS
        if len(candidate) >= _SHORTEST and (count >= _FEWEST or asked):
            weights[candidate] = (asked, count)
    most = max(weights.values(), default=None)
    best = [candidate for candidate, weight in weights.items() if weight == most]
    return best[0] if len(best) == 1 else None
