"""The files that an index is built from: found, told apart by content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from corpus.formats import SUFFIXES
from corpus.reader_version import reader_version
from corpus.sidecar import sidecar_of
from index.digests import file_digest
from index.errors import NoReports
from index.storage.manifest import Failure, fingerprint


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it is, and the digests of its content and of its sidecar, if it has one."""

    path: Path
    sha256: str
    sidecar: str | None = None

    @property
    def file(self) -> str:
        """The name that the report goes by."""
        return self.path.name

    def failed(self, reason: str, remedy: str) -> Failure:
        """That it could not be read, and why."""
        return Failure(self.file, reason, remedy, self.sha256, self.sidecar)


@dataclass(frozen=True, slots=True)
class Sources:
    """Files by content: one of each, the copies with the file that stands for them, and what is left out."""

    sources: tuple[Source, ...]
    duplicates: tuple[tuple[str, str], ...]
    failures: tuple[Failure, ...]
    """Files that cannot be opened."""
    removed: tuple[tuple[str, str], ...]
    """Files whose content was taken out of the index, with its sha256."""

    def mark(self, revision: str) -> str:
        """A digest of all that decides what is built from them with an encoder of a revision."""
        named = [(one.file, f"{one.sha256} {one.sidecar}" if one.sidecar else one.sha256) for one in self.sources]
        return fingerprint(named, revision=revision, reader=reader_version())


def find_sources(folders: Iterable[Path]) -> list[Path]:
    """The files that could be reports in some folders and below, by name. Raises NoReports where there is none.

    Files of other types, hidden files, README files and Office's lock files ("~$…") are passed over.
    """
    folders = list(folders)
    for folder in folders:
        if not folder.exists():
            raise NoReports(f"{folder} does not exist. Name a folder that holds reports.")
    found = [
        path
        for folder in folders
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
        if path.is_file() and path.suffix.lower() in SUFFIXES and not _is_aside(path)
    ]
    files = list({path.resolve(): path for path in found}.values())  # folders may overlap
    if not files:
        names = ", ".join(str(folder) for folder in folders)
        raise NoReports(f"No reports in {names}. Put {', '.join(SUFFIXES)} files there, or name another folder.")
    return files


def gather(files: Sequence[Path], removed: Mapping[str, str] = MappingProxyType({})) -> Sources:
    """Files with their digests, one of each content; of copies one with a sidecar.

    ``removed`` are the contents that were taken out, by sha256, with the day: they are left out, and that is said.
    """
    copies: dict[str, list[Source]] = {}
    failures: list[Failure] = []
    taken: list[tuple[str, str]] = []
    for path in files:
        sidecar, opened = sidecar_of(path), path
        try:
            sha256 = file_digest(path)
            opened = sidecar
            correction = file_digest(sidecar) if sidecar.is_file() else None
        except OSError as error:
            which = "the file" if opened == path else f"its sidecar {sidecar.name}"
            reason = f"{which} cannot be opened ({error.strerror or error})"
            failures.append(Failure(path.name, reason, "Check its permissions, then build again."))
            continue
        if sha256 in removed:
            taken.append((path.name, sha256))
            continue
        copies.setdefault(sha256, []).append(Source(path, sha256, correction))
    sources = [next((one for one in same if one.sidecar), same[0]) for same in copies.values()]
    duplicates = [
        (one.file, source.file)
        for source, same in zip(sources, copies.values(), strict=True)
        for one in same
        if one is not source
    ]
    return Sources(tuple(sources), tuple(duplicates), tuple(failures), tuple(taken))


def _is_aside(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.stem.lower() == "readme"
