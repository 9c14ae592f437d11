"""Measure how often quotes really praise or criticise the subject for which they were shown.

    python -m benchmarks.subjects.measure DATA

DATA is a data folder with an index of the real reports. The quotes were drawn at random from the answers about ten
subjects. For each subject, there are up to five that praise and five that criticise. They are not among the sentences
that the weights come from. It takes a few seconds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.subjects.labels import QUOTES, labelled_sentences
from index.encoding.encoders import open_encoder
from index.search.search_index import SearchIndex
from index.storage.data_folder import DataFolder
from index.types import Stance
from qa_service.answering.sentences.subjects import SubjectSentence, judged
from qa_service.understanding.subjects import subjects_of


def main() -> None:
    """Print what share of the quotes is right for each stance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    index = SearchIndex.open(DataFolder(parser.parse_args().data), open_encoder(None))
    shown: dict[Stance, list[bool]] = {stance: [] for stance in Stance}
    for quote in labelled_sentences(index, QUOTES):
        (passage,) = index.passages_at([quote.row])
        (read,) = judged(index, [SubjectSentence(passage, quote.number)], subjects_of(quote.subject))
        if read.takes_any:
            shown[read.stance].append(read.stance in quote.stances)
    for stance, right in shown.items():
        print(f"{stance.value}: {sum(right)} of {len(right)} quotes are right")


if __name__ == "__main__":
    main()
