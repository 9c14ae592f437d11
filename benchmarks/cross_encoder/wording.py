"""Questions that nobody asked, from those that somebody did and from the reports' own words.

No answer is known to them. What the larger reader makes of them is what the smaller one learns: the more there are, the
nearer it comes.
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
"""Words of a sentence that are asked about."""


def reworded(question: str, near: Sequence[str], chance: Random, count: int) -> Iterator[str]:
    """A question with words taken out, or replaced by words of the sentences near it; so many times."""
    words = question.rstrip("?").split()
    telling = [at for at, word in enumerate(words) if terms(word)]
    others = [word for sentence in near for word in re.findall(r"[a-z][a-z'’-]{3,}", sentence.lower()) if terms(word)]
    for _ in range(count):
        changed = list(words)
        if len(telling) < 2 or not others:
            return
        for at in chance.sample(telling, min(len(telling), chance.randint(1, 2))):
            changed[at] = chance.choice(others) if chance.random() < 0.7 else ""
        if chance.random() < 0.1:
            changed = [changed[at] for at in telling]
        yield " ".join(word for word in changed if word) + "?"


def about(sentence: str, chance: Random) -> str:
    """A question about a stretch of a sentence, whether or not it makes sense."""
    words = re.findall(r"[\w'’-]+", sentence)
    length = min(len(words), chance.randint(*_SPAN))
    start = chance.randint(0, len(words) - length)
    return chance.choice(_OPENINGS).format(" ".join(words[start : start + length]).lower())
