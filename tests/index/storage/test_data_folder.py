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


def test_publishing_names_a_build_and_makes_it_current(data):
    first = finished(data, "1")
    assert data.current() == first
    second = finished(data, "2")
    assert data.current() == second
    assert (second / "terms" / "words").read_text() == "2"
    assert names(data) == ["1", "2"]
    assert sorted(path.name for path in data.builds.iterdir() if path.is_file()) == ["current"]


def test_a_reader_always_sees_a_whole_build_during_publishing(data):
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


def test_a_pointer_to_a_missing_build_is_damage(data):
    (data.builds / "current").write_text("gone\n")
    with pytest.raises(DamagedIndex, match="rollback"):
        data.current()


def test_an_original_is_found_by_its_digest_with_any_suffix(data):
    sha256 = hashlib.sha256(b"x").hexdigest()
    assert data.find_original(sha256) is None
    path = data.original(sha256, ".pdf")
    path.parent.mkdir()
    path.write_bytes(b"x")
    assert data.find_original(sha256) == path
    assert data.find_original("ab" + "cd" * 31) is None


def test_an_altered_original_is_not_found(data):
    path = data.original(SHA, ".pdf")
    path.parent.mkdir()
    path.write_bytes(b"something else")
    assert data.find_original(SHA) is None


def test_a_partly_copied_original_is_not_found(data):
    path = data.original(SHA, PARTIAL)
    path.parent.mkdir()
    path.write_bytes(b"half")
    assert data.find_original(SHA) is None


def test_preparing_a_folder_again_keeps_its_contents(data):
    finished(data, "1")
    assert DataFolder.prepare(data.root).current().name == "1"


def test_without_a_current_build_there_is_no_index_but_the_builds_stay(data):
    finished(data, "1")
    data.clear_current()
    with pytest.raises(NoIndex):
        data.current()
    assert names(data) == ["1"]
    data.set_current(data.finished()[0])
    assert data.current().name == "1"


def test_finished_and_unfinished_builds_are_listed_separately(data):
    finished(data, "2")
    finished(data, "1")
    (data.builds / f"3{PARTIAL}").mkdir()
    assert [path.name for path in data.finished()] == ["1", "2"]
    assert [path.name for path in data.unfinished()] == [f"3{PARTIAL}"]
