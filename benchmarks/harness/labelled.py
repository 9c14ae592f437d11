"""Questions with sentences, and a label for each sentence that says whether it answers the question.

``python -m benchmarks.harness.labelled`` prints how many sentences have each label, and how often two readers agreed.

Each line of ``golden/labels.jsonl`` is one question. Some questions were made by changing a question that a report
answers. ``changed`` says what was changed, such as the group, the place, the year or the quantity. It is empty for the
other questions. Language models that read the reports wrote the questions and labels. Each model gave its labels
without seeing the labels of another.

Each pair is a list of a report, a page, a span of the page's words (its start, end and digest), and the label. The
report is identified by the first digits of its sha256. If two readers read the pair, both of their labels follow. No
pair is about an authority in ``golden/set_aside.txt``. Questions about those authorities can therefore show how well a
cross-encoder does on reports that are new to it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from benchmarks.harness.reports import GOLDEN, digest, independent_pages, report_files, scorer

LABELS, SET_ASIDE = GOLDEN / "labels.jsonl", GOLDEN / "set_aside.txt"
HELD = frozenset({"Brent", "Devon"})
"""The authorities whose questions we keep out of training, so that we can measure its result."""
_ID = 16
"""How many digits of a report's sha256 identify it."""


class Label(StrEnum):
    """Whether a sentence answers a question."""

    ANSWERS = "Y"
    IN_PART = "P"
    DOES_NOT = "N"


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with its label. The sentence may end on the page after the one given."""

    report: str
    page: int
    words: tuple[str, ...]
    """The words of the sentence, without punctuation."""
    label: Label
    read: tuple[Label, ...] = ()
    """The labels of both readers, if two read the sentence."""


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, and the sentences that were read with it."""

    id: str
    question: str
    changed: str
    sentences: tuple[LabelledSentence, ...]

    @property
    def is_answered(self) -> bool:
        """Whether at least one of the sentences answers the question."""
        return any(sentence.label is Label.ANSWERS for sentence in self.sentences)


def labelled(path: Path = LABELS) -> Iterator[LabelledQuestion]:
    """Yield the questions with the words of their sentences. Raises ValueError if a page has different words."""
    files = {hashlib.sha256(file.read_bytes()).hexdigest()[:_ID]: file for file in report_files()}

    @cache
    def words_from(report: str, page: int) -> tuple[str, ...]:
        pages = independent_pages(files[report].stem)
        return tuple(word for text in pages[page - 1 : page + 1] for word in scorer().words(text))

    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        sentences = []
        for report, page, start, end, words_digest, label, *both in row["pairs"]:
            words = words_from(report, page)[start:end]
            if digest(" ".join(words)) != words_digest:
                raise ValueError(f"{row['id']}: page {page} of {report} has different words there")
            read = tuple(map(Label, "".join(both)))
            sentences.append(LabelledSentence(report, page, words, Label(label), read))
        yield LabelledQuestion(row["id"], row["question"], row["changed"], tuple(sentences))


def main() -> None:
    """Print the counts, and how often two readers agreed."""
    from sklearn.metrics import cohen_kappa_score  # scikit-learn takes seconds to import

    argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0]).parse_args()
    questions = list(labelled())
    sentences = [sentence for question in questions for sentence in question.sentences]
    twice = [sentence.read for sentence in sentences if sentence.read]
    first, second = ([str(read[reader]) for read in twice] for reader in (0, 1))
    print(f"questions: {len(questions)}, with a sentence that answers: {sum(q.is_answered for q in questions)}")
    print(f"made by a change: {dict(Counter(q.changed for q in questions if q.changed))}")
    print(f"sentences: {len(sentences)}, by label: {dict(Counter(str(s.label) for s in sentences))}")
    agreed = sum(one == other for one, other in zip(first, second, strict=True)) / len(twice)
    print(f"read twice: {len(twice)}, agreed: {agreed:.4f}, kappa: {cohen_kappa_score(first, second):.3f}")


if __name__ == "__main__":
    main()
