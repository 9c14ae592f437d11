"""Gather the material that the cross-encoder learns from. The package's documentation gives the command.

For each part of each training question, the material lists the sentences that the pipeline would read, and marks those
with the evidence. 1,025 of the 2,079 training questions have no answer. A few hundred lists are for questions about
other subjects (``golden/off_topic.txt``), each of which names an authority. The material also has thousands of made-up
questions (``wording``) without lists.

The material also lists the questions that we use to check the service, but training does not use them. They are about
the same reports as the training questions, and 27 reports contain evidence for both sets.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding

from benchmarks.cross_encoder.material import PARTS, Material, Numbers
from benchmarks.cross_encoder.wording import about, reworded
from benchmarks.harness.golden_questions import QUESTIONS, TRAINING, unpacked
from benchmarks.harness.reports import GOLDEN
from index.encoding.encoder_files import default_folder, value_limit_of
from index.encoding.graphs.mapped_weights import MappedWeights
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.search.dense import DenseIndex
from index.search.sentence_scoring import under_heading
from index.storage.data_folder import DataFolder
from index.storage.manifest import SENTENCES, STORE
from index.storage.store import Store
from qa_service.answering.ablation import Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.answering.sentences.evidence import Evidence
from qa_service.evaluation.run import STATES, covered
from qa_service.types import Question

OFF_TOPIC = GOLDEN / "off_topic.txt"
PLACES, HELD_OFF = 6, 6
"""The number of authorities that we put, one after another, into each question about another subject. One in every
``HELD_OFF`` of these questions is kept out of training."""
LISTED = 12
"""Number of sentences in each list. The pipeline read this many when the shipped cross-encoder was trained (ADR
0024)."""
_HELD = 10
"""One list in every ``_HELD`` is kept out of training."""
_REWORDED, _ABOUT = 5, 4000
"""How many rewordings to make of each question, and how many questions to make about parts of sentences."""
_ABOUT_WHEN_LIMITED = 20
_SEED = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """The sentences that the pipeline reads for one part of a question, and which of them contain its evidence."""

    question: str
    sentences: tuple[str, ...]
    """The sentences with their headings."""
    texts: tuple[str, ...]
    """The sentences without their headings."""
    cosines: tuple[float, ...]
    holds: tuple[bool, ...]
    part: str


def lists_of(answerer: Answerer, questions: Iterable[dict[str, Any]], parts: Sequence[str]) -> Iterator[Listed]:
    """List the sentences for each part of each question. The lists are assigned to the ``parts`` in turn."""
    count = 0
    for row in questions:
        if row["kind"] == "theme":  # many reports can answer a theme question, but its evidence names only some
            continue
        question = Question(row["question"], tuple(row["history"]))
        state = answerer.run(question, last="answer")
        for ranked in state.evidence_by_part or ():
            part = parts[count % len(parts)]
            listed = _listed(state.interpretation.search_text, ranked[:LISTED], row["gold"], part)
            missed = row["gold"] and not any(listed.holds)
            if missed and len(state.evidence_by_part or ()) == 1 and part != "check":
                listed = _with_evidence(listed, row["gold"][0]["quote"])
                missed = False
            if listed.sentences and not missed:
                count += 1
                yield listed


def off_topic(answerer: Answerer, templates: Sequence[str], chance: random.Random) -> Iterator[Listed]:
    """List the sentences that the pipeline reads for questions about other subjects."""
    names = sorted({report.authority for report in answerer.index.store.reports if report.authority})
    for number, template in enumerate(templates):
        for turn, place in enumerate(chance.sample(names, PLACES)):
            question = template.format(place=place)
            dated = f"{question.rstrip('?')} in {chance.randint(2018, 2025)}?"
            state = answerer.run(Question(dated if turn % 3 == 0 else question), last="answer")
            part = "learn_off" if number % HELD_OFF else "held_off"
            for ranked in state.evidence_by_part or ():
                listed = _listed(state.interpretation.search_text, ranked[:LISTED], [], part)
                if listed.sentences:
                    yield listed


def _listed(question: str, ranked: Sequence[Evidence], gold: Sequence[dict[str, str]], part: str) -> Listed:
    return Listed(
        question=question,
        sentences=tuple(under_heading(e.scored.passage, e.start, e.end) for e in ranked),
        texts=tuple(evidence.text for evidence in ranked),
        cosines=tuple(evidence.similarity for evidence in ranked),
        holds=tuple(
            any(
                evidence.scored.report.file == piece["file"] and covered(piece["quote"], evidence.text) >= STATES
                for piece in gold
            )
            for evidence in ranked
        ),
        part=part,
    )


def _with_evidence(listed: Listed, quote: str) -> Listed:
    """If a list does not have the evidence, replace its last sentence with it, at a typical similarity of 0.45."""
    return Listed(
        listed.question,
        (*listed.sentences[:-1], quote),
        (*listed.texts[:-1], quote),
        (*listed.cosines[:-1], 0.45),
        (*listed.holds[:-1], True),
        listed.part,
    )


class _Pieces:
    """Word pieces, renumbered in the order in which they first occur."""

    def __init__(self, encoder: GraphEncoder) -> None:
        self._encoder = encoder
        self._numbers: dict[int, int] = {}
        self.special = self._numbered(encoder.word_pieces([""])[0].ids)

    def ragged(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return the word pieces of all the texts as one row, and the position in the row where each text ends."""
        rows = [self._numbered(_inner(pieces)) for pieces in self._encoder.word_pieces(texts)]
        return np.array([n for row in rows for n in row], np.uint16), np.cumsum([len(row) for row in rows])

    def table(self, vectors: Numbers) -> Numbers:
        """Return the encoder's vectors for the word pieces that occur in the texts."""
        return vectors[list(self._numbers)]

    def _numbered(self, ids: Sequence[int]) -> list[int]:
        return [self._numbers.setdefault(number, len(self._numbers)) for number in ids]


