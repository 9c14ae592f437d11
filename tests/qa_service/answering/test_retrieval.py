from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.types import Form, Kind, Report
from index.types import Filters, ScoredPassage
from qa_service.answering.ablation import RANKINGS, Mechanism
from qa_service.answering.kinds.passages import _mentioning_first
from qa_service.answering.pipeline import Answerer
from qa_service.answering.retrieval import Retriever, SearchPlan, interleave
from qa_service.answering.sentences.evidence import mentions_all
from qa_service.calibration import PASSAGES_PER_PART, THEME_PASSAGES
from qa_service.types import Question
from qa_service.understanding.interpretation import Part, interpret, lists_improvements
from qa_service.understanding.requirements import requirements_of
from tests.qa_service.conftest import TODAY

Find = Callable[..., list[ScoredPassage]]


@pytest.fixture(scope="session")
def find(answerer: Answerer) -> Find:
    """Return a function that finds the passages for one part of a question. It never rejects a question."""

    def find(text: str, *left_out: Mechanism, part: int = 0, **limits: Any) -> list[ScoredPassage]:
        question = Question(text, filters=Filters(**limits))
        state = answerer.leaving_out(Mechanism.SCREEN, *left_out).run(question, last="retrieve")
        return list(state.passages_by_part[part])

    return find


def authorities(found: list[ScoredPassage]) -> set[str | None]:
    return {scored.report.authority for scored in found}


def years(found: list[ScoredPassage]) -> set[int]:
    return {scored.report.inspected_to.year for scored in found if scored.report.inspected_to}


def test_passages_are_best_first_unique_and_no_more_than_the_depth(find: Find) -> None:
    found = find("Are visits manageable in Westmarsh?")
    assert 0 < len(found) <= PASSAGES_PER_PART
    assert len({scored.row for scored in found}) == len(found)
    assert [scored.score for scored in found] == sorted((scored.score for scored in found), reverse=True)


def test_passages_that_mention_whom_the_question_is_about_come_first(find: Find) -> None:
    found = find("Are caseloads manageable in Westmarsh?")
    requirements = requirements_of("Are caseloads manageable in Westmarsh?")
    mentioning = [mentions_all(scored, requirements) for scored in found]
    assert 0 < sum(mentioning) < len(found) <= PASSAGES_PER_PART
    assert mentioning == sorted(mentioning, reverse=True)


def test_passages_from_further_down_must_mention_it_in_the_questions_words(make_report, make_scored) -> None:
    requirements = requirements_of("Do young carers get help?")
    texts = ["Young carers get help.", "Their caring role is known.", "Pupils get help."]
    near = [make_scored(make_report(), [(texts[2], 0.5)], start=at) for at in range(PASSAGES_PER_PART)]
    far = [make_scored(make_report(), [(text, 0.5)], start=100 + at) for at, text in enumerate(texts)]
    found = _mentioning_first([*near, *far], requirements)
    assert len(found) == PASSAGES_PER_PART
    assert found[0] == far[0]
    assert found[1:] == tuple(near[:-1])
    assert _mentioning_first([far[1], *near], requirements)[0] == far[1]


def test_the_same_question_finds_the_same_passages(find: Find) -> None:
    first, second = (find("Are caseloads manageable in Westmarsh?") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "text",
    [
        "Are caseloads manageable in Westmarsh?",
        "are caseloads manageable in westmarsh",
        "WESTMARSH: CASELOADS?",
        "Westmarsh's caseloads",
        "Westmarsh",
    ],
)
def test_only_the_authority_named_is_searched(find: Find, text: str) -> None:
    assert only_about(find(text)) == {"Westmarsh"}


def only_about(found: list[ScoredPassage]) -> set[str]:
    """Return the authorities of the passages' reports.

    Check that passages of all other reports name one of the authorities.
    """
    names = {scored.report.authority for scored in found if scored.report.authority}
    thematic = [scored.passage.text for scored in found if not scored.report.authority]
    assert all(any(name in text for name in names) for text in thematic)
    return names


