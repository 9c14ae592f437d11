"""Questions that we wrote without seeing what the service retrieves.

``python -m benchmarks.harness.golden_questions FILE`` writes these questions with the words of their evidence, in the
format used by the scorer and ``qa-service evaluate``. With ``--training``, it writes the questions that the
cross-encoder was trained on. With ``--blind NAME``, it writes a set of questions about the authorities in
``set_aside.txt``. No labelled sentence is about these authorities.

The files give each piece of evidence as the sha256 of a report, a page and a span of the page's words. We never tune
the service with the questions that we use to check it. They are about the same reports as the training questions, and
27 reports contain evidence for both sets.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.harness.reports import GOLDEN, digest, independent_pages, report_files, scorer

QUESTIONS, TRAINING = (GOLDEN / f"{name}.jsonl" for name in ("questions", "training"))
BLIND = {
    "blind": GOLDEN / "blind.jsonl",
    "second blind": GOLDEN / "blind_second.jsonl",
    "third blind": GOLDEN / "blind_third.jsonl",
    "fourth blind": GOLDEN / "blind_fourth.jsonl",
}
"""The sets of questions about these authorities, by their names in proofs. The people who wrote them never saw any
results."""


def packed(question: dict[str, Any]) -> dict[str, Any]:
    """Replace the words of a question's evidence with their positions.

    Raises ValueError if the page does not contain them.
    """
    files = {path.name: path for path in report_files()}
    gold = [_span(files[piece["file"]], piece["page"], piece["quote"]) for piece in question["gold"]]
    kept = {name: value for name, value in question.items() if name != "answer"}
    return {**kept, "gold": gold}


def unpacked(packed_file: Path = QUESTIONS) -> Iterator[dict[str, Any]]:
    """Yield the questions with the words of their evidence. Raises ValueError if a page has different words."""
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in report_files()}
    for line in packed_file.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        gold = []
        for piece in question["gold"]:
            path = files[piece["sha256"]]
            words = _words(path, piece["page"])[piece["from"] : piece["to"]]
            if digest(" ".join(words)) != piece["digest"]:
                raise ValueError(f"{question['id']}: page {piece['page']} of {path.name} has different words there")
            gold.append({"file": path.name, "page": piece["page"], "quote": " ".join(words)})
        yield {**question, "gold": gold, "answer": ""}


def find_span(words: list[str], quote: list[str]) -> tuple[int, int] | None:
    """Find where a quote's words start and end among the words on a page. Returns None if they are not there."""
    starts = (at for at in range(len(words) - len(quote) + 1) if words[at : at + len(quote)] == quote)
    start = next(starts, None) if quote else None
    return None if start is None else (start, start + len(quote))


def _span(path: Path, page: int, quote: str) -> dict[str, Any]:
    words = scorer().words(quote)
    span = find_span(_words(path, page), words)
    if span is None:
        raise ValueError(f"page {page} of {path.name} does not have: {quote}")
    return {
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "page": page,
        "from": span[0],
        "to": span[1],
        "digest": digest(" ".join(words)),
    }


def _words(path: Path, page: int) -> list[str]:
    words: list[str] = scorer().words(independent_pages(path.stem)[page - 1])
    return words


def main() -> None:
    """Write the questions to the file named on the command line."""
    parser = argparse.ArgumentParser(description="Write our own questions with the words of their evidence.")
    parser.add_argument("file", type=Path, help="the file to write, with one JSON object on each line")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--training", action="store_true", help="write the questions that trained the cross-encoder")
    which.add_argument("--blind", choices=list(BLIND), help="write a set of questions that may be asked only once")
    options = parser.parse_args()
    file = BLIND[options.blind] if options.blind else TRAINING if options.training else QUESTIONS
    rows = [json.dumps(question, ensure_ascii=False) for question in unpacked(file)]
    options.file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"Wrote {len(rows)} questions.")


if __name__ == "__main__":
    main()
