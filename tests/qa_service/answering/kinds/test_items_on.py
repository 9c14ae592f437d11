"""Tests of questions about what an authority was told to do about a subject."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.building.build import Builder
from index.encoding.encoder_files import encoder_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.types import Answer, AnswerStatus, Question

AUTHORITY = "Pellbrook"
SUPERVISION = "The frequency of supervision of social workers."
FREQUENCY = "How often supervision takes place."
FOSTERING = "The response to children in private fostering arrangements and to homeless 16- and 17-year-olds."
CARERS = "The recognition of the needs of young carers in assessments."
EDUCATION = "The local partnership should improve the quality of EHC plans."
WAITS = "Health leaders should reduce the time that children wait for speech therapy."
PRAISED = "Supervision is regular, reflective and highly valued by all the staff."
CASELOADS = "Caseloads are too high, and social workers cannot see children often enough."
URGED = "Leaders should ensure that pathway plans are reviewed every six months."
_REPORTS: tuple[tuple[str, str, str, tuple[str, ...], str], ...] = (
    ("Inspection of {} local authority children’s services", "3 to 7 June 2019", "9 July 2019",
     (SUPERVISION, FOSTERING), CASELOADS),
    ("Area SEND inspection of {} Local Area Partnership", "5 to 9 February 2024", "3 April 2024",
     (EDUCATION, WAITS), "Families are well informed."),
    ("Focused visit to {} children’s services", "4 to 5 March 2021", "8 April 2021", (),
     f"{URGED} Plans are kept up to date."),
    ("Inspection of {} local authority children’s services", "6 to 10 October 2025", "18 November 2025",
     (FREQUENCY, CARERS), PRAISED),
)  # fmt: skip


def _write(folder: Path, authority: str, reports: tuple[tuple[str, str, str, tuple[str, ...], str], ...]) -> list[Path]:
    paths = []
    for number, (title, days, published, items, said) in enumerate(reports):
        named = title.format(authority)
        asked = f"<h2>What needs to improve</h2><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
        path = folder / f"{authority.lower()}-{number}.html"
        path.write_text(
            f"<html><head><title>{named}</title></head><body><main><h1>{named}</h1><p>Inspection dates: {days}</p>"
            f"<p>Published: {published}</p>{asked if items else ''}<h2>The impact of leaders</h2><p>{said} Staff are "
            "proud of the families whom they help.</p></main></body></html>",
            encoding="utf-8",
        )
        paths.append(path)
    return paths


Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder) -> Ask:
    folder = tmp_path_factory.mktemp("items")
    data = DataFolder.prepare(folder / "data")
    paths = [*_write(folder, AUTHORITY, _REPORTS), *_write(folder, "Aldermere", _REPORTS[:1])]
    Builder(data, encoder, encoder_folder(None), encoder.precision, lambda stage, done, total: None).build(paths)
    answerer = Answerer.open(data, encoder, remembered=0)
    return lambda text: answerer.answer(Question(text))


def quoted(answer: Answer) -> list[tuple[str, str]]:
    return [(statement.heading, statement.text) for statement in answer.statements]


@pytest.mark.parametrize(
    "question",
    [
        f"what does {AUTHORITY} need to do about supervision",
        f"What was {AUTHORITY} told about supervision?",
        f"What did Ofsted ask {AUTHORITY} to fix on supervision?",
        f"areas for improvement on supervision in {AUTHORITY}",
        f"any recommendations about supervision for {AUTHORITY}",
        f"actions on supervision for {AUTHORITY}",
        f"what should {AUTHORITY} work on around supervision",
        f"Was supervision one of the things {AUTHORITY} had to improve?",
    ],
)
def test_items_on_a_subject_come_newest_first_with_their_list_and_date(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert quoted(answer) == [
        ("What needs to improve (inspection of 6 to 10 October 2025)", FREQUENCY),
        ("What needs to improve (inspection of 3 to 7 June 2019)", SUPERVISION),
    ]
    lists = f"2 of the 3 lists of what must improve in the reports about {AUTHORITY} have an item about “supervision”."
    assert lists in answer.reason
    assert answer.reason.startswith("Yes. ") is question.startswith("Was ")


def test_a_time_or_a_kind_of_report_limits_the_lists(ask: Ask) -> None:
    answer = ask(f"what was {AUTHORITY} told to do about supervision in 2019")
    assert [text for _, text in quoted(answer)] == [SUPERVISION]
    assert "The list of what must improve in the report on Pellbrook’s inspection of 3 to 7 June 2019" in answer.reason
    answer = ask(f"what does {AUTHORITY} have to do about EHC plans after the SEND inspection")
    assert [text for _, text in quoted(answer)] == [EDUCATION]
    answer = ask(f"what was {AUTHORITY} told to improve about supervision last time")
    assert [text for _, text in quoted(answer)] == [FREQUENCY]


def test_each_of_several_subjects_counts(ask: Ask) -> None:
    answer = ask(f"what has {AUTHORITY} been told to do about private fostering and young carers")
    assert [text for _, text in quoted(answer)] == [CARERS, FOSTERING]
    assert "“private fostering” or “young carers”" in answer.reason
    answer = ask(f"what has {AUTHORITY} been told to do about private fostering and homeless 16/17s")
    assert [text for _, text in quoted(answer)] == [FOSTERING]
    assert "We found no item about" not in answer.reason
    answer = ask(f"what has {AUTHORITY} been told to do about homeless 16/17 yr olds and radicalisation")
    assert "We found no item about “radicalisation”." in answer.reason
    answer = ask(f"what has {AUTHORITY} been told to do about young carers and county lines")
    assert [text for _, text in quoted(answer)] == [CARERS]
    assert "We found no item about “county lines”." in answer.reason


def test_each_authority_is_answered(ask: Ask) -> None:
    answer = ask(f"what do {AUTHORITY} and Aldermere need to do about young carers")
    assert [text for _, text in quoted(answer)] == [CARERS]
    assert "We found no item about “young carers” in the list of what must improve in the report on" in answer.reason


def test_later_lists_without_the_subject_are_counted(ask: Ask) -> None:
    answer = ask(f"Does {AUTHORITY} need to improve private fostering?")
    assert [text for _, text in quoted(answer)] == [FOSTERING]
    assert "We found none in the 2 later lists." in answer.reason
    assert not answer.reason.startswith("Yes")


def test_words_of_an_item_may_come_in_another_order(ask: Ask) -> None:
    answer = ask(f"what must {AUTHORITY} do about speech therapy waiting times")
    assert [text for _, text in quoted(answer)] == [WAITS]


def test_findings_are_labelled_if_no_item_is_about_the_subject(ask: Ask) -> None:
    answer = ask(f"what does {AUTHORITY} need to do about caseloads")
    assert (
        f"We found no item about “caseloads” in the 3 lists of what must improve in the reports about {AUTHORITY}."
        in (answer.reason)
    )
    if answer.status is AnswerStatus.ANSWERED:
        assert quoted(answer)[0] == ("What the reports find", CASELOADS)
        assert answer.confidence <= 0.7


def test_a_short_list_is_quoted_whole_if_none_of_its_items_is_about_the_subject(ask: Ask) -> None:
    answer = ask(f"what was {AUTHORITY} told to do about county lines in 2019")
    assert "We found no item about “county lines” in the list of what must improve in the report on" in answer.reason
    assert "We quote the whole list." in answer.reason
    assert quoted(answer) == [
        ("All items of the list: What needs to improve (inspection of 3 to 7 June 2019)", SUPERVISION),
        ("", FOSTERING),
    ]


def test_the_text_counts_if_a_report_has_no_list(ask: Ask) -> None:
    answer = ask(f"what was {AUTHORITY} told to do about pathway plans")
    assert quoted(answer) == [("Asked for in the text (focused visit of 4 to 5 March 2021)", URGED)]
    assert f"1 report about {AUTHORITY} without a list says in its text what should be done about it." in answer.reason


@pytest.mark.parametrize(
    "question",
    [
        f"what do foster carers in {AUTHORITY} have to do about training",
        f"What did {AUTHORITY} do about supervision?",
        f"Why does {AUTHORITY} need to improve supervision?",
        f"How many reports ask {AUTHORITY} to improve supervision?",
    ],
)
def test_other_questions_are_left_to_other_kinds(ask: Ask, question: str) -> None:
    assert "of what must improve" not in ask(question).reason
