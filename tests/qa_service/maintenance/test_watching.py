from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import BuildRunning, FolderGone, NoReports
from qa_service.maintenance.watching import Snapshot, Watch, snapshot


def seen(*names: str) -> Snapshot:
    return frozenset((name, 1, 1) for name in names)


class Looks:
    """Returns the next snapshot at each look, or raises an error."""

    def __init__(self, *looks: Snapshot | Exception) -> None:
        self._looks: Iterator[Snapshot | Exception] = iter(looks)

    def __call__(self) -> Snapshot:
        look = next(self._looks)
        if isinstance(look, Exception):
            raise look
        return look


def steps(*looks: Snapshot | Exception) -> list[bool]:
    watch = Watch(Looks(*looks), lambda: None)
    return [watch.step() for _ in looks]


def test_watching_starts_with_a_build_for_earlier_changes() -> None:
    assert steps(seen("a"), seen("a"), seen("a"), seen("a")) == [False, True, False, False]


def test_a_file_that_is_still_changing_starts_no_build() -> None:
    half, whole = frozenset({("b", 10, 1)}), frozenset({("b", 20, 2)})
    assert steps(seen("a"), seen("a"), half, whole, whole, whole) == [False, True, False, False, True, False]


def test_a_folder_that_is_missing_for_a_moment_starts_no_build() -> None:
    gone = FolderGone("gone")
    assert steps(seen("a"), seen("a"), gone, NoReports("none"), seen("a"), seen("a")) == [
        False, True, False, False, False, False,
    ]  # fmt: skip


def test_a_build_is_tried_again_while_another_is_running() -> None:
    answers = iter([BuildRunning("busy"), None])

    def start() -> None:
        if error := next(answers):
            raise error

    watch = Watch(Looks(*[seen("a")] * 4), start)
    assert [watch.step() for _ in range(4)] == [False, False, True, False]


def test_a_snapshot_changes_with_files_and_their_sidecars(tmp_path: Path) -> None:
    with pytest.raises(NoReports):
        snapshot([tmp_path])
    (tmp_path / "a.md").write_text("x")
    first = snapshot([tmp_path])
    (tmp_path / "a.md.toml").write_text('title = "A"')
    second = snapshot([tmp_path])
    (tmp_path / "a.md").write_text("longer")
    assert len({first, second, snapshot([tmp_path])}) == 3
    (tmp_path / "notes.xyz").write_text("x")
    assert len(snapshot([tmp_path])) == 2
