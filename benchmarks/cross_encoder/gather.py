"""Gather what the cross-encoder learns from: python -m benchmarks.cross_encoder.gather DATA OUT.

For each part of each training question (2,079, of which 1,010 have no answer), the sentences that the pipeline would
read, and which of them hold the evidence. They are about reports that the questions kept for checking are not about.
With them come some hundreds on other subjects altogether, each naming an authority (golden/off_topic.txt), and some
thousands that nobody asked (``wording``).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Encoding

from benchmarks.cross_encoder.material import PARTS, Material, Numbers
from benchmarks.cross_encoder.wording import about, reworded
from benchmarks.harness.golden_questions import QUESTIONS, TRAINING, unpacked
from benchmarks.harness.service import ROOT
from index.encoding.encoder_files import default_folder, value_limit_of
from index.encoding.mapped_weights import MappedWeights
from index.encoding.openvino_encoder import GraphEncoder
from index.search.dense import DenseIndex
from index.search.sentence_scoring import under_heading
from index.storage.data_folder import DataFolder
from index.storage.manifest import SENTENCES, STORE
from index.storage.store import Store
from qa_service.answering.ablation import Mechanism
from qa_service.answering.evidence import Evidence
from qa_service.answering.pipeline import Answerer
from qa_service.calibration import SENTENCES_RERANKED
from qa_service.evaluation.run import STATES, covered
from qa_service.types import Question

OFF_TOPIC = ROOT / "benchmarks" / "golden" / "off_topic.txt"
PLACES, HELD_OFF = 6, 6
"""Authorities that each question off the subject is asked of; one such question in so many is held out."""
_HELD = 10
"""One question in so many is held out, to see what was learned."""
_REWORDED, _ABOUT = 5, 4000
"""Times that each question is reworded; questions about stretches of sentences."""
_SEED = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """The sentences read for one part of a question, and which of them hold its evidence: none where it has none."""

    question: str
    sentences: tuple[str, ...]
    texts: tuple[str, ...]
    """The same without their headings."""
    cosines: tuple[float, ...]
    holds: tuple[bool, ...]
    part: str


def lists_of(answerer: Answerer, questions: Iterable[dict[str, Any]], parts: Sequence[str]) -> Iterator[Listed]:
    """For each part of each question, the sentences that the pipeline would read; the lists take turns in ``parts``."""
    count = 0
    for line in questions:
        if line["kind"] == "theme":  # many reports answer, and the evidence names but some of them
            continue
        question = Question(line["question"], tuple(line["history"]))
        state = answerer.run(question, last="answer")
        for ranked in state.evidence_by_part or ():
            part = parts[count % len(parts)]
            listed = _listed(state.interpretation.search_text, ranked[:SENTENCES_RERANKED], line["gold"], part)
            missed = line["gold"] and not any(listed.holds)
            if missed and len(state.evidence_by_part or ()) == 1 and part != "check":
                listed = _with_evidence(listed, line["gold"][0]["quote"])
                missed = False
            if listed.sentences and not missed:
                count += 1
                yield listed


def off_topic(answerer: Answerer, chance: random.Random) -> Iterator[Listed]:
    """The sentences that the pipeline would read for questions on other subjects: to learn from, and held out."""
    names = sorted({report.authority for report in answerer.index.store.reports if report.authority})
    for number, template in enumerate(OFF_TOPIC.read_text(encoding="utf-8").splitlines()):
        for turn, place in enumerate(chance.sample(names, PLACES)):
            asked = template.format(place=place)
            dated = f"{asked.rstrip('?')} in {chance.randint(2018, 2025)}?"
            state = answerer.run(Question(dated if turn % 3 == 0 else asked), last="answer")
            part = "learn_off" if number % HELD_OFF else "held_off"
            for ranked in state.evidence_by_part or ():
                listed = _listed(state.interpretation.search_text, ranked[:SENTENCES_RERANKED], [], part)
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
    """A list that missed the evidence, with it in place of its last sentence, as near as such sentences are."""
    return Listed(
        listed.question,
        (*listed.sentences[:-1], quote),
        (*listed.texts[:-1], quote),
        (*listed.cosines[:-1], 0.45),
        (*listed.holds[:-1], True),
        listed.part,
    )


class _Pieces:
    """Word pieces numbered anew, in the order in which they first occur."""

    def __init__(self, encoder: GraphEncoder) -> None:
        self._encoder = encoder
        self._numbers: dict[int, int] = {}
        self.special = self._numbered(encoder.word_pieces([""])[0].ids)

    def ragged(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The word pieces of all texts, and where each ends."""
        rows = [self._numbered(_inner(pieces)) for pieces in self._encoder.word_pieces(texts)]
        return np.array([n for row in rows for n in row], np.uint16), np.cumsum([len(row) for row in rows])

    def table(self, of_all: Numbers) -> Numbers:
        """The encoder's numbers for those that occurred."""
        return of_all[list(self._numbers)]

    def _numbered(self, ids: Sequence[int]) -> list[int]:
        return [self._numbers.setdefault(number, len(self._numbers)) for number in ids]


