"""A disk filled to the last byte during a build: a clear error, the old build answers, nothing is left behind."""

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
"""Kilobytes left on the disk when the build begins: it fills up at another step each time."""
_LEAST = 6
"""Builds, at least, that the disk must fill up under, for the proof to say something."""


def prove(proof: Proof, folder: Path) -> None:
    """On a tmpfs that holds an index of the samples."""
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
        expected = [scored.passage.id for scored in before.retrieve(Query("children in care"), 10)]
        for free in _FREE:
            there = _files(builder.data.root)
            with filled(disk, free):
                error = _error(builder, [*files, report])
            if error is None:
                shutil.rmtree(builder.data.root)
                builder_of(builder.data.root, encoder).build(files)
                continue
            full += 1
            clear += isinstance(error, DiskFull) and "no room left" in str(error)
            index = SearchIndex.open(builder.data, encoder)
            served += [scored.passage.id for scored in index.retrieve(Query("children in care"), 10)] == expected
            clean += _files(builder.data.root) == there
        outcome = builder.build([*files, report])
    proof.add("builds on a disk that filled up on the way", full, "≥", _LEAST)
    proof.add("of them that ended in a clear error", clear, "=", full)
    proof.add("of them after which the old build answered as before", served, "=", full)
    proof.add("of them that left nothing behind", clean, "=", full)
    proof.add("with room made, the build completes with the new report", outcome.manifest.reports, "=", len(files) + 1)


def _error(builder: Builder, files: list[Path]) -> Exception | None:
    try:
        builder.build(files)
    except Exception as error:  # noqa: BLE001 - which error it is, is what is measured
        return error
    return None


@contextmanager
def tmpfs(folder: Path, size: str = _SIZE) -> Iterator[Path | None]:
    """A new folder with a small disk of its own; None where the right to mount one is missing."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def forbid_writing(disk: Path) -> None:
    """Make a disk of its own one that can only be read."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


@contextmanager
def filled(disk: Path, free: int) -> Iterator[None]:
    """The disk with so many kilobytes free."""
    ballast = disk / "ballast"
    room = shutil.disk_usage(disk).free - (free << 10)
    with contextlib.suppress(OSError), ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(room, 1))
    try:
        yield
    finally:
        ballast.unlink()


def _files(root: Path) -> set[str]:
    """All files but the cache of embeddings, which may keep what was embedded, and the log."""
    kept = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return {name for name in kept if not name.startswith("cache/") and name != "audit.jsonl"}
