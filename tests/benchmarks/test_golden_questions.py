from __future__ import annotations

import json

import pytest

from benchmarks.harness.golden_questions import QUESTIONS, TRAINING, find_span
from benchmarks.harness.labelled import LABELS, SET_ASIDE, Label
from benchmarks.harness.reports import GOLDEN, digest, fold

PAGE = ["leaders", "know", "their", "service", "well", "and", "leaders", "know", "their", "staff"]


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("leaders know", (0, 2)),
        ("leaders know their staff", (6, 10)),
        ("staff", (9, 10)),
        ("staff well", None),
        ("", None),
    ],
)
def test_a_span_is_where_the_words_first_stand_together(quote: str, span: tuple[int, int] | None) -> None:
    assert find_span(PAGE, quote.split()) == span


def test_folding_ignores_hyphens_spaces_and_bullets() -> None:
    assert fold("• Well-being  of\ncare leavers") == fold("wellbeing of care leavers")


def test_a_digest_has_sixteen_hexadecimal_digits() -> None:
    assert len(digest("words")) == 16
    assert int(digest("words"), 16)


def test_the_labelled_sentences_are_as_the_documents_say() -> None:
    questions = list(map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()))
    pairs = [pair for question in questions for pair in question["pairs"]]
    assert (len(questions), len(pairs)) == (10004, 87717)
    assert len({question["id"] for question in questions}) == len(questions)
    assert {label for *_, label in (pair[:6] for pair in pairs)} == set(map(str, Label))
    assert all(start < end and len(words) == 16 for _, _, start, end, words, *_ in pairs)


def test_no_labelled_sentence_is_about_an_authority_set_aside() -> None:
    facts = map(json.loads, (GOLDEN / "facts.jsonl").read_text(encoding="utf-8").splitlines())
    aside = set(SET_ASIDE.read_text(encoding="utf-8").splitlines())
    of_aside = {fact["sha256"][:16] for fact in facts if fact["authority"] in aside}
    labelled = {
        pair[0] for line in LABELS.read_text(encoding="utf-8").splitlines() for pair in json.loads(line)["pairs"]
    }
    assert len(aside) == 5
    assert len(of_aside) > 20
    assert not labelled & of_aside


def test_the_documents_count_the_questions_correctly() -> None:
    training, own = (
        list(map(json.loads, file.read_text(encoding="utf-8").splitlines())) for file in (TRAINING, QUESTIONS)
    )
    assert (len(training), sum(not question["gold"] for question in training)) == (2079, 1025)
    assert (len(own), sum(not question["gold"] for question in own)) == (330, 110)
    reports = [{piece["sha256"] for question in rows for piece in question["gold"]} for rows in (training, own)]
    assert len(reports[0] & reports[1]) == 27
