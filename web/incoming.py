"""Files that a client sends: their limits, and where they lie while they are looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from flask import request
from werkzeug.datastructures import FileStorage

from index.folders import DataFolder
from qa_service.additions import Addition, Incoming, add
from web.problems import InvalidRequest, NothingSent

MAX_UPLOAD = 500 * 1024 * 1024
"""Bytes of one request that brings files."""
MAX_FILES = 200


def take(data: DataFolder, who: str) -> list[Addition]:
    """Add the files that the request brought; each has its outcome.

    Raises NothingSent, InvalidRequest, UnknownReport.
    """
    replaces = request.form.get("replaces", "").strip() or None
    sent = [file for file in request.files.getlist("file") if file.filename]
    if not sent:
        raise NothingSent("No file was sent.", field="file")
    if replaces and len(sent) > 1:
        raise InvalidRequest(
            f"{len(sent)} files were sent to take the place of one report.",
            field="file",
            remedy="Send the one file that takes its place.",
        )
    DataFolder.prepare(data.root)
    with tempfile.TemporaryDirectory(prefix="incoming-", dir=data.root) as folder:
        return add(data, _saved(sent, Path(folder)), who, replaces=replaces)


def allow_files() -> None:
    """Let the request be as large as files are. To be called before its body is read."""
    request.max_content_length = MAX_UPLOAD
    request.max_form_parts = MAX_FILES + 10


def _saved(sent: Sequence[FileStorage], folder: Path) -> list[Incoming]:
    """The files on disk under numbers: no name that a client gives reaches the file system."""
    incoming = []
    for number, file in enumerate(sent):
        path = folder / str(number)
        file.save(path)
        incoming.append(Incoming(file.filename or "", path))
    return incoming
