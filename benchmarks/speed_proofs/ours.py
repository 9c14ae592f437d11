"""The service of this repository, carrying out the same commands as the others do."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.index_proofs.builders import quiet
from benchmarks.peers.loop import run
from index.build import Builder
from index.encoders import open_encoder
from index.folders import DataFolder
from index.weights import default_folder
from qa_service.answering import Answerer
from qa_service.types import Question


class Ours:
    """An index and who answers from it."""

    def __init__(self, folder: Path) -> None:
        self._data = DataFolder.prepare(folder)
        self._answerer: Answerer | None = None

    def load(self) -> None:
        """Load the encoder and, where there is one, the index."""
        self._encoder = open_encoder()

    def build(self, files: list[str]) -> int:
        """Read reports and build an index of them: the number of passages."""
        paths = [Path(file) for file in files]
        builder = Builder(self._data, self._encoder, default_folder(), self._encoder.precision, quiet)
        return builder.build(paths).manifest.passages

    def ask(self, question: str, k: int) -> list[str]:
        """Answer a question: the ids of the passages shown."""
        if self._answerer is None:
            self._answerer = Answerer.open(self._data, self._encoder)
        answer = self._answerer.answer(Question(question, top_k=k))
        return [citation.scored.passage.id for citation in answer.citations]


if __name__ == "__main__":  # readers import this module again
    run(Ours(Path(sys.argv[1])))
