from __future__ import annotations

import io
from contextlib import redirect_stderr

from qa_service.cli.progress import ProgressBars


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_each_stage_has_a_bar_on_a_terminal():
    with redirect_stderr(Terminal()) as terminal, ProgressBars(quiet=False) as bars:
        bars.update("Reading reports", 1, 2)
        bars.update("Reading reports", 2, 2)
        bars.update("Embedding passages", 0, 0)
        bars.update("Writing the index", 1, 1)
    assert "Reading reports" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()
    assert "Writing the index" in terminal.getvalue()
    assert "Embedding passages" not in terminal.getvalue()


def test_nothing_is_shown_if_quiet():
    with redirect_stderr(Terminal()) as terminal, ProgressBars(quiet=True) as bars:
        bars.update("Reading reports", 1, 2)
    assert terminal.getvalue() == ""


def test_nothing_is_shown_without_a_terminal():
    with redirect_stderr(io.StringIO()) as no_terminal, ProgressBars(quiet=False) as bars:
        bars.update("Reading reports", 1, 2)
    assert no_terminal.getvalue() == ""
