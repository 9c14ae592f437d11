"""Apps with access control that serve the sample reports, each with its own data folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Flask

from index.storage.data_folder import DataFolder
from qa_service.access import Scope
from qa_service.answering.pipeline import Answerer
from qa_service.records.tokens import Tokens
from web.app import Options, assemble
from web.serving.index_service import IndexService


def guarded(answerer: Answerer, root: Path, options: Options) -> Flask:
    return assemble(IndexService.fixed(answerer, DataFolder.prepare(root)), options)


def bearer(root: Path, *scopes: Scope, groups: Iterable[str] = (), name: str = "") -> dict[str, str]:
    """Return an Authorization header that contains a new token."""
    granted = scopes or (Scope.ASK,)
    _, text = Tokens(root).make(name or f"{'-'.join(granted)} {'-'.join(groups)}".strip(), granted, groups)
    return {"Authorization": f"Bearer {text}"}
