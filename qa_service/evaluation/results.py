"""Saves the results of an evaluation as lines of JSON, and reads them back for a comparison."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qa_service.errors import EvaluationError
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result


def write_run(path: Path, results: Sequence[Result]) -> None:
    """Write the results as one JSON object for each question."""
    path.write_text(
        "".join(json.dumps(_line(result), ensure_ascii=False) + "\n" for result in results), encoding="utf-8"
    )


def read_run(path: Path) -> list[Result]:
    """Read what :func:`write_run` wrote. Raises EvaluationError for any other file."""
    results = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path} cannot be read as UTF-8 text ({error}).") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            results.append(_result(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationError(
                f"{path}, line {number}: {error!r}. Use a file that “qa-service evaluate --out” wrote."
            ) from error
    return results


def _line(result: Result) -> dict[str, Any]:
    question = result.question
    return {
        "id": question.id,
        "kind": question.kind,
        "question": question.text,
        "history": question.history,
        "evidence": [[evidence.file, evidence.page, evidence.quote] for evidence in question.evidence],
        "need": "all" if question.need_all else "any",
        "ranks": result.ranks,
        "answered": result.answered,
        "status": result.status,
        "confidence": result.confidence,
        "pages": result.pages,
        "stated": result.stated,
        "stray": result.stray,
        "answer": result.answer,
        "ms": round(result.milliseconds, 1),
    }


def _result(line: dict[str, Any]) -> Result:
    question = GoldenQuestion(
        id=line["id"],
        kind=line["kind"],
        text=line["question"],
        history=tuple(line["history"]),
        evidence=tuple(GoldenEvidence(file, page, quote) for file, page, quote in line["evidence"]),
        need_all=line["need"] == "all",
    )
    return Result(
        question=question,
        ranks=tuple(line["ranks"]),
        answered=line["answered"],
        confidence=line["confidence"],
        pages=tuple(line["pages"]),
        stated=tuple(line["stated"]),
        stray=line["stray"],
        status=line["status"],
        answer=tuple(line["answer"]),
        milliseconds=line["ms"],
    )