def test_each_side_of_a_comparison_is_searched_separately(find: Find) -> None:
    text = "Are caseloads manageable in Westmarsh or in Northwold?"
    assert only_about(find(text, part=0)) == {"Westmarsh"}
    assert only_about(find(text, part=1)) == {"Northwold"}


def test_a_question_without_an_authority_searches_all_reports_and_deeper(
    answerer: Answerer, known: tuple[str, ...]
) -> None:
    theme = SearchPlan(THEME_PASSAGES, names_the_place=False)
    [result] = Retriever(answerer.index).retrieve(
        interpret("Are caseloads manageable?", known, TODAY), Filters(), theme
    )
    found = list(result.passages)
    assert len(found) > PASSAGES_PER_PART
    assert authorities(found) >= {"Aldermere", "Carrowby", "Northwold", "Westmarsh"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Are caseloads manageable in Westmarsh in 2019?", 2019),
        ("Are caseloads manageable in Westmarsh in autumn 2023?", 2023),
        ("Are caseloads manageable in Westmarsh in November 2019?", 2019),
        ("Are caseloads manageable in 2015?", 2015),
    ],
)
def test_only_the_reports_of_the_time_named_are_searched(find: Find, text: str, year: int) -> None:
    found = find(text)
    assert found
    assert years(found) == {year}


def test_only_passages_that_name_the_year_are_found_if_no_report_is_of_that_time(find: Find) -> None:
    found = find("What happened to the leadership of Westmarsh in 2016?")
    assert found
    assert all("2016" in scored.passage.text and scored.report.authority == "Westmarsh" for scored in found)
    assert find("Are caseloads manageable in Westmarsh in 2031?") == []


@pytest.mark.parametrize("words", ["since 2018", "before 2031", ""])
def test_a_time_that_means_no_particular_report_excludes_none(find: Find, words: str) -> None:
    assert years(find(f"Are caseloads manageable in Westmarsh {words}?")) == {2019, 2023}


def test_each_of_two_times_is_a_part_with_its_own_reports(find: Find) -> None:
    text = "Are caseloads lower in Westmarsh in 2019 or in 2023?"
    assert [years(find(text, part=part)) for part in (0, 1)] == [{2019}, {2023}]


def test_the_latest_report_and_the_kind_asked_for_come_first(find: Find) -> None:
    latest = find("What are caseloads like in Westmarsh according to the latest report?")
    assert latest[0].report.inspected_to is not None
    assert latest[0].report.inspected_to.year == 2023
    visit = find("What did the monitoring visit to Carrowby say on supervision?")
    assert visit[0].report.kind is Kind.MONITORING_VISIT
    article = find("What does the news article on Carrowby say on supervision?")
    assert article[0].report.form is Form.ARTICLE


def test_nothing_is_found_about_an_authority_that_no_passage_names(find: Find) -> None:
    assert find("What do kinship carers want in Dudley?") == []
    assert find("What do kinship carers want in Kingston upon Hull?") == []


def test_only_passages_that_name_a_place_are_found_for_it(find: Find) -> None:
    found = find("What is said of kinship carers in Stellmoor?")
    assert found
    assert all("Stellmoor" in scored.passage.text for scored in found)
    assert find("What is said of kinship carers in Thornwick?") == []


def test_the_list_of_improvements_comes_first_if_the_question_asks_for_it(find: Find) -> None:
    found = find("What needs to improve in Westmarsh in 2019?")
    listed = [lists_improvements(scored.passage.section) for scored in found]
    assert listed[0]
    assert listed == sorted(listed, reverse=True)


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        ({"authority": ("Carrowby",)}, lambda report: report.authority == "Carrowby"),
        ({"authority": ("carrowby", "Aldermere")}, lambda report: report.authority in ("Carrowby", "Aldermere")),
        ({"form": (Form.LETTER,)}, lambda report: report.form is Form.LETTER),
        ({"kind": (Kind.ILACS,)}, lambda report: report.kind is Kind.ILACS),
        (
            {"kind": (Kind.ILACS,), "latest_only": True},
            lambda report: report.inspected_to and report.inspected_to.year in (2023, 2026),
        ),
    ],
)
@pytest.mark.parametrize("text", ["Are caseloads manageable?", "What needs to improve?"])
def test_a_persons_filters_hold(
    find: Find, limits: dict[str, object], fits: Callable[[Report], bool], text: str
) -> None:
    found = find(text, **limits)
    assert found
    assert all(fits(scored.report) for scored in found)


