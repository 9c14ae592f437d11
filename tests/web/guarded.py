"""Apps with access control that serve the sample reports, each with its own data folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from corpus.types import Report
from index.storage.collections import Collections
from index.storage.data_folder import DataFolder
from qa_service.access import Mode, Scope
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


@dataclass(frozen=True, slots=True)
class HiddenReport:
    """An app with one of Westmarsh's reports in a collection, and headers of people who may and may not see it."""

    report: Report
    app: Flask
    outside: dict[str, str]
    inside: dict[str, str]


def hide_report(answerer: Answerer, samples: DataFolder, folder: Path) -> HiddenReport:
    """Put Westmarsh's inspection of 2023 into a collection that only the group "board" may see."""
    hidden = next(r for r in answerer.index.store.reports if r.file.startswith("westmarsh") and "2023" in r.file)
    shutil.copytree(samples.root / "originals", folder / "originals")
    app = guarded(answerer, folder, Options(mode=Mode.TOKENS))
    Collections.change(
        DataFolder(folder),
        lambda present: present.with_collection("board", ["board"]).with_contents("board", [hidden.sha256]),
    )
    return HiddenReport(hidden, app, bearer(folder), bearer(folder, groups=["board"]))
