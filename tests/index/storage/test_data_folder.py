from __future__ import annotations

import hashlib
import threading

import pytest

from index.errors import DamagedIndex, NoIndex
from index.storage.data_folder import PARTIAL, DataFolder

SHA = "ab" * 32


def finished(data, name):
    partial = data.builds / f"{name}{PARTIAL}"
    (partial / "terms").mkdir(parents=True)
    (partial / "terms" / "words").write_text(name)
    return data.publish(partial)


def names(data):
    return sorted(path.name for path in data.builds.iterdir() if path.is_dir())


def test_before_the_first_build_there_is_no_index(data):
    with pytest.raises(NoIndex, match="qa-service build"):
        data.current()


def test_publishing_names_the_build_and_repoints_to_it(data):
    first = finished(data, "1")
    assert data.current() == first
    second = finished(data, "2")
    assert data.current() == second
    assert (second / "terms" / "words").read_text() == "2"
    assert names(data) == ["1", "2"]
    assert sorted(path.name for path in data.builds.iterdir() if path.is_file()) == ["current"]


def test_a_reader_sees_a_whole_build_at_every_moment_of_publishing(data):
    finished(data, "000")
    seen, stop = [], threading.Event()

    def look():
        while not stop.is_set():
            seen.append((data.current() / "terms" / "words").read_text())

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(1, 60):
        finished(data, f"{number:03d}")
    stop.set()
    reader.join()
    assert len(set(seen)) > 1
    assert seen == sorted(seen)


def test_a_pointer_to_a_build_that_is_gone_is_damage(data):
    (data.builds / "current").write_text("gone\n")
    with pytest.raises(DamagedIndex, match="rollback"):
        data.current()


def test_an_original_is_found_by_its_digest_whatever_its_suffix(data):
    sha256 = hashlib.sha256(b"x").hexdigest()
    assert data.find_original(sha256) is None
    path = data.original(sha256, ".pdf")
    path.parent.mkdir()
    path.write_bytes(b"x")
    assert data.find_original(sha256) == path
    assert data.find_original("ab" + "cd" * 31) is None


def test_an_original_that_was_altered_is_not_one(data):
    path = data.original(SHA, ".pdf")
    path.parent.mkdir()
    path.write_bytes(b"something else")
    assert data.find_original(SHA) is None


def test_a_half_copied_original_is_not_one(data):
    path = data.original(SHA, PARTIAL)
    path.parent.mkdir()
    path.write_bytes(b"half")
    assert data.find_original(SHA) is None


def test_preparing_twice_keeps_what_is_there(data):
    finished(data, "1")
    assert DataFolder.prepare(data.root).current().name == "1"


def test_pointing_to_none_leaves_no_index_and_the_builds(data):
    finished(data, "1")
    data.clear_current()
    with pytest.raises(NoIndex):
        data.current()
    assert names(data) == ["1"]
    data.set_current(data.finished()[0])
    assert data.current().name == "1"


def test_whole_builds_and_those_being_written_are_told_apart(data):
    finished(data, "2")
    finished(data, "1")
    (data.builds / f"3{PARTIAL}").mkdir()
    assert [path.name for path in data.finished()] == ["1", "2"]
    assert [path.name for path in data.unfinished()] == [f"3{PARTIAL}"]
