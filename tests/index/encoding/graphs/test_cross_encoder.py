from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoding.encoder_files import default_folder
from index.encoding.encoders import PassageEncoder, open_encoder, open_pair_scorer
from index.encoding.pair_weights import shortened
from index.types import Encoder, PairScorer, PairVectors, SentenceInContext

Scores = npt.NDArray[np.float32]
Score = Callable[[str, Sequence[str], Sequence[float]], Scores]
CosinesTo = Callable[[str, Sequence[str]], list[float]]

CLOSE = 0.05
"""Maximum amount by which the other sentences in a batch may change a score."""
PAIRS = [
    (
        "How long do care leavers wait for a flat?",
        "The wait for a flat averages seven weeks.",
        "Care leavers like the flats they live in.",
    ),
    (
        "How many children does each social worker hold?",
        "Each social worker holds 17 children on average.",
        "Social workers enjoy working with children in this city.",
    ),
    (
        "Who chairs the corporate parenting board?",
        "The chief executive chairs the corporate parenting board.",
        "The corporate parenting board is ambitious for children.",
    ),
    (
        "When did the emergency duty team move in house?",
        "The emergency duty team moved in house in October 2024.",
        "The emergency duty team responds well to urgent calls.",
    ),
    (
        "How often do social workers have supervision?",
        "Supervision takes place every four weeks.",
        "Social workers value the supervision that they have.",
    ),
    (
        "What do foster carers say about their training?",
        "Foster carers told inspectors that training is dull and comes too late.",
        "There are 140 foster carers in the borough.",
    ),
    (
        "Why are health assessments late?",
        "Health assessments are late because the clinic has had no paediatrician since May.",
        "Health assessments are late for most children.",
    ),
    (
        "How much money do care leavers get to set up home?",
        "They receive £3,000 to set up home.",
        "Care leavers are helped to set up home.",
    ),
]
QUESTION = PAIRS[0][0]
SENTENCES = [sentence for _, *both in PAIRS for sentence in both] + ["Yes.", "Visits are on time. " * 4, "word " * 300]
"""Sentences of all lengths. There are more of them than fit in a batch."""


def scorer_for(encoder: PassageEncoder) -> PairScorer:
    scorer = open_pair_scorer(encoder)
    assert scorer is not None
    return scorer


@pytest.fixture(scope="module")
def cross(encoder: PassageEncoder) -> PairScorer:
    return scorer_for(encoder)


def scoring(cross: PairScorer, encoder: Encoder) -> Score:
    """Return a function that scores sentences, using the encoder's vectors and any cosines that it is given."""

    def score(question: str, sentences: Sequence[str], cosines: Sequence[float]) -> Scores:
        vectors = encoder.encode_document(sentences)
        return cross.scores(question, sentences, PairVectors(encoder.encode_query([question]), vectors, cosines))

    return score


@pytest.fixture(scope="module")
def score(cross: PairScorer, encoder: PassageEncoder) -> Score:
    return scoring(cross, encoder)


@pytest.fixture(scope="module")
def together(score: Score) -> Scores:
    """The scores of all the sentences, computed in one call."""
    return score(QUESTION, SENTENCES, [0.5] * len(SENTENCES))


def test_an_unknown_encoder_has_no_cross_encoder(make_encoder: Callable[[], Encoder]) -> None:
    assert open_pair_scorer(make_encoder()) is None


