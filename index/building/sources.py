"""Finds the files to build an index from, and identifies them by content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from corpus.facts.sidecar import sidecar_of
from corpus.formats import SUFFIXES
from corpus.programs import PROGRAMS, find_program
from corpus.reader_version import reader_version
from index.building.remarks import remarks_version
from index.digests import file_digest
from index.errors import NoReports
from index.storage.manifest import Failure, fingerprint


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, with the digests of its content and of any sidecar."""

    path: Path
    sha256: str
    sidecar: str | None = None

    @property
    def file(self) -> str:
        """File name of the report."""
        return self.path.name

    def failed(self, reason: str, remedy: str) -> Failure:
        """Return a failure to read this file."""
        return Failure(self.file, reason, remedy, self.sha256, self.sidecar)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files to read, each with different content, and the files that are left out."""

    sources: tuple[Source, ...]
    duplicates: tuple[tuple[str, str], ...]
    """Pairs of files with the same content. The first is left out and the second is used."""
    failures: tuple[Failure, ...]
    """Files that cannot be opened."""
    removed: tuple[tuple[str, str], ...]
    """Files whose content was removed from the index, each with the sha256 of that content."""

    def fingerprint(self, revision: str) -> str:
        """Return a digest of everything that determines the contents of a build.

        ``revision`` is the revision of the encoder. The programs count too, because a new one may read files that
        failed.
        """
        files = [(s.file, f"{s.sha256} {s.sidecar}" if s.sidecar else s.sha256) for s in self.sources]
        programs = " ".join(program for program in PROGRAMS if find_program(program))
        rules = f"{reader_version()} {remarks_version(revision)} {programs}"
        return fingerprint(files, revision=revision, reader=rules)


def find_sources(folders: Iterable[Path]) -> list[Path]:
    """Return the files in folders and their subfolders that could be reports. ``folders`` may also name files.

    This skips files of other types, hidden files, README files and Office's lock files ("~$…"). Raises NoReports if
    there are no files.
    """
    folders = list(folders)
    for folder in folders:
        if not folder.exists():
            raise NoReports(f"{folder} does not exist. Name a folder that contains reports.")
    candidates = [
        path
        for folder in folders
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*")))
        if path.is_file() and path.suffix.lower() in SUFFIXES and not _is_ignored(path)
    ]
    files = list({path.resolve(): path for path in candidates}.values())  # folders may overlap
    if not files:
        names = ", ".join(str(folder) for folder in folders)
        raise NoReports(
            f"There are no reports in {names}. Put {', '.join(SUFFIXES)} files there, or name another folder."
        )
    return files


def gather(files: Sequence[Path], removed: Mapping[str, str] = MappingProxyType({})) -> Sources:
    """Return files with their digests.

    If there are several copies of a file, only one is returned, preferably one with a sidecar. ``removed`` contains the
    sha256 of each file that was removed from the index. Files with such content are left out, and are listed as
    removed.
    """
    copies: dict[str, list[Source]] = {}
    failures: list[Failure] = []
    left_out: list[tuple[str, str]] = []
    for path in files:
        sidecar, opening = sidecar_of(path), path
        try:
            sha256 = file_digest(path)
            opening = sidecar
            sidecar_digest = file_digest(sidecar) if sidecar.is_file() else None
        except OSError as error:
            name = "the file" if opening == path else f"its facts file {sidecar.name}"
            reason = f"{name} cannot be opened ({error.strerror or error})"
            failures.append(Failure(path.name, reason, "Check its permissions, then build again."))
            continue
        if sha256 in removed:
            left_out.append((path.name, sha256))
            continue
        copies.setdefault(sha256, []).append(Source(path, sha256, sidecar_digest))
    sources = [next((copy for copy in same if copy.sidecar), same[0]) for same in copies.values()]
    duplicates = [
        (copy.file, source.file)
        for source, same in zip(sources, copies.values(), strict=True)
        for copy in same
        if copy is not source
    ]
    return Sources(tuple(sources), tuple(duplicates), tuple(failures), tuple(left_out))


def _is_ignored(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.stem.lower() == "readme"
