"""Run this service as a process that takes the same commands as the other systems.

The processes that read reports import this module again. So this module imports everything else only where it is used,
as the product's own command does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.loop import run

if TYPE_CHECKING:
    from qa_service.answering.pipeline import Answerer


class Ours:
    """An index, and the pipeline that answers questions from it."""

    def __init__(self, folder: Path) -> None:
        from index.storage.data_folder import DataFolder

        self._data = DataFolder.prepare(folder)
        self._answerer: Answerer | None = None

    def load(self) -> None:
        """Load the encoder, to be ready for questions."""
        from index.encoding.encoders import open_encoder

        self._encoder = open_encoder()

    def load_builder(self) -> None:
        """Load the encoder and the builder, because the other systems load everything at once."""
        from index.building import (
            build,  # noqa: F401 - loads it before the build is measured
            read_pool,
        )
        from index.encoding.encoders import open_encoder

        self._encoder = open_encoder()
        read_pool.load_readers()

    def build(self, files: list[str]) -> int:
        """Read reports and index them. Returns the number of passages."""
        from benchmarks.harness.builders import ignore_progress
        from index.building.build import Builder
        from index.encoding.encoder_files import default_folder

        builder = Builder(self._data, self._encoder, default_folder(), self._encoder.precision, ignore_progress)
        return builder.build([Path(file) for file in files]).manifest.passages

    def ask(self, question: str, k: int) -> list[str]:
        """Answer a question. Returns the ids of the passages shown."""
        from qa_service.answering.pipeline import Answerer
        from qa_service.types import Question

        if self._answerer is None:
            self._answerer = Answerer.open(self._data, self._encoder)
        answer = self._answerer.answer(Question(question, top_k=k))
        return [citation.scored.passage.id for citation in answer.citations]


if __name__ == "__main__":
    run(Ours(Path(sys.argv[1])))
