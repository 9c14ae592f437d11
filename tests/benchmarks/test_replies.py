from __future__ import annotations

from typing import Any

from benchmarks.proofs.index.asking import Replies

CONTENTS = {"monday": frozenset({"r1"}), "tuesday": frozenset({"r1", "r2"}), "wednesday": frozenset({"r1"})}


def reply(build: str, text: str, report: str = "r1") -> dict[str, Any]:
    return {
        "build": build,
        "status": "answered",
        "reason": None,
        "answer": [{"text": text, "quotes": [{"text": text}]}],
        "passages": [{"report": {"id": report}}],
    }


def test_replies_that_match_their_builds_are_right() -> None:
    replies = Replies()
    replies.take("Q?", 200, reply("monday", "One."))
    replies.take("Q?", 200, reply("tuesday", "Two.", "r2"))
    replies.take("Q?", 200, reply("wednesday", "One."))
    assert replies.wrong(CONTENTS) == []
    assert replies.count == 3
    assert replies.failed == []


def test_a_report_that_the_build_does_not_hold_is_wrong() -> None:
    replies = Replies()
    replies.take("Q?", 200, reply("monday", "Two.", "r2"))
    assert replies.wrong(CONTENTS) == ["build monday does not hold ['r2']"]


def test_two_answers_from_the_same_reports_are_wrong() -> None:
    replies = Replies()
    replies.take("Q?", 200, reply("monday", "One."))
    replies.take("Q?", 200, reply("wednesday", "Another."))
    assert replies.wrong(CONTENTS) == ["Q?: 2 answers"]


def test_a_build_that_nobody_made_is_wrong() -> None:
    replies = Replies()
    replies.take("Q?", 200, {**reply("sunday", "One."), "passages": []})
    assert replies.wrong(CONTENTS) == ["no build is named sunday"]


def test_a_failed_request_is_recorded() -> None:
    replies = Replies()
    replies.take("Q?", 503, {"detail": "The service is busy."})
    assert replies.failed == ["503 The service is busy."]
