"""Conversations of our own: whether each turn is understood as the person who wrote it meant it.

Of every turn is known which authorities it is about, the year and kind of the report meant, whether the subject of the
turn before goes on, and whether nobody could say what is meant. A conversation is right when all its turns are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness.reports import GOLDEN
from corpus.types import Report
from index.search.filtering import report_day
from index.search.text_analysis import terms
from qa_service.understanding.follow_up import interpret_in_context
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.report_preference import preferences

FIRST, SECOND = GOLDEN / "conversations.jsonl", GOLDEN / "conversations_second.jsonl"
"""Those that the rules were written against, and sixty by another hand: two thirds were right at first sight."""


_FRAME = frozenset(
    terms(
        "visits inspections reports letters focused findings grades judgements 2014 2015 2016 2017 2018 2019 "
        "2020 2021 2022 2023 2024 2025 2026 years need good found page say"
    )
)
"""Words of the asking, which are no subject."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question in its conversation, how it was understood, and what was misunderstood."""

    conversation: str
    number: int
    question: str
    faults: tuple[str, ...]


def understood(reports: Sequence[Report], file: Path = FIRST) -> Iterator[Turn]:
    """Every turn of every conversation, resolved against the reports held."""
    for line in file.read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        turns = conversation["turns"]
        asked = [turn["question"] for turn in turns]
        for number, turn in enumerate(turns):
            made = interpret_in_context(asked[number], asked[:number], reports)
            earlier = [(asked[k], turns[k]["means"]["topic"]) for k in range(number)]
            faults = tuple(_faults(turn, made, earlier, reports))
            yield Turn(conversation["id"], number + 1, asked[number], faults)


def _faults(
    turn: dict[str, Any], made: Interpretation, earlier: Sequence[tuple[str, list[str]]], reports: Sequence[Report]
) -> Iterator[str]:
    means = turn["means"]
    if means.get("ambiguous"):
        if not made.choices:
            yield "ambiguous, but no choice is offered"
        return
    if made.choices:
        yield f"a choice is offered: {', '.join(choice.label for choice in made.choices)}"
        return
    if set(made.authorities) != set(means["authorities"]):
        yield f"authorities {made.authorities}, not {means['authorities']}"
        return
    yield from _wrong_time(turn["question"], means, made, reports)
    yield from _wrong_subject(turn["question"], means, made, earlier)


def _wrong_time(turn: str, means: dict[str, Any], made: Interpretation, reports: Sequence[Report]) -> Iterator[str]:
    question = made
    if means["year"] is None:
        if (
            any(p.exact and p.words not in turn for p in question.periods)
            and "time" not in means["carries"]
            and not means.get("years")
        ):
            yield f"a time nobody meant: {[period.words for period in question.periods]}"
        return
    best = [_preferred(made, index, reports) for index in range(len(question.parts))]
    years = {year for report in best if report for year in _years(report)}
    if means["year"] not in years:
        yield f"reports of {sorted(years)}, not {means['year']}"


def _preferred(made: Interpretation, index: int, reports: Sequence[Report]) -> Report | None:
    """The report that a part of a question is looked up in first."""
    part = made.parts[index]
    added = preferences(made, part, reports)
    held = [r for r in reports if not part.authorities or r.authority in part.authorities]
    return max(held, key=lambda report: (added.get(report.id, 0.0), report_day(report)), default=None)


def _years(report: Report) -> set[int]:
    return {day.year for day in (report.inspected_from, report.inspected_to, report.published) if day}


def _wrong_subject(
    text: str, means: dict[str, Any], made: Interpretation, earlier: Sequence[tuple[str, list[str]]]
) -> Iterator[str]:
    own, searched = set(terms(text)), set(terms(made.search_text))
    left_out = set(terms(" ".join(means["authorities"]))) | _FRAME
    said = {term for question, _ in earlier for term in terms(question)} - left_out
    if "topic" in means["carries"] and earlier:
        meant = set(terms(" ".join(means["topic"]))) | set(terms(" ".join(earlier[-1][1])))
        subject = {term for term in meant & said if term not in own}
        if subject and not subject & (searched | own):
            yield f"the subject is lost: {sorted(subject)}"
    elif means["new_topic"] or "topic" not in means["carries"]:
        brought = (searched - own) & said
        if len(brought) > 1:
            yield f"a subject is carried over that was left: {sorted(brought)}"
