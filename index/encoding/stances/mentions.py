"""Decides whether a sentence that mentions a theme is really about it, and whether it praises or criticises it.

Logistic regressions read the words of the sentence, its vector, its own stances, and how it mentions the theme. One
regression gives the probability that the sentence praises this theme, and another the probability that it criticises
the theme. Another gives the probability that the sentence says something about any theme. After it comes one regression
for each theme. ``benchmarks/remarks`` trains them on sentences that people labelled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from safetensors import safe_open

from corpus.themes import Mention
from index.encoding.stances.mention_features import features_of
from index.encoding.stances.stance import (
    STANCES,
    VECTOR_SCALE,
    Numbers,
    StanceModel,
    WordWeights,
    probability,
    stance_model,
)
from index.types import Stance, Vectors

WEIGHTS = "data/mentions.safetensors"
LOGIT_SCALE = 0.5
"""The logits that one regression passes to the next are multiplied by this."""
_CERTAIN = 0.999
"""Probabilities nearer to 0 or 1 than this are changed to this before we take their logits."""
_OF_LISTED = tuple(float(stance is Stance.WEAKNESS) for stance in STANCES)
"""The probability of each stance of an item in a report's own list of what must improve."""


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A mention of a theme, and the sentence in which we found it."""

    mention: Mention
    sentence: str
    listed: bool
    """Whether the sentence is in the report's own list of what must improve. If so, it can only criticise."""


@dataclass(frozen=True, slots=True)
class MentionModel:
    """The trained weights. Without weights for vectors, the model reads only words."""

    sentences: StanceModel
    """Gives the stances of a sentence, whatever it is about."""
    terms: WordWeights
    """Weights of words and pairs of words for each stance."""
    features: Mapping[str, int]
    """The features of a mention, with their rows in ``of_features``."""
    of_features: Numbers
    """Weights of the features for each stance, and for whether the sentence is about the theme, in the shape (features,
    stances + 1)."""
    bias: Numbers
    """The bias for each stance, and for whether the sentence is about the theme."""
    of_sentences: Numbers
    """Weights of the sentence's stances for each stance on the theme, in the shape (stances, stances)."""
    of_stances: Numbers
    """Weights of the stances on the theme, for whether the sentence is about the theme."""
    of_vectors: Numbers | None = None
    """Weights of a sentence's vector, in the shape (dimension, stances)."""
    themes: Mapping[str, Numbers] | None = None
    """For each theme, the weights of the vector, of the stances and of the first logit, followed by the bias."""

    def judge(self, found: Sequence[FoundMention], vectors: Vectors) -> tuple[Numbers, Numbers]:
        """Return the probability of each stance, and the probability that the sentence is about the theme.

        Their shapes are (mentions, stances) and (mentions,). ``vectors`` has the vectors of the sentences in ``found``.
        """
        if not found:
            return np.zeros((0, len(STANCES)), dtype=np.float32), np.zeros(0, dtype=np.float32)
        features = np.stack([self._of_features(each) for each in found])
        texts = [each.sentence for each in found]
        words = {text: self.terms.logits(text) for text in texts}
        logits = np.stack([words[text] for text in texts]) + (features + self.bias)[:, :-1]
        logits += LOGIT_SCALE * logit(self.sentences.stances(texts, vectors)) @ self.of_sentences
        if self.of_vectors is not None:
            logits += VECTOR_SCALE * (vectors @ self.of_vectors)
        stances = probability(logits)
        about = probability(features[:, -1] + self.bias[-1] + stances @ self.of_stances)
        about = self._about_each(found, vectors, stances, about)
        stances[[each.listed for each in found]] = _OF_LISTED
        return stances, about

    def _of_features(self, found: FoundMention) -> Numbers:
        values = {
            self.features[name]: value
            for name, value in features_of(found.mention, listed=found.listed).items()
            if name in self.features
        }
        rows = np.fromiter(values, dtype=np.int64)
        return np.asarray(np.fromiter(values.values(), dtype=np.float32) @ self.of_features[rows], dtype=np.float32)

    def _about_each(self, found: Sequence[FoundMention], vectors: Vectors, stances: Numbers, about: Numbers) -> Numbers:
        """Return the probability that sentences are about their themes. Unknown themes keep the first probability."""
        read = np.hstack([VECTOR_SCALE * vectors, stances, LOGIT_SCALE * logit(about)[:, None]])
        each_about = about.copy()
        for theme, weights in (self.themes or {}).items():
            rows = [row for row, each in enumerate(found) if each.mention.theme == theme]
            each_about[rows] = probability(read[rows] @ weights[:-1] + weights[-1])
        return each_about


def logit(probabilities: Numbers) -> Numbers:
    """Return the logits of probabilities."""
    within = np.clip(probabilities, 1 - _CERTAIN, _CERTAIN)
    return np.asarray(np.log(within / (1 - within)), dtype=np.float32)


@cache
def mention_model(revision: str) -> MentionModel:
    """Return the model for a revision of the encoder.

    For an encoder that it was not trained with, it reads only words.
    """
    with as_file(files("index").joinpath(WEIGHTS)) as path, safe_open(path, framework="numpy") as file:

        def tensor(name: str) -> Numbers:
            return np.asarray(file.get_tensor(name), dtype=np.float32)

        metadata = file.metadata() or {}
        with_vectors = metadata.get("encoder") == revision
        kind = "both" if with_vectors else "words"
        themes = metadata["themes"].split() if with_vectors else []
        return MentionModel(
            sentences=stance_model(revision),
            terms=WordWeights.of(metadata["terms"], tensor("rarity"), tensor(f"{kind}.words")),
            features={name: row for row, name in enumerate(metadata["features"].split("\n"))},
            of_features=tensor(f"{kind}.features"),
            bias=tensor(f"{kind}.bias"),
            of_sentences=tensor(f"{kind}.sentences"),
            of_stances=tensor(f"{kind}.stances"),
            of_vectors=tensor("both.vectors") if with_vectors else None,
            themes={theme: tensor(f"theme.{theme}") for theme in themes},
        )