def test_a_persons_filters_and_the_questions_own_limits_both_hold(find: Find, answerer: Answerer) -> None:
    text = "Are caseloads manageable in Westmarsh in 2019?"
    assert years(find(text, authority=("Westmarsh", "Aldermere"))) == {2019}
    assert authorities(find(text, authority=("Westmarsh", "Aldermere"))) == {"Westmarsh"}
    held = [r.id for r in answerer.index.store.reports if r.authority == "Westmarsh"]
    assert years(find(text, report_id=tuple(held))) == {2019}
    assert find(text, form=(Form.LETTER,)) == []


@pytest.mark.parametrize(
    "limits",
    [
        {"authority": ("Northwold",)},
        {"authority": ("Northwold",), "form": (Form.REPORT,)},
        {"report_id": ("0" * 24,)},
        {"kind": (Kind.AREA_SEND,)},
        {"form": (Form.THEMATIC,)},
    ],
)
def test_a_question_never_removes_a_persons_filters(find: Find, limits: dict[str, object]) -> None:
    assert find("Are caseloads manageable in Westmarsh in 2019?", **limits) == []


@pytest.mark.parametrize(
    ("forms", "searched"), [((), 1), ((Form.REPORT, Form.LETTER), 0), ((Form.REPORT, Form.THEMATIC), 1)]
)
def test_without_reports_about_an_authority_thematic_ones_are_searched_if_the_filters_allow_them(
    answerer: Answerer, known: tuple[str, ...], forms: tuple[Form, ...], searched: int
) -> None:
    question = interpret("What do kinship carers want in Dudley?", known, TODAY)
    assert Retriever(answerer.index).count_reports(question, Filters(form=forms)) == searched


def test_a_question_across_all_reports_counts_only_those_of_the_time_named(
    answerer: Answerer, known: tuple[str, ...]
) -> None:
    retriever = Retriever(answerer.index)
    reports = answerer.index.store.reports
    of_2023 = sum(any(day and day.year == 2023 for day in (r.inspected_to, r.published)) for r in reports)
    assert retriever.count_reports(interpret("Are caseloads manageable in 2023?", known, TODAY), Filters()) == of_2023
    assert retriever.count_reports(interpret("Are caseloads manageable?", known, TODAY), Filters()) == len(reports)
    assert (
        retriever.count_reports(interpret("Westmarsh or Northwold?", known, TODAY), Filters(authority=("Northwold",)))
        < 3
    )


def test_only_passages_that_name_the_year_are_found_across_reports_of_other_years(find: Find) -> None:
    assert find("Are caseloads manageable in 2011?") == []
    found = find("What happened to leaders in 2016?")
    assert found
    assert all("2016" in scored.passage.text for scored in found)


def test_a_part_with_two_authorities_keeps_to_the_one_in_a_persons_filters(
    answerer: Answerer, known: tuple[str, ...]
) -> None:
    question = interpret("Are caseloads lower in Westmarsh or in Northwold?", known, TODAY)
    both, retriever = replace(question, parts=(Part(question.authorities),)), Retriever(answerer.index)
    [result] = retriever.retrieve(both, Filters(authority=("Northwold",)), SearchPlan())
    assert authorities(list(result.passages)) == {"Northwold"}
    [result] = retriever.retrieve(both, Filters(), SearchPlan())
    assert only_about(list(result.passages)) == {"Northwold", "Westmarsh"}