def test_the_default_encoder_with_other_weights_has_no_cross_encoder(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(default_folder(), folder)
    [weights] = folder.glob("*.safetensors")
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(bytes(content))
    assert open_pair_scorer(open_encoder(str(folder))) is None


def test_the_cross_encoder_does_not_change_the_encoder(encoder: PassageEncoder) -> None:
    before = encoder.encode_query([QUESTION])
    scoring(scorer_for(encoder), encoder)(QUESTION, SENTENCES[:2], [0.5, 0.5])
    assert (encoder.encode_query([QUESTION]) == before).all()


@pytest.mark.parametrize(("question", "answers", "only_shares"), PAIRS)
def test_a_sentence_that_answers_scores_higher_than_one_on_the_same_subject(
    score: Score, question: str, answers: str, only_shares: str
) -> None:
    better, worse = score(question, [answers, only_shares], [0.6, 0.6])
    assert better > worse + CLOSE


@pytest.fixture(scope="module")
def cosines_to(encoder: PassageEncoder) -> CosinesTo:
    """Return a function that computes the encoder's cosines between a question and sentences."""
    return lambda question, sentences: (
        encoder.encode_document(sentences) @ encoder.encode_query([question])[0]
    ).tolist()


@pytest.mark.parametrize(("question", "answers", "only_shares"), PAIRS)
def test_the_same_holds_with_the_cosines_of_the_encoder(
    score: Score, cosines_to: CosinesTo, question: str, answers: str, only_shares: str
) -> None:
    both = [answers, only_shares]
    better, worse = score(question, both, cosines_to(question, both))
    assert better > worse


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("question", "answers", "only_shares"),
    PAIRS,
)
def test_the_sentence_that_answers_is_among_the_best_two_of_all(
    score: Score, cosines_to: CosinesTo, question: str, answers: str, only_shares: str
) -> None:
    scores = score(question, SENTENCES, cosines_to(question, SENTENCES))
    assert SENTENCES.index(answers) in np.argsort(scores)[-2:]


def test_scores_of_the_same_pairs_are_exactly_equal(score: Score, encoder: PassageEncoder, together: Scores) -> None:
    again = score(QUESTION, SENTENCES, [0.5] * len(SENTENCES))
    assert (again == together).all()
    from_new_scorer = scoring(scorer_for(encoder), encoder)(QUESTION, SENTENCES, [0.5] * len(SENTENCES))
    assert (from_new_scorer == together).all()


def test_there_is_one_score_for_each_sentence_and_the_scores_differ(together: Scores) -> None:
    assert together.shape == (len(SENTENCES),)
    assert together.dtype == np.float32
    assert np.isfinite(together).all()
    assert np.ptp(together) > 10 * CLOSE


def test_a_sentence_scores_the_same_alone_and_with_others(score: Score, together: Scores) -> None:
    alone = [float(score(QUESTION, [sentence], [0.5])[0]) for sentence in SENTENCES]
    assert alone == pytest.approx(together, abs=CLOSE)


@pytest.mark.thorough
@settings(deadline=None, max_examples=8)
@given(st.randoms(use_true_random=False), st.integers(1, len(SENTENCES)))
def test_scores_are_the_same_in_any_order_and_batch(score: Score, together: Scores, chance: Random, size: int) -> None:
    order = chance.sample(range(len(SENTENCES)), size)
    scores = score(QUESTION, [SENTENCES[i] for i in order], [0.5] * size)
    assert scores == pytest.approx(together[order], abs=CLOSE)


@pytest.mark.thorough
def test_each_cosine_belongs_to_its_own_sentence(score: Score, together: Scores) -> None:
    cosines = [0.5] * len(SENTENCES)
    cosines[7] = 0.9
    moved = score(QUESTION, SENTENCES, cosines) - together
    assert moved.argmax() == 7
    assert np.delete(moved, 7) == pytest.approx(0, abs=1e-6)


def test_a_nearer_sentence_scores_higher(score: Score) -> None:
    scores = score(QUESTION, [SENTENCES[0]] * 5, [-1.0, 0.0, 0.4, 0.8, 1.0])
    assert (np.diff(scores) > 0).all()


def test_the_same_sentence_twice_scores_the_same(score: Score) -> None:
    first, second = score(QUESTION, [SENTENCES[1]] * 2, [0.5, 0.5])
    assert first == pytest.approx(second, abs=1e-6)


def test_without_sentences_there_are_no_scores(score: Score) -> None:
    assert score(QUESTION, [], []).shape == (0,)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("why " * 500, "Care leavers wait seven weeks."),
        (QUESTION, "Care leavers wait. " * 2000),
        ("x" * 2000, "y" * 20000),
        ("", ""),
        (QUESTION, ""),
        (QUESTION, "\n\x00\u202e"),
        ("🙂" * 500, "日本語。" * 500),
    ],
)
def test_texts_of_any_length_in_any_script_have_a_score(score: Score, question: str, sentence: str) -> None:
    assert np.isfinite(score(question, [sentence, "Visits are on time."], [0.5, 0.5])).all()


def test_a_long_question_leaves_room_for_the_sentence(score: Score) -> None:
    question = f"{QUESTION} {'Please tell me as much as you can about it. ' * 40}"
    better, worse = score(question, PAIRS[0][1:], [0.5, 0.5])
    assert better > worse + CLOSE


