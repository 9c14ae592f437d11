"""Tests of the key, which works out the right answers to questions from the facts of reports."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from benchmarks.proofs.questions import key
from benchmarks.proofs.questions.cross_check import differing
from benchmarks.proofs.questions.facts import TAGS, all_cases, pairs
from benchmarks.proofs.questions.key import Expected, Inspected, expected

GOOD, POOR, BEST, WORST = "good", "requires improvement", "outstanding", "inadequate"


def report(name: str, last: str, kind: str = "ilacs", published: str = "", **grades: str) -> Inspected:
    """Return a report. Its sha256 consists of its authority and the last day of its inspection."""
    areas = tuple((area.replace("_", " "), grade) for area, grade in grades.items())
    return Inspected(f"{name} {last}", name, kind, last, last, published or last, f"lead of {name}", areas)


REPORTS = (
    report("Orle", "2016-05-20", "single-inspection", overall=WORST, leaders=WORST, in_care=POOR, care_leavers=GOOD),
    report("Orle", "2019-05-17", published="2019-07-01", overall=POOR, leaders=GOOD, in_care=POOR),
    report("Orle", "2020-02-03", "focused-visit"),
    report("Orle", "2023-06-16", overall=GOOD, leaders=GOOD, in_care=POOR, care_leavers=BEST),
    report("Hesk", "2018-03-02", overall=GOOD, leaders=GOOD, in_care=GOOD),
    report("Hesk", "2022-12-09", published="2023-01-20", overall=WORST, leaders=POOR, in_care=WORST),
    report("Marl", "2021-11-12", overall=GOOD, leaders=BEST, in_care=GOOD),
    report("Marl", "2026-05-08", leaders=GOOD, in_care=BEST, care_leavers=POOR),
    report("Fen", "2024-10-18", "area-send", outcome="mixed"),
)


def overall(*grades: str, **more: str) -> dict[str, Any]:
    return {"area": "overall", "in": list(grades), **more}


@pytest.mark.parametrize(
    ("spec", "names"),
    [
        ({"if": [overall(GOOD)]}, {"Orle"}),
        ({"if": [overall(GOOD)], "window": ["", "2022-11-30"]}, {"Hesk", "Marl"}),
        ({"if": [overall(WORST)], "window": ["2023-01-01", ""]}, set()),
        ({"if": [overall(WORST)], "window": ["2023-01-01", ""], "by": "published"}, {"Hesk"}),
        ({"if": [overall(WORST)], "which": "first"}, {"Orle"}),
        ({"if": [overall(POOR)], "which": "previous"}, {"Orle"}),
        ({"if": [overall(GOOD, truth="ever")]}, {"Orle", "Hesk", "Marl"}),
        ({"if": [overall(WORST, truth="never")]}, {"Marl"}),
        ({"if": [{"area": "in care", "in": [POOR], "truth": "always"}]}, {"Orle"}),
        ({"if": [{"area": "leaders", "in": [GOOD]}], "except": ["Marl"]}, {"Orle"}),
        ({"if": [{"area": "leaders", "is": ["better"], "other": "in care"}]}, {"Orle", "Hesk"}),
        ({"if": [{"area": "care leavers", "in": [GOOD, BEST]}]}, {"Orle"}),
        ({"if": [{"area": "overall", "from": [WORST], "to": [POOR]}]}, {"Orle"}),
        ({"if": [{"area": "overall", "from": [WORST], "to": [GOOD]}]}, set()),
        ({"if": [{"area": "overall", "moved": ["worse"]}], "window": ["2020-01-01", ""]}, {"Hesk"}),
        ({"if": [{"area": "in care", "moved": ["better", "worse"]}]}, {"Hesk", "Marl"}),
        ({"if": [overall(WORST), {"area": "leaders", "in": [BEST, GOOD]}], "any": True}, {"Orle", "Hesk", "Marl"}),
        ({"kinds": ["focused-visit"], "number": [0, 0]}, {"Hesk", "Marl", "Fen"}),
        ({"kinds": "inspections", "window": ["2024-01-01", ""]}, {"Marl", "Fen"}),
    ],
)
def test_authorities_that_fit(spec: dict[str, Any], names: set[str]) -> None:
    assert expected({"want": "authorities", **spec}, REPORTS).authorities == names


def test_an_authority_without_an_overall_grade_is_not_counted_by_an_older_one() -> None:
    answer = expected({"want": "share", "if": [overall(GOOD)]}, REPORTS)
    assert (answer.count, answer.of, answer.apart) == (1, 2, frozenset({"Marl"}))


def test_a_grade_shared_with_care_leavers_is_not_theirs() -> None:
    assert key.area_of("The experiences and progress of children in care and care leavers") == "in care"
    answer = expected({"want": "authorities", "if": [{"area": "care leavers", "in": [WORST]}]}, REPORTS)
    assert (answer.authorities, answer.apart) == (frozenset(), frozenset({"Hesk"}))


@pytest.mark.parametrize(
    ("spec", "answer"),
    [
        ({"want": "count", "of": "reports", "who": ["Orle"]}, Expected(count=4)),
        (
            {"want": "count", "of": "changes", "who": ["Orle"], "if": [{"area": "overall", "moved": ["better"]}]},
            Expected(count=2),
        ),
        (
            {"want": "grades", "who": ["Orle"], "areas": ["overall"], "window": ["2023-01-01", ""], "which": "before"},
            Expected(rows=frozenset({("Orle 2019-05-17", "overall", POOR)})),
        ),
        (
            {"want": "date", "day": "published", "who": ["Orle"], "window": ["2019-01-01", "2019-12-31"]},
            Expected(days=frozenset({("Orle 2019-05-17", "published", "2019-07-01")})),
        ),
        (
            {"want": "date", "day": "inspected", "who": ["Hesk"], "if": [{"area": "overall", "moved": ["worse"]}]},
            Expected(days=frozenset({("Hesk 2022-12-09", "inspected", "2022-12-09/2022-12-09")})),
        ),
        (
            {"want": "person", "who": ["Fen"]},
            Expected(people=frozenset({("Fen 2024-10-18", "lead of Fen")})),
        ),
        ({"want": "yes", "who": ["Hesk"], "if": [overall(WORST)]}, Expected(yes=True)),
        ({"want": "yes", "who": ["Orle", "Hesk"], "if": [overall(GOOD)]}, Expected(yes=False)),
        ({"want": "yes", "who": ["Orle", "Hesk"], "areas": ["overall"], "better": True}, Expected(yes=True)),
        ({"want": "best", "who": ["Orle", "Marl"], "areas": ["in care"]}, Expected(winners=frozenset({"Marl"}))),
        ({"want": "best", "who": ["Orle", "Marl"], "areas": ["leaders"]}, Expected(winners=frozenset())),
        (
            {"want": "changes", "who": ["Hesk"], "if": [{"area": "overall", "from": [GOOD], "to": [WORST]}]},
            Expected(reports=frozenset({"Hesk 2018-03-02", "Hesk 2022-12-09"}), count=1),
        ),
        (
            {"want": "areas", "who": ["Orle"], "if": [{"area": "each", "in": [GOOD]}]},
            Expected(rows=frozenset({("Orle 2023-06-16", "leaders", GOOD)}), count=1),
        ),
    ],
)
def test_other_answers(spec: dict[str, Any], answer: Expected) -> None:
    assert expected(spec, REPORTS) == answer


def test_all_grades_are_given_if_there_is_no_overall_grade() -> None:
    answer = expected({"want": "grades", "who": ["Marl"], "areas": ["overall"]}, REPORTS)
    assert answer.rows
    assert {area for _, area, _ in answer.rows} == {"leaders", "in care", "care leavers"}


@pytest.mark.parametrize(
    "spec",
    [
        {"want": "sentences"},
        {"want": "yes", "who": ["Nowhere"], "if": [overall(GOOD)]},
        {"want": "grades", "who": ["Orle"], "window": ["1990-01-01", "1990-12-31"]},
        {"want": "best", "who": ["Orle", "Fen"], "areas": ["overall"]},
    ],
)
def test_a_question_without_an_answer_is_an_error(spec: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"that we cannot answer|no report|no such grade"):
        expected(spec, REPORTS)


def test_the_key_imports_nothing_of_the_product() -> None:
    tree = ast.parse((key.FACTS.parents[1] / "proofs" / "questions" / "key.py").read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert modules <= {
        "__future__",
        "json",
        "collections",
        "collections.abc",
        "dataclasses",
        "itertools",
        "pathlib",
        "typing",
    }


def test_each_case_has_an_answer_and_says_what_it_depends_on() -> None:
    reports = key.load()
    for case in all_cases():
        spec = case["spec"]
        assert expected(spec, reports) != Expected(), case["id"]
        assert set(case["tags"]) <= set(TAGS), case["id"]
        assert ("name" in case["tags"]) == ("who" in spec or "except" in spec), case["id"]
        if "window" in spec or "outside" in spec:
            assert "time" in case["tags"], case["id"]


def test_each_two_tags_occur_together_in_five_questions() -> None:
    assert [pair for pair, count in pairs(all_cases()).items() if count < 5] == []


def test_grades_that_another_tool_collected_are_compared() -> None:
    rows: list[dict[str, object]] = [
        {"authority": "orle", "inspected_to": "2023-06-16", "grades": {"overall": "good", "leaders": "inadequate"}},
        {"authority": "orle", "inspected_to": "2020-02-03", "grades": {"overall": "good"}},
        {"authority": "hesk", "inspected_to": "2022-12-09", "grades": {"care_leavers": "inspection_pre_dates_it"}},
    ]
    differences, compared = differing(rows, REPORTS)
    assert compared == 2
    assert differences == ["Orle 2023-06-16, leaders: good, the other tool: inadequate"]
