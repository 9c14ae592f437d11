"""Goes back to an earlier build."""

from __future__ import annotations

from pathlib import Path

from index.building.build import build_lock
from index.building.verification import last_good
from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import DataFolder

_AFTER_ALL = "~"
"""A string that sorts after the name of any build."""


def roll_back(data: DataFolder) -> Path:
    """Go back to the newest good build before the current one. If there is no current one, use the newest good one.

    Return its folder. Raises NoIndex if there is no such build, and BuildRunning if another build is running.
    """
    with build_lock(data):
        try:
            current = data.current().name
        except (NoIndex, DamagedIndex):
            current = _AFTER_ALL
        target = last_good(data, current)
        if target is None:
            raise NoIndex(
                "There is no earlier build to go back to. An earlier build must be undamaged, and must not contain a "
                "report that was removed since then. Run “qa-service build”."
            )
        data.set_current(target)
        return target
