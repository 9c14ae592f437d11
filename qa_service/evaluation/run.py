"""Asks questions with known evidence, and compares each answer with that evidence."""

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
"""Share of the word trigrams in a piece of evidence that a passage must have, to count as containing the evidence."""
STATES = 0.4
"""Share of the word trigrams in a piece of evidence that an answer must have, to count as stating the evidence. Only
the answer's statements from the same report are compared."""
FEW_WORDS, EACH = 120, 80
"""Number of words that an answer may have, and the number of words added for each piece of evidence. A longer answer
counts as stating nothing."""
DEPTHS = (1, 3, 5, 10)
"""The numbers of passages at which we measure recall."""
_SHORT_QUOTE = 16
"""Maximum number of words in a short quote. A passage contains a short quote if it has all the words, in any order."""


@dataclass(frozen=True, slots=True)
class GoldenEvidence:
    """Words from a report that answer a question, with the file and page where they appear."""

    file: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question and its evidence. If there is no evidence, the reports do not answer the question."""

    id: str
    kind: str
    text: str
    history: tuple[str, ...]
    evidence: tuple[GoldenEvidence, ...]
    need_all: bool
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The result for one question."""

    question: GoldenQuestion
    ranks: tuple[int | None, ...]
    """Rank, from 1, of the first passage that contains each piece of evidence, or None."""
    answered: bool
    confidence: float
    pages: tuple[bool, ...] = ()
    """For each piece of evidence in a passage, whether the passage covers the page of the evidence."""
    stated: tuple[bool, ...] = ()
    """For each piece of evidence, whether the answer states it."""
    stray: bool = False
    """Whether the answer cites a report about an authority that the question does not name, if it names any."""
    status: str = ""
    answer: tuple[str, ...] = ()
    """The statements in the answer, each with its report and page."""
    milliseconds: float = 0.0
    stages: Mapping[str, float] | None = None

    def recall(self, k: int) -> float:
        """Return the share of the evidence in the first ``k`` passages. If one piece is enough, this is 0 or 1."""
        return self._share([rank is not None and rank <= k for rank in self.ranks])

    @property
    def reciprocal_rank(self) -> float:
        """1 divided by the rank of the first passage that contains evidence, or 0 if no passage does."""
        ranks = [rank for rank in self.ranks if rank]
        return 1 / min(ranks) if ranks else 0.0

    @property
    def states(self) -> float:
        """Share of the evidence that the answer states. If one piece is enough, this is 0 or 1."""
        return self._share(self.stated)

    def _share(self, hits: Sequence[bool]) -> float:
        if not hits:
            return 0.0
        return sum(hits) / len(hits) if self.question.need_all else float(any(hits))


def load_questions(path: Path) -> list[GoldenQuestion]:
    """Read questions from a file with one JSON object on each line. Raises EvaluationError."""
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
                    f"{path}, line {number}: {error!r}. A line must be a JSON object with id, kind, question and "
                    "gold, where gold is a list of objects with file, page and quote."
                ) from error
    if not questions:
        raise EvaluationError(f"{path} has no questions.")
    repeated = [name for name, count in Counter(question.id for question in questions).items() if count > 1]
    if repeated:
        raise EvaluationError(f"{path} has the id {repeated[0]} more than once. Give each question its own id.")
    return questions


def evaluate(answerer: Answerer, questions: Iterable[GoldenQuestion]) -> Iterable[Result]:
    """Ask each question, and compare the answer with its evidence."""
    for golden in questions:
        began = time.perf_counter()
        answer = answerer.answer(Question(golden.text, history=golden.history, top_k=max(DEPTHS)))
        yield _result(golden, answer, (time.perf_counter() - began) * 1000)


def covered(quote: str, text: str) -> float:
    """Return the share of the word trigrams in a quote that also occur in a text."""
    quote_words, text_words = _words(quote), _words(text)
    size = min(3, len(quote_words)) or 1
    present = Counter(zip(*(text_words[i:] for i in range(size)), strict=False))
    needed = Counter(zip(*(quote_words[i:] for i in range(size)), strict=False))
    return (needed & present).total() / needed.total() if needed else 0.0


