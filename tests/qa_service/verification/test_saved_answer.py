from __future__ import annotations

import copy
import json
import random

import pytest

from qa_service.answer_json.answer import answer_json
from qa_service.errors import UnusableAnswer
from qa_service.verification.citation_check import check
from qa_service.verification.saved_answer import MAX_BYTES, read_answers
from qa_service.verification.source_files import SourceFiles

QUOTED = "What do care leavers in Westmarsh get to furnish their first home, in the latest report?"


@pytest.fixture
def given(ask):
    return json.loads(json.dumps(answer_json(ask(QUOTED), 1.0)))


def as_file(value):
    return json.dumps(value).encode()


def places(value, path=()):
    """Yield the path of each value in a JSON document."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inside:
        yield (*path, step)
        yield from places(part, (*path, step))


def put(document, path, value):
    holder = document
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value


def test_a_reply_is_read_without_changes(given):
    [saved] = read_answers(as_file(given))
    assert [s.text for s in saved.statements] == [s["text"] for s in given["answer"]]
    assert [p.report.sha256 for p in saved.passages] == [p["report"]["sha256"] for p in given["passages"]]
    assert saved.cited(1) is saved.passages[0]
    assert [saved.cited(number) for number in (0, -1, len(saved.passages) + 1)] == [None] * 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_encodings_that_windows_uses_are_read(given, encoding):
    assert read_answers(json.dumps(given, ensure_ascii=False).encode(encoding)) == read_answers(as_file(given))


def test_a_batch_is_read_in_order_with_none_for_a_problem(given):
    batch = {"answers": [{"status": 400, "problem": {"title": "no"}}, {"status": 200, "answer": given}]}
    assert read_answers(as_file(batch)) == [None, *read_answers(as_file(given))]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cannot be read as JSON"),
        (b"How was Westmarsh rated?", "cannot be read as JSON"),
        (b"\xff\xfe\xfa", "cannot be read as JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "cannot be read as JSON"),
        (b'{"answer": [', "cannot be read as JSON"),
        (b'{"answer": [NaN]}', "NaN is not a number"),
        (b'{"answer": [-Infinity]}', "-Infinity is not a number"),
        (b'{"answer": [], "answer": []}', "two fields with the same name"),
        (b'{"answer": ' + b"1" * 5000 + b"}", "cannot be read as JSON"),
        (b"[" * 200_000 + b"]" * 200_000, "nested more deeply"),
        (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "nested more deeply"),
        (b"[]", "not a reply to a question"),
        (b"null", "not a reply to a question"),
        (b'"answer"', "not a reply to a question"),
        (b"{}", "question: field required"),
        (b'{"answers": {}}', "answers: input should be a valid list"),
        (b'{"answers": [{"status": 200}]}', "answers[0]: there must be either an answer or a problem"),
        (b'{"answers": [{"status": 200, "answer": {}}]}', "answers[0].answer.question: field required"),
        (b" " * (MAX_BYTES + 1), "over the limit of 50 MB"),
    ],
)  # fmt: skip
def test_an_error_says_why_a_file_is_not_a_reply_and_what_to_do(data, message):
    with pytest.raises(UnusableAnswer) as refused:
        read_answers(data)
    assert message in str(refused.value)
    assert str(refused.value).endswith(
        (". Save the whole reply exactly as you receive it, then check that.", "at a time.")
    )


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("answer",), None, "answer: input should be a valid list"),
        (("answer", 0, "kind"), "rumour", "answer[0].kind: input should be 'quote' or 'finding', not 'rumour'"),
        (("answer", 0, "citations"), ["1"], "answer[0].citations[0]: input should be a valid integer, not '1'"),
        (("answer", 0, "citations"), [True], "answer[0].citations[0]: input should be a valid integer, not True"),
        (("answer", 0, "citations"), [1] * 1001, "answer[0].citations: list should have at most 1000 items"),
        (("answer", 0, "quotes", 0, "page"), 1.5, "quotes[0].page: input should be a valid integer"),
        (("answer", 0, "quotes", 0, "text"), "\ud800", "unable to parse raw data as a unicode string"),
        (("answer", 0, "quotes", 0, "text"), "x" * 20_001, "string should have at most 20000 characters"),
        (("answer", 0, "quotes", 0, "boxes", 0, "x0"), 10**400, "boxes[0].x0: input should be a valid number"),
        (("answer", 0, "quotes", 0, "boxes", 0), {"page": 1}, "boxes[0].x0: field required"),
        (("passages", 0, "report"), [], "passages[0].report: input should be a valid dictionary"),
    ],
)
def test_an_error_names_a_field_with_a_wrong_value(given, path, value, message):
    put(given, path, value)
    with pytest.raises(UnusableAnswer) as refused:
        read_answers(as_file(given))
    assert message in str(refused.value)
    assert len(str(refused.value)) < 400


def test_an_infinite_number_is_refused(given):
    with pytest.raises(UnusableAnswer, match="finite number"):
        read_answers(
            as_file(given).replace(
                f'"x0": {given["answer"][0]["quotes"][0]["boxes"][0]["x0"]}'.encode(), b'"x0": 1e999'
            )
        )


def test_any_value_in_any_field_is_either_refused_or_checked(given, samples):
    files = SourceFiles.below([samples])
    chance = random.Random(7)  # noqa: S311 - the same changes every time
    values = [
        None,
        True,
        -1,
        0,
        10**9,
        10**300,
        0.5,
        -1e308,
        "",
        "Good",
        "\x1b[2J",
        "{}",
        [],
        [[]],
        {},
        [None],
        {"a": 1},
    ]
    paths = list(places(given))
    refused = checked = 0
    for _ in range(300):
        changed = copy.deepcopy(given)
        put(changed, chance.choice(paths), chance.choice(values))
        try:
            answers = read_answers(as_file(changed))
        except UnusableAnswer:
            refused += 1
        else:
            list(check(answers, files))
            checked += 1
    assert refused > 50
    assert checked > 50
