"""Finds and runs the programs that help to read some files. None of them is needed for anything else.

A program gets no input from the network and no terminal, and its time is limited. It ends with the process that started
it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

_USUAL: Mapping[str, tuple[str, ...]] = {
    "tesseract": (r"C:\Program Files\Tesseract-OCR\tesseract.exe",),
    "soffice": (
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
        r"C:\Program Files\LibreOffice\program\soffice.com",
    ),
}
"""Where installers put a program that is not on the search path."""
PROGRAMS = ("tesseract", "soffice", "antiword")
"""The programs that help to read files."""
_KEPT_VARIABLES = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "TESSDATA_PREFIX", "LD_LIBRARY_PATH"}
)
"""The variables of the environment that a program gets. Other variables may contain passwords."""


class ProgramFailed(Exception):
    """A program did not do what it was started for. The message is a clause that says why."""


def find_program(name: str) -> Path | None:
    """Return the path of a program, or None if it is not installed."""
    found = shutil.which(name)
    places = (found, *_USUAL.get(name, ())) if found else _USUAL.get(name, ())
    return next((Path(place) for place in places if place and Path(place).is_file()), None)


def run_program(
    command: Sequence[str | Path],
    *,
    seconds: float,
    stdin: bytes = b"",
    variables: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> bytes:
    """Run a program and return what it prints. Raises ProgramFailed if it fails or takes too long.

    The program and everything that it starts are ended after ``seconds``, and if this process has to stop.
    """
    environment = {key: value for key, value in os.environ.items() if key.upper() in _KEPT_VARIABLES}
    name = Path(command[0]).stem
    with _ends_on_termination():
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is our own, and file names in it are whole paths
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**environment, **(variables or {})},
                cwd=folder,
                start_new_session=True,
            )
        except OSError as error:
            raise ProgramFailed(f"{name} cannot be started ({error.strerror or error})") from error
        try:
            output, errors = process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise ProgramFailed(f"{name} took over {seconds:g} seconds") from error
        finally:
            _end(process)
    if process.returncode != 0:
        last = errors.decode(errors="replace").strip().rpartition("\n")[2][:200]
        raise ProgramFailed(f"{name} failed with status {process.returncode}{f' ({last})' if last else ''}")
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and everything that it started. This does nothing if they have ended."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            with contextlib.suppress(OSError):  # the program no longer reads what we had for it
                pipe.close()


@contextlib.contextmanager
def _ends_on_termination() -> Iterator[None]:
    """Raise SystemExit when this process is asked to stop, so that the program that it runs ends first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
