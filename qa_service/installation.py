"""The two settings that every command needs: the data folder and the encoder.

They are separate from ``qa_service.settings``, which loads pydantic. Loading pydantic takes longer than answering a
question.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Installation:
    """The data folder and the encoder, from environment variables. An empty variable is treated as not set."""

    data_dir: Path = Path("var")
    """Folder for the index, the stored originals and the reports."""
    encoder: str | None = None
    """Folder or hub name of an encoder to use instead of the shipped one. If None, the shipped one is used."""

    @classmethod
    def from_environment(cls) -> Installation:
        """Read QA_DATA_DIR and QA_ENCODER."""
        return cls(Path(os.environ.get("QA_DATA_DIR") or cls().data_dir), os.environ.get("QA_ENCODER") or None)
