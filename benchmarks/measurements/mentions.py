"""For each mention in a question, count the labelled sentences that are in a passage with its words.

``python -m benchmarks.measurements.mentions DATA`` prints two shares for each mention in
``qa_service/data/mentions.toml``: one of the sentences that answer, and one of the sentences that were read with a
question that no sentence answers. DATA is a data folder with an index of the real reports.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.labelled import Label, LabelledQuestion, labelled
from benchmarks.harness.reports import scorer
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store
from qa_service.understanding.mentions import mentions_in

Words = tuple[str, ...]


@dataclass(slots=True)
class Share:
    """How many sentences are in a passage that mentions what their question mentions."""

    sentences: int = 0
    mentioned: int = 0

    def add(self, *, is_mentioned: bool) -> None:
        """Count a sentence."""
        self.sentences += 1
        self.mentioned += is_mentioned

    def __str__(self) -> str:
        return f"{self.mentioned:5d} of {self.sentences:5d}" if self.sentences else "             –"


def shares(
    questions: Iterable[LabelledQuestion], passages: dict[tuple[str, Words], str]
) -> dict[str, tuple[Share, Share]]:
    """Return two shares for each mention: of the sentences that answer, and of the sentences for other questions."""
    found: dict[str, tuple[Share, Share]] = defaultdict(lambda: (Share(), Share()))
    for question in questions:
        for group in mentions_in(question.question):
            name = " / ".join(mention.name for mention in group)
            for sentence in question.sentences:
                passage = passages.get((sentence.report, sentence.words))
                counts = sentence.label is Label.ANSWERS or not question.is_answered
                if passage is not None and counts:
                    share = found[name][sentence.label is not Label.ANSWERS]
                    share.add(is_mentioned=any(mention.is_in(passage) for mention in group))
    return found


def passages_of(data: DataFolder) -> Iterator[tuple[tuple[str, Words], str]]:
    """Yield the words of each sentence with its passage, after the report's title and the headings."""
    store = Store(data.current() / STORE)
    for report in store.all_reports():
        for indexed in store.passages_of(report.id):
            passage = indexed.passage
            text = " ".join((report.title, *passage.section, passage.text))
            for start, end in passage.sentences:
                yield (report.sha256[:16], tuple(scorer().words(passage.text[start:end]))), text


def main() -> None:
    """Print the shares, with the most frequent mention first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="data folder with an index of the real reports")
    found = shares(labelled(), dict(passages_of(DataFolder(parser.parse_args().data))))
    for name, (answers, others) in sorted(found.items(), key=lambda item: -item[1][0].sentences):
        print(f"{answers}   {others}   {name}")
    for which, at in (("answer", 0), ("do not", 1)):
        total = sum(pair[at].sentences for pair in found.values())
        print(f"of those that {which}: {sum(pair[at].mentioned for pair in found.values()) / max(total, 1):.3f}")


if __name__ == "__main__":
    main()
