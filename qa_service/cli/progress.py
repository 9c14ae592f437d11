"""Progress bars on a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm


class ProgressBars:
    """A bar for each stage of a long task. Nothing is shown if ``quiet``, or if standard error is not a terminal."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet or not sys.stderr.isatty()
        self._bar: tqdm[Any] | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def update(self, stage: str, done: int, total: int) -> None:
        """Move the progress bar for a stage."""
        if self._quiet or total == 0:
            return
        if stage != self._stage or self._bar is None:
            if self._bar is not None:
                self._bar.close()
            self._bar = tqdm(total=total, desc=stage, unit="")
            self._stage = stage
        self._bar.update(done - self._bar.n)
