from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.text_analysis import terms
from qa_service.answering.sentences.context import lacks_subject
from qa_service.answering.sentences.evidence import Evidence, _bonus, _is_item, find_candidates
from qa_service.answering.sentences.selection import likely_to_answer, select_best
from qa_service.calibration import (
    CLOSE_GAP,
    CLOSE_LOGIT,
    EVIDENCE_PASSAGES,
    SENTENCES_PER_PART,
    SENTENCES_SHOWN,
    RerankWeights,
)
from qa_service.types import Question, StatementKind
from qa_service.understanding.interpretation import interpret
from qa_service.understanding.requirements import requirements_of
from tests.qa_service.conftest import TODAY

QUESTION = "Do care leavers get help with housing?"
FIRST = "Care leavers get good help with their first housing."
SECOND = "The waiting time for a flat averages seven weeks here."
THIRD = "Personal advisers visit young adults every month at home."


def candidates(question, passages, rarity=lambda term: 1.0):
    """Return the candidates for a question. All words are equally rare unless a test says otherwise."""
    interpretation = interpret(question, (), TODAY)
    return find_candidates(
        interpretation,
        interpretation.parts[0],
        passages,
        {term: rarity(term) for term in terms(question)},
        requirements_of(question),
    )


@pytest.fixture
def scored(make_report, make_scored):
    """Return a function that makes a passage of a report from sentences and their similarities."""

    def make(*sentences, file="a.txt", **place):
        return make_scored(make_report(file), sentences, **place)

    return make


def texts(found):
    return [one.text for one in found]


def test_candidates_are_word_for_word_best_first_with_their_scores(scored):
    best, other = candidates(QUESTION, [scored((SECOND, 0.3), (FIRST, 0.8))])
    assert texts([best, other]) == [FIRST, SECOND]
    assert (best.similarity, other.similarity) == (0.8, 0.3)
    assert best.overlap > other.overlap == 0.0
    assert best.text == best.scored.passage.text[best.start : best.end]


def test_the_words_of_the_question_and_the_score_of_the_passage_count_too(scored):
    standing_first = candidates("unrelated", [scored((SECOND, 0.5), score=2.0), scored((THIRD, 0.5), score=1.0)])
    assert texts(standing_first) == [SECOND, THIRD]
    assert texts(candidates(QUESTION, [scored((SECOND, 0.5), (FIRST, 0.5))])) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("similarities", "best"),
    [((0.5, 0.5, 0.9), [2, 1, 0]), ((0.9, 0.5, 0.4), [0, 1, 2]), ((0.5, 0.9, 0.5), [1, 0, 2])],
)
def test_a_sentence_next_to_a_near_one_counts_more(scored, similarities, best):
    sentences = [SECOND, THIRD, "Foster carers are paid a new allowance."]
    found = candidates("x", [scored(*zip(sentences, similarities, strict=True))])
    assert texts(found) == [sentences[number] for number in best]


@given(st.lists(st.floats(-30, 30), min_size=2), st.floats(0, 5), st.floats(-10, 10))
def test_the_bonus_grows_with_the_logit_from_nothing_to_the_most(logits, most, even_logit):
    weights = RerankWeights(most, even_logit)
    bonuses = [_bonus(weights, logit) for logit in sorted(logits)]
    assert bonuses == sorted(bonuses)
    assert all(0 <= bonus <= most for bonus in bonuses)
    assert _bonus(weights, even_logit) == most / 2


def test_only_items_and_sentences_of_a_list_are_items(scored):
    listed = scored(("What must improve •", 0.5), ("the quality of plans", 0.5), ("Town council", 0.5), (FIRST, 0.5))
    evidence = [
        Evidence(listed, number, start, end, 0.5, 0.5, 0.5)
        for number, (start, end) in enumerate(listed.passage.sentences)
    ]
    assert [_is_item(each) for each in evidence] == [False, True, False, True]


def test_a_rare_word_of_the_question_counts_more_than_a_common_one(scored):
    passages = [
        scored(("The leavers of the borough are many indeed.", 0.5), ("Their housing is in a poor state today.", 0.5))
    ]
    rare_housing = candidates("leavers housing", passages, lambda term: 9.0 if term.startswith("hous") else 1.0)
    rare_leavers = candidates("leavers housing", passages, lambda term: 9.0 if term.startswith("leav") else 1.0)
    assert [one.text.split()[1] for one in (rare_housing[0], rare_leavers[0])] == ["housing", "leavers"]


