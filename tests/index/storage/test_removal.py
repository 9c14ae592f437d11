from __future__ import annotations

import threading
from datetime import date

import pytest

from index.building.build import Builder
from index.building.sources import find_sources
from index.digests import file_digest
from index.encoding.encoder_files import default_folder
from index.errors import DamagedIndex
from index.storage.removal import Removals, delete_files

DAY = date(2026, 11, 22)
ONE, OTHER = "a" * 64, "b" * 64


def test_removed_content_is_listed_with_its_day_and_can_be_allowed_again(data):
    assert Removals.read(data).days == {}
    Removals.change(data, lambda removals: removals.with_contents([ONE, OTHER], DAY))
    assert Removals.read(data).days == {ONE: "2026-11-22", OTHER: "2026-11-22"}
    assert Removals.read(data).removal_day("a" * 16) == "2026-11-22"
    Removals.change(data, lambda removals: removals.without_contents([ONE]))
    assert Removals.read(data).days == {OTHER: "2026-11-22"}
    assert Removals.read(data).removal_day("a" * 16) is None


def test_an_unreadable_list_is_not_taken_as_empty(data):
    (data.builds / "removed.json").write_text("{")
    with pytest.raises(DamagedIndex, match="qa-service audit"):
        Removals.read(data)


def test_files_are_deleted_by_content_with_their_sidecars_and_no_others(reports):
    (reports / "below").mkdir()
    (reports / "below" / "copy.md").write_bytes((reports / "a.md").read_bytes())
    (reports / "a.md.toml").write_text('title = "A"')
    (reports / "b.md.toml").write_text('title = "B"')
    deleted = delete_files(reports, [file_digest(reports / "a.md")])
    assert [path.name for path in deleted] == ["a.md", "copy.md"]
    assert sorted(path.name for path in reports.rglob("*") if path.is_file()) == ["b.md", "b.md.toml", "c.md"]


def test_removed_files_are_left_out_of_builds_and_named(built, build_from, reports, data, word_encoder):
    gone = file_digest(reports / "a.md")
    builder = Builder(data, word_encoder, default_folder(), "fp32", lambda stage, done, total: None)
    manifest = builder.build(find_sources([reports]), removed={gone: "2026-11-22"}).manifest
    assert (manifest.reports, manifest.removed) == (2, ("a.md",))
    assert gone not in manifest.originals


def test_changes_at_the_same_time_are_all_kept(data):
    contents = [f"{number:064x}" for number in range(40)]
    threads = [
        threading.Thread(
            target=lambda one=one: Removals.change(data, lambda removals: removals.with_contents([one], DAY))
        )
        for one in contents
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Removals.read(data).days) == contents
