"""What was built, from what, with what: the file that says whether a build is whole and fits this program."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from index.digests import file_digest
from index.errors import DamagedIndex

NAME = "manifest.json"
STORE, PASSAGES, SENTENCES, TERMS = "store.sqlite", "passages.faiss", "sentences.faiss", "terms"
"""The rest of a build: reports and passages, vectors of passages, vectors of sentences, and counts of terms."""
FORMAT = 8
"""Raised whenever what a build's files hold changes."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not indexed, and why."""

    file: str
    reason: str
    remedy: str
    sha256: str | None = None
    """Of the file that was read in vain: it is not read again until it changes. None where it could not be opened."""
    sidecar: str | None = None


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
    """Texts embedded for it: sentences, headings, and passages without sentences."""
    failures: tuple[Failure, ...]
    duplicates: tuple[tuple[str, str], ...]
    """Pairs of a file left out and the file that holds the same."""
    removed: tuple[str, ...]
    """Files left out because their content was taken out of the index."""
    superseded: int
    """Reports among them that a corrected re-issue stands for: they answer nothing."""
    originals: tuple[str, ...]
    """sha256 of the files of its reports."""
    folders: tuple[str, ...]
    """Where its files were looked for."""
    files_read: tuple[str, ...]
    """Files read for it; the others were taken from the build before."""
    reread: str
    """Why all files were read again, in words; empty where only new ones were."""
    sizes: dict[str, int]
    """Bytes of each file of the build."""
    digests: dict[str, str]
    """sha256 of each file of the build."""

    def write(self, folder: Path) -> None:
        """Write the manifest into its build, sealed with a digest of itself."""
        facts = asdict(self)
        text = json.dumps({**facts, "seal": _seal(facts)}, ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text, encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a build's manifest and check its files' sizes. Raises DamagedIndex."""
        try:
            data = dict(json.loads((folder / NAME).read_text(encoding="utf-8")))
            if data["format"] != FORMAT:
                raise DamagedIndex(f"The build in {folder} has format {data['format']}, not {FORMAT}. {MEND}")
            if data.pop("seal") != _seal(data):
                raise DamagedIndex(f"{folder / NAME} is not what was written. {MEND}")
            data["failures"] = tuple(Failure(**failure) for failure in data["failures"])
            data["duplicates"] = tuple((left, same) for left, same in data["duplicates"])
            data |= {name: tuple(data[name]) for name in ("originals", "folders", "files_read", "removed")}
            manifest = cls(**data)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndex(f"The build in {folder} has no readable manifest ({error}). {MEND}") from error
        for name, size in manifest.sizes.items():
            path = folder / name
            if not path.is_file() or path.stat().st_size != size:
                raise DamagedIndex(f"{path} is missing or not the {size} bytes that were written. {MEND}")
        return manifest


MEND = "Build it again with “qa-service build”; embeddings are kept, so it is quick."


def _seal(facts: Mapping[str, object]) -> str:
    """A digest of all that a manifest says."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(sources: Iterable[tuple[str, str]], *, revision: str, reader: int) -> str:
    """A digest of all that decides what a build holds: files by name and content, encoder, reader, format."""
    lines = sorted(f"{sha256} {file}" for file, sha256 in sources)
    return hashlib.sha256("\n".join([*lines, revision, str(reader), str(FORMAT)]).encode()).hexdigest()


def file_sizes(folder: Path) -> dict[str, int]:
    """Bytes of each file in a build, by its path within."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def file_digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """sha256 of some files of a build, by their paths within."""
    return {name: file_digest(folder / name) for name in names}
