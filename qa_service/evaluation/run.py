"""Asking questions whose evidence is known, and what came of each."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_service.answering.pipeline import Answerer
from qa_service.errors import EvaluationError
from qa_service.types import Answer, Citation, Question

HOLDS = 0.6
"""A passage holds a piece of evidence when it has this share of the evidence's word trigrams."""
STATES = 0.4
"""An answer states a piece of evidence when its sentences from that report have this share of its trigrams."""
FEW_WORDS, EACH = 120, 80
"""An answer longer than this, and so many words for each piece of evidence, states nothing: it is a dump."""
DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class GoldenEvidence:
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
    evidence: tuple[GoldenEvidence, ...]
    need_all: bool
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """How one question came out: rank of each piece of evidence, from 1, or None."""

    question: GoldenQuestion
    ranks: tuple[int | None, ...]
    answered: bool
    confidence: float
    pages: tuple[bool, ...] = ()
    """For each piece found, whether the passage names its page."""
    stated: tuple[bool, ...] = ()
    """For each piece, whether the answer states it."""
    stray: bool = False
    """Whether an answer on named authorities cites a report on another."""
    status: str = ""
    answer: tuple[str, ...] = ()
    """The sentences shown, each with its report and page."""
    milliseconds: float = 0.0
    stages: Mapping[str, float] | None = None

    def recall(self, k: int) -> float:
        """Share of the evidence found in the first ``k`` passages, or whether any was where any will do."""
        return self._share([rank is not None and rank <= k for rank in self.ranks])

    @property
    def reciprocal_rank(self) -> float:
        """1 / rank of the first passage that holds evidence."""
        ranks = [rank for rank in self.ranks if rank]
        return 1 / min(ranks) if ranks else 0.0

    @property
    def states(self) -> float:
        """Share of the evidence that the answer states, or whether any is stated where any will do."""
        return self._share(self.stated)

    def _share(self, hits: Sequence[bool]) -> float:
        if not hits:
            return 0.0
        return sum(hits) / len(hits) if self.question.need_all else float(any(hits))


def load_questions(path: Path) -> list[GoldenQuestion]:
    """Read questions, one JSON object a line. Raises EvaluationError where a line is not one."""
    questions = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
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
    twice = [name for name, count in Counter(question.id for question in questions).items() if count > 1]
    if twice:
        raise EvaluationError(f"{path} gives the id {twice[0]} more than once. Each question has an id of its own.")
    return questions


def evaluate(answerer: Answerer, questions: Iterable[GoldenQuestion]) -> Iterable[Result]:
    """Ask each question and compare what comes back with its evidence."""
    for golden in questions:
        began = time.perf_counter()
        answer = answerer.answer(Question(golden.text, history=golden.history, top_k=max(DEPTHS)))
        yield _result(golden, answer, (time.perf_counter() - began) * 1000)


def covered(quote: str, text: str) -> float:
    """Share of a quote's word trigrams that stand in a text."""
    wanted, held = _words(quote), _words(text)
    size = min(3, len(wanted)) or 1
    have = Counter(zip(*(held[i:] for i in range(size)), strict=False))
    need = Counter(zip(*(wanted[i:] for i in range(size)), strict=False))
    return (need & have).total() / need.total() if need else 0.0


def _result(golden: GoldenQuestion, answer: Answer, milliseconds: float) -> Result:
    holding = [_holding(evidence, answer) for evidence in golden.evidence]
    found = [(c, e) for c, e in zip(holding, golden.evidence, strict=True) if c]
    named = {name.lower() for name in golden.authorities}
    told = {(c.report.authority or "").lower() for s in answer.statements for c in _cited(answer, s.citations)} - {""}
    return Result(
        question=golden,
        ranks=tuple(citation.number if citation else None for citation in holding),
        answered=answer.answered,
        confidence=answer.confidence,
        pages=tuple(evidence.page in citation.scored.passage.pages for citation, evidence in found),
        stated=_stated(golden, answer),
        stray=bool(named and answer.answered and told - named),
        status=answer.status.value,
        answer=tuple(
            f"{s.text} [{c.report.file}, page {c.page}]"
            for s in answer.statements
            for c in _cited(answer, s.citations[:1])
        ),
        milliseconds=milliseconds,
        stages=answer.timings,
    )


def _stated(golden: GoldenQuestion, answer: Answer) -> tuple[bool, ...]:
    length = sum(len(_words(statement.text)) for statement in answer.statements)
    short = length <= FEW_WORDS + EACH * len(golden.evidence)
    told = [
        "\n".join(
            statement.text
            for statement in answer.statements
            if any(_same_file(c, evidence) for c in _cited(answer, statement.citations))
        )
        for evidence in golden.evidence
    ]
    return tuple(
        answer.answered and short and covered(evidence.quote, text) >= STATES
        for evidence, text in zip(golden.evidence, told, strict=True)
    )


def _cited(answer: Answer, numbers: Iterable[int]) -> list[Citation]:
    return [answer.citations[number - 1] for number in numbers]


def _holding(evidence: GoldenEvidence, answer: Answer) -> Citation | None:
    return next((c for c in answer.citations[: max(DEPTHS)] if _holds(c, evidence)), None)


def _holds(citation: Citation, evidence: GoldenEvidence) -> bool:
    text = citation.scored.passage.text
    if not _same_file(citation, evidence):
        return False
    short = len(_words(evidence.quote)) <= 16 and not Counter(_words(evidence.quote)) - Counter(_words(text))
    return short or covered(evidence.quote, text) >= HOLDS


def _same_file(citation: Citation, evidence: GoldenEvidence) -> bool:
    return citation.report.file.lower() == evidence.file.lower()


def _question(line: dict[str, Any]) -> GoldenQuestion:
    text, history, gold = line["question"], line.get("history", []), line["gold"]
    authorities, need = line.get("authorities", []), line.get("need", "any")
    for name, value in (("history", history), ("gold", gold), ("authorities", authorities)):
        if not isinstance(value, list):
            raise TypeError(f"{name} is a list, not {value!r}")
    if not isinstance(text, str):
        raise TypeError(f"question is text, not {text!r}")
    if need not in ("any", "all"):
        raise ValueError(f"need is any or all, not {need!r}")
    Question(text, history=tuple(str(earlier) for earlier in history))  # refuses what nobody could ask
    return GoldenQuestion(
        id=str(line["id"]),
        kind=str(line["kind"]),
        text=text,
        history=tuple(str(earlier) for earlier in history),
        evidence=tuple(_evidence(piece) for piece in gold),
        need_all=need == "all",
        authorities=tuple(str(name) for name in authorities),
    )


def _evidence(piece: dict[str, Any]) -> GoldenEvidence:
    evidence = GoldenEvidence(str(piece["file"]), int(piece["page"]), str(piece["quote"]))
    if not _words(evidence.quote):
        raise ValueError("a quote has words")
    return evidence


def _words(text: str) -> list[str]:
    plain = re.sub(r"[-\u2010\u2011]\s*", "", unicodedata.normalize("NFKC", text)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
