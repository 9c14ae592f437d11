"""Checks every byte that we keep on the disk, and finds the builds that can answer questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex
from index.storage.collections import NAME as COLLECTIONS
from index.storage.collections import Collections
from index.storage.data_folder import PARTIAL, DataFolder
from index.storage.manifest import NAME, REBUILD_HINT, Manifest
from index.storage.removal import Removals

_ROLL_BACK = "Run “qa-service rollback” for the previous build, or “qa-service build --again” for a new one."
_ADD_AGAIN = "Put the report's file back into its folder, then run “qa-service build --again”."


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged file, what is wrong with it, and how to repair it."""

    path: Path
    what: str
    remedy: str


def find_damage(data: DataFolder, on_progress: Callable[[int, int], None]) -> list[Damage]:
    """Return all damage in a data folder: to builds, to the pointer to the current one, to originals and to lists."""
    builds = data.finished()
    originals = sorted(p for p in data.originals.rglob("*") if p.is_file() and p.suffix != PARTIAL)
    damage, total = [*_pointer_damage(data)], len(builds) + len(originals)
    for done, build in enumerate(builds, 1):
        damage += find_build_damage(build)
        on_progress(done, total)
    for done, original in enumerate(originals, len(builds) + 1):
        if file_digest(original) != original.stem:
            damage.append(Damage(original, "is not the file that was read", _ADD_AGAIN))
        on_progress(done, total)
    return [*damage, *_missing_originals(data, builds), *_list_damage(data)]


def find_build_damage(build: Path) -> Iterator[Damage]:
    """Yield the files of a build that have changed, and the files that do not belong to it."""
    try:
        manifest = Manifest.read(build)
    except DamagedIndex as error:
        yield Damage(build / NAME, str(error).removesuffix(f" {REBUILD_HINT}"), _ROLL_BACK)
        return
    for name, digest in manifest.digests.items():
        if file_digest(build / name) != digest:
            yield Damage(build / name, "has changed since it was written", _ROLL_BACK)
    for path in sorted(build.rglob("*")):
        name = path.relative_to(build).as_posix()
        if path.is_file() and name != NAME and name not in manifest.digests:
            yield Damage(path, "does not belong to this build", "Remove it.")


def last_good(data: DataFolder, before: str) -> Path | None:
    """Return the newest undamaged build with an earlier name and without removed reports, or None."""
    older = (build for build in reversed(data.finished()) if build.name < before)
    good = (build for build in older if not any(find_build_damage(build)) and not holds_removed(data, build))
    return next(good, None)


def holds_removed(data: DataFolder, build: Path) -> bool:
    """Return whether a build contains a report that has since been removed. Raises DamagedIndex."""
    return not Removals.read(data).days.keys().isdisjoint(Manifest.read(build).originals)


def _list_damage(data: DataFolder) -> Iterator[Damage]:
    try:
        Removals.read(data)
    except DamagedIndex as error:
        yield Damage(data.builds / "removed.json", "cannot be read", str(error))
    try:
        Collections.read(data)
    except DamagedIndex as error:
        yield Damage(data.builds / COLLECTIONS, "cannot be read", str(error))


def _pointer_damage(data: DataFolder) -> Iterator[Damage]:
    try:
        data.current()
    except (NoIndex, DamagedIndex):
        if data.finished():
            remedy = "Run “qa-service rollback” to use the newest good build."
            yield Damage(data.builds / "current", "names a build that does not exist", remedy)


def _missing_originals(data: DataFolder, builds: list[Path]) -> Iterator[Damage]:
    for build in builds:
        try:
            digests = Manifest.read(build).originals
        except DamagedIndex:
            continue  # find_build_damage has reported this
        for sha256 in digests:
            if not any((data.originals / sha256[:2]).glob(f"{sha256}.*")):
                path = data.originals / sha256[:2] / sha256
                yield Damage(path, f"is missing, and build {build.name} needs it", _ADD_AGAIN)
