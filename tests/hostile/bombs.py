"""Makes texts for which a regular expression must try to match in as many ways as possible.

Each text is made from the expression itself.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as op  # the kinds of part in an expression
from re import _parser as parser
from types import ModuleType
from typing import Any

_SIGNS = "aA1 -.\n•'’(:,sé"
"""Sample characters. For a character class, we use the characters that it matches."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_MOST = 8
"""Maximum number of texts that are made from one part of an expression."""
_OFTEN = 4
"""A repeat is worth attacking if it allows at least this many repetitions."""
_ENDS = ("", " x", "\n\n.")
"""Endings that make the match fail at the very end."""
_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


def module_names(*packages: ModuleType) -> list[str]:
    """Return the names of the modules in the packages. None of them is loaded."""
    return [
        module.name
        for package in packages
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.ispkg
    ]


def patterns(module: str) -> dict[str, re.Pattern[str]]:
    """Return every regular expression in a module, keyed by its name in the module."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for name, value in vars(importlib.import_module(module)).items():
        for number, pattern in enumerate(_held(value)):
            place = name + (f"[{number}]" if not isinstance(value, re.Pattern) else "")
            found.setdefault((pattern.pattern, pattern.flags), (place, pattern))
    return dict(found.values())


def bombs(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Yield texts of about the given size. Each repeats some words that a repeated part of the expression matches.

    Each text starts with whatever the expression needs before that part.
    """
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    whole = [("", text) for text in _texts(tree) if text][:4]
    seen = dict.fromkeys((*_repeated(tree), *whole))
    for before, text in seen:
        for again in (text, f"{text} "):
            for end in _ENDS:
                yield (before + again * (size // len(again) + 1))[:size] + end


def _held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _held(one)
    elif isinstance(value, dict):
        yield from _held([*value.keys(), *value.values()])


def _texts(nodes: Any) -> list[str]:
    """Return sample texts that a sequence of nodes matches."""
    made = [""]
    for kind, value in nodes:
        parts = list(dict.fromkeys(_of(kind, value)))[:_MOST]
        made = [*(text + parts[0] for text in made), *(made[0] + part for part in parts[1:])][: 2 * _MOST]
    return made


def _of(kind: Any, value: Any) -> list[str]:
    """Return sample texts that one node matches. An assertion matches only an empty text."""
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.NOT_LITERAL:
        return [sign for sign in _SIGNS if ord(sign) != value][:3]
    if kind is op.ANY:
        return ["a", " ", "1"]
    if kind is op.IN:
        return [sign for sign in _SIGNS if _class(value).match(sign)][:5] or _first_of(value)
    if kind is op.BRANCH:
        return [text for nodes in value[1] for text in _texts(nodes)[:3]]
    if kind is op.SUBPATTERN:
        return _texts(value[3])
    if kind is op.ATOMIC_GROUP:
        return _texts(value)
    if kind in _REPEATS:
        least, _, nodes = value
        return [text * max(least, 1) for text in _texts(nodes)] + ([""] if least == 0 else [])
    return [""]


def _class(items: Any) -> re.Pattern[str]:
    def written(kind: Any, value: Any) -> str:
        if kind is op.LITERAL:
            return re.escape(chr(value))
        if kind is op.RANGE:
            return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        return _CATEGORIES.get(value, "")

    negated = "^" if items[0][0] is op.NEGATE else ""
    return re.compile(f"[{negated}{''.join(written(*item) for item in items if item[0] is not op.NEGATE)}]")


def _first_of(items: Any) -> list[str]:
    return [chr(value if kind is op.LITERAL else value[0]) for kind, value in items if kind in (op.LITERAL, op.RANGE)][
        :2
    ]


def _repeated(nodes: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield sample texts for each part that can repeat often, each after a text that may come before the part."""
    for kind, value in nodes:
        if kind in _REPEATS and value[1] >= _OFTEN:
            yield from ((before, text) for text in _texts(value[2]) if text)
        for inner in _inner(kind, value):
            yield from _repeated(inner, before)
        before += _of(kind, value)[0]


def _inner(kind: Any, value: Any) -> list[Any]:
    if kind in _REPEATS:
        return [value[2]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []
