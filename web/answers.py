"""Answers to the questions of requests."""

from __future__ import annotations

from qa_service.types import Answer, Question
from web import logs, metrics
from web.service import answerer


def answered(question: Question) -> Answer:
    """The answer to a question from what whoever asks may see; counted, and noted for the log."""
    answer = answerer().answer(question)
    metrics.observe(answer)
    logs.note(answer)
    return answer
