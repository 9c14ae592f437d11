from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.building.build import Builder, build_lock
from index.building.sources import find_sources
from index.building.verification import find_build_damage
from index.encoding.encoder_files import default_folder
from index.encoding.encoders import PassageEncoder
from index.errors import BuildRunning, DamagedIndex, FolderGone, NoIndex, NoReports, UnknownReport
from index.storage.audit import AuditAction, entries
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE, Manifest
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
def keeper(data: DataFolder, encoder: PassageEncoder) -> Updater:
    def builder() -> Builder:
        return Builder(data, encoder, default_folder(), encoder.precision, lambda stage, done, total: None)

    return Updater(data, builder, "ada")


@pytest.fixture
def write(data: DataFolder) -> Callable[..., Path]:
    """A report in the data's own folder, or in another."""

    def write(name: str, place: str = "Westmarsh", team: str = "first", folder: Path | None = None) -> Path:
        path = (folder or data.reports) / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT.format(place, place, team), encoding="utf-8")
        return path

    return write


def held(data: DataFolder) -> list[str]:
    return [report.file for report in Store(data.current() / STORE).reports]


def test_a_build_tells_what_it_changed_and_writes_it_down(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md"), write("b.md", "Aldermere")
    assert keeper.build().changes == BuildChanges(added=("a.md", "b.md"))
    write("c.md", "Northwold")
    (data.reports / "a.md").unlink()
    (data.reports / "b.md").rename(data.reports / "d.md")
    built = keeper.build()
    assert built.changes == BuildChanges(added=("c.md",), gone=("a.md",), renamed=("d.md",))
    assert keeper.build().changes == BuildChanges()
    assert [entry.what for entry in entries(data)] == [AuditAction.BUILT, AuditAction.BUILT]


def test_folders_of_the_last_build_are_read_again_beside_the_datas_own(
    data: DataFolder, keeper: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere)
    keeper.build([elsewhere])
    write("b.md", "Aldermere")
    keeper.build()
    assert held(data) == ["a.md", "b.md"]
    (elsewhere / "a.md").unlink()
    elsewhere.rmdir()
    with pytest.raises(FolderGone, match="Bring it back"):
        keeper.build()
    assert held(data) == ["a.md", "b.md"]


def test_the_samples_are_taken_until_there_are_reports(data: DataFolder, keeper: Updater, write: Callable) -> None:
    assert folders_to_build(data) == [sample_folder()]
    keeper.build()
    assert folders_to_build(data) == [sample_folder()]
    write("a.md")
    assert folders_to_build(data) == [data.reports]


def test_what_is_removed_is_in_no_build_since_and_its_file_is_deleted(
    data: DataFolder, keeper: Updater, write: Callable
) -> None:
    write("a.md"), write("b.md", "Aldermere")
    keeper.build()
    [removed] = keeper.remove(["a.md"])
    assert removed.file == "a.md"
    assert held(data) == ["b.md"]
    assert [path.name for path in data.reports.iterdir()] == ["b.md"]
    assert (AuditAction.REMOVED, "a.md") in [(entry.what, entry.subject) for entry in entries(data)]


def test_a_file_in_another_folder_stays_and_is_left_out_from_then_on(
    data: DataFolder, keeper: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere), write("b.md", "Aldermere", folder=elsewhere)
    keeper.build([elsewhere])
    keeper.remove(["a.md"])
    assert (elsewhere / "a.md").exists()
    assert keeper.build().outcome.manifest.removed == ("a.md",)
    assert held(data) == ["b.md"]
    add(data, [IncomingFile("a.md", elsewhere / "a.md")], "ada")
    keeper.build()
    assert held(data) == ["a.md", "b.md"]


def test_with_the_last_report_removed_there_is_no_index(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md")
    keeper.build()
    keeper.remove(["a.md"], purge=True)
    with pytest.raises(NoIndex):
        data.current()
    assert data.finished() == []
    with pytest.raises(NoReports, match="No report is left"):  # the samples do not come back unasked
        keeper.build()


def test_after_a_purge_nothing_of_what_was_removed_is_on_disk(
    data: DataFolder, keeper: Updater, write: Callable
) -> None:
    write("a.md", team="zeppelin"), write("b.md", "Aldermere", team="airship")
    keeper.build()

    def mentions(word: str) -> list[Path]:
        files = (path for path in data.root.rglob("*") if path.is_file())
        return [path for path in files if word.encode() in path.read_bytes()]

    assert mentions("zeppelin")
    keeper.remove(["a.md"])
    assert mentions("zeppelin"), "the build before still holds it"
    keeper.purge()
    assert mentions("zeppelin") == []
    assert mentions("airship")
    assert held(data) == ["b.md"]


def test_no_report_is_removed_by_a_name_that_none_has(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md")
    keeper.build()
    with pytest.raises(UnknownReport, match="nobody"):
        keeper.remove(["a.md", "nobody.pdf"])
    assert held(data) == ["a.md"]


def test_nothing_is_removed_while_a_build_runs(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md"), write("b.md", "Aldermere")
    keeper.build()
    caught: list[BuildRunning] = []

    def remove() -> None:
        try:
            keeper.remove(["a.md"])
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


def test_a_folder_that_is_away_for_a_moment_costs_no_report(
    data: DataFolder, keeper: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere)
    keeper.build([elsewhere])
    write("b.md", "Aldermere")
    (elsewhere / "a.md").rename(tmp_path / "a.md")  # as a share that is not mounted
    before = data.current()
    with pytest.raises(FolderGone):
        keeper.build(purge=True)
    with pytest.raises(FolderGone):
        keeper.remove(["a.md"])
    assert data.current() == before
    (tmp_path / "a.md").rename(elsewhere / "a.md")
    keeper.build()
    assert held(data) == ["b.md"]


def test_the_last_report_is_removed_wherever_its_file_lies(
    data: DataFolder, keeper: Updater, write: Callable, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    write("a.md", folder=elsewhere)
    keeper.build([elsewhere])
    keeper.remove(["a.md"], purge=True)
    with pytest.raises(NoIndex):
        data.current()
    assert (elsewhere / "a.md").exists()


def test_a_purge_takes_nothing_while_no_good_build_answers(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md")
    keeper.build()
    write("b.md", "Aldermere")
    keeper.build()
    whole, damaged = data.finished()
    vectors = damaged / "passages.faiss"
    vectors.write_bytes(bytes(len(vectors.read_bytes())))
    with pytest.raises(DamagedIndex, match="nothing was purged"):
        keeper.purge()
    assert data.finished() == [whole, damaged]
    (data.builds / "current").write_text("\n")
    with pytest.raises(DamagedIndex, match="names a build that does not exist"):
        keeper.purge()
    assert data.finished() == [whole, damaged]


def test_a_damaged_build_is_made_again_though_no_file_has_changed(
    data: DataFolder, keeper: Updater, write: Callable
) -> None:
    write("a.md")
    keeper.build()
    vectors = data.current() / "passages.faiss"
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(bytes(content))
    built = keeper.build()
    assert built is not None
    assert built.outcome.changed
    assert list(find_build_damage(data.current())) == []


def test_a_file_that_could_not_be_read_can_be_removed(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md")
    (data.reports / "scan.pdf").write_bytes(b"%PDF-1.4 cut off")
    keeper.build()
    [removed] = keeper.remove(["scan.pdf"])
    assert removed.file == "scan.pdf"
    assert not (data.reports / "scan.pdf").exists()
    assert held(data) == ["a.md"]


def test_the_last_report_is_purged_after_it_was_removed(data: DataFolder, keeper: Updater, write: Callable) -> None:
    write("a.md", team="zeppelin")
    keeper.build()
    keeper.remove(["a.md"])
    keeper.purge()
    assert data.finished() == []
    assert not [p for p in data.root.rglob("*") if p.is_file() and b"zeppelin" in p.read_bytes()]
