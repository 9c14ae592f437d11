from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.building.build import Builder, build_lock
from index.building.sources import find_sources
from index.building.verification import find_build_damage
from index.encoding.encoder_files import default_folder
from index.encoding.encoders import PassageEncoder
from index.errors import BuildRunning, DamagedIndex, FolderGone, NoIndex, NoReports, UnknownReport
from index.storage import rows
from index.storage.audit import AuditAction, entries
from index.storage.data_folder import DataFolder
from index.storage.manifest import FORMAT, NAME, STORE, Manifest
from index.storage.store import Store
from qa_service.maintenance.updates import BuildChanges, Updater, folders_to_build
from qa_service.maintenance.uploads import IncomingFile, add
from qa_service.samples import sample_folder

pytestmark = pytest.mark.thorough

TEXT = "# Inspectors visit {}\n\nChildren in {} are safe. The {} team works well.\n"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder.prepare(tmp_path / "data")


@pytest.fixture
def updater(data: DataFolder, encoder: PassageEncoder) -> Updater:
    def builder() -> Builder:
        return Builder(data, encoder, default_folder(), encoder.precision, lambda stage, done, total: None)

    return Updater(data, builder, "ada")


@pytest.fixture
def write(data: DataFolder) -> Callable[..., Path]:
    """Write a report to the service's reports folder, or to another folder."""

    def write(name: str, place: str = "Westmarsh", team: str = "first", folder: Path | None = None) -> Path:
        path = (folder or data.reports) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT.format(place, place, team), encoding="utf-8")
        return path

    return write


def report_files(data: DataFolder) -> list[str]:
    return [report.file for report in Store(data.current() / STORE).reports]


def test_a_build_returns_and_records_its_changes(data: DataFolder, updater: Updater, write: Callable) -> None:
    write("a.md"), write("b.md", "Aldermere")
    assert updater.build().changes == BuildChanges(added=("a.md", "b.md"))
    write("c.md", "Northwold")
    (data.reports / "a.md").unlink()
    (data.reports / "b.md").rename(data.reports / "d.md")
    update = updater.build()
    assert update.changes == BuildChanges(added=("c.md",), gone=("a.md",), renamed=("d.md",))
    assert updater.build().changes == BuildChanges()
    assert [entry.what for entry in entries(data)] == [AuditAction.BUILT, AuditAction.BUILT]


def test_the_folders_of_the_last_build_are_read_again(
    data: DataFolder, updater: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere)
    updater.build([elsewhere])
    write("b.md", "Aldermere")
    updater.build()
    assert report_files(data) == ["a.md", "b.md"]
    (elsewhere / "a.md").unlink()
    elsewhere.rmdir()
    with pytest.raises(FolderGone, match="Bring it back"):
        updater.build()
    assert report_files(data) == ["a.md", "b.md"]


def test_a_build_after_an_upgrade_replaces_one_whose_reports_have_fewer_facts(
    data: DataFolder, updater: Updater, write: Callable
) -> None:
    write("a.md")
    updater.build()
    _write_as_an_earlier_version(data.current())
    with pytest.raises(DamagedIndex, match="Another version"):
        Store(data.current() / STORE)
    write("b.md", "Aldermere")
    updater.build()
    assert report_files(data) == ["a.md", "b.md"]


def _write_as_an_earlier_version(build: Path) -> None:
    """Take a fact away from every report in a build, and give the build an earlier format."""
    with closing(sqlite3.connect(build / STORE)) as connection, connection:
        for report_id, facts, sidecar, added, _ in connection.execute(
            "SELECT id, facts, sidecar, added, digest FROM reports"
        ).fetchall():
            fewer = json.dumps({name: value for name, value in json.loads(facts).items() if name != "missing_areas"})
            digest = rows._report_digest((report_id, fewer, sidecar, added))
            connection.execute("UPDATE reports SET facts = ?, digest = ? WHERE id = ?", (fewer, digest, report_id))
    manifest = json.loads((build / NAME).read_text(encoding="utf-8"))
    (build / NAME).write_text(json.dumps({**manifest, "format": FORMAT - 1}), encoding="utf-8")


def test_the_samples_are_used_until_there_are_reports(data: DataFolder, updater: Updater, write: Callable) -> None:
    assert folders_to_build(data) == [sample_folder()]
    updater.build()
    assert folders_to_build(data) == [sample_folder()]
    write("a.md")
    assert folders_to_build(data) == [data.reports]


def test_a_removed_report_is_left_out_and_its_file_is_deleted(
    data: DataFolder, updater: Updater, write: Callable
) -> None:
    write("a.md"), write("b.md", "Aldermere")
    updater.build()
    [removed] = updater.remove(["a.md"])
    assert removed.file == "a.md"
    assert report_files(data) == ["b.md"]
    assert [path.name for path in data.reports.iterdir()] == ["b.md"]
    assert (AuditAction.REMOVED, "a.md") in [(entry.what, entry.subject) for entry in entries(data)]


