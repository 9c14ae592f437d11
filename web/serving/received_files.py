"""Receives the files that a client sends: sets limits on them, and keeps them while we check them."""

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
from web.guard.access import require_scope
from web.guard.identity import identity
from web.serving.index_service import current_service

MAX_UPLOAD = 500 * 1024 * 1024
"""Maximum size in bytes of a request that sends files."""
MAX_FILES = 200
_DECODED = 1024 * 1024
"""Maximum number of bytes that the form decoder may keep in memory. The decoder works in pieces of 64 KiB, and needs
more than two of them."""
_FIELDS = frozenset({"file", "replaces", "collection"})


def allow_uploads() -> None:
    """Allow the request to be as large as an upload can be. Call this before anything reads the request's body."""
    request.max_content_length = MAX_UPLOAD
    request.max_form_parts = MAX_FILES + 10
    request.max_form_memory_size = _DECODED  # the decoder also keeps each piece of a file in memory


def add_received_files(data: DataFolder, who: str) -> list[UploadResult]:
    """Add the files that the request sent, and return the outcome for each.

    The form field “replaces” names the report that the file replaces. The form field “collection” names a collection.
    Only the collection's groups can see the new files.

    Raises NothingSent, InvalidRequest, UnknownReport, UnknownCollection or NotAllowed.
    """
    replaces = request.form.get("replaces", "").strip() or None
    if replaces:
        require_scope(Scope.ADMIN)  # replacing a report also removes it
    files = [file for file in request.files.getlist("file") if file.filename]
    _check_form(files, replaces)
    DataFolder.prepare(data.root)
    with tempfile.TemporaryDirectory(prefix="incoming-", dir=data.root) as folder:
        incoming = _save(files, Path(folder))
        _add_to_collection(data, incoming, who)
        return [_visible_outcome(addition) for addition in add(data, incoming, who, replaces=replaces)]


def _check_form(files: Sequence[FileStorage], replaces: str | None) -> None:
    if not files:
        raise NothingSent("No file was sent.", field="file")
    if len(files) > MAX_FILES:
        raise InvalidRequest(
            f"You sent {len(files)} files at once. You can send up to {MAX_FILES}.",
            field="file",
            remedy="Send fewer files at a time.",
        )
    if other := (request.form.keys() | request.files.keys()) - _FIELDS:
        name = min(other)[:60]
        known = ", ".join(sorted(_FIELDS))
        raise UnknownField(
            f"This form has no field “{name}”.", field=name, remedy=f"You can use these fields: {known}."
        )
    if replaces and len(files) > 1:
        raise InvalidRequest(
            f"You sent {len(files)} files to replace one report.",
            field="file",
            remedy="Send only the file that replaces it.",
        )


def _save(files: Sequence[FileStorage], folder: Path) -> list[IncomingFile]:
    """Save the files with numbers as names, so that no name from a client reaches the file system."""
    incoming = []
    for number, file in enumerate(files):
        path = folder / str(number)
        file.save(path)
        incoming.append(IncomingFile(file.filename or "", path))
    return incoming


def _add_to_collection(data: DataFolder, incoming: Sequence[IncomingFile], who: str) -> None:
    """Add new files to the collection named in the form, before any build can find them. Raises UnknownCollection."""
    name = request.form.get("collection", "").strip()
    if not name:
        return
    views = current_service().views
    if name not in views.collections_of(identity()):
        raise UnknownCollection(f"You have no collection named “{name[:100]}”.", field="collection")
    public = files_by_digest(data).keys() - views.collections.audiences.keys()
    new = {file_digest(file.path) for file in incoming} - public  # nobody may hide what others can already see
    Collections.change(data, lambda collections: collections.with_contents(name, new))
    for file in incoming:
        audit.record(data, who, AuditAction.LIMITED, file.name, f"put into {name}")


def _visible_outcome(addition: UploadResult) -> UploadResult:
    """Report a duplicate as added if the person may not see the other copy.

    In this way, the reply does not reveal the other copy.
    """
    if addition.report_id is None or addition.outcome is not Outcome.DUPLICATE:
        return addition
    if current_service().views.may_see(addition.report_id, identity()):
        return addition
    return replace(addition, outcome=Outcome.ADDED, detail="")