def test_ties_break_the_same_way_whatever_the_order_of_passages(scored):
    one, two = scored((SECOND, 0.5), file="one"), scored((THIRD, 0.5), file="two")
    assert texts(candidates("x", [one, two])) == texts(candidates("x", [two, one]))


@pytest.mark.parametrize(
    "text", ["The authority should improve the following areas:", "What needs to improve: ", "Housing offer", "8 of 12"]
)
def test_list_introductions_and_fragments_are_not_evidence(scored, text):
    assert texts(candidates(QUESTION, [scored((text, 0.99), (FIRST, 0.2))])) == [FIRST]


def test_only_the_best_passages_are_read(scored):
    passages = [
        scored((f"Care leavers, number {n}, wait for housing.", 0.5), start=100 * n)
        for n in range(EVIDENCE_PASSAGES + 3)
    ]
    found = candidates(QUESTION, passages)
    assert {one.scored.passage.start for one in found} == {100 * n for n in range(EVIDENCE_PASSAGES)}


def test_passages_that_do_not_mention_whom_the_question_is_about_are_not_read(scored):
    others = scored(("Foster carers get good help with their first housing.", 0.9), start=0)
    headed = scored(("Help with a first flat is quick to come.", 0.5), start=100, section=("Care leavers",))
    own = scored((FIRST, 0.4), ("The first month of rent is paid.", 0.3), start=200)
    found = {one.scored.passage.start for one in candidates(QUESTION, [others, headed, own])}
    assert found == {100, 200}
    assert candidates(QUESTION, [others]) == []


def test_passages_that_are_not_read_make_room_for_others(scored):
    others = [
        scored((f"Foster carers wait {n} weeks for housing.", 0.9), start=100 * n) for n in range(EVIDENCE_PASSAGES)
    ]
    own = scored((FIRST, 0.4), start=5000)
    assert texts(candidates(QUESTION, [*others, own])) == [FIRST]


def test_an_empty_search_gives_no_candidates():
    assert candidates(QUESTION, []) == []
    assert select_best([], SENTENCES_SHOWN) == []


def test_passages_without_a_score_can_be_ranked(scored):
    assert texts(candidates(QUESTION, [scored((FIRST, 0.5), score=0.0)])) == [FIRST]


def test_a_duplicate_of_a_selected_sentence_is_left_out(scored):
    double = "Care leavers get good help with their first housing"
    ranked = candidates(QUESTION, [scored((FIRST, 0.6), (double, 0.6), (SECOND, 1.0))])
    chosen = texts(select_best(ranked, SENTENCES_SHOWN))
    assert len([text for text in chosen if "first housing" in text]) == 1
    assert SECOND in chosen


def test_a_sentence_far_behind_the_best_is_left_out(scored):
    assert texts(
        select_best(candidates("x", [scored((FIRST, 0.9), (SECOND, 0.85), (THIRD, 0.3))]), SENTENCES_SHOWN)
    ) == [FIRST, SECOND]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_the_selection_is_no_longer_than_asked_for(scored, most):
    ranked = candidates(
        "x", [scored((FIRST, 0.9), (SECOND, 0.9), (THIRD, 0.9), ("Foster carers are paid a new allowance.", 0.9))]
    )
    assert len(select_best(ranked, most)) == most


def test_selected_sentences_are_grouped_by_report_with_the_best_passage_first(scored):
    later = scored((SECOND, 0.90), (THIRD, 0.93), file="best", start=500)
    earlier = scored((FIRST, 0.91), file="best", start=0)
    elsewhere = scored(("Foster carers are paid a new allowance.", 0.92), file="other", start=0)
    chosen = select_best(candidates("x", [later, earlier, elsewhere]), SENTENCES_SHOWN)
    assert texts(chosen) == [THIRD, SECOND, FIRST, "Foster carers are paid a new allowance."]


def test_within_a_passage_the_best_sentence_comes_first_and_those_after_it_follow(scored):
    passage = scored((FIRST, 0.80), ("Panels meet twice each month.", 0.1), (SECOND, 0.90), (THIRD, 0.85))
    chosen = select_best(candidates("x", [passage]), SENTENCES_SHOWN)
    assert texts(chosen) == [SECOND, THIRD, FIRST]


def test_the_sentence_likeliest_to_answer_comes_first_and_its_passage_with_it(scored):
    ranked = candidates("x", [scored((FIRST, 0.9), start=0), scored((SECOND, 0.88), (THIRD, 0.86), start=500)])
    logits = {FIRST: 1.0, SECOND: None, THIRD: 2.0}
    read = [replace(evidence, close_logit=logits[evidence.text]) for evidence in ranked]
    assert texts(select_best(read, SENTENCES_SHOWN)) == [THIRD, SECOND, FIRST]


