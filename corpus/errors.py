"""Errors that this package raises.

CorpusError
├── UnreadableReport       a file cannot be read as a report
│   └── MissingProgram     … because a program that could read it is not installed
├── UndrawablePage         a page takes too long to draw
└── NeedsTime              reading a file needs another program, which takes long
"""

from __future__ import annotations

from pathlib import Path


class CorpusError(Exception):
    """Base class of this package's errors."""


class UnreadableReport(CorpusError):
    """A file cannot be read as a report.

    ``reason`` is a clause without an initial capital or a full stop, because it follows the file's name: "the PDF is
    encrypted". ``remedy`` is a sentence that says what to do.
    """

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(path, reason, remedy)
        self.path = path
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.path.name}: {self.reason}. {self.remedy}"


class MissingProgram(UnreadableReport):
    """A file can be read only with another program, and that program is not installed or fails."""


class UndrawablePage(CorpusError):
    """A page takes too long to draw."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, number)
        self.path = path
        self.number = number

    def __str__(self) -> str:
        return f"{self.path.name}: page {self.number} takes too long to draw, because it has patterns of tiny tiles"


class NeedsTime(CorpusError):
    """Reading a file needs another program. ``seconds`` is the maximum time that this may take."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__(path, seconds)
        self.path = path
        self.seconds = seconds

    def __str__(self) -> str:
        return f"{self.path.name}: reading may take {self.seconds:g} seconds, because it needs another program"
