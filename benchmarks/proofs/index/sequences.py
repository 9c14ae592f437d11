"""Change reports and rebuild the index at random, and compare the index with a plain dictionary."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.harness.builders import HashingEncoder, upkeep_of
from benchmarks.harness.figures import Proof
from index.errors import NoIndex
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store
from qa_service.maintenance.updates import Updater
from qa_service.maintenance.uploads import IncomingFile, add

COUNT, STEPS = 100, 8
_WORD = re.compile(r"unique[0-9a-f]{12}")
_PLACES = ("Aldermere", "Carrowby", "Westmarsh", "Northwold", "Pellbrook")


def prove(proof: Proof, folder: Path) -> None:
    """Run a hundred sequences. The index must match the dictionary, and the disk must not keep what was removed."""
    wrong, left, steps = 0, 0, 0
    for seed in range(COUNT):
        sequence = Sequence(folder / str(seed), random.Random(seed))  # noqa: S311 - the same sequences each time
        wrong += sequence.run()
        left += sequence.remains()
        steps += sequence.steps
    proof.add("sequences of add, replace, remove, rename and rebuild", COUNT, "≥", 100)
    proof.add("steps in all sequences", steps)
    proof.add("steps that left the wrong passages in the index", wrong, "=", 0)
    proof.add("removed texts found on disk after a purge", left, "=", 0)


@dataclass
class Sequence:
    """One data folder, and what should be in it."""

    root: Path
    chance: random.Random
    live: dict[str, str] = field(default_factory=dict)
    """The word that is unique to each report, keyed by the report's file name."""
    gone: set[str] = field(default_factory=set)
    """The words that only removed reports contained."""
    steps: int = 0
    _number: int = 0

    def run(self) -> int:
        """Take random steps. Returns how many of them left the wrong passages in the index."""
        self.root.mkdir(parents=True)
        self._add()
        wrong = 0
        for _ in range(STEPS):
            step = self.chance.choice((self._add, self._replace, self._remove, self._rename, self._rebuild))
            step()
            self.steps += 1
            wrong += self._indexed_words() != sorted(self.live.values())
        return wrong

    def remains(self) -> int:
        """Purge, and return how many words from removed reports are still present in any file."""
        self._upkeep.purge()
        data = [path.read_bytes() for path in self._data.root.rglob("*") if path.is_file()]
        return sum(any(word.encode() in content for content in data) for word in self.gone)

    @property
    def _upkeep(self) -> Updater:
        return upkeep_of(self.root / "data", HashingEncoder())

    @property
    def _data(self) -> DataFolder:
        return DataFolder.prepare(self.root / "data")

    def _text(self) -> tuple[str, str]:
        """Return a word, and the text of a report that is the only one to contain the word."""
        self._number += 1
        word = f"unique{self.chance.getrandbits(48):012x}"
        place = self.chance.choice(_PLACES)
        return (
            word,
            f"# Inspectors visit {place}\n\nChildren in {place} are safe. The {word} team knows its work well.\n",
        )

    def _add(self, replaces: str | None = None) -> None:
        word, text = self._text()
        path = self.root / "incoming.md"
        path.write_text(text, encoding="utf-8")
        [added] = add(self._data, [IncomingFile(f"report-{self._number}.md", path)], "proof", replaces=replaces)
        self._upkeep.build()
        self.live[added.file] = word

    def _replace(self) -> None:
        if self.live:
            old = self.chance.choice(sorted(self.live))
            self._add(replaces=old)
            self._forget(old)

    def _remove(self) -> None:
        if self.live:
            name = self.chance.choice(sorted(self.live))
            self._upkeep.remove([name])
            self._forget(name)

    def _rename(self) -> None:
        if self.live:
            name = self.chance.choice(sorted(self.live))
            new = f"renamed-{self._number}-{self.steps}.md"
            (self._data.reports / name).rename(self._data.reports / new)
            self._upkeep.build()
            self.live[new] = self.live.pop(name)

    def _rebuild(self) -> None:
        if self.live:
            self._upkeep.build(again=self.chance.random() < 0.5)

    def _forget(self, name: str) -> None:
        self.gone.add(self.live.pop(name))

    def _indexed_words(self) -> list[str]:
        """Return the unique words in the indexed passages, sorted."""
        try:
            store = Store(self._data.current() / STORE)
        except NoIndex:  # the last report was removed
            return []
        texts = (indexed.passage.text for report in store.reports for indexed in store.passages_of(report.id))
        return sorted(word for text in texts for word in _WORD.findall(text))
