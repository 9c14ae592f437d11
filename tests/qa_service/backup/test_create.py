from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import stat
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pytest
from click.testing import CliRunner, Result

from corpus.quotes.originals import page_text
from corpus.quotes.verbatim import find_verbatim
from index.building.build import Builder, build_lock
from index.building.verification import find_damage
from index.encoding.encoder_files import default_folder
from index.encoding.encoders import PassageEncoder
from index.errors import BuildRunning, DamagedIndex, DiskFull, NoIndex
from index.storage.audit import entries
from index.storage.collections import Collections
from index.storage.data_folder import PARTIAL, DataFolder
from index.storage.manifest import Manifest
from index.storage.removal import Removals
from index.types import Progress
from qa_service.answer_json.answer import answer_json
from qa_service.answering.pipeline import Answerer
from qa_service.backup.create import Backup
from qa_service.backup.inventory import CACHE, INVENTORY_FILE, SAMPLES, Inventory
from qa_service.backup.restore import restore
from qa_service.cli.main import main
from qa_service.errors import BackupError
from qa_service.maintenance.updates import Updater, folders_to_build
from qa_service.records.conversations import Conversations
from qa_service.records.feedback import FeedbackStore, Verdict, feedback_on
from qa_service.samples import sample_folder
from qa_service.types import Question, StatementKind

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def updater(data: DataFolder, encoder: PassageEncoder) -> Updater:
    return Updater(data, lambda: Builder(data, encoder, default_folder(), encoder.precision, quiet), "ada")


def backup(data: DataFolder, target: Path, on_progress: Progress = quiet, **choices: Any) -> Inventory:
    replaces = choices.pop("replaces", False)
    return Backup(data, "1.2.3", on_progress, **choices).write(target, NOW, replaces=replaces)


def run(data: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"QA_DATA_DIR": str(data)})


@pytest.fixture(scope="module")
def own_reports(
    tmp_path_factory: pytest.TempPathFactory, sample_index: DataFolder, encoder: PassageEncoder, samples: Path
) -> DataFolder:
    """A data folder with reports in its own reports folder. Tests must not change it."""
    root = tmp_path_factory.mktemp("own") / "var"
    ignored = shutil.ignore_patterns(
        "conversations*", "feedback*", "saved_questions*"
    )  # other tests write these to the same folder
    shutil.copytree(sample_index.root, root, ignore=ignored)
    data = DataFolder.prepare(root)
    for path in samples.iterdir():
        if path.suffix != ".jsonl":
            shutil.copyfile(path, data.reports / path.name)
    built = updater(data, encoder).build()
    assert built is not None
    assert built.outcome.manifest.embedded == 0
    return data


@pytest.fixture
def data(own_reports: DataFolder, tmp_path: Path) -> DataFolder:
    """A copy of the data folder that a test may change."""
    shutil.copytree(own_reports.root, tmp_path / "old" / "var")
    return DataFolder(tmp_path / "old" / "var")


@pytest.fixture
def small(tmp_path: Path) -> DataFolder:
    """A data folder with one report and no build."""
    data = DataFolder.prepare(tmp_path / "var")
    (data.reports / "a.md").write_text("# Inspectors visit Westmarsh\n\nChildren are safe.\n", encoding="utf-8")
    return data


class BusyPeople:
    """Threads that keep asking questions, saving conversations and giving feedback."""

    def __init__(self, data: DataFolder, answerer: Answerer, questions: list[str]) -> None:
        self.data, self.answerer, self.questions = data, answerer, questions
        self.begun: list[str] = []
        self.errors: list[Exception] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write_until_stopped, args=(number,)) for number in range(2)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        while len(self.begun) < 4 and not self.errors:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write_until_stopped(self, number: int) -> None:
        conversations, feedback = Conversations.open(self.data.root), FeedbackStore.open(self.data.root)
        answers = [self.answerer.answer(Question(text)) for text in self.questions[number : number + 2]]
        while not self._stop.is_set():
            try:
                name = conversations.begin("me", "first")
                for answer in answers:
                    conversations.add("me", name, Question(answer.question), answer)
                feedback.add(feedback_on(answers[0], (), Verdict.RIGHT, "yes"))
                self.begun.append(name)
            except Exception as error:
                self.errors.append(error)
                raise


