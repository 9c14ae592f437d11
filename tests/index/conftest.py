"""Fixtures for the tests of the index: an encoder that remembers what it embeds, small reports, and builds."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from corpus.types import Box, Form, Grading, Improvement, ImprovementKind, Judgement, Kind, Passage, Report
from index.building.build import Builder, BuildOutcome
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.storage.data_folder import DataFolder
from index.storage.manifest import Manifest
from index.types import Vectors

if TYPE_CHECKING:
    from index.encoding.torch_models.sentence_transformer import SentenceEncoder

DIMENSION = 64


@dataclass
class WordEncoder:
    """A fast encoder that makes vectors by hashing words, always in the same way.

    It remembers the texts that it embeds.
    """

    revision: str = "words-1"
    name: str = "words"
    dimension: int = DIMENSION
    max_tokens: int = 256
    embedded: list[str] = field(default_factory=list)

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        return lambda: self.encode_query([text])

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in text.lower().split() or [""]:
            vector[zlib.crc32(word.encode()) % self.dimension] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture(scope="session")
def sentence_encoder() -> type[SentenceEncoder]:
    """The class that runs encoders with sentence-transformers. Its libraries take seconds to load."""
    from index.encoding.torch_models.sentence_transformer import SentenceEncoder

    return SentenceEncoder


@pytest.fixture(scope="session")
def reference(sentence_encoder: type[SentenceEncoder]) -> SentenceEncoder:
    """The default encoder, run by sentence-transformers."""
    return sentence_encoder.open()


@pytest.fixture(scope="session")
def graph() -> GraphEncoder:
    """The default encoder, run as a graph."""
    return GraphEncoder.open()


@pytest.fixture
def word_encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture(scope="session")
def make_encoder() -> type[WordEncoder]:
    return WordEncoder


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder.prepare(tmp_path / "data")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three small reports."""
    return _write_reports(tmp_path / "reports")


def _write_reports(folder: Path) -> Path:
    folder.mkdir()
    for name, place in (("a", "Aldermere"), ("b", "Carrowby"), ("c", "Westmarsh")):
        (folder / f"{name}.md").write_text(
            f"# Inspectors visit {place}\n\nChildren in {place} are safe. Leaders in {place} know their services well.\n"
        )
    return folder


@pytest.fixture
def build_from(data: DataFolder, word_encoder: WordEncoder) -> Callable[..., BuildOutcome]:
    """Build an index of a folder, by default with the word encoder."""

    def build_from(folder: Path, encoder: Any = None, into: DataFolder | None = None) -> BuildOutcome:
        return _build(folder, encoder or word_encoder, into or data)

    return build_from


def _build(folder: Path, encoder: Any, data: DataFolder) -> BuildOutcome:
    builder = Builder(data, encoder, default_folder(), "fp32", lambda stage, done, total: None)
    return builder.build(find_sources([folder]))


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a build of the three small reports. Tests share the folder, so none of them may change it."""
    folder = tmp_path_factory.mktemp("first")
    _build(_write_reports(folder / "reports"), WordEncoder(), DataFolder.prepare(folder / "data"))
    return folder / "data"


@pytest.fixture
def built(data: DataFolder, first_build: Path) -> Manifest:
    """Put a build of the three small reports into ``data``, and return its manifest. The test may change it."""
    shutil.copytree(first_build, data.root, dirs_exist_ok=True)
    return Manifest.read(data.current())


@pytest.fixture
def make_report() -> Callable[..., Report]:
    """Make a report with a digest of its own. Facts are given as keyword arguments."""

    def make(number: int = 0, **facts: Any) -> Report:
        sha256 = f"{number:02x}" * 32
        return Report(
            **{
                "id": sha256[:16],
                "file": f"{number}.pdf",
                "title": f"Report {number}",
                "form": Form.REPORT,
                "media_type": "application/pdf",
                "page_count": 3,
                "sha256": sha256,
                **facts,
            }
        )

    return make


@pytest.fixture
def full_report(make_report: Callable[..., Report]) -> Report:
    """A report in which no field is empty."""
    return make_report(
        7,
        authority="Westmarsh",
        kind=Kind.ILACS,
        form=Form.LETTER,
        framework="ILACS",
        inspected_from=date(2023, 9, 11),
        inspected_to=date(2023, 9, 22),
        inspected_as="w/c 18 September 2023",
        published=date(2023, 11, 3),
        published_source="text",
        replaces=date(2023, 10, 27),
        source_url="https://example.org/7",
        judgements=(
            Judgement("Overall effectiveness", "Good", 1, Box(1, 0.1, 0.2, 0.3, 0.4)),
            Judgement("Care “leavers”", "Outstanding", 2),
        ),
        grading=Grading.GRADED,
        lead_inspector="Zoë O’Fen",
        post_holder="Ann O’Fen",
        post_held="Director of Children’s Services",
        improvements=(
            Improvement(ImprovementKind.PRIORITY, "The “timeliness” of visits.", 2, "Priority actions", 40, 67),
            Improvement(
                ImprovementKind.RECOMMENDATION, "Plan sooner.", 3, "Recommendations", 70, 85, "12", "NHS Meres"
            ),
        ),
        unread_lists=("Recommendations",),
        visit="second monitoring visit",
        follows_judgement="inadequate in June 2022",
        corrected=("authority", "published"),
        missing_areas=("The “impact” of leaders",),
        not_judged=("Adoption performance",),
        recognised=(1,),
        converted="ab" * 32,
    )


@pytest.fixture
def make_passage() -> Callable[..., Passage]:
    def make(report: Report, ordinal: int = 0, text: str = "Children are safe. They say so.", **facts: Any) -> Passage:
        start = 100 * ordinal
        return Passage(
            **{
                "report_id": report.id,
                "ordinal": ordinal,
                "text": text,
                "start": start,
                "end": start + len(text),
                "section": (),
                "label": None,
                "pages": (1,),
                "boxes": (),
                "sentences": ((0, len(text)),),
                **facts,
            }
        )

    return make
