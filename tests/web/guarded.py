"""Apps under access control, over the sample reports, each with a data folder of its own."""

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
    """The header of a new token."""
    wanted = scopes or (Scope.ASK,)
    _, text = Tokens(root).make(name or f"{'-'.join(wanted)} {'-'.join(groups)}".strip(), wanted, groups)
    return {"Authorization": f"Bearer {text}"}
