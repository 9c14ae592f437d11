"""The service of this repository, carrying out the same commands as the others do.

Readers of reports import this module again, as they would the command's: what they need none of is imported where it is
used, as the command does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.loop import run

if TYPE_CHECKING:
    from qa_service.answering.pipeline import Answerer


class Ours:
    """An index and who answers from it."""

    def __init__(self, folder: Path) -> None:
        from index.storage.data_folder import DataFolder

        self._data = DataFolder.prepare(folder)
        self._answerer: Answerer | None = None

    def load(self) -> None:
        """Load the encoder, to ask."""
        from index.encoding.encoders import open_encoder

        self._encoder = open_encoder()

    def load_builder(self) -> None:
        """Load the encoder, to build, and what builds and reads reports, as the others load all at once."""
        from index.building import (
            build,  # noqa: F401 - loaded here, so that no build is measured with it
            read_pool,
        )
        from index.encoding.encoders import open_encoder

        self._encoder = open_encoder()
        read_pool.load_readers()

    def build(self, files: list[str]) -> int:
        """Read reports and build an index of them: the number of passages."""
        from benchmarks.harness.builders import quiet
        from index.building.build import Builder
        from index.encoding.encoder_files import default_folder

        builder = Builder(self._data, self._encoder, default_folder(), self._encoder.precision, quiet)
        return builder.build([Path(file) for file in files]).manifest.passages

    def ask(self, question: str, k: int) -> list[str]:
        """Answer a question: the ids of the passages shown."""
        from qa_service.answering.pipeline import Answerer
        from qa_service.types import Question

        if self._answerer is None:
            self._answerer = Answerer.open(self._data, self._encoder)
        answer = self._answerer.answer(Question(question, top_k=k))
        return [citation.scored.passage.id for citation in answer.citations]


if __name__ == "__main__":
    run(Ours(Path(sys.argv[1])))
