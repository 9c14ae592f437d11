"""The manifest of a build. It shows what is in the build, how it was made, and whether it is complete and usable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.types import Report
from index.digests import file_digest
from index.errors import DamagedIndex

NAME = "manifest.json"
STORE, PASSAGES, SENTENCES, TERMS = "store.sqlite", "passages.faiss", "sentences.faiss", "terms"
"""The other files in a build. They contain the reports and passages, the vectors of passages, the vectors of sentences,
and the term counts."""
WORDS = "words"
"""The folder in a build that contains the counts of whole words."""
REMARKS = "remarks"
"""The folder of a build that contains the sentences that praise or criticise a theme."""
FORMAT = 12
"""Increase this when the contents of a build's files change."""
REBUILD_HINT = "Run “qa-service build” to build it again. This is quick, because embeddings are kept."


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not indexed, with the reason."""

    file: str
    reason: str
    remedy: str
    sha256: str | None = None
    """Digest of a file that could not be read. The file is not read again until it changes. This is None if the
    file could not be opened."""
    sidecar: str | None = None
    """Digest of its sidecar."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Facts about one build."""

    build: str
    created: str
    format: int
    encoder: str
    revision: str
    dimension: int
    precision: str
    reader: str
    """The reader version: a digest of the code and libraries that read the reports and divide them into passages."""
    remarks: str
    """The version of the rules and weights with which the build found remarks."""
    fingerprint: str
    reports: int
    passages: int
    sentences: int
    embedded: int
    """Number of texts embedded for this build: sentences, headings, and passages without sentences."""
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]
    """Pairs of files with the same content. The first was left out, and the second is in the index."""
    removed: tuple[str, ...]
    """Files left out because their content was removed from the index."""
    superseded: int
    """Number of reports replaced by a later issue. They have no passages, and :attr:`reports` does not count them."""
    originals: tuple[str, ...]
    """The sha256 of each report's file, and of each file that was made from one to read it."""
    folders: tuple[str, ...]
    """Folders that contained the files."""
    files_read: tuple[str, ...]
    """Files read for this build. The other reports came from the previous build."""
    reread: str
    """The reason why all files were read again, in words. Empty if only new files were read."""
    sizes: dict[str, int]
    """Size of each file in the build, in bytes."""
    digests: dict[str, str]
    """The sha256 of each file in the build."""

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of its build, with a digest of itself."""
        facts = asdict(self)
        text = json.dumps({**facts, "seal": _seal(facts)}, ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a build's manifest, and check the sizes of the build's files. Raises DamagedIndex."""
        try:
            data = dict(json.loads((folder / NAME).read_text(encoding="utf-8")))
            if data["format"] != FORMAT:
                raise DamagedIndex(
                    f"The build in {folder} has format {data['format']}, but this version needs format {FORMAT}. "
                    f"{REBUILD_HINT}"
                )
            if data.pop("seal") != _seal(data):
                raise DamagedIndex(f"{folder / NAME} has changed since it was written. {REBUILD_HINT}")
            data["failures"] = tuple(Failure(**failure) for failure in data["failures"])
            data["duplicates"] = tuple((left_out, kept) for left_out, kept in data["duplicates"])
            data |= {name: tuple(data[name]) for name in ("originals", "folders", "files_read", "removed")}
            manifest = cls(**data)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndex(f"The build in {folder} has no readable manifest ({error}). {REBUILD_HINT}") from error
        for name, size in manifest.sizes.items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                raise DamagedIndex(f"{path} is missing, or its size is not the original {size} bytes. {REBUILD_HINT}")
        return manifest


def originals_of(reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the sha256 of each file that a build must keep, in the order of its reports."""
    return tuple(sha256 for report in reports for sha256 in (report.sha256, report.converted) if sha256)


def _seal(facts: Mapping[str, object]) -> str:
    """Return a digest of everything in a manifest."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(sources: Iterable[tuple[str, str]], *, revision: str, reader: str) -> str:
    """Return a digest of everything that determines the contents of a build.

    It covers the names and digests of the files, the encoder's revision, the reader's version and the format.
    """
    lines = sorted(f"{sha256} {file}" for file, sha256 in sources)
    return hashlib.sha256("\n".join([*lines, revision, reader, str(FORMAT)]).encode()).hexdigest()


def file_sizes(folder: Path) -> dict[str, int]:
    """Return the size in bytes of each file in a build, by its path in the build."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def file_digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the sha256 of the given files in a build, by their paths in the build."""
    return {name: file_digest(folder / name) for name in names}