def test_passages_of_a_thematic_report_that_name_the_authority_are_found_too(find: Find) -> None:
    found = [
        scored for scored in find("What do special guardians get paid in Carrowby?") if not scored.report.authority
    ]
    assert found
    assert all("Carrowby" in scored.passage.text for scored in found)


@pytest.mark.parametrize("words", ["in 2023", "in the latest report", "at the monitoring visit"])
def test_thematic_reports_are_left_out_if_the_question_limits_the_reports(find: Find, words: str) -> None:
    assert authorities(find(f"What do special guardians get paid in Carrowby {words}?")) == {"Carrowby"}


def test_thematic_reports_are_left_out_if_a_person_filters_by_authority(find: Find) -> None:
    assert authorities(find("What do special guardians get paid in Carrowby?", authority=("Carrowby",))) == {"Carrowby"}


@pytest.mark.parametrize("mechanism", list(RANKINGS))
def test_a_left_out_ranking_ranks_nothing(find: Find, mechanism: Mechanism) -> None:
    text = "How large is the workload of social workers in Westmarsh?"
    assert any(RANKINGS[mechanism] in scored.ranks for scored in find(text))
    without = find(text, mechanism)
    assert without
    assert not any(RANKINGS[mechanism] in scored.ranks for scored in without)


def test_nothing_is_found_without_any_ranking(find: Find) -> None:
    assert find("Are caseloads manageable in Westmarsh?", *RANKINGS) == []


def test_other_authorities_are_found_without_the_authorities_mechanism(find: Find) -> None:
    found = find("Are caseloads manageable in Westmarsh?", Mechanism.AUTHORITIES)
    assert len(authorities(found)) > 1


def test_other_years_are_found_without_times_and_preferences(find: Find) -> None:
    text = "Are caseloads manageable in Westmarsh in 2019?"
    assert years(find(text, Mechanism.TIMES, Mechanism.PREFERENCES)) == {2019, 2023}


def test_a_report_is_found_more_than_once_without_spread(find: Find) -> None:
    found = find("Are caseloads manageable?", Mechanism.SPREAD)
    assert len({scored.report.id for scored in found}) < len(found) <= PASSAGES_PER_PART


@pytest.mark.parametrize("text", ["?", "…", "x" * 2000, "why " * 500, "'; --", "in 2019", "🙂", "in in in"])
def test_any_words_can_be_searched(find: Find, text: str) -> None:
    found = find(text)
    assert len({scored.row for scored in found}) == len(found)


MakeReport = Callable[..., Report]
MakeScored = Callable[..., ScoredPassage]


@pytest.fixture(scope="session")
def passage(make_report: MakeReport, make_scored: MakeScored) -> Callable[[int], ScoredPassage]:
    """Return a function that makes a passage with the given row."""
    return lambda row: make_scored(make_report(), [("Care leavers wait.", 0.5)], start=row)


def test_interleaving_puts_the_best_of_each_part_first(passage: Callable[[int], ScoredPassage]) -> None:
    a, b, c, d = (passage(row) for row in range(4))
    assert interleave([[a, b], [c, d]]) == (a, c, b, d)
    assert interleave([[a], [b, c, d]]) == (a, b, c, d)
    assert interleave([[a, b], [b, a]]) == (a, b)
    assert interleave([[], [a]]) == (a,)
    assert interleave([]) == interleave([[], []]) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(0, 12), unique=True, max_size=8), max_size=4))
def test_interleaving_loses_and_repeats_nothing_and_leaves_a_single_part_unchanged(
    passage: Callable[[int], ScoredPassage], rows: list[list[int]]
) -> None:
    merged = [scored.row for scored in interleave([[passage(row) for row in part] for part in rows])]
    assert set(merged) == {row for part in rows for row in part}
    assert len(set(merged)) == len(merged)
    rank = {row: min(part.index(row) for part in rows if row in part) for row in merged}
    assert [rank[row] for row in merged] == sorted(rank.values())
    assert all([s.row for s in interleave([[passage(row) for row in part]])] == part for part in rows)
