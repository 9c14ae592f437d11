"""What commands that ask questions share. They are to start at once: nothing that builds an index is loaded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from index.encoders import open_encoder
from index.folders import DataFolder
from index.manifest import Manifest
from qa_service.settings import Settings

if TYPE_CHECKING:
    from qa_service.answering import Answerer


def open_answerer(settings: Settings) -> Answerer:
    """The answerer of the current build. Raises what :meth:`DataFolder.current` raises."""
    data = DataFolder(settings.data_dir)
    Manifest.read(data.current())  # before the encoder loads: a missing index is told at once
    with ThreadPoolExecutor(1) as beside:
        encoder = beside.submit(open_encoder, settings.encoder)
        from qa_service.answering import Answerer  # its modules load while the encoder does

        return Answerer.open(data, encoder.result())
