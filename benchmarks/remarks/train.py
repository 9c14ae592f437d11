"""Train the model that decides whether a sentence praises or criticises, and whether it is about a theme.

    python -m benchmarks.remarks.train DATA OUT

DATA is a data folder with an index of the real reports. The command writes OUT, a file that replaces
``index/data/stance.safetensors``. It takes a minute. It learns only from the training reports.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.remarks.labels import TRAIN, labelled_reports, report_ids, sentences_of
from corpus.themes import known_themes
from index.encoding.encoders import open_encoder
from index.encoding.stance import STANCES, VECTOR_SCALE, terms_of
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder

_STRENGTH = 3.0
"""The inverse strength of regularisation. On the training reports, values from 2 to 10 gave nearly the same results."""
_FOLDS = 5
_LEAST_SENTENCES = 3
"""The model uses a word or a pair of words if at least this many sentences contain it."""
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences that have words of a theme, or a label. Each field has them in the same order."""

    texts: Sequence[str]
    vectors: Floats
    stances: Flags
    """Whether readers said that each sentence takes each stance, in the shape (sentences, stances)."""
    worded: Sequence[frozenset[str]]
    """The themes whose words each sentence contains."""
    about: Sequence[frozenset[str]]
    """The themes that readers said each sentence is about."""
    reports: Sequence[str]


def examples(index: SearchIndex, part: str = TRAIN) -> Examples:
    """Return the examples of one part of the labelled reports."""
    matcher = known_themes()
    read = list(labelled_reports(part))
    reports = report_ids(index, [each.report for each in read])
    texts, places, stances, worded, about, groups = [], [], [], [], [], []
    for report in read:
        for sentence in sentences_of(index, reports[report.report]):
            themes = frozenset(theme.id for theme in matcher.themes_of(sentence.text))
            labels = report.labels.get(sentence.digest, frozenset())
            if themes or labels:
                texts.append(sentence.text)
                places.append((sentence.row, sentence.number))
                stances.append([stance in {each for _, each in labels} for stance in STANCES])
                worded.append(themes)
                about.append(frozenset(theme for theme, _ in labels))
                groups.append(report.report)
    vectors = index.sentence_vectors(places)
    return Examples(texts, vectors, np.array(stances), worded, about, groups)


def train(data: Examples) -> tuple[dict[str, Floats], dict[str, str]]:
    """Return the tensors of the model, and its terms and themes."""
    words = TfidfVectorizer(analyzer=terms_of, min_df=_LEAST_SENTENCES, sublinear_tf=True)
    counted = words.fit_transform(data.texts)
    both = hstack([counted, csr_matrix(VECTOR_SCALE * data.vectors)]).tocsr()
    terms = words.get_feature_names_out()
    tensors: dict[str, Floats] = {"rarity": words.idf_}
    found = np.zeros(data.stances.shape)
    for name, features in (("words", counted), ("both", both)):
        models = [_regression().fit(features, data.stances[:, column]) for column in range(len(STANCES))]
        weights = np.stack([model.coef_[0] for model in models], axis=1)
        tensors[f"{name}.words"] = weights[: len(terms)]
        tensors[f"{name}.bias"] = np.array([model.intercept_[0] for model in models])
        if name == "both":
            tensors["both.vectors"] = weights[len(terms) :]
            found = np.stack([_unseen(features, data, column) for column in range(len(STANCES))], axis=1)
    themes = [theme.id for theme in known_themes().themes]
    for theme in themes:
        rows = [row for row, worded in enumerate(data.worded) if theme in worded]
        labels = [theme in data.about[row] for row in rows]
        model = _regression().fit(np.hstack([VECTOR_SCALE * data.vectors[rows], found[rows]]), labels)
        tensors[f"theme.{theme}"] = np.append(model.coef_[0], model.intercept_[0])
    return (
        {name: np.ascontiguousarray(tensor, dtype=np.float16) for name, tensor in tensors.items()},
        {"terms": "\n".join(terms), "themes": " ".join(themes)},
    )


def _unseen(features: csr_matrix, data: Examples, column: int) -> Floats:
    """Return the probability of a stance for each sentence, from models that have not seen the sentence's report."""
    return np.asarray(
        cross_val_predict(
            _regression(), features, data.stances[:, column], groups=data.reports, cv=GroupKFold(_FOLDS),
            method="predict_proba",
        )[:, 1]
    )  # fmt: skip


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=2000)


def main() -> None:
    """Train the model and write it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports")
    parser.add_argument("out", type=Path, help="the file to write")
    arguments = parser.parse_args()
    encoder = open_encoder()
    index = SearchIndex.open(DataFolder(arguments.data), encoder)
    data = examples(index)
    tensors, metadata = train(data)
    save_file(tensors, arguments.out, {**metadata, "encoder": encoder.revision})
    counts = dict(zip(STANCES, data.stances.sum(axis=0).tolist(), strict=True))
    print(f"{len(data.texts)} sentences, {counts}; {len(metadata['terms'].splitlines())} terms")


if __name__ == "__main__":
    main()
