"""Pairs of a question and a sentence in its context, labelled by people or models (``benchmarks.harness.labelled``)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness.labelled import Label, labelled
from benchmarks.harness.reports import scorer
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.search.sentence_scoring import in_context
from index.storage.data_folder import DataFolder
from index.storage.manifest import STORE
from index.storage.store import Store
from index.types import SentenceInContext

VALUES = {Label.ANSWERS: 1.0, Label.IN_PART: 0.5, Label.DOES_NOT: 0.0}


@dataclass(frozen=True, slots=True)
class Group:
    """A question, and the sentences that are read with it."""

    question: str
    authority: str
    """The authority that the sentences are about. Empty for a question from another field."""
    sentences: tuple[SentenceInContext, ...]
    values: tuple[float, ...]
    """For each sentence, 1 if it answers, .5 if it answers in part, and 0 if it does not."""

    def __post_init__(self) -> None:
        if len(self.sentences) != len(self.values):
            raise ValueError(f"{len(self.values)} values for {len(self.sentences)} sentences")


def groups_of_reports(data: DataFolder) -> Iterator[Group]:
    """Yield the labelled questions with their sentences as the product reads them.

    ``data`` has an index of the real reports. A sentence that the product divides differently is left out.
    """
    store = Store(data.current() / STORE)
    by_digest = {report.sha256[:16]: report for report in store.all_reports()}
    contexts: dict[str, dict[tuple[str, ...], SentenceInContext]] = {}
    for question in labelled():
        found: list[tuple[SentenceInContext, float]] = []
        for sentence in question.sentences:
            report = by_digest[sentence.report]
            if sentence.report not in contexts:
                contexts[sentence.report] = _sentences_of(store, report.id)
            context = contexts[sentence.report].get(sentence.words)
            if context:
                found.append((context, VALUES[sentence.label]))
        if found:
            about = by_digest[question.sentences[0].report].authority or ""
            yield Group(question.question, about, *zip(*found, strict=True))


def groups_of_sections(path: Path) -> Iterator[Group]:
    """Yield the questions in a file in SelQA's format, with the sentences of a section and which of them answer."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        before = ["", *row["candidates"][:-1]]
        pairs = zip(row["candidates"], before, strict=True)
        sentences = [SentenceInContext(text, row["section"], last) for text, last in pairs]
        answers = set(row["answers"])
        yield Group(row["question"], "", tuple(sentences), tuple(float(n in answers) for n in range(len(sentences))))


def cosines(encoder: GraphEncoder, groups: Sequence[Group]) -> list[list[float]]:
    """Return the cosine between each group's question and each of its sentences."""
    questions = encoder.encode_query([group.question for group in groups])
    sentences = encoder.encode_document([sentence.text for group in groups for sentence in group.sentences])
    found, at = [], 0
    for group, question in zip(groups, questions, strict=True):
        rows = sentences[at : at + len(group.sentences)]
        at += len(rows)
        found.append([float(cosine) for cosine in rows @ question])
    return found


def _sentences_of(store: Store, report: str) -> dict[tuple[str, ...], SentenceInContext]:
    """Return the sentences of a report, keyed by their words without punctuation."""
    return {
        tuple(scorer().words(passage.text[start:end])): in_context(passage, number)
        for passage in (indexed.passage for indexed in store.passages_of(report))
        for number, (start, end) in enumerate(passage.sentences)
    }
