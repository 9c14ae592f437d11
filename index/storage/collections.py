"""Collections of reports that only certain groups of people may see. They list the sha256 digests of files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from filelock import FileLock

from corpus.types import REPORT_ID_LENGTH, Report
from index.errors import CollectionError, DamagedList
from index.storage.data_folder import DataFolder, write_atomically

NAME = "collections.json"
_VALID_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@/:-]{0,99}", re.ASCII)
"""Pattern for the names of collections and groups."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Digests of files, and the groups whose members may see them."""

    groups: frozenset[str]
    contents: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.groups:
            raise CollectionError("A collection needs at least one group. Without one, nobody could see its reports.")


@dataclass(frozen=True)
class Collections:
    """All collections by name. Everybody who can use the service sees the reports that are in no collection."""

    named: Mapping[str, Collection] = field(default_factory=dict)

    def __post_init__(self) -> None:
        groups = (group for collection in self.named.values() for group in collection.groups)
        for name in (*self.named, *groups):
            if not _VALID_NAME.fullmatch(name):
                raise CollectionError(
                    f"“{name[:120]}” cannot be the name of a collection or group. Use 1 to 100 letters, digits, spaces "
                    "and . _ @ / : - and start with a letter or a digit."
                )

    @classmethod
    def read(cls, data: DataFolder) -> Collections:
        """Read the collections of a data folder.

        Raises DamagedList if they cannot be read. Questions must not be answered in that case, because any report could
        be in a collection.
        """
        path = data.builds / NAME
        try:
            facts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
            return cls({n: Collection(frozenset(c["groups"]), frozenset(c["contents"])) for n, c in facts.items()})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, CollectionError) as error:
            raise DamagedList(
                f"{path} cannot be read ({error}). It says who may see which reports. Restore it from a backup."
            ) from error

    @classmethod
    def change(cls, data: DataFolder, change: Callable[[Collections], Collections]) -> Collections:
        """Change the collections under a lock, and return the new ones."""
        data.builds.mkdir(parents=True, exist_ok=True)
        with FileLock(data.builds / "collections.lock", timeout=30):
            present = cls.read(data)
            changed = change(present)
            if changed != present:
                write_atomically(data.builds / NAME, json.dumps(changed.facts, ensure_ascii=False, indent=1))
        return changed

    @property
    def facts(self) -> dict[str, dict[str, list[str]]]:
        """The collections as values that can be written as JSON."""
        return {
            name: {"groups": sorted(collection.groups), "contents": sorted(collection.contents)}
            for name, collection in sorted(self.named.items())
        }

    @cached_property
    def audiences(self) -> Mapping[str, frozenset[str]]:
        """The groups that may see each file, by its sha256. Files that everybody may see are not included."""
        audiences: dict[str, frozenset[str]] = {}
        for collection in self.named.values():
            for sha256 in collection.contents:
                audiences[sha256] = audiences.get(sha256, frozenset()) | collection.groups
        return audiences

    @cached_property
    def _audience_of_id(self) -> Mapping[str, frozenset[str]]:
        return {sha256[:REPORT_ID_LENGTH]: groups for sha256, groups in self.audiences.items()}

    def may_see(self, report_id: str, groups: Iterable[str]) -> bool:
        """Return whether members of the groups may see a report. The report may have been removed from the index."""
        audience = self._audience_of_id.get(report_id)
        return audience is None or not audience.isdisjoint(groups)

    def hidden(self, reports: Iterable[Report], groups: frozenset[str]) -> frozenset[str]:
        """Return the ids of the reports that must be hidden from somebody who is in these groups and no others."""
        return frozenset(report.id for report in reports if not self.may_see(report.id, groups))

    def with_collection(self, name: str, groups: Iterable[str]) -> Collections:
        """Return these collections with a new one for the groups, or with new groups for one that already exists."""
        present = self.named.get(name)
        contents = present.contents if present else frozenset()
        return replace(self, named={**self.named, name: Collection(frozenset(groups), contents)})

    def without_collection(self, name: str) -> Collections:
        """Return these collections without one of them.

        Everybody can then see its reports that are not in another collection. Raises CollectionError if the collection
        does not exist.
        """
        self._find(name)
        return replace(self, named={other: collection for other, collection in self.named.items() if other != name})

    def with_contents(self, name: str, contents: Iterable[str]) -> Collections:
        """Return these collections with files added to one. Raises CollectionError if it does not exist."""
        present = self._find(name)
        changed = replace(present, contents=present.contents | frozenset(contents))
        return replace(self, named={**self.named, name: changed})

    def without_contents(self, name: str, contents: Iterable[str]) -> Collections:
        """Return a copy of these collections, with the given files removed from one of them.

        Raises CollectionError if that collection does not exist.
        """
        present = self._find(name)
        changed = replace(present, contents=present.contents - frozenset(contents))
        return replace(self, named={**self.named, name: changed})

    def with_replacements(self, gone: frozenset[str], new: frozenset[str]) -> Collections:
        """Return these collections, with the new files added wherever a file that they replace is."""
        changed = {n: replace(c, contents=c.contents | new) for n, c in self.named.items() if c.contents & gone}
        return replace(self, named={**self.named, **changed})

    def _find(self, name: str) -> Collection:
        collection = self.named.get(name)
        if collection is None:
            known = ", ".join(self.named) or "none yet"
            raise CollectionError(f"There is no collection “{name[:120]}”. The collections are: {known}.")
        return collection


def stamp(data: DataFolder) -> tuple[int, int] | None:
    """Return a value that changes whenever the collections do. It is None if there are no collections."""
    path: Path = data.builds / NAME
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino
