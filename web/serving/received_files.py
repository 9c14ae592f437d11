"""Files that a client sends: their limits, and where they lie while they are looked at."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flask import request
from werkzeug.datastructures import FileStorage

from index.digests import file_digest
from index.storage import audit
from index.storage.audit import AuditAction
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.access import Scope
from qa_service.maintenance.uploads import IncomingFile, Outcome, UploadResult, add, files_by_digest
from web.contract.problems import InvalidRequest, NothingSent, UnknownCollection, UnknownField
from web.guard.access import require
from web.guard.identity import identity
from web.serving.index_service import service

MAX_UPLOAD = 500 * 1024 * 1024
"""Bytes of one request that brings files."""
MAX_FILES = 200
_DECODED = 1024 * 1024
"""Bytes that the decoder of a form holds at once: two of its pieces of 64 KiB and more."""
_FIELDS = frozenset({"file", "replaces", "collection"})


def take(data: DataFolder, who: str) -> list[UploadResult]:
    """Add the files that the request brought; each has its outcome.

    With “replaces” one takes a report's place; with “collection” only that collection's groups see those that are new.
    Raises NothingSent, InvalidRequest, UnknownReport, UnknownCollection, NotAllowed.
    """
    replaces = request.form.get("replaces", "").strip() or None
    if replaces:
        require(Scope.ADMIN)  # it takes a report out
    sent = [file for file in request.files.getlist("file") if file.filename]
    if not sent:
        raise NothingSent("No file was sent.", field="file")
    if len(sent) > MAX_FILES:
        raise InvalidRequest(
            f"You sent {len(sent)} files at once. You can send up to {MAX_FILES}.",
            field="file",
            remedy="Send fewer files at a time.",
        )
    if other := (request.form.keys() | request.files.keys()) - _FIELDS:
        name = min(other)[:60]
        known = ", ".join(sorted(_FIELDS))
        raise UnknownField(
            f"This form has no field “{name}”.", field=name, remedy=f"You can use these fields: {known}."
        )
    if replaces and len(sent) > 1:
        raise InvalidRequest(
            f"You sent {len(sent)} files to replace one report.",
            field="file",
            remedy="Send only the file that replaces it.",
        )
    DataFolder.prepare(data.root)
    with tempfile.TemporaryDirectory(prefix="incoming-", dir=data.root) as folder:
        incoming = _saved(sent, Path(folder))
        _limit(data, incoming, who)
        return [_as_seen(one) for one in add(data, incoming, who, replaces=replaces)]


def allow_files() -> None:
    """Let the request be as large as files are. To be called before its body is read."""
    request.max_content_length = MAX_UPLOAD
    request.max_form_parts = MAX_FILES + 10
    request.max_form_memory_size = _DECODED  # files too pass through the decoder's memory, piece by piece


def _saved(sent: Sequence[FileStorage], folder: Path) -> list[IncomingFile]:
    """The files on disk under numbers: no name that a client gives reaches the file system."""
    incoming = []
    for number, file in enumerate(sent):
        path = folder / str(number)
        file.save(path)
        incoming.append(IncomingFile(file.filename or "", path))
    return incoming


def _limit(data: DataFolder, incoming: Sequence[IncomingFile], who: str) -> None:
    """Put what is new into the collection named, before any build can find it. Raises UnknownCollection."""
    name = request.form.get("collection", "").strip()
    if not name:
        return
    views, person = service().views, identity()
    held = views.collections.named.get(name)
    if held is None or not (person.sees_all or held.groups & person.groups):
        raise UnknownCollection(f"You have no collection named “{name[:100]}”.", field="collection")
    public = files_by_digest(data).keys() - views.collections.audiences.keys()
    new = {file_digest(one.path) for one in incoming} - public  # nobody takes from others what they see
    Collections.change(data, lambda collections: collections.with_contents(name, new))
    for one in incoming:
        audit.record(data, who, AuditAction.LIMITED, one.name, f"put into {name}")


def _as_seen(one: UploadResult) -> UploadResult:
    """An outcome as whoever asks may hear it: that others hold the same already is not theirs to know."""
    if one.report_id and one.outcome is Outcome.DUPLICATE and not service().views.may_see(one.report_id, identity()):
        return replace(one, outcome=Outcome.ADDED, detail="")
    return one