@pytest.mark.parametrize(
    ("logits", "kept"),
    [
        ((None, None, None), [0, 1, 2]),  # without close reading, all are kept
        ((4.0, CLOSE_LOGIT - CLOSE_GAP, None), [0, 2]),  # the third was not read closely
        ((6.0, CLOSE_LOGIT, CLOSE_LOGIT - 0.1), [0, 1]),  # the second probably answers, though the first is likelier
        ((-1.0, -1.0 - CLOSE_GAP, -1.1 - CLOSE_GAP), [0, 1]),
        ((-9.0, -1.0, -1.5), [0, 1, 2]),  # the best by score is always kept
    ],
)
def test_sentences_that_close_reading_rejects_are_left_out(scored, logits, kept):
    ranked = candidates("x", [scored((FIRST, 0.92), (SECOND, 0.9), (THIRD, 0.85))])
    read = [replace(evidence, close_logit=logit) for evidence, logit in zip(ranked, logits, strict=True)]
    assert likely_to_answer(read) == [read[number] for number in kept]


WORDS = st.lists(st.sampled_from(["care", "leavers", "flat", "weeks", "adviser", "court", "neglect", "plan", "visit", "school"]), min_size=4, max_size=8, unique=True)  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(WORDS.map(" ".join), st.floats(0, 1)), min_size=1, max_size=8), st.integers(1, 4))
def test_the_selection_includes_the_best_and_no_duplicates(make_report, make_scored, sentences, most):
    ranked = candidates("flats and weeks", [make_scored(make_report(), sentences)])
    chosen = select_best(ranked, most)
    assert 1 <= len(chosen) <= most
    assert ranked[0] in chosen
    for one, other in combinations(chosen, 2):
        a, b = set(one.text.split()), set(other.text.split())
        assert len(a & b) < 0.7 * min(len(a), len(b))


def test_answers_to_the_sample_questions_are_short_and_never_repeat_themselves(sample_answers):
    shown = 0
    for line, answer in sample_answers:
        quoted = [s.text for s in answer.statements if s.kind is StatementKind.QUOTE]
        shown += len(quoted)
        several = line["kind"] in ("compare", "temporal")  # these quote a few sentences from each side
        with_subject = sum(map(lacks_subject, quoted))  # each of these may add the sentence before it
        limit = 2 * SENTENCES_PER_PART if several else SENTENCES_SHOWN
        assert len(quoted) - with_subject <= limit, line["id"]
        assert len(set(quoted)) == len(quoted), line["id"]
        assert not any(text.rstrip().endswith(":") or len(text.split()) < 4 for text in quoted), line["id"]
        assert not any(re.fullmatch(r"\W*", text) for text in quoted)
    assert shown > 20


def test_sentences_of_one_report_are_together_in_answers_to_the_sample_questions(sample_answers):
    for line, answer in sample_answers:
        reports = [answer.citations[s.citations[0] - 1].report.id for s in answer.statements]
        runs = [report for at, report in enumerate(reports) if at == 0 or reports[at - 1] != report]
        assert len(runs) == len(set(runs)), line["id"]


@pytest.mark.parametrize("text", ["What does Westmarsh need to improve?", "What must improve in Westmarsh?"])
def test_a_question_about_improvements_is_answered_from_the_latest_reports_list_in_order(answerer, text):
    answer = answerer.answer(Question(text))
    cited = [answer.citations[statement.citations[0] - 1] for statement in answer.statements]
    assert {citation.report.inspected_to for citation in cited} == {date(2023, 9, 22)}
    assert all("improve" in citation.scored.passage.section[-1] for citation in cited)
    starts = [c.scored.passage.start + s.quotes[0].start for c, s in zip(cited, answer.statements, strict=True)]
    assert starts == sorted(starts)


def test_a_sentence_of_a_thematic_report_must_name_the_authority_itself_or_refer_back_to_it(make_report, make_scored):
    named, refers_back = "Northwold pays half of it.", "It pays them every month."
    sentences = [named, refers_back, "Stellmoor pays carers in full.", "Carers are content with this."]
    passage = make_scored(make_report("many", authority=None), [(sentence, 0.5) for sentence in sentences])
    question = interpret("How are carers paid in Northwold?", ("Northwold",), TODAY)
    found = find_candidates(question, question.parts[0], [passage], {}, requirements_of(question.text))
    assert {one.text for one in found} == {named, refers_back}
