"""The saved questions of the person who sends a request, asked again from the reports that this person may see."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

from flask import Flask, current_app

from qa_service.records.answer_snapshots import AnswerChange, change_since
from qa_service.records.saved_questions import NAME, SavedQuestion, SavedQuestions, whole
from qa_service.types import KEEP_SAVED_DAYS, Question
from web.contract.problems import UnknownSavedQuestion
from web.guard import visitor
from web.serving.answer_pool import answer_question
from web.serving.conversation_store import conversation_store
from web.serving.index_service import answerer

_LOG = logging.getLogger(__name__)
_STORE, _SAME = "saved_questions", "saved_questions_with_the_same_answer"
_MAX_NAME = 64
"""Maximum number of characters in a saved question's id in an address."""
_REMEMBERED = 2000
"""Number of questions for which we remember that the answer is the same. We need not ask them again."""
PATIENCE = 3.0
"""Seconds after which a page asks no more questions. The page then says how many are left."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A saved question, and what is different in its answer."""

    saved: SavedQuestion
    change: AnswerChange | None = None
    """What is different. None if nothing is different, or if the question was not asked."""
    asked: bool = True
    """Whether we know if the answer is different."""


def register(app: Flask, root: Path, days: int = KEEP_SAVED_DAYS) -> None:
    """Register an app's store of saved questions, in a data folder. They are kept for ``days`` days."""
    try:
        store = SavedQuestions.open(root, days)
    except (sqlite3.Error, OSError) as error:  # the service can still answer questions without the store
        _LOG.error("Cannot save questions: %s", type(error).__name__)
        store = SavedQuestions(root / NAME, days)
    app.extensions[_STORE] = store
    app.extensions[_SAME] = set()


def saved_store() -> SavedQuestions:
    """Return the app's store of saved questions."""
    store: SavedQuestions = current_app.extensions[_STORE]
    return store


def own_saved() -> list[SavedQuestion]:
    """Return the saved questions of the sender of the request, with the last one saved first."""
    owner = visitor.owner()
    return saved_store().owned_by(owner) if owner else []


def find_saved(name: str) -> SavedQuestion:
    """Return a saved question of the sender of the request. Raises UnknownSavedQuestion."""
    owner = visitor.owner()
    found = saved_store().find(owner, name) if owner and len(name) <= _MAX_NAME else None
    if found is None:
        raise UnknownSavedQuestion("You have no saved question at this address.")
    return found


def save(question: Question) -> SavedQuestion:
    """Save a question for the sender of the request, with a snapshot of its answer. Raises TooManySaved."""
    asked = whole(question)
    return saved_store().save(visitor.owner_or_new(), asked, answer_question(asked))


def check(saved: SavedQuestion) -> AnswerChange:
    """Ask a saved question again, and return what is different in its answer."""
    return change_since(saved.snapshot, answer_question(saved.question), answerer().index.store.report)


def mark_read(saved: SavedQuestion) -> None:
    """From now on, compare a saved question with today's answer."""
    saved_store().mark_read(visitor.owner_or_new(), saved.id, answer_question(saved.question))


def check_all(questions: Sequence[SavedQuestion], patience: float | None = None) -> list[Checked]:
    """Ask saved questions again, until ``patience`` seconds (or ``PATIENCE``) have passed.

    It asks at least one question.

    A question that had the same answer today, in this build and for these groups, is not asked again.
    """
    same: set[tuple[object, ...]] = current_app.extensions[_SAME]
    index, began = answerer().index, monotonic()
    state = (index.manifest.build, hash(tuple(report.id for report in index.store.reports)), date.today())  # noqa: DTZ011 - as in Question
    checked: list[Checked] = []
    asks, most = 0, PATIENCE if patience is None else patience
    for saved in questions:
        key = (saved.id, saved.read, *state)
        if key in same:
            checked.append(Checked(saved))
        elif asks and monotonic() - began > most:
            checked.append(Checked(saved, asked=False))
        else:
            asks, change = asks + 1, check(saved)
            if not change.is_different and change.comparable:
                if len(same) >= _REMEMBERED:
                    same.clear()
                same.add(key)
            checked.append(Checked(saved, change if change.is_different else None, asked=change.comparable))
    return checked


def days_of_cookie() -> int:
    """Return how long a browser must keep its token, so that it can find what we keep for it."""
    try:
        has_saved = bool(own_saved())
    except sqlite3.Error:  # a question is still answered if the saved questions cannot be read
        has_saved = True
    return max(conversation_store().days, saved_store().days if has_saved else 0)
