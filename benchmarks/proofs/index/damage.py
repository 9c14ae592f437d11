"""Flip one byte in each file of a build in turn. The check must name the file, and no altered word may be quoted."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.harness.builders import builder_of
from benchmarks.harness.figures import Proof
from benchmarks.proofs.index.asking import QUESTIONS
from corpus.quotes.originals import locate
from index.building.sources import find_sources
from index.building.verification import find_damage
from index.encoding.encoders import PassageEncoder, open_encoder
from index.errors import DamagedIndex, SearchIndexError
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from qa_service.samples import sample_folder
from qa_service.types import Question, StatementKind

_FLIPS_PER_FILE = 5
"""The number of bytes to flip in each file, one at a time and at random places."""


def prove(proof: Proof, folder: Path) -> None:
    """Damage copies of a build of the samples."""
    encoder = open_encoder()
    builder = builder_of(folder / "data", encoder, encoder.precision)
    builder.build(find_sources([sample_folder()]))
    intact = DataFolder(folder / "data")
    files = [path for path in sorted(intact.current().rglob("*")) if path.is_file()]
    chance = random.Random(4)  # noqa: S311 - chooses the same places each time
    flips = named = unopened = quoted = altered = 0
    for path in files:
        for at in sorted(chance.choices(range(path.stat().st_size), k=_FLIPS_PER_FILE)):
            copy = DataFolder(_copied(intact.root, folder / "copy"))
            damaged = copy.root / path.relative_to(intact.root)
            _flip(damaged, at)
            flips += 1
            named += damaged in {damage.path for damage in find_damage(copy, _ignore_progress)}
            try:
                quotes = list(_quotes(copy, encoder))
            except (DamagedIndex, SearchIndexError):
                unopened += 1
                continue
            quoted += len(quotes)
            altered += sum(not on_page for _, on_page in quotes)
    proof.add("files of a build", len(files))
    proof.add("bytes flipped, one at a time", flips, "≥", len(files))
    proof.add("flips that the check found, with the file's name", named, "=", flips)
    proof.add("flips after which the index could not be opened", unopened)
    proof.add("quotes from damaged indexes that still opened", quoted)
    proof.add("quotes with other words than the original's page", altered, "=", 0)


def _ignore_progress(done: int, total: int) -> None:
    """Ignore a progress update."""


def _copied(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target


def _flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << (at % 8)
    path.write_bytes(bytes(content))


def _quotes(data: DataFolder, encoder: PassageEncoder) -> Iterator[tuple[str, bool]]:
    """Ask a few questions. Yield each quote, and whether it is on the page of the original that it cites."""
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
                places = original and locate(statement.text, original, citation.report.media_type, pages)
                yield json.dumps(statement.text), bool(places)
