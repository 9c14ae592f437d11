"""Fill the disk during a build. The error must be clear, the old build must still work, and no new files may remain."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.harness.builders import HashingEncoder, builder_of
from benchmarks.harness.figures import Proof
from index.building.build import Builder
from index.building.sources import find_sources
from index.errors import DiskFull
from index.search.search_index import SearchIndex
from index.types import Query
from qa_service.samples import sample_folder

_SIZE = "24m"
_FREE = (0, 1, 4, 16, 64, 128, 256, 512, 768, 1024, 1280, 1536)
"""Kilobytes to leave free on the disk when a build starts. Each build then runs out of room at a different step."""
_FEWEST_FULL = 6
"""The minimum number of builds that must run out of disk space for the proof to be meaningful."""


def prove(proof: Proof, folder: Path) -> None:
    """Build on a tmpfs that already contains an index of the samples."""
    encoder, report = HashingEncoder(), folder / "new.md"
    report.write_text("# Inspectors visit Pellbrook\n\n" + "Children wait for help. Leaders know it.\n\n" * 20)
    clear = served = clean = full = 0
    with tmpfs(folder / "disk") as disk:
        if disk is None:
            proof.add("a tmpfs could be mounted", "no", "=", 1)
            return
        builder = builder_of(disk / "data", encoder)
        files = find_sources([sample_folder()])
        builder.build(files)
        before = SearchIndex.open(builder.data, encoder)
        expected = [scored.passage.id for scored in before.retrieve(Query("children in care"), 10).passages]
        for free in _FREE:
            files_before = _files(builder.data.root)
            with filled(disk, free):
                error = _build_error(builder, [*files, report])
            if error is None:
                shutil.rmtree(builder.data.root)
                builder_of(builder.data.root, encoder).build(files)
                continue
            full += 1
            clear += isinstance(error, DiskFull) and "no room left" in str(error)
            index = SearchIndex.open(builder.data, encoder)
            served += [
                scored.passage.id for scored in index.retrieve(Query("children in care"), 10).passages
            ] == expected
            clean += _files(builder.data.root) == files_before
        outcome = builder.build([*files, report])
    proof.add("builds during which the disk filled up", full, "≥", _FEWEST_FULL)
    proof.add("full disk: builds that stopped with a clear error", clear, "=", full)
    proof.add("full disk: builds after which the old build answers as before", served, "=", full)
    proof.add("full disk: builds that left nothing behind", clean, "=", full)
    proof.add("reports in the build once there is room again", outcome.manifest.reports, "=", len(files) + 1)


def _build_error(builder: Builder, files: list[Path]) -> Exception | None:
    try:
        builder.build(files)
    except Exception as error:  # noqa: BLE001 - the proof checks which error it is
        return error
    return None


@contextmanager
def tmpfs(folder: Path, size: str = _SIZE) -> Iterator[Path | None]:
    """Create a folder and mount a small disk on it. Yields None if we do not have permission to mount a disk."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def forbid_writing(disk: Path) -> None:
    """Remount a disk as read-only."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@contextmanager
def filled(disk: Path, free: int) -> Iterator[None]:
    """Fill a disk until ``free`` kilobytes are left."""
    ballast = disk / "ballast"
    room = shutil.disk_usage(disk).free - (free << 10)
    with contextlib.suppress(OSError), ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(room, 1))
    try:
        yield
    finally:
        ballast.unlink()


def _files(root: Path) -> set[str]:
    """List all the files except the log and the cache of embeddings, both of which can grow during a failed build."""
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return {name for name in names if not name.startswith("cache/") and name != "audit.jsonl"}
