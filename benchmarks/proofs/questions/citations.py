"""Verify each row of each list with ``verify-citations``, which uses only the JSON and the files of the reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.harness.figures import Proof
from benchmarks.proofs.questions.facts import AskedCase
from qa_service.verification.citation_check import CheckedItem, check
from qa_service.verification.saved_answer import read_answers
from qa_service.verification.source_files import SourceFiles

_AT_ONCE, _SHOWN = 50, 20


def prove(proof: Proof, asked: Sequence[AskedCase], folders: Sequence[Path], *, show: bool) -> None:
    """Check each page of each answer that came from facts."""
    pages = [page for one in asked if one.reply.sentence for page in one.reply.pages]
    rows = sum(len(page["answer"]) for page in pages)
    failed = [item for item in _items(pages, SourceFiles.below(folders)) if not item.proved]
    proof.add("rows of answers from facts", rows, "≥", len(asked))
    proof.add("rows and passages that verify-citations does not prove", len(failed), "=", 0)
    for kind, count in Counter(str(fault.kind) for item in failed for fault in item.faults).most_common():
        proof.add(f"not proved: {kind}", count)
    if show:
        for item in failed[:_SHOWN]:
            print(f"    {item.report or ''} “{item.words[:80]}”: {'; '.join(fault.why for fault in item.faults)[:200]}")


def _items(pages: Sequence[dict[str, Any]], files: SourceFiles) -> Iterator[CheckedItem]:
    """Save the answers as a batch, read them again as the command does, and check them."""
    for start in range(0, len(pages), _AT_ONCE):
        batch = {"answers": [{"status": 200, "answer": page} for page in pages[start : start + _AT_ONCE]]}
        yield from check(read_answers(json.dumps(batch).encode()), files)
