"""Make questions that nobody asked, from real questions and from the reports' own words.

Their answers are unknown. The small cross-encoder learns the scores that the large ones give to these questions. The
more questions there are, the closer the scores of the small one come to those of the large ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from index.search.text_analysis import terms

_OPENINGS = (
    "What do inspectors say about {}?", "How good is {}?", "How effective is {}?", "Is there evidence of {}?",
    "What did inspectors find about {}?", "How many {}?", "When did {}?", "Who is responsible for {}?", "Why {}?",
    "Are {}?", "Do {}?", "Does {}?", "What needs to improve about {}?", "How well {}?", "How often {}?",
    "How long {}?", "What happens when {}?", "Which {}?", "Has {} improved?", "What is the impact of {}?",
    "How much {}?", "What are the weaknesses in {}?", "What are the strengths of {}?", "{}?", "{}",
)  # fmt: skip
_SPAN = (2, 7)
"""The minimum and maximum number of words that we take from a sentence to make a question."""


def reworded(question: str, sentences: Sequence[str], chance: Random, count: int) -> Iterator[str]:
    """Yield rewordings of a question, with some words left out or replaced by words from the given sentences."""
    words = question.rstrip("?").split()
    content = [at for at, word in enumerate(words) if terms(word)]
    others = [word for text in sentences for word in re.findall(r"[a-z][a-z'’-]{3,}", text.lower()) if terms(word)]
    for _ in range(count):
        changed = list(words)
        if len(content) < 2 or not others:
            return
        for at in chance.sample(content, min(len(content), chance.randint(1, 2))):
            changed[at] = chance.choice(others) if chance.random() < 0.7 else ""
        if chance.random() < 0.1:
            changed = [changed[at] for at in content]
        yield " ".join(word for word in changed if word) + "?"


def about(sentence: str, chance: Random) -> str:
    """Make a question about a run of words in a sentence. The question may not make sense."""
    words = re.findall(r"[\w'’-]+", sentence)
    length = min(len(words), chance.randint(*_SPAN))
    start = chance.randint(0, len(words) - length)
    return chance.choice(_OPENINGS).format(" ".join(words[start : start + length]).lower())
