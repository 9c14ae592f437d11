"""Checks whether the service understands each question in a conversation as its writer meant it.

``python -m benchmarks.measurements.conversations DATA`` takes a data folder with an index of the real reports. It runs
for a few seconds, and prints each question that is misunderstood and then the figures. ``make prove-evidence`` sets
bounds on these figures.

The golden files say what each question refers to: the authorities, and the year and kind of the report. They also say
whether the question keeps the subject of the earlier one. Some questions are ambiguous, and the service must offer a
choice instead of an answer. A conversation is understood if all its questions are understood.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.harness.reports import GOLDEN
from corpus.types import Report
from index.search.filtering import report_day
from index.search.text_analysis import terms
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store
from qa_service.understanding.conversation.follow_up import interpret_in_context
from qa_service.understanding.interpretation import Interpretation
from qa_service.understanding.report_preference import preferences

CONVERSATIONS = GOLDEN / "conversations.jsonl"
"""150 conversations. We wrote the rules for follow-ups while looking at these conversations."""
INDEPENDENT_CONVERSATIONS = GOLDEN / "conversations_second.jsonl"
"""60 conversations that someone else wrote. When we first tried them, the rules understood two thirds of these
conversations."""

TODAY = date(2026, 11, 29)
"""The day on which we pretend that the conversations happen. It is fixed, so that the figures stay the same."""
_NOT_A_SUBJECT = frozenset(
    terms(
        "visits inspections reports letters focused findings grades judgements 2014 2015 2016 2017 2018 2019 "
        "2020 2021 2022 2023 2024 2025 2026 years need good found page say"
    )
)
"""Words that any question may use, whatever its subject."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question in a conversation, and what we misunderstood about it."""

    conversation: str
    number: int
    question: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """How well the conversations in a file are understood."""

    conversations: int
    turns: float
    """The share of questions that are understood."""
    whole: float
    """The share of conversations in which every question is understood."""


def understand(reports: Sequence[Report], file: Path = CONVERSATIONS) -> Iterator[Turn]:
    """Interpret every question in every conversation, given the reports in an index."""
    for line in file.read_text(encoding="utf-8").splitlines():
        conversation = json.loads(line)
        turns = conversation["turns"]
        questions = [turn["question"] for turn in turns]
        for number, turn in enumerate(turns):
            interpretation = interpret_in_context(questions[number], questions[:number], reports, TODAY)
            earlier = [(questions[k], turns[k]["means"]["topic"]) for k in range(number)]
            faults = tuple(_faults(turn, interpretation, earlier, reports))
            yield Turn(conversation["id"], number + 1, questions[number], faults)


def measure(reports: Sequence[Report], file: Path = CONVERSATIONS) -> Understanding:
    """Measure how well the conversations in a file are understood, and print each question that is misunderstood."""
    by_conversation: dict[str, list[bool]] = defaultdict(list)
    for turn in understand(reports, file):
        by_conversation[turn.conversation].append(not turn.faults)
        for fault in turn.faults:
            print(f"  {turn.conversation}, question {turn.number}: {turn.question}: {fault}")
    turns = [right for rights in by_conversation.values() for right in rights]
    whole = [all(rights) for rights in by_conversation.values()]
    return Understanding(len(whole), sum(turns) / len(turns), sum(whole) / len(whole))


def _faults(
    turn: dict[str, Any],
    interpretation: Interpretation,
    earlier: Sequence[tuple[str, list[str]]],
    reports: Sequence[Report],
) -> Iterator[str]:
    means = turn["means"]
    if means.get("ambiguous"):
        if not interpretation.choices:
            yield "ambiguous, but no choice is offered"
        return
    if interpretation.choices:
        yield f"a choice is offered: {', '.join(choice.label for choice in interpretation.choices)}"
        return
    if set(interpretation.authorities) != set(means["authorities"]):
        yield f"authorities {interpretation.authorities}, not {means['authorities']}"
        return
    yield from _wrong_time(turn["question"], means, interpretation, reports)
    yield from _wrong_subject(turn["question"], means, interpretation, earlier)


def _wrong_time(text: str, means: dict[str, Any], question: Interpretation, reports: Sequence[Report]) -> Iterator[str]:
    if means["year"] is None:
        if (
            any(period.exact and period.words not in text for period in question.periods)
            and "time" not in means["carries"]
            and not means.get("years")
        ):
            yield f"a time that nobody meant: {[period.words for period in question.periods]}"
        return
    preferred = [_preferred(question, index, reports) for index in range(len(question.parts))]
    years = {year for report in preferred if report for year in _years(report)}
    if means["year"] not in years:
        yield f"reports of {sorted(years)}, not {means['year']}"


def _preferred(interpretation: Interpretation, index: int, reports: Sequence[Report]) -> Report | None:
    """Return the report that the service prefers for a part of a question."""
    part = interpretation.parts[index]
    bonus = preferences(interpretation, part, reports)
    candidates = [r for r in reports if not part.authorities or r.authority in part.authorities]
    return max(candidates, key=lambda report: (bonus.get(report.id, 0.0), report_day(report)), default=None)


def _years(report: Report) -> set[int]:
    return {day.year for day in (report.inspected_from, report.inspected_to, report.published) if day}


def _wrong_subject(
    text: str, means: dict[str, Any], interpretation: Interpretation, earlier: Sequence[tuple[str, list[str]]]
) -> Iterator[str]:
    own, searched = set(terms(text)), set(terms(interpretation.search_text))
    left_out = set(terms(" ".join(means["authorities"]))) | _NOT_A_SUBJECT
    earlier_terms = {term for question, _ in earlier for term in terms(question)} - left_out
    if "topic" in means["carries"] and earlier:
        meant = set(terms(" ".join(means["topic"]))) | set(terms(" ".join(earlier[-1][1])))
        subject = {term for term in meant & earlier_terms if term not in own}
        if subject and not subject & (searched | own):
            yield f"the subject is lost: {sorted(subject)}"
    elif means["new_topic"] or "topic" not in means["carries"]:
        carried = (searched - own) & earlier_terms
        if len(carried) > 1:
            yield f"an earlier subject is carried over: {sorted(carried)}"


def main() -> None:
    """Measure both files against the index named on the command line."""
    parser = argparse.ArgumentParser(description="Check if each question of a conversation is understood.")
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    data = DataFolder(parser.parse_args().data)
    reports = Store(data.current() / STORE).reports
    for name, file in (("the rules' own", CONVERSATIONS), ("independent", INDEPENDENT_CONVERSATIONS)):
        figures = measure(reports, file)
        print(
            f"{figures.conversations} conversations ({name}): {figures.turns:.3f} of questions and "
            f"{figures.whole:.3f} of conversations understood"
        )


if __name__ == "__main__":
    main()