def _inner(pieces: Encoding) -> list[int]:
    """Leave out the special pieces at both ends."""
    return list(pieces.ids[1:-1])


def material(
    lists: Sequence[Listed], data: DataFolder, encoder: GraphEncoder, chance: random.Random, count_about: int = _ABOUT
) -> Material:
    """Combine the lists with all the sentences in the index, and with questions that nobody asked."""
    rows, texts, reports = _sentences(data)
    codes = DenseIndex.open(data.current() / SENTENCES).codes
    row_of = {sentence: row for row, sentence in reversed(list(enumerate(rows)))}
    missing = {
        sentence: text
        for listed in lists
        for sentence, text in zip(listed.sentences, listed.texts, strict=True)
        if sentence not in row_of
    }
    row_of |= {sentence: len(rows) + number for number, sentence in enumerate(missing)}
    if missing:
        reach = value_limit_of(encoder.revision)
        codes = np.concatenate([codes, DenseIndex.build(encoder.encode_document(list(missing.values())), reach).codes])
    questions = _questions(lists, texts, chance, count_about)
    question_row = {question: row for row, question in enumerate(questions)}
    pieces = _Pieces(encoder)
    sentence_pieces, sentence_ends = pieces.ragged([*rows, *missing])
    question_pieces, question_ends = pieces.ragged(questions)
    shape = (len(lists), LISTED)
    return Material(
        table=pieces.table(_word_vectors()).astype(np.float16),
        special=np.array(pieces.special),
        sentence_pieces=sentence_pieces,
        sentence_ends=sentence_ends,
        sentence_vectors=codes,
        sentence_reports=np.array([*reports, *[-1] * len(missing)]),
        question_pieces=question_pieces,
        question_ends=question_ends,
        question_vectors=encoder.encode_query(questions).astype(np.float16),
        lists=_filled([[row_of[s] for s in listed.sentences] for listed in lists], shape, -1),
        holds=_filled([listed.holds for listed in lists], shape, fill=False),
        cosines=_filled([listed.cosines for listed in lists], shape, 0.0),
        list_questions=np.array([question_row[listed.question] for listed in lists]),
        list_parts=np.array([PARTS.index(listed.part) for listed in lists]),
    )


def _questions(lists: Sequence[Listed], texts: Sequence[str], chance: random.Random, count_about: int) -> list[str]:
    """Return the questions from the lists, then rewordings and questions about parts of sentences, without repeats."""
    real = list(dict.fromkeys(listed.question for listed in lists))
    made_up = [
        question
        for listed in lists
        if listed.part.startswith("learn")
        for question in reworded(listed.question, listed.texts, chance, _REWORDED)
    ]
    long_enough = [text for text in texts if len(text.split()) > 3]
    made_up += [about(sentence, chance) for sentence in chance.sample(long_enough, count_about)]
    return list(dict.fromkeys([*real, *made_up]))


def _word_vectors() -> Numbers:
    """Return the encoder's vector for every word piece."""
    return MappedWeights.open(default_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]


def _sentences(data: DataFolder) -> tuple[list[str], list[str], list[int]]:
    """Return all the sentences in an index in row order, with and without headings, and the report of each."""
    rows, texts, reports = [], [], []
    for number, stored in enumerate(Store(data.current() / STORE).stored()):
        for passage in (packed.passage() for packed in stored.passages):
            for start, end in passage.sentences:
                rows.append(under_heading(passage, start, end))
                texts.append(passage.text[start:end])
                reports.append(number)
    return rows, texts, reports


def _filled(rows: Sequence[Sequence[Any]], shape: tuple[int, int], fill: Any) -> Numbers:
    table = np.full(shape, fill)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def parser() -> argparse.ArgumentParser:
    """Return the parser for the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(". ", maxsplit=1)[0] + ".")
    parser.add_argument("data", type=Path, help="a data folder with an index of the real reports and the seeds")
    parser.add_argument("material", type=Path, help="the file to write")
    parser.add_argument("--limit", type=int, help="use only this many questions of each set, to try the command")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Gather the material and write it to a file."""
    options = parser().parse_args(arguments)
    chance = random.Random(_SEED)  # noqa: S311 - chooses the same authorities and words each time
    encoder = GraphEncoder.open()
    data = DataFolder(options.data)
    answerer = Answerer.open(data, encoder).leaving_out(Mechanism.CROSS_ENCODER)
    turns = ["held", *["learn"] * (_HELD - 1)]
    templates = OFF_TOPIC.read_text(encoding="utf-8").splitlines()
    lists = [
        *lists_of(answerer, islice(unpacked(TRAINING), options.limit), turns),
        *off_topic(answerer, templates[: options.limit and -(-options.limit // PLACES)], chance),
        *lists_of(answerer, islice(unpacked(QUESTIONS), options.limit), ["check"]),
    ]
    count_about = _ABOUT_WHEN_LIMITED if options.limit else _ABOUT
    material(lists, data, encoder, chance, count_about).save(options.material)
    print({part: sum(listed.part == part for listed in lists) for part in PARTS})


if __name__ == "__main__":
    main()
