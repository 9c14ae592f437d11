from __future__ import annotations

import numpy as np
import pytest

from corpus.themes import known_themes
from index.encoding.stances.mentions import FoundMention, MentionModel, logit, mention_model
from index.encoding.stances.stance import STANCES, StanceModel, WordWeights
from index.types import Stance

STRENGTH, WEAKNESS = map(STANCES.index, (Stance.STRENGTH, Stance.WEAKNESS))


def judge(encoder, theme, *sentences, listed=False, revision=None):
    """Return the stances of sentences on a theme, and the probabilities that they are about it."""
    found = [
        FoundMention(
            next(each for each in known_themes().mentions_in(sentence) if each.theme == theme), sentence, listed
        )
        for sentence in sentences
    ]
    return mention_model(revision or encoder.revision).judge(found, encoder.encode_document(list(sentences)))


@pytest.mark.parametrize(
    ("theme", "sentence", "stance"),
    [
        ("supervision", "Supervision is regular and reflective.", Stance.STRENGTH),
        ("return_home", "Return home interviews are timely and thorough.", Stance.STRENGTH),
        ("return_home", "Return home interviews are not always offered, and their quality varies.", Stance.WEAKNESS),
        (
            "caseloads",
            "High caseloads mean that some social workers cannot see children often enough.",
            Stance.WEAKNESS,
        ),
        ("workforce", "Too many children have had too many social workers.", Stance.WEAKNESS),
        ("voice", "The voice of the child is strong in assessments.", Stance.STRENGTH),
        ("pre_proceedings", "Letters before proceedings are too long and are not clear.", Stance.WEAKNESS),
    ],
)
def test_praise_and_criticism_of_a_theme_are_told_apart(encoder, theme, sentence, stance):
    for revision in (encoder.revision, "other"):
        stances, about = judge(encoder, theme, sentence, revision=revision)
        assert STANCES[int(stances[0].argmax())] is stance
        assert stances.max() > 0.5
        assert about[0] > 0.5


def test_each_theme_of_a_sentence_has_stances_of_its_own(encoder):
    sentence = "Assessments are thorough and timely, but supervision is irregular and poorly recorded."
    praised, criticised = (judge(encoder, theme, sentence)[0][0] for theme in ("assessments", "supervision"))
    assert praised[STRENGTH] > criticised[STRENGTH]
    assert praised[WEAKNESS] < criticised[WEAKNESS]


def test_a_sentence_that_only_mentions_a_theme_is_less_likely_to_be_about_it(encoder):
    sentences = ("Supervision is regular and reflective.", "In supervision, workers said that courts were slow.")
    about = judge(encoder, "supervision", *sentences)[1]
    assert about[0] > about[1]


def test_an_item_asks_to_improve_its_head_and_not_what_it_serves(encoder):
    item = "The quality and frequency of supervision, so that it moves children’s plans forward."
    stances, about = judge(encoder, "supervision", item, listed=True)
    assert stances[0].tolist() == [0.0, 1.0]
    assert about[0] > 0.5 > judge(encoder, "plans", item, listed=True)[1][0]


def test_nothing_is_judged_if_nothing_is_mentioned(encoder):
    stances, about = mention_model(encoder.revision).judge([], np.zeros((0, 384), dtype=np.float32))
    assert stances.shape == (0, 2)
    assert about.shape == (0,)


def test_a_theme_without_weights_of_its_own_is_decided_by_how_it_is_mentioned():
    """The weights of words, features, vectors and stances add up to logits."""
    nothing = np.zeros((1, 2), dtype=np.float32)
    terms = WordWeights({"late": 0}, np.ones(1, dtype=np.float32), np.array([[0.0, 2.0]], dtype=np.float32))
    model = MentionModel(
        sentences=StanceModel(WordWeights({}, np.zeros(0, dtype=np.float32), nothing), np.zeros(2, dtype=np.float32)),
        terms=terms,
        features={"before always": 0},
        of_features=np.array([[1.0, 0.0, 3.0]], dtype=np.float32),
        bias=np.array([0.0, 0.0, -1.0], dtype=np.float32),
        of_sentences=np.zeros((2, 2), dtype=np.float32),
        of_stances=np.zeros(2, dtype=np.float32),
        themes={"caseloads": np.zeros(7, dtype=np.float32)},
    )
    sentence = "Always late supervision"
    mention = known_themes().mentions_in(sentence)[0]
    stances, about = model.judge([FoundMention(mention, sentence, False)], np.zeros((1, 3), dtype=np.float32))
    assert logit(stances)[0].tolist() == pytest.approx([1.0, 2.0], abs=1e-5)
    assert logit(about).tolist() == pytest.approx([2.0], abs=1e-5)