def test_there_must_be_one_cosine_for_each_sentence(encoder: PassageEncoder) -> None:
    vectors = encoder.encode_document(SENTENCES[:2])
    with pytest.raises(ValueError, match="1 cosines for 2 sentences"):
        PairVectors(vectors[:1], vectors, [0.5])


def test_the_vector_of_a_sentence_affects_its_score(
    cross: PairScorer, encoder: PassageEncoder, together: Scores
) -> None:
    vectors = encoder.encode_document(SENTENCES)
    other = PairVectors(encoder.encode_query([QUESTION]), np.roll(vectors, 1, axis=0), [0.5] * len(SENTENCES))
    assert np.abs(cross.scores(QUESTION, SENTENCES, other) - together).max() > 10 * CLOSE


@pytest.mark.parametrize("words", [0, 1, 40, 41, 500])
def test_only_the_beginning_of_a_long_question_is_read(words: int) -> None:
    question = " ".join(f"w{number}" for number in range(words))
    assert shortened(question).split() == question.split()[:40]
    assert shortened("  as  typed ") == "  as  typed "


def in_context(sentence: str) -> SentenceInContext:
    return SentenceInContext(sentence, "Care leavers", "Inspectors looked at 40 files.")


@pytest.fixture(scope="module")
def closely(cross: PairScorer) -> Scores:
    """The scores of all the sentences, read closely in one call."""
    return cross.scores_in_context(QUESTION, [in_context(sentence) for sentence in SENTENCES], [0.5] * len(SENTENCES))


@pytest.mark.parametrize(("question", "answers", "only_shares"), PAIRS)
def test_a_sentence_that_answers_scores_higher_when_read_closely(
    cross: PairScorer, question: str, answers: str, only_shares: str
) -> None:
    both = [SentenceInContext(answers), SentenceInContext(only_shares)]
    better, worse = cross.scores_in_context(question, both, [0.6, 0.6])
    assert better > worse + CLOSE


@pytest.mark.thorough
def test_a_close_reading_of_the_same_pairs_gives_equal_scores_alone_and_together(
    cross: PairScorer, closely: Scores
) -> None:
    again = cross.scores_in_context(QUESTION, list(map(in_context, SENTENCES)), [0.5] * len(SENTENCES))
    assert (again == closely).all()
    alone = [float(cross.scores_in_context(QUESTION, [in_context(sentence)], [0.5])[0]) for sentence in SENTENCES]
    assert alone == pytest.approx(closely, abs=CLOSE)
    assert np.ptp(closely) > 10 * CLOSE


@pytest.mark.parametrize(
    ("question", "about", "other"),
    [
        (
            "How often are privately fostered children visited?",
            ("They are seen every six weeks.", "Private fostering", "Privately fostered children have one worker."),
            ("They are seen every six weeks.", "Early help", "Families in early help have one worker."),
        ),
        (
            "What share of disabled children have a short break?",
            ("This is 64%.", "Disabled children", "Many disabled children have a short break each year."),
            ("This is 64%.", "Children in care", "Many children in care have a dental check each year."),
        ),
        (
            "Are missing children interviewed quickly?",
            ("However, these are often late.", "Missing children", "Children who go missing are offered interviews."),
            ("However, these are often late.", "Health", "Children in care are offered health assessments."),
        ),
    ],
)
def test_the_context_changes_what_a_sentence_says(
    cross: PairScorer, question: str, about: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    better, worse = cross.scores_in_context(
        question, [SentenceInContext(*about), SentenceInContext(*other)], [0.4, 0.4]
    )
    assert better > worse + CLOSE


@pytest.mark.parametrize(
    ("question", "text"),
    [("why " * 500, "Care leavers wait."), (QUESTION, "y" * 20000), ("", ""), ("🙂" * 500, "日本語。" * 500)],
)
def test_any_texts_can_be_read_closely(cross: PairScorer, question: str, text: str) -> None:
    sentences = [SentenceInContext(text, text, text), SentenceInContext("Visits are on time.")]
    assert np.isfinite(cross.scores_in_context(question, sentences, [0.5, 0.5])).all()
    assert cross.scores_in_context(question, [], []).shape == (0,)
