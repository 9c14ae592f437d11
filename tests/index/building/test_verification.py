from __future__ import annotations

import threading
from datetime import date

import pytest

from index.building.build import build_lock
from index.building.rollback import roll_back
from index.building.verification import find_build_damage, find_damage, last_good
from index.digests import file_digest
from index.errors import BuildRunning, NoIndex
from index.search.search_index import SearchIndex
from index.storage.removal import Removals


def check_progress(done, total):
    assert 0 < done <= total


def test_an_undamaged_folder_has_no_damage(built, data):
    assert find_damage(data, check_progress) == []


def test_a_file_with_one_flipped_bit_is_named_with_a_remedy(built, data):
    files = sorted(path for path in data.current().rglob("*") if path.is_file())
    assert files
    for path in files:
        whole = path.read_bytes()
        for at in {0, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            all_damage = find_damage(data, check_progress)
            assert path in {damage.path for damage in all_damage}, f"{path.name}, byte {at}"
            assert all("qa-service" in damage.remedy for damage in all_damage if damage.path == path)
        path.write_bytes(whole)
    assert find_damage(data, check_progress) == []


@pytest.mark.parametrize("alter", [lambda p: p.unlink(), lambda p: p.write_bytes(b"something else")])
def test_an_altered_or_missing_original_is_named(built, data, alter):
    original = next(path for path in data.originals.rglob("*") if path.is_file())
    alter(original)
    [damage] = find_damage(data, check_progress)
    assert damage.path.stem == original.stem
    assert "--again" in damage.remedy


def test_a_file_that_does_not_belong_to_the_build_is_named(built, data):
    (data.current() / "extra.txt").write_text("?")
    [damage] = find_damage(data, check_progress)
    assert damage.path.name == "extra.txt"


def test_a_pointer_to_a_missing_build_is_named(built, data):
    (data.builds / "current").write_text("gone\n")
    assert [damage.path.name for damage in find_damage(data, check_progress)] == ["current"]


def test_an_empty_folder_has_no_damage(data):
    assert find_damage(data, check_progress) == []


@pytest.fixture
def two_builds(built, build_from, reports, data):
    """Return the folders of two builds. The second has one more report than the first."""
    first = data.current()
    (reports / "d.md").write_text("# Inspectors visit Pellbrook\n\nChildren wait.\n")
    build_from(reports)
    return first, data.current()


def test_after_a_rollback_the_previous_build_answers(two_builds, data, word_encoder):
    first, _ = two_builds
    assert roll_back(data) == first
    assert data.current() == first
    assert len(SearchIndex.open(data, word_encoder).store.reports) == 3
    with pytest.raises(NoIndex, match="no earlier build"):
        roll_back(data)
    assert data.current() == first


def test_a_rollback_skips_a_damaged_build(two_builds, data):
    first, second = two_builds
    (first / "passages.faiss").write_bytes(b"x" * (first / "passages.faiss").stat().st_size)
    assert list(find_build_damage(first))
    assert last_good(data, second.name) is None
    with pytest.raises(NoIndex):
        roll_back(data)
    assert data.current() == second


def test_a_rollback_skips_a_build_that_holds_a_removed_report(two_builds, data, reports):
    _, second = two_builds
    Removals.change(data, lambda removals: removals.with_contents([file_digest(reports / "a.md")], date(2026, 1, 1)))
    with pytest.raises(NoIndex, match="removed since"):
        roll_back(data)
    assert data.current() == second


def test_a_rollback_without_a_pointer_takes_the_newest_good_build(two_builds, data):
    _, second = two_builds
    (data.builds / "current").unlink()
    assert roll_back(data) == second


def test_a_rollback_is_refused_while_a_build_runs(two_builds, data):
    caught = []

    def try_to_roll_back():
        try:
            roll_back(data)
        except BuildRunning as error:
            caught.append(error)

    with build_lock(data):
        thread = threading.Thread(target=try_to_roll_back)
        thread.start()
        thread.join()
    assert len(caught) == 1
