"""What commands that ask questions share. They are to start at once: nothing that builds an index is loaded."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from index.encoding.encoders import open_encoder, open_pair_scorer
from index.storage.data_folder import DataFolder
from index.storage.manifest import Manifest
from qa_service.installation import Installation

if TYPE_CHECKING:
    from qa_service.answering.pipeline import Answerer


def begin_opening(installation: Installation) -> Callable[[], Answerer]:
    """Begin to open the current build; what is returned waits for it, and meanwhile other modules can be loaded.

    Raises what :meth:`DataFolder.current` raises, at once.
    """
    data = DataFolder(installation.data_dir)
    Manifest.read(data.current())
    with suppress(ImportError):  # told by what opens the encoder
        import index.encoding.openvino_encoder  # noqa: F401 - first of all: what it compiles takes longest, and needs no interpreter
    beside = ThreadPoolExecutor(1)
    encoder = beside.submit(open_encoder, installation.encoder)
    scorer = beside.submit(lambda: open_pair_scorer(encoder.result()))
    beside.shutdown(wait=False)

    def opened() -> Answerer:
        from qa_service.answering.pipeline import Answerer  # its modules load while the encoder does

        return Answerer.open(data, encoder.result(), open_scorer=lambda _: scorer.result())

    return opened


def open_answerer(installation: Installation) -> Answerer:
    """The answerer of the current build. Raises what :meth:`DataFolder.current` raises."""
    return begin_opening(installation)()
