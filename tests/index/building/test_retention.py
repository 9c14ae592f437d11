from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from index.building.retention import IN_USE, KEEP, KEPT_BUILDS, clean, purge
from index.storage.data_folder import PARTIAL

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def publish(data):
    """Publish an empty build, named as if it had started the given time ago."""

    def publish(ago):
        partial = data.builds / f"{NOW - ago:%Y%m%d-%H%M%S-%f}-0123abcd{PARTIAL}"
        partial.mkdir()
        return data.publish(partial)

    return publish


def test_all_but_the_last_builds_are_deleted_once_they_are_not_in_use(data, publish):
    builds = [publish(timedelta(hours=hours)) for hours in (4, 3, 2, 1)]
    clean(data, NOW)
    assert data.finished() == builds[-KEPT_BUILDS:]


def test_a_build_stays_while_it_may_still_be_in_use(data, publish):
    builds = [publish(timedelta(seconds=seconds)) for seconds in (40, 30, 20, 10)]
    clean(data, NOW)
    assert data.finished() == builds
    clean(data, NOW + IN_USE)
    assert data.finished() == builds[-KEPT_BUILDS:]


def test_only_the_current_build_is_kept_beyond_the_time_limit(data, publish):
    old, current = publish(KEEP + timedelta(days=3)), publish(KEEP + timedelta(days=1))
    clean(data, NOW)
    assert data.finished() == [current]
    assert not old.exists()


def test_the_current_build_stays_even_if_there_are_newer_ones(data, publish):
    builds = [publish(timedelta(hours=hours)) for hours in (4, 3, 2, 1)]
    data.set_current(builds[0])
    clean(data, NOW)
    assert data.finished() == [builds[0], *builds[-KEPT_BUILDS:]]


def test_the_remains_of_an_interrupted_build_are_deleted(data, publish):
    current = publish(timedelta(hours=1))
    (data.builds / f"2026{PARTIAL}").mkdir()
    (data.builds / "current.new").write_text("half")
    (data.originals / "ab").mkdir()
    (data.originals / "ab" / f"{'ab' * 32}{PARTIAL}").write_bytes(b"half")
    clean(data, NOW)
    assert [path.name for path in data.builds.iterdir() if path.name != "current"] == [current.name]


def test_an_empty_folder_can_be_cleaned(data):
    clean(data, NOW)
    purge(data)
    assert data.finished() == []


def test_originals_stay_as_long_as_a_kept_build_has_them(built, build_from, reports, data):
    def digests():
        return {path.name[:64] for path in data.originals.rglob("*") if path.is_file()}

    first = digests()
    (reports / "a.md").unlink()
    build_from(reports)
    assert digests() == first
    purge(data)
    assert len(digests()) == len(first) - 1
    assert len(data.finished()) == 1


def test_no_original_is_deleted_while_a_manifest_cannot_be_read(built, build_from, reports, data):
    older = data.current()
    (reports / "a.md").unlink()
    build_from(reports)
    (older / "manifest.json").write_text("{")
    before = sorted(data.originals.rglob("*"))
    clean(data, datetime.now(UTC))
    assert sorted(data.originals.rglob("*")) == before


def test_after_the_clock_is_set_back_the_same_limits_hold(data, publish):
    # The names come from a clock that is over a year ahead.
    builds = [publish(timedelta(days=-400, minutes=-minutes)) for minutes in range(4)]
    for path in builds[:3]:
        os.utime(path, ((NOW + timedelta(days=400)).timestamp(),) * 2)
    # The last build was made after the clock was corrected, but its name still sorts after the others.
    os.utime(builds[3], (NOW.timestamp(),) * 2)
    clean(data, NOW + timedelta(seconds=30))
    assert data.finished() == builds[-KEPT_BUILDS:]
    clean(data, NOW + KEEP + timedelta(days=1))
    assert data.finished() == builds[-1:]
