"""Questions that we wrote without seeing what the service retrieves.

``python -m benchmarks.harness.golden_questions FILE`` writes them with the words of their evidence, in the format of
the scorer and ``qa-service evaluate``. With ``--training`` it writes the questions that trained the cross-encoder.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.harness.reports import GOLDEN, digest, scorer, witness
from benchmarks.harness.service import SHARED

QUESTIONS, TRAINING = GOLDEN / "questions.jsonl", GOLDEN / "training.jsonl"


def packed(question: dict[str, Any]) -> dict[str, Any]:
    """A question with its evidence's words replaced by where they stand. Raises ValueError where they do not."""
    files = {path.name: path for path in _documents()}
    gold = [_span(files[piece["file"]], piece["page"], piece["quote"]) for piece in question["gold"]]
    kept = {name: value for name, value in question.items() if name != "answer"}
    return {**kept, "gold": gold}


def unpacked(packed_file: Path = QUESTIONS) -> Iterator[dict[str, Any]]:
    """The questions with their evidence's words. Raises ValueError where a page no longer has them."""
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in _documents()}
    for line in packed_file.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        gold = []
        for piece in question["gold"]:
            path = files[piece["sha256"]]
            words = _words(path, piece["page"])[piece["from"] : piece["to"]]
            if digest(" ".join(words)) != piece["digest"]:
                raise ValueError(f"{question['id']}: page {piece['page']} of {path.name} has other words there")
            gold.append({"file": path.name, "page": piece["page"], "quote": " ".join(words)})
        yield {**question, "gold": gold, "answer": ""}


def _documents() -> list[Path]:
    return [path for folder in ("reports", "seeds") for path in sorted((SHARED / folder).iterdir())]


def _span(path: Path, page: int, quote: str) -> dict[str, Any]:
    words, wanted = _words(path, page), scorer().words(quote)
    starts = (at for at in range(len(words) - len(wanted) + 1) if words[at : at + len(wanted)] == wanted)
    at = next(starts, None)
    if at is None or not wanted:
        raise ValueError(f"page {page} of {path.name} does not have: {quote}")
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "page": page,
        "from": at,
        "to": at + len(wanted),
        "digest": digest(" ".join(wanted)),
    }


def _words(path: Path, page: int) -> list[str]:
    words: list[str] = scorer().words(witness(path.stem)[page - 1])
    return words


def main() -> None:
    """Write the questions whole to the file that is named."""
    parser = argparse.ArgumentParser(description="Write our own questions with the words of their evidence.")
    parser.add_argument("file", type=Path, help="the file to write, one JSON object a line")
    parser.add_argument("--training", action="store_true", help="those that the cross-encoder was trained on")
    given = parser.parse_args()
    chosen = TRAINING if given.training else QUESTIONS
    rows = [json.dumps(question, ensure_ascii=False) for question in unpacked(chosen)]
    given.file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} questions written.")


if __name__ == "__main__":
    main()
