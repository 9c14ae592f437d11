"""Tests of how the proofs grade replies to questions about facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from benchmarks.harness.reports import digest
from benchmarks.proofs.questions import cases, composed, copies, speed, unknown
from benchmarks.proofs.questions.facts import cases as read_cases
from benchmarks.proofs.questions.grading import Verdict, grade, shares, tally
from benchmarks.proofs.questions.key import Expected
from benchmarks.proofs.questions.replies import Reply, Row, whole_reply


def reply(*rows: Row, not_applied: Sequence[str] = (), confidence: float = 0.9, **more: Any) -> Reply:
    return Reply("answered", confidence, "", tuple(not_applied), rows, **{"sentence": "Some.", **more})


def rated(name: str, area: str = "Overall effectiveness", printed: str = "Good") -> Row:
    return Row(f"{name} 1", name, area, printed)


def fact(name: str, fact_name: str, value: str) -> Row:
    return Row(f"{name} 1", name, name=fact_name, value=value)


AUTHORITIES = Expected(authorities=frozenset({"Orle", "Hesk"}), count=2)
NONE = Expected(authorities=frozenset(), count=0)


@pytest.mark.parametrize(
    ("want", "given", "verdict"),
    [
        (AUTHORITIES, reply(rated("Orle"), rated("Hesk"), count=2), Verdict.RIGHT),
        (AUTHORITIES, reply(rated("Orle"), count=1), Verdict.WRONG),
        (AUTHORITIES, reply(rated("Orle"), rated("Hesk"), rated("Marl"), count=3), Verdict.WRONG),
        (AUTHORITIES, reply(rated("Orle"), rated("Hesk"), count=3), Verdict.WRONG),
        (AUTHORITIES, reply(rated("Orle"), count=1, not_applied=["in the north"], confidence=0.7), Verdict.NOT_APPLIED),
        (AUTHORITIES, reply(rated("Orle"), count=1, not_applied=["in the north"]), Verdict.WRONG),
        (AUTHORITIES, Reply("low_confidence", 0.2, "Nothing fits.", (), ()), Verdict.NOT_APPLIED),
        (AUTHORITIES, Reply("not_in_reports", 0.1, "", (), (), sentence="None.", count=0), Verdict.WRONG),
        (NONE, Reply("not_in_reports", 0.1, "", (), (), sentence="None.", count=0), Verdict.RIGHT),
        (NONE, reply(rated("Orle"), count=1), Verdict.WRONG),
        (NONE, Reply("low_confidence", 0.2, "Nothing fits.", (), ()), Verdict.NOT_APPLIED),
        (Expected(count=3), reply(count=3), Verdict.RIGHT),
        (Expected(count=3), reply(count=3, not_applied=["share"]), Verdict.NOT_APPLIED),
        (Expected(count=3), reply(count=4), Verdict.WRONG),
        (Expected(count=3, of=9), reply(count=3, of=9), Verdict.RIGHT),
        (Expected(count=3, of=9), reply(count=3, of=8), Verdict.WRONG),
        (Expected(yes=True), reply(yes=True), Verdict.RIGHT),
        (Expected(yes=False), reply(yes=None), Verdict.WRONG),
        (Expected(winners=frozenset({"Orle"})), reply(rated("Orle"), rated("Hesk"), sentence="Orle has the better grade."), Verdict.RIGHT),
        (Expected(winners=frozenset({"Orle"})), reply(rated("Orle"), rated("Hesk"), sentence="Hesk has the better grade."), Verdict.WRONG),
        (Expected(winners=frozenset()), reply(rated("Orle"), rated("Hesk"), sentence="Neither: the same."), Verdict.RIGHT),
        (Expected(rows=frozenset({("Orle 1", "overall", "requires improvement")})), reply(rated("Orle", printed="Requires improvement to be good")), Verdict.RIGHT),
        (Expected(rows=frozenset({("Orle 1", "overall", "good")})), reply(rated("Orle"), rated("Orle", "Adoption performance")), Verdict.WRONG),
        (Expected(rows=frozenset({("Orle 1", "adoption", "good")}), count=1), reply(rated("Orle"), rated("Orle", "Adoption performance"), count=2), Verdict.RIGHT),
        (Expected(rows=frozenset({("Orle 1", "adoption", "good")}), count=1), reply(rated("Orle", "Leaders"), count=1), Verdict.WRONG),
        (Expected(days=frozenset({("Orle 1", "inspected", "2020-02-03/2020-02-03")})), reply(fact("Orle", "inspected", "2020-02-03")), Verdict.RIGHT),
        (Expected(days=frozenset({("Orle 1", "published", "2020-03-03")})), reply(fact("Orle", "inspected", "2020-02-03")), Verdict.WRONG),
        (Expected(days=frozenset({("Orle 1", "inspected", "2020-02-03/2020-02-07")})), reply(rated("Orle"), sentence="On 7 February 2020."), Verdict.RIGHT),
        (Expected(people=frozenset({("Orle 1", digest("Di Pell"))})), reply(fact("Orle", "lead-inspector", "Di Pell")), Verdict.RIGHT),
        (Expected(people=frozenset({("Orle 1", digest("Di Pell"))})), reply(fact("Orle", "lead-inspector", "Al Bo")), Verdict.WRONG),
        (Expected(reports=frozenset({"Orle 1"}), count=1), reply(fact("Orle", "inspected", "2020-02-03")), Verdict.RIGHT),
        (Expected(reports=frozenset({"Orle 1"}), count=1), reply(fact("Hesk", "inspected", "2020-02-03")), Verdict.WRONG),
    ],
)  # fmt: skip
def test_verdicts(want: Expected, given: Reply, verdict: Verdict) -> None:
    assert grade(want, given).verdict is verdict


def test_all_pages_of_a_list_are_read() -> None:
    def page(question: str, offset: int) -> dict[str, Any]:
        report = {"sha256": str(offset), "authority": f"Orle {offset}"}
        more = quote(json.dumps({"question": question, "offset": offset + 1}))
        statement = {"citations": [1], "judgement": None, "fact": None, "text": "Overall effectiveness: Good"}
        return {
            "status": "answered", "confidence": 0.9, "reason": "", "not_applied": [], "answer": [statement],
            "passages": [{"report": report}], "more": f"/api/v1/query?request={more}" if offset < 2 else None,
            "summary": {"sentence": "3 of 9.", "count": 3, "of": 9, "yes": None},
        }  # fmt: skip

    whole = whole_reply("Which are good & better?", page)
    assert [row.authority for row in whole.rows] == ["Orle 0", "Orle 1", "Orle 2"]
    assert (whole.count, whole.of, len(whole.pages)) == (3, 9, 3)


def test_verdicts_are_counted_by_tag() -> None:
    verdicts = {"a": grade(Expected(count=1), reply(count=1)), "b": grade(Expected(count=1), reply(count=2))}
    counts = tally(verdicts, {"a": ["count"], "b": ["count", "time"]})
    assert counts["count"][Verdict.RIGHT] == counts["time"][Verdict.WRONG] == 1
    assert shares(counts["all"])[Verdict.RIGHT] == 0.5


def test_a_condition_is_named_by_some_of_its_words() -> None:
    case = {"words": "in the north"}
    assert unknown.fault_of(case, {"not_applied": ["the north"], "confidence": 0.7}) == ""
    assert "0.9" in unknown.fault_of(case, {"not_applied": ["in the north"], "confidence": 0.9})
    assert "not named" in unknown.fault_of(case, {"not_applied": ["in the"], "confidence": 0.1})


def test_unknown_conditions_are_words_of_their_questions_and_of_all_kinds() -> None:
    asked = read_cases("unknown")
    assert [case["id"] for case in asked if case["words"] not in case["question"]] == []
    assert {case["cue"] for case in asked} == set(unknown.CUES)
    assert len({case["question"] for case in asked}) == len(asked)


def test_the_values_in_a_statement_do_not_change_its_shape() -> None:
    first, second = (
        "SELECT a FROM t WHERE b IN ('x', 'it''s') AND n = 5",
        "SELECT a FROM t\n WHERE b IN ('y') AND n = 7",
    )
    assert composed.shape(first) == composed.shape(second) == "SELECT a FROM t WHERE b IN (?) AND n = ?"
    assert composed.shape("SELECT a FROM t WHERE b = good") != composed.shape("SELECT a FROM t WHERE b = 'good'")


def test_statements_are_recorded_only_in_the_block(tmp_path: Path) -> None:
    with composed.sql_shapes() as shapes:
        with sqlite3.connect(tmp_path / "a.sqlite") as connection:
            connection.execute("SELECT ?", ["SELECT 2"])
        connection.close()
    with sqlite3.connect(tmp_path / "b.sqlite") as other:
        other.execute("SELECT 3 AS three")
    other.close()
    assert shapes == {"SELECT ?"}


def test_random_questions_differ_and_are_the_same_each_time() -> None:
    asked = list(composed.composed(5, 200))
    assert asked == list(composed.composed(5, 200))
    assert len(set(asked)) == 200
    assert all(asked)
    assert not any("{name}" in text or "{clause}" in text for text in asked)


def test_errors_are_counted() -> None:
    def ask(text: str, offset: int) -> dict[str, Any]:
        raise LookupError(text, offset)

    assert composed.ask_each(["one"], ask)[0] == ["'one': LookupError: ('one', 0)"]


def test_timed_questions_are_of_four_kinds_and_name_only_invented_authorities() -> None:
    asked = speed.questions()
    assert {kind: len(set(texts)) for kind, texts in asked.items()} == dict.fromkeys(
        ("list", "count", "change", "plain"), 30
    )
    names = copies.invented_names(144)
    assert len(set(names)) == 144
    assert all(any(name in text for name in names) for text in asked["plain"])
    assert speed.p95([float(number) for number in range(1, 101)]) == pytest.approx(95.95)


def test_the_answers_given_by_hand_name_documents_that_exist() -> None:
    asked = read_cases("cases")
    assert len({case["case"] for case in asked}) == 14
    for case in asked:
        by_hand = case["expected"]
        cases.expected_of(by_hand)  # this raises FileNotFoundError if there is no file
        assert all((cases.DOCUMENTS / file).is_file() for file in by_hand.get("only", ()))
        texts = [path.read_text(encoding="utf-8") for path in cases.DOCUMENTS.iterdir()]
        assert all(any(words in text for text in texts) for words in by_hand.get("says", ())), case["id"]


def test_a_case_can_ask_for_words_and_for_their_reports() -> None:
    by_hand = {"says": ["monthly"], "only": ["osmere-inspection-2025.html"]}
    sha256 = next(iter(cases.expected_of({"reports": by_hand["only"]}).reports or ()))
    row = Row(sha256, "Osmere", text="Supervision is monthly.")
    assert cases.grade_case(by_hand, reply(row)).verdict is Verdict.RIGHT
    assert cases.grade_case(by_hand, reply(row, Row("other", "Orle"))).verdict is Verdict.WRONG
    assert cases.grade_case({"says": ["weekly"]}, reply(row)).verdict is Verdict.WRONG