def test_a_restored_backup_gives_the_same_answers_with_proved_quotes(
    data: DataFolder, encoder: PassageEncoder, sample_questions: list[dict[str, Any]], tmp_path: Path
) -> None:
    answerer = Answerer.open(data, encoder)
    texts = [line["question"] for line in sample_questions if not line["history"]][:10]
    expected = [answer_json(answerer.answer(Question(text)), 0) for text in texts]
    assert sum(payload["answered"] for payload in expected) >= 5
    with BusyPeople(data, answerer, texts) as people:
        before = list(people.begun)
        during = len(people.begun)
        backup(data, tmp_path / "b.tar.gz")
        assert len(people.begun) > during, "nobody wrote during the backup"
    assert people.errors == []

    data.root.parent.rename(tmp_path / "gone")
    restored = DataFolder(restore(tmp_path / "b.tar.gz", tmp_path / "new", quiet).into)
    again = Answerer.open(restored, encoder)
    answers = [again.answer(Question(text)) for text in texts]
    assert [answer_json(answer, 0) for answer in answers] == expected
    proved = 0
    for answer in answers:
        for statement in answer.statements:
            for quote in statement.quotes if statement.kind is StatementKind.QUOTE else ():
                report = answer.citations[quote.citation - 1].report
                original = restored.find_original(report.sha256)
                assert original is not None
                assert original.is_relative_to(restored.root)
                assert find_verbatim(quote.text, page_text(original, report.media_type, quote.page))
                proved += 1
    assert proved >= 5

    conversations = Conversations.open(restored.root)
    assert all(len(conversations.find("me", name).turns) == 2 for name in before)
    assert len(FeedbackStore.open(restored.root).read_all()) >= len(before)
    assert find_damage(restored, lambda done, total: None) == []


def test_a_build_after_a_restore_reads_the_restored_folder_and_embeds_only_new_text(
    data: DataFolder, encoder: PassageEncoder, tmp_path: Path
) -> None:
    backup(data, tmp_path / "b.tar")
    restored = DataFolder(restore(tmp_path / "b.tar", tmp_path / "new", quiet).into)
    (data.reports / "only-at-the-old-place.md").write_text("# Inspectors visit Carrowby\n\nAll is well.\n")
    same = updater(restored, encoder).build()
    assert same is not None
    assert not same.outcome.changed
    assert folders_to_build(restored) == [restored.reports]
    (restored.reports / "new.md").write_text("# Inspectors visit Northwold\n\nThe zeppelin team works well.\n")
    built = updater(restored, encoder).build()
    assert built is not None
    assert built.changes.added == ("new.md",)
    assert built.changes.gone == ()
    assert 1 <= built.outcome.manifest.embedded <= 3


def test_a_data_folder_that_was_moved_needs_no_new_build(
    data: DataFolder, encoder: PassageEncoder, tmp_path: Path
) -> None:
    assert Manifest.read(data.current()).folders == ("reports",)
    moved = DataFolder(data.root.rename(tmp_path / "moved"))
    built = updater(moved, encoder).build()
    assert built is not None
    assert not built.outcome.changed


def test_a_build_with_absolute_paths_of_its_own_folders_is_restored_elsewhere(
    data: DataFolder, encoder: PassageEncoder, tmp_path: Path
) -> None:
    manifest = Manifest.read(data.current())
    replace(manifest, folders=(str(data.reports.resolve()), str(data.reports.resolve() / "2023"))).write(data.current())
    (data.reports / "2023").mkdir()
    (data.reports / "2023" / "a.md").write_text("# Inspectors visit Westmarsh\n\nChildren are safe.\n")
    inventory = backup(data, tmp_path / "b.tar")
    assert inventory.elsewhere == ()
    restored = DataFolder(restore(tmp_path / "b.tar", tmp_path / "new", quiet).into)
    data.root.rename(tmp_path / "gone")
    assert folders_to_build(restored) == [restored.reports.resolve() / "2023", restored.reports]


def test_a_build_with_the_absolute_path_of_its_own_folder_is_not_built_again(
    data: DataFolder, encoder: PassageEncoder
) -> None:
    manifest = Manifest.read(data.current())
    replace(manifest, folders=(str(data.reports.resolve()),)).write(data.current())
    built = updater(data, encoder).build()
    assert built is not None
    assert not built.outcome.changed


def test_a_restored_build_of_the_samples_reads_the_samples_of_the_new_installation(
    own_data: DataFolder, tmp_path: Path
) -> None:
    manifest = Manifest.read(own_data.current())
    replace(manifest, folders=(str(sample_folder().resolve()),)).write(own_data.current())
    inventory = backup(own_data, tmp_path / "b.tar")
    assert inventory.folders == (SAMPLES,)
    restored = DataFolder(restore(tmp_path / "b.tar", tmp_path / "new", quiet).into)
    assert folders_to_build(restored) == [sample_folder()]


def test_a_backup_holds_all_data_but_nothing_that_is_unfinished(data: DataFolder, tmp_path: Path) -> None:
    Removals.change(data, lambda removals: removals.with_contents(["ab" * 32], NOW.date()))
    Collections.change(data, lambda collections: collections.with_collection("Panel", ["panel"]))
    for name in ("tokens.json", "session.key"):
        (data.root / name).write_text("secret")
    for folder in ("incoming-1", "jobs", f"index/20260101-000000-000000-abcdef01{PARTIAL}"):
        (data.root / folder).mkdir(exist_ok=True)
        (data.root / folder / "x.json").write_text("{}")
    (data.reports / f".12ab{PARTIAL}").write_text("half")
    (data.reports / "sub").mkdir()
    (data.reports / "sub" / "Übersicht der “Ämter”.md").write_text("# Inspectors visit Westmarsh\n")
    old = next(path for path in data.finished() if path != data.current())
    inventory = backup(data, tmp_path / "b.tar")
    names = {member.name for member in inventory.members}
    expected = {f"index/{name}" for name in ("current", "removed.json", "collections.json")}
    expected |= {"audit.jsonl", "tokens.json", "session.key", CACHE, "reports/sub/Übersicht der “Ämter”.md"}
    assert expected <= names
    build = data.current().name
    assert {f"index/{build}/{name}" for name in (*Manifest.read(data.current()).sizes, "manifest.json")} <= names
    assert not [name for name in names if name.endswith((".lock", PARTIAL, "/x.json")) or old.name in name]
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert archive.getnames()[0] == INVENTORY_FILE
        assert {info.name for info in archive} == {*names, INVENTORY_FILE}

    restored = DataFolder(restore(tmp_path / "b.tar", tmp_path / "new", quiet).into)
    assert Removals.read(restored).days == Removals.read(data).days
    assert Collections.read(restored) == Collections.read(data)
    assert list(entries(restored)) == list(entries(data))
    assert (restored.reports / "sub" / "Übersicht der “Ämter”.md").read_text() == "# Inspectors visit Westmarsh\n"
    assert (restored.root / "session.key").read_text() == "secret"
    assert restored.finished() == [restored.current()]
    assert {path.name for path in restored.root.iterdir() if path.name.startswith("incoming")} == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_can_read_a_backup_or_the_restored_data(small: DataFolder, tmp_path: Path) -> None:
    (small.root / "session.key").write_text("secret")
    backup(small, tmp_path / "b.tar.gz")
    assert stat.S_IMODE((tmp_path / "b.tar.gz").stat().st_mode) == 0o600
    (tmp_path / "open.tar").touch(mode=0o644)
    backup(small, tmp_path / "open.tar", replaces=True)
    assert stat.S_IMODE((tmp_path / "open.tar").stat().st_mode) == 0o600
    restore(tmp_path / "b.tar.gz", tmp_path / "new", quiet)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "new" / "session.key").stat().st_mode) == 0o600


