"""What is left of a build for somebody who may not see all of its reports: as if it had never held the others."""

from __future__ import annotations

from dataclasses import replace

from index.storage.manifest import Manifest
from index.storage.store import Store


def account_of(manifest: Manifest, store: Store) -> Manifest:
    """A build's manifest by what a store shows of it: nothing is counted or named that is not in the store.

    Files that could not be read are no reports yet, so that nobody knows whose they are: they are left out as well.
    """
    reports = list(store.all_reports())
    return replace(
        manifest,
        reports=len(store.reports),
        superseded=sum(report.superseded_by is not None for report in reports),
        passages=int(store.shown.sum()),
        sentences=sum(store.sentence_counts().values()),
        embedded=0,
        failures=(),
        duplicates=(),
        removed=(),
        originals=tuple(report.sha256 for report in reports),
        folders=(),
        files_read=(),
        reread="",
        sizes={},
        digests={},
    )
