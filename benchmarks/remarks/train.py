"""Train the models that decide what a sentence says about a theme.

    python -m benchmarks.remarks.train DATA OUT

DATA is a data folder with an index of the real reports. The command writes two files into the folder OUT, which replace
those in ``index/data``: ``stance.safetensors`` for sentences, and ``mentions.safetensors`` for themes in sentences. It
takes half a minute. It learns only from the training reports.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.remarks.labels import TRAIN, labelled_reports, report_ids, sentences_of
from corpus.themes import Mention, known_themes
from index.encoding.encoders import open_encoder
from index.encoding.stances.mention_features import features_of
from index.encoding.stances.mentions import LOGIT_SCALE, logit
from index.encoding.stances.stance import STANCES, VECTOR_SCALE, terms_of
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Stance

_STRENGTH = 3.0
"""The inverse strength of regularisation. On the training reports, values from 2 to 10 gave nearly the same results."""
_STRENGTH_OF_FEATURES = 1.0
"""The same for the models that read features of mentions. Values from .3 to 3 gave nearly the same results."""
_FEATURE_SCALE = 0.3
"""Features are multiplied by this before they are joined to words, whose weights have length 1."""
_FOLDS = 5
_LEAST_SENTENCES = 3
"""A model uses a word, a pair of words or a feature if at least this many sentences contain it."""
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]
Tensors = dict[str, npt.NDArray[np.float16]]


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences that have words of a theme, or a label. Each field has them in the same order."""

    texts: Sequence[str]
    vectors: Floats
    labels: Sequence[frozenset[tuple[str, Stance]]]
    """For each sentence, the themes on which readers said that it takes a stance, with the stance."""
    mentions: Sequence[Sequence[Mention]]
    listed: Sequence[bool]
    reports: Sequence[str]


def examples(index: SearchIndex, part: str = TRAIN) -> Examples:
    """Return the examples from one part of the labelled reports."""
    matcher = known_themes()
    read = list(labelled_reports(part))
    reports = report_ids(index, [each.report for each in read])
    texts, places, labels, mentions, listed, groups = [], [], [], [], [], []
    for report in read:
        for sentence in sentences_of(index, reports[report.report]):
            mentioned = matcher.mentions_in(sentence.text)
            of_sentence = report.labels.get(sentence.digest, frozenset())
            if mentioned or of_sentence:
                texts.append(sentence.text)
                places.append((sentence.row, sentence.number))
                labels.append(of_sentence)
                mentions.append(mentioned)
                listed.append(sentence.listed)
                groups.append(report.report)
    return Examples(texts, index.sentence_vectors(places), labels, mentions, listed, groups)


def train_stances(data: Examples) -> tuple[Tensors, dict[str, str]]:
    """Return the tensors of the model of sentences, and its terms."""
    words, counted, both = _read(data)
    taken = _taken(data)
    terms = words.get_feature_names_out()
    tensors: dict[str, npt.NDArray[np.floating]] = {"rarity": words.idf_}
    for name, features in (("words", counted), ("both", both)):
        models = [_regression().fit(features, taken[:, column]) for column in range(len(STANCES))]
        weights = np.stack([model.coef_[0] for model in models], axis=1)
        tensors[f"{name}.words"] = weights[: len(terms)]
        tensors[f"{name}.bias"] = np.array([model.intercept_[0] for model in models])
        if name == "both":
            tensors["both.vectors"] = weights[len(terms) :]
    return _stored(tensors), {"terms": "\n".join(terms)}