def _inner(pieces: Encoding) -> list[int]:
    return list(pieces.ids[1:-1])


def main() -> None:
    """List, and write down."""
    parser = argparse.ArgumentParser(description="Gather what the cross-encoder learns from.")
    parser.add_argument("data", type=Path, help="a data folder with an index of the reports and the seeds")
    parser.add_argument("out", type=Path, help="the file to write")
    given = parser.parse_args()
    chance = random.Random(_SEED)  # noqa: S311 - the same places and words each time
    encoder = GraphEncoder.open()
    data = DataFolder(given.data)
    answerer = Answerer.open(data, encoder).leaving_out(Mechanism.CROSS_ENCODER)
    turns = ["held", *["learn"] * (_HELD - 1)]
    lists = [
        *lists_of(answerer, unpacked(TRAINING), turns),
        *off_topic(answerer, chance),
        *lists_of(answerer, unpacked(QUESTIONS), ["check"]),
    ]
    material(lists, data, encoder, chance).save(given.out)
    print({part: sum(one.part == part for one in lists) for part in PARTS})


def material(lists: Sequence[Listed], data: DataFolder, encoder: GraphEncoder, chance: random.Random) -> Material:
    """The lists with all sentences of the index, and with questions that nobody asked."""
    rows, texts, reports = _sentences(data)
    codes = DenseIndex.open(data.current() / SENTENCES).codes
    first = {sentence: row for row, sentence in reversed(list(enumerate(rows)))}
    missing = {s: t for one in lists for s, t in zip(one.sentences, one.texts, strict=True) if s not in first}
    first |= {sentence: len(rows) + number for number, sentence in enumerate(missing)}
    reach = value_limit_of(encoder.revision)
    more = DenseIndex.build(encoder.encode_document(list(missing.values())), reach).codes
    asked = list(dict.fromkeys(one.question for one in lists))
    made = [
        q for one in lists if one.part.startswith("learn") for q in reworded(one.question, one.texts, chance, _REWORDED)
    ]
    made += [about(sentence, chance) for sentence in chance.sample([t for t in texts if len(t.split()) > 3], _ABOUT)]
    asked += [question for question in dict.fromkeys(made) if question not in set(asked)]
    at = {question: row for row, question in enumerate(asked)}
    pieces = _Pieces(encoder)
    sentence_pieces, sentence_ends = pieces.ragged([*rows, *missing])
    question_pieces, question_ends = pieces.ragged(asked)
    shape = (len(lists), SENTENCES_RERANKED)
    return Material(
        table=pieces.table(_table()).astype(np.float16),
        special=np.array(pieces.special),
        sentence_pieces=sentence_pieces,
        sentence_ends=sentence_ends,
        sentence_vectors=np.concatenate([codes, more]),
        sentence_reports=np.array([*reports, *[-1] * len(missing)]),
        question_pieces=question_pieces,
        question_ends=question_ends,
        question_vectors=encoder.encode_query(asked).astype(np.float16),
        lists=_filled([[first[s] for s in one.sentences] for one in lists], shape, -1),
        holds=_filled([one.holds for one in lists], shape, fill=False),
        cosines=_filled([one.cosines for one in lists], shape, 0.0),
        list_questions=np.array([at[one.question] for one in lists]),
        list_parts=np.array([PARTS.index(one.part) for one in lists]),
    )


def _table() -> Numbers:
    """The encoder's numbers for every word piece."""
    return MappedWeights.open(default_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]


def _sentences(data: DataFolder) -> tuple[list[str], list[str], list[int]]:
    """All sentences of an index, in the order of their rows: under their headings, alone, and of which report."""
    rows, texts, reports = [], [], []
    for number, stored in enumerate(Store(data.current() / STORE).stored()):
        for passage in (each.passage() for each in stored.passages):
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


if __name__ == "__main__":
    main()
