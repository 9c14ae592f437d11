from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Reading, Report
from index.types import Filters, ScoredPassage
from qa_service.answering.pipeline import Answerer
from qa_service.errors import EvaluationError
from qa_service.evaluation.run import GoldenEvidence, GoldenQuestion, Result, covered, evaluate, load_questions
from qa_service.types import Answer, AnswerStatus, Citation, Question, Quote, Statement, StatementKind

LINE = {
    "id": "q1",
    "kind": "fact",
    "question": "How long?",
    "gold": [{"file": "a.pdf", "page": 2, "quote": "Nineteen weeks."}],
}
WORDS = [f"word{chr(ord('a') + number)}" for number in range(22)]
"""Twenty-two words, which make twenty trigrams."""
Show = Callable[..., Citation]


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: Any) -> Path:
        path = tmp_path / "questions.jsonl"
        path.write_text(
            "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines),
            encoding="utf-8",
        )
        return path

    return write


@pytest.fixture
def cite(make_report: Callable[..., Report], make_scored: Callable[..., ScoredPassage]) -> Show:
    """Make a citation of a passage that has the given text."""

    def make(
        number: int, text: str, *, file: str = "a.pdf", page: int = 1, authority: str | None = "Westmarsh"
    ) -> Citation:
        scored = make_scored(make_report(file, authority=authority), [(text, 0.8)], page=page)
        return Citation(number, scored, page, None)

    return make


def quoted(text: str, number: int = 1) -> Statement:
    return Statement(
        StatementKind.QUOTE,
        text,
        (number,),
        (Quote(number, 0, len(text), text, 1, None, (), reading=Reading.CONFIRMED),),
    )


def answer_with(citations: Sequence[Citation], *statements: Statement) -> Answer:
    status = AnswerStatus.ANSWERED if statements else AnswerStatus.NOT_IN_REPORTS
    return Answer(status, statements, tuple(citations), 0.7, "So.", "q", "q", Filters(), "b", timings={"screen": 1.5})


