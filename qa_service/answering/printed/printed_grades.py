"""The grades in reports, each with the passage that contains it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from corpus.grades import OVERALL, areas_of, grade_named
from corpus.types import Judgement, Report
from index.storage.store import Store
from index.types import IndexedPassage
from qa_service.understanding.questions.grade_questions import asked_judgements
from qa_service.wording import in_list

_AREA_WORDS = 0.8
"""Share of the longer words in an area's name that a passage must contain. A word may be missing from a table cell."""
_FIRST_PASSAGES = 6
"""Number of passages at the start of a report in which to look first. Most reports print their grades there."""
_rows: WeakKeyDictionary[Store, dict[tuple[str, Judgement], int | None]] = WeakKeyDictionary()
"""For each judgement that we have looked up, the row of the passage that contains it. A store never changes."""


@dataclass(frozen=True, slots=True)
class PrintedGrade:
    """A judgement in a report, and the passage that contains it."""

    report: Report
    judgement: Judgement
    passage: IndexedPassage


def printed_grades(report: Report, question: str, store: Store) -> list[PrintedGrade]:
    """Return a report's judgements on the areas that a question names, or on all areas if it names none.

    A judgement that no passage contains is left out, because we could not prove it.
    """
    judgements = asked_judgements(question, report.judgements)
    return proved(((report, judgement) for judgement in judgements), store)


def all_printed_grades(report: Report, store: Store) -> list[PrintedGrade]:
    """Return a report's judgements on all areas, except those that no passage contains."""
    return proved(((report, judgement) for judgement in report.judgements), store)


def origin_of(grades: Collection[PrintedGrade]) -> str:
    """Say which reports the grades are from: "This grade is from the report."."""
    reports = {grade.report.id for grade in grades}
    these = "This grade is" if len(grades) == 1 else "These grades are"
    return f"{these} from the {'report' if len(reports) == 1 else 'reports'}."


def grades_in_words(grades: Sequence[PrintedGrade]) -> str:
    """Return the grades of one report in words: "Good overall", or "Good for care leavers" if none is overall."""
    overall = [grade for grade in grades if OVERALL.is_printed_as(grade.judgement.area)]
    areas: dict[str, list[str]] = {}
    for judgement in (grade.judgement for grade in overall[:1] or grades):
        named = grade_named(judgement.grade)
        names = [area.name.lower() for area in areas_of(judgement)] or [f"“{judgement.area}”"]
        areas.setdefault(named.capitalize() if named else judgement.grade, []).extend(names)
    return ", and ".join(
        f"{grade} {'overall' if overall else f'for {in_list(names)}'}" for grade, names in areas.items()
    )


def proved(judgements: Iterable[tuple[Report, Judgement]], store: Store) -> list[PrintedGrade]:
    """Return each judgement with the first passage that contains it.

    A judgement that no passage contains is left out.
    """
    found = [(report, judgement, _row_that_prints(judgement, report, store)) for report, judgement in judgements]
    printed = [(report, judgement, row) for report, judgement, row in found if row is not None]
    passages = store.passages([row for _, _, row in printed])
    return [
        PrintedGrade(report, judgement, passage)
        for (report, judgement, _), passage in zip(printed, passages, strict=True)
    ]


def _row_that_prints(judgement: Judgement, report: Report, store: Store) -> int | None:
    """Return the row of the first passage that contains a judgement. None if no passage does."""
    rows, key = _rows.setdefault(store, {}), (report.id, judgement)
    if key not in rows:
        passage = _first_that_prints(judgement, report, store)
        rows[key] = passage.row if passage else None
    return rows[key]


def _first_that_prints(judgement: Judgement, report: Report, store: Store) -> IndexedPassage | None:
    first = store.first_passages_of(report.id, _FIRST_PASSAGES)
    passage = next((passage for passage in first if prints(passage, judgement)), None)
    if passage is not None:
        return passage
    return next((passage for passage in store.passages_of(report.id) if prints(passage, judgement)), None)


def prints(indexed: IndexedPassage, judgement: Judgement) -> bool:
    """Whether a passage on a judgement's page contains its grade and most of the words in the name of its area."""
    words = set(_words(indexed.passage.text))
    area = [word for word in _words(judgement.area) if len(word) > 3]
    grade = _words(judgement.grade)
    on_page = judgement.page in indexed.passage.pages and all(word in words for word in grade)
    return on_page and (
        sum(word in words for word in area) >= _AREA_WORDS * len(area) or _states_overall(indexed, judgement, area)
    )


def _states_overall(indexed: IndexedPassage, judgement: Judgement, area: Sequence[str]) -> bool:
    """Whether a passage states the overall judgement as a sentence, without the words "overall effectiveness".

    Reports from before 2018 do this: "Children's services in … are inadequate", or in 2014 "The overall judgement is
    inadequate".
    """
    text = indexed.passage.text.lower()
    words = set(_words(text))
    about_services = not any(word in words for word in area) and "services" in words
    stated = rf"\boverall judge?ment is (?:that .{{0,120}} )?{re.escape(judgement.grade.lower())}\b"
    return about_services or ("overall" in area and bool(re.search(stated, text)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
