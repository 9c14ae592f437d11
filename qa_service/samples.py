"""The sample reports that come with the product, so that you can ask a question within a minute."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.formats import SUFFIXES
from corpus.types import Report


def sample_folder() -> Path:
    """Return the folder of the sample reports."""
    return Path(str(files("corpus"))) / "samples"


def only_samples(reports: Sequence[Report]) -> bool:
    """Return whether all the given reports are samples."""
    return all(report.file in _names() for report in reports)


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in sample_folder().iterdir() if path.suffix in SUFFIXES)