class FixedAnswerer:
    """Gives the same answer to every question, and records the questions."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        return self._answer


def golden(*quotes: str, page: int = 1, **facts: Any) -> GoldenQuestion:
    evidence = tuple(GoldenEvidence("a.pdf", page, quote) for quote in quotes)
    given = {"id": "q", "kind": "fact", "text": "How long?", "history": (), "need_all": False, **facts}
    return GoldenQuestion(**given, evidence=evidence)


def evaluated(answer: Answer, question: GoldenQuestion) -> Result:
    [result] = evaluate(cast("Answerer", FixedAnswerer(answer)), [question])
    return result


def test_a_line_becomes_a_question(file_of: Callable[..., Path]) -> None:
    [question] = load_questions(file_of(LINE, "", "   "))
    assert question == GoldenQuestion(
        "q1", "fact", "How long?", (), (GoldenEvidence("a.pdf", 2, "Nineteen weeks."),), need_all=False
    )
    [question] = load_questions(file_of({**LINE, "need": "all", "history": ["Before?"], "id": 7}))
    assert (question.need_all, question.history, question.id) == (True, ("Before?",), "7")


def test_questions_keep_their_order_text_and_authorities(file_of: Callable[..., Path]) -> None:
    lines = [{**LINE, "id": str(n), "question": f"Ynys Môn’s {n}?", "authorities": ["westmarsh"]} for n in range(12)]
    questions = load_questions(file_of(*lines))
    assert [question.text for question in questions] == [f"Ynys Môn’s {n}?" for n in range(12)]
    assert {question.authorities for question in questions} == {("westmarsh",)}


def test_a_question_without_gold_has_no_evidence(file_of: Callable[..., Path]) -> None:
    [question] = load_questions(file_of({**LINE, "gold": []}))
    assert question.evidence == ()


def test_all_sample_questions_are_read(samples: Path) -> None:
    questions = load_questions(samples / "questions.jsonl")
    assert len(questions) == 30
    assert sum(not question.evidence for question in questions) == 5


@pytest.mark.parametrize(
    "line",
    [
        "{", "[1]", "null", '"words"', {**LINE, "gold": None}, {**LINE, "gold": [{"file": "a.pdf"}]},
        {**LINE, "gold": [{"file": "a.pdf", "page": "two", "quote": "x"}]}, {"id": "q"}, {**LINE, "gold": ["a.pdf"]},
        {**LINE, "history": None}, *({k: v for k, v in LINE.items() if k != name} for name in LINE),
    ],
)  # fmt: skip
def test_an_error_gives_the_line_of_an_invalid_question(file_of: Callable[..., Path], line: Any) -> None:
    path = file_of(LINE, "", line)
    with pytest.raises(EvaluationError) as raised:
        load_questions(path)
    assert f"{path}, line 3" in str(raised.value)
    assert "id, kind, question and gold" in str(raised.value)


def test_a_file_without_questions_is_refused(file_of: Callable[..., Path]) -> None:
    with pytest.raises(EvaluationError, match="has no questions"):
        load_questions(file_of("", "  "))


def test_an_error_names_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\xff\xfe{\x00}\x00")
    with pytest.raises(EvaluationError, match=r"questions\.jsonl"):
        load_questions(path)


def test_an_error_names_a_file_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"absent\.jsonl cannot be read"):
        load_questions(tmp_path / "absent.jsonl")


def test_an_error_gives_the_line_of_an_empty_question(file_of: Callable[..., Path]) -> None:
    with pytest.raises(EvaluationError, match="line 1"):
        load_questions(file_of({**LINE, "question": " "}))


@pytest.mark.parametrize(
    ("quote", "text", "share"),
    [
        ("one two three four", "zero one two three four five", 1.0),
        ("one two three four five", "one two three", 1 / 3),
        ("self-evaluation is weak", "The self- evaluation is weak", 1.0),
        ("Leaders’ work", "leaders' work", 1.0),
        ("ONE, two; three.", "one two (three)", 1.0),
        ("one two three", "three two one", 0.0),
        ("one two", "one two", 1.0),
        ("one", "two", 0.0),
        ("one two three one two three", "one two three", 1 / 4),  # a trigram that occurs once in the text counts once
        ("", "anything", 0.0),
        ("…", "anything", 0.0),
        ("one two three", "", 0.0),
    ],
)
def test_coverage_is_the_share_of_word_trigrams(quote: str, text: str, share: float) -> None:
    assert covered(quote, text) == pytest.approx(share)


LETTERS = st.lists(st.text("abcde", min_size=1, max_size=3), min_size=1, max_size=20)


@given(LETTERS, st.data())
def test_a_part_of_a_text_is_fully_covered(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    assert covered(" ".join(words[first:last]), " ".join(words)) == 1


@given(LETTERS, LETTERS, LETTERS)
def test_more_text_never_covers_less(quote: list[str], text: list[str], more: list[str]) -> None:
    share = covered(" ".join(quote), " ".join(text))
    assert 0 <= share <= covered(" ".join(quote), " ".join([*text, *more])) <= 1


def test_evidence_counts_only_in_its_own_file(answerer: Answerer) -> None:
    quote = "The average wait was 94 weeks."
    files = (
        "pellbrook-area-send-full-inspection-26-april-2024.pdf",
        "westmarsh-childrens-services-inspection-03-november-2023.pdf",
    )
    question = "how long is the autism/ADHD queue in pellbrook"
    right, wrong = evaluate(
        answerer,
        [
            GoldenQuestion(file, "fact", question, (), (GoldenEvidence(file, 2, quote),), need_all=False)
            for file in files
        ],
    )
    assert right.ranks[0] is not None
    assert wrong.ranks == (None,)
    assert (right.reciprocal_rank > 0, wrong.reciprocal_rank) == (True, 0.0)


def test_the_result_of_a_sample_question_has_the_facts_of_its_answer(answerer: Answerer, samples: Path) -> None:
    questions = load_questions(samples / "questions.jsonl")[:3]
    for question, result in zip(questions, evaluate(answerer, questions), strict=True):
        answer = answerer.answer(Question(question.text, question.history, top_k=10))
        assert result.question is question
        assert (result.status, result.answered, result.confidence) == (
            answer.status,
            answer.answered,
            answer.confidence,
        )
        assert len(result.answer) == len(answer.statements)
        assert (result.stages or {}).keys() == answer.timings.keys()
        assert result.milliseconds >= sum((result.stages or {}).values()) > 0


def test_a_question_is_asked_with_its_history_for_ten_passages(cite: Show) -> None:
    answerer = FixedAnswerer(answer_with([cite(1, "Text.")]))
    list(evaluate(cast("Answerer", answerer), [golden(text="And now?", history=("First?", "Then?"))]))
    assert answerer.asked == [Question("And now?", ("First?", "Then?"), top_k=10)]


def test_the_rank_is_that_of_the_first_passage_with_the_words(cite: Show) -> None:
    texts = ["Something else entirely.", "They waited nineteen weeks.", "They waited nineteen weeks."]
    result = evaluated(
        answer_with([cite(n, text) for n, text in enumerate(texts, 1)]),
        golden("waited nineteen weeks", "absent words here"),
    )
    assert result.ranks == (2, None)


def test_passages_after_the_tenth_do_not_count(cite: Show) -> None:
    for count, rank in ((10, 10), (11, None)):
        texts = ["Something else."] * (count - 1) + ["They waited nineteen weeks."]
        answer = answer_with([cite(n, text) for n, text in enumerate(texts, 1)])
        assert evaluated(answer, golden("waited nineteen weeks")).ranks == (rank,)


@pytest.mark.parametrize(("words", "holds"), [(22, True), (14, True), (13, False), (2, False)])
def test_a_passage_holds_a_long_quote_with_60_percent_of_its_trigrams(cite: Show, words: int, holds: bool) -> None:
    result = evaluated(answer_with([cite(1, " ".join(WORDS[:words]))]), golden(" ".join(WORDS)))
    assert (result.ranks[0] is not None) is holds


@pytest.mark.parametrize(("words", "rank"), [(16, 1), (17, None)])
def test_a_passage_holds_a_short_quote_with_its_words_in_any_order(cite: Show, words: int, rank: int | None) -> None:
    answer = answer_with([cite(1, " ".join(reversed(WORDS)))])
    assert evaluated(answer, golden(" ".join(WORDS[:words]))).ranks == (rank,)
    assert evaluated(answer, golden(" ".join([*WORDS[: words - 1], "absent"]))).ranks == (None,)


def test_case_does_not_matter_in_file_names(cite: Show) -> None:
    answer = answer_with([cite(1, "Nineteen weeks.", file="A.PDF")], quoted("Nineteen weeks."))
    result = evaluated(answer, golden("Nineteen weeks."))
    assert (result.ranks, result.stated) == ((1,), (True,))


def test_a_page_is_right_if_the_passage_has_it_and_unknown_if_no_passage_was_found(cite: Show) -> None:
    answer = answer_with([cite(1, "They waited nineteen weeks.", page=4)])
    for page, right in ((4, True), (5, False)):
        assert evaluated(answer, golden("waited nineteen weeks", page=page)).pages == (right,)
    assert evaluated(answer, golden("absent words here", page=4)).pages == ()


@pytest.mark.parametrize(("words", "stated"), [(22, True), (10, True), (9, False)])
def test_an_answer_states_evidence_with_40_percent_of_its_trigrams(cite: Show, words: int, stated: bool) -> None:
    answer = answer_with([cite(1, "Text.")], quoted(" ".join(WORDS[:words])))
    assert evaluated(answer, golden(" ".join(WORDS))).stated == (stated,)


def test_sentences_of_the_same_report_count_together(cite: Show) -> None:
    passages = [cite(1, "Text."), cite(2, "Text.", file="b.pdf")]
    halves = " ".join(WORDS[:6]), " ".join(WORDS[6:12])
    quote = golden(" ".join(WORDS))
    assert evaluated(answer_with(passages, *map(quoted, halves)), quote).stated == (True,)
    assert evaluated(answer_with(passages, quoted(halves[0]), quoted(halves[1], 2)), quote).stated == (False,)
    assert evaluated(answer_with(passages, quoted(" ".join(WORDS), 2)), quote).stated == (False,)


@pytest.mark.parametrize(
    ("words", "pieces", "stated"), [(200, 1, True), (201, 1, False), (201, 2, True), (281, 2, False)]
)
def test_an_answer_that_is_too_long_states_nothing(cite: Show, words: int, pieces: int, stated: bool) -> None:
    text = " ".join(WORDS + ["filler"] * (words - len(WORDS)))
    result = evaluated(answer_with([cite(1, "Text.")], quoted(text)), golden(*[" ".join(WORDS)] * pieces))
    assert result.stated == (stated,) * pieces


def test_an_abstention_states_and_shows_nothing_and_is_not_stray(cite: Show) -> None:
    result = evaluated(answer_with([cite(1, "Nineteen weeks.")]), golden("Nineteen weeks.", authorities=("northwold",)))
    assert (result.answered, result.status, result.confidence) == (False, "not_in_reports", 0.7)
    assert (result.ranks, result.stated, result.answer, result.stray) == ((1,), (False,), (), False)


@pytest.mark.parametrize(
    ("named", "cited", "stray"),
    [
        (("westmarsh",), ["Westmarsh"], False),
        (("Westmarsh",), ["WESTMARSH"], False),
        (("westmarsh",), ["Northwold"], True),
        (("westmarsh",), ["Westmarsh", "Northwold"], True),
        (("westmarsh", "northwold"), ["Westmarsh", "Northwold"], False),
        (("westmarsh",), [None], False),  # a report about many authorities
        ((), ["Northwold"], False),
    ],
)
def test_an_answer_that_cites_a_report_about_another_authority_is_stray(
    cite: Show, named: tuple[str, ...], cited: list[str | None], stray: bool
) -> None:
    passages = [cite(n, "Text.", file=f"{n}.pdf", authority=name) for n, name in enumerate(cited, 1)]
    answer = answer_with(passages, *(quoted("Text.", n) for n in range(1, len(cited) + 1)))
    assert evaluated(answer, golden("Words.", authorities=named)).stray is stray


def test_a_passage_that_is_not_cited_does_not_make_an_answer_stray(cite: Show) -> None:
    answer = answer_with([cite(1, "Text."), cite(2, "Text.", authority="Northwold")], quoted("Text."))
    assert not evaluated(answer, golden("Words.", authorities=("westmarsh",))).stray


def test_a_result_has_each_statement_with_its_report_and_page(cite: Show) -> None:
    answer = answer_with([cite(1, "One."), cite(2, "Two.", file="b.pdf", page=7)], quoted("Two.", 2), quoted("One."))
    result = evaluated(answer, golden("One."))
    assert result.answer == ("Two. [b.pdf, page 7]", "One. [a.pdf, page 1]")
    assert result.stages == {"screen": 1.5}


def a_result(*ranks: int | None, need_all: bool = False, stated: tuple[bool, ...] = ()) -> Result:
    return Result(golden(*["words"] * len(ranks), need_all=need_all), ranks, True, 0.9, stated=stated)


@pytest.mark.parametrize(
    ("ranks", "any_needed", "all_needed"),
    [((5,), 1.0, 1.0), ((6,), 0.0, 0.0), ((None,), 0.0, 0.0), ((1, 6), 1.0, 0.5), ((2, 5, None, 9), 1.0, 0.5), ((), 0.0, 0.0)],
)  # fmt: skip
def test_recall_at_five_counts_any_evidence_or_all_of_it(
    ranks: tuple[int | None, ...], any_needed: float, all_needed: float
) -> None:
    assert a_result(*ranks).recall(5) == any_needed
    assert a_result(*ranks, need_all=True).recall(5) == all_needed


@pytest.mark.parametrize(("ranks", "value"), [((4, 2), 0.5), ((None, 10), 0.1), ((1,), 1.0), ((None,), 0.0), ((), 0.0)])
def test_the_reciprocal_rank_is_that_of_the_first_passage_with_any_evidence(
    ranks: tuple[int | None, ...], value: float
) -> None:
    assert a_result(*ranks).reciprocal_rank == a_result(*ranks, need_all=True).reciprocal_rank == value


def test_stating_counts_any_evidence_or_all_of_it() -> None:
    assert a_result(1, 2, stated=(True, False)).states == 1.0
    assert a_result(1, 2, stated=(True, False), need_all=True).states == 0.5
    assert a_result(1, 2, stated=(False, False)).states == 0.0
    assert a_result().states == 0.0
