"""The manifest for somebody who is not allowed to see all the reports in a build."""

from __future__ import annotations

from dataclasses import replace

from index.storage.manifest import Manifest, originals_of
from index.storage.store import Store


def visible_manifest(manifest: Manifest, store: Store) -> Manifest:
    """Return a manifest that covers only the reports in a view of the store.

    It does not count or name any other reports. Files that could not be read are left out too, because we do not know
    who may see them.
    """
    reports = list(store.all_reports())
    return replace(
        manifest,
        reports=len(store.reports),
        superseded=sum(report.superseded_by is not None for report in reports),
        passages=int(store.visible.sum()),
        sentences=sum(store.sentence_counts().values()),
        embedded=0,
        failures=(),
        duplicates=(),
        removed=(),
        originals=originals_of(reports),
        folders=(),
        files_read=(),
        reread="",
        sizes={},
        digests={},
    )
