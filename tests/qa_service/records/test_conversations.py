from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from corpus.types import Kind
from index.types import Filters
from qa_service.errors import ConversationMoved
from qa_service.records.conversations import NAME, Conversations, answer_digest, short_title
from qa_service.types import Answer, AnswerStatus, Conversation, Question, Turn

ANSWER = Answer(
    status=AnswerStatus.NOT_IN_REPORTS,
    statements=(),
    citations=(),
    confidence=0.1,
    reason="The reports do not say.",
    question="q",
    interpreted_question="q",
    filters=Filters(),
    build="20260101-000000-000000-abcdef01",
)


@pytest.fixture
def conversations(tmp_path):
    return Conversations.open(tmp_path)


def test_questions_are_kept_as_they_were_asked(conversations):
    name = conversations.begin("me", "How is supervision?")
    filters = Filters(
        authority=("Aldermere",), kind=(Kind.ILACS,), grade=(("overall", "good"),), inspected_from=date(2020, 1, 1)
    )
    question = Question("How is\nsupervision?", filters=filters, set_aside=("2023",), verbatim=True)
    conversations.add("me", name, question, ANSWER)
    conversations.add("me", name, Question("And in Carrowby?"), ANSWER, afresh=True)
    conversation = conversations.find("me", name)
    assert conversation.title == "How is supervision?"
    assert [turn.number for turn in conversation.turns] == [1, 2]
    assert conversation.turns[0].filters == filters
    assert conversation.question(1) == question
    assert conversation.turns[1].afresh
    assert conversation.turns[0].digest == answer_digest(ANSWER)


OLD_TABLES = """
CREATE TABLE conversations (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL,
    begun TEXT NOT NULL, touched TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE turns (conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    number INTEGER NOT NULL, question TEXT NOT NULL, filters TEXT NOT NULL, set_aside TEXT NOT NULL,
    afresh INTEGER NOT NULL, asked TEXT NOT NULL, build TEXT NOT NULL, digest TEXT NOT NULL,
    PRIMARY KEY (conversation, number)) WITHOUT ROWID;
INSERT INTO turns VALUES ('{name}', 1, 'Old?', '{{}}', '[]', 1, '2026-11-01T10:00:00+00:00', 'b', 'd');
"""
"""The tables of version 0.2.0, which did not record whether we take words as typed."""


def test_a_file_of_an_earlier_version_is_read_and_brought_up_to_date(tmp_path):
    newest = Conversations.open(tmp_path)
    name = newest.begin("me", "Old?")
    [row] = query(tmp_path, "SELECT * FROM conversations")
    (tmp_path / NAME).unlink()
    connection = sqlite3.connect(tmp_path / NAME)
    connection.executescript(OLD_TABLES.format(name=name))
    with connection:
        connection.execute("INSERT INTO conversations VALUES (?, ?, ?, ?, ?)", row)
    connection.close()
    conversations = Conversations.open(tmp_path)
    [turn] = conversations.find("me", name).turns
    assert (turn.question, turn.afresh, turn.verbatim) == ("Old?", True, False)
    conversations.add("me", name, Question("New?", verbatim=True), ANSWER)
    assert [turn.verbatim for turn in conversations.find("me", name).turns] == [False, True]


def query(root, sql):
    connection = sqlite3.connect(root / NAME)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


def test_history_begins_with_the_last_question_that_was_asked_afresh():
    now = datetime.now(UTC)
    turns = [Turn(n, f"q{n}", now, "b", "d", afresh=n == 3) for n in range(1, 6)]
    conversation = Conversation("x", "t", now, now, tuple(turns))
    assert conversation.history(2) == ("q1",)
    assert conversation.history(3) == ()
    assert conversation.history(5) == ("q3", "q4")
    assert conversation.history(6) == ("q3", "q4", "q5")
    with pytest.raises(LookupError):
        conversation.question(6)


def test_history_has_at_most_twenty_questions():
    now = datetime.now(UTC)
    conversation = Conversation("x", "t", now, now, tuple(Turn(n, f"q{n}", now, "b", "d") for n in range(1, 31)))
    assert conversation.history(31) == tuple(f"q{n}" for n in range(11, 31))


def test_another_owner_can_find_change_and_delete_nothing(conversations):
    name = conversations.begin("me", "Mine")
    assert conversations.find("you", name) is None
    assert conversations.owned_by("you") == []
    assert not conversations.rename("you", name, "Yours")
    assert not conversations.delete("you", name)
    with pytest.raises(LookupError):
        conversations.add("you", name, Question("q"), ANSWER)
    assert conversations.find("me", name).title == "Mine"


def test_a_new_turn_replaces_an_earlier_turn_and_all_after_it(conversations):
    name = conversations.begin("me", "First?")
    for number, text in enumerate(("First?", "Second?", "Third?")):
        conversations.add("me", name, Question(text), ANSWER, last=number)
    with pytest.raises(ConversationMoved):
        conversations.add("me", name, Question("Late?"), ANSWER, number=2, last=2)
    assert [turn.question for turn in conversations.find("me", name).turns] == ["First?", "Second?", "Third?"]
    conversations.add("me", name, Question("Other?"), ANSWER, number=1, last=3)
    conversation = conversations.find("me", name)
    assert [turn.question for turn in conversation.turns] == ["Other?"]
    assert conversation.title == "Other?", "the title must not keep a question that was replaced"


def test_parts_that_were_set_aside_are_passed_to_the_next_question():
    now = datetime.now(UTC)
    conversation = Conversation("x", "t", now, now, (Turn(1, "q1", now, "b", "d", set_aside=("2023",)),))
    assert conversation.asked(2, "and?", Filters()).set_aside_before == (("2023",),)


def test_the_file_has_no_owners_and_no_deleted_words(conversations, tmp_path):
    name = conversations.begin("token-of-this-browser", "A telltale title")
    conversations.add("token-of-this-browser", name, Question("A telltale question?"), ANSWER)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"token-of-this-browser" not in kept
    assert b"telltale" in kept
    conversations.delete("token-of-this-browser", name)
    assert b"telltale" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_expired_conversations_are_deleted(conversations):
    name = conversations.begin("me", "Old")
    assert conversations.delete_expired(datetime.now(UTC) + timedelta(days=29)) == 0
    assert Conversations(conversations._path, days=0).find("me", name) is None
    assert conversations.delete_expired(datetime.now(UTC) + timedelta(days=31)) == 1
    assert conversations.find("me", name) is None


def test_the_last_used_conversation_comes_first(conversations):
    first, second = conversations.begin("me", "1"), conversations.begin("me", "2")
    conversations.add("me", first, Question("q"), ANSWER)
    assert [conversation.id for conversation in conversations.owned_by("me")] == [first, second]


def test_the_digest_of_an_answer_does_not_depend_on_the_build(answerer):
    answer = answerer.answer(Question("How was Westmarsh rated overall in 2023?"))
    assert answer_digest(answer) == answer_digest(replace(answer, build="another", confidence=0.1, timings={}))
    assert answer_digest(answer) != answer_digest(ANSWER)


@pytest.mark.parametrize(
    ("text", "title"), [("  one\ntwo  ", "one two"), ("", "Untitled"), ("word " * 40, ("word " * 16).strip() + " …")]
)
def test_a_title_is_one_short_line(text, title):
    assert short_title(text) == title
