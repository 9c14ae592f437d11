"""Collections: reports that only some groups of people may see. By content, as removals are."""

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
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@/:-]{0,99}", re.ASCII)
"""What names of collections and groups look like."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Some contents, by sha256, and the groups whose members may see them."""

    groups: frozenset[str]
    contents: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.groups:
            raise CollectionError("A collection has at least one group: nobody could see its reports.")


@dataclass(frozen=True)
class Collections:
    """All collections by name. What is in none of them is seen by everybody who may ask."""

    named: Mapping[str, Collection] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.named, *(group for one in self.named.values() for group in one.groups)):
            if not _PLAIN.fullmatch(name):
                raise CollectionError(
                    f"“{name[:120]}” names no collection or group: 1 to 100 letters, digits, spaces and . _ @ / : - "
                    "are taken, a letter or digit first."
                )

    @classmethod
    def read(cls, data: DataFolder) -> Collections:
        """Those of a data folder. Raises DamagedList where they cannot be read: nobody may ask without them."""
        path = data.builds / NAME
        try:
            facts = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
            return cls({n: Collection(frozenset(c["groups"]), frozenset(c["contents"])) for n, c in facts.items()})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, CollectionError) as error:
            raise DamagedList(
                f"{path}, which says who may see which reports, cannot be read ({error}). Bring it back from a backup."
            ) from error

    @classmethod
    def change(cls, data: DataFolder, change: Callable[[Collections], Collections]) -> Collections:
        """Change them in one step, whoever else changes them; what they are since."""
        data.builds.mkdir(parents=True, exist_ok=True)
        with FileLock(data.builds / "collections.lock", timeout=30):
            held = cls.read(data)
            changed = change(held)
            if changed != held:
                write_atomically(data.builds / NAME, json.dumps(changed.facts, ensure_ascii=False, indent=1))
        return changed

    @property
    def facts(self) -> dict[str, dict[str, list[str]]]:
        """All of them, as they are written."""
        return {
            name: {"groups": sorted(one.groups), "contents": sorted(one.contents)}
            for name, one in sorted(self.named.items())
        }

    @cached_property
    def audiences(self) -> Mapping[str, frozenset[str]]:
        """The groups that may see a content, by sha256; what everybody may see is not among them."""
        found: dict[str, frozenset[str]] = {}
        for one in self.named.values():
            for sha256 in one.contents:
                found[sha256] = found.get(sha256, frozenset()) | one.groups
        return found

    @cached_property
    def _audience_of_id(self) -> Mapping[str, frozenset[str]]:
        return {sha256[:REPORT_ID_LENGTH]: groups for sha256, groups in self.audiences.items()}

    def may_see(self, report_id: str, groups: Iterable[str]) -> bool:
        """Whether members of some groups may see the report with an id, held now or removed."""
        audience = self._audience_of_id.get(report_id)
        return audience is None or not audience.isdisjoint(groups)

    def hidden(self, reports: Iterable[Report], groups: frozenset[str]) -> frozenset[str]:
        """Ids of the reports that members of some groups, and of no other, may not see."""
        return frozenset(report.id for report in reports if not self.may_see(report.id, groups))

    def with_collection(self, name: str, groups: Iterable[str]) -> Collections:
        """With a collection for some groups; one of that name keeps its reports."""
        held = self.named.get(name)
        kept = held.contents if held else frozenset()
        return replace(self, named={**self.named, name: Collection(frozenset(groups), kept)})

    def without_collection(self, name: str) -> Collections:
        """Without a collection: what only it held is seen by everybody. Raises CollectionError where there is none."""
        self._find(name)
        return replace(self, named={other: one for other, one in self.named.items() if other != name})

    def with_contents(self, name: str, contents: Iterable[str]) -> Collections:
        """With contents in a collection. Raises CollectionError where there is none of that name."""
        held = self._find(name)
        return replace(self, named={**self.named, name: replace(held, contents=held.contents | frozenset(contents))})

    def without_contents(self, name: str, contents: Iterable[str]) -> Collections:
        """With contents taken out of a collection. Raises CollectionError where there is none of that name."""
        held = self._find(name)
        return replace(self, named={**self.named, name: replace(held, contents=held.contents - frozenset(contents))})

    def with_replacements(self, gone: frozenset[str], new: frozenset[str]) -> Collections:
        """With new contents wherever others are whose place they take: they are limited as those were."""
        moved = {n: replace(one, contents=one.contents | new) for n, one in self.named.items() if one.contents & gone}
        return replace(self, named={**self.named, **moved})

    def _find(self, name: str) -> Collection:
        held = self.named.get(name)
        if held is None:
            known = ", ".join(self.named) or "none yet"
            raise CollectionError(f"There is no collection “{name[:120]}”. Those known: {known}.")
        return held


def stamp(data: DataFolder) -> tuple[int, int] | None:
    """Changes whenever the collections do; None while there are none."""
    path: Path = data.builds / NAME
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino
