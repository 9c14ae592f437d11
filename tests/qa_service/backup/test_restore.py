"""Tests that a damaged or forged archive is refused, and that no part of it is left behind."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from index.errors import DiskFull, SearchIndexError
from index.storage.data_folder import DataFolder
from qa_service.backup.create import Backup
from qa_service.backup.inventory import INVENTORY_FILE
from qa_service.backup.restore import restore
from qa_service.errors import BackupError
from qa_service.records.conversations import Conversations

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
REPORT, LOG = "reports/a.md", "audit.jsonl"


def quiet(stage: str, done: int, total: int) -> None:
    """Ignore progress."""


def file(name: str, content: bytes = b"", **facts: Any) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    for key, value in facts.items():
        setattr(info, key, value)
    return info, content


@dataclass
class Forged:
    """An archive of two files, which the tests change to make forged archives."""

    members: list[tuple[tarfile.TarInfo, bytes]] = field(
        default_factory=lambda: [file(REPORT, b"# Inspectors visit Westmarsh\n"), file(LOG, b"")]
    )
    facts: dict[str, Any] = field(default_factory=dict)
    listed: list[dict[str, Any]] | None = None
    unlisted: tuple[str, ...] = ()

    def text(self) -> bytes:
        listed = self.listed or [
            {"name": info.name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for info, content in self.members
            if info.name not in self.unlisted
        ]
        facts = {
            "format": 1, "version": "1", "made": "2026-11-22T12:00:00+00:00", "build": None, "index_format": 5,
            "reports": 0, "folders": [], "members": listed,
        }  # fmt: skip
        return json.dumps(facts | self.facts).encode()

    def write(self, path: Path, text: bytes | None = None, mode: Literal["w", "w:gz"] = "w") -> None:
        text = self.text() if text is None else text
        with tarfile.open(path, mode) as archive:
            for info, content in [file(INVENTORY_FILE, text), *self.members]:
                archive.addfile(info, io.BytesIO(content))


def assert_refused(path: Path, why: str = "", error: type[Exception] = BackupError) -> None:
    """Check that an archive is refused for the given reason, and that the files in its folder stay the same."""
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(error, match=why or None):
        restore(path, path.parent / "new", quiet)
    assert sorted(path.parent.rglob("*")) == before


def test_an_unchanged_archive_is_restored(tmp_path: Path) -> None:
    Forged().write(tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "new", quiet)
    assert (tmp_path / "new" / REPORT).read_text() == "# Inspectors visit Westmarsh\n"


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "/escaped.md", "../escaped.md", "reports/../../escaped.md", "reports//escaped.md", "./reports/x.md",
        "reports/..", "index/build.lock", "index/../session.key", "jobs/1.json", "escaped.sh", "session.key/x",
        "index/20260101-000000-000000-abcdef01/manifest.json", "reports", "reports/a.md/b.md", "reports/\0x.md",
        "cache/other.sqlite", f"originals/ab/{'ab' * 32}.pdf", f"reports/{'x' * 300}.md", f"reports/{'é' * 200}",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_of_the_folder_or_that_no_backup_has_is_refused(
    tmp_path: Path, name: str, listed: bool
) -> None:
    forged = Forged(unlisted=() if listed else (name,))
    forged.members.append(file(name, b"x"))
    forged.write(tmp_path / "b.tar")
    assert_refused(tmp_path / "b.tar")
    assert not Path("/escaped.md").exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
        {"type": tarfile.SYMTYPE, "linkname": "a.md"},
        {"type": tarfile.LNKTYPE, "linkname": "../../etc/passwd"},
        {"type": tarfile.LNKTYPE, "linkname": LOG},
        {"type": tarfile.CHRTYPE, "devmajor": 1, "devminor": 5},
        {"type": tarfile.BLKTYPE, "devmajor": 8},
        {"type": tarfile.FIFOTYPE},
        {"type": tarfile.DIRTYPE},
        {"type": tarfile.CONTTYPE},
        {"type": b"Z"},
        {"pax_headers": {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,0", "GNU.sparse.size": "0"}},
    ],
)  # fmt: skip
def test_a_listed_member_that_is_not_a_plain_file_is_refused(tmp_path: Path, facts: dict[str, Any]) -> None:
    forged = Forged()
    forged.members[1] = file(LOG, b"", **facts)
    forged.write(tmp_path / "b.tar")
    assert_refused(tmp_path / "b.tar")


def test_no_file_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    forged = Forged(unlisted=("reports/link",))
    link = file("reports/link", b"", type=tarfile.SYMTYPE, linkname=str(tmp_path / "outside"))
    forged.members += [link, file("reports/link/x.md", b"x")]
    forged.write(tmp_path / "b.tar")
    assert_refused(tmp_path / "b.tar")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_member_that_is_not_listed_or_missing_or_there_twice_is_refused(tmp_path: Path) -> None:
    forged = Forged(unlisted=("reports/b.md",))
    forged.members.append(file("reports/b.md", b"x"))
    forged.write(tmp_path / "extra.tar")
    assert_refused(tmp_path / "extra.tar", "not listed")
    text = Forged().text()
    Forged(Forged().members[:1]).write(tmp_path / "missing.tar", text)
    assert_refused(tmp_path / "missing.tar", "missing")
    Forged([Forged().members[0], *Forged().members]).write(tmp_path / "twice.tar", text)
    assert_refused(tmp_path / "twice.tar", "twice")
    Forged([Forged().members[0], *Forged().members]).write(tmp_path / "listed.tar")
    assert_refused(tmp_path / "listed.tar", "listed twice")


def test_a_file_with_other_content_or_another_size_is_refused(tmp_path: Path) -> None:
    text = Forged().text()
    Forged([file(REPORT, b"# Inspectors visit Northwold\n"), file(LOG)]).write(tmp_path / "other.tar", text)
    assert_refused(tmp_path / "other.tar", "has changed since it was backed up")
    Forged([file(REPORT, b"# Inspectors"), file(LOG)]).write(tmp_path / "short.tar", text)
    assert_refused(tmp_path / "short.tar", "not the 29 listed")


@pytest.mark.parametrize(
    "facts",
    [
        {"format": 2}, {"format": "1"}, {"build": 7}, {"build": ".."}, {"build": "current"}, {"members": None},
        {"members": [{"name": LOG, "size": -1, "sha256": "ab" * 32}]},
        {"members": [{"name": LOG, "size": True, "sha256": "ab" * 32}]},
        {"members": [{"name": LOG, "size": 0, "sha256": "no digest"}]},
        {"members": [{"name": "reports/\ud800.md", "size": 0, "sha256": "ab" * 32}]},
        {"members": [{"name": LOG}]}, {"members": [LOG]}, {"build": "20260101-000000-000000-abcdef01"},
    ],
)  # fmt: skip
def test_an_inventory_with_impossible_values_is_refused(tmp_path: Path, facts: dict[str, Any]) -> None:
    Forged(facts=facts).write(tmp_path / "b.tar")
    assert_refused(tmp_path / "b.tar")


@pytest.mark.parametrize("text", [b"", b"no JSON", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": 1}'])
def test_an_inventory_that_cannot_be_read_is_refused(tmp_path: Path, text: bytes) -> None:
    Forged().write(tmp_path / "b.tar", text)
    assert_refused(tmp_path / "b.tar")


def test_an_archive_that_does_not_begin_with_its_inventory_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        for info, content in [*Forged().members, file(INVENTORY_FILE, Forged().text())]:
            archive.addfile(info, io.BytesIO(content))
    assert_refused(tmp_path / "b.tar", "does not begin")
    with tarfile.open(tmp_path / "link.tar", "w") as archive:
        link, _ = file(INVENTORY_FILE, b"", type=tarfile.SYMTYPE, linkname="/etc/passwd")
        archive.addfile(link)
    assert_refused(tmp_path / "link.tar", "does not begin")


def test_an_archive_that_unpacks_to_more_than_it_lists_is_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "b.tar.gz", "wb") as packed:
        Forged().write(tmp_path / "plain.tar")
        packed.write((tmp_path / "plain.tar").read_bytes()[:-10240])
        info = tarfile.TarInfo("reports/bomb.md")
        info.size = 1 << 30
        packed.write(info.tobuf())
        for _ in range(40):
            packed.write(bytes(1 << 20))
    assert_refused(tmp_path / "b.tar.gz")


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.XGLTYPE])
@pytest.mark.parametrize("first", [True, False])
def test_a_header_of_a_gigabyte_is_refused_before_it_fills_the_memory(tmp_path: Path, kind: bytes, first: bool) -> None:
    info = tarfile.TarInfo("x")
    info.size, info.type = 1 << 30, kind
    Forged().write(tmp_path / "plain.tar")
    with gzip.open(tmp_path / "b.tar.gz", "wb") as packed:
        if not first:
            packed.write((tmp_path / "plain.tar").read_bytes()[:-10240])
        packed.write(info.tobuf())
        for _ in range(40):  # nothing reads the rest
            packed.write(bytes(1 << 20))
    assert_refused(tmp_path / "b.tar.gz", "more than it lists")


def test_endless_headers_are_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 0
    (tmp_path / "b.tar").write_bytes(info.tobuf() * 2000 + bytes(10240))
    assert_refused(tmp_path / "b.tar")


def test_a_backup_that_needs_more_space_than_there_is_is_refused_first(tmp_path: Path) -> None:
    listed = [{"name": LOG, "size": 1 << 60, "sha256": "ab" * 32}]
    Forged(listed=listed).write(tmp_path / "b.tar")
    assert_refused(tmp_path / "b.tar", "more free space", DiskFull)


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"\x1f\x8b\x08\0\0", b"PK\x03\x04", bytes(20480), b"x" * 20480])
def test_a_file_that_is_not_an_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.tar").write_bytes(content)
    assert_refused(tmp_path / "b.tar")


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_truncated_archive_is_refused(tmp_path: Path, mode: Literal["w", "w:gz"]) -> None:
    Forged().write(tmp_path / "whole.tar", mode=mode)
    whole = (tmp_path / "whole.tar").read_bytes()
    with tarfile.open(tmp_path / "whole.tar") as archive:
        last = len(whole) if mode == "w:gz" else archive.getmembers()[-1].offset_data  # only padding follows
    for cut in {*range(0, last, max(1, last // 40)), last - 1}:
        (tmp_path / "b.tar").write_bytes(whole[:cut])
        assert_refused(tmp_path / "b.tar")


def test_an_altered_archive_is_refused_or_restores_the_same_files(tmp_path: Path) -> None:
    Forged().write(tmp_path / "whole.tar")
    whole, chance = (tmp_path / "whole.tar").read_bytes(), random.Random(7)  # noqa: S311 - the same changes every time
    refusals = 0
    for number in range(400):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(4096)] ^= 1 << chance.randrange(8)
        (tmp_path / "b.tar").write_bytes(bytes(content))
        try:
            restore(tmp_path / "b.tar", tmp_path / f"new-{number}", quiet)
        except (BackupError, DiskFull):
            refusals += 1
        else:
            new = tmp_path / f"new-{number}"
            assert (new / REPORT).read_text() == "# Inspectors visit Westmarsh\n"
            shutil.rmtree(new)
    assert refusals > 200
    assert {path.name for path in tmp_path.iterdir()} == {"whole.tar", "b.tar"}


@pytest.fixture
def sample_backup(sample_index: DataFolder, tmp_path: Path) -> Path:
    """A backup of the index of the samples, without the conversations and feedback from other tests."""
    ignored = shutil.ignore_patterns("conversations*", "feedback*", "saved_questions*")
    data = DataFolder(Path(shutil.copytree(sample_index.root, tmp_path / "samples", ignore=ignored)))
    Backup(data, "1", quiet, with_cache=False).write(tmp_path / "samples.tar", NOW)
    return tmp_path / "samples.tar"


@pytest.fixture
def forge(sample_backup: Path) -> Callable[[Callable[[str, bytes], bytes | None]], Path]:
    """Change files in the backup of the samples and update the inventory. A change to None leaves the file out."""

    def forge(change: Callable[[str, bytes], bytes | None]) -> Path:
        members = []
        with tarfile.open(sample_backup) as archive:
            facts = json.load(archive.extractfile(INVENTORY_FILE))
            for info in list(archive)[1:]:
                content = change(info.name, archive.extractfile(info).read())
                if content is not None:
                    members.append(file(info.name, content))
        facts.pop("members")
        Forged(members, facts).write(sample_backup.with_name("b.tar"))
        sample_backup.unlink()
        return sample_backup.with_name("b.tar")

    return forge


def test_a_build_that_does_not_match_its_manifest_is_refused(forge: Callable[..., Path]) -> None:
    assert_refused(
        forge(lambda name, content: content[:-1] + b"x" if name.endswith("passages.faiss") else content), "faiss"
    )


def test_a_build_without_one_of_its_files_is_refused(forge: Callable[..., Path]) -> None:
    assert_refused(forge(lambda name, content: None if name.endswith("sentences.faiss") else content), "missing")


def test_a_build_without_an_original_is_refused(forge: Callable[..., Path]) -> None:
    first: list[str] = []

    def change(name: str, content: bytes) -> bytes | None:
        if name.startswith("originals/") and not first:
            first.append(name)
            return None
        return content

    assert_refused(forge(change), "is missing")


def test_a_pointer_to_a_build_that_is_not_there_is_refused(forge: Callable[..., Path]) -> None:
    assert_refused(
        forge(lambda name, content: b"../../../etc\n" if name == "index/current" else content),
        "names a build that does not exist",
    )


def test_an_unreadable_list_of_removed_reports_is_refused(forge: Callable[..., Path]) -> None:
    path = forge(lambda name, content: content)
    with tarfile.open(path) as archive:
        facts = json.load(archive.extractfile(INVENTORY_FILE))
        members = [file(info.name, archive.extractfile(info).read()) for info in list(archive)[1:]]
    facts.pop("members")
    Forged([*members, file("index/removed.json", b"no JSON")], facts).write(path)
    assert_refused(path, "cannot be read")


@pytest.mark.parametrize("kind", ["no database", "damaged", "trigger"])
def test_a_database_that_is_damaged_or_has_a_trigger_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "made" / "conversations.sqlite"
    path.parent.mkdir()
    Conversations.open(path.parent).begin("me", "first")
    if kind == "trigger":
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(
                "CREATE TRIGGER t AFTER INSERT ON turns BEGIN DELETE FROM conversations WHERE title != ''; END"
            )
            connection.commit()
    content = path.read_bytes()
    if kind != "trigger":
        content = b"no database" * 100 if kind == "no database" else content[:4096] + bytes(len(content) - 4096)
    forged = Forged()
    forged.members.append(file("conversations.sqlite", content))
    forged.write(tmp_path / "b.tar")
    assert_refused(tmp_path / "b.tar")


def test_a_backup_is_restored_only_into_an_empty_folder(tmp_path: Path) -> None:
    Forged().write(tmp_path / "b.tar")
    used = tmp_path / "used"
    used.mkdir()
    (used / "precious").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("used", "file", "link"):
        with pytest.raises(BackupError, match="is not an empty folder"):
            restore(tmp_path / "b.tar", tmp_path / name, quiet)
    with pytest.raises(BackupError, match="is not a folder"):
        restore(tmp_path / "b.tar", tmp_path / "no" / "new", quiet)
    assert [path.name for path in used.iterdir()] == ["precious"]
    restore(tmp_path / "b.tar", tmp_path / "empty", quiet)
    assert (tmp_path / "empty" / REPORT).exists()


def test_a_restore_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    Forged().write(tmp_path / "b.tar")

    def stop(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "b.tar", tmp_path / "new", stop)
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]


def test_a_build_of_another_format_is_restored_and_marked_as_outdated(
    forge: Callable[..., Path],
) -> None:
    path = forge(lambda name, content: content)
    with tarfile.open(path) as archive:
        facts = json.load(archive.extractfile(INVENTORY_FILE))
        members = [file(info.name, archive.extractfile(info).read()) for info in list(archive)[1:]]
    facts.pop("members")
    Forged(members, {**facts, "index_format": 3}).write(path)
    restored = restore(path, path.parent / "new", quiet)
    assert restored.outdated
    assert (restored.into / "index" / "current").read_text().strip() == restored.inventory.build


def test_an_error_has_no_characters_that_control_a_terminal(tmp_path: Path) -> None:
    forged = Forged(unlisted=("reports/\x1b[2J.md",))
    forged.members.append(file("reports/\x1b[2J.md", b"x"))
    forged.write(tmp_path / "b.tar")
    with pytest.raises((BackupError, SearchIndexError)) as raised:
        restore(tmp_path / "b.tar", tmp_path / "new", quiet)
    assert str(raised.value).isprintable()
