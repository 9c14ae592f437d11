from __future__ import annotations

import pytest

from corpus.types import Improvement, ImprovementKind
from qa_service.answering.sentences.listed_items import asked_items, in_own_list, item_at, labels_of, spans_of
from qa_service.answering.sentences.own_list import unread_words
from qa_service.understanding.interpretation import interpret
from tests.qa_service.conftest import TODAY

LIST = "Areas for improvement"


def item(
    text, start, end=None, *, kind=ImprovementKind.IMPROVEMENT, section=LIST, label=None, body=None, deadline=None
):
    end = start + len(text) if end is None else end
    return Improvement(kind, text, 1, section, start, end, label, body, deadline)


def asked(question, report):
    return [one.text for one in asked_items(interpret(question, (), TODAY), report)]


@pytest.fixture
def passage(make_report, make_scored):
    """Return a function that makes a passage of a report with items, from its sentences."""

    def make(*sentences, items, section=("Leadership",), start=0):
        report = make_report("a.txt", improvements=tuple(items))
        return make_scored(report, [(sentence, 0.5) for sentence in sentences], section=section, start=start)

    return make


def test_only_the_words_of_items_are_spans(passage):
    words = ("The ICB should:", "Wait less.", "Tell families.", "Ofsted will return.")
    items = [item("Wait less.", 116), item("Tell families.", 127)]
    scored = passage(*words, items=items, start=100)
    assert [scored.passage.text[s.start : s.end] for s in spans_of(scored, items)] == ["Wait less.", "Tell families."]
    assert [s.number for s in spans_of(scored, items)] == [1, 2]


def test_the_letter_of_an_item_and_the_rest_of_its_sentence_are_left_out(passage):
    text = "The council should: (a) visit; (b)write plans."
    items = [item("visit;", 20, 30, label="a"), item("write plans.", 31, 46, label="b")]
    scored = passage(text, items=items)
    assert [scored.passage.text[s.start : s.end] for s in spans_of(scored, items)] == ["visit;", "write plans."]


def test_an_item_that_leads_in_to_others_is_one_span(passage):
    items = [item("Write plans that say: who acts; when.", 0)]
    scored = passage("Write plans that say:", "who acts;", "when.", items=items)
    [span] = spans_of(scored, items)
    assert scored.passage.text[span.start : span.end] == "Write plans that say: who acts; when."


def test_an_item_of_two_sentences_is_two_spans_and_one_cut_by_the_passage_is_its_part(passage):
    items = [item("Visit. Write.", 100), item("Ask everyone.", 114)]
    scored = passage("Visit.", "Write.", "Ask", items=items, start=100)
    assert [scored.passage.text[s.start : s.end] for s in spans_of(scored, items)] == ["Visit.", "Write.", "Ask"]


def test_a_passage_is_in_a_list_by_its_heading_or_by_its_items(passage):
    assert in_own_list(passage("Visit.", items=[item("Visit.", 0)]))
    assert in_own_list(passage("Visit.", items=[], section=("Priority and immediate action",)))
    assert not in_own_list(passage("Visit.", items=[item("Visit.", 50)]))


def test_an_item_is_found_by_a_place_in_its_passage(passage):
    one = item("Wait less.", 116)
    scored = passage("The ICB should:", "Wait less.", items=[one], start=100)
    assert item_at(scored, 16) is one
    assert item_at(scored, 0) is None


def test_labels_say_who_and_by_when_and_name_the_list_if_there_are_several(passage):
    first = item("Visit.", 0, body="For the ICB", deadline="Within three months")
    second = item("Write.", 7, section="Recommendations:")
    one = passage("Visit.", "Write.", items=[first, second])
    assert labels_of([(one, 0)]) == ["For the ICB, Within three months"]
    assert labels_of([(one, 0), (one, 7)]) == [f"{LIST}, For the ICB, Within three months", "Recommendations"]
    assert labels_of([(passage("Plans.", items=[]), 0)]) == [""]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What does Orle need to improve?", ["Visit.", "Wait less.", "Write."]),
        ("What must the ICB do?", ["Wait less."]),
        ("What should the council do in Orle?", ["Visit."]),
        ("List the priority actions for Orle", ["Write."]),
        ("What are the recommendations for Orle?", ["Visit.", "Wait less.", "Write."]),
        ("What must the police do?", ["Visit.", "Wait less.", "Write."]),
    ],
)
def test_a_question_may_ask_for_one_list_or_one_body(make_report, question, texts):
    items = (
        item("Visit.", 0, body="The local authority should"),
        item("Wait less.", 9, body="NHS Orle Integrated Care Board"),
        item("Write.", 30, kind=ImprovementKind.PRIORITY),
    )
    assert asked(question, make_report("a.txt", improvements=items)) == texts


@pytest.mark.parametrize("text", ["What must the ICB do?", "What should the local authority do in Orle?"])
def test_a_question_about_what_a_body_must_do_asks_for_improvements(text):
    assert interpret(text, (), TODAY).asks_for_improvements


@pytest.mark.parametrize("text", ["What does the council do about neglect?", "What do schools do well?"])
def test_a_question_about_what_a_body_does_is_no_question_about_improvements(text):
    assert not interpret(text, (), TODAY).asks_for_improvements


def test_a_list_that_was_not_read_whole_is_said_to_be_so(make_report):
    assert unread_words([make_report("a.txt")]) == ""
    words = unread_words([make_report("a.txt", unread_lists=("Recommendations",))])
    assert words == "We could not read every item of the lists in the undated report. Check them in the report."
