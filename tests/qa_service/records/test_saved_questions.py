from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from index.types import Filters
from qa_service.answering.pipeline import Answerer
from qa_service.errors import TooManySaved
from qa_service.records.answer_snapshots import change_since
from qa_service.records.saved_questions import MAX_SAVED, NAME, SavedQuestions, whole
from qa_service.types import KEEP_SAVED_DAYS, MAX_ITEMS, Question
from tests.qa_service.records.test_conversations import ANSWER

ASKED = Question(
    "And in 2023?",
    ("How was Aldermere rated?",),
    Filters(authority=("Aldermere",), grade=(("overall", "good"),), inspected_from=date(2020, 1, 1)),
    set_aside=("2023",),
    set_aside_before=((),),
    verbatim=True,
)


@pytest.fixture
def saved(tmp_path: Path) -> SavedQuestions:
    return SavedQuestions.open(tmp_path)


def test_a_question_is_kept_as_it_was_asked_and_asks_for_the_whole_list(saved: SavedQuestions) -> None:
    found = saved.save("me", ASKED, ANSWER)
    assert saved.find("me", found.id) == found
    assert found.question == whole(ASKED)
    assert found.question.items == MAX_ITEMS
    assert (found.question.history, found.question.filters) == (ASKED.history, ASKED.filters)


def test_a_question_is_saved_once_and_belongs_to_its_owner(saved: SavedQuestions, tmp_path: Path) -> None:
    found = saved.save("me", ASKED, ANSWER)
    assert saved.save("me", ASKED, ANSWER) == found
    other = saved.save("you", ASKED, ANSWER)
    assert saved.find("you", found.id) is None
    assert not saved.delete("you", found.id)
    assert not saved.mark_read("you", found.id, ANSWER)
    assert saved.delete_all("you") == 1
    assert saved.owned_by("you") == []
    assert saved.owned_by("me") == [found]
    assert saved.delete("me", found.id)
    content = (tmp_path / NAME).read_bytes()
    assert b"And in 2023" not in content, "deleted questions are overwritten"
    assert other.id.encode() not in content


def test_a_person_can_save_only_so_many(saved: SavedQuestions) -> None:
    for number in range(MAX_SAVED):
        saved.save("me", Question(f"Question {number}?"), ANSWER)
    with pytest.raises(TooManySaved, match=str(MAX_SAVED)):
        saved.save("me", Question("One more?"), ANSWER)
    saved.save("me", Question("Question 3?"), ANSWER)
    saved.save("you", Question("One more?"), ANSWER)


def test_a_question_expires_unless_its_answer_is_marked_as_read(saved: SavedQuestions) -> None:
    found = saved.save("me", ASKED, ANSWER)
    now = datetime.now(UTC)
    assert saved.delete_expired(now + timedelta(days=KEEP_SAVED_DAYS - 1)) == 0
    assert saved.mark_read("me", found.id, ANSWER)
    assert saved.find("me", found.id).read > found.read
    assert saved.delete_expired(now + timedelta(days=KEEP_SAVED_DAYS + 1)) == 1
    assert saved.owned_by("me") == []


def test_nothing_is_written_before_a_question_is_saved(saved: SavedQuestions, tmp_path: Path) -> None:
    assert saved.owned_by("me") == []
    assert not (tmp_path / NAME).exists()


def test_a_purge_forgets_the_places_and_grades_of_removed_reports(
    saved: SavedQuestions, answerer: Answerer, tmp_path: Path
) -> None:
    answer = answerer.answer(Question("How was Westmarsh rated overall?"))
    find = answerer.index.store.report
    name = saved.save("me", Question("How was Westmarsh rated overall?"), answer).id
    report_ids = {trace.report_id for trace in saved.find("me", name).snapshot.traces}
    assert saved.forget_other_reports(report_ids) == 0
    assert saved.forget_other_reports(set()) == 1
    content = (tmp_path / NAME).read_bytes()
    assert not any(each.encode() in content for each in report_ids)
    change = change_since(saved.find("me", name).snapshot, answer, find)
    assert (len(change.gone), len(change.added), change.grades) == (len(answer.statements), len(answer.statements), ())
