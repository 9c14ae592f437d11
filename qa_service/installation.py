"""Where the data live, and what reads questions: all that most commands need to know, read from the environment.

Apart from the settings of those who serve: what checks them takes longer to load than a question to answer.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Installation:
    """What belongs together on a disk, each as an environment variable ``QA_…``. Those set to nothing are not set."""

    data_dir: Path = Path("var")
    """Where the index and the kept originals live."""
    encoder: str | None = None
    """Another encoder: a folder with its files, or a hub name. None: the one shipped."""

    @classmethod
    def from_environment(cls) -> Installation:
        """As it is set for this process."""
        return cls(Path(os.environ.get("QA_DATA_DIR") or cls().data_dir), os.environ.get("QA_ENCODER") or None)