def _result(golden: GoldenQuestion, answer: Answer, milliseconds: float) -> Result:
    citations = [_first_holding(evidence, answer) for evidence in golden.evidence]
    matches = [(c, e) for c, e in zip(citations, golden.evidence, strict=True) if c]
    named = {name.lower() for name in golden.authorities}
    cited = {
        (c.report.authority or "").lower() for s in answer.statements for c in _citations_numbered(answer, s.citations)
    } - {""}
    return Result(
        question=golden,
        ranks=tuple(citation.number if citation else None for citation in citations),
        answered=answer.answered,
        confidence=answer.confidence,
        pages=tuple(evidence.page in citation.scored.passage.pages for citation, evidence in matches),
        stated=_evidence_stated(golden, answer),
        stray=bool(named and answer.answered and cited - named),
        status=answer.status.value,
        answer=tuple(
            f"{s.text} [{c.report.file}, page {c.page}]"
            for s in answer.statements
            for c in _citations_numbered(answer, s.citations[:1])
        ),
        milliseconds=milliseconds,
        stages=answer.timings,
    )


def _evidence_stated(golden: GoldenQuestion, answer: Answer) -> tuple[bool, ...]:
    length = sum(len(_words(statement.text)) for statement in answer.statements)
    is_short = length <= FEW_WORDS + EACH * len(golden.evidence)
    statements = [
        "\n".join(
            statement.text
            for statement in answer.statements
            if any(_same_file(c, evidence) for c in _citations_numbered(answer, statement.citations))
        )
        for evidence in golden.evidence
    ]
    return tuple(
        answer.answered and is_short and covered(evidence.quote, text) >= STATES
        for evidence, text in zip(golden.evidence, statements, strict=True)
    )


def _citations_numbered(answer: Answer, numbers: Iterable[int]) -> list[Citation]:
    return [answer.citations[number - 1] for number in numbers]


def _first_holding(evidence: GoldenEvidence, answer: Answer) -> Citation | None:
    return next((c for c in answer.citations[: max(DEPTHS)] if _holds(c, evidence)), None)


def _holds(citation: Citation, evidence: GoldenEvidence) -> bool:
    text = citation.scored.passage.text
    if not _same_file(citation, evidence):
        return False
    words = _words(evidence.quote)
    is_short_and_present = len(words) <= _SHORT_QUOTE and not Counter(words) - Counter(_words(text))
    return is_short_and_present or covered(evidence.quote, text) >= HOLDS


def _same_file(citation: Citation, evidence: GoldenEvidence) -> bool:
    return citation.report.file.lower() == evidence.file.lower()


def _question(line: dict[str, Any]) -> GoldenQuestion:
    text, history, gold = line["question"], line.get("history", []), line["gold"]
    authorities, need = line.get("authorities", []), line.get("need", "any")
    for name, value in (("history", history), ("gold", gold), ("authorities", authorities)):
        if not isinstance(value, list):
            raise TypeError(f"{name} must be a list, not {value!r}")
    if not isinstance(text, str):
        raise TypeError(f"question must be text, not {text!r}")
    if need not in ("any", "all"):
        raise ValueError(f"need must be any or all, not {need!r}")
    Question(text, history=tuple(str(earlier) for earlier in history))  # raises ValueError if it is not valid
    return GoldenQuestion(
        id=str(line["id"]),
        kind=str(line["kind"]),
        text=text,
        history=tuple(str(earlier) for earlier in history),
        evidence=tuple(_evidence(entry) for entry in gold),
        need_all=need == "all",
        authorities=tuple(str(name) for name in authorities),
    )


def _evidence(entry: dict[str, Any]) -> GoldenEvidence:
    evidence = GoldenEvidence(str(entry["file"]), int(entry["page"]), str(entry["quote"]))
    if not _words(evidence.quote):
        raise ValueError("a quote must have words")
    return evidence


def _words(text: str) -> list[str]:
    plain = re.sub(r"[-\u2010\u2011]\s*", "", unicodedata.normalize("NFKC", text)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
