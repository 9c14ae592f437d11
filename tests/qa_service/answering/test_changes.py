"""Questions about what has changed in an authority, in which a later report praises what an older one criticises."""

from __future__ import annotations

import pytest

from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import encoder_folder
from index.search.filtering import report_day
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question
from tests.qa_service.conftest import TODAY

REPORTS = {
    "pellbrook-2019.md": """# Inspection of Pellbrook local authority children’s services

Inspection dates: 4 to 15 March 2019

## The experiences and progress of children who need help and protection

Children aged 16 and 17 who are homeless are not given good enough help, and the joint housing protocol is not used.
Return home interviews are not timely, and too few children take them up.
Social workers receive supervision every month.
""",
    "pellbrook-2022.md": """# Inspection of Pellbrook local authority children’s services

Inspection dates: 7 to 18 March 2022

## The experiences and progress of children who need help and protection

Homeless children aged 16 and 17 do not receive good enough help, and some are placed in bed and breakfast hotels.
Children who are privately fostered are not visited soon enough.
Foster carers are given free swimming passes.
""",
    "pellbrook-2024.md": """# Focused visit to Pellbrook children’s services

Inspection dates: 10 to 11 September 2024

## Findings

Children aged 16 and 17 who are homeless now receive a prompt and thorough service from a new specialist team.
The response to children who are privately fostered has improved since the last inspection.
Social workers are proud to work for Pellbrook.
""",
}
NEWEST, MIDDLE, OLDEST = 2024, 2022, 2019


@pytest.fixture(scope="module")
def pellbrook(tmp_path_factory, encoder, open_scorer):
    """An answerer that uses the reports above."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    data = DataFolder.prepare(tmp_path_factory.mktemp("data"))
    builder = Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None)
    assert not builder.build(find_sources([folder])).manifest.failures
    return Answerer.open(data, encoder, remembered=0, open_scorer=open_scorer)


def ask(answerer: Answerer, question: str) -> Answer:
    return answerer.answer(Question(question, today=TODAY))


def years(answer: Answer) -> list[int]:
    """Return the year of the report that each statement cites."""
    return [report_day(answer.citations[each.citations[0] - 1].report).year for each in answer.statements]


@pytest.mark.parametrize(
    "question",
    [
        "Are homeless 16 and 17 year olds in Pellbrook getting a better deal than they used to?",
        "Is the help for homeless 16 and 17 year olds in Pellbrook any better than in 2022?",
        "Has help for homeless 16 and 17 year olds in Pellbrook improved since 2019?",
        "Pellbrook homeless 16 and 17 year olds - better or worse than at the last inspection?",
        "Is Pellbrook’s help for homeless 16 and 17 year olds better than a year ago?",
    ],
)
def test_the_latest_report_that_answers_comes_first(pellbrook: Answerer, question: str) -> None:
    answer = ask(pellbrook, question)
    assert answer.status is AnswerStatus.ANSWERED
    assert "specialist team" in answer.statements[0].text
    assert years(answer) == sorted(years(answer), reverse=True)
    assert answer.not_applied == ()


def test_since_the_last_inspection_includes_the_visits_after_it(pellbrook: Answerer) -> None:
    answer = ask(pellbrook, "Has private fostering in Pellbrook improved since the last inspection?")
    assert "since the last inspection" in answer.understood
    assert "has improved since the last inspection" in answer.statements[0].text
    assert OLDEST not in years(answer)


def test_a_report_before_the_last_inspection_does_not_say_what_changed_since(pellbrook: Answerer) -> None:
    answer = ask(pellbrook, "Have return home interviews in Pellbrook improved since the last inspection?")
    assert OLDEST not in years(answer)


def test_if_only_an_older_report_answers_the_note_names_the_later_one(pellbrook: Answerer) -> None:
    answer = ask(pellbrook, "Are return home interviews in Pellbrook now timely?")
    assert answer.status is AnswerStatus.ANSWERED
    assert years(answer)[0] == OLDEST
    assert "There is a later report about Pellbrook" in answer.note


def test_that_others_improved_is_no_answer(pellbrook: Answerer) -> None:
    answer = ask(pellbrook, "Is the laundry in Pellbrook better than it used to be?")
    assert answer.status is not AnswerStatus.ANSWERED
