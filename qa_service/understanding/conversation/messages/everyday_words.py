"""Replaces everyday words with the words of reports: "one to ones with their managers" means supervision."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PARTS = {r"\*": r"[\w’']*", "…": r"(?:[\w’'-]+ ){0,6}?", r"\ ": "[ -]"}


def in_report_words(text: str) -> str:
    """Return a text in which the words of reports replace everyday words. Words in quotation marks stay as they are."""
    if any(match.group() for match in _QUOTED.finditer(text)):
        return text
    for expression, means in _phrases():
        text = expression.sub(means, text)
    return text


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the phrases of ``data/everyday_words.toml``, in order, each with what it means."""
    data = files("qa_service").joinpath("data/everyday_words.toml").read_text(encoding="utf-8")
    return tuple(
        (
            re.compile(rf"(?<![\w’'-])(?:{'|'.join(map(_expression, row['typed']))})(?![\w’'-])", re.IGNORECASE),
            row["means"],
        )
        for row in tomllib.loads(data)["phrase"]
    )


def _expression(phrase: str) -> str:
    expression = re.escape(phrase).replace(r"\ …\ ", r"\ …")
    for part, pattern in _PARTS.items():
        expression = expression.replace(part, pattern)
    return expression
