from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.programs import ProgramFailed, find_program, run_program

START_ANOTHER = """
import subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(other.pid))
time.sleep(60)
"""


def test_a_program_reads_its_input_and_what_it_prints_is_returned():
    assert run_program([sys.executable, "-c", "print(input()[::-1])"], seconds=20, stdin=b"abc\n").strip() == b"cba"


def test_a_program_that_is_not_installed_is_not_found(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program("no-such-program") is None
    with pytest.raises(ProgramFailed, match="cannot be started"):
        run_program([tmp_path / "no-such-program"], seconds=1)


def test_a_program_that_fails_is_named_with_its_last_line():
    with pytest.raises(ProgramFailed, match=r"failed with status 1 \(ValueError: bad page\)"):
        run_program([sys.executable, "-c", "raise ValueError('bad page')"], seconds=20)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without a signal")
def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path):
    mark = tmp_path / "pid"
    with pytest.raises(ProgramFailed, match=r"took over 3 seconds"):
        run_program([sys.executable, "-c", START_ANOTHER, mark], seconds=3)
    assert _has_ended(int(mark.read_text()))


def test_a_program_gets_no_variable_that_it_does_not_need(monkeypatch):
    monkeypatch.setenv("QA_SERVICE_TOKEN", "secret")
    code = "import os; print('QA_SERVICE_TOKEN' in os.environ, os.environ['OMP_THREAD_LIMIT'])"
    printed = run_program([sys.executable, "-c", code], seconds=20, variables={"OMP_THREAD_LIMIT": "1"})
    assert printed.split() == [b"False", b"1"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without a signal")
def test_a_program_ends_with_the_process_that_runs_it(tmp_path):
    mark = tmp_path / "pid"
    program = f"import os, time; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = f"import sys; from corpus.programs import run_program; run_program([sys.executable, '-c', {program!r}], seconds=60)"
    parent = subprocess.Popen([sys.executable, "-c", code])
    for _ in range(400):
        if mark.exists() and mark.read_text():
            break
        time.sleep(0.05)
    child = int(mark.read_text())
    parent.terminate()
    parent.wait(20)
    assert _has_ended(child)


def _has_ended(process: int) -> bool:
    """Wait for a process to end, for up to 10 seconds. A process that has ended but is not yet reaped counts too."""
    for _ in range(200):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
