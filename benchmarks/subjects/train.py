"""Compute the weights that decide whether a sentence praises or criticises its subject.

    python -m benchmarks.subjects.train DATA

DATA is a data folder with an index of the real reports. The command prints the weights, which replace those at the end
of ``qa_service/data/stance_words.toml``. It also prints how well they do on subjects that were not used to compute
them. It takes a few seconds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from benchmarks.subjects.labels import TRAIN, labelled_sentences
from index.encoding.encoders import open_encoder
from index.encoding.stances.stance import STANCES, stance_model
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from qa_service.answering.sentences.subject_stances import LEAST_CERTAINTY, features

_STRENGTH = 0.3
"""The inverse strength of regularisation, for features with a standard deviation of 1."""
_FOLDS = 11


def main() -> None:
    """Print the weights and the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    index = SearchIndex.open(DataFolder(parser.parse_args().data), open_encoder(None))
    labelled = list(labelled_sentences(index, TRAIN))
    texts = [each.text for each in labelled]
    vectors = index.sentence_vectors([(each.row, each.number) for each in labelled])
    found = features(texts, stance_model(index.manifest.revision).stances(texts, vectors))
    mean, deviation = found.mean(axis=0), found.std(axis=0)
    scaled = (found - mean) / deviation
    subjects = [each.subject for each in labelled]
    bias, weights = {}, {}
    for stance in STANCES:
        takes = np.array([stance in each.stances for each in labelled])
        model = LogisticRegression(C=_STRENGTH, max_iter=2000)
        guessed = cross_val_predict(
            model, scaled, takes, groups=subjects, cv=GroupKFold(_FOLDS), method="predict_proba"
        )[:, 1]
        chosen = guessed >= LEAST_CERTAINTY
        print(
            f"# {stance.value}: precision {takes[chosen].mean():.3f}, recall {takes[chosen].sum() / takes.sum():.3f}, "
            f"{len(labelled)} sentences, {len(set(subjects))} subjects"
        )
        model.fit(scaled, takes)
        weights[stance] = model.coef_[0] / deviation
        bias[stance] = float(model.intercept_[0] - weights[stance] @ mean)
    print("[weights]")
    for stance, of_stance in weights.items():
        print(f"{stance.value} = [{', '.join(f'{weight:.3f}' for weight in of_stance)}]")
    print("\n[bias]")
    for stance, of_stance in bias.items():
        print(f"{stance.value} = {of_stance:.3f}")


if __name__ == "__main__":
    main()
