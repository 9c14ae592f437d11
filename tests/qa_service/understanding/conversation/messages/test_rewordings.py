"""Tests of rewriting questions and notes in words that the service understands."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from qa_service.understanding.conversation.messages.rewordings import reworded
from qa_service.understanding.conversation.messages.shapes import needs
from tests.qa_service.conftest import TODAY

KNOWN = ("Carrowby", "Hesk", "Northwold", "Orle", "Westmarsh")


_TYPED = pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("orle inadequate ever?", "Has Orle ever been inadequate?"),
        (
            "16 year olds in hotels - in how many full inspections since 2020 is it an area for improvement",
            "How many full inspections since 2020 list 16 year olds in hotels under what needs to improve?",
        ),
        (
            "Is it right Orle's leadership has slipped back, show me the grades each time",
            "Has Orle's grade for leadership got worse? What were the grades for leadership of Orle over the years?",
        ),
        (
            "when did Orle go from good to inadequate and which judgements fell at that point",
            "Which areas changed when Orle went from good to inadequate?",
        ),
        (
            "What does Hesk keep getting told to sort out about supervision and assessments?",
            "Has Hesk sorted out supervision? Has Hesk sorted out assessments?",
        ),
        ("what do inspectors keep telling Hesk about private fostering", "Has Hesk sorted out private fostering?"),
        ("Hesk private fostering (2023) - any follow up?", "Has Hesk sorted out private fostering in 2023?"),
        (
            "Hesk were told in 2019 to fix return home interviews and life-story work, did they?",
            "What became of the recommendations about return home interviews and life-story work Hesk was given in 2019?",
        ),
        (
            "what happened to the priority actions at Hesk's front door from autumn 2022",
            "What became of the priority actions Hesk was given in autumn 2022?",
        ),
        ("area SEND inspections: split of outcomes", "List the area SEND inspections and their outcomes"),
        ("Orle - ever good or better?", "Has Orle ever been good or better?"),
        (
            "Has Orle got better or worse since its inspection in 2018?",
            "Has Orle got better or worse since 2018?",
        ),
        (
            "Did Orle's grade for leadership change between 2019 and 2023?",
            "Has Orle's grade for leadership changed between 2019 and 2023?",
        ),
        (
            "care leavers grade by authority, latest",
            "Which authorities are rated outstanding, good, requires improvement or inadequate for care leavers?",
        ),
        (
            "Who is the best council in England?",
            "Which authorities are rated outstanding, good, requires improvement or inadequate?",
        ),
        ("orle latest inspection vs previous", "What changed between the last two inspections of Orle?"),
        (
            "caseloads criticised - which authorities, last 3 yrs",
            "Which authorities have been criticised for caseloads in the last 3 yrs?",
        ),
        (
            "social worker turnover: how many councils picked up on it since 2022",
            "How many authorities have been criticised for social worker turnover since 2022?",
        ),
        ("What was Orle asked to improve more than once?", "What keeps coming back in Orle?"),
        (
            "What do the last three Orle reports say about management oversight?",
            "Which of the three newest reports on Orle mention management oversight?",
        ),
        (
            "Was anybody asked to do something about children who go missing in 2024 or 2025?",
            "Which authorities list children who go missing among what must improve between 2024 and 2025?",
        ),
        (
            "Did Northwold get told to do anything about housing for care leavers?",
            "Do any reports about Northwold list housing for care leavers among what must improve?",
        ),
        (
            "How many times has Orle been told to improve assessments?",
            "How many reports about Orle list assessments among what must improve?",
        ),
        ("Orle RI or good now?", "Is Orle rated RI or good?"),
        ("Orle trend", "What were the overall grades of Orle over the years?"),
        (
            "Any council with two inadequate grades in a row?",
            "Which authorities went from inadequate to inadequate?",
        ),
        (
            "Has Orle ever had a priority action, and if so what about?",
            "Which reports about Orle have an area for priority action?",
        ),
        (
            "Orle vs Hesk vs Northwold overall and leadership",
            "What are the overall grades and the grades for leadership of Orle, Hesk and Northwold?",
        ),
        ("Orle improvements 2019 vs 2023", "What was Orle told to improve in 2019 and in 2023?"),
        (
            "inadequate councils list since 2019",
            "Which authorities were rated inadequate at any inspection since 2019?",
        ),
        (
            "are return home interviews a common weakness across all the reports?",
            "How many reports criticise return home interviews?",
        ),
        ("how often do inspectors criticise caseloads since 2022", "How many reports since 2022 criticise caseloads?"),
        ("share of full inspections that praise leadership", "What proportion of full inspections praise leadership?"),
        ("what do most reports criticise?", "What are the most common weaknesses?"),
        (
            "what recs keep coming up across all authorities since 2020",
            "What are the most common areas for improvement since 2020?",
        ),
        ("where is there good practice on pathway planning?", "Good examples of pathway planning"),
        ("Has Orle made progress on care leavers since 2019?", "Has Orle sorted out care leavers since 2019?"),
        ("what has Orle been told most often?", "What keeps coming back in Orle?"),
        ("when was each council last visited?", "When was the latest visit of each authority?"),
        ("most recent visit to each of the boroughs", "When was the latest visit of each authority?"),
        (
            "Which councils have had nothing full since 2023?",
            "Which authorities have had no full inspection since 2023?",
        ),
        (
            "Which councils were last fully inspected before 2023?",
            "Which authorities have had no full inspection since 2023?",
        ),
        (
            "Orle vs Hesk on leadership over the yrs",
            "What were the grades for leadership of Orle and Hesk over the years?",
        ),
        (
            "what changed in Orle between 2019 and 2023?",
            "What were the grades of Orle in 2019 and in 2023?",
        ),
        (
            "how has Orle done on leadership, all inspections",
            "What were the grades for leadership of Orle over the years?",
        ),
        (
            "compare numbers of inadequate judgements in 2014 v 2018",
            "How many inspections were rated inadequate in 2014? How many inspections were rated inadequate in 2018?",
        ),
        (
            "What did Ofsted tell Orle to fix in 2022 and has it?",
            "What became of the recommendations Orle was given in 2022?",
        ),
        ("show me all the grade changes in 2023", "Which authorities were given a different overall grade in 2023?"),
        (
            "every council's latest grade with date",
            "Which authorities are rated outstanding, good, requires improvement or inadequate?",
        ),
        (
            "Has Orle been asked to improve supervision before?",
            "Do any reports about Orle list supervision among what must improve?",
        ),
        (
            "Which councils that were inadequate in 2018 or 2019 are better now?",
            "Which authorities were inadequate between 2018 and 2019 and what is their grade now?",
        ),
    ],
)


@_TYPED
def test_a_text_of_a_known_shape_is_put_in_other_words(typed: str, question: str) -> None:
    assert reworded(typed, KNOWN, TODAY) == question


@_TYPED
@pytest.mark.parametrize("around", ["Westmarsh {}", "Westmarsh: {}", "2017: {}", "{} Westmarsh", "{} (Westmarsh)"])
def test_a_name_or_a_time_around_a_known_shape_is_never_lost(typed: str, question: str, around: str) -> None:
    found = reworded(around.format(typed.rstrip("?")), KNOWN, TODAY)
    assert found != question
    assert ("2017" if "2017" in around else "Westmarsh") in found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Has Orle ever been inadequate?",
        "Orle inadequate ever since the merger with Hesk?",
        "Has Westmarsh improved since the 2019 inspection?",
        "caseloads criticised where leaders had not noticed - which authorities",
        "Was Orle told to improve what it had not yet begun?",
        "Which authorities were inadequate in 2014 or 2019 and what is their grade now?",
        "What do the last three Orle and Hesk reports say about neglect?",
        "Orle send inspection outcome?",
        "Orle and Hesk full inspection results",
        "Hesk, which councils dropped a grade?",
        "2019: area SEND inspection outcomes",
    ],
)
def test_a_text_with_words_that_no_shape_has_stays_as_it_is(text: str) -> None:
    assert reworded(text, KNOWN, TODAY) == text


def test_each_shape_gives_what_its_question_needs() -> None:
    data = tomllib.loads(files("qa_service").joinpath("data/rewordings.toml").read_text(encoding="utf-8"))
    slots = re.compile(r"\{([a-z]+)\}")
    for each in data["question"]:
        for shape in each["typed"]:
            typed = set(slots.findall(shape)) | set(slots.findall(" ".join(data["words"].values())))
            missing = set(slots.findall(each["asks"])) - typed - {"time"}
            assert not missing, f"{shape!r} gives no {missing}"


def test_a_shape_needs_one_of_the_words_that_each_choice_begins_with() -> None:
    found = needs("(gone|went) (backwards|the wrong way) [{time}]")
    assert found.starts == (frozenset({"gone", "went"}), frozenset({"backwards", "the"}))
    assert needs("(a b|[c] d) ({grade}|e)").starts == ()