def test_a_backup_without_embeddings_is_smaller_and_its_build_is_complete(
    data: DataFolder, encoder: PassageEncoder, tmp_path: Path
) -> None:
    backup(data, tmp_path / "whole.tar")
    inventory = backup(data, tmp_path / "b.tar", with_cache=False)
    assert CACHE not in {member.name for member in inventory.members}
    cache = data.embeddings.stat().st_size
    assert (tmp_path / "whole.tar").stat().st_size - (tmp_path / "b.tar").stat().st_size > 0.8 * cache
    built = updater(DataFolder(restore(tmp_path / "b.tar", tmp_path / "new", quiet).into), encoder).build()
    assert built is not None
    assert not built.outcome.changed


def test_embeddings_that_are_still_in_the_write_ahead_log_are_copied(data: DataFolder, tmp_path: Path) -> None:
    with sqlite3.connect(data.embeddings) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        writer.execute("INSERT INTO vectors VALUES (?, ?)", (b"new", b"vector"))
        writer.commit()
        backup(data, tmp_path / "b.tar")
    writer.close()
    restore(tmp_path / "b.tar", tmp_path / "new", quiet)
    with sqlite3.connect(tmp_path / "new" / CACHE) as reader:
        assert reader.execute("SELECT vector FROM vectors WHERE key = ?", (b"new",)).fetchall() == [(b"vector",)]
    reader.close()


def test_a_file_is_replaced_only_if_asked(small: DataFolder, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    target.write_text("precious")
    with pytest.raises(BackupError, match="--force"):
        backup(small, target)
    assert target.read_text() == "precious"
    backup(small, target, replaces=True)
    assert tarfile.is_tarfile(target)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("b.zip", "is not the name of an archive"),
        ("no/b.tar", "is not a folder"),
        ("var/reports/b.tar", "is in the data folder"),
    ],
)
def test_an_unsuitable_place_for_a_backup_is_refused(small: DataFolder, tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(BackupError, match=why):
        backup(small, tmp_path / name)


def test_without_data_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="QA_DATA_DIR"):
        backup(DataFolder(tmp_path / "none"), tmp_path / "b.tar")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("trouble", "raised"),
    [(KeyboardInterrupt(), KeyboardInterrupt), (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), DiskFull)],
)
@pytest.mark.parametrize("stage", ["Copying your reports", "Writing (MB)"])
def test_a_backup_that_fails_leaves_nothing_but_the_earlier_backup(
    small: DataFolder, tmp_path: Path, trouble: BaseException, raised: type[BaseException], stage: str
) -> None:
    def on_progress(now: str, done: int, total: int) -> None:
        if now == stage:
            raise trouble

    target = tmp_path / "out" / "b.tar.gz"
    target.parent.mkdir()
    target.write_text("the one before")
    with pytest.raises(raised):
        backup(small, target, on_progress, replaces=True)
    assert [path.name for path in target.parent.iterdir()] == ["b.tar.gz"]
    assert target.read_text() == "the one before"
    with build_lock(small):
        pass


@pytest.fixture
def building(small: DataFolder) -> Iterator[Callable[[], None]]:
    """A build that holds the lock until the returned function is called."""
    started, end = threading.Event(), threading.Event()

    def build() -> None:
        with build_lock(small):
            started.set()
            end.wait(60)

    thread = threading.Thread(target=build)
    thread.start()
    assert started.wait(60)
    yield end.set
    end.set()
    thread.join()


