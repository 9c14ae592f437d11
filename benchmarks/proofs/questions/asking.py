"""Ask the service questions in this process, and return the JSON that it would send."""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.proofs.questions.key import load
from benchmarks.proofs.questions.replies import Ask
from index.encoding.encoders import open_encoder
from index.storage.data_folder import DataFolder
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.types import Question

TODAY = date(2026, 11, 29)
"""The day on which all questions are asked. The right answers depend on it."""


def open_answerer(data: Path, *, every_report: bool = False) -> Answerer:
    """Open an index without a memory of answers, so that the service works out each answer.

    By default, it answers only from the reports that people read by eye, because we do not know the facts of any
    others.
    """
    answerer = Answerer.open(DataFolder(data), open_encoder(), remembered=0)
    if every_report:
        return answerer
    known = {report.sha256 for report in load()}
    return answerer.without_reports(frozenset(r.id for r in answerer.index.store.reports if r.sha256 not in known))


def asked(text: str, offset: int = 0, history: tuple[str, ...] = ()) -> Question:
    """Return a question asked on the fixed day."""
    day: dict[str, Any] = {"today": TODAY} if any(field.name == "today" for field in fields(Question)) else {}
    return Question(text, history, offset=offset, **day)


def asked_as_json(answerer: Answerer, history: tuple[str, ...] = ()) -> Ask:
    """Return a function that asks a question after those in ``history``, and returns the reply as JSON."""

    def ask(text: str, offset: int) -> dict[str, Any]:
        began = time.perf_counter()
        answer = answerer.answer(asked(text, offset, history))
        return dict(answer_json(answer, (time.perf_counter() - began) * 1000))

    return ask
