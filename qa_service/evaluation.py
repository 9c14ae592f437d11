"""Measuring answers against questions whose evidence is known."""

from __future__ import annotations

import json
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_service.answering import Answerer
from qa_service.types import Answer, Citation, Question

HOLDS = 0.6
"""A passage holds a piece of evidence when it has this share of the evidence's word trigrams."""
DEPTHS = (1, 5, 10)


class EvaluationError(Exception):
    """A file of questions cannot be used; the message names the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that answer a question, and where they stand."""

    file: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question with its evidence; no evidence means that the reports do not answer it."""

    id: str
    kind: str
    text: str
    history: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    need_all: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How one question came out: rank of each piece of evidence, from 1, or None."""

    question: GoldenQuestion
    ranks: tuple[int | None, ...]
    answered: bool
    confidence: float

    def recall(self, k: int) -> float:
        """Share of the evidence found in the first ``k`` passages, or whether any was where any will do."""
        hits = [rank is not None and rank <= k for rank in self.ranks]
        return sum(hits) / len(hits) if self.question.need_all else float(any(hits))

    @property
    def reciprocal_rank(self) -> float:
        """1 / rank of the first passage that holds evidence."""
        ranks = [rank for rank in self.ranks if rank]
        return 1 / min(ranks) if ranks else 0.0


def load_questions(path: Path) -> list[GoldenQuestion]:
    """Read questions, one JSON object a line. Raises EvaluationError where a line is not one."""
    questions = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read as UTF-8 text ({error}).") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationError(
                    f"{path}, line {number}: {error!r}. A line is a JSON object with id, kind, question and gold, "
                    "a list of objects with file, page and quote."
                ) from error
    if not questions:
        raise EvaluationError(f"{path} holds no questions.")
    return questions


def evaluate(answerer: Answerer, questions: Iterable[GoldenQuestion]) -> Iterable[Result]:
    """Ask each question and compare what comes back with its evidence."""
    for golden in questions:
        answer = answerer.answer(Question(golden.text, history=golden.history, top_k=max(DEPTHS)))
        ranks = tuple(_rank(evidence, answer) for evidence in golden.evidence)
        yield Result(golden, ranks, answer.answered, answer.confidence)


def figures(results: Sequence[Result]) -> dict[str, float | int | None]:
    """Recall, reciprocal rank, and how often what can be answered is, and what cannot is refused."""
    can = [result for result in results if result.ranks]
    cannot = [result for result in results if not result.ranks]
    values: dict[str, float | int | None] = {"questions": len(results)}
    for k in DEPTHS:
        values[f"recall@{k}"] = _mean([result.recall(k) for result in can])
    values["mrr@10"] = _mean([result.reciprocal_rank for result in can])
    values["kept"] = _mean([float(result.answered) for result in can])
    values["refused"] = _mean([float(not result.answered) for result in cannot])
    return values


def covered(quote: str, text: str) -> float:
    """Share of a quote's word trigrams that stand in a text."""
    wanted, held = _words(quote), _words(text)
    size = min(3, len(wanted)) or 1
    have = Counter(zip(*(held[i:] for i in range(size)), strict=False))
    need = Counter(zip(*(wanted[i:] for i in range(size)), strict=False))
    return (need & have).total() / need.total() if need else 0.0


def _rank(evidence: Evidence, answer: Answer) -> int | None:
    return next((c.number for c in answer.citations[: max(DEPTHS)] if _holds(c, evidence)), None)


def _holds(citation: Citation, evidence: Evidence) -> bool:
    same_file = citation.report.file.lower() == evidence.file.lower()
    text = citation.scored.passage.text
    if not same_file:
        return False
    short = len(_words(evidence.quote)) <= 16 and not Counter(_words(evidence.quote)) - Counter(_words(text))
    return short or covered(evidence.quote, text) >= HOLDS


def _question(line: dict[str, Any]) -> GoldenQuestion:
    if not str(line["question"]).strip():
        raise ValueError("the question is empty")
    return GoldenQuestion(
        id=str(line["id"]),
        kind=str(line["kind"]),
        text=str(line["question"]),
        history=tuple(str(earlier) for earlier in line.get("history", ())),
        evidence=tuple(Evidence(gold["file"], int(gold["page"]), gold["quote"]) for gold in line["gold"]),
        need_all=line.get("need") == "all",
    )


def _words(text: str) -> list[str]:
    plain = re.sub(r"[-\u2010\u2011]\s*", "", unicodedata.normalize("NFKC", text)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 4) if values else None