def test_a_backup_waits_for_a_build_and_reports_this_once(
    small: DataFolder, building: Callable[[], None], tmp_path: Path
) -> None:
    calls: list[str] = []

    def on_wait() -> None:
        calls.append("waiting")
        threading.Timer(1.2, building).start()

    backup(small, tmp_path / "b.tar", on_wait=on_wait)
    assert calls == ["waiting"]
    assert (tmp_path / "b.tar").exists()


def test_a_backup_fails_at_once_if_it_must_not_wait(
    small: DataFolder, building: Callable[[], None], tmp_path: Path
) -> None:
    with pytest.raises(BuildRunning):
        backup(small, tmp_path / "b.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["var"]
    result = run(small.root, "backup", "--no-wait", tmp_path / "b.tar")
    assert (result.exit_code, "is running" in result.stderr) == (1, True)


def test_no_build_starts_during_a_backup(data: DataFolder, encoder: PassageEncoder, tmp_path: Path) -> None:
    refused: list[BuildRunning] = []

    def build() -> None:
        try:
            updater(data, encoder).build(again=True)
        except BuildRunning as error:
            refused.append(error)

    def on_progress(stage: str, done: int, total: int) -> None:
        if not refused:
            thread = threading.Thread(target=build)
            thread.start()
            thread.join()

    backup(data, tmp_path / "b.tar", on_progress)
    assert len(refused) == 1


@pytest.mark.parametrize("what", ["build", "original"])
def test_a_damaged_file_is_not_backed_up(data: DataFolder, tmp_path: Path, what: str) -> None:
    path = data.current() / "passages.faiss"
    if what == "original":
        path = next(path for path in data.originals.rglob("*") if path.is_file())
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(DamagedIndex, match="verify"):
        backup(data, tmp_path / "b.tar")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_data_without_a_build_can_be_backed_up_and_restored(small: DataFolder, tmp_path: Path) -> None:
    inventory = backup(small, tmp_path / "b.tar")
    assert inventory.build is None
    restored = DataFolder(restore(tmp_path / "b.tar", tmp_path / "new", quiet).into)
    with pytest.raises(NoIndex):
        restored.current()
    assert [path.name for path in restored.reports.iterdir()] == ["a.md"]


def test_the_inventory_gives_version_time_and_build(own_data: DataFolder, tmp_path: Path) -> None:
    backup(own_data, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as archive:
        facts = json.load(archive.extractfile(INVENTORY_FILE))
    assert (facts["format"], facts["version"], facts["made"]) == (1, "1.2.3", "2026-11-22T12:00:00+00:00")
    assert facts["build"] == own_data.current().name
    assert facts["members"]
    assert all(len(member["sha256"]) == 64 for member in facts["members"])


def test_the_commands_say_what_the_backup_holds_and_how_to_serve_it(data: DataFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "share"
    elsewhere.mkdir()
    manifest = Manifest.read(data.current())
    replace(manifest, folders=(str(elsewhere), *manifest.folders)).write(data.current())
    Conversations.open(data.root).begin("me", "first")
    result = run(data.root, "backup", tmp_path / "b.tar")
    assert result.exit_code == 0, result.output
    assert f"build {manifest.build} with {manifest.reports} reports" in result.stdout
    assert f"Not in the backup: {elsewhere}." in result.stderr
    restored = run(tmp_path / "unused", "restore", tmp_path / "b.tar", "--into", tmp_path / "a new place")
    assert restored.exit_code == 0, restored.output
    assert f"QA_DATA_DIR='{tmp_path / 'a new place'}' qa-service serve" in restored.stdout
    assert "Restored 1 conversation" in restored.stdout
    assert f"Not in the backup: {elsewhere}." in restored.stderr
    again = run(data.root, "backup", tmp_path / "b.tar")
    assert (again.exit_code, "--force" in again.stderr) == (1, True)
    assert run(data.root, "backup", "--force", "--without-cache", tmp_path / "b.tar").exit_code == 0
