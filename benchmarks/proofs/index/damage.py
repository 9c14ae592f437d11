"""Every file of a build with one byte flipped, in turn: named each time, and no altered word is ever quoted."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness.builders import builder_of
from benchmarks.harness.figures import Proof
from benchmarks.proofs.index.asking import QUESTIONS
from corpus.originals import locate
from index.building.sources import find_sources
from index.building.verification import find_damage
from index.encoding.encoders import PassageEncoder, open_encoder
from index.errors import DamagedIndex, SearchIndexError
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.samples import sample_folder
from qa_service.types import Question, StatementKind

_PLACES_OF_EACH = 5
"""Bytes flipped in each file, one at a time, at places that chance decides."""


def prove(proof: Proof, folder: Path) -> None:
    """On a build of the samples."""
    encoder = open_encoder()
    data = builder_of(folder / "data", encoder, encoder.precision)
    data.build(find_sources([sample_folder()]))
    whole = DataFolder(folder / "data")
    files = [path for path in sorted(whole.current().rglob("*")) if path.is_file()]
    chance = random.Random(4)  # noqa: S311 - the same places each time
    flips = named = refused = asked = altered = 0
    for path in files:
        for at in sorted(chance.choices(range(path.stat().st_size), k=_PLACES_OF_EACH)):
            copy = DataFolder(_copied(whole.root, folder / "copy"))
            damaged = copy.root / path.relative_to(whole.root)
            _flip(damaged, at)
            flips += 1
            named += damaged in {one.path for one in find_damage(copy, _unwatched)}
            try:
                quotes = list(_quotes(copy, encoder))
            except (DamagedIndex, SearchIndexError):
                refused += 1
                continue
            asked += len(quotes)
            altered += sum(not found for _, found in quotes)
    proof.add("files of a build", len(files))
    proof.add("bytes flipped, one at a time", flips, "≥", len(files))
    proof.add("of them detected, with the file's name", named, "=", flips)
    proof.add("of them refused at once by who would answer", refused)
    proof.add("quotes shown from builds that still opened", asked)
    proof.add("of them with other words than the original's page", altered, "=", 0)


def _unwatched(done: int, total: int) -> None:
    """Progress that nobody watches."""


def _copied(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << (at % 8)
    path.write_bytes(bytes(content))


def _quotes(data: DataFolder, encoder: PassageEncoder) -> Iterator[tuple[str, bool]]:
    """The quotes of some answers, and whether each stands on the page that it names of the original."""
    answerer = Answerer.open(data, encoder)
    for question in QUESTIONS[:4]:
        answer = answerer.answer(Question(question))
        for statement in answer.statements:
            if statement.kind is not StatementKind.QUOTE:
                continue
            for number in statement.citations:
                citation = answer.citations[number - 1]
                original = data.find_original(citation.report.sha256)
                pages = citation.scored.passage.pages
                found = original and locate(statement.text, original, citation.report.media_type, pages)
                yield json.dumps(statement.text), bool(found)