def test_a_removed_file_in_another_folder_stays_but_is_left_out(
    data: DataFolder, updater: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere), write("b.md", "Aldermere", folder=elsewhere)
    updater.build([elsewhere])
    updater.remove(["a.md"])
    assert (elsewhere / "a.md").exists()
    assert updater.build().outcome.manifest.removed == ("a.md",)
    assert report_files(data) == ["b.md"]
    add(data, [IncomingFile("a.md", elsewhere / "a.md")], "ada")
    updater.build()
    assert report_files(data) == ["a.md", "b.md"]


def test_after_the_last_report_is_removed_there_is_no_index(
    data: DataFolder, updater: Updater, write: Callable
) -> None:
    write("a.md")
    updater.build()
    updater.remove(["a.md"], purge=True)
    with pytest.raises(NoIndex):
        data.current()
    assert data.finished() == []
    with pytest.raises(NoReports, match="There are no reports left"):  # the samples do not come back
        updater.build()


def test_a_purge_leaves_no_trace_of_a_removed_report(data: DataFolder, updater: Updater, write: Callable) -> None:
    write("a.md", team="zeppelin"), write("b.md", "Aldermere", team="airship")
    updater.build()

    def mentions(word: str) -> list[Path]:
        files = (path for path in data.root.rglob("*") if path.is_file())
        return [path for path in files if word.encode() in path.read_bytes()]

    assert mentions("zeppelin")
    updater.remove(["a.md"])
    assert mentions("zeppelin"), "the earlier build still holds it"
    updater.purge()
    assert mentions("zeppelin") == []
    assert mentions("airship")
    assert report_files(data) == ["b.md"]


def test_an_unknown_name_removes_no_report(data: DataFolder, updater: Updater, write: Callable) -> None:
    write("a.md")
    updater.build()
    with pytest.raises(UnknownReport, match="nobody"):
        updater.remove(["a.md", "nobody.pdf"])
    assert report_files(data) == ["a.md"]


def test_no_report_is_removed_while_a_build_is_running(data: DataFolder, updater: Updater, write: Callable) -> None:
    write("a.md"), write("b.md", "Aldermere")
    updater.build()
    caught: list[BuildRunning] = []

    def remove() -> None:
        try:
            updater.remove(["a.md"])
        except BuildRunning as error:
            caught.append(error)

    with build_lock(data):
        thread = threading.Thread(target=remove)
        thread.start()
        thread.join()
    assert len(caught) == 1
    assert (data.reports / "a.md").exists()
    assert find_sources([data.reports])
    assert Manifest.read(data.current()).reports == 2


def test_a_folder_that_is_missing_for_a_moment_loses_no_report(
    data: DataFolder, updater: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere)
    updater.build([elsewhere])
    write("b.md", "Aldermere")
    (elsewhere / "a.md").rename(tmp_path / "a.md")  # this is like a network folder that is not mounted
    before = data.current()
    with pytest.raises(FolderGone):
        updater.build(purge=True)
    with pytest.raises(FolderGone):
        updater.remove(["a.md"])
    assert data.current() == before
    (tmp_path / "a.md").rename(elsewhere / "a.md")
    updater.build()
    assert report_files(data) == ["b.md"]


def test_the_last_report_can_be_removed_from_any_folder(
    data: DataFolder, updater: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere)
    updater.build([elsewhere])
    updater.remove(["a.md"], purge=True)
    with pytest.raises(NoIndex):
        data.current()
    assert (elsewhere / "a.md").exists()


def test_a_purge_deletes_nothing_if_the_current_build_is_damaged(
    data: DataFolder, updater: Updater, write: Callable
) -> None:
    write("a.md")
    updater.build()
    write("b.md", "Aldermere")
    updater.build()
    good, damaged = data.finished()
    vectors = damaged / "passages.faiss"
    vectors.write_bytes(bytes(len(vectors.read_bytes())))
    with pytest.raises(DamagedIndex, match="Nothing was purged"):
        updater.purge()
    assert data.finished() == [good, damaged]
    (data.builds / "current").write_text("\n")
    with pytest.raises(DamagedIndex, match="names a build that does not exist"):
        updater.purge()
    assert data.finished() == [good, damaged]


def test_a_damaged_build_is_built_again_even_without_changes(
    data: DataFolder, updater: Updater, write: Callable
) -> None:
    write("a.md")
    updater.build()
    vectors = data.current() / "passages.faiss"
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(bytes(content))
    update = updater.build()
    assert update is not None
    assert update.outcome.changed
    assert list(find_build_damage(data.current())) == []


def test_a_file_that_could_not_be_read_can_be_removed(data: DataFolder, updater: Updater, write: Callable) -> None:
    write("a.md")
    (data.reports / "scan.pdf").write_bytes(b"%PDF-1.4 cut off")
    updater.build()
    [removed] = updater.remove(["scan.pdf"])
    assert removed.file == "scan.pdf"
    assert not (data.reports / "scan.pdf").exists()
    assert report_files(data) == ["a.md"]


def test_the_last_report_can_be_purged_after_it_was_removed(
    data: DataFolder, updater: Updater, write: Callable
) -> None:
    write("a.md", team="zeppelin")
    updater.build()
    updater.remove(["a.md"])
    updater.purge()
    assert data.finished() == []
    assert not [p for p in data.root.rglob("*") if p.is_file() and b"zeppelin" in p.read_bytes()]