def train_mentions(data: Examples) -> tuple[Tensors, dict[str, str]]:
    """Return the tensors of the model of mentions, and its terms, features and themes."""
    words, counted, both = _read(data)
    places = [(row, mention) for row, of_sentence in enumerate(data.mentions) for mention in of_sentence]
    rows = np.array([row for row, _ in places])
    listed = np.array(data.listed)[rows]
    reports = np.array(data.reports)
    taken = np.array([[(mention.theme, stance) in data.labels[row] for stance in STANCES] for row, mention in places])
    # Praise in a list of what must improve introduces an item, and an item can only criticise.
    about = np.where(listed, taken[:, STANCES.index(Stance.WEAKNESS)], taken.any(axis=1))
    # If a sentence has labels only on other themes, its words do not show its stance on this theme.
    learns = ~listed & (about | np.array([not data.labels[row] for row in rows]))
    names, described = _features(places, listed)
    first, second = len(names), len(names) + len(STANCES)
    terms = words.get_feature_names_out()
    tensors: dict[str, npt.NDArray[np.floating]] = {"rarity": words.idf_}
    for name, features in (("words", counted), ("both", both)):
        of_sentences = np.stack([_unseen(_regression(), features, of, reports) for of in _taken(data).T], axis=1)
        read = hstack([described, csr_matrix(LOGIT_SCALE * logit(of_sentences)[rows]), features[rows]]).tocsr()
        models = [_of_features().fit(read[learns], taken[learns, column]) for column in range(len(STANCES))]
        stances = np.stack([_unseen(_of_features(), read, of, reports[rows], learns) for of in taken.T], axis=1)
        of_mentions = hstack([described, csr_matrix(stances)]).tocsr()
        is_about = _of_features().fit(of_mentions, about)
        weights, of_about = np.stack([model.coef_[0] for model in models], axis=1), is_about.coef_[0]
        tensors[f"{name}.features"] = _FEATURE_SCALE * np.column_stack([weights[:first], of_about[:first]])
        tensors[f"{name}.sentences"] = weights[first:second]
        tensors[f"{name}.words"] = weights[second : second + len(terms)]
        tensors[f"{name}.stances"] = of_about[first:]
        tensors[f"{name}.bias"] = np.array([*(model.intercept_[0] for model in models), is_about.intercept_[0]])
    tensors["both.vectors"] = weights[second + len(terms) :]
    abouts = logit(_unseen(_of_features(), of_mentions, about, reports[rows]))
    read = np.hstack([VECTOR_SCALE * data.vectors[rows], stances, LOGIT_SCALE * abouts[:, None]])
    themes = [theme.id for theme in known_themes().themes]
    for theme in themes:
        chosen = np.array([mention.theme == theme for _, mention in places])
        model = _regression().fit(read[chosen], about[chosen])
        tensors[f"theme.{theme}"] = np.append(model.coef_[0], model.intercept_[0])
    metadata = {"terms": "\n".join(terms), "features": "\n".join(names), "themes": " ".join(themes)}
    return _stored(tensors), metadata


def _taken(data: Examples) -> Flags:
    """Return whether readers said that each sentence takes each stance, in the shape (sentences, stances)."""
    return np.array([[stance in {each for _, each in labels} for stance in STANCES] for labels in data.labels])


def _read(data: Examples) -> tuple[TfidfVectorizer, csr_matrix, csr_matrix]:
    """Return the vectoriser of words, its weights for each sentence, and these weights next to the vectors."""
    words = TfidfVectorizer(analyzer=terms_of, min_df=_LEAST_SENTENCES, sublinear_tf=True)
    counted = words.fit_transform(data.texts)
    return words, counted.tocsr(), hstack([counted, csr_matrix(VECTOR_SCALE * data.vectors)]).tocsr()


def _features(places: Sequence[tuple[int, Mention]], listed: Flags) -> tuple[list[str], csr_matrix]:
    """Return the names of the features, and their scaled values for each mention."""
    described = [features_of(mention, listed=of_list) for (_, mention), of_list in zip(places, listed, strict=True)]
    counts = Counter(name for features in described for name in features)
    kept = [{name: value for name, value in each.items() if counts[name] >= _LEAST_SENTENCES} for each in described]
    vectorizer = DictVectorizer()
    values = vectorizer.fit_transform(kept)
    return list(vectorizer.get_feature_names_out()), (_FEATURE_SCALE * values).tocsr()


def _unseen(
    model: LogisticRegression, features: csr_matrix, labels: Flags, reports: Texts, learns: Flags | None = None
) -> Floats:
    """Return the probability for each row, from models that have not seen the row's report.

    ``learns`` limits the rows that the models learn from.
    """
    found = np.zeros(len(labels), dtype=np.float32)
    for seen, held in GroupKFold(_FOLDS).split(features, labels, reports):
        chosen = seen if learns is None else seen[learns[seen]]
        found[held] = model.fit(features[chosen], labels[chosen]).predict_proba(features[held])[:, 1]
    return found


def _stored(tensors: dict[str, npt.NDArray[np.floating]]) -> Tensors:
    return {name: np.ascontiguousarray(tensor, dtype=np.float16) for name, tensor in tensors.items()}


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=2000)


def _of_features() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH_OF_FEATURES, max_iter=2000)


def main() -> None:
    """Train the models and write them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    parser.add_argument("out", type=Path, help="the folder to write into")
    arguments = parser.parse_args()
    encoder = open_encoder()
    index = SearchIndex.open(DataFolder(arguments.data), encoder)
    data = examples(index)
    for name, train in (("stance", train_stances), ("mentions", train_mentions)):
        tensors, metadata = train(data)
        save_file(tensors, arguments.out / f"{name}.safetensors", {**metadata, "encoder": encoder.revision})
        print(f"{name}: {len(data.texts)} sentences, {len(metadata['terms'].splitlines())} terms")


if __name__ == "__main__":
    main()
