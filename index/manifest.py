"""What was built, from what, with what: the file that says whether a build is whole and fits this program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import DamagedIndex

NAME = "manifest.json"
FORMAT = 2
"""Raised whenever what a build's files hold changes."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not indexed, and why."""

    file: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The account of one build."""

    build: str
    created: str
    format: int
    encoder: str
    revision: str
    dimension: int
    precision: str
    reader: int
    fingerprint: str
    reports: int
    passages: int
    sentences: int
    embedded: int
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]
    """Pairs of a file left out and the file that holds the same."""
    sizes: dict[str, int]
    """Bytes of each file of the build."""

    def write(self, folder: Path) -> None:
        """Write the manifest into its build."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a build's manifest and check its files' sizes. Raises DamagedIndex."""
        try:
            data = dict(json.loads((folder / NAME).read_text(encoding="utf-8")))
            failures = tuple(Failure(**failure) for failure in data.pop("failures"))
            duplicates = tuple((left, same) for left, same in data.pop("duplicates"))
            manifest = cls(failures=failures, duplicates=duplicates, **data)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndex(f"The build in {folder} has no readable manifest ({error}). {_MEND}") from error
        if manifest.format != FORMAT:
            raise DamagedIndex(f"The build in {folder} has format {manifest.format}, not {FORMAT}. {_MEND}")
        for name, size in dict(manifest.sizes or {}).items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                raise DamagedIndex(f"{path} is missing or not the {size} bytes that were written. {_MEND}")
        return manifest


_MEND = "Build it again with “qa-service build”; embeddings are kept, so it is quick."


def fingerprint(sources: Iterable[tuple[str, str]], *, revision: str, reader: int) -> str:
    """A digest of all that decides what a build holds: files by name and content, encoder, reader, format."""
    lines = sorted(f"{sha256} {file}" for file, sha256 in sources)
    return hashlib.sha256("\n".join([*lines, revision, str(reader), str(FORMAT)]).encode()).hexdigest()


def file_sizes(folder: Path) -> dict[str, int]:
    """Bytes of each file in a build, by its path within."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
