"""What can go wrong when a report is read.

CorpusError
└── UnreadableReport    this file cannot be indexed, for a stated reason
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Base of all errors of this package."""


class UnreadableReport(CorpusError):
    """A file that cannot be indexed. ``reason`` says why, ``remedy`` what a person can do."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(path, reason, remedy)
        self.path = path
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}. {self.remedy}"
