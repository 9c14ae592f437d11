from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measurements.conversations import CONVERSATIONS, INDEPENDENT_CONVERSATIONS, measure
from corpus.types import Report


def turn(question: str, **means: Any) -> dict[str, Any]:
    meaning = {"authorities": [], "year": None, "kind": None, "topic": [], "carries": [], "new_topic": False}
    return {"question": question, "means": {**meaning, **means}}


def test_each_misunderstood_question_is_printed_and_counted(
    make_report: Callable[..., Report], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = turn("Are caseloads manageable in Westmarsh?", authorities=["Westmarsh"], topic=["caseloads"])
    follow_up = {"authorities": ["Carrowby"], "topic": ["caseloads"], "carries": ["topic"]}
    rows = [
        {"id": "right", "turns": [first, turn("And in Carrowby?", **follow_up)]},
        {"id": "wrong", "turns": [first, turn("And in Carrowby?", **{**follow_up, "authorities": ["Aldermere"]})]},
    ]
    file = tmp_path / "conversations.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    reports = [make_report(f"{name}.txt", authority=name) for name in ("Westmarsh", "Carrowby", "Aldermere")]
    figures = measure(reports, file)
    assert (figures.conversations, figures.turns, figures.whole) == (2, 0.75, 0.5)
    [line] = capsys.readouterr().out.splitlines()
    assert line.strip() == "wrong, question 2: And in Carrowby?: authorities ('Carrowby',), not ['Aldermere']"


def test_the_golden_files_have_as_many_conversations_as_the_documents_say() -> None:
    assert len(CONVERSATIONS.read_text(encoding="utf-8").splitlines()) == 150
    assert len(INDEPENDENT_CONVERSATIONS.read_text(encoding="utf-8").splitlines()) == 60
