"""Opens the index for commands that ask questions. They start quickly because no code for building is loaded."""

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


def start_opening(installation: Installation) -> Callable[[], Answerer]:
    """Start opening the current build, and return a function that waits for the answerer and returns it.

    The models load in another thread, so that the caller can import other modules in the meantime. Errors from
    :meth:`DataFolder.current` are raised before anything loads.
    """
    data = DataFolder(installation.data_dir)
    Manifest.read(data.current())
    with suppress(ImportError):  # open_encoder reports the error
        import index.encoding.graphs.openvino_encoder  # noqa: F401 - compiling its models takes longest, and needs no GIL
    background = ThreadPoolExecutor(1)
    encoder = background.submit(open_encoder, installation.encoder)
    scorer = background.submit(lambda: open_pair_scorer(encoder.result()))
    background.shutdown(wait=False)

    def wait_for_answerer() -> Answerer:
        from qa_service.answering.pipeline import Answerer  # its modules load while the encoder is loading

        return Answerer.open(data, encoder.result(), open_scorer=lambda _: scorer.result())

    return wait_for_answerer


def open_answerer(installation: Installation) -> Answerer:
    """Open an answerer for the current build. Raises the same errors as :meth:`DataFolder.current`."""
    return start_opening(installation)()
