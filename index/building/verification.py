"""Whether all that is kept on disk is still what was written, down to the last byte; and which builds can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.digests import file_digest
from index.errors import DamagedIndex, NoIndex
from index.storage.collections import NAME as COLLECTIONS
from index.storage.collections import Collections
from index.storage.data_folder import PARTIAL, DataFolder
from index.storage.manifest import MEND, NAME, Manifest
from index.storage.removal import Removals

_ROLL_BACK = "Run “qa-service rollback” for the build before, or “qa-service build --again” for a new one."
_ADD_AGAIN = "Put the report's file back into its folder, then run “qa-service build --again”."


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written, how, and how to mend it."""

    path: Path
    what: str
    remedy: str


def find_damage(data: DataFolder, on_progress: Callable[[int, int], None]) -> list[Damage]:
    """All damage in a data folder: its builds, the pointer to the one that answers, and the kept originals."""
    builds = data.finished()
    originals = sorted(p for p in data.originals.rglob("*") if p.is_file() and p.suffix != PARTIAL)
    found, total = [*_pointer(data)], len(builds) + len(originals)
    for done, build in enumerate(builds, 1):
        found += find_build_damage(build)
        on_progress(done, total)
    for done, original in enumerate(originals, len(builds) + 1):
        if file_digest(original) != original.stem:
            found.append(Damage(original, "is not the file that was read", _ADD_AGAIN))
        on_progress(done, total)
    return [*found, *_missing_originals(data, builds), *_lists(data)]


def find_build_damage(build: Path) -> Iterator[Damage]:
    """Each file of a build that is not what was written, or that no build has."""
    try:
        manifest = Manifest.read(build)
    except DamagedIndex as error:
        yield Damage(build / NAME, str(error).removesuffix(f" {MEND}"), _ROLL_BACK)
        return
    for name, digest in manifest.digests.items():
        if file_digest(build / name) != digest:
            yield Damage(build / name, "is not what was written", _ROLL_BACK)
    for path in sorted(build.rglob("*")):
        name = path.relative_to(build).as_posix()
        if path.is_file() and name != NAME and name not in manifest.digests:
            yield Damage(path, "is no file of this build", "Remove it.")


def last_good(data: DataFolder, before: str) -> Path | None:
    """The newest whole and undamaged build older than one, with no report that was removed; None where none is."""
    older = (build for build in reversed(data.finished()) if build.name < before)
    return next(
        (build for build in older if not any(find_build_damage(build)) and not holds_removed(data, build)), None
    )


def holds_removed(data: DataFolder, build: Path) -> bool:
    """Whether a build has a report that was taken out since. Raises DamagedIndex."""
    return not Removals.read(data).days.keys().isdisjoint(Manifest.read(build).originals)


def _lists(data: DataFolder) -> Iterator[Damage]:
    try:
        Removals.read(data)
    except DamagedIndex as error:
        yield Damage(data.builds / "removed.json", "cannot be read", str(error))
    try:
        Collections.read(data)
    except DamagedIndex as error:
        yield Damage(data.builds / COLLECTIONS, "cannot be read", str(error))


def _pointer(data: DataFolder) -> Iterator[Damage]:
    try:
        data.current()
    except (NoIndex, DamagedIndex):
        if data.finished():
            remedy = "Run “qa-service rollback”: the newest good build then answers."
            yield Damage(data.builds / "current", "names no build that is there", remedy)


def _missing_originals(data: DataFolder, builds: list[Path]) -> Iterator[Damage]:
    for build in builds:
        try:
            wanted = Manifest.read(build).originals
        except DamagedIndex:
            continue  # told already
        for sha256 in wanted:
            if not any((data.originals / sha256[:2]).glob(f"{sha256}.*")):
                yield Damage(data.originals / sha256[:2] / sha256, f"is missing: build {build.name} has it", _ADD_AGAIN)
