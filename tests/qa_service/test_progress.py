from __future__ import annotations

import io
import sys

import pytest

from qa_service.progress import Bars


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    return shown


def test_each_stage_has_a_bar_on_a_terminal(terminal):
    with Bars(quiet=False) as bars:
        bars.update("Reading reports", 1, 2)
        bars.update("Reading reports", 2, 2)
        bars.update("Embedding passages", 0, 0)
        bars.update("Writing the index", 1, 1)
    assert "Reading reports" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()
    assert "Writing the index" in terminal.getvalue()
    assert "Embedding passages" not in terminal.getvalue()


def test_nothing_is_shown_when_quiet_is_asked_for(terminal):
    with Bars(quiet=True) as bars:
        bars.update("Reading reports", 1, 2)
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_there_is_no_terminal(capsys):
    with Bars(quiet=False) as bars:
        bars.update("Reading reports", 1, 2)
    assert capsys.readouterr().err == ""
